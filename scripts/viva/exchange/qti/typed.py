"""Words and numbers that are typed, as an item of QTI has them."""

from __future__ import annotations

from typing import Any

from viva.bank.interactions import Interaction
from viva.base.words import say
from viva.exchange.numbers import decimal
from viva.exchange.qti.given import Answer, Item, escaped, worth
from viva.exchange.reading import (
    number,
    words,
)
from viva.exchange.texts import NotThere, Texts


def response_of(item: Item, interaction: Any) -> Answer:
    found = item.answers.get(str(interaction.get("responseIdentifier")))
    if found is None:
        raise NotThere(say("its right answer is not said"))
    return found


# A function for each interaction.


Found = tuple[str, Interaction, Any]


def typed(item: Item, interaction: Any, stem: str, figure: Any, texts: Texts) -> Found:
    answer = response_of(item, interaction)
    if answer.base in ("float", "integer"):
        return _number(item, answer, stem, figure, texts)
    known = [texts.words(escaped(v)) for v in (*answer.right, *worth(answer))]
    return stem, words(known, (), texts), figure


def _number(item: Item, answer: Answer, stem: str, figure: Any, texts: Texts) -> Found:
    value = next((v for v in map(decimal, (*answer.right, *worth(answer))) if v is not None), None)
    if value is None:
        raise NotThere(say("no number is right"))
    equal = item.root.find(".//equal")
    said = (equal.get("tolerance") or "0").split() if equal is not None else ["0"]
    slack = max((abs(decimal(one) or 0.0) for one in said), default=0.0)
    if equal is not None and equal.get("toleranceMode") == "relative":
        slack = abs(value) * slack / 100
    before, unit = _unit(stem)
    return before, number([(value, slack, 1.0)], texts, unit), figure


def _unit(stem: str) -> tuple[str, str | None]:
    """A stem whose last paragraph is only a unit, apart from it."""
    before, _, last = stem.rpartition("\n\n")
    is_unit = (
        before and len(last) <= 12 and len(last.split()) <= 2 and not last.endswith((".", "?", ":"))
    )
    return (before, last) if is_unit else (stem, None)
