"""Unfolding case: a vignette whose next finding appears when the step before is answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from viva.bank import types
from viva.bank.question import AnswerError, Question, Text
from viva.bank.types import Fault

if TYPE_CHECKING:
    Step = Question

EXAMPLE = """\
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


class Case(Question):
    """A vignette and its steps; each step is a question of another type with an id of its own."""

    type: Literal["case"]
    vignette: Text
    stem: Text = "Work through the case step by step."
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


def check(question: Case) -> Iterator[Fault]:
    """Everything that is wrong with a step."""
    for number, step in enumerate(question.steps):
        for loc, code, message in types.check(step):
            yield ("steps", number, *loc), code, message


def key(question: Case) -> dict[str, int]:
    """How many steps there are; each carries its own key."""
    return {"steps": len(question.steps)}


def mark(question: Case, answer: Any) -> float | None:
    """The mean of the steps. None while a step waits for the student's own judgement."""
    if not isinstance(answer, list) or len(answer) != len(question.steps):
        raise AnswerError("the answer is not a list with one part for each step")
    marks = [types.mark(step, part) for step, part in zip(question.steps, answer, strict=True)]
    known = [value for value in marks if value is not None]
    return sum(known) / len(marks) if len(known) == len(marks) else None
