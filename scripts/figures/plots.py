"""Plots of the computed distances, with published measurements beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from figures import svg
from figures.published import IMAGING, Published


@dataclass(frozen=True)
class Axes:
    """Where data stand in the figure: the plot's box and the numbers at its ends."""

    box: tuple[float, float, float, float]  # left, top, right, bottom
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> np.ndarray:
        """Figure coordinates of a datum."""
        left, top, right, bottom = self.box
        return np.array([np.interp(x, self.x, (left, right)), np.interp(y, self.y, (bottom, top))])


ANGLE_SIZE = (640, 640)
ANGLE = Axes((70, 60, 622, 516), (-42, 64), (0, 58))


def distance_angle(measurements: dict[str, Any]) -> str:
    """How each movement changes the distance."""
    moves = measurements["movements"]
    drawing = [*_grid(ANGLE, range(-40, 61, 20), range(0, 51, 10))]
    for name, points in moves.items():
        line = [ANGLE.at(point["angle"], point["space"]) for point in points]
        drawing.append(svg.path(svg.curve(line, closed=False), f"series move-{name}"))
    ends = {name: ANGLE.at(points[-1]["angle"], points[-1]["space"])
            for name, points in moves.items()}
    labels = [
        *_numbers(ANGLE, range(-40, 61, 20), range(0, 51, 10)),
        svg.text("Distance from ischium to\nlesser trochanter, mm", (14, 26), classes="strong"),
        svg.text("degrees of the movement", (346, 572), "middle", "strong"),
        svg.text("← flexion, abduction,\ninternal rotation", (70, 604), classes="quiet"),
        svg.text("extension, adduction,\nexternal rotation →", (622, 604), "end", "quiet"),
        svg.text("Extension", ends["extension"] + [8, -4], classes="name-extension over"),
        svg.text("Adduction", ends["adduction"] + [-2, 28], "end", "name-adduction over"),
        svg.text("Rotation", ANGLE.at(-39, 25.5), classes="name-external_rotation over"),
    ]
    return svg.document(ANGLE_SIZE, "Distance and movement", ANGLE_ABOUT, drawing, labels)


ANGLE_ABOUT = (
    "Line plot of the model's three-dimensional distance from the ischium to the lesser trochanter"
    " against the angle of one movement at a time. The distance falls in extension, adduction and"
    " external rotation and grows in the opposite movements.")

SPREAD_SIZE = (640, 760)
SPREAD = Axes((24, 56, 616, 700), (0, 60), (0, 1))


def spread(measurements: dict[str, Any]) -> str:
    """How much people differ: the 26 of the shape model and four published groups."""
    people = measurements["people"]
    rows = [("26 people of the bone model, 3D", "space"),
            ("the same people, smallest axial distance", "axial_smallest")]
    drawing, labels = [*_upright(SPREAD, range(0, 61, 10))], []
    for row, (name, key) in enumerate(rows):
        y = 86 + 128 * row
        drawing += _people(SPREAD, [person[key] for person in people], y + 70)
        labels.append(svg.text(name, (24, y), classes="value over"))
    for row, each in enumerate(IMAGING):
        y = 348 + 88 * row
        drawing += _group(SPREAD, each, y + 28)
        labels.append(svg.text(each.name, (24, y), classes="over"))
    labels += [svg.text(str(x), (SPREAD.at(x, 0)[0], 726), "middle", "quiet")
               for x in range(0, 61, 10)]
    labels += [svg.text("Ischiofemoral distance, mm", (24, 32), classes="strong"),
               svg.text("bar: mean ± SD · dotted: range", (616, 754), "end", "quiet")]
    return svg.document(SPREAD_SIZE, "The spread of the ischiofemoral distance", SPREAD_ABOUT,
                        drawing, labels)


SPREAD_ABOUT = (
    "Six rows on one scale from 0 to 60 millimetres. Each dot is one of the 26 people of the bone"
    " model, in three dimensions and in the axial plane. Bars show mean and standard deviation of"
    " 250 pain-free hips and 44 people without impingement on MRI, and of 140 control hips and"
    " 217 hips with"
    " ischiofemoral impingement in a meta-analysis. The groups overlap.")


def _people(axes: Axes, values: Sequence[float], y: float) -> list[str]:
    """A dot for each person, stacked where they crowd, over their mean and deviation."""
    mean, deviation = float(np.mean(values)), float(np.std(values, ddof=1))
    dots, taken = [], list[tuple[float, int]]()
    for value in sorted(values):
        x = axes.at(value, 0)[0]
        floor = next(step for step in range(9)
                     if all(step != other or x - at > 13 for at, other in taken))
        taken.append((x, floor))
        dots.append(svg.dot((x, y - 11 * floor), 5.5, "person"))
    return [*dots, *_bar(axes, mean, deviation, y + 16)]


def _group(axes: Axes, each: Published, y: float) -> list[str]:
    parts = []
    if each.low is not None and each.high is not None:
        ends = [(axes.at(end, 0)[0], y) for end in (each.low, each.high)]
        parts.append(svg.path(svg.polyline(ends), "range"))
    return [*parts, *_bar(axes, each.mean, each.sd, y)]


def _bar(axes: Axes, mean: float, deviation: float, y: float) -> list[str]:
    left, middle, right = (axes.at(mean + step * deviation, 0)[0] for step in (-1, 0, 1))
    d = svg.polyline([(left, y), (right, y)]) + "".join(
        svg.polyline([(x, y - 6), (x, y + 6)]) for x in (left, right))
    return [svg.path(d, "whisker"), svg.dot((middle, y), 6)]


def _grid(axes: Axes, xs: Sequence[float], ys: Sequence[float]) -> list[str]:
    left, _, right, _ = axes.box
    return [*(svg.path(svg.polyline([(left, axes.at(0, y)[1]), (right, axes.at(0, y)[1])]), "grid")
              for y in ys), *_upright(axes, xs)]


def _upright(axes: Axes, xs: Sequence[float]) -> list[str]:
    _, top, _, bottom = axes.box
    return [svg.path(svg.polyline([(axes.at(x, 0)[0], top), (axes.at(x, 0)[0], bottom)]), "grid")
            for x in xs]


def _numbers(axes: Axes, xs: Sequence[float], ys: Sequence[float]) -> list[str]:
    left, _, _, bottom = axes.box
    degrees = {x: f"{x}°".replace("-", "−") for x in xs}
    return [*(svg.text(words, (axes.at(x, 0)[0], bottom + 26), "middle", "quiet")
              for x, words in degrees.items()),
            *(svg.text(str(y), (left - 10, axes.at(0, y)[1] + 7), "end", "quiet") for y in ys)]
