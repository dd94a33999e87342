"""The provocation of the hip: a person on the unaffected side, from above and from behind."""

from __future__ import annotations

import numpy as np
from shapely import box
from shapely.affinity import rotate

from figures import person, svg
from figures.person import THIGH, Arm, Leg
from figures.sketch import (
    HEM,
    NECKLINE,
    SHOULDER,
    WAIST,
    Place,
    Point,
    arrow,
    part,
    shorts,
    sore,
    style,
    turn,
)

ABOVE = Place((282, 178), 520, lying=True)
TESTED, RESTING = Leg(-17, 72, -8), Leg(38, 62, 6)
BEHIND = Place((282, 562), 520, lying=True)
ADDUCTED, FOOT_SWING = 9, 20  # degrees: of the thigh and of the shank, both towards the couch
RIGHT_HIP, LEFT_HIP = np.array([0.047, 0]), np.array([-0.047, 0])


def figure() -> str:
    """The provoking position from above, which shows extension, and from behind, for the rest."""
    knee = person.end(THIGH, RIGHT_HIP, -ADDUCTED)
    spot = BEHIND.at((0.062, -0.022))
    drawing = [couch(34, 344), pillow((24, 96), (92, 160)), *lying_from_above(),
               *turn(ABOVE, (0, 0), 0, TESTED.hip, 0.34),
               couch(424, 234), *lying_from_behind(knee),
               *turn(BEHIND, RIGHT_HIP, 0, -ADDUCTED, 0.36), *foot_arrow(knee), *sore(spot)]
    labels = [svg.text("Seen from above", (4, 24), classes="strong"),
              svg.text("Seen from behind", (4, 414), classes="strong"),
              svg.text("on the unaffected side", (636, 24), "end", "quiet"),
              svg.text("1 Extension", (472, 264), classes="value"),
              svg.text("2 Adduction", (628, 516), "end", "value"),
              svg.text("3 External rotation", (362, 648), "end", "value"),
              svg.path(svg.polyline([(spot[0], 468), (spot[0], spot[1] - 22)]), "lead"),
              svg.text("Pain lateral to the ischium", (spot[0], 460), "middle", "sore")]
    return svg.document((640, 662), "Provocation of the right hip", DESCRIPTION, drawing, labels,
                        style())


DESCRIPTION = (
    "A person lies on the left side. Seen from above, the right hip is extended behind the line "
    "of the trunk with the knee bent, while the left hip and knee are bent for support. Seen "
    "from behind, the right thigh drops into adduction and the foot swings towards the couch, "
    "which rotates the hip externally. The place of the pain is marked in the lower buttock, "
    "lateral to the ischium.")


def couch(top: float, height: float) -> str:
    """What the person lies on."""
    return f'<rect class="couch" x="4" y="{top}" width="632" height="{height}" rx="14"/>'


def pillow(corner: Point, size: Point) -> str:
    """What the head lies on."""
    (x, y), (width, height) = corner, size
    return f'<rect class="pillow" x="{x}" y="{y}" width="{width}" height="{height}" rx="22"/>'


def lying_from_above() -> list[str]:
    """The person on the left side, facing up the page."""
    shoulder = np.array(SHOULDER[0])
    near, far = person.leg_outline(TESTED), person.leg_outline(RESTING)
    body = person.joined([person.trunk_outline(), near])
    vest, belt = box(-1, WAIST, 1, NECKLINE), box(-1, -0.1, 1, WAIST)
    under = person.arm_outline(Arm(70, 102), shoulder)
    over = person.arm_outline(Arm(34, 96), shoulder)
    return [part(ABOVE, far, "skin-far"), part(ABOVE, far & shorts(RESTING), "cloth-far"),
            part(ABOVE, under, "skin-far"),
            part(ABOVE, person.joined([body, person.head_outline()]), "skin"),
            part(ABOVE, body & (shorts(TESTED) | belt) - vest, "cloth"),
            part(ABOVE, body & vest, "cloth"), part(ABOVE, person.hair_outline(), "hair"),
            part(ABOVE, over, "skin")]


def lying_from_behind(knee: np.ndarray) -> list[str]:
    """The person on the left side, from behind; the bent shank points at the viewer."""
    thigh = person.thigh_behind(RIGHT_HIP, -ADDUCTED)
    body = person.joined([person.back_outline(), thigh])
    rest = person.resting_leg_behind(LEFT_HIP, RESTING)
    shank, sole = person.shank_behind(knee, FOOT_SWING)
    vest, belt = box(-1, WAIST, 1, NECKLINE), box(-1, -0.1, 1, WAIST)
    hem = rotate(box(-0.1, -HEM * THIGH, 0.12, 0.05), -ADDUCTED, origin=tuple(RIGHT_HIP))
    return [part(BEHIND, rest, "skin-far"),
            part(BEHIND, rest & box(-1, -HEM * THIGH * 0.8, 1, 0.1), "cloth-far"),
            part(BEHIND, body, "skin"), part(BEHIND, body & (hem | belt) - vest, "cloth"),
            part(BEHIND, body & vest, "cloth"), part(BEHIND, person.hair_behind(), "hair"),
            part(BEHIND, shank, "skin"), part(BEHIND, sole, "skin")]


def foot_arrow(knee: np.ndarray) -> list[str]:
    """The way of the foot as the hip turns outwards."""
    return arrow([BEHIND.at(knee + np.array([-t, 0.058])) for t in np.linspace(0, 0.115, 8)])
