"""The tables that only a sitting has: the class with what came from each, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from viva.assignments import senders
from viva.assignments.grading import Graded, Result
from viva.base.tables import Cell
from viva.base.words import ENGLISH, Said, Words, say
from viva.sittings.classlist import ClassList, Student
from viva.sittings.decisions import Numbered, standing
from viva.sittings.roster import sent_by

Rows = Iterator[Sequence[Cell]]


def missing(classlist: ClassList, graded: Graded) -> tuple[Student, ...]:
    """Those of the class from whom no file came, not even one that does not count."""
    sent = {one.submission.student for one in graded.results} | {*_others(classlist, graded)}
    return tuple(one for one in classlist.students if one.key not in sent)


def _others(classlist: ClassList, graded: Graded) -> dict[str, Said]:
    """Students of whom a file came that is not marked, and what became of it: the file that names
    them, or that they have sent."""
    found = dict[str, Said]()
    for bad in graded.bad:
        if owner := sent_by(classlist, senders.of(bad.file)):
            found[owner.key] = say("cannot be read")
    held = {one.submission.file for one in graded.held}
    for doubt in graded.doubts:
        sent = doubt.submission
        state = say("in doubt") if sent.file in held else say("does not count")
        owner = sent_by(classlist, sent.sender)
        found |= dict.fromkeys([sent.student, *([owner.key] if owner else [])], state)
    return found


def roster(classlist: ClassList, graded: Graded) -> Rows:
    """Everybody of the class, then who is not in it: what came, and what becomes of it."""
    yield ("identifier", "name", "group", "extra time", "due", "state", "per cent", "file")
    results = {one.submission.student: one for one in graded.results}
    others = _others(classlist, graded)
    for student in classlist.students:
        one = results.pop(student.key, None)
        state = _state(one) if one else others.get(student.key, say("missing"))
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
        state = say("not in the class")
        yield (sent.identifier, sent.name, "", None, "", state, one.percent, sent.file)


def _state(one: Result) -> Said:
    return say("waits for a mark") if one.waiting else say("marked")


def by_question(decided: Sequence[Numbered], words: Words = ENGLISH) -> dict[str, str]:
    """What was decided about each question, as its history keeps it: no person and no answer."""
    found: dict[str, list[str]] = {}
    for one in standing(decided):
        if one.decision.what in ("void", "also", "key"):
            said = f"{words.tell(one.decision.kept)}: {one.decision.reason}"
            case, _, step = one.decision.question.partition("/")
            found.setdefault(step or case, []).append(said)
            if step:  # the numbers of its case rest on it too
                found.setdefault(case, []).append(f"{step} {said}")
    return {question: "; ".join(said) for question, said in found.items()}


def decisions(decided: Sequence[Numbered]) -> Rows:
    """Every decision by its number; one that a later one has replaced says so."""
    yield ("number", "question", "decision", "reason", "by", "date", "stands", "what", "void")
    stand = {one.number for one in standing(decided)}
    for one in decided:
        said: Any = one.decision
        yield (
            one.number,
            getattr(said, "question", ""),
            said.said,
            said.reason,
            said.by,
            said.date,
            "yes" if one.number in stand else "no",
            said.what,
            "yes" if getattr(said, "void", False) else "",
        )
