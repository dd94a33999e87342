"""The shapes of the report's plots, in the units of their SVG; the template draws them."""

from __future__ import annotations

from dataclasses import dataclass

from viva.analysis.statistics import Analysis

WIDTH, HEIGHT, LEFT, BOTTOM = 640.0, 260.0, 46.0, 34.0
RIGHT, TOP = WIDTH - 10, 14.0
LOWEST_R = -0.4


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


def _x(p: float) -> float:
    return LEFT + p * (RIGHT - LEFT)


def _y(r: float) -> float:
    share = (max(r, LOWEST_R) - LOWEST_R) / (1 - LOWEST_R)
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)
