"""Marking a sitting: with every decision that stands, and what each of them has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from viva.assignments import grading, intake, uploads
from viva.assignments.grading import Graded, Rulings
from viva.assignments.judging import Judgements, Row, judged_as, name_of
from viva.assignments.model import Assignment
from viva.assignments.remarks import Code, remark
from viva.assignments.submissions import Bad, Submission
from viva.assignments.times import Allowance
from viva.bank import types
from viva.bank.banks import flat
from viva.bank.question import Question
from viva.base.visible import alike, visible
from viva.base.words import Letter, Listed, Words, say, shaped
from viva.sittings.decisions import Counts, Decision, Judged, Numbered, standing, with_key
from viva.sittings.folder import Sitting
from viva.sittings.roster import Roster, as_known, named

NOTES: Mapping[str, str] = {
    "void": say("This question counts for nobody: {reason}"),
    "also": say("Also counts as right: {also}. {reason}"),
    "key": say("The key was corrected to {right}: {reason}"),
}
"""What students read of a decision about a question."""
STEP = say("The step {step} counts for nobody: {reason}")
"""What they read of a step of a case that was voided."""


@dataclass(frozen=True)
class Received:
    """What came in: files with answers, files that are none, and what was typed beside them."""

    submissions: tuple[Submission, ...]
    bad: tuple[Bad, ...]
    typed: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """A student whose mark a decision has changed, in per cent; None where there was or is none."""

    student: str
    before: float | None
    after: float | None


def received(sitting: Sitting, assignment: Assignment) -> Received:
    """Read all that lies in the sitting's folder."""
    typed: dict[str, str] = {}
    files = uploads.apart(uploads.gather([sitting.received]), typed)
    found, bad = intake.read_all(files, assignment)
    listed = sitting.classlist.students if sitting.classlist else ()
    columns = {one.key: one.receipt for one in listed if one.receipt}
    return Received(tuple(found), tuple(bad), columns | typed)


def grade(
    sitting: Sitting,
    assignment: Assignment,
    sent: Received,
    decided: Sequence[Numbered],
    more: Sequence[Row] = (),
    files: Mapping[str, bool] | None = None,
    accept_changed: bool = False,
) -> Graded:
    """Mark a sitting with these decisions; `more` and `files` are not written down yet."""
    stand = standing(decided)
    every = tuple(_whose(sitting, sent.submissions, stand))
    roster = Roster(sitting.classlist, every) if sitting.classlist else None
    rulings = Rulings(
        {**_files(stand), **(files or {})},
        sent.typed,
        _allowances(sitting, stand),
        frozenset(one.decision.question for one in _of(stand, "void") if one.decision.void),
        (roster.finder(),) if roster else (),
    )
    judged = Judgements((*more, *_judged(stand)))
    changed = replace(assignment, questions=tuple(_changed(assignment.questions, stand)))
    graded = grading.grade(changed, every, sent.bad, judged, accept_changed, rulings)
    graded = named(sitting.classlist, graded) if sitting.classlist else graded
    return replace(graded, rests=_rests(graded, stand), notes=_notes(stand, assignment.questions))


def _of(stand: Iterable[Numbered], *kinds: str) -> list[Numbered]:
    return [one for one in stand if one.decision.what in kinds]


def _whose(
    sitting: Sitting, found: Sequence[Submission], stand: Sequence[Numbered]
) -> Iterator[Submission]:
    """The files under the identifiers that they belong to."""
    belongs = {alike(one.decision.file): one.decision for one in _of(stand, "belongs")}
    known = as_known(sitting.classlist, found) if sitting.classlist else iter(found)
    for one in known:
        decision = belongs.get(alike(one.file))
        if decision is None:
            yield one
            continue
        said = {"given": one.identifier, "identifier": decision.student, "reason": decision.reason}
        why = remark(Code.BELONGS, **said, by=decision.by, date=day(decision))
        moved = replace(one, identifier=decision.student, remarks=(*one.remarks, why))
        yield next(as_known(sitting.classlist, [moved])) if sitting.classlist else moved


def day(decision: Decision) -> date:
    """The day on which something was decided."""
    return date.fromisoformat(decision.date)


def _files(stand: Sequence[Numbered]) -> dict[str, bool]:
    return {one.decision.row: one.decision.counts for one in _of(stand, "file")}


def _allowances(sitting: Sitting, stand: Sequence[Numbered]) -> dict[str, Allowance]:
    """By student, extra time and other days of the class list, and late files that are accepted."""
    listed = sitting.classlist.students if sitting.classlist else ()
    found = {one.key: Allowance(one.extra, one.due) for one in listed if one.extra or one.due}
    for one in _of(stand, "late"):
        said = {"reason": one.decision.reason, "by": one.decision.by, "date": day(one.decision)}
        accepted = remark(Code.LATE_ACCEPTED, **said)
        key = _key(sitting, one.decision.student)
        found[key] = replace(found.get(key, Allowance()), late=accepted)
    return found


def _key(sitting: Sitting, identifier: str) -> str:
    known = sitting.classlist.by_key.get(alike(identifier)) if sitting.classlist else None
    return known.key if known else alike(identifier)


def _judged(stand: Sequence[Numbered]) -> Iterator[Row]:
    for one in _of(stand, "judged"):
        said: Judged = one.decision
        yield Row(said.question, said.answer, said.mark, is_recorded=True)


def _changed(questions: Sequence[Question], stand: Sequence[Numbered]) -> Iterator[Question]:
    """The questions with what was decided about their keys, in the order of the decisions."""
    by_question: dict[str, list[Decision]] = defaultdict(list)
    for one in _of(stand, "also", "key"):
        by_question[one.decision.question.partition("/")[0]].append(one.decision)
    for question in questions:
        for decision in by_question[question.id]:
            question = with_key(question, decision) or question
        yield question


