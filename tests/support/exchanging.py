"""A course with a question of every kind, what a student may answer, and the mark of it: for those
who read exported files the way that other systems do."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import permutations, product
from pathlib import Path
from typing import Any

from viva.bank import types
from viva.bank.interactions import (
    Choice,
    Gaps,
    Judgement,
    Number,
    Order,
    Pairs,
    Panel,
    Spot,
    Steps,
    Words,
)
from viva.course import courses
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.exchange import export
from viva.exchange.items import Item, items
from viva.exchange.losses import Tally

DATA = Path(__file__).parents[1] / "unit/exchange/data"
PLAN = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900" width="1200" height="900">
<style>#unlabelled:target ~ .label { display: none } .label { fill: #c00 }</style>
<g id="unlabelled"/>
<rect width="1200" height="900" fill="#fff"/>
<rect x="100" y="100" width="400" height="400" fill="tan"/>
<circle cx="900" cy="600" r="200" fill="teal"/>
<rect class="label" x="40" y="800" width="90" height="60"/>
</svg>
"""
PAGE = "---\ntitle: Scale\nobjectives:\n  - {id: walk-1, text: walk}\n---\n# Scale\n\n## A ratio\n\nText.\n"
BIB = """\
@misc{notes, author={{The authors}}, title={Notes on the sheet}, year={2026}, url={https://example.org/notes}}
@misc{walks, author={{The authors}}, title={Three walks & more}, year={2025}}
"""
SETTINGS = "site_name: Reading a map\nsite_url: https://example.org/maps/\nplugins: [viva]\n"
# What becomes of each question of the data: exact ✓, approximated ≈, left out ✗.
TABLE = """
              moodle-xml gift aiken canvas canvas-new qti21 qti3 common-cartridge anki table
one           ✓          ✓    ≈     ✓      ✓          ✓     ✓    ✓                ✓    ✓
some          ✓          ✓    ✗     ✓      ✓          ✓     ✓    ≈                ✓    ✓
eleven        ✓          ✗    ✗     ✓      ✓          ✓     ✓    ≈                ✓    ✓
judge         ✓          ≈    ✗     ✓      ✓          ✓     ✓    ≈                ✓    ✓
judge-one     ✓          ✓    ✗     ✓      ✓          ✓     ✓    ✓                ✓    ✓
match         ✓          ✓    ✗     ✓      ✓          ✓     ✓    ≈                ✓    ≈
match-one     ✓          ✓    ✗     ✓      ✓          ✓     ✓    ✓                ✓    ✓
order         ✓          ✓    ✗     ✗      ✗          ✓     ✓    ✗                ✓    ✓
number        ≈          ≈    ✗     ≈      ≈          ≈     ≈    ✗                ✓    ✓
count         ≈          ≈    ✗     ≈      ≈          ≈     ≈    ✗                ✓    ✓
words         ≈          ≈    ✗     ≈      ≈          ≈     ≈    ≈                ✓    ✓
spot          ✓          ✗    ✗     ≈      ≈          ✓     ✓    ≈                ✓    ✗
caliper       ✗          ✗    ✗     ✗      ✗          ✗     ✗    ✗                ✗    ✗
slices        ✗          ✗    ✗     ✗      ✗          ✗     ✗    ✗                ✗    ✗
experts       ✓          ✗    ✗     ✗      ✓          ✓     ✓    ✗                ✓    ✗
gaps-chosen   ✓          ✗    ✗     ✓      ✓          ✓     ✓    ≈                ✓    ✓
gaps-typed    ≈          ✗    ✗     ≈      ≈          ≈     ≈    ≈                ✓    ✓
granted       ✓          ✓    ≈     ✓      ✓          ✓     ✓    ✓                ✓    ≈
granted-number ≈         ≈    ✗     ≈      ≈          ≈     ≈    ✗                ✓    ≈
walk          ≈          ≈    ✗     ≈      ≈          ≈     ≈    ≈                ✓    ✗
walk-first    ✓          ✓    ✗     ✓      ✓          ✓     ✓    ✓                ✓    ✗
walk-then     ✓          ✓    ✗     ✓      ✓          ✓     ✓    ≈                ✓    ✗
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
RANDOM = random.Random(7)


def make(folder: Path, banks: dict[str, str] | None = None) -> Course:
    """A course of these banks, by their ids; of one with a question of every kind for none."""
    banks = banks or {"kinds": (DATA / "kinds.yml").read_text("utf-8")}
    files = {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": "# Maps\n",
        "docs/modules/scale.md": PAGE,
        "docs/references.md": "# References\n",
        "docs/references.bib": BIB,
        "docs/assets/figures/plan.svg": PLAN,
    } | {f"quizzes/{name}.yml": text for name, text in banks.items()}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return read(folder)


def read(folder: Path) -> Course:
    """The course in a folder."""
    return courses.load(Layout.of(folder))


def exported(course: Course, name: str, **options: Any) -> tuple[bytes, Tally]:
    """The file of a format, and what was lost."""
    exporter = export.named(name)
    return export.export(course, course.banks, exporter, export.Options(**options))


def asked(course: Course) -> dict[str, Item]:
    """Everything that can be answered, by id."""
    found = (item for bank in course.banks for item in items(bank))
    return {item.id: item for item in found if not isinstance(item.interaction, Steps)}


def answers(item: Item) -> Iterator[tuple[Any, float]]:
    """What a student may answer, by places in the author's order, and the mark.

    All answers where they can be counted, some of them by chance where there are too many.
    """
    for given, ours in ways(item):
        mark = types.mark(item.question, ours)
        assert mark is not None
        yield given, mark


def ways(item: Item) -> Iterator[tuple[Any, Any]]:
    """What a student may answer, by places in the author's order and as we keep it."""
    match item.interaction:
        case Choice(options, several=False):
            yield from ((place, place) for place in range(len(options)))
        case Choice(options):
            picks = product((False, True), repeat=len(options))
            sets = [[n for n, on in enumerate(one) if on] for one in picks]
            yield from ((one, one) for one in _some(sets))
        case Panel(options):
            yield from ((place, place - 2) for place in range(len(options)))
        case Judgement(statements):
            for one in product((True, False, None), repeat=len(statements)):
                yield list(one), list(one)
        case Pairs(options, prompts):
            places = (*range(len(options)), None)
            yield from ((list(p), list(p)) for p in _some([*product(places, repeat=len(prompts))]))
        case Order(given, shown):
            for order in _some([*permutations(range(len(given)))]):
                yield list(order), [shown.index(place) for place in order]
        case Spot(regions, _):
            for place, region in enumerate(regions):
                x, y = (sum(axis) / len(region.points) for axis in zip(*region.points, strict=True))
                yield (x, y), item.question.regions[place].id
            yield (0.01, 0.99), ""
        case Number(tolerance=tolerance) as number:
            for answer, _ in number.right:
                for value in (answer, answer + tolerance, answer - 2 * tolerance - 1):
                    yield f"{value:g}", f"{value:g}"
        case Words(accept, reject):
            yield from ((said, said) for said in (*accept, *reject))
            yield accept[0].upper(), accept[0].upper()
        case Gaps(_, gaps):
            ways = [_ways(gap.filled) for gap in gaps]
            yield from ((list(one), list(one)) for one in product(*ways))
        case other:
            raise AssertionError(f"nobody knows how to answer {other}")


def _ways(filled: Choice | Words) -> list[Any]:
    if isinstance(filled, Choice):
        return [*range(len(filled.options)), None]
    return [*filled.accept, *filled.reject, None]


def _some(all_of_them: list[Any]) -> list[Any]:
    return all_of_them if len(all_of_them) < 150 else RANDOM.sample(all_of_them, 150)


def inside(points: list[tuple[float, float]], x: float, y: float) -> bool:
    """Whether a point lies in a polygon."""
    within = False
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            within = not within
    return within
