"""The words of the interface, in the language of whoever reads them.

A message is a whole English sentence with named places, and English needs no catalogue. Every other
language is one file here, `de.po`, and nothing else: `of("de")` says messages, numbers and days as
German does. `say` and `count` of this module are for code that does not know the language: what
they return is English text that remembers its message, so that `Words.tell` can say it anew.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from viva.base.dates import EARLIEST
from viva.base.letters import counted
from viva.base.words import english
from viva.base.words.catalogue import Catalogue, find
from viva.base.words.said import Said, Told, filled

__all__ = [
    "ENGLISH",
    "Direction",
    "Letter",
    "Listed",
    "Percent",
    "Quantity",
    "Said",
    "Told",
    "Words",
    "count",
    "direction",
    "joined",
    "label",
    "of",
    "quoted",
    "row",
    "say",
    "shaped",
    "span",
    "told",
    "within",
]

LETTERS = "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z"


Direction = Literal["ltr", "rtl"]
Kind = Literal["and", "or", "row"]
"""How items hang together; a row is told without a word between them, where the language can."""


class Style(Protocol):
    """How a language writes what is no message."""

    def number(self, value: float, most: int | None, least: int) -> str:
        """A number with at most and at least so many digits behind its point."""

    def percent(self, share: float, most: int) -> str:
        """A share of one in hundredths."""

    def day(self, day: date) -> str:
        """A day with the name of its month."""

    def moment(self, moment: datetime) -> str:
        """A day with its time, and the zone where there is one."""

    def listed(self, items: list[str], kind: Kind) -> str:
        """Items as a sentence lists them."""


@dataclass(frozen=True)
class Words:
    """One language. `language` is its tag as pages have it, `direction` where its lines begin."""

    language: str = "en"
    direction: Direction = "ltr"
    catalogue: Catalogue = field(default_factory=Catalogue, repr=False, compare=False)
    style: Style = field(default_factory=english.Style, repr=False, compare=False)

    @property
    def tag(self) -> str:
        """The tag of the language with its region, where words and days differ by it."""
        return "en-GB" if self.language == "en" else self.language

    @property
    def key(self) -> str:
        """What changes with anything that these words say."""
        return f"{self.language} {self.catalogue.digest}"

    def say(self, message: str, /, **values: Any) -> str:
        """A message with its places filled."""
        return filled(self.catalogue.one(message), values, self.tell)

    def count(self, one: str, many: str, n: float, /, **values: Any) -> str:
        """A message about `n` things, which stands at `{n}` in it."""
        return filled(self.catalogue.many(one, many, n), {"n": n, **values}, self.tell)

    def within(self, context: str, message: str, /, **values: Any) -> str:
        """A message whose English means different things in different places."""
        return filled(self.catalogue.one(message, context), values, self.tell)

    def tell(self, value: Any) -> str:
        """A value as this language says it: a message that was said in English, a number, a day."""
        if type(value) is str:  # the usual case, and quick
            return value
        if isinstance(value, Said):
            return filled(value.found(self.catalogue), value.values, self.tell)
        if isinstance(value, Told):
            return value.told(self)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value)
        return self.day(value) if isinstance(value, date) else str(value)

    def number(self, value: float, most: int | None = None, least: int = 0) -> str:
        """A number as people write it: `15` for 15.0."""
        return self.style.number(value, most, least)

    def quantity(self, value: float, unit: str | None) -> str:
        """A number with its unit; the sign for degrees stands close to it."""
        return Quantity(value, unit).told(self)

    def percent(self, share: float, most: int = 0) -> str:
        """A share of one in hundredths, such as 50 %."""
        return self.style.percent(share, most)

    def day(self, day: date | str) -> str:
        """A day as people write it, from itself or from 2026-11-22; any other text as it is."""
        try:
            read = date.fromisoformat(day) if isinstance(day, str) else day
        except ValueError:
            return str(day)
        if isinstance(read, datetime):
            return self.style.moment(read)
        return "" if read == EARLIEST else self.style.day(read)

    def listed(self, items: Iterable[Any], kind: Kind = "and") -> str:
        """Items as a sentence lists them: A, B and C."""
        return self.style.listed([self.tell(item) for item in items], kind)

    def letter(self, number: int) -> str:
        """The label of the option number 0, 1, …"""
        return counted(number, self.say(LETTERS).split())


ENGLISH = Words()


@dataclass(frozen=True)
class Listed(Told):
    """Items in a message, to be listed as its language does."""

    items: tuple[Any, ...]
    kind: Kind = "and"

    def told(self, words: Words) -> str:
        """The items as a sentence lists them."""
        return words.listed(self.items, self.kind)

    def __str__(self) -> str:
        return self.told(ENGLISH)


def say(message: str, /, **values: Any) -> Said:
    """A message in English that any language can say anew."""
    return Said(ENGLISH.say(message, **values), message, values=values)


def count(one: str, many: str, n: float, /, **values: Any) -> Said:
    """The same about `n` things."""
    return Said(ENGLISH.count(one, many, n, **values), one, many, values={"n": n, **values})


def within(context: str, message: str, /, **values: Any) -> Said:
    """The same, whose English means different things in different places."""
    return Said(ENGLISH.say(message, **values), message, context=context, values=values)


@dataclass(frozen=True)
class Letter(Told):
    """The label of the thing number 0, 1, … in a message; a low one where the language has any."""

    number: int
    low: bool = False

    def told(self, words: Words) -> str:
        """The label as the language counts."""
        found = words.letter(self.number)
        return found.lower() if self.low else found

    def __str__(self) -> str:
        return self.told(ENGLISH)


@dataclass(frozen=True)
class Quantity(Told):
    """A number with its unit, and the digits behind its point."""

    value: float
    unit: str | None = None
    most: int | None = None
    least: int = 0

    def told(self, words: Words) -> str:
        """The number as the language writes it."""
        number = words.number(self.value, self.most, self.least)
        gap = "" if self.unit in (None, "°") else "\u00a0"
        return f"{number}{gap}{self.unit or ''}"

    def __str__(self) -> str:
        return self.told(ENGLISH)


@dataclass(frozen=True)
class Percent(Told):
    """A share of one in hundredths, with so many digits behind the point at most."""

    share: float
    most: int = 0

    def told(self, words: Words) -> str:
        """The share as the language writes it."""
        return words.percent(self.share, self.most)

    def __str__(self) -> str:
        return self.told(ENGLISH)


def told(value: Told) -> Said:
    """A value by itself as text."""
    return Said(str(value), "{value}", values={"value": value})


def span(value: float, tolerance: float, unit: str | None) -> Said:
    """A number with its unit, and from where to where it may be off."""
    if not tolerance:
        return told(Quantity(value, unit))
    return say(
        "{answer} (from {low} to {high})",
        answer=Quantity(value, unit),
        low=Quantity(value - tolerance),
        high=Quantity(value + tolerance, unit),
    )


def label(number: int, low: bool = False) -> Said:
    """The label of the thing number 0, 1, … as text."""
    return told(Letter(number, low))


def row(items: Iterable[Any]) -> Said:
    """Items in a row as text."""
    return told(Listed(tuple(items), "row"))


def joined(*texts: Any, by: str = " ") -> Said:
    """Whole texts one after the other."""
    values = {f"text{number}": text for number, text in enumerate(texts)}
    return shaped(by.join(f"{{{name}}}" for name in values), **values)


def quoted(text: object) -> Said:
    """Words of another program, in the quotation marks of whoever reads them."""
    return say("“{text}”", text=str(text))


def shaped(shape: str, **values: Any) -> Said:
    """Values in places of a text that is no message: an author's, or signs that need no words."""
    return Said(filled(shape, values, ENGLISH.tell), shape, values=values)


@functools.cache
def of(language: str) -> Words:
    """The words of a language, by a tag such as `de` or `pt-BR`; English where there is no file."""
    path = find(language)
    if path is None:
        return ENGLISH
    from viva.base.words import cldr  # Babel takes a while, and English does without

    locale = cldr.locale(language, path.stem)
    return Words(language, cldr.direction(locale), cldr.read(path), cldr.Style(locale))


def direction(language: str) -> Direction:
    """Where the lines of a language begin, whether it has a file or not."""
    from viva.base.words import cldr

    return cldr.direction(cldr.locale(language, ENGLISH.language))
