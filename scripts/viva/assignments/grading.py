"""Marking: which file of a student counts, and what each answer is worth.

What no rule decides waits for a person: an answer in words that the question's author did not
foresee, and an answer to a question that has changed since. A total with something open is open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from viva.assignments import receipt, sheet, times
from viva.assignments.choosing import choose
from viva.assignments.identity import (
    Decisions,
    Doubt,
    Finders,
    doubts,
    is_open,
    other_name,
    shared_names,
)
from viva.assignments.judging import Judgements, judged_as
from viva.assignments.model import Assignment
from viva.assignments.remarks import Code, Remark, fault, has, remark
from viva.assignments.submissions import Bad, Given, Scanned, Submission, failed
from viva.assignments.times import Allowance
from viva.bank import types
from viva.bank.question import AnswerError, Question


@dataclass(frozen=True)
class Marked:
    """An answer in the author's terms and its mark; None while it waits."""

    given: Any
    mark: float | None
    remark: Remark | None = None
    counts: bool = True
    """Whether the question counts: not where it was voided."""


@dataclass(frozen=True)
class Rulings:
    """What was decided about a class, beside the marks of answers."""

    files: Decisions = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    """By sender or student, what was written into the platform's text field."""
    allowances: Mapping[str, Allowance] = field(default_factory=dict)
    """By student."""
    void: frozenset[str] = frozenset()
    """The ids of questions that count for nobody; of a step alone `case/step`."""
    finders: Finders = ()
    """What else puts files in doubt."""

    def is_void(self, question: Question) -> bool:
        """Whether a question counts for nobody: it is void, or each of its steps is."""
        steps = types.steps(question)
        return question.id in self.void or (
            bool(steps) and all(step_of(question, step) in self.void for step in steps)
        )


def step_of(case: Question, step: Question) -> str:
    """How a decision names a step of a case."""
    return f"{case.id}/{step.id}"


@dataclass(frozen=True)
class Open:
    """An answer that no rule decides. `mark` is what a person has given to it, if anybody has."""

    question: Question
    answer: str
    students: int
    mark: float | None


@dataclass(frozen=True)
class Result:
    """One student's marks, in the order of the questions."""

    submission: Submission
    marks: tuple[Marked, ...]
    remarks: tuple[Remark, ...]
    late: timedelta | None

    @cached_property
    def counted(self) -> tuple[Marked, ...]:
        """The marks of the questions that count."""
        return tuple(one for one in self.marks if one.counts)

    @cached_property
    def waiting(self) -> int:
        """How many answers wait for a person."""
        return sum(one.mark is None for one in self.counted)

    @cached_property
    def total(self) -> float | None:
        """The sum of the marks. None while something waits."""
        known = [one.mark for one in self.counted if one.mark is not None]
        return round(sum(known), 6) if not self.waiting else None

    @property
    def percent(self) -> float | None:
        """The total in per cent of the questions that count. None where none does."""
        if self.total is None or not self.counted:
            return None
        return round(100 * self.total / len(self.counted), 4)

    def passed(self, pass_mark: float | None) -> bool | None:
        """Whether the pass mark is reached. None while that is open, or where there is none."""
        if self.percent is None or pass_mark is None:
            return None
        return self.percent >= pass_mark


@dataclass(frozen=True)
class Graded:
    """Everything that marking found."""

    assignment: Assignment
    results: tuple[Result, ...]
    bad: tuple[Bad, ...]
    open: tuple[Open, ...]
    judgements: Judgements
    rulings: Rulings = field(default_factory=Rulings)
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By question, what was decided about it after the test, for students to read."""
    rests: Mapping[str, str] | None = None
    """By student, the numbers of the decisions that the marks rest on; None outside a sitting,
    where decisions stand in the tables alone."""
    doubts: tuple[Doubt, ...] = ()
    """The files of students whose files do not tell by themselves which counts, decided or not."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that count."""
        return tuple(one for one in self.assignment.questions if not self.rulings.is_void(one))

    @property
    def held(self) -> tuple[Doubt, ...]:
        """The files of students who have no marks before their teacher decides."""
        waiting = {one.submission.student for one in self.doubts if one.counts is None}
        return tuple(one for one in self.doubts if one.submission.student in waiting)


