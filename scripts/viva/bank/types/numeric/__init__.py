"""Numeric: a number, with a tolerance and a unit."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from viva.bank import interactions
from viva.bank.interactions import Interaction
from viva.bank.question import Question, Text, short_text, two_ways
from viva.bank.types.protocol import Fault, Filled, Printed, QuestionType, Trait
from viva.base.digits import plain
from viva.base.visible import visible
from viva.base.words import say, span


def _point(value: Any) -> Any:
    """Authors write 0,5 as well as 0.5. What 1,000 is nobody can know."""
    if not isinstance(value, str) or not re.fullmatch(r"[-+]?\d+,\d+", value.strip()):
        return value
    if GROUPED.fullmatch(value.strip()):
        raise PydanticCustomError("two_ways", "one or a thousand")
    return value.replace(",", ".")


GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}([.,])\d{3}(?![\d.,])", re.ASCII)
"""A point or comma that may stand for thousands."""
Number = Annotated[float, BeforeValidator(_point), Field(allow_inf_nan=False)]

# One family of units to a line; each unit with its size in the first of the line.
FAMILIES: tuple[Mapping[str, float], ...] = (
    {"mm": 1, "millimetre": 1, "millimeter": 1, "cm": 10, "centimetre": 10, "centimeter": 10}
    | {"m": 1000, "metre": 1000, "meter": 1000},
    {"°": 1, "deg": 1, "degree": 1},
    {"%": 1, "percent": 1, "per cent": 1},
    {"mL": 1, "ml": 1, "millilitre": 1, "milliliter": 1, "L": 1000, "l": 1000, "litre": 1000},
    {"mg": 1, "g": 1000, "µg": 0.001, "mcg": 0.001},
    {"day": 1, "d": 1, "week": 7},
    {"month": 1, "year": 12, "y": 12},
)
NUMBER = re.compile(
    r"([-+]?(?:\d[\d .,]*\d|\d|[.,]\d+)(?:[eE][-+]?\d+)?)\s*(.*)", re.ASCII | re.DOTALL
)
ONE_WAY = re.compile(
    r"[-+]?(?:\d+|\d{1,3}(?:[ .,]\d{3})+)?(?:[.,]\d+)?(?![\d.,])(?![ .,]\d)", re.ASCII
)
"""A number whose digits are grouped as thousands are, if at all; `15 16` may be two numbers."""


class Numeric(Question):
    """A question answered by a number."""

    type: Literal["numeric"]
    answer: Number
    tolerance: Annotated[Number, Field(ge=0)] = 0.0
    unit: Text | None = None


class NumericType(QuestionType[Numeric]):
    """A number as it was typed, perhaps with a unit; 1 within the tolerance, else 0."""

    model = Numeric
    name = say("a number")
    seldom = True
    example = """\
    stem: How large is it, in millimetres?
    answer: 15
    tolerance: 0.5            # how far off is still right
    unit: mm
