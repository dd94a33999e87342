"""The blueprint: how many questions test each objective, at which level and of which type.

Targets stand in `quizzes/blueprint.yml`; without that file every objective wants two questions:

    each: 3               # questions for every objective that is not named below
    objectives:
      knee-2: 6
    levels:               # share of all questions in per cent
      remember: 20
      apply: 50
    accepted: true        # count only questions that a review has accepted

A question that is retired, or still a draft, never counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field, ValidationError

from viva.bank import types
from viva.bank.banks import flat
from viva.bank.mistakes import model_problems
from viva.bank.question import LEVEL_NAMES, LEVELS, Level, Model, Question
from viva.base.problems import Problem, hint, in_order
from viva.base.reader import Source, read
from viva.base.words import Said, say
from viva.course import inventory, states, strays
from viva.course.courses import Course
from viva.course.pages import Objective

Number = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=100)]


class Targets(Model):
    """What the course wants."""

    whole = "blueprint"

    each: Number = 2
    objectives: dict[str, Number] = Field(default_factory=dict)
    levels: dict[Level, Share] = Field(default_factory=dict)
    accepted: bool = False
    """Whether only questions count that a review has accepted."""


@dataclass(frozen=True)
class Row:
    """An objective, its questions, and what it lacks."""

    objective: Objective
    module: str
    questions: tuple[Question, ...]
    wanted: int

    @property
    def levels(self) -> Counter[str]:
        """How many questions there are at each level."""
        return Counter(question.level or "none" for question in self.questions)

    @property
    def types(self) -> Counter[str]:
        """How many questions there are of each type."""
        return Counter(question.type for question in self.questions)

    @property
    def gaps(self) -> list[Said]:
        """What is missing, in words."""
        short = self.wanted - len(self.questions)
        found = [say("{number} more wanted", number=short)] if short > 0 else []
        level = self.objective.level
        if level in LEVELS and self.questions:
            asked = LEVELS.index(level)
            if not any(q.level and LEVELS.index(q.level) >= asked for q in self.questions):
                found.append(say("none at {level} or above", level=LEVEL_NAMES[level]))
        return found


@dataclass(frozen=True)
class LevelRow:
    """A level, its questions, and the share that is wanted, if one is."""

    level: str
    count: int
    total: int
    wanted: float | None

    @property
    def share(self) -> float:
        """Per cent of all questions."""
        return 100 * self.count / self.total if self.total else 0.0

    @property
    def gap(self) -> str:
        """How far it is off, where that is more than five points and more than a question."""
        if self.wanted is None:
            return ""
        off = self.count - self.wanted * self.total / 100
        if abs(off) <= max(1.0, 0.05 * self.total):
            return ""
        number = round(abs(off))
        if off > 0:
            return say("{number} more than wanted", number=number)
        return say("{number} fewer than wanted", number=number)


@dataclass(frozen=True)
class Blueprint:
    """The whole table."""

    rows: tuple[Row, ...]
    levels: tuple[LevelRow, ...]
    types: Mapping[str, int]
    problems: tuple[Problem, ...]
    targets: Targets
    source: Source | None
    """The file that the targets stand in, if there is one."""

    @property
    def total(self) -> int:
        """How many questions have an objective."""
        return sum(len(row.questions) for row in self.rows)

    @property
    def gaps(self) -> int:
        """How many objectives and levels are off."""
        return sum(bool(row.gaps) for row in self.rows) + sum(bool(row.gap) for row in self.levels)


def load(course: Course) -> Blueprint:
    """Count a course's questions against its targets. A case counts as its steps."""
    source = _source(course)
    targets, problems = _targets(source, course) if source else (Targets(), [])
    testing: dict[str, list[Question]] = {}
    for question in _asked(course, targets.accepted):
        testing.setdefault(question.objective or "", []).append(question)
    rows = tuple(
        Row(
            objective,
            course.pages[objective.page].said("title") or objective.page,
            tuple(testing.get(name, ())),
            targets.objectives.get(name, targets.each),
        )
        for name, objective in course.objectives.items()
    )
    counted = [question for row in rows for question in row.questions]
    by_level = Counter(question.level for question in counted)
    levels = tuple(
        LevelRow(level, by_level[level], len(counted), targets.levels.get(level))
        for level in LEVELS
    )
    by_type = Counter(question.type for question in counted)
    in_use = {name: by_type[name] for name in types.TYPES if by_type[name]}
    rows = _in_order(rows, course)
    return Blueprint(rows, levels, in_use, tuple(problems), targets, source)


def checked(course: Course) -> Course:
    """The course with the mistakes of its blueprint among its own."""
    source = _source(course)
    found = _targets(source, course)[1] if source else []
    return replace(course, problems=tuple(in_order([*course.problems, *found])))


def _asked(course: Course, accepted: bool) -> Iterator[Question]:
    """What counts; a step counts as its case does."""
    for question in (q for bank in course.banks for q in bank.questions):
        if question.status == "accepted" or (question.status not in states.HIDDEN and not accepted):
            yield from (q for q in flat([question]) if not types.steps(q))


def _in_order(rows: tuple[Row, ...], course: Course) -> tuple[Row, ...]:
    """By module, in the order in which the banks name them; objectives as their module has them."""
    order = {objective: number for number, objective in enumerate(course.objectives)}
    return tuple(sorted(rows, key=lambda row: (row.objective.page, order[row.objective.id])))


def _source(course: Course) -> Source | None:
    path = None if course.doubts.everything else inventory.blueprint(course.layout)
    return read(path, course.layout.name(path)) if path else None


def _targets(source: Source, course: Course) -> tuple[Targets, list[Problem]]:
    stray = strays.problem(source, inventory.BLUEPRINT, course.layout)
    if stray:
        return Targets(), [stray]
    problems = list(source.problems)
    data: Any = source.data if isinstance(source.data, dict) else {}
    if not (isinstance(source.data, dict) or problems):
        said = say("the blueprint has no fields (write each: 2, or delete the file)")
        problems.append(source.problem((), "SC003", said))
    named = data.get("objectives")
    sure = isinstance(named, dict) and not course.doubts.objectives
    for name in named if sure else ():
        if name not in course.objectives:
            message = say(
                "no module declares the objective {name} ({hint})",
                name=name,
                hint=hint(name, course.objectives),
            )
            problems.append(source.problem(("objectives", name), "BP001", message, key=True))
    try:
        return Targets.model_validate(data), problems
    except ValidationError as error:
        return Targets(), [*problems, *model_problems(error, (), source, Targets)]
