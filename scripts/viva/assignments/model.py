"""An assignment as its teacher writes it, and as the questions that it comes to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from viva.bank import banks, mistakes
from viva.bank.banks import Bank, flat
from viva.bank.question import Level, Model, Question, Text
from viva.base.problems import Problem, Severity, hint, in_order
from viva.base.reader import Loc, Marks, Source, read
from viva.base.words import Said, count, say, shaped
from viva.course import inventory, links, strays
from viva.course.courses import Course
from viva.course.doubts import Doubts
from viva.course.layout import Layout
from viva.formulas import typed

FOLDER = inventory.ASSIGNMENTS
END_OF_DAY = time(23, 59, 59)
"""When something is due of which only the day is written."""
Mode = Literal["homework", "exam"]
UNASKED: Mapping[str | None, tuple[Said, Severity]] = {
    "draft": (say("question {name} is a draft (finish it, or take it out here)"), "error"),
    "retired": (
        say("question {name} is retired; what students answered is still marked (ask another)"),
        "warning",
    ),
}
"""The states of questions that no assignment draws, and what is said where one names them."""


class Draw(Model):
    """Questions drawn by a rule: the same ones every time, others with another seed."""

    draw: Annotated[int, Field(ge=1)]
    bank: Text | None = None
    objective: Text | None = None
    level: Level | None = None
    seed: Text = "1"


class Frame(Model):
    """What an assignment says around its questions."""

    whole = "assignment"

    title: Text
    instructions: Text | None = None
    questions: tuple[Any, ...] = ()
    private: tuple[Any, ...] = ()
    mode: Mode = "homework"
    time_limit: Annotated[int, Field(ge=1)] | None = None
    opens: Text | None = None
    due: Text | None = None
    attempts: Annotated[int, Field(ge=1)] = 1
    pass_mark: Annotated[float, Field(ge=0, le=100)] | None = None


@dataclass(frozen=True)
class Assignment:
    """An assignment with its questions in order. `private` names those that no bank holds."""

    id: str
    path: str
    title: str
    instructions: str | None
    questions: tuple[Question, ...]
    private: frozenset[str]
    mode: Mode
    time_limit: int | None
    opens: datetime | None
    due: datetime | None
    attempts: int
    pass_mark: float | None
    draws: bool = False
    """Whether a rule chooses some of its questions."""


def files(layout: Layout) -> list[Path]:
    """The assignment files of a course, by name."""
    return inventory.assignments(layout)


def load_all(
    read_course: Course, keep: bool = False, paths: Iterable[Path] | None = None
) -> tuple[tuple[Assignment, ...], list[Problem]]:
    """Every assignment of a course that is sound, and everything that is wrong with the others.

    A preview keeps those others too, as far as they can be read. It may know the files already.
    """
    if read_course.doubts.everything:
        return (), []
    seen = _seen(read_course)
    found, problems = [], list[Problem]()
    for path in files(read_course.layout) if paths is None else paths:
        assignment, wrong = load(path, read_course, seen)
        found += [assignment] if keep or not wrong else []
        problems += wrong
        problems += _unasked(path, read_course, assignment) if assignment else ()
    return tuple(found), in_order(problems)


def _seen(read_course: Course) -> links.Seen:
    """The file of each question that a bank holds, by id."""
    return {q.id: one.path for one in read_course.banks for q in flat(one.questions)}


def _unasked(path: Path, read_course: Course, assignment: Assignment) -> Iterator[Problem]:
    """What an assignment names though it is a draft or retired. Marking does not mind."""
    states = {question.id: question.status for question in assignment.questions}
    if not UNASKED.keys() & set(states.values()):
        return
    source = read(path, read_course.layout.name(path))
    for number, name in enumerate(source.data.get("questions") or ()):
        state = states.get(str(name))
        if state in UNASKED:
            said, severity = UNASKED[state]
            told = shaped(said, name=name)
            yield replace(source.problem(("questions", number), "MD516", told), severity=severity)


def load(
    path: Path, read_course: Course, seen: links.Seen | None = None
) -> tuple[Assignment, list[Problem]]:
    """One assignment as far as it can be read, and everything wrong with it.

    `seen` maps ids of questions to where they are, and grows.
    """
    seen = _seen(read_course) if seen is None else seen
    source = read(path, read_course.layout.name(path))
    stray = strays.problem(source, strays.ASSIGNMENT, read_course.layout)
    if stray or not isinstance(source.data, dict):
        said = say("an assignment is a mapping (write title: and questions:)")
        nothing = _made(Frame(title=path.stem), source, path.stem, (), {})
        told = [stray] if stray else [*source.problems]
        return nothing, told or [source.problem((), "SC003", said)]
    own_bank, problems = private(source, path.stem)
    problems += [*source.problems, *links.question_problems(source, read_course, seen, "private")]
    frame, wrong = _frame(source, path.stem)
    problems += [*wrong, *links.said_problems("instructions", source, read_course)]
    own = {question.id: question for question in own_bank.questions} if own_bank else {}
    chosen, wrong = _chosen(frame, source, read_course, own)
    problems += [*wrong, *_time_problems(frame, _times(frame), source)]
    if not chosen and not problems:
        said = say("the assignment has no questions (write some under questions: or private:)")
        problems.append(source.problem((), "SC002", said))
    return _made(frame, source, path.stem, chosen, own), problems


def _made(
    frame: Frame,
    source: Source,
    name: str,
    chosen: tuple[Question, ...],
    own: Mapping[str, Question],
) -> Assignment:
    return Assignment(
        id=name,
        path=source.path,
        title=typed.words(frame.title),
        instructions=frame.instructions,
        questions=chosen,
        private=frozenset(own),
        mode=frame.mode,
        time_limit=frame.time_limit,
        **_times(frame),
        attempts=frame.attempts,
        pass_mark=frame.pass_mark,
        draws=any(isinstance(one, dict) for one in frame.questions),
    )


def _times(frame: Frame) -> dict[str, datetime | None]:
    return {"opens": moment(frame.opens), "due": moment(frame.due, END_OF_DAY)}


def private(source: Source, name: str) -> tuple[Bank | None, list[Problem]]:
    """The questions under `private:`, read as a bank's are."""
    raw = source.data.get("private") if isinstance(source.data, dict) else None
    if not isinstance(raw, list) or not raw:
        return None, []
    shell = {"title": name, "questions": raw}
    marks = source.marks[id(source.data)]
    own = Marks(
        marks.start, {"questions": marks.keys["private"]}, {"questions": marks.values["private"]}
    )
    return banks.validate(replace(source, data=shell, marks={**source.marks, id(shell): own}), name)


