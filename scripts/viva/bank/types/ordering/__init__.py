"""Ordering: put the items into the right order."""

import hashlib
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.question import AnswerError, Question, Text, whole_numbers

EXAMPLE = """\
    stem: In which order do these happen, first to last?
    items:                    # written in the right order; the page mixes them
      - What happens first
      - What happens next
      - What happens last
"""


class Ordering(Question):
    """Items that are written in the right order and shown in another."""

    type: Literal["ordering"]
    items: Annotated[tuple[Text, ...], Field(min_length=2)]


def shown(question: Ordering) -> list[int]:
    """The order in which the items are shown: the same in every build, and never the right one.

    Answers count in this order, so that an answer sheet does not give the key away.
    """

    def place(number: int) -> bytes:
        return hashlib.sha256(f"{question.id} {number}".encode()).digest()

    right = list(range(len(question.items)))
    order = sorted(right, key=place)
    return order if order != right else order[1:] + order[:1]


def key(question: Ordering) -> dict[str, list[int]]:
    """The right order of the items, each by its place in the shown order."""
    order = shown(question)
    return {"order": [order.index(number) for number in range(len(order))]}


def mark(question: Ordering, answer: Any) -> float:
    """Adjacent pairs that follow each other in the key too, as a share of all such pairs."""
    given = whole_numbers(answer, len(question.items))
    if sorted(given) != list(range(len(given))):
        raise AnswerError("the answer does not name every item once")
    right = set(pairwise(key(question)["order"]))
    return sum(pair in right for pair in pairwise(given)) / len(right)
