"""A person in outline, posed by joint angles, from the side and from behind.

Lengths are shares of the body's height. From the side the person faces right: x is forward, y up,
and the origin is the hip joint; from behind x is to the right. Outlines are polygons, so that
limbs join by union and the creases between them can be rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Point, Polygon

THIGH, SHANK, UPPER_ARM, FOREARM = 0.245, 0.246, 0.176, 0.146
CREASE = 0.012  # radius of the fillet where two limbs join

# Each row: share of the segment's length from its upper joint, then depth in front and behind.
THIGH_SHAPE = (
    (-0.16, 0.045, 0.056),
    (0, 0.053, 0.066),
    (0.2, 0.054, 0.060),
    (0.45, 0.047, 0.047),
    (0.7, 0.037, 0.035),
    (0.88, 0.032, 0.029),
    (1, 0.029, 0.028),
    (1.07, 0.018, 0.018),
)
SHANK_SHAPE = (
    (-0.07, 0.018, 0.018),
    (0, 0.029, 0.028),
    (0.1, 0.028, 0.033),
    (0.22, 0.023, 0.043),
    (0.34, 0.021, 0.045),
    (0.5, 0.019, 0.036),
    (0.7, 0.017, 0.024),
    (0.88, 0.017, 0.019),
    (1, 0.017, 0.019),
    (1.07, 0.010, 0.012),
)
UPPER_ARM_SHAPE = (
    (-0.20, 0.010, 0.010),
    (-0.13, 0.024, 0.025),
    (0, 0.030, 0.030),
    (0.2, 0.027, 0.029),
    (0.5, 0.022, 0.025),
    (0.8, 0.018, 0.020),
    (1, 0.017, 0.018),
    (1.08, 0.010, 0.010),
)
FOREARM_SHAPE = (
    (-0.08, 0.010, 0.010),
    (0, 0.017, 0.018),
    (0.22, 0.019, 0.020),
    (0.6, 0.014, 0.015),
    (0.98, 0.010, 0.011),
    (1.12, 0.012, 0.014),
    (1.32, 0.015, 0.015),
    (1.5, 0.012, 0.012),
    (1.66, 0.007, 0.006),
)
TRUNK_FRONT = (
    (-0.075, 0.020),
    (-0.05, 0.040),
    (0, 0.054),
    (0.05, 0.058),
    (0.09, 0.054),
    (0.13, 0.049),
    (0.165, 0.053),
    (0.192, 0.068),
    (0.213, 0.073),
    (0.238, 0.063),
    (0.268, 0.041),
    (0.295, 0.022),
    (0.335, 0.012),
)
TRUNK_BACK = (
    (0.345, -0.040),
    (0.315, -0.044),
    (0.29, -0.057),
    (0.255, -0.070),
    (0.21, -0.073),
    (0.16, -0.058),
    (0.115, -0.047),
    (0.085, -0.051),
    (0.045, -0.070),
    (0.005, -0.083),
    (-0.03, -0.082),
    (-0.06, -0.066),
)
HEAD = (
    (0.20, -0.06),
    (0.10, 0.14),
    (0.055, 0.30),
    (0.02, 0.48),
    (0.03, 0.66),
    (0.10, 0.83),
    (0.22, 0.945),
    (0.40, 1),
    (0.57, 0.97),
    (0.69, 0.88),
    (0.755, 0.75),
    (0.775, 0.64),
    (0.762, 0.575),
    (0.80, 0.50),
    (0.850, 0.415),
    (0.845, 0.385),
    (0.795, 0.355),
    (0.790, 0.33),
    (0.812, 0.295),
    (0.797, 0.258),
    (0.808, 0.222),
    (0.783, 0.175),
    (0.783, 0.12),
    (0.770, 0.045),
    (0.715, 0.005),
    (0.60, 0.025),
    (0.50, 0.06),
    (0.455, -0.04),
)
HEAD_HEIGHT, HEAD_AT = 0.135, (-0.052, 0.325)
HAIR = (
    (0.10, 0.22),
    (0.035, 0.36),
    (0.005, 0.50),
    (0.012, 0.68),
    (0.085, 0.86),
    (0.21, 0.975),
    (0.40, 1.03),
    (0.58, 1.0),
    (0.70, 0.915),
    (0.765, 0.79),
    (0.70, 0.78),
    (0.58, 0.76),
    (0.48, 0.68),
    (0.44, 0.56),
    (0.40, 0.47),
    (0.30, 0.38),
    (0.20, 0.26),
)
KNOT, KNOT_SIZE = (-0.03, 0.60), 0.021
BACK = (
    (0.375, 0.026),
    (0.33, 0.027),
    (0.309, 0.034),
    (0.297, 0.060),
    (0.288, 0.092),
    (0.270, 0.112),
    (0.245, 0.113),
    (0.220, 0.098),
    (0.18, 0.083),
    (0.125, 0.068),
    (0.085, 0.076),
    (0.04, 0.091),
    (0, 0.095),
    (-0.035, 0.085),
    (-0.055, 0.045),
    (-0.06, 0.012),
)
BACK_HEAD = 0.395
THIGH_BEHIND = (
    (-0.18, 0.040, 0.030),
    (0, 0.048, 0.048),
    (0.2, 0.047, 0.045),
    (0.5, 0.039, 0.037),
    (0.8, 0.031, 0.030),
    (0.97, 0.029, 0.028),
    (1.08, 0.018, 0.018),
)
SHANK_BEHIND = (
    (-0.42, 0.012, 0.012),
    (-0.25, 0.024, 0.024),
    (0, 0.031, 0.031),
    (0.3, 0.034, 0.034),
    (0.7, 0.024, 0.024),
    (0.95, 0.018, 0.018),
    (1.06, 0.021, 0.021),
    (1.16, 0.012, 0.012),
)
SOLE = (
    (-0.035, 0),
    (-0.028, 0.017),
    (-0.005, 0.020),
    (0.03, 0.018),
    (0.06, 0.026),
    (0.088, 0.027),
    (0.105, 0.018),
    (0.109, 0.0),
    (0.104, -0.016),
    (0.085, -0.026),
    (0.055, -0.022),
    (0.02, -0.016),
    (-0.01, -0.019),
    (-0.029, -0.015),
)
FOOT = (
    (-0.020, 0.03),
    (-0.027, 0.005),
    (-0.038, -0.012),
    (-0.041, -0.028),
    (-0.034, -0.039),
    (0.0, -0.039),
    (0.045, -0.037),
    (0.085, -0.039),
)
TOES = ((0.118, -0.039), (0.131, -0.034), (0.129, -0.022), (0.108, -0.014))
INSTEP = ((0.075, -0.006), (0.045, 0.008), (0.024, 0.022), (0.019, 0.035))
TOE_JOINT = (0.09, -0.030)


@dataclass(frozen=True)
class Leg:
    """Degrees: hip and knee flexion positive, `foot` lifts the toes, `toes` bends them up."""

    hip: float = 0
    knee: float = 0
    foot: float = 0
    toes: float = 0


@dataclass(frozen=True)
class Arm:
    """Degrees of flexion at shoulder and elbow."""

    shoulder: float = 0
    elbow: float = 0


def smooth(points: Sequence[Sequence[float]] | np.ndarray, steps: int = 6) -> np.ndarray:
    """Points along a closed Catmull-Rom curve through the given ones."""
    p = np.asarray(points, float)
    around = np.vstack([p[-1:], p, p[:2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = [
        (
            (2 * b)
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        / 2
        for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False)
    ]
    return np.vstack(parts)


def turned(points: Sequence[Sequence[float]] | np.ndarray, degrees: float) -> np.ndarray:
    """Points turned anticlockwise about the origin."""
    a = np.radians(degrees)
    return np.asarray(points, float) @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])


def limb(shape: Sequence[Sequence[float]], length: float, at: np.ndarray, swing: float) -> Polygon:
    """A segment that hangs from `at`, swung forwards by `swing` degrees."""
    front = [(f, -t * length) for t, f, _ in shape]
    back = [(-b, -t * length) for t, _, b in reversed(shape)]
    return Polygon(turned(smooth(front + back), swing) + at)


def end(length: float, at: np.ndarray, swing: float) -> np.ndarray:
    """The lower joint of a segment."""
    return at + turned([(0, -length)], swing)[0]


def knee(leg: Leg) -> np.ndarray:
    """Where the knee is."""
    return end(THIGH, np.zeros(2), leg.hip)


def ankle(leg: Leg) -> np.ndarray:
    """Where the ankle is."""
    return end(SHANK, knee(leg), leg.hip - leg.knee)


def leg_outline(leg: Leg) -> Polygon:
    """Thigh, shank and foot."""
    swing = leg.hip - leg.knee
    return joined(
        [
            limb(THIGH_SHAPE, THIGH, np.zeros(2), leg.hip),
            limb(SHANK_SHAPE, SHANK, knee(leg), swing),
            Polygon(turned(_foot(leg.toes), swing + leg.foot) + ankle(leg)),
        ]
    )


def _foot(toes: float) -> np.ndarray:
    joint = np.array(TOE_JOINT)
    return smooth([*FOOT, *(turned(np.array(TOES) - joint, toes) + joint), *INSTEP])


def arm_outline(arm: Arm, shoulder: np.ndarray) -> Polygon:
    """Upper arm, forearm and hand."""
    elbow = end(UPPER_ARM, shoulder, arm.shoulder)
    return joined(
        [
            limb(UPPER_ARM_SHAPE, UPPER_ARM, shoulder, arm.shoulder),
            limb(FOREARM_SHAPE, FOREARM, elbow, arm.shoulder + arm.elbow),
        ]
    )


def trunk_outline() -> Polygon:
    """Pelvis to neck, upright."""
    return Polygon(smooth([(x, y) for y, x in (*TRUNK_FRONT, *TRUNK_BACK)]))


def head_outline() -> Polygon:
    """The head, facing right."""
    return Polygon(smooth(np.array(HEAD) * HEAD_HEIGHT + HEAD_AT))


def hair_outline() -> Polygon:
    """The hair, gathered in a knot."""
    cap = Polygon(smooth(np.array(HAIR) * HEAD_HEIGHT + HEAD_AT))
    return joined([cap, Point(np.array(KNOT) * HEAD_HEIGHT + HEAD_AT).buffer(KNOT_SIZE)], 0.006)


def back_outline() -> Polygon:
    """Trunk and head from behind."""
    right = [(x, y) for y, x in BACK]
    trunk = Polygon(smooth(right + [(-x, y) for x, y in reversed(right)]))
    return joined([trunk, Point(0, BACK_HEAD).buffer(0.052)])


def thigh_behind(at: np.ndarray, swing: float) -> Polygon:
    """The right thigh from behind, swung outwards by `swing` degrees."""
    return limb(THIGH_BEHIND, THIGH, at, swing)


def joined(parts: Sequence[Polygon], crease: float = CREASE) -> Polygon:
    """One outline, with the inner corners rounded."""
    whole = shapely.union_all([part.buffer(0) for part in parts])
    return whole.buffer(crease).buffer(-crease)


def shank_behind(knee: np.ndarray, swing: float) -> tuple[Polygon, Polygon]:
    """Shank and sole of the right leg when the bent knee points them at the viewer."""
    length = SHANK * np.sin(np.radians(swing))
    shank = limb(SHANK_BEHIND, length, knee, -90)
    heel = knee - np.array([length, 0])
    return shank, Polygon(smooth(turned(np.array(SOLE), -90) + heel))


def resting_leg_behind(hip: np.ndarray, leg: Leg) -> Polygon:
    """The other leg from behind, bent forwards: both segments are foreshortened."""
    thigh, shank = (
        length * np.cos(np.radians(swing))
        for length, swing in ((THIGH, leg.hip), (SHANK, leg.hip - leg.knee))
    )
    knee = end(thigh, hip, 0)
    return joined([limb(THIGH_BEHIND, thigh, hip, 0), limb(SHANK_BEHIND, shank, knee, 0)])


def hair_behind() -> Polygon:
    """The hair from behind, gathered in a knot."""
    cap, middle = Point(0, BACK_HEAD + 0.004).buffer(0.055), Point(0, BACK_HEAD)
    return cap - middle.buffer(KNOT_SIZE + 0.004) | middle.buffer(KNOT_SIZE)