def _frame(source: Source, name: str) -> tuple[Frame, list[Problem]]:
    """What can be read of an assignment, and what cannot."""
    problems = []
    if not banks.ID.fullmatch(name):
        said = say(
            "file name {name} is not an id (use a-z, 0-9 and single hyphens)",
            name=repr(name),
        )
        problems.append(source.problem((), "SC003", said))
    try:
        return Frame.model_validate(source.data), problems
    except ValidationError as error:
        problems += mistakes.model_problems(error, (), source, Frame)
        wrong = {one["loc"][0] for one in error.errors()}
    sound = {field: value for field, value in source.data.items() if field not in wrong}
    if "mode" in wrong or wrong - Frame.model_fields.keys():
        sound["mode"] = "exam"  # what it was meant to be cannot be known: nothing follows from it
    return Frame.model_validate({"title": name, **sound}), problems


def _chosen(
    frame: Frame, source: Source, read_course: Course, own: Mapping[str, Question]
) -> tuple[tuple[Question, ...], list[Problem]]:
    """The questions in the order of the file; private ones that it does not name come last."""
    known = {**read_course.questions, **own}
    chosen: dict[str, Question] = {}
    problems: list[Problem] = []
    named = {item for item in frame.questions if isinstance(item, str)}
    for number, item in enumerate(frame.questions):
        loc: Loc = ("questions", number)
        if isinstance(item, str):
            problems += _named(item, loc, source, known, read_course.doubts, chosen)
        else:
            problems += _drawn(item, loc, source, read_course, named, chosen)
    return tuple({**chosen, **own}.values()), problems


