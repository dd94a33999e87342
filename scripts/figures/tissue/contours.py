"""Outlines in tenths of a millimetre, and the fields in which they are found.

A point is counted from the upper left corner of the image: rightwards, then downwards. A path is
SVG with whole numbers and relative steps, so that a page can draw, find and measure with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import contourpy
import numpy as np
import shapely
from scipy.ndimage import gaussian_filter

from figures.tissue.grid import STEP
from figures.tissue.section import Section

Rings = list[np.ndarray]
PER_MM = 10
SMOOTH = 1.6  # pixels of a section
LEAST = 4.0  # mm²; smaller pieces are left out
EDGE = 0.2  # mm outside the field's zero: where the cortex begins


def soft(mask: np.ndarray) -> np.ndarray:
    """A mask as a field that is positive inside, its corners rounded."""
    return gaussian_filter(mask.astype(np.float32), SMOOTH) - 0.5


def bone(section: Section, name: str) -> np.ndarray:
    """A bone as a field that is positive inside."""
    return EDGE - section.apart[name]


def around(field: np.ndarray, tolerance: float) -> Rings:
    """Where the field crosses zero, in tenths of a millimetre; small pieces left out."""
    padded = np.pad(field, 1, constant_values=-1)
    lines = contourpy.contour_generator(z=padded).lines(0.0)
    areas = [shapely.Polygon((line - 0.5) * STEP) for line in lines if len(line) > 3]
    return list(whole(area.simplify(tolerance) for area in areas if area.area > LEAST))


def whole(areas: Iterable[shapely.Polygon]) -> Iterator[np.ndarray]:
    """The outlines of areas in mm, in whole numbers."""
    for area in areas:
        corners = np.round(shapely.get_coordinates(area.exterior)[:-1] * PER_MM).astype(int)
        if len(corners) > 2:
            yield corners


def path(rings: Rings) -> str:
    """Rings of whole numbers as an SVG path."""
    return "".join(f"M{_pair(ring[0])}l{_steps(ring)}z" for ring in rings)


def rings(text: str) -> Rings:
    """The rings of a path, in mm."""
    found = []
    for part in re.findall(r"M([^z]+)z", text):
        numbers = np.array([int(word) for word in re.findall(r"-?\d+", part)]).reshape(-1, 2)
        found.append(np.cumsum(numbers, axis=0) / PER_MM)
    return found


def polygon(text: str) -> shapely.Geometry:
    """The area of a path, in mm; rings inside rings are holes."""
    area = shapely.Polygon()
    for ring in rings(text):
        area = area.symmetric_difference(shapely.Polygon(ring).buffer(0))
    return area


def _pair(point: np.ndarray) -> str:
    return f"{point[0]} {point[1]}"


def _steps(ring: np.ndarray) -> str:
    text = " ".join(_pair(step) for step in np.diff(ring, axis=0))
    return text.replace(" -", "-")
