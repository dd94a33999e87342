"""Five tests that look for other causes, one person each, with the examiner's hands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely import Polygon, box
from shapely.affinity import rotate

from figures import person, svg
from figures.person import SHANK, SHANK_BEHIND, THIGH, THIGH_BEHIND, Arm, Leg
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
    sleeve,
    sore,
    style,
)

CELL = (312, 302)
LEFT, RIGHT = 4, 324
TALL = 292  # figure units to a body's height
STRAIGHT = Leg(2, 2, 10)
ABOVE_KNEE = np.array([-0.005, 0.03])
RIGHT_HIP, LEFT_HIP = np.array([-0.047, 0]), np.array([0.047, 0])


@dataclass(frozen=True)
class Cell:
    """One test: where it stands, its name, and what is done in two lines."""

    corner: Point
    name: str
    done: str

    def at(self, x: float, y: float) -> Point:
        """A place of the figure, from the cell's corner."""
        return self.corner[0] + x, self.corner[1] + y

    def place(self, x: float, y: float, lying: bool = True) -> Place:
        """A person whose hip lies there."""
        return Place(self.at(x, y), TALL, lying)


FADIR = Cell((LEFT, 0), "FADIR", "Flex to 90°, adduct,\nrotate internally")
FABER = Cell((RIGHT, 0), "FABER", "Ankle above the other\nknee; the knee falls")
BENT = Cell((LEFT, 312), "Bent-knee stretch", "Flex hip and knee, then\nstraighten it slowly")
RAISE = Cell((RIGHT, 312), "Straight-leg raise", "Knee straight, raise\nby the heel")
SEATED = Cell((LEFT, 624), "Seated piriformis stretch", "Knee straight: adduct,\nrotate internally")
KEY = Cell((RIGHT, 624), "", "")
CELLS = (FADIR, FABER, BENT, RAISE, SEATED)


def figure() -> str:
    """All five, two to a row, and a key in the sixth place."""
    drawing = [*map(_ground, CELLS), *fadir(), *faber(), *bent_knee(), *raised(), *seated(),
               *key()]
    labels = [*(svg.text(cell.name, cell.at(10, 28), classes="strong") for cell in CELLS),
              *(svg.text(cell.done, cell.at(10, 266), classes="quiet") for cell in CELLS),
              svg.text("Where the pain counts", KEY.at(56, 70)),
              svg.text("What the examiner\ndoes", KEY.at(56, 126)),
              svg.text("The examiner’s hands", KEY.at(56, 208))]
    return svg.document((640, 928), "Five tests for other causes", DESCRIPTION, drawing, labels,
                        style())


DESCRIPTION = (
    "FADIR: the person lies on the back, the right hip and knee at 90 degrees; the examiner moves"
    " the knee across and the foot outwards, and pain in the groin counts. FABER: seen from above,"
    " the right ankle lies above the left knee and the right knee falls outwards. Bent-knee"
    " stretch: on the back, hip and knee fully bent, then the knee is slowly straightened, and pain"
    " at the ischial tuberosity counts. Straight-leg raise: on the back, the straight leg is raised"
    " by the heel, and pain down the leg counts. Seated piriformis stretch: sitting with the knee"
    " straight, the hip is adducted and rotated internally while a hand feels behind; pain in the"
    " buttock counts.")


def _ground(cell: Cell) -> str:
    x, y = cell.corner
    return (f'<rect class="couch" x="{x}" y="{y}" width="{CELL[0]}" height="{CELL[1]}" rx="14"/>')


def fadir() -> list[str]:
    """Hip and knee at a right angle; the knee goes across, the foot outwards."""
    place, leg = FADIR.place(146, 196), Leg(92, 94, 0)
    knee, ankle = place.at(person.knee(leg)), place.at(person.ankle(leg))
    return [*_couch(FADIR), *supine(place, leg), *sore(place.at((0.052, -0.005))),
            *sleeve(FADIR.at(268, 60), (knee[0] + 4, knee[1] - 2), 8),
            *sleeve(FADIR.at(300, 118), (ankle[0] + 2, ankle[1] - 8), 8),
            *_bend((knee[0] - 34, knee[1] + 22), (knee[0] - 40, knee[1] - 14),
                   (knee[0] - 10, knee[1] - 30)),
            *_bend((ankle[0] + 18, ankle[1] - 16), (ankle[0] + 40, ankle[1] + 14),
                   (ankle[0] + 14, ankle[1] + 30))]


def bent_knee() -> list[str]:
    """Hip and knee fully bent; the shank is brought up."""
    place, leg = BENT.place(146, 196), Leg(118, 118, 0)
    ankle, knee = person.ankle(leg), person.knee(leg)
    path = [place.at(person.end(SHANK * 0.96, knee, angle)) for angle in np.linspace(12, 74, 8)]
    hand, heel = place.at(knee), place.at(ankle)
    return [*_couch(BENT), *supine(place, leg), *sore(place.at((-0.062, -0.03))),
            *sleeve(BENT.at(40, 62), (hand[0] - 6, hand[1] + 2), 8),
            *sleeve(BENT.at(300, 150), (heel[0] + 6, heel[1] + 4), 8), *arrow(path)]


