"""Image hotspot: point at the right place, or choose it from the list of regions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank import interactions
from viva.bank.interactions import Interaction
from viva.bank.question import AnswerError, Figure, Id, Model, Question, Text, index
from viva.bank.types import listed
from viva.bank.types.protocol import Fault, Filled, Part, Printed, PrintedRow, QuestionType, Trait
from viva.base.letters import letter
from viva.base.problems import hint
from viva.base.words import Letter, label, row, say

Fraction = Annotated[float, Field(ge=0, le=1)]


class Region(Model):
    """A polygon of [x, y] points, from 0 to 1 of the figure's width and height."""

    written = "- id: …, label: … and points: … under it"

    id: Id
    label: Text
    points: Annotated[tuple[tuple[Fraction, Fraction], ...], Field(min_length=3)]


class Hotspot(Question):
    """A figure, its regions, and the region that is right."""

    type: Literal["hotspot"]
    figure: Figure
    regions: Annotated[tuple[Region, ...], Field(min_length=2)]
    answer: Id


class HotspotType(QuestionType[Hotspot]):
    """The id of a region, or nothing for a point outside them all."""

    model = Hotspot
    name = say("a place in a figure")
    example = """\
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
    traits = frozenset({Trait.ASKED})
    seldom = True
    shown = frozenset({"regions", "label", "points"})

    def how(self, question: Hotspot) -> str:
        return say("one place in the figure")

    def check(self, question: Hotspot) -> Iterator[Fault]:
        """The answer is one of the regions, and no region is there twice."""
        yield from listed.repeated(self.parts(question), listed.LABEL)
        ids = [region.id for region in question.regions]
        for number, name in enumerate(ids):
            if name in ids[:number]:
                message = say("region {name} is there twice (rename one)", name=name)
                yield ("regions", number, "id"), "OP204", message
        if question.answer not in ids:
            message = say(
                "answer {answer} is not a region ({hint})",
                answer=question.answer, hint=hint(question.answer, ids),
            )
            yield ("answer",), "KY301", message

    def key(self, question: Hotspot) -> dict[str, str]:
        """The right region's id."""
        return {"answer": question.answer}

    def validated(self, question: Hotspot, answer: Any) -> str:
        if not isinstance(answer, str) or answer not in ("", *_ids(question)):
            raise AnswerError(say("the answer is not a region of the figure"))
        return answer

    def mark(self, question: Hotspot, answer: str) -> float:
        """1 for the right region, else 0. An empty answer is a point outside every region."""
        return float(answer == question.answer)

    def sheet(self, question: Hotspot) -> dict[str, Any]:
        """Regions get numbers and letters: their own ids and labels may tell too much."""
        data = question.model_dump(mode="json")
        for number, region in enumerate(data["regions"]):
            region |= {"id": number, "label": say("Place {letter}", letter=Letter(number))}
        return data

    def from_sheet(self, question: Hotspot, given: Any) -> str:
        return question.regions[index(given, len(question.regions))].id

    def words(self, question: Hotspot, answer: str) -> str:
        if not answer:
            return say("outside")
        number = _ids(question).index(answer)
        return row((label(number), question.regions[number].label))

    def code(self, question: Hotspot, answer: str) -> str:
        return letter(_ids(question).index(answer)) if answer else "outside"

    def options(self, question: Hotspot) -> Mapping[str, str]:
        return {letter(number): region.label for number, region in enumerate(question.regions)}

    def right(self, question: Hotspot) -> Sequence[str]:
        return [letter(_ids(question).index(question.answer))]

    def printed(self, question: Hotspot, order: Sequence[int]) -> Printed:
        right = _ids(question).index(question.answer)
        place = question.regions[right].label
        return Printed(
            say("{letter} ({place})", letter=Letter(right), place=place),
            (PrintedRow(bubbles=tuple(map(label, range(len(question.regions))))),),
            places=tuple(region.points for region in question.regions),
        )

    def from_paper(
        self, question: Hotspot, order: Sequence[int], rows: Sequence[Filled]
    ) -> str:
        return _ids(question)[rows[0][0]]

    def interaction(self, question: Hotspot) -> interactions.Spot:
        regions = (interactions.Region(one.label, one.points) for one in question.regions)
        return interactions.Spot(tuple(regions), _ids(question).index(question.answer))

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        """Regions get ids by their place: a label may change."""
        if not isinstance(given, interactions.Spot):
            return None
        ids = [f"place-{number}" for number in range(1, len(given.regions) + 1)]
        regions = [
            {"id": name, "label": one.label, "points": [list(point) for point in one.points]}
            for name, one in zip(ids, given.regions, strict=True)
        ]
        return {"regions": regions, "answer": ids[given.answer]}

    def parts(self, question: Hotspot) -> Iterator[Part]:
        for number, region in enumerate(question.regions):
            yield Part(("regions", number, "label"), region.label)


def _ids(question: Hotspot) -> list[str]:
    return [region.id for region in question.regions]


TYPE = HotspotType()