@dataclass
class _Marker:
    """Marks answers to one assignment, remembering what waits for a person."""

    judgements: Judgements
    accept_changed: bool
    hashes: Mapping[str, str]
    rulings: Rulings
    open: dict[tuple[str, str], Open] = field(default_factory=dict)

    def question(self, question: Question, submission: Submission) -> Marked:
        if self.rulings.is_void(question):
            return self.voided(question, submission)
        given = submission.answers.get(question.id)
        if isinstance(given, Scanned) and given.unreadable:
            why = remark(Code.UNREADABLE, question=question.id, why=given.unreadable)
            return Marked(None, None, why)
        if given is None or given.answer is None:
            return Marked(None, 0.0)
        changed = given.hash != self.hashes[question.id]
        if changed and not self.accept_changed:
            return Marked(None, None, remark(Code.CHANGED, question=question.id))
        try:
            answer = _answer(question, given)
            return Marked(answer, self.mark(question, answer))
        except (AnswerError, RecursionError) as error:
            said = remark(Code.DAMAGED, question=question.id, why=fault(error))
            return Marked(None, 0.0, said)

    def voided(self, question: Question, submission: Submission) -> Marked:
        """An answer to a question that counts for nobody: nothing in it waits or is a fault."""
        given = submission.answers.get(question.id)
        try:
            answer = _answer(question, given) if given else None
        except (AnswerError, RecursionError):
            answer = None
        return Marked(answer, None, counts=False)

    def mark(self, question: Question, answer: Any) -> float | None:
        """The mark of an answer, by rule or by a person."""
        steps = types.steps(question)
        if steps and answer is not None:
            void = self.rulings.void
            pairs = zip(steps, answer, strict=True)
            counted = [pair for pair in pairs if step_of(question, pair[0]) not in void]
            return types.combined([self.mark(step, part) for step, part in counted])
        waits = answer is not None and types.doubtful(question, answer)
        value = None if waits else types.mark(question, answer)
        return self.judged(question, answer) if value is None else value

    def judged(self, question: Question, answer: Any) -> float | None:
        said = answer if isinstance(answer, str) else types.words(question, answer)
        place = (question.id, judged_as(said))
        known = self.open.get(place) or Open(question, said, 0, self.judgements.mark(place))
        self.open[place] = replace(known, students=known.students + 1)
        return known.mark


def _answer(question: Question, given: Given) -> Any:
    """An answer in the author's terms. Raises AnswerError for one that nobody can have given."""
    read = types.authored if given.authored else sheet.answer
    return read(question, given.answer)


def grade(
    assignment: Assignment,
    submissions: Iterable[Submission],
    bad: Sequence[Bad] = (),
    judgements: Judgements | Mapping[tuple[str, str], float] | None = None,
    accept_changed: bool = False,
    rulings: Rulings | None = None,
) -> Graded:
    """Mark the file of each student that counts."""
    given, rulings = Judgements.of(judgements or {}), rulings or Rulings()
    hashes = {question.id: sheet.sheet_hash(question) for question in assignment.questions}
    marker = _Marker(given, accept_changed, hashes, rulings)
    every = list(submissions)
    doubtful = doubts(every, rulings.files, rulings.finders)
    shared = shared_names(every)
    by_student: dict[str, list[Submission]] = defaultdict(list)
    for submission in every:
        by_student[submission.student].append(submission)
    aside: list[Bad] = []
    results = []
    for student in sorted(by_student):
        files = by_student[student]
        if student in doubtful:
            files, declined = _decided(doubtful[student])
            aside += declined
        if files:
            result, others = _student(assignment, files, marker, rulings, shared)
            aside += others
            results += [result] if result else []
    every_doubt = [one for student in sorted(doubtful) for one in doubtful[student]]
    waiting = sorted(marker.open.values(), key=lambda one: (one.question.id, one.answer))
    every_bad = sorted([*bad, *aside], key=lambda one: one.file)
    return Graded(
        assignment,
        tuple(results),
        tuple(every_bad),
        tuple(waiting),
        given,
        rulings,
        doubts=tuple(every_doubt),
    )


def _decided(files: Sequence[Doubt]) -> tuple[list[Submission], list[Bad]]:
    """The files that the teacher lets count, and those that do not; none while that is open."""
    if is_open(files):
        return [], []
    said = remark(Code.DECLINED).said
    declined = [Bad(one.submission.file, said) for one in files if not one.counts]
    chosen = [
        replace(one.submission, remarks=(*one.submission.remarks, *one.why))
        for one in files
        if one.counts
    ]
    return chosen, declined


def _student(
    assignment: Assignment,
    files: Sequence[Submission],
    marker: _Marker,
    rulings: Rulings,
    shared: Collection[str],
) -> tuple[Result | None, list[Bad]]:
    """A student's marks, and the files that do not count. One student never stops a class."""
    try:
        counts, others, remarks = choose(files, assignment.attempts)
        typed = (rulings.typed.get(key, "") for key in (counts.sender.key, counts.student))
        remarks += _origin(counts, " ".join(typed), shared)
        allowance = rulings.allowances.get(counts.student, Allowance())
        own = times.allowed(assignment, allowance)
        return _result(own, counts, remarks, marker, allowance), others
    except Exception as error:
        return None, [failed(one.file, error) for one in files]


def _origin(counts: Submission, typed: str, shared: Collection[str]) -> Iterator[Remark]:
    """What the learning platform knows of a file that does not fit what the file says."""
    if not has(counts.remarks, Code.OTHER_NAME):  # as it has where its teacher decided
        yield from other_name(counts, shared)
    codes, own = receipt.written(typed), counts.receipt
    if own and codes and own not in codes:
        whole = [code for code in codes if receipt.is_whole(code)]
        code = Code.RECEIPT_DIFFERS if whole else Code.RECEIPT_MISTYPED
        yield remark(code, typed=(whole or codes)[0], own=own)


def _result(
    assignment: Assignment,
    submission: Submission,
    remarks: Iterable[Remark],
    marker: _Marker,
    allowance: Allowance,
) -> Result:
    marks = tuple(marker.question(question, submission) for question in assignment.questions)
    said = [
        *submission.remarks,
        *remarks,
        *times.remarks(assignment, submission, allowance),
        *(one.remark for one in marks if one.remark),
    ]
    return Result(submission, marks, tuple(said), times.late(assignment, submission))
