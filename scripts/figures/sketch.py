"""What the line figures of a person are drawn with: place, parts, arrows and the sore spot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Polygon, box, get_parts
from shapely.affinity import affine_transform, rotate

from figures import person, svg
from figures.person import THIGH, Leg

COLOURS = {  # name: (light, dark)
    "skin": ("#f4e9d9", "#53544f"),
    "skin-far": ("#e0d3c0", "#3a3d3b"),
    "cloth": ("#b9c8d3", "#5c7182"),
    "cloth-far": ("#9fb0bd", "#465867"),
    "hair": ("#6b5546", "#8d7664"),
    "outline": ("#2a3438", "#d5dcda"),
    "coat": ("#cfe3dc", "#3d605a"),
    "couch": ("#e9efee", "#1f2b30"),
    "measure": ("#0b5054", "#7ccfcf"),
    "quiet": ("#454f53", "#aab5b8"),
    "pain": ("#85301f", "#f5b3a4"),
    "lens": ("#fffdf8", "#1b2226"),
    "pillow": ("#fffdf8", "#39454a"),
}
RULES = (
    ".body{stroke:var(--outline);stroke-width:1.8}"
    ".skin{fill:var(--skin)}.skin-far{fill:var(--skin-far)}.cloth{fill:var(--cloth)}"
    ".cloth-far{fill:var(--cloth-far)}.hair{fill:var(--hair)}.coat{fill:var(--coat)}.couch{fill:var(--couch)}"
    ".pillow{fill:var(--pillow);stroke:var(--outline);stroke-width:1.2}"
    ".ground{fill:none;stroke:var(--outline);stroke-width:1.6}"
    ".pivot{fill:none;stroke:var(--measure);stroke-width:2;stroke-dasharray:5 6}"
    ".arrow{fill:none;stroke:var(--measure);stroke-width:3.2}.head{fill:var(--measure)}"
    ".pain{fill:var(--pain)}.ray{fill:none;stroke:var(--pain);stroke-width:2.6}"
    ".lens{fill:var(--lens)}.rim{fill:none;stroke:var(--measure);stroke-width:2.4}"
    ".sore{fill:var(--pain);font-weight:650}"
)
NECKLINE, WAIST, HEM = 0.268, 0.098, 0.46  # of the vest, of both, and of the shorts on the thigh
SHOULDER = ((-0.022, 0.268),)
DETAIL = 0.12  # figure units that an outline may lose
ARROW = 9  # length of an arrow's head
Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Where a body lies in the figure: its hip, its height, and whether its head is to the left."""

    hip: Point
    tall: float
    lying: bool = False

    def on(self, shape: Polygon) -> Polygon:
        """The shape in figure coordinates."""
        turn = [0, -1, -1, 0] if self.lying else [1, 0, 0, -1]
        moved = affine_transform(shape, [*(self.tall * t for t in turn), *self.hip])
        return shapely.transform(moved, lambda points: points.round(svg.STEADY))

    def at(self, point: Sequence[float] | np.ndarray) -> Point:
        """The point in figure coordinates."""
        x, y = (self.tall * float(c) for c in point)
        across, down = (-y, -x) if self.lying else (x, -y)
        return self.hip[0] + across, self.hip[1] + down


def part(place: Place, shape: Polygon, tone: str) -> str:
    """A part of a body."""
    rings = (ring.exterior.coords for ring in get_parts(place.on(shape).simplify(DETAIL)))
    return svg.path("".join(svg.polyline(list(ring)[:-1], closed=True) for ring in rings),
                    f"body {tone}")


def shorts(leg: Leg) -> Polygon:
    """The part of the plane that the shorts cover on a thigh."""
    return rotate(box(-0.12, -HEM * THIGH, 0.12, 0.05), leg.hip, origin=(0, 0))


def turn(place: Place, centre: Sequence[float], start: float, stop: float,
         reach: float) -> list[str]:
    """A dashed axis, the one it is turned to, and an arrow between them; 0 hangs straight down."""
    middle = np.array(centre)
    arc = np.array([person.end(reach, middle, a) for a in np.linspace(start, stop, 12)])
    ends = [place.at(person.end(reach * 1.12, middle, a)) for a in (start, stop)]
    rays = [svg.path(svg.polyline([place.at(middle), end]), "pivot") for end in ends]
    return [*rays, *arrow([place.at(p) for p in arc])]


def arrow(points: Sequence[Point]) -> list[str]:
    """A curve with a head at its end."""
    line = LineString(points)
    neck = line.interpolate(line.length - ARROW)
    tip, base = np.array(points[-1]), np.array([neck.x, neck.y])
    along = (tip - base) / np.linalg.norm(tip - base)
    across = np.array([-along[1], along[0]]) * 6.5
    shaft = [p for p in points if line.project(shapely.Point(p)) < line.length - ARROW]
    return [svg.path(svg.polyline([*shaft, tuple(base)]), "arrow"),
            svg.path(svg.polyline([tip + along * 3, base - along * 3 + across,
                                   base - along * 3 - across], closed=True), "head")]


def sore(at: Point) -> list[str]:
    """A spot that hurts."""
    x, y = at
    rays = "".join(svg.polyline([(x + 10 * c, y + 10 * s), (x + 17 * c, y + 17 * s)])
                   for c, s in ((np.cos(a), np.sin(a)) for a in np.radians(range(0, 360, 45))))
    return [f'<circle class="pain" cx="{svg.number(x)}" cy="{svg.number(y)}" r="6"/>',
            svg.path(rays, "ray")]


def style() -> str:
    """The colours and rules that only these figures use."""
    light, dark = (";".join(f"--{name}:{pair[mode]}" for name, pair in COLOURS.items())
                   for mode in (0, 1))
    return (f"<style>:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
            f"{RULES}</style>")


def sleeve(start: Point, hand: Point, width: float = 11) -> list[str]:
    """A forearm of the examiner in its sleeve, with the hand at its end."""
    a, b = np.array(start, float), np.array(hand, float)
    along = (b - a) / np.hypot(*(b - a))
    across = np.array([-along[1], along[0]])
    wrist = b - along * width * 1.3
    outline = [a + across * width, wrist + across * width * 0.72, wrist - across * width * 0.72,
               a - across * width]
    palm = shapely.LineString([wrist, b]).buffer(width * 0.62).simplify(DETAIL)
    return [svg.path(svg.polyline(list(palm.exterior.coords)[:-1], closed=True), "body skin"),
            svg.path(svg.polyline(outline, closed=True), "body coat")]
