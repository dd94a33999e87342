"""What was planned and what came of it: the blueprint, and which questions students have seen."""

from __future__ import annotations

from collections.abc import Iterator

from viva.assignments import load_all
from viva.bank.types import Trait
from viva.base.reader import Loc, Source, read
from viva.base.words import row as listed
from viva.base.words import say
from viva.course.targets import Blueprint, Row
from viva.lint.rule import Flaw, rule
from viva.lint.text import many
from viva.lint.views import CourseView, ObjectiveView

WHOLE = 99.5
"""Shares of levels that come to this leave no place for a level that is not named."""


@rule("MD509", "error", scope="course")
def not_in_the_blueprint(course: CourseView) -> Iterator[Flaw]:
    """The blueprint has no place for the question's level or objective.

    A target of 0, or shares that come to 100 without the level. A blueprint that names an unknown
    objective is an error of its own (BP001).

    Bad:
        blueprint:
          levels: {understand: 100}
        questions:
          - stem: Which nerve supplies most of the small muscles of the hand?
            level: create
          - stem: Which valve lies between the left atrium and ventricle?
    Good:
        blueprint:
          levels: {understand: 100}
        questions:
          - stem: Which nerve supplies most of the small muscles of the hand?
          - stem: Which valve lies between the left atrium and ventricle?
    Source: a convention of test blueprints.
    Measured: exact, a field that is not there.
    """
    shares, wanted = course.blueprint.targets.levels, course.blueprint.targets.objectives
    full = sum(shares.values()) >= WHOLE
    for item in (item for bank in course.banks for item in bank.items if not item.has(Trait.STEPS)):
        level, objective = item.question.level, item.question.objective
        if level and shares.get(level, 0 if full else 1) == 0:
            message = say(
                "the blueprint has no place for level {level} (change one of them)",
                level=level,
            )
            yield Flaw((*item.loc, "level"), message, source=item.source)
        if objective and wanted.get(objective) == 0:
            message = say(
                "the blueprint wants no question on {objective} (change one of them)",
                objective=objective,
            )
            yield Flaw((*item.loc, "objective"), message, source=item.source)


@rule("BK606", "warning", scope="course")
def target_missed(course: CourseView) -> Iterator[Flaw]:
    """A target of the blueprint is missed.

    Fewer questions on an objective than `quizzes/blueprint.yml` wants; none at its level or above;
    a level whose share is off by more than five points and more than a question. Objectives with
    fewer than two questions are LO805's business. `viva blueprint` shows the whole table.

    Bad:
        blueprint:
          each: 3
        questions:
          - stem: Which nerve supplies most of the small muscles of the hand?
          - stem: Which valve lies between the left atrium and ventricle?
    Good:
        blueprint:
          each: 2
        questions:
          - stem: Which nerve supplies most of the small muscles of the hand?
          - stem: Which valve lies between the left atrium and ventricle?
    Source: a convention of test blueprints.
    Measured: exact, a count.
    """
    found, declared = course.blueprint, {one.id: one for one in course.objectives}
    for row in found.rows:
        if len(row.questions) >= 2 and row.gaps:
            loc, source = _target(row, found, declared[row.objective.id])
            message = say(
                "{id}: {gaps} (write some, or plan for fewer)",
                id=row.objective.id,
                gaps=listed(row.gaps),
            )
            yield Flaw(loc, message, source=source)
    for level in found.levels:
        if level.gap and found.source:
            message = say(
                "{level}: {gap} (write others, or plan for these)",
                level=level.level,
                gap=level.gap,
            )
            yield Flaw(("levels", level.level), message, source=found.source)


def _target(row: Row, found: Blueprint, declared: ObjectiveView) -> tuple[Loc, Source]:
    """Where the target stands: in the blueprint, or else where the objective is declared."""
    if found.source and row.objective.id in found.targets.objectives:
        return ("objectives", row.objective.id), found.source
    return (*declared.loc, "id"), declared.source


@rule("BK611", "warning", scope="course")
def exposed(course: CourseView) -> Iterator[Flaw]:
    """An exam asks questions whose answers are public.

    A question of a bank stands on its self-check page with its key. What an exam asks belongs under
    `private:`.

    Bad:
        assignment:
          mode: exam
          questions: [question-0]
    Good:
        assignment:
          mode: homework
          questions: [question-0]
    Source: a convention of question banks (exposure of items).
    Measured: exact, it compares ids.
    """
    layout = course.course.layout
    for one in load_all(course.course)[0]:
        public = [q.id for q in one.questions if q.id not in one.private]
        if one.mode == "exam" and public:
            message = say(
                "{questions} of this exam, such as {example}, can be looked up with the answer "
                "(put them under private:)",
                questions=many(len(public), "question"),
                example=public[0],
            )
            yield Flaw(("questions",), message, source=read(layout.root / one.path, one.path))
