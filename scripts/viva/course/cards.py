"""Key facts: the cards that a module declares in its front matter, to be asked as flashcards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from pydantic import ValidationError

from viva.bank.mistakes import model_problems
from viva.bank.question import Id, Model, Text
from viva.base.problems import Problem
from viva.base.reader import Loc
from viva.base.words import say
from viva.course.pages import Page


class Card(Model):
    """A fact to remember: a question on the front, its short answer on the back."""

    written = "- id: …, front: … and back: … under it"
    examples: ClassVar = {
        **Model.examples,
        "front": "front: a question that ends in ?",
        "back": "back: its short answer",
    }

    id: Id
    front: Text
    back: Text
    references: tuple[Text, ...] = ()


Decks = Mapping[str, tuple[Card, ...]]
"""The cards of each page that has some, by the page's path."""


def load(pages: Iterable[Page]) -> tuple[Decks, list[Problem]]:
    """The cards that pages declare, and every mistake of their fields."""
    decks: dict[str, tuple[Card, ...]] = {}
    problems: list[Problem] = []
    for page in pages:
        cards, found = _of(page)
        problems += found
        if cards:
            decks[page.path] = tuple(cards)
    return decks, problems


def raw(page: Page) -> Iterator[tuple[Loc, Any]]:
    """Every mapping that stands where a card should, broken ones included."""
    for loc, data in _listed(page):
        if isinstance(data, dict):
            yield loc, data


def _of(page: Page) -> tuple[list[Card], list[Problem]]:
    cards: list[Card] = []
    problems: list[Problem] = []
    if not isinstance(page.meta.get("cards", []), list):
        message = say(
            "cards is not a list (write - id: … under it, and front: and back: below that)"
        )
        problems.append(page.front.problem(("cards",), "SC003", message))
    for loc, data in _listed(page):
        try:
            cards.append(Card.model_validate(data))
        except ValidationError as error:
            problems += model_problems(error, loc, page.front, Card)
    return cards, problems


def _listed(page: Page) -> Iterator[tuple[Loc, Any]]:
    declared = page.meta.get("cards")
    for number, data in enumerate(declared if isinstance(declared, list) else []):
        yield ("cards", number), data