def _named(
    name: str,
    loc: Loc,
    source: Source,
    known: Mapping[str, Question],
    doubts: Doubts,
    chosen: dict[str, Question],
) -> Iterator[Problem]:
    """Add a question, or tell why there is none of that name."""
    if name in chosen:
        said = say("question {name} is here twice (delete one)", name=name)
        yield source.problem(loc, "MD516", said)
    elif name not in known and doubts.of_question(name):
        yield from doubts.of_question(name)
    elif name not in known:
        said = say("there is no question {name} ({hint})", name=name, hint=hint(name, list(known)))
        yield source.problem(loc, "MD516", said)
    else:
        chosen[name] = known[name]


def _drawn(
    item: Any,
    loc: Loc,
    source: Source,
    read_course: Course,
    named: set[str],
    chosen: dict[str, Question],
) -> Iterator[Problem]:
    """Add the questions of a rule; those that the file names elsewhere are not drawn."""
    if not isinstance(item, dict) or "draw" not in item:
        said = say(
            "this is neither an id nor a rule (write an id, or draw: 3 with bank: or objective:)"
        )
        yield source.problem(loc, "SC003", said)
        return
    try:
        rule = Draw.model_validate(item)
    except ValidationError as error:
        yield from mistakes.model_problems(error, loc, source, Draw)
        return
    unknown = list(_unknown(rule, loc, source, read_course))
    # With a bank that lacks questions others would be drawn than the students have seen.
    unknown = unknown or list(read_course.doubts.of_bank(rule.bank))
    if unknown:
        yield from unknown
        return
    pool = [q for q in _pool(rule, read_course) if q.id not in named and q.id not in chosen]
    if len(pool) < rule.draw:
        said = count(
            "only {n} question fits this rule (draw fewer, or ask for less)",
            "only {n} questions fit this rule (draw fewer, or ask for less)",
            len(pool),
        )
        yield source.problem((*loc, "draw"), "SC003", said)
        return
    pool.sort(key=lambda q: hashlib.sha256(f"{rule.seed} {q.id}".encode()).digest())
    chosen |= {question.id: question for question in pool[: rule.draw]}


def _unknown(rule: Draw, loc: Loc, source: Source, read_course: Course) -> Iterator[Problem]:
    banks = {one.id for one in read_course.banks} | {*read_course.doubts.banks}
    if rule.bank is not None and rule.bank not in banks:
        said = say("there is no bank {bank} ({hint})", bank=rule.bank, hint=hint(rule.bank, banks))
        yield source.problem((*loc, "bank"), "MD516", said)
    objectives = read_course.objectives
    sure = not read_course.doubts.objectives
    if rule.objective is not None and rule.objective not in objectives and sure:
        near = hint(rule.objective, list(objectives))
        said = say(
            "no module declares the objective {objective} ({hint})",
            objective=rule.objective,
            hint=near,
        )
        yield source.problem((*loc, "objective"), "MD502", said)


def _pool(rule: Draw, read_course: Course) -> Iterator[Question]:
    for one in read_course.banks:
        for question in one.questions if rule.bank in (None, one.id) else ():
            if question.status in UNASKED:
                continue
            fits = rule.objective in (None, question.objective)
            if fits and rule.level in (None, question.level):
                yield question


def moment(text: str | None, of_day: time = time.min) -> datetime | None:
    """A moment as it is written; of a day alone, this time of it."""
    try:
        return datetime.combine(date.fromisoformat(text or ""), of_day)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _time_problems(
    frame: Frame, times: Mapping[str, datetime | None], source: Source
) -> Iterator[Problem]:
    for name, found in times.items():
        if getattr(frame, name) and found is None:
            said = say("{name} is not a time (write {name}: 2026-12-01 18:00)", name=name)
            yield source.problem((name,), "SC003", said)
    opens, due = times["opens"], times["due"]
    if opens and due and opens.replace(tzinfo=None) >= due.replace(tzinfo=None):
        yield source.problem(("due",), "SC003", say("due is not after opens (correct one of them)"))
    if frame.time_limit and frame.mode != "exam":
        said = say("a time limit needs a start that the student chooses (write mode: exam)")
        yield source.problem(("time_limit",), "SC003", said)
