"""Ordering: put the items into the right order."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.interactions import Interaction, Order
from viva.bank.question import AnswerError, Question, Text, index, whole_numbers
from viva.bank.types import listed
from viva.bank.types.protocol import Fault, Filled, Part, Printed, PrintedPart, QuestionType, Trait
from viva.base.letters import letter
from viva.base.words import label, row, say


class Ordering(Question):
    """Items that are written in the right order and shown in another."""

    type: Literal["ordering"]
    items: Annotated[tuple[Text, ...], Field(min_length=2)]


class OrderingType(QuestionType[Ordering]):
    """The items in an order, marked by the neighbours that belong together.

    Answers count the items as they are shown, so that an answer sheet does not give the key away.
    """

    model = Ordering
    name = say("ordering")
    seldom = True
    example = """\
    stem: In which order do these happen, first to last?
    items:                    # written in the right order; the page mixes them
      - What happens first
      - What happens next
      - What happens last
"""
    traits = frozenset({Trait.MIXED, Trait.ASKED})
    shown = frozenset({"items"})
    mixes = "items"

    def how(self, question: Ordering) -> str:
        return say("put in order")

    def check(self, question: Ordering) -> Iterator[Fault]:
        """No item is there twice: an order with two of the same would be right and wrong."""
        return listed.repeated(self.parts(question), listed.ITEM)

    def key(self, question: Ordering) -> dict[str, list[int]]:
        """The right order of the items, each by its place in the shown order."""
        order = in_view(question)
        return {"order": [order.index(number) for number in range(len(order))]}

    def validated(self, question: Ordering, answer: Any) -> list[int]:
        given = whole_numbers(answer, len(question.items))
        if sorted(given) != list(range(len(given))):
            raise AnswerError(say("the answer does not name every item once"))
        return given

    def mark(self, question: Ordering, answer: list[int]) -> float:
        """Adjacent pairs that follow each other in the key too, as a share of all such pairs."""
        right = set(pairwise(self.key(question)["order"]))
        return sum(pair in right for pair in pairwise(answer)) / len(right)

    def from_sheet(self, question: Ordering, given: Any) -> list[int]:
        order, places = in_view(question), self.order(question)
        return [order.index(places[index(one, len(places))]) for one in whole_numbers(given)]

    def names(self, question: Ordering) -> Mapping[str, Any]:
        return {"in_view": [question.items[number] for number in in_view(question)]}

    def sheet_names(self, question: Ordering) -> Mapping[str, Any]:
        return {"in_view": [question.items[place] for place in self.order(question)]}

    def words(self, question: Ordering, answer: list[int]) -> str:
        return "; ".join(question.items[number] for number in _authored(question, answer))

    def code(self, question: Ordering, answer: list[int]) -> str:
        """The items by their places in the right order, from 1."""
        return ";".join(str(number + 1) for number in _authored(question, answer))

    def printed(self, question: Ordering, order: Sequence[int]) -> Printed:
        choices = tuple(
            PrintedPart(label(n), question.items[place]) for n, place in enumerate(order)
        )
        answer = row(label(order.index(number)) for number in range(len(order)))
        return Printed(answer, choices=choices, line="", how=say("write the letters in order"))

    def from_paper(
        self, question: Ordering, order: Sequence[int], rows: Sequence[Filled]
    ) -> list[int]:
        """The letters in order, with or without signs between them."""
        labels = [sign for sign in rows[0][0].upper() if sign.isalpha()]
        known = [letter(place) for place in range(len(order))]
        if sorted(labels) != known:
            text = rows[0][0]
            raise AnswerError(say("the answer “{text}” does not name every item once", text=text))
        view = in_view(question)
        return [view.index(order[known.index(label)]) for label in labels]

    def interaction(self, question: Ordering) -> Order:
        return Order(question.items, tuple(in_view(question)))

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        return {"items": list(given.items)} if isinstance(given, Order) else None

    def parts(self, question: Ordering) -> Iterator[Part]:
        for number, item in enumerate(question.items):
            yield Part(("items", number), item)


def in_view(question: Ordering) -> list[int]:
    """The order in which items are shown: the same in every build, and never the right one."""

    def place(number: int) -> bytes:
        return hashlib.sha256(f"{question.id} {number}".encode()).digest()

    right = list(range(len(question.items)))
    order = sorted(right, key=place)
    return order if order != right else order[1:] + order[:1]


def _authored(question: Ordering, answer: list[int]) -> list[int]:
    """An answer as the author counts the items."""
    order = in_view(question)
    return [order[place] for place in answer]


TYPE = OrderingType()
