"""The times of an assignment: when a file is late, how long somebody took, and who has longer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from viva.assignments.model import Assignment
from viva.assignments.remarks import Code, Remark, remark
from viva.assignments.submissions import Submission
from viva.base.words import Percent


@dataclass(frozen=True)
class Allowance:
    """What is granted to one student: more time, in per cent, and another day."""

    extra: float = 0
    due: datetime | None = None
    late: Remark | None = None
    """Why a file that came late is accepted, in place of the remark that it is late."""


def allowed(assignment: Assignment, allowance: Allowance) -> Assignment:
    """The assignment with the times of one student."""
    limit = assignment.time_limit
    longer = None if limit is None else math.ceil(round(limit * (1 + allowance.extra / 100), 6))
    return replace(assignment, time_limit=longer, due=allowance.due or assignment.due)


def late(assignment: Assignment, submission: Submission) -> timedelta | None:
    """How long after the due time the file says it was finished.

    A due time without a zone is the clock on the student's wall.
    """
    due, finished = assignment.due, submission.finished
    if due is None or finished is None:
        return None
    over = _between(due, finished)
    return over if over > timedelta(0) else None


def _between(start: datetime, end: datetime) -> timedelta:
    """From one moment to another; by the clock on the wall where either has no zone."""
    if start.tzinfo is None or end.tzinfo is None:
        start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    return end - start


def remarks(
    assignment: Assignment, submission: Submission, allowance: Allowance
) -> Iterator[Remark]:
    """What the file says of its times; they come from the student's device and prove nothing."""
    accepted = allowance.late
    if submission.extra > allowance.extra:
        told, granted = (Percent(one.extra / 100, 2) for one in (submission, allowance))
        yield remark(Code.EXTRA_TIME, told=told, granted=granted)
    over = late(assignment, submission)
    if over and accepted:
        yield replace(accepted, values={**accepted.values, "over": over})
    elif over:
        yield remark(Code.LATE, over=over)
    started, finished = submission.started, submission.finished
    if not (started and finished and assignment.time_limit):
        return
    took = _between(started, finished)
    if took > timedelta(minutes=assignment.time_limit, seconds=30):
        yield remark(Code.OVER_TIME, took=took, limit=timedelta(minutes=assignment.time_limit))
