"""The tables that only a sitting has: the class with what came from each, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from viva.assignments.grading import Graded
from viva.base.tables import Cell
from viva.sittings.classlist import ClassList, Student
from viva.sittings.decisions import Numbered, standing

Rows = Iterator[Sequence[Cell]]


def missing(classlist: ClassList, graded: Graded) -> tuple[Student, ...]:
    """Those of the class from whom no file came, not even one in doubt."""
    sent = {one.submission.student for one in graded.results}
    sent |= {one.submission.student for one in graded.doubts}
    return tuple(one for one in classlist.students if one.key not in sent)


def roster(classlist: ClassList, graded: Graded) -> Rows:
    """Everybody of the class, then who is not in it: what came, and what becomes of it."""
    yield ("identifier", "name", "group", "extra time", "due", "state", "per cent", "file")
    results = {one.submission.student: one for one in graded.results}
    held = {one.submission.student for one in graded.held}
    for student in classlist.students:
        one = results.pop(student.key, None)
        state = _state(student.key in held, one is not None, bool(one and one.waiting))
        yield (
            student.identifier,
            student.name,
            student.group,
            student.extra or None,
            student.due.isoformat(" ") if student.due else "",
            state,
            one.percent if one else None,
            one.submission.file if one else "",
        )
    for one in results.values():
        sent = one.submission
        yield (sent.identifier, sent.name, "", None, "", "not in the class", one.percent, sent.file)


def _state(held: bool, marked: bool, waiting: bool) -> str:
    if held:
        return "in doubt"
    if not marked:
        return "missing"
    return "waits for a mark" if waiting else "marked"


def decisions(decided: Sequence[Numbered]) -> Rows:
    """Every decision by its number; one that a later one has replaced says so."""
    yield ("number", "question", "decision", "reason", "by", "date", "stands")
    stand = {one.number for one in standing(decided)}
    for one in decided:
        said = one.decision
        yield (
            one.number,
            getattr(said, "question", ""),
            said.said,
            said.reason,
            said.by,
            said.date,
            "yes" if one.number in stand else "no",
        )
