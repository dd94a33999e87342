"""Points found on the bones by rule, in the frame of `motion`, in neutral position."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from figures.hip import Hip, unit

Points = np.ndarray
POSTEROMEDIAL = unit([-0.75, -0.66])
SLAB = 1.5  # mm above and below a level that still count as that level


def all_landmarks(hip: Hip) -> dict[str, np.ndarray]:
    """Every single point that the figures and the browser use, by name."""
    return {
        "hip centre": np.zeros(3),
        "lesser trochanter": lesser_trochanter(hip),
        "greater trochanter": greater_trochanter(hip),
        "ischial spine": ischial_spine(hip),
        "ischial tuberosity": ischial_tuberosity(hip),
        "quadrate tubercle": crest(hip, [-30.0])[0],
    }


def lesser_trochanter(hip: Hip) -> np.ndarray:
    """Apex: the point 40 to 85 mm below the head that stands out most, posteromedially."""
    points = hip.femur.vertices
    level = points[(points[:, 2] < -40) & (points[:, 2] > -85)]
    return level[((level[:, :2] - _shaft(hip, level[:, 2])) @ POSTEROMEDIAL).argmax()]


def greater_trochanter(hip: Hip) -> np.ndarray:
    """The most lateral point of the femur."""
    points = hip.femur.vertices[hip.femur.vertices[:, 2] > -60]
    return points[points[:, 0].argmax()]


def ischial_spine(hip: Hip) -> np.ndarray:
    """The point that stands out most posteromedially at the height of the hip centre."""
    points = hip.pelvis.vertices
    level = points[(abs(points[:, 2]) < 12) & (points[:, 1] < -20)]
    return level[(level[:, :2] @ unit([-0.5, -0.87])).argmax()]


def ischial_tuberosity(hip: Hip) -> np.ndarray:
    """The most posterior point of the ischium 30 mm and more below the hip centre."""
    points = hip.pelvis.vertices[hip.pelvis.vertices[:, 2] < -30]
    return points[points[:, 1].argmin()]


def tuberosity_border(hip: Hip, levels: Iterable[float]) -> Points:
    """Lateral border of the ischium, its most lateral point at each height."""
    points = hip.pelvis.vertices[hip.pelvis.vertices[:, 1] < -30]
    return _smoothed([_extreme(points, z, axis=0, sign=1) for z in levels])


def crest(hip: Hip, levels: Iterable[float]) -> Points:
    """Intertrochanteric crest and the line below it: the most posterior point at each height."""
    points = hip.femur.vertices[hip.femur.vertices[:, 0] > 25]
    return _smoothed([_extreme(points, z, axis=1, sign=-1) for z in levels])


def _extreme(points: Points, level: float, axis: int, sign: int) -> np.ndarray:
    slab = points[abs(points[:, 2] - level) < SLAB]
    return slab[(sign * slab[:, axis]).argmax()]


def _smoothed(points: list[np.ndarray]) -> Points:
    """The points on their own parabola in height: a border wanders less than its extreme points."""
    line = np.array(points)
    degree = min(2, len(line) - 1)
    x, y = (np.polyval(np.polyfit(line[:, 2], line[:, axis], degree), line[:, 2])
            for axis in (0, 1))
    return np.c_[x, y, line[:, 2]]


def _shaft(hip: Hip, levels: np.ndarray) -> np.ndarray:
    """Where the axis of the upper shaft, 110 to 200 mm below the head, lies at each height."""
    points = hip.femur.vertices
    shaft = points[(points[:, 2] < -110) & (points[:, 2] > -200)]
    return np.stack([np.polyval(np.polyfit(shaft[:, 2], shaft[:, axis], 1), levels)
                     for axis in (0, 1)], axis=1)
