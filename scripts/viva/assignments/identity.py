"""Whose files are whose: what cannot be told waits for the teacher, and replaces nothing.

A student who sends a better file later does no harm. Files from different senders under one
identifier do, one sender's files under two, and answers that were copied with their times.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from viva.assignments import senders
from viva.assignments.remarks import ORIGIN, Code, Remark, remark
from viva.assignments.submissions import Submission
from viva.base import tables
from viva.base.refused import Refused
from viva.base.visible import alike
from viva.base.words import say

ROW_SIGNS = "BCDFGHJKMNPQRSTVWXZ"
"""Neither vowels nor digits: a spreadsheet takes no such word for a date, a number or a truth."""
ROW_LENGTH = 9
COLUMNS = ("row", "student", "counts", "reason")
"""What is read of the list of what to decide; it does without the last."""
WORDS = {"yes": True, "y": True, "x": True, "no": False, "n": False, "": None}
Decisions = Mapping[str, bool]
"""By `row` of a file, whether its teacher lets it count."""
Found = Iterator[tuple[int, Remark]]
Finders = Sequence[Callable[[Sequence[Submission]], Found]]
"""What looks through all submissions, and gives places of those in doubt with the reason."""


@dataclass(frozen=True)
class Doubt:
    """A file of a student whose files do not tell by themselves which of them counts."""

    submission: Submission
    why: tuple[Remark, ...]
    counts: bool | None
    """What the teacher has decided, if anything."""

    @property
    def row(self) -> str:
        """The name of its row in the list of what to decide."""
        return row(self.submission)


def row_of(*parts: str) -> str:
    """A word for what these texts name, the same in every run."""
    text = unicodedata.normalize("NFC", "\n".join(parts))
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    signs = []
    for _ in range(ROW_LENGTH):
        number, place = divmod(number, len(ROW_SIGNS))
        signs.append(ROW_SIGNS[place])
    return "".join(signs)


def row(one: Submission) -> str:
    """The name of a file, wherever its download lies."""
    times = (str(one.started), str(one.finished))
    return row_of(one.sender.key, one.student, one.name, str(one.attempt), one.receipt, *times)


def doubts(
    submissions: Sequence[Submission], decisions: Decisions, more: Finders = ()
) -> dict[str, list[Doubt]]:
    """By student, all files of those of whom any is in doubt, here or for one of `more` finders."""
    whys: dict[int, list[Remark]] = defaultdict(list)
    for find in (_one_identifier, _two_identifiers, _copies, _two_rows, *more):
        for place, why in find(submissions):
            whys[place].append(why)
    students = {submissions[place].student for place in whys}
    shared = shared_names(submissions)
    found: dict[str, list[Doubt]] = defaultdict(list)
    for place, one in enumerate(submissions):
        if one.student in students:
            own = [why for why in one.remarks if why.code in ORIGIN]
            every = (*whys[place], *own, *other_name(one, shared))
            found[one.student].append(Doubt(one, every, decisions.get(row(one))))
    return found


def shared_names(submissions: Sequence[Submission]) -> frozenset[str]:
    """The names of several senders: what a platform writes, in its language, for one it hides."""
    ids: dict[str, set[str]] = defaultdict(set)
    for one in submissions:
        ids[one.sender.name].add(one.sender.key)
    return frozenset(name for name, own in ids.items() if name and len(own) > 1)


def other_name(one: Submission, shared: Collection[str]) -> Iterator[Remark]:
    """What the learning platform knows of a file's sender that does not fit what the file says."""
    if one.sender.name not in shared and not senders.agrees(one.sender, one.name, one.identifier):
        said = {"name": one.name, "identifier": one.identifier}
        yield remark(Code.OTHER_NAME, sender=str(one.sender), **said)


def is_open(files: Sequence[Doubt]) -> bool:
    """Whether the teacher has not yet said of each of a student's files whether it counts."""
    return any(one.counts is None for one in files)


def _one_identifier(submissions: Sequence[Submission]) -> Found:
    for places in _groups(submissions, lambda one: one.student):
        keys = {submissions[place].sender.key for place in places}
        if len(keys) > 1 and not _one_file(submissions, places):
            first = submissions[places[0]]
            senders = sorted({str(submissions[place].sender) for place in places})
            for place in places:
                why = {"identifier": first.identifier, "count": len(keys), "senders": senders}
                yield place, remark(Code.ONE_IDENTIFIER, **why)


