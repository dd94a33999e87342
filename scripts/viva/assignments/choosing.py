"""Which of a student's files counts, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from viva.assignments.remarks import Code, Remark, remark
from viva.assignments.submissions import Bad, Submission
from viva.base.folding import fold


def choose(
    files: Sequence[Submission], attempts: int
) -> tuple[Submission, list[Bad], list[Remark]]:
    """The last file of the last attempt that is allowed, and why the others do not count."""
    distinct: list[Submission] = []
    others = []
    for one in sorted(files, key=_order):
        twin = next((known for known in distinct if _same(one, known)), None)
        if twin:
            others.append(Bad(one.file, remark(Code.SAME_FILE, counts=twin.file).said))
        else:
            distinct.append(one)
    last = {one.attempt: one for one in distinct}
    allowed = list(last.values())[:attempts]
    counts = allowed[-1]
    for one in distinct:
        if one is not counts:
            others.append(Bad(one.file, _why_not(one, last, allowed, counts).said))
    return counts, others, list(_several(distinct, counts))


def _why_not(
    one: Submission,
    last: Mapping[int, Submission],
    allowed: Sequence[Submission],
    counts: Submission,
) -> Remark:
    if one is not last[one.attempt]:
        return remark(Code.EARLIER_STATE, attempt=one.attempt, counts=counts.file)
    if one not in allowed:
        return remark(Code.TOO_MANY_ATTEMPTS, allowed=len(allowed), counts=counts.file)
    return remark(Code.EARLIER_ATTEMPT, counts=counts.file)


def _several(distinct: Sequence[Submission], counts: Submission) -> Iterator[Remark]:
    """What to know of a student who sent more than one file."""
    if len(distinct) > 1:
        yield remark(Code.SEVERAL_FILES, count=len(distinct), counts=counts.file)
    names = sorted({one.name for one in distinct})
    if len({fold(name) for name in names}) > 1:
        yield remark(Code.SEVERAL_NAMES, names=names)


def _order(one: Submission) -> tuple[int, timedelta, str]:
    finished = _moment(one.finished) if one.finished else timedelta.min
    return one.attempt, finished, one.file


def _moment(time: datetime) -> timedelta:
    """A time on one scale for all zones; without a zone it counts as one of Greenwich."""
    return time - datetime(1, 1, 1, tzinfo=UTC if time.tzinfo else None)


def _same(one: Submission, other: Submission) -> bool:
    return (one.answers, one.finished, one.attempt) == (
        other.answers,
        other.finished,
        other.attempt,
    )
