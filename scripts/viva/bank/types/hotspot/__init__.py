"""Image hotspot: point at the right place, or choose it from the list of regions."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.question import AnswerError, Figure, Id, Model, Question, Text
from viva.bank.types import Fault
from viva.base.problems import hint

EXAMPLE = """\
    stem: Where in the figure is it?
    figure:
      src: assets/figures/name.svg    # relative to docs/
      alt: What the picture shows, without giving the answer away
    regions:                  # corners as [x, y], from 0 to 1 of the width and height
      - id: first-place
        label: First place
        points: [[0.1, 0.1], [0.4, 0.1], [0.4, 0.4]]
      - id: second-place
        label: Second place
        points: [[0.6, 0.6], [0.9, 0.6], [0.9, 0.9]]
    answer: first-place       # the id of a region
"""

Fraction = Annotated[float, Field(ge=0, le=1)]


class Region(Model):
    """A polygon of [x, y] points, from 0 to 1 of the figure's width and height."""

    id: Id
    label: Text
    points: Annotated[tuple[tuple[Fraction, Fraction], ...], Field(min_length=3)]


class Hotspot(Question):
    """A figure, its regions, and the region that is right."""

    type: Literal["hotspot"]
    figure: Figure
    regions: Annotated[tuple[Region, ...], Field(min_length=2)]
    answer: Id


def check(question: Hotspot) -> Iterator[Fault]:
    """The answer is one of the regions, and no region is there twice."""
    ids = [region.id for region in question.regions]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            yield ("regions", number, "id"), "OP204", f"region {name} is there twice (rename one)"
    if question.answer not in ids:
        message = f"answer {question.answer} is not a region ({hint(question.answer, ids)})"
        yield ("answer",), "KY301", message


def key(question: Hotspot) -> dict[str, str]:
    """The right region's id."""
    return {"answer": question.answer}


def mark(question: Hotspot, answer: Any) -> float:
    """1 for the right region, else 0. An empty answer is a point outside every region."""
    if answer not in ("", *(region.id for region in question.regions)):
        raise AnswerError("the answer is not a region of the figure")
    return float(answer == question.answer)
