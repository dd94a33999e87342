"""Measure: set a caliper on a figure; where its ends lie counts before what it says."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.question import AnswerError, Figure, Model, Question, Text
from viva.bank.types.hotspot import Fraction
from viva.bank.types.numeric import Number
from viva.bank.types.protocol import Fault, Printed, QuestionType
from viva.base.words import Quantity, say, span, told

Point = tuple[Fraction, Fraction]
Positive = Annotated[Number, Field(gt=0)]
Pair = Sequence[Sequence[float]]
SLACK = 1e-9  # mm, for rounding


class End(Model):
    """A border as a line of [x, y] points, from 0 to 1 of the figure's width and height."""

    written = "- label: … and points: … under it"

    label: Text
    points: Annotated[tuple[Point, ...], Field(min_length=2)]


class Measure(Question):
    """A figure, its size in life, and the two borders between which it is measured."""

    type: Literal["measure"]
    figure: Figure
    millimetres: tuple[Positive, Positive]
    answer: Positive
    tolerance: Annotated[Number, Field(ge=0)]
    ends: tuple[End, End]
    within: Positive = 3.0
    right: tuple[Point, Point]


class MeasureType(QuestionType[Measure]):
    """Two points of the figure: the ends of the caliper."""

    model = Measure
    name = say("a measurement")
    example = """\
    stem: How wide is the gap between the two bones?
    figure:
      src: assets/figures/name.svg    # relative to docs/
      alt: What the picture shows, without giving the answer away
    millimetres: [100, 75]    # how wide and how high all of the figure is in life
    answer: 40                # mm
    tolerance: 2              # mm: how far off is still right
    ends:                     # the two borders, each a line of [x, y], from 0 to 1
      - label: the border of the first bone
        points: [[0.3, 0.3], [0.3, 0.7]]
      - label: the border of the second bone
        points: [[0.7, 0.3], [0.7, 0.7]]
    within: 3                 # mm: how far an end may lie from its border
    right: [[0.3, 0.5], [0.7, 0.5]]   # drawn as feedback, the first end on the first border
"""
    seldom = True
    shown = frozenset({"millimetres"})

    def how(self, question: Measure) -> str:
        return say("a measurement in the figure")

    def check(self, question: Measure) -> Iterator[Fault]:
        """The right measurement is as long as the answer, and ends on its borders."""
        found = length(question, question.right)
        if abs(found - question.answer) > question.tolerance + SLACK:
            wanted = Quantity(question.answer, "mm")
            message = say(
                "the line in right is {length} mm long, and the answer is {answer} (correct one "
                "of them, or millimetres)",
                length=Quantity(found, None, 1, 1),
                answer=wanted,
            )
            yield ("right",), "KY301", message
        for number, (point, end) in enumerate(zip(question.right, question.ends, strict=True)):
            off = _off(question, point, end)
            if off > question.within + SLACK:
                message = say(
                    "this end lies {off} mm from {label} (move it there, or the border)",
                    off=Quantity(off, None, 1, 1),
                    label=end.label,
                )
                yield ("right", number), "KY301", message

    def key(self, question: Measure) -> dict[str, Any]:
        """What the length is measured by, the two borders, and the line that is right."""
        fields = {"millimetres", "answer", "tolerance", "ends", "within", "right"}
        return question.model_dump(mode="json", include=fields)

    def validated(self, question: Measure, answer: Any) -> list[list[float]]:
        if not (isinstance(answer, list) and len(answer) == 2 and all(map(_is_point, answer))):
            raise AnswerError(say("the answer is not two points of the figure"))
        return answer

    def mark(self, question: Measure, answer: Pair) -> float:
        """0.5 when the ends lie on the two borders, in either order; 1 with the right length too.

        A right length in the wrong place gets 0: it is luck.
        """
        first, second = answer
        if not any(_on_borders(question, pair) for pair in ((first, second), (second, first))):
            return 0.0
        off = abs(length(question, answer) - question.answer)
        return 1.0 if off <= question.tolerance + SLACK else 0.5

    def words(self, question: Measure, answer: Pair) -> str:
        """What the caliper says."""
        return told(Quantity(length(question, answer), "mm", 1, 1))

    def printed(self, question: Measure, order: Sequence[int]) -> Printed:
        """With the size of the figure, a ruler takes the caliper's place."""
        width, height = question.millimetres
        note = say(
            "The figure is {width} mm wide and {height} mm high in life: measure it with a ruler.",
            width=round(width),
            height=round(height),
        )
        return Printed(
            say(
                "{answer}, between {first} and {second}",
                answer=span(question.answer, question.tolerance, "mm"),
                first=question.ends[0].label,
                second=question.ends[1].label,
            ),
            notes=((note, ""),),
            line="mm",
            how=say("measure in the figure"),
        )


def length(question: Measure, points: Pair) -> float:
    """How far apart two points of the figure are in life, in millimetres."""
    one, other = (_scaled(question, point) for point in points)
    return math.dist(one, other)


def _on_borders(question: Measure, points: Pair) -> bool:
    pairs = zip(points, question.ends, strict=True)
    return all(_off(question, point, end) <= question.within + SLACK for point, end in pairs)


def _off(question: Measure, point: Sequence[float], end: End) -> float:
    """How far a point lies from a border, in millimetres."""
    line = [_scaled(question, corner) for corner in end.points]
    at = _scaled(question, point)
    return min(_to_segment(at, *part) for part in pairwise(line))


def _to_segment(at: Sequence[float], start: Sequence[float], end: Sequence[float]) -> float:
    along = [b - a for a, b in zip(start, end, strict=True)]
    square = sum(step * step for step in along) or 1.0
    share = sum((p - a) * d for p, a, d in zip(at, start, along, strict=True)) / square
    share = min(1.0, max(0.0, share))
    return math.dist(at, [a + share * d for a, d in zip(start, along, strict=True)])


def _scaled(question: Measure, point: Sequence[float]) -> tuple[float, float]:
    return point[0] * question.millimetres[0], point[1] * question.millimetres[1]


def _is_point(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(part) in (int, float) and 0 <= part <= 1 for part in value)
    )


TYPE = MeasureType()
