"""Single best answer (SBA): one option is right."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.question import Option, Question, index
from viva.bank.types import Fault

EXAMPLE = """\
    stem: A question that can be answered before reading the options?
    options:                  # three to five, in alphabetical or numerical order
      - text: First option
        why: Why it tempts, and why it is wrong.
      - text: Second option
        correct: true         # on one option only
        why: Why it is right.
      - text: Third option
        why: Why it tempts, and why it is wrong.
"""


class Single(Question):
    """A question with one best answer among its options."""

    type: Literal["single"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


def check(question: Single) -> Iterator[Fault]:
    """Exactly one option is correct."""
    right = [number for number, option in enumerate(question.options) if option.correct]
    if not right:
        yield ("options",), "KY301", "no option is correct (mark one with correct: true)"
    for number in right[1:]:
        yield (
            ("options", number, "correct"),
            "KY301",
            "a second option is correct (keep one, or write type: multiple)",
        )


def key(question: Single) -> dict[str, int]:
    """The number of the right option, from 0."""
    return {"correct": next(n for n, option in enumerate(question.options) if option.correct)}


def mark(question: Single, answer: Any) -> float:
    """1 for the right option, else 0."""
    return float(question.options[index(answer, len(question.options))].correct)
