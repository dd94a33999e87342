"""Pictures for print: an SVG in its light colours, in the state that its address names, with the
outlines and letters of the places to choose from."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from viva.base.letters import letter
from viva.base.refused import Refused
from viva.base.words import say
from viva.paper.content import Picture

DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
PROPERTY = re.compile(r"(--[\w-]+)\s*:\s*([^;}]+)")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
GRID = 24
Point = tuple[float, float]
Shape = Sequence[Point]
VIEW = re.compile(r'viewBox="\s*([-\d.]+)[\s,]+([-\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)')


def printed(picture: Picture, docs: Path) -> tuple[str, bytes]:
    """The ending and the content of a picture's file as it is printed."""
    src, _, state = picture.src.partition("#")
    path = docs / src
    if path.suffix.lower() != ".svg":
        if picture.places:
            said = say("{file}: the places of a figure can be printed on an SVG only", file=src)
            raise Refused(said)
        return path.suffix.lower(), path.read_bytes()
    text = light(path.read_text("utf-8"))
    text = re.sub(rf"#{re.escape(state)}:target\s*~?\s*", "", text) if state else text
    return ".svg", with_places(text, picture).encode()


def is_drawing(src: str) -> bool:
    """Whether a picture is an SVG, so that places can be drawn into it."""
    return src.partition("#")[0].lower().endswith(".svg")


def framed(png: bytes) -> str:
    """A PNG inside an SVG of its size, into which places can be drawn."""
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    data = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def light(svg: str) -> str:
    """The SVG without dark colours and with its properties worked out."""
    svg = DARK.sub("", svg)
    values: dict[str, str] = {name: value.strip() for name, value in PROPERTY.findall(svg)}
    for _ in range(3):  # a property may refer to another
        svg = VARIABLE.sub(lambda found: str(values.get(found[1]) or found[2] or "#000"), svg)
    return svg


def with_places(svg: str, picture: Picture) -> str:
    """The SVG with an outline and a letter on every place."""
    view = VIEW.search(svg)
    if not picture.places:
        return svg
    if view is None:
        said = say(
            "{file}: the figure has no viewBox, so its places cannot be printed",
            file=picture.src,
        )
        raise Refused(said)
    left, top, width, height = map(float, view.groups())
    size = width / 30
    shapes = [
        [(left + x * width, top + y * height) for x, y in points] for points in picture.places
    ]
    labels = picture.labels or tuple(map(letter, range(len(shapes))))
    drawn = [
        _place(shape, _middle(shape, [o for o in shapes if o is not shape]), size, label)
        for shape, label in zip(shapes, labels, strict=True)
    ]
    before, end, after = svg.rpartition("</svg>")
    return f"{before}{''.join(drawn)}{end}{after}"


def _place(shape: Shape, middle: Point, size: float, label: str) -> str:
    x, y = middle
    corners = " ".join(f"{a:.2f},{b:.2f}" for a, b in shape)
    thin, disc, baseline = size / 12, size * 0.75, y + size * 0.36
    line = f'stroke="#000" stroke-width="{thin:.2f}"'
    return (
        f'<polygon points="{corners}" fill="none" {line}/>'
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{disc:.2f}" fill="#fff" {line}/>'
        f'<text x="{x:.2f}" y="{baseline:.2f}" font-size="{size:.2f}" font-weight="bold" '
        f'text-anchor="middle" fill="#000">{escape(label)}</text>'
    )


def _middle(shape: Shape, others: Sequence[Shape]) -> Point:
    """Where a letter stands best: inside its place, outside the others, far from every edge.

    The browser does the same in the script of the type that has places.
    """
    xs, ys = zip(*shape, strict=True)
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    steps = [(n + 0.5) / GRID for n in range(GRID)]
    grid = [(left + x * (right - left), top + y * (bottom - top)) for y in steps for x in steps]
    inside = [point for point in grid if _holds(shape, point)]
    free = [point for point in inside if not any(_holds(other, point) for other in others)]
    edges = [edge for one in (shape, *others) for edge in _edges(one)]
    candidates = free or inside or grid
    return max(candidates, key=lambda point: min(_distance(point, a, b) for a, b in edges))


def _edges(shape: Shape) -> Iterator[tuple[Point, Point]]:
    return zip(shape, [*shape[1:], shape[0]], strict=True)


def _holds(shape: Shape, point: Point) -> bool:
    """Whether a point is inside: a line from it to the right crosses the edge an odd number of
    times."""
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in _edges(shape):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            crossed = not crossed
    return crossed


def _distance(point: Point, a: Point, b: Point) -> float:
    """From a point to a line between two others."""
    along = (b[0] - a[0], b[1] - a[1])
    length = along[0] ** 2 + along[1] ** 2
    at = ((point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]) / length if length else 0.0
    at = min(1.0, max(0.0, at))
    return math.dist(point, (a[0] + at * along[0], a[1] + at * along[1]))