def raised() -> list[str]:
    """The straight leg raised by the heel."""
    place, leg = RAISE.place(146, 196), Leg(48, 2, 8)
    ankle = place.at(person.ankle(leg))
    path = [place.at(person.end(0.40, np.zeros(2), angle)) for angle in np.linspace(10, 38, 6)]
    calf = place.at(person.end(0.34, np.array([-0.05, 0.0]), leg.hip))
    return [*_couch(RAISE), *supine(place, leg), *sore(calf), *arrow(path),
            *sleeve(RAISE.at(306, 150), (ankle[0] + 4, ankle[1] + 4), 8)]


def seated() -> list[str]:
    """Sitting, the knee straight; one hand at the ankle, one behind the hip."""
    place, leg = Place(SEATED.at(112, 165), 250), Leg(88, 4, 4)
    ankle, x, y = place.at(person.ankle(leg)), *SEATED.at(0, 0)
    couch = f'<rect class="pillow" x="{x + 40}" y="{y + 182}" width="112" height="28" rx="6"/>'
    behind = place.at((-0.075, -0.02))
    return [couch, *upright(place, leg, Leg(86, 88)), *sore(behind),
            *sleeve(SEATED.at(16, 98), (behind[0] - 8, behind[1] - 12), 8),
            *sleeve(SEATED.at(292, 96), (ankle[0] + 4, ankle[1] - 8), 8),
            *_bend((ankle[0] - 40, ankle[1] - 20), (ankle[0] - 22, ankle[1] - 44),
                   (ankle[0] - 2, ankle[1] - 26))]


def faber() -> list[str]:
    """Seen from above: the ankle lies above the other knee, the knee falls outwards."""
    place = FABER.place(146, 128)
    knee = person.end(THIGH * 0.9, RIGHT_HIP, -52)
    other = person.end(THIGH, LEFT_HIP, 0) + ABOVE_KNEE
    back = other - knee
    swing = float(np.degrees(np.arctan2(back[0], -back[1])))
    tested = person.joined([
        person.limb(THIGH_BEHIND, THIGH * 0.9, RIGHT_HIP, -52),
        person.limb(SHANK_BEHIND, float(np.hypot(*back)), knee, swing)])
    rest = person.joined([person.limb(THIGH_BEHIND, THIGH, LEFT_HIP, 0),
                          person.limb(SHANK_BEHIND, SHANK, person.end(THIGH, LEFT_HIP, 0), 0)])
    hand, hip = place.at(knee), place.at((0.06, 0.06))
    return [*_from_front(place, tested, rest),
            *sleeve(FABER.at(300, 250), (hand[0] + 10, hand[1] - 2), 8),
            *sleeve(FABER.at(250, 40), (hip[0] + 6, hip[1] - 2), 8),
            *_bend((hand[0] - 26, hand[1] - 26), (hand[0] - 34, hand[1] - 6),
                   (hand[0] - 30, hand[1] + 20))]


def _from_front(place: Place, tested: Polygon, rest: Polygon) -> list[str]:
    body = person.back_outline()
    vest = box(-1, WAIST, 1, NECKLINE)
    hem = rotate(box(-0.14, -HEM * THIGH * 0.8, 0.06, 0.05), -52, origin=tuple(RIGHT_HIP))
    hips = box(-1, -HEM * THIGH * 0.8, 1, WAIST)
    return [part(place, rest, "skin"), part(place, rest & hips, "cloth"),
            part(place, body, "skin"), part(place, body & hips, "cloth"),
            part(place, tested, "skin"),
            part(place, tested & hem, "cloth"),
            part(place, body & vest, "cloth"), part(place, person.hair_front(), "hair")]


def supine(place: Place, tested: Leg) -> list[str]:
    """A person on the back, seen from the right."""
    return upright(place, tested, STRAIGHT)


def upright(place: Place, tested: Leg, resting: Leg) -> list[str]:
    """Trunk, head and arm with both legs, the tested one near."""
    shoulder = np.array(SHOULDER[0])
    near, far = person.leg_outline(tested), person.leg_outline(resting)
    body = person.joined([person.trunk_outline(), near], 0.006)
    vest, belt = box(-1, WAIST, 1, NECKLINE), box(-1, -0.1, 1, WAIST)
    return [part(place, far, "skin-far"), part(place, far & shorts(resting), "cloth-far"),
            part(place, person.joined([body, person.head_outline()]), "skin"),
            part(place, body & (shorts(tested) | belt & person.trunk_outline()) - vest, "cloth"),
            part(place, body & vest, "cloth"), part(place, person.hair_outline(), "hair"),
            part(place, person.arm_outline(Arm(-6, 12), shoulder), "skin")]


def _couch(cell: Cell) -> list[str]:
    x, y = cell.at(6, 220)
    return [f'<rect class="pillow" x="{x}" y="{y}" width="{CELL[0] - 12}" height="14" rx="6"/>']


def _bend(start: Point, middle: Point, end: Point) -> list[str]:
    """An arrow along a bow."""
    a, b, c = (np.array(point) for point in (start, middle, end))
    shares = np.linspace(0, 1, 9)[:, None]
    line = (1 - shares) ** 2 * a + 2 * shares * (1 - shares) * b + shares ** 2 * c
    return arrow([tuple(point) for point in line])


def key() -> list[str]:
    """What the marks mean."""
    return [*sore(KEY.at(26, 64)), *arrow([KEY.at(8, 132), KEY.at(26, 126), KEY.at(44, 122)]),
            *sleeve(KEY.at(4, 214), KEY.at(46, 198), 8)]
