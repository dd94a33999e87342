"""OP206 to OP208: options that are numbers, and ranges of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from viva.bank.types import Trait
from viva.base.words import say
from viva.lint.item import Choice, Item
from viva.lint.rule import CHOSEN, Flaw, rule
from viva.lint.text import quoted

N = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
DIGIT = re.compile(r"\d")
UNIT = r"(?P<unit>[^\d]{0,30})$"
SIGN = r"(?P<sign>[<>≤≥~≈]|about |at least |at most |over |under |more than |less than )"
POINT = re.compile(rf"^{SIGN}?\s*(?P<n>{N})(?:\s*/\s*(?P<d>[1-9]\d*))?\s*{UNIT}", re.IGNORECASE)
RANGE = re.compile(
    rf"^(?:from |between )?(?P<a>{N})\s*[^\d\s-]{{0,8}}\s*(?:-|to|and)\s*(?P<b>\d+(?:\.\d+)?)\s*"
    + UNIT,
    re.IGNORECASE,
)
_UNITS = "mm cm m km % ° mg g kg µg mcg ml l day week month year hour minute mmol/l mg/dl"
UNITS = frozenset(("", *_UNITS.split()))
BELOW = frozenset(("<", "≤", "under", "at most", "less than"))
ABOVE = frozenset((">", "≥", "over", "at least", "more than"))


@dataclass(frozen=True)
class Amount:
    """An option read as a number (`low` is `high`) or as a range; `closed` ends belong to it."""

    low: float
    high: float
    unit: str
    decimals: int
    closed: tuple[bool, bool] = (True, True)

    @property
    def is_range(self) -> bool:
        """Whether it is a range and no single number, nor one end of a scale: over 90."""
        return self.low != self.high

    @property
    def is_closed(self) -> bool:
        """Whether it is a range with two ends."""
        return self.is_range and inf not in (-self.low, self.high)


def amount(choice: Choice) -> Amount | None:
    """What an option says if it is only a number or a range, with at most two words of unit."""
    if not DIGIT.search(choice.text):
        return None
    text = choice.text.rstrip(".")
    found = RANGE.match(text)
    if found and _unit(found["unit"]) is not None:
        low, high = float(found["a"].replace(",", "")), float(found["b"])
        unit = _unit(found["unit"]) or ""
        return Amount(low, high, unit, _decimals(found["a"])) if low < high else None
    found = POINT.match(text)
    if not found or _unit(found["unit"]) is None:
        return None
    value = float(found["n"].replace(",", "")) / float(found["d"] or 1)
    return _with_sign(value, (found["sign"] or "").strip().lower(), found)


def _with_sign(value: float, sign: str, found: re.Match[str]) -> Amount:
    unit, decimals = _unit(found["unit"]) or "", _decimals(found["n"])
    if sign in BELOW:
        return Amount(-inf, value, unit, decimals, (False, sign not in ("<", "under", "less than")))
    if sign in ABOVE:
        return Amount(value, inf, unit, decimals, (sign not in (">", "over", "more than"), False))
    return Amount(value, value, unit, decimals)


def _unit(text: str) -> str | None:
    """At most two words after the number; more is a sentence."""
    parts = text.lower().split()
    return " ".join(part.rstrip("s") for part in parts) if len(parts) <= 2 else None


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def amounts(item: Item) -> list[Amount] | None:
    """Every option as a number or range, or None if one of them is not."""
    known: list[Amount] = []
    for choice in item.real:
        value = amount(choice)
        if value is None:
            return None
        known.append(value)
    return known if len(known) >= 2 else None


def sizes(item: Item) -> list[tuple[float, float]]:
    """What numeric options are ordered by."""
    return [(value.low, value.high) for value in amounts(item) or ()]


@rule("OP206", "warning", *CHOSEN)
def numbers_not_ordered(item: Item) -> Iterator[Flaw]:
    """Numbers that neither rise nor fall.

    `viva check --fix` puts them in rising order.

    Bad:
        stem: A drain of 30 mm is cut in half. How long is each part?
        options:
          - text: 17 mm
          - text: 15 mm
            correct: true
          - text: 26 mm
          - text: 19 mm
    Good:
        stem: A drain of 30 mm is cut in half. How long is each part?
        options:
          - text: 15 mm
            correct: true
          - text: 17 mm
          - text: 19 mm
          - text: 26 mm
    Source: Haladyna 2002, guideline 21; NBME Item-Writing Guide 2020.
    Measured: 30 of 30 hits right in a sample of 145; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026.
    """
    values = sizes(item)
    units = {value.unit for value in amounts(item) or ()}
    if len(units) != 1 or item.question.shuffle:
        return
    if values not in (sorted(values), sorted(values, reverse=True)):
        yield Flaw(("options",), say("the numbers are in no order (let them rise or fall)"))


@rule("OP207", "info", *CHOSEN)
def mixed_numbers(item: Item) -> Iterator[Flaw]:
    """Numbers in different units or of different precision.

    Bad:
        stem: A drain of 30 mm is cut in half. How long is each part?
        options:
          - text: 10 mm
          - text: 1.5 cm
            correct: true
          - text: 20 mm
    Good:
        stem: A drain of 30 mm is cut in half. How long is each part?
        options:
          - text: 10 mm
          - text: 15 mm
            correct: true
          - text: 20 mm
    Source: NBME Item-Writing Guide 2020, chapter 3 (inconsistent numeric data).
    Measured: 11 of 12 hits right, all that there were; 5,710 items of MMLU (but those in
    MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    values = amounts(item)
    if not values:
        return
    units = {value.unit for value in values}
    decimals = [value.decimals for value in values]
    points = sum(not value.is_range for value in values)
    spans = sum(value.is_closed for value in values)
    if len(units) > 1 and units <= UNITS:
        yield Flaw(("options",), say("the numbers have different units (use one)"))
    elif max(decimals) - min(decimals) > 1 and not _tenfold(values):
        yield Flaw(("options",), say("the numbers differ in precision (give the same decimals)"))
    elif points and spans and units <= UNITS:
        yield Flaw(("options",), say("numbers and ranges are mixed (use one kind)"))


def _tenfold(values: list[Amount]) -> bool:
    """Whether they are one number with its point in other places, as where units are converted."""
    digits = {f"{value.low:.6g}".replace(".", "").strip("0") for value in values}
    return len(digits) < len(values)


@rule("OP208", "info", Trait.ONE_RIGHT)
def overlapping_ranges(item: Item) -> Iterator[Flaw]:
    """Ranges that share a value.

    Whoever has exactly that value in mind finds two right answers.

    Bad:
        stem: Into which band does a length of 15 mm fall?
        options:
          - text: 5 to 10 mm
          - text: 10 to 15 mm
            correct: true
          - text: 15 to 20 mm
    Good:
        stem: Into which band does a length of 15 mm fall?
        options:
          - text: 5 to 9 mm
          - text: 10 to 15 mm
            correct: true
          - text: 16 to 20 mm
    Source: Haladyna 2002, guideline 22.
    Measured: 3 of 5 hits right, all that there were; 5,710 items of MMLU (but those in
    MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    values = amounts(item)
    if not values or len({value.unit for value in values}) > 1:
        return
    ranges = sorted(
        (
            (value, choice)
            for value, choice in zip(values, item.real, strict=True)
            if value.is_range
        ),
        key=lambda pair: (pair[0].low, pair[0].high),
    )
    if len(ranges) < 2 or any(value.low == -inf for value, _ in ranges[1:]):
        return
    for (one, first), (other, second) in pairwise(ranges):
        if _meet(one, other) and one.high != inf:
            message = say(
                "{option} and {other} share a value (part them)",
                option=quoted(first.text),
                other=quoted(second.text),
            )
            yield Flaw(second.loc, message)
            return


def _meet(one: Amount, other: Amount) -> bool:
    if one.high > other.low:
        return True
    return one.high == other.low and one.closed[1] and other.closed[0]
