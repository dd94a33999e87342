"""The shapes of the report's plots, in the units of their SVG; the template draws them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from viva.analysis.rasch import FITS
from viva.analysis.statistics import Analysis
from viva.base.words import Quantity, Said, say, shaped, told

WIDTH, HEIGHT, LEFT, BOTTOM = 640.0, 260.0, 46.0, 34.0
RIGHT, TOP = WIDTH - 10, 14.0
LOWEST_R = -0.4
MIDDLE, DOT = 130.0, 20.0
"""In the person-item map: where the axis is, and the room that a question takes."""


@dataclass(frozen=True)
class Tick:
    """A place on an axis with its label."""

    at: float
    label: Said


@dataclass(frozen=True)
class Bar:
    """A column of the score plot."""

    x: float
    y: float
    width: float
    height: float
    title: Said


@dataclass(frozen=True)
class Dot:
    """A question in the plot of difficulty and discrimination."""

    x: float
    y: float
    number: int
    weak: bool
    title: Said


@dataclass(frozen=True)
class Plot:
    """Marks on a plane with two axes."""

    shapes: tuple[Bar, ...] | tuple[Dot, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    line: float


def scores(analysis: Analysis) -> Plot:
    """How many students have which total. `line` is the mean."""
    bins = analysis.scores
    most = max(one.count for one in bins)
    step = (RIGHT - LEFT) / len(bins)
    scale = (HEIGHT - BOTTOM - TOP) / most
    width = bins[0].high - bins[0].low
    bars = tuple(
        Bar(
            LEFT + n * step + 1,
            HEIGHT - BOTTOM - one.count * scale,
            step - 2,
            one.count * scale,
            _points(one.low, one.high, one.count),
        )
        for n, one in enumerate(bins)
    )
    every = max(1, len(bins) // 10)
    x_ticks = tuple(
        Tick(LEFT + (n + 0.5) * step, told(Quantity(one.low)))
        for n, one in enumerate(bins)
        if n % every == 0
    )
    y_ticks = tuple(Tick(HEIGHT - BOTTOM - v * scale, told(Quantity(v))) for v in sorted({0, most}))
    return Plot(bars, x_ticks, y_ticks, LEFT + (analysis.mean / width + 0.5) * step)


def _points(low: float, high: float, students: int) -> Said:
    """The title of a column: which scores, and how many students have them."""
    if high - low == 1:
        return say("{points} points: {students}", points=low, students=students)
    return say("{low} to under {high} points: {students}", low=low, high=high, students=students)


def questions(analysis: Analysis) -> Plot:
    """Each question by difficulty and corrected discrimination. `line` is a correlation of 0."""
    dots = tuple(
        Dot(
            _x(item.p),
            _y(item.r_rest),
            number,
            item.r_rest < 0.15,
            shaped("{id}: p {p}, r {r}", id=item.id, p=_fine(item.p), r=_fine(item.r_rest)),
        )
        for number, item in enumerate(analysis.items, 1)
        if item.r_rest is not None
    )
    x_ticks = tuple(Tick(_x(p / 5), told(Quantity(p / 5, None, 1, 1))) for p in range(6))
    y_ticks = tuple(Tick(_y(r / 10), told(Quantity(r / 10, None, 1, 1))) for r in range(-4, 11, 2))
    return Plot(dots, x_ticks, y_ticks, _y(0))


@dataclass(frozen=True)
class Map:
    """Students above and questions below, on one scale of logits."""

    students: tuple[Bar, ...]
    questions: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    height: float


def placed(analysis: Analysis) -> Map | None:
    """The person-item map of the Rasch model."""
    if analysis.rasch is None:
        return None
    steps = [one for one in analysis.rasch.steps if one.count]
    ends = [one.ability for one in steps] + [one.b for one in analysis.rasch.items]
    low, high = math.floor(min(ends)), math.ceil(max(ends))
    scale = (RIGHT - LEFT) / (high - low)
    most = max(one.count for one in steps)
    bars = tuple(
        Bar(
            LEFT + (one.ability - low) * scale - 4,
            MIDDLE - one.count * (MIDDLE - TOP) / most,
            8,
            one.count * (MIDDLE - TOP) / most,
            say(
                "{total} right, {ability} logits: {students}",
                total=one.total,
                ability=_fine(one.ability),
                students=one.count,
            ),
        )
        for one in steps
    )
    dots = tuple(_stacked(analysis, low, scale))
    whole = range(low, high + 1)
    ticks = tuple(Tick(LEFT + (v - low) * scale, told(Quantity(v))) for v in whole)
    return Map(bars, dots, ticks, max(dot.y for dot in dots) + 20)


def _stacked(analysis: Analysis, low: float, scale: float) -> Iterator[Dot]:
    """The questions below the axis, each under those that are in its way."""
    numbers = {item.id: n for n, item in enumerate(analysis.items, 1)}
    full: Counter[int] = Counter()
    for one in () if analysis.rasch is None else analysis.rasch.items:
        x = LEFT + (one.b - low) * scale
        column = round(x / DOT)
        full[column] += 1
        weak = not FITS[0] <= one.infit <= FITS[1]
        title = say(
            "{question}: {difficulty} logits, infit {infit}",
            question=one.id,
            difficulty=_fine(one.b),
            infit=_fine(one.infit),
        )
        yield Dot(column * DOT, MIDDLE + 14 + full[column] * DOT, numbers[one.id], weak, title)


def _fine(value: float) -> Quantity:
    return Quantity(value, None, 2, 2)


def _x(p: float) -> float:
    return LEFT + p * (RIGHT - LEFT)


def _y(r: float) -> float:
    share = (max(r, LOWEST_R) - LOWEST_R) / (1 - LOWEST_R)
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)
