"""Long and short strides: two walkers from the side, and the bones at the trailing hip."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import Polygon, box
from shapely.affinity import rotate

from figures import person, svg
from figures.distance import Space
from figures.lens import lens
from figures.motion import Pose
from figures.person import Arm, Leg
from figures.sketch import NECKLINE, SHOULDER, WAIST, Place, part, shorts, sore, style, turn
from figures.svg import Label

GROUND = 436


@dataclass(frozen=True)
class Walker:
    """A moment of walking; the near leg is the right one, which trails."""

    trailing: Leg
    leading: Leg
    near: Arm
    far: Arm
    lean: float
    place: Place


LONG = Walker(Leg(-22, 20, -10, 52), Leg(23, 3, 2), Arm(26, 18), Arm(-24, 16), 4,
              Place((196, 247), 372))
SHORT = Walker(Leg(-9, 20, -4, 32), Leg(11, 2, 2), Arm(10, 14), Arm(-9, 12), 2,
               Place((446, 235), 372))


def figure(space: Space) -> str:
    """Two walkers, and what their stride does to the space at the trailing hip."""
    near, far = (lens(space, Pose(extension=degrees), (x, 590), name)
                 for degrees, x, name in ((20, 122, "long"), (7, 518, "short")))
    spot = LONG.place.at((-.07, -.045))
    drawing = [*walker(LONG), *walker(SHORT), ground(), *swing(LONG), *swing(SHORT), *sore(spot),
               near.drawing, far.drawing]
    labels = [svg.text("Long stride", (196, 26), "middle", "strong"),
              svg.text("Short stride", (446, 26), "middle", "strong"),
              svg.path(svg.polyline([(70, 140), (spot[0] - 16, spot[1] - 14)]), "lead"),
              svg.text("Pain lateral\nto the ischium", (4, 106), classes="sore"),
              svg.text("Pain eases\nor is absent", (496, 150), classes="sore"),
              svg.text("Right hip,\nenlarged", (320, 502), "middle", "quiet"),
              svg.label(Label("Ischium", (392, 584), far.ischium, "end")),
              svg.label(Label("Lesser\ntrochanter", (250, 630), near.trochanter)),
              svg.text("Space narrows", (122, 724), "middle", "value"),
              svg.text("Space stays wider", (518, 724), "middle", "value")]
    return svg.document((640, 740), "Long and short strides", DESCRIPTION, drawing, labels,
                        style() + near.clips + far.clips)


DESCRIPTION = (
    "Two walkers seen from the right, at toe-off of the right leg. In the long stride the right "
    "hip is well extended; an enlarged view of the bones shows the lesser trochanter close to "
    "the ischium, and the buttock hurts lateral to the ischium. In the short stride the hip "
    "extends less, the space stays wider and the pain eases or is absent.")


def walker(who: Walker) -> list[str]:
    """The person, far limbs first."""
    place = who.place
    shoulder = person.turned(SHOULDER, -who.lean)[0]
    near, far = person.leg_outline(who.trailing), person.leg_outline(who.leading)
    body = person.joined([leaning(person.trunk_outline(), who.lean), near])
    head = leaning(person.head_outline(), who.lean)
    vest, belt = (leaning(box(-1, low, 1, high), who.lean)
                  for low, high in ((WAIST, NECKLINE), (-0.1, WAIST)))
    return [part(place, person.arm_outline(who.far, shoulder), "skin-far"),
            part(place, far, "skin-far"), part(place, far & shorts(who.leading), "cloth-far"),
            part(place, person.joined([body, head]), "skin"),
            part(place, body & (shorts(who.trailing) | belt) - vest, "cloth"),
            part(place, body & vest, "cloth"),
            part(place, leaning(person.hair_outline(), who.lean), "hair"),
            part(place, person.arm_outline(who.near, shoulder), "skin")]


def leaning(shape: Polygon, degrees: float) -> Polygon:
    """The shape leaning forwards about the hip."""
    return rotate(shape, -degrees, origin=(0, 0))


def ground() -> str:
    """The floor under both walkers."""
    return svg.path(f"M60 {GROUND}H336M372 {GROUND}H552", "ground")


def swing(who: Walker) -> list[str]:
    """The arc by which the trailing thigh is extended, from the line of the trunk."""
    return turn(who.place, (0, 0), 0, who.trailing.hip, 0.30)
