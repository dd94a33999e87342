"""The two spaces as they are measured on MRI, between the outlines of a slice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import dist

import shapely
from shapely.ops import nearest_points

from figures.mri.outlines import polygon
from figures.tissue.grid import FRONT, LEFT, PIXEL

Point = tuple[float, float]


@dataclass(frozen=True)
class Space:
    """A distance in mm, and the two points between which it was measured: medial, lateral."""

    mm: float
    ends: tuple[Point, Point]


def _box(left: float, front: float, right: float, back: float) -> shapely.Polygon:
    """A box of the volume's frame in the image's."""
    return shapely.box(left - LEFT + PIXEL / 2, front - FRONT + PIXEL / 2,
                       right - LEFT + PIXEL / 2, back - FRONT + PIXEL / 2)


TUBEROSITY = _box(-120, -75, -30, 45)  # the ischium without its ramus
HIND = _box(-184, -85, -30, 45)  # what lies behind the front of the femur


def spaces(outlines: Mapping[str, str]) -> dict[str, Space]:
    """The ischiofemoral and the quadratus femoris space of one slice, as far as it has them."""
    ischium = _part(outlines, "hip-bone", TUBEROSITY)
    femur = _part(outlines, "femur", HIND)
    origin = _part(outlines, "hamstring-origin", HIND)
    lateral = shapely.union(femur, _part(outlines, "psoas-tendon", HIND))
    pairs = {"ifs": (ischium, femur), "qfs": (origin, lateral)}
    return {name: _between(*pair) for name, pair in pairs.items()
            if not any(area.is_empty for area in pair)}


def _part(outlines: Mapping[str, str], name: str, box: shapely.Polygon) -> shapely.Geometry:
    return polygon(outlines.get(name, "")) & box


def _between(medial: shapely.Geometry, lateral: shapely.Geometry) -> Space:
    """The shortest line between two areas, its ends and its length rounded to 0.1 mm."""
    ends = tuple((round(point.x, 1), round(point.y, 1))
                 for point in nearest_points(medial, lateral))
    return Space(round(dist(*ends), 1), ends)  # type: ignore[arg-type]
