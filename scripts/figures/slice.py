"""What an axial section at the lesser trochanter's apex shows, as areas in millimetres.

The bones are cut from the model. Tendons, muscles and nerve are schematic: they are laid out along
the cut bones by the same rules in every pose, so that a pose may squeeze them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.polygon import orient
from shapely.ops import nearest_points

from figures import landmarks, soft
from figures.distance import Gap, Space, section, turned
from figures.motion import Pose

# Distances along the outline of a bone, counter-clockwise as seen from above, from its landmark.
MEMBRANOSUS, COMMON_TENDON = (-9.5, 1), (-23, -8)  # from the ischium's most lateral point
QUADRATUS_ORIGIN = 6.5
ILIOPSOAS = (-20, -4)  # from the apex of the lesser trochanter
QUADRATUS_WIDTHS = np.array((9, 11, 12.5, 12, 10, 8))
FIBRES = (-0.32, -0.16, 0, 0.16, 0.32)  # of the width, from the middle
GLUTEUS = ((-90, -70), (-40, -72), (0, -71), (38, -59), (62, -32), (67, 2))
GLUTEUS_WIDTHS = np.array((20, 27, 29, 25, 15, 1))


@dataclass(frozen=True)
class Slice:
    """Areas in the axial plane (x lateral, y anterior) and the two measured spaces."""

    pose: Pose
    level: float
    femur: shapely.Polygon
    ischium: shapely.Polygon
    hamstrings: tuple[shapely.Polygon, shapely.Polygon]  # semimembranosus, common tendon
    iliopsoas: shapely.Polygon
    quadratus: shapely.Polygon
    fibres: tuple[np.ndarray, ...]
    sciatic: shapely.Polygon
    gluteus: shapely.Polygon
    trochanter: np.ndarray
    ischiofemoral: Gap
    quadratus_space: Gap


def cut(space: Space, pose: Pose) -> Slice:
    """The section of the posed hip."""
    level = space.level(pose)
    femur = _largest(section(turned(space.hip.femur, pose), level))
    ischium = _largest(section(space.hip.pelvis, level))
    apex = (pose.matrix @ space.apex)[:2]
    iliopsoas = _cap(femur, apex, ILIOPSOAS, 4.5) - ischium.buffer(0.8)
    hamstrings = _hamstrings(ischium, femur, iliopsoas)
    gap = _gap(hamstrings[0], shapely.union(iliopsoas, femur), level)
    bands = _quadratus_bands(space, pose, femur, ischium, gap)
    solid = shapely.union_all([femur.buffer(0.2), ischium.buffer(0.2), iliopsoas.buffer(0.6),
                               *(tendon.buffer(0.6) for tendon in hamstrings)])
    quadratus = _largest(_rounded(shapely.Polygon(bands[0]).buffer(0) - solid, 0.7))
    sciatic = _sciatic(femur, ischium, shapely.union(quadratus, femur))
    covered = shapely.union_all([solid, quadratus.buffer(0.8), sciatic.buffer(1.2)])
    gluteus = _largest(_rounded(
        shapely.Polygon(soft.ribbon(GLUTEUS, GLUTEUS_WIDTHS)).buffer(0) - covered, 1.5))
    return Slice(pose, level, femur, ischium, hamstrings, _largest(iliopsoas), quadratus, bands[1:],
                 sciatic, gluteus, apex, space.axial(pose), gap)


def _hamstrings(ischium: shapely.Polygon, femur: shapely.Polygon, iliopsoas: shapely.Polygon
                ) -> tuple[shapely.Polygon, shapely.Polygon]:
    lateral = _most_lateral(ischium)
    room = shapely.union(femur, iliopsoas).buffer(1.8)
    membranosus = _largest(_cap(ischium, lateral, MEMBRANOSUS, 5.5) - room)
    common = _largest(_cap(ischium, lateral, COMMON_TENDON, 6) - membranosus.buffer(0.3) - room)
    return membranosus, common


def _quadratus_bands(space: Space, pose: Pose, femur: shapely.Polygon, ischium: shapely.Polygon,
                     gap: Gap) -> tuple[np.ndarray, ...]:
    """Outline of the muscle as if nothing squeezed it, then lines along its fibres."""
    origin = _arc(ischium, _most_lateral(ischium), (QUADRATUS_ORIGIN,) * 2, 1)[0] - [4, 1]
    crest = landmarks.crest(space.hip, np.linspace(-64, -44, 5))[-2]
    around = orient(femur.buffer(6.5)).exterior
    start, end = (around.project(shapely.Point((pose.matrix @ point)[:2]))
                  for point in (space.apex, crest))
    behind = shapely.get_coordinates([
        around.interpolate((start + step) % around.length)
        for step in np.linspace(9, (end - start) % around.length, 5)])
    foot = np.array(femur.exterior.interpolate(
        femur.exterior.project(shapely.Point(behind[-1]))).coords[0])
    inside = foot + (foot - behind[-1]) * 0.5
    middle = (gap.ischium + gap.femur)[:2] / 2
    line = np.array([origin, middle, *behind[:-1], inside])
    return (soft.ribbon(line, QUADRATUS_WIDTHS, 40),
            *(soft.offset(line, share * QUADRATUS_WIDTHS, 40) for share in FIBRES))


def _sciatic(femur: shapely.Polygon, ischium: shapely.Polygon, muscle: shapely.Geometry
             ) -> shapely.Polygon:
    """Behind the muscle, half-way between ischium and the outer side of the femur."""
    x = ischium.bounds[2] * 0.58 + femur.bounds[2] * 0.42
    behind = muscle & shapely.box(x - 6, -200, x + 6, 200)
    return shapely.Polygon(soft.ellipse((x, behind.bounds[1] - 4.6), (6.2, 3.3), 8, count=24))


def _cap(bone: shapely.Polygon, start: np.ndarray, span: tuple[float, float], height: float
         ) -> shapely.Polygon:
    """A tendon that sits on the bone's outline along the span."""
    count = 24
    base = _arc(bone, start, span, count)
    along = np.gradient(base, axis=0)
    outward = np.c_[along[:, 1], -along[:, 0]] / np.linalg.norm(along, axis=1)[:, None]
    swell = height * np.sin(np.linspace(0, np.pi, count)) ** 0.6
    return shapely.Polygon([*(base + outward * swell[:, None]), *(base - outward)[::-1]]
                           ).buffer(0) - bone


def _arc(bone: shapely.Polygon, start: np.ndarray, span: tuple[float, float], count: int
         ) -> np.ndarray:
    """Points along the bone's outline, counter-clockwise from where it is nearest to `start`."""
    ring = orient(bone).exterior
    here = ring.project(shapely.Point(start))
    return shapely.get_coordinates(
        [ring.interpolate((here + step) % ring.length) for step in np.linspace(*span, count)])


def _most_lateral(ischium: shapely.Polygon) -> np.ndarray:
    points = shapely.get_coordinates(ischium.exterior)
    return points[points[:, 0].argmax()]


def _gap(medial: shapely.Geometry, lateral: shapely.Geometry, level: float) -> Gap:
    ends = nearest_points(medial, lateral)
    return Gap(float(ends[0].distance(ends[1])),
               *(np.array([end.x, end.y, level]) for end in ends))


def _rounded(area: shapely.Geometry, radius: float) -> shapely.Geometry:
    return area.buffer(-radius).buffer(2 * radius).buffer(-radius)


def _largest(area: shapely.Geometry) -> shapely.Polygon:
    return max(shapely.get_parts(area), key=lambda part: part.area)
