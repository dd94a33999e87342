"""Multiple response: one or more options are right, and the student picks all of them."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.question import AnswerError, Option, Question, whole_numbers
from viva.bank.types import Fault

EXAMPLE = """\
    stem: Which of these things are true of the subject?
    options:
      - text: First option
        correct: true         # on every right option
        why: Why it is right.
      - text: Second option
        why: Why it tempts, and why it is wrong.
      - text: Third option
        correct: true
        why: Why it is right.
"""


class Multiple(Question):
    """A question with one or more right options."""

    type: Literal["multiple"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


def check(question: Multiple) -> Iterator[Fault]:
    """At least one option is correct."""
    if not any(option.correct for option in question.options):
        yield ("options",), "KY301", "no option is correct (mark the right ones with correct: true)"


def key(question: Multiple) -> dict[str, list[int]]:
    """The numbers of the right options, from 0."""
    return {"correct": [n for n, option in enumerate(question.options) if option.correct]}


def mark(question: Multiple, answer: Any) -> float:
    """Hits less false picks, as a share of the right options, never below 0 (Betts 2021)."""
    picks = set(whole_numbers(answer))
    if len(picks) != len(answer) or not picks <= set(range(len(question.options))):
        raise AnswerError("the answer picks an option twice, or one that does not exist")
    right = set(key(question)["correct"])
    return max(0, len(picks & right) - len(picks - right)) / len(right)
