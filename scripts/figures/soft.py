"""Schematic soft tissue in figure coordinates: muscles, nerves, tendons, measured lines."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import splev, splprep

from figures import svg
from figures.svg import Line


def spline(points: Line, count: int = 24) -> np.ndarray:
    """Evenly many points on the smooth line through the given ones."""
    points = np.asarray(points, float)
    knots, _ = splprep(points.T, s=0, k=min(3, len(points) - 1))
    return np.array(splev(np.linspace(0, 1, count), knots)).T


def ribbon(line: Line, widths: Line | float, count: int = 24) -> np.ndarray:
    """The outline of a band along a line; widths are spread evenly over its length."""
    half = np.ravel(widths) / 2
    return np.concatenate([offset(line, half, count), offset(line, -half, count)[::-1]])


def offset(line: Line, distances: Line, count: int = 24) -> np.ndarray:
    """A line beside the smooth line; distances are spread evenly over its length."""
    centre = spline(line, count)
    away = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, np.size(distances)),
                     np.ravel(distances))
    return centre + _across(centre) * away[:, None]


def muscle(upper: Line, lower: Line, name: str, fibres: int = 6) -> tuple[str, str]:
    """A flat muscle between two borders that run from origin to insertion, and its clip path."""
    upper, lower = spline(upper, 16), spline(lower, 16)
    outline = svg.outline(upper, lower[::-1])
    belly = np.concatenate([_between(upper, lower, 0.28), _between(upper, lower, 0.62)[::-1]])
    parts = [
        svg.path(outline, "muscle"),
        svg.group([svg.path(svg.curve(upper, closed=False), "muscle-dark"),
                   svg.path(svg.curve(lower, closed=False), "muscle-dark"),
                   svg.path(svg.curve(belly), "muscle-lit")], filter="url(#soft)"),
        *(svg.path(svg.curve(_between(upper, lower, share)[::3], closed=False), "fibre")
          for share in np.linspace(0, 1, fibres + 2)[1:-1]),
    ]
    clip = f'<clipPath id="{name}"><path d="{outline}"/></clipPath>'
    return (svg.group(parts, clip_path=f"url(#{name})")
            + svg.path(outline, "muscle-edge")), clip


def nerve(line: Line, width: Line | float, strands: int = 3) -> str:
    """A nerve trunk with its bundles."""
    return _cord(line, width, strands, "nerve", "strand")


def tendon(line: Line, width: Line | float, strands: int = 3) -> str:
    """A tendon with its grain."""
    return _cord(line, width, strands, "tendon", "grain")


def cut_end(line: Line, width: float) -> str:
    """The cut surface at the end of a tendon."""
    ahead = np.subtract(line[-1], line[-2])
    turn = float(np.degrees(np.arctan2(ahead[1], ahead[0]))) - 90
    return svg.path(svg.curve(ellipse(line[-1], (width / 2, width / 5), turn)), "tendon")


def measure(start: Line, end: Line, tick: float = 8, dashed: bool = False) -> str:
    """A measured line with square ends."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    length = np.linalg.norm(end - start)
    if length < 1:
        return ""
    along = (end - start) / length
    side = np.array([-along[1], along[0]]) * tick
    line = svg.polyline((start, end))
    ticks = "".join(svg.polyline((at - side, at + side)) for at in (start, end))
    kind = "measure dashed" if dashed else "measure"
    return (svg.path(line + ticks, "measure-halo") + svg.path(line, kind)
            + svg.path(ticks, "measure"))


def ellipse(centre: Line, radii: tuple[float, float], degrees: float, count: int = 12
            ) -> np.ndarray:
    """Points of a turned ellipse."""
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    flat = np.c_[radii[0] * np.cos(turn), radii[1] * np.sin(turn)]
    return np.asarray(centre) + flat @ np.array([[cos, sin], [-sin, cos]])


def _cord(line: Line, width: Line | float, strands: int, fill: str, grain: str) -> str:
    band = ribbon(line, width)
    left, right = band[:len(band) // 2], band[len(band) // 2:][::-1]
    lines = (svg.path(svg.curve(_between(left, right, share)[1:-1:3], closed=False), grain)
             for share in np.linspace(0, 1, strands + 2)[1:-1])
    return svg.path(svg.curve(band), fill) + "".join(lines)


def _between(first: np.ndarray, second: np.ndarray, share: float) -> np.ndarray:
    return first + (second - first) * share


def _across(line: np.ndarray) -> np.ndarray:
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    return np.c_[-along[:, 1], along[:, 0]]
