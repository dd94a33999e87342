"""The IFI test: a person on the unaffected side, an examiner, and the control in abduction."""

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
    part,
    shorts,
    sleeve,
    sore,
    style,
    turn,
)

ABOVE = Place((282, 178), 520, lying=True)
TESTED, RESTING = Leg(-17, 72, -8), Leg(38, 62, 6)
ADDUCTED, ABDUCTED = Place((282, 604), 520, lying=True), Place((282, 876), 520, lying=True)
DOWN, UP, FOOT = -9, 24, 8  # degrees: the thigh in each position, and the shank's slant
RIGHT_HIP, LEFT_HIP = np.array([0.047, 0]), np.array([-0.047, 0])
UNDER = np.array([0.03, 0])  # from the thigh's middle to where it is held


def figure() -> str:
    """The test from above, which shows extension, then adduction and abduction from behind."""
    spot = ADDUCTED.at((0.062, -0.022))
    drawing = [couch(34, 360), pillow((24, 96), (92, 160)), *lying_from_above(), *examiner(),
               *turn(ABOVE, (0, 0), 0, TESTED.hip, 0.34),
               couch(476, 210), *lying_from_behind(ADDUCTED, DOWN), *held(ADDUCTED, DOWN, 686),
               *turn(ADDUCTED, RIGHT_HIP, 0, DOWN, 0.36), *sore(spot),
               couch(740, 218), *lying_from_behind(ABDUCTED, UP), *held(ABDUCTED, UP, 958),
               *turn(ABDUCTED, RIGHT_HIP, 0, UP, 0.36)]
    labels = [svg.text("Seen from above: the hip is extended", (4, 24), classes="strong"),
              svg.text("Extension", (468, 250), classes="value"),
              svg.text("Examiner", (92, 424), classes="quiet"),
              svg.text("steadies the pelvis", (632, 424), "end", "quiet"),
              svg.text("Seen from behind: in adduction or neutral", (4, 466), classes="strong"),
              svg.text("Adduction", (628, 650), "end", "value"),
              svg.path(svg.polyline([(spot[0], 516), (spot[0], spot[1] - 22)]), "lead"),
              svg.text("Pain lateral to the ischium", (spot[0], 508), "middle", "sore"),
              svg.text("Control: the same extension in abduction", (4, 730), classes="strong"),
              svg.text("Abduction", (628, 800), "end", "value"),
              svg.text("The pain disappears", (16, 776), classes="strong")]
    return svg.document((640, 966), "The IFI test on the right hip", DESCRIPTION, drawing, labels,
                        style())


DESCRIPTION = (
    "A person lies on the left side, the left hip and knee bent for support; an examiner stands "
    "behind, steadies the pelvis with one hand and holds the right thigh above the bent knee with "
    "the other. Seen from above, the right hip is extended behind the line of the trunk. Seen from "
    "behind, the thigh is held in adduction and the pain is felt in the lower buttock, lateral to "
    "the ischium. In the control the same extension is done with the thigh raised in abduction, "
    "and the pain disappears.")


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


def examiner() -> list[str]:
    """The examiner from above, both arms on the person."""
    knee = ABOVE.at(person.end(THIGH * 0.86, np.zeros(2), TESTED.hip))
    return [*sleeve((232, 400), (270, 214), 15),
            *sleeve((352, 400), (knee[0] - 4, knee[1] + 18), 15),
            '<ellipse class="body coat" cx="292" cy="410" rx="80" ry="27"/>',
            '<circle class="body hair" cx="292" cy="404" r="29"/>']


def lying_from_behind(place: Place, swing: float) -> list[str]:
    """The person from behind, the right thigh swung up or down; the bent shank points outwards."""
    knee = person.end(THIGH, RIGHT_HIP, swing)
    thigh = person.thigh_behind(RIGHT_HIP, swing)
    body = person.joined([person.back_outline(), thigh])
    rest = person.resting_leg_behind(LEFT_HIP, RESTING)
    shank, sole = person.shank_behind(knee, FOOT)
    vest, belt = box(-1, WAIST, 1, NECKLINE), box(-1, -0.1, 1, WAIST)
    hem = rotate(box(-0.1, -HEM * THIGH, 0.12, 0.05), swing, origin=tuple(RIGHT_HIP))
    return [part(place, rest, "skin-far"),
            part(place, rest & box(-1, -HEM * THIGH * 0.8, 1, 0.1), "cloth-far"),
            part(place, body, "skin"), part(place, body & (hem | belt) - vest, "cloth"),
            part(place, body & vest, "cloth"), part(place, person.hair_behind(), "hair"),
            part(place, shank, "skin"), part(place, sole, "skin")]


def held(place: Place, swing: float, bottom: float) -> list[str]:
    """The examiner's hand under the thigh and the other on the pelvis."""
    thigh = place.at(person.end(THIGH * 0.8, RIGHT_HIP - UNDER, swing))
    pelvis = place.at((0.06, 0.075))
    return [*sleeve((thigh[0] - 26, bottom), (thigh[0], thigh[1] + 6), 13),
            *sleeve((pelvis[0] - 30, bottom), (pelvis[0], pelvis[1] + 6), 13)]
