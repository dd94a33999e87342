"""Numeric: a number, with a tolerance and a unit."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from viva.bank import interactions
from viva.bank.question import Question, Text, short_text
from viva.bank.types.protocol import Printed, QuestionType, Trait
from viva.base.quantities import span
from viva.base.visible import visible


def _point(value: Any) -> Any:
    """Authors write 0,5 as well as 0.5."""
    if isinstance(value, str) and re.fullmatch(r"[-+]?\d+,\d+", value.strip()):
        return value.replace(",", ".")
    return value


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


class Numeric(Question):
    """A question answered by a number."""

    type: Literal["numeric"]
    answer: Number
    tolerance: Annotated[Number, Field(ge=0)] = 0.0
    unit: Text | None = None


class NumericType(QuestionType[Numeric]):
    """A number as it was typed, perhaps with a unit; 1 within the tolerance, else 0."""

    model = Numeric
    name = "a number"
    example = """\
    stem: How large is it, in millimetres?
    answer: 15
    tolerance: 0.5            # how far off is still right
    unit: mm
"""
    traits = frozenset({Trait.TYPED, Trait.ASKED})
    shown = frozenset({"unit"})

    def how(self, question: Numeric) -> str:
        return self.name

    def key(self, question: Numeric) -> dict[str, float | str | None]:
        """The number, how far an answer may be from it, and the unit."""
        return {"answer": question.answer, "tolerance": question.tolerance, "unit": question.unit}

    def validated(self, question: Numeric, answer: Any) -> str:
        return short_text(answer, 200)

    def mark(self, question: Numeric, answer: str) -> float:
        """1 within the tolerance (or a billionth, for rounding), else 0."""
        value = understand(answer, question.unit)
        if value is None:
            return 0.0
        return float(abs(value - question.answer) <= _slack(question))

    def words(self, question: Numeric, answer: str) -> str:
        return visible(answer)

    def code(self, question: Numeric, answer: str) -> str:
        return visible(answer)

    def printed(self, question: Numeric, order: Sequence[int]) -> Printed:
        answer = span(question.answer, question.tolerance, question.unit)
        return Printed(answer, line=question.unit or "")

    def interaction(self, question: Numeric) -> interactions.Number:
        unit = question.unit
        given = question.answer, _slack(question), question.tolerance
        return interactions.Number(*given, unit, _units(unit) if unit else {})


def _slack(question: Numeric) -> float:
    """The tolerance, and a billionth for rounding."""
    return question.tolerance + 1e-9 * max(1.0, abs(question.answer))


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
    signs the last is the decimal one. A unit may be left out, and is converted within its family.
    """
    text = typed.strip().replace("−", "-").replace("\u00a0", " ").replace("\u202f", " ")
    found = NUMBER.fullmatch(text)
    number = _number(found[1]) if found else None
    scale = _scale(found[2], unit) if found else None
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


def _scale(given: str, wanted: str | None) -> float | None:
    """How many of the wanted unit one of the given unit is; 1 when none is given."""
    given = given.strip().rstrip(".")
    if not given or given == wanted:
        return 1.0
    for family in FAMILIES:
        from_size, to_size = _size(given, family), _size(wanted or "", family)
        if from_size and to_size:
            return from_size / to_size
    return None


def _size(unit: str, family: Mapping[str, float]) -> float | None:
    for name in (unit, unit.lower(), unit.removesuffix("s"), unit.lower().removesuffix("s")):
        if name in family:
            return family[name]
    return None


TYPE = NumericType()