"""
    traits = frozenset({Trait.TYPED, Trait.ASKED})
    shown = frozenset({"unit"})
    takes_also = True

    def how(self, question: Numeric) -> str:
        return self.name

    def check(self, question: Numeric) -> Iterator[Fault]:
        """What counts as right too is a number."""
        for number, text in enumerate(question.also):
            grouped = GROUPED.match(text.strip())
            if understand(text, question.unit) is None:
                message = say(
                    "{text} is not a number in the question’s unit (write one)",
                    text=repr(text),
                )
                yield ("also", number), "KY301", message
            elif grouped and grouped[1] == ",":
                yield ("also", number), "KY301", two_ways(text)

    def key(self, question: Numeric) -> dict[str, Any]:
        """The number, how far an answer may be from it, the unit, and what is right too."""
        fields = {"answer": question.answer, "tolerance": question.tolerance, "unit": question.unit}
        return fields | ({"also": self._also(question)} if question.also else {})

    def _also(self, question: Numeric) -> list[float]:
        found = (understand(text, question.unit) for text in question.also)
        return [number for number in found if number is not None]

    def rekeyed(self, question: Numeric, right: Sequence[str]) -> Numeric | None:
        grouped = GROUPED.match(right[0].strip())
        if grouped and grouped[1] == ",":
            return None
        first = understand(right[0], question.unit)
        changed = {"answer": first, "also": tuple(right[1:])}
        return None if first is None else question.model_copy(update=changed)

    def validated(self, question: Numeric, answer: Any) -> str:
        return short_text(answer, 200)

    def mark(self, question: Numeric, answer: str) -> float:
        """1 within the tolerance (or a billionth, for rounding), else 0."""
        value = understand(answer, question.unit)
        if value is None:
            return 0.0
        return float(
            any(abs(value - right) <= slack for right, slack in self._right(question))
        )

    def _right(self, question: Numeric) -> list[tuple[float, float]]:
        """Each right number and its slack: the tolerance, and a billionth for rounding."""
        numbers = (question.answer, *self._also(question))
        return [(one, question.tolerance + 1e-9 * max(1.0, abs(one))) for one in numbers]

    def doubtful(self, question: Numeric, answer: str) -> bool:
        """Not read as a number, or a number that others read as a thousand times as much.

        `1,000` waits always, `1.000` only where it would be right as a thousand.
        """
        typed = plain(answer)
        if understand(typed, question.unit) is None:
            return any(sign.isalnum() for sign in typed)
        if not ONE_WAY.match(typed):
            return True
        grouped = GROUPED.match(typed)
        if not grouped:
            return False
        whole = typed.replace(grouped[1], "", 1)
        return grouped[1] == "," or self.mark(question, typed) < self.mark(question, whole)

    def model_answer(self, question: Numeric) -> str:
        return span(question.answer, question.tolerance, question.unit)

    def words(self, question: Numeric, answer: str) -> str:
        return visible(answer)

    def code(self, question: Numeric, answer: str) -> str:
        return visible(answer)

    def printed(self, question: Numeric, order: Sequence[int]) -> Printed:
        answer = self.model_answer(question)
        return Printed(answer, line=question.unit or "")

    def from_paper(
        self, question: Numeric, order: Sequence[int], rows: Sequence[Filled]
    ) -> str:
        return str(rows[0][0])

    def interaction(self, question: Numeric) -> interactions.Number:
        unit = question.unit
        (answer, slack), *also = self._right(question)
        units = _units(unit) if unit else {}
        return interactions.Number(answer, slack, question.tolerance, unit, units, tuple(also))

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        if not isinstance(given, interactions.Number):
            return None
        slack = {"tolerance": given.tolerance} if given.tolerance else {}
        unit = {"unit": given.unit} if given.unit else {}
        also = {"also": [f"{value:.15g}" for value, _ in given.also]} if given.also else {}
        return {"answer": given.answer} | slack | unit | also


def _units(wanted: str) -> dict[str, float]:
    """Every unit that an answer may have, the wanted one first, and how many of that it is."""
    units = {wanted: 1.0}
    for family in FAMILIES:
        size = _size(wanted, family)
        for name in family if size else ():
            units.setdefault(name, family[name] / (size or 1))
    return units


def understand(typed: str, unit: str | None) -> float | None:
    """What a typed number means in the question's unit. None when it cannot be understood.

    A comma is a decimal comma unless a point follows it; spaces group digits. Of two different
    signs the last is the decimal one. Digits are those of any script. A unit may be left out, and
    is converted within its family.
    """
    found = NUMBER.fullmatch(plain(typed))
    number = _number(found[1]) if found else None
    scale = _scale(found[2], plain(unit or "")) if found else None
    if number is None or scale is None:
        return None
    return number * scale


def _number(digits: str) -> float | None:
    digits = digits.replace(" ", "")
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        group, decimal = (",", ".") if point > comma else (".", ",")
        digits = digits.replace(group, "").replace(decimal, ".")
    elif digits.count(",") == 1:
        digits = digits.replace(",", ".")
    try:
        number = float(digits)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _scale(given: str, wanted: str) -> float | None:
    """How many of the wanted unit one of the given unit is; 1 when none is given."""
    given = given.strip().rstrip(".")
    if not given or given == wanted:
        return 1.0
    for family in FAMILIES:
        from_size, to_size = _size(given, family), _size(wanted, family)
        if from_size and to_size:
            return from_size / to_size
    return None


def _size(unit: str, family: Mapping[str, float]) -> float | None:
    for name in (unit, unit.lower(), unit.removesuffix("s"), unit.lower().removesuffix("s")):
        if name in family:
            return family[name]
    return None


TYPE = NumericType()