def _one_file(submissions: Sequence[Submission], places: Sequence[int]) -> bool:
    """Whether it is one file in several plain folders, such as a copy of a download."""
    files = [submissions[place] for place in places]
    rest = {(one.name, one.identifier, one.receipt, one.started, one.finished) for one in files}
    return len(rest) == 1 and not any(one.sender.platform for one in files)


def _two_identifiers(submissions: Sequence[Submission]) -> Found:
    """Of a plain folder nobody knows whether it is one student's."""
    for places in _groups(submissions, lambda one: one.sender.platform and one.sender.key):
        ids = sorted({submissions[place].identifier for place in places})
        if len({submissions[place].student for place in places}) > 1:
            sender = str(submissions[places[0]].sender)
            why = {"sender": sender, "count": len(ids), "identifiers": ids}
            for place in places:
                yield place, remark(Code.TWO_IDENTIFIERS, **why)


def _copies(submissions: Sequence[Submission]) -> Found:
    """Nobody finishes in the same second with the same answers, having begun in the same second."""
    for places in _groups(submissions, _content):
        if len({submissions[place].student for place in places}) > 1:
            for place in places:
                own = submissions[place].student
                others = [submissions[one] for one in places if submissions[one].student != own]
                names = sorted({f"{one.identifier} ({one.file})" for one in others})
                yield place, remark(Code.COPY, others=names)


def _two_rows(submissions: Sequence[Submission]) -> Found:
    """Of two sheets of paper under one identifier one is somebody else's, or a second try."""
    for places in _groups(submissions, lambda one: one.student if one.is_paper else ""):
        if len({submissions[place].receipt for place in places}) > 1:
            files = [submissions[place].file for place in places]
            for place in places:
                one = submissions[place]
                others = [file for file in files if file != one.file]
                said = {"count": len(places), "identifier": one.identifier, "others": others}
                yield place, remark(Code.TWO_ROWS, **said)


def _content(one: Submission) -> str:
    """What a copy has in common with its model; nothing where nothing was answered or timed."""
    every = sorted(one.answers.items())
    answered = [(name, given.answer) for name, given in every if given.answer is not None]
    if not answered or not one.finished:
        return ""
    return f"{one.started} {one.finished} {answered!r}"


def _groups(
    submissions: Sequence[Submission], key: Callable[[Submission], str]
) -> Iterable[list[int]]:
    """The places of submissions with a key in common, but for those without one."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(submissions):
        if named := key(one):
            found[named].append(place)
    return found.values()


def read(path: Path) -> Decisions:
    """What a teacher has written into the list of what to decide.

    A student of whom one file counts needs no word at the others. A file that is not in the list is
    open.
    """
    found: dict[str, dict[str, bool | None]] = defaultdict(dict)
    cells, column = _cells(path)
    for number, row in enumerate(cells, 2):
        said = row["counts"].casefold()
        if said not in WORDS:
            advice = say("{counts} is not a decision (write yes or no)", counts=repr(row["counts"]))
            raise Refused(advice, path, number, column)
        found[alike(row["student"])][row["row"].upper()] = WORDS[said]
    return {name: counts for files in found.values() for name, counts in _settled(files)}


def reasons(path: Path) -> Mapping[str, str]:
    """Why a teacher decided so, by row, where the list says it."""
    return {row["row"].upper(): row["reason"] for row in _cells(path)[0] if row["reason"]}


def _cells(path: Path) -> tuple[list[dict[str, str]], int]:
    """The rows by the names of their columns, and the number of the column to write into."""
    rows = tables.read(path, any_encoding=True)
    header = tables.heading(rows, path, COLUMNS)
    for name in COLUMNS[:3]:
        if name not in header:
            said = say("there is no column {name} (keep the first row as it was)", name=name)
            raise Refused(said, path)
    return [_named(header, row) for row in rows[1:]], header.index("counts") + 1


def _named(header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """The cells of a row by the names of their columns; empty where there is none."""
    known = {name: tables.typed(cell) for name, cell in zip(header, row, strict=False)}
    return {name: known.get(name, "") for name in COLUMNS}


def _settled(files: Mapping[str, bool | None]) -> Iterator[tuple[str, bool]]:
    one_counts = any(files.values())
    for name, counts in files.items():
        if counts is not None or one_counts:
            yield name, bool(counts)