def _notes(
    stand: Sequence[Numbered], questions: Sequence[Question]
) -> dict[str, tuple[str, ...]]:
    """By question, what students read of the decisions about it."""
    notes: dict[str, tuple[str, ...]] = defaultdict(tuple)
    known = {one.id: one for one in flat(questions)}
    for one in _of(stand, *NOTES):
        if not getattr(one.decision, "void", True):
            continue
        data = one.decision.model_dump()
        case, _, step = one.decision.question.partition("/")
        told = {
            name: Listed(tuple(_labels(known.get(step or case), data[name])), "row")
            for name in ("also", "right")
            if name in data
        }
        if step and one.decision.what == "void":
            said = say(STEP, **(data | {"step": step}))
        else:
            said = say(NOTES[one.decision.what], **(data | told))
            said = shaped("{step}: {note}", step=step, note=said) if step else said
        notes[case] += (said,)
    return notes


def _labels(question: Question | None, given: Sequence[str]) -> Iterator[Any]:
    """Labels of options as the language has them; other answers as they were written."""
    known = list(types.options(question)) if question else []
    for text in given:
        yield Letter(known.index(text)) if text in known else text


def _rests(graded: Graded, stand: Sequence[Numbered]) -> dict[str, str]:
    """By student, the numbers of the decisions that the marks rest on."""
    abouts = [(one.number, _about(one.decision)) for one in stand]
    found = {}
    for one in graded.results:
        pairs = zip(graded.assignment.questions, one.marks, strict=True)
        own = {place for question, marked in pairs for place in _said(question, marked.given)}
        own |= {("student", one.submission.student), ("file", alike(one.submission.file))}
        rests = (str(number) for number, about in abouts if about is None or about in own)
        found[one.submission.student] = ", ".join(rests)
    return found


def idle(graded: Graded, stand: Iterable[Numbered]) -> Iterator[Numbered]:
    """The decisions about files that did not come in, and about answers that nobody gave."""
    files = {alike(one.submission.file) for one in graded.results}
    files |= {alike(one.submission.file) for one in graded.doubts}
    files |= {alike(one.file) for one in graded.bad}
    read = [(one.marks, graded.assignment.questions) for one in graded.results]
    pairs = [pair for marks, asked in read for pair in zip(asked, marks, strict=True)]
    answers = {place for question, marked in pairs for place in _said(question, marked.given)}
    unknown = bool(graded.held) or any(marked.remark for _, marked in pairs)
    for one in stand:
        said: Any = one.decision
        is_lost = said.what in ("belongs", "file") and alike(said.file) not in files
        if is_lost or (said.what == "judged" and not unknown and _about(said) not in answers):
            yield one


def _about(decision: Any) -> tuple[str, str] | None:
    """Whom a decision touches: an answer, a file or a student; None for everybody."""
    if decision.what == "judged":
        return decision.question, judged_as(decision.answer)
    if decision.what == "belongs":
        return "file", alike(decision.file)
    student = getattr(decision, "student", None)
    return None if student is None else ("student", alike(student))


def _said(question: Question, given: Any) -> Iterator[tuple[str, str]]:
    """The answers of a question and its steps as a judgement names them."""
    steps = types.steps(question)
    if given is None:
        return
    if steps:
        for step, part in zip(steps, given, strict=True):
            yield from _said(step, part)
    else:
        text = given if isinstance(given, str) else types.words(question, given)
        yield question.id, judged_as(text)


def new_decisions(
    graded: Graded, stand: Sequence[Numbered], rows: Sequence[Row], reasons: Mapping[str, str],
    by: str, date: str, words: Words,
) -> list[Decision]:  # fmt: skip
    """What was decided in the tables since, to be written down; `words` say reasons not given."""
    known = {one.decision.about: one.decision for one in stand}
    found: list[Decision] = []
    for doubt in graded.doubts:
        old: Any = known.get(("file", doubt.row))
        if doubt.counts is not None and (old is None or old.counts != doubt.counts):
            why = reasons.get(doubt.row) or words.say("decided in the list of files in doubt")
            fields: dict[str, Any] = {"file": doubt.submission.file, "row": doubt.row}
            fields |= {"student": doubt.submission.identifier, "counts": doubt.counts}
            found.append(Counts(what="file", **fields, reason=why, by=by, date=date))
    by_name = {row.name: row for row in rows if row.name} | {row.place: row for row in rows}
    for one in graded.open:
        place = one.question.id, judged_as(one.answer)
        row = by_name.get(name_of(place)) or by_name.get(place)
        old = known.get(("judged", *place))
        if row and one.mark is not None and (old is None or old.mark != row.mark):
            why = row.reason or words.say("judged against the model answer")
            fields = {"question": one.question.id, "answer": visible(one.answer), "mark": row.mark}
            found.append(Judged(what="judged", **fields, reason=why, by=by, date=date))
    return found


def changes(
    sitting: Sitting, assignment: Assignment, sent: Received, accept_changed: bool = False
) -> Iterator[tuple[Numbered, list[Change]]]:
    """For each decision that stands, in order, whose mark it has changed."""
    stand = standing(sitting.decisions)
    before = _percents(grade(sitting, assignment, sent, (), accept_changed=accept_changed))
    for count, numbered in enumerate(stand, 1):
        graded = grade(sitting, assignment, sent, stand[:count], accept_changed=accept_changed)
        after = _percents(graded)
        students = sorted({*before, *after})
        yield numbered, [
            Change(one, before.get(one), after.get(one))
            for one in students
            if before.get(one) != after.get(one)
        ]
        before = after


def _percents(graded: Graded) -> dict[str, float | None]:
    return {one.submission.identifier: one.percent for one in graded.results}
