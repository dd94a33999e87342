"""Unfolding case: a vignette whose next finding appears when the step before is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import Field

from viva.bank import types
from viva.bank.interactions import Steps
from viva.bank.question import AnswerError, Question, Text
from viva.bank.types.protocol import Fault, Printed, QuestionType, Trait
from viva.base.reader import Loc
from viva.base.words import count, say

if TYPE_CHECKING:
    Step = Question

T = TypeVar("T")

USUAL = say("Work through the case step by step.")
"""What a case asks that does not say it."""


class Case(Question):
    """A vignette and its steps; each step is a question of another type with an id of its own."""

    type: Literal["case"]
    vignette: Text
    stem: Text = str(USUAL)
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class CaseType(QuestionType[Case]):
    """An answer to each step; marks are the mean of the steps."""

    model = Case
    name = say("a case")
    example = """\
    vignette: A patient comes to you. Tell what is known at the start.
    steps:                    # each is a whole question; the next appears after the answer
      - id: {id}-1
        type: single
        stem: What do you do first?
        options:
          - text: One thing
            correct: true
            why: Why it is right.
          - text: Another thing
            why: Why it tempts, and why it is wrong.
      - reveal: What the first step has shown.
        id: {id}-2
        type: single
        stem: What do you do now?
        options:
          - text: One thing
            why: Why it tempts, and why it is wrong.
          - text: Another thing
            correct: true
            why: Why it is right.
"""
    traits = frozenset({Trait.STEPS})
    seldom = True
    alone = say("The case")
    shown = frozenset({"vignette"})

    def how(self, question: Case) -> str:
        return count("{n} step", "{n} steps", len(question.steps))

    def check(self, question: Case) -> Iterator[Fault]:
        """Everything that is wrong with a step."""
        for number, step in enumerate(question.steps):
            for field in ("status", "reviews"):
                if getattr(step, field):
                    said = say(
                        "{field} belongs to the whole case (write it under the case's id)",
                        field=field,
                    )
                    yield ("steps", number, field), "SC001", said
            for loc, code, message in types.check(step):
                yield ("steps", number, *loc), code, message

    def steps(self, question: Case) -> Sequence[Question]:
        return question.steps

    def with_step(self, question: Case, step: Question) -> Case:
        steps = tuple(step if one.id == step.id else one for one in question.steps)
        return question.model_copy(update={"steps": steps})

    def key(self, question: Case) -> dict[str, int]:
        """How many steps there are; each carries its own key."""
        return {"steps": len(question.steps)}

    def validated(self, question: Case, answer: Any) -> list[Any]:
        return self._each(question, answer, _validated)

    def mark(self, question: Case, answer: list[Any]) -> float | None:
        """The mean of the steps. None while a step waits for a person."""
        return types.combined(self._each(question, answer, types.mark))

    def from_sheet(self, question: Case, given: Any) -> list[Any]:
        return self._each(question, given, types.answer)

    def words(self, question: Case, answer: list[Any]) -> str:
        return self.code(question, answer)

    def code(self, question: Case, answer: list[Any]) -> str:
        return " | ".join(self._each(question, answer, types.code))

    def printed(self, question: Case, order: Sequence[int]) -> Printed:
        """Nothing but its vignette: every step is printed as a question of its own."""
        told = tuple((part, "") for part in question.vignette.split("\n\n"))
        return Printed("", rows=(), notes=told)

    def interaction(self, question: Case) -> Steps:
        return Steps(question.vignette)

    def running(self, question: Case) -> Iterator[tuple[Loc, str]]:
        yield ("vignette",), question.vignette
        yield ("stem",), question.stem

    def _each(self, question: Case, answer: Any, what: Callable[[Question, Any], T]) -> list[T]:
        """What becomes of the answer to each step. Raises AnswerError unless there is one each."""
        if not isinstance(answer, list) or len(answer) != len(question.steps):
            raise AnswerError(say("the answer is not a list with one part for each step"))
        return [what(step, part) for step, part in zip(question.steps, answer, strict=True)]


def _validated(step: Question, answer: Any) -> Any:
    return None if answer is None else types.of(step).validated(step, answer)


TYPE = CaseType()
