"""The shapes of the report's plots, in the units of their SVG; the template draws them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from viva.analysis.rasch import FITS
from viva.analysis.statistics import Analysis

WIDTH, HEIGHT, LEFT, BOTTOM = 640.0, 260.0, 46.0, 34.0
RIGHT, TOP = WIDTH - 10, 14.0
LOWEST_R = -0.4
MIDDLE, DOT = 130.0, 20.0
"""In the person-item map: where the axis is, and the room that a question takes."""


@dataclass(frozen=True)
class Tick:
    """A place on an axis with its label."""

    at: float
    label: str


@dataclass(frozen=True)
class Bar:
    """A column of the score plot."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True)
class Dot:
    """A question in the plot of difficulty and discrimination."""

    x: float
    y: float
    number: int
    weak: bool
    title: str


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
            f"{_points(one.low, one.high)}: {one.count}",
        )
        for n, one in enumerate(bins)
    )
    every = max(1, len(bins) // 10)
    x_ticks = tuple(
        Tick(LEFT + (n + 0.5) * step, f"{one.low:g}")
        for n, one in enumerate(bins)
        if n % every == 0
    )
    y_ticks = tuple(Tick(HEIGHT - BOTTOM - v * scale, str(v)) for v in sorted({0, most}))
    return Plot(bars, x_ticks, y_ticks, LEFT + (analysis.mean / width + 0.5) * step)


def _points(low: float, high: float) -> str:
    return f"{low:g} points" if high - low == 1 else f"{low:g} to under {high:g} points"


def questions(analysis: Analysis) -> Plot:
    """Each question by difficulty and corrected discrimination. `line` is a correlation of 0."""
    dots = tuple(
        Dot(
            _x(item.p),
            _y(item.r_rest),
            number,
            item.r_rest < 0.15,
            f"{item.id}: p {item.p:.2f}, r {item.r_rest:.2f}",
        )
        for number, item in enumerate(analysis.items, 1)
        if item.r_rest is not None
    )
    x_ticks = tuple(Tick(_x(p / 5), f"{p / 5:.1f}") for p in range(6))
    y_ticks = tuple(Tick(_y(r / 10), f"{r / 10:.1f}".replace("-", "−")) for r in range(-4, 11, 2))
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
            f"{one.total} right, {_signed(one.ability)} logits: {one.count}",
        )
        for one in steps
    )
    dots = tuple(_stacked(analysis, low, scale))
    whole = range(low, high + 1)
    ticks = tuple(Tick(LEFT + (v - low) * scale, f"{v}".replace("-", "−")) for v in whole)
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
        title = f"{one.id}: {_signed(one.b)} logits, infit {one.infit:.2f}"
        yield Dot(column * DOT, MIDDLE + 14 + full[column] * DOT, numbers[one.id], weak, title)


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _x(p: float) -> float:
    return LEFT + p * (RIGHT - LEFT)


def _y(r: float) -> float:
    share = (max(r, LOWEST_R) - LOWEST_R) / (1 - LOWEST_R)
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)
