"""Regions for hotspot questions: inside the figure, big enough, and apart from each other."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

FIGURES = Path(__file__).resolve().parents[2] / "docs/assets/figures"
CAPTIONS: dict[str, Any] = json.loads((FIGURES / "captions.json").read_text(encoding="utf-8"))
Point = tuple[float, float]
BRIDGES = 2  # of 25,600 places; a hair joins the two sides of a muscle under the nerve


def regions(name: str) -> dict[str, list[Point]]:
    return {each["id"]: [(x, y) for x, y in each["points"]] for each in CAPTIONS[name]["regions"]}


def inside(point: Point, polygon: list[Point]) -> bool:
    """Whether a ray from the point crosses the polygon an odd number of times."""
    x, y = point
    crossings = (a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) > x
                 for a, b in pairwise([*polygon, polygon[0]]) if (a[1] > y) != (b[1] > y))
    return sum(crossings) % 2 == 1


@pytest.mark.parametrize(("name", "ids"), [
    ("posterior", {"ischial-tuberosity", "lesser-trochanter", "greater-trochanter",
                   "quadratus-femoris", "sciatic-nerve", "hamstring-origin", "ischial-spine"}),
    ("axial-neutral", {"ischial-tuberosity", "lesser-trochanter", "quadratus-femoris",
                       "sciatic-nerve", "hamstring-tendons", "iliopsoas-tendon", "femoral-shaft",
                       "gluteus-maximus"})])
def test_the_main_structures_have_regions(name: str, ids: set[str]) -> None:
    assert set(regions(name)) == ids
    for points in regions(name).values():
        assert len(points) >= 3 and all(0 <= x <= 1 and 0 <= y <= 1 for x, y in points)


@pytest.mark.parametrize("name", ["posterior", "axial-neutral"])
def test_no_place_belongs_to_two_regions(name: str) -> None:
    shapes = regions(name)
    grid = [(x / 160, y / 160) for x in range(160) for y in range(160)]
    hits = [[key for key, shape in shapes.items() if inside(point, shape)] for point in grid]
    twice = [found for found in hits if len(found) > 1]
    assert len(twice) <= BRIDGES, twice
    for key in shapes:
        assert sum(found == [key] for found in hits) > 20, f"{key} is too small to point at"
