"""A line plot with logarithmic axes as SVG; it follows light and dark like the course's figures."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import log10

Series = dict[str, list[tuple[float, float]]]
WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 60, 500, 40, 350
TICKS = [value * 10**power for power in range(-1, 6) for value in (1, 2, 5)]
COLOURS = {  # name: (light, dark)
    "ink": ("#1c1a17", "#eee8dc"),
    "soft": ("#46413a", "#c4bdb0"),
    "grid": ("#dfd5c2", "#3b3e41"),
    "line-0": ("#6b6255", "#a59e92"),
    "line-1": ("#842f21", "#e9a895"),
    "line-2": ("#0b5054", "#7ccfcf"),
    "line-3": ("#4d6478", "#9db4c8"),
}
RULES = """
text { font: 16px "Atkinson Hyperlegible Next", system-ui, sans-serif; fill: var(--ink) }
.soft { fill: var(--soft) }
.grid { stroke: var(--grid) }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
"""


def plot(series: Series, across: str, up: str) -> str:
    """The series as lines, each with its name at its end."""
    xs = [x for points in series.values() for x, _ in points]
    ys = [y for points in series.values() for _, y in points]
    x_axis, y_axis = _Axis(xs, LEFT, RIGHT), _Axis(ys, BOTTOM, TOP)
    parts = [*_grid(x_axis, y_axis), *_lines(series, x_axis, y_axis)]
    described = "; ".join(f"{name}: {_said(points)}" for name, points in series.items())
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
            f' width="{WIDTH}" height="{HEIGHT}" role="img" aria-labelledby="title desc">',
            f'<title id="title">{escape(up)} against {escape(across)}</title>',
            f'<desc id="desc">{escape(described)}</desc>',
            f"<style>{_colours()}{RULES}</style>",
            _text(up, LEFT, 18, 'class="soft"'),
            _text(across, RIGHT, HEIGHT - 4, 'class="soft" text-anchor="end"'),
            *parts,
            "</svg>\n",
        ]
    )


def _colours() -> str:
    light, dark = (
        "".join(f"--{name}: {pair[mode]};" for name, pair in COLOURS.items()) for mode in (0, 1)
    )
    dark_too = f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    return f"\n:root {{ color-scheme: light dark; {light} }}\n{dark_too}"


def _text(content: str, x: float, y: float, attributes: str = "") -> str:
    return f'<text x="{x}" y="{y}" {attributes}>{escape(content)}</text>'


class _Axis:
    """From a value to a place, logarithmically."""

    def __init__(self, values: Iterable[float], start: float, end: float) -> None:
        values = list(values)
        self.low = max(tick for tick in TICKS if tick <= min(values))
        self.high = min(tick for tick in TICKS if tick >= max(values))
        self.start, self.end = start, end
        self.ticks = [tick for tick in TICKS if self.low <= tick <= self.high]

    def __call__(self, value: float) -> float:
        share = log10(value / self.low) / (log10(self.high / self.low) or 1)
        return round(self.start + share * (self.end - self.start), 1)


def _grid(x_axis: _Axis, y_axis: _Axis) -> Iterable[str]:
    for tick in x_axis.ticks:
        x = x_axis(tick)
        yield f'<path class="grid" d="M{x} {TOP}V{BOTTOM}"/>'
        yield _text(_number(tick), x, BOTTOM + 20, 'text-anchor="middle"')
    for tick in y_axis.ticks:
        y = y_axis(tick)
        yield f'<path class="grid" d="M{LEFT} {y}H{RIGHT}"/>'
        yield _text(_number(tick), LEFT - 8, y + 5, 'text-anchor="end"')


def _lines(series: Series, x_axis: _Axis, y_axis: _Axis) -> Iterable[str]:
    ends = _apart([y_axis(points[-1][1]) for points in series.values()])
    for number, ((name, points), end) in enumerate(zip(series.items(), ends, strict=True)):
        path = "L".join(f"{x_axis(x)} {y_axis(y)}" for x, y in points)
        colour = f"var(--line-{number})"
        yield f'<path class="line" style="stroke: {colour}" d="M{path}"/>'
        yield _text(name, RIGHT + 10, end + 5, f'style="fill: {colour}"')


def _apart(places: list[float], gap: float = 20) -> list[float]:
    """The places, moved down where labels would overlap."""
    result = dict(enumerate(places))
    lowest = float("-inf")
    for number in sorted(result, key=result.__getitem__):
        lowest = result[number] = max(result[number], lowest + gap)
    return [result[number] for number in range(len(places))]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def _said(points: list[tuple[float, float]]) -> str:
    return ", ".join(f"{y:g} s with {x:,.0f}" for x, y in points)
