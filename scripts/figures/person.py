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
THIGH_SHAPE = ((-0.16, .045, .056), (0, .053, .066), (.2, .054, .060), (.45, .047, .047),
               (.7, .037, .035), (.88, .032, .029), (1, .029, .028), (1.07, .018, .018))
SHANK_SHAPE = ((-0.07, .018, .018), (0, .029, .028), (.1, .028, .033), (.22, .023, .043),
               (.34, .021, .045), (.5, .019, .036), (.7, .017, .024), (.88, .017, .019),
               (1, .017, .019), (1.07, .010, .012))
UPPER_ARM_SHAPE = ((-0.20, .010, .010), (-.13, .024, .025), (0, .030, .030), (.2, .027, .029),
                   (.5, .022, .025), (.8, .018, .020), (1, .017, .018), (1.08, .010, .010))
FOREARM_SHAPE = ((-0.08, .010, .010), (0, .017, .018), (.22, .019, .020), (.6, .014, .015),
                 (.98, .010, .011), (1.12, .012, .014), (1.32, .015, .015), (1.5, .012, .012),
                 (1.66, .007, .006))
TRUNK_FRONT = ((-.075, .020), (-.05, .040), (0, .054), (.05, .058), (.09, .054), (.13, .049),
               (.165, .053), (.192, .068), (.213, .073), (.238, .063), (.268, .041), (.295, .022),
               (.335, .012))
TRUNK_BACK = ((.345, -.040), (.315, -.044), (.29, -.057), (.255, -.070), (.21, -.073),
              (.16, -.058), (.115, -.047), (.085, -.051), (.045, -.070), (.005, -.083),
              (-.03, -.082), (-.06, -.066))
HEAD = ((.20, -.06), (.10, .14), (.055, .30), (.02, .48), (.03, .66), (.10, .83), (.22, .945),
        (.40, 1), (.57, .97), (.69, .88), (.755, .75), (.775, .64), (.762, .575), (.80, .50),
        (.850, .415), (.845, .385), (.795, .355), (.790, .33), (.812, .295), (.797, .258),
        (.808, .222), (.783, .175), (.783, .12), (.770, .045), (.715, .005), (.60, .025),
        (.50, .06), (.455, -.04))
HEAD_HEIGHT, HEAD_AT = 0.135, (-.052, .325)
HAIR = ((.10, .22), (.035, .36), (.005, .50), (.012, .68), (.085, .86), (.21, .975), (.40, 1.03),
        (.58, 1.0), (.70, .915), (.765, .79), (.70, .78), (.58, .76), (.48, .68), (.44, .56),
        (.40, .47), (.30, .38), (.20, .26))
KNOT, KNOT_SIZE = (-.03, .60), 0.021
BACK = ((.375, .026), (.33, .027), (.309, .034), (.297, .060), (.288, .092), (.270, .112),
        (.245, .113), (.220, .098), (.18, .083), (.125, .068), (.085, .076), (.04, .091), (0, .095),
        (-.035, .085), (-.055, .045), (-.06, .012))
BACK_HEAD = 0.395
THIGH_BEHIND = ((-.18, .040, .030), (0, .048, .048), (.2, .047, .045), (.5, .039, .037),
                (.8, .031, .030), (.97, .029, .028), (1.08, .018, .018))
SHANK_BEHIND = ((-.42, .012, .012), (-.25, .024, .024), (0, .031, .031), (.3, .034, .034),
                (.7, .024, .024), (.95, .018, .018), (1.06, .021, .021),
                (1.16, .012, .012))
SOLE = ((-.035, 0), (-.028, .017), (-.005, .020), (.03, .018), (.06, .026), (.088, .027),
        (.105, .018), (.109, .0), (.104, -.016), (.085, -.026), (.055, -.022), (.02, -.016),
        (-.01, -.019), (-.029, -.015))
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


def smooth(points: Sequence[Sequence[float]] | np.ndarray, steps: int = 6) -> np.ndarray:
    """Points along a closed Catmull-Rom curve through the given ones."""
    p = np.asarray(points, float)
    around = np.vstack([p[-1:], p, p[:2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = [((2 * b) + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
              + (3 * b - a - 3 * c + d) * t**3) / 2
             for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False)]
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
    thigh, shank = (length * np.cos(np.radians(swing))
                    for length, swing in ((THIGH, leg.hip), (SHANK, leg.hip - leg.knee)))
    knee = end(thigh, hip, 0)
    return joined([limb(THIGH_BEHIND, thigh, hip, 0), limb(SHANK_BEHIND, shank, knee, 0)])


def hair_behind() -> Polygon:
    """The hair from behind, gathered in a knot."""
    cap, middle = Point(0, BACK_HEAD + 0.004).buffer(0.055), Point(0, BACK_HEAD)
    return cap - middle.buffer(KNOT_SIZE + 0.004) | middle.buffer(KNOT_SIZE)


def hair_front() -> Polygon:
    """The hair from in front, round the face."""
    return Point(0, BACK_HEAD + 0.004).buffer(0.055) - Point(0, BACK_HEAD - 0.014).buffer(0.048)
