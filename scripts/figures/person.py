"""A person in outline, posed by joint angles: drawn from the side and from behind.

Lengths are shares of the body's height (Drillis and Contini's segment lengths). From the side the
person faces right: x is forward, y up, and the origin is the hip joint. Outlines are polygons, so
that limbs join by union and the joints get smooth creases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Polygon
from shapely.affinity import affine_transform

THIGH, SHANK, UPPER_ARM, FOREARM = 0.245, 0.246, 0.176, 0.146
CREASE = 0.007  # radius of the fillet where two limbs join

# Each row: share of the segment's length from its upper joint, then depth in front and behind.
THIGH_SHAPE = ((-0.16, .045, .062), (0, .053, .068), (.2, .053, .056), (.45, .047, .044),
               (.7, .037, .034), (.88, .032, .029), (1, .032, .030), (1.06, .030, .030))
SHANK_SHAPE = ((-0.06, .027, .030), (0, .031, .030), (.1, .028, .033), (.22, .023, .043),
               (.34, .021, .045), (.5, .019, .036), (.7, .017, .023), (.88, .017, .019),
               (1, .019, .021), (1.05, .018, .022))
UPPER_ARM_SHAPE = ((-0.14, .020, .022), (0, .028, .028), (.2, .026, .028), (.5, .022, .024),
                   (.8, .019, .020), (1, .018, .019), (1.06, .017, .018))
FOREARM_SHAPE = ((-0.06, .017, .018), (0, .018, .019), (.22, .019, .020), (.6, .014, .014),
                 (1, .011, .011), (1.12, .013, .012), (1.35, .015, .012), (1.55, .011, .010),
                 (1.68, .005, .005))
TRUNK_FRONT = ((-.075, .020), (-.05, .040), (0, .054), (.05, .058), (.09, .054), (.13, .048),
               (.165, .054), (.195, .075), (.215, .080), (.24, .062), (.268, .040), (.295, .020),
               (.335, .012))
TRUNK_BACK = ((.345, -.040), (.315, -.044), (.29, -.058), (.255, -.072), (.21, -.074),
              (.16, -.056), (.115, -.043), (.085, -.047), (.045, -.072), (.005, -.090),
              (-.03, -.088), (-.06, -.066))
HEAD = ((.20, -.06), (.10, .14), (.055, .30), (.02, .48), (.03, .66), (.10, .83), (.22, .945),
        (.40, 1), (.57, .97), (.69, .88), (.755, .75), (.775, .64), (.762, .575), (.80, .50),
        (.850, .415), (.845, .385), (.795, .355), (.790, .33), (.812, .295), (.797, .258),
        (.808, .222), (.783, .175), (.783, .12), (.770, .045), (.715, .005), (.60, .025),
        (.50, .06), (.455, -.04))
HEAD_HEIGHT, HEAD_AT = 0.135, (-.052, .325)
FOOT = ((-.020, .03), (-.027, .005), (-.038, -.012), (-.041, -.028), (-.034, -.039),
        (.0, -.039), (.045, -.037), (.085, -.039))
TOES = ((.118, -.039), (.131, -.034), (.129, -.022), (.108, -.014))
INSTEP = ((.075, -.006), (.045, .008), (.024, .022), (.019, .035))
TOE_JOINT = (.09, -.030)


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


def smooth(points: Sequence[Sequence[float]], steps: int = 6, closed: bool = True) -> np.ndarray:
    """Points along a centripetal-looking Catmull-Rom curve through the given ones."""
    p = np.asarray(points, float)
    around = np.vstack([p[-1:], p, p[:2]]) if closed else np.vstack([p[:1], p, p[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = [((2 * b) + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
              + (3 * b - a - 3 * c + d) * t**3) / 2
             for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False)]
    return np.vstack(parts if closed else [*parts, p[-1:]])


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
    return joined([limb(THIGH_SHAPE, THIGH, np.zeros(2), leg.hip),
                   limb(SHANK_SHAPE, SHANK, knee(leg), swing),
                   Polygon(turned(_foot(leg.toes), swing + leg.foot) + ankle(leg))])


def _foot(toes: float) -> np.ndarray:
    joint = np.array(TOE_JOINT)
    return smooth([*FOOT, *(turned(np.array(TOES) - joint, toes) + joint), *INSTEP])


def arm_outline(arm: Arm, shoulder: np.ndarray) -> Polygon:
    """Upper arm, forearm and hand."""
    elbow = end(UPPER_ARM, shoulder, arm.shoulder)
    return joined([limb(UPPER_ARM_SHAPE, UPPER_ARM, shoulder, arm.shoulder),
                   limb(FOREARM_SHAPE, FOREARM, elbow, arm.shoulder + arm.elbow)])


def trunk_outline(lean: float = 0) -> Polygon:
    """Pelvis to crown, leaning forwards."""
    return transformed(joined([_trunk(), head_outline()]), lean)


def _trunk() -> Polygon:
    return Polygon(smooth([(x, y) for y, x in TRUNK_FRONT] + [(x, y) for y, x in TRUNK_BACK]))


def head_outline() -> Polygon:
    """The head, facing right."""
    return Polygon(smooth(np.array(HEAD) * HEAD_HEIGHT + HEAD_AT))


def transformed(shape: Polygon, lean: float) -> Polygon:
    """The shape turned clockwise (forwards) about the hip."""
    c, s = np.cos(np.radians(lean)), np.sin(np.radians(lean))
    return affine_transform(shape, [c, s, -s, c, 0, 0])


def joined(parts: Sequence[Polygon], crease: float = CREASE) -> Polygon:
    """One outline, with the inner corners rounded."""
    whole = shapely.union_all([part.buffer(0) for part in parts])
    return whole.buffer(crease).buffer(-crease)
