"""The line figures of a person: long and short strides, and the provocation of the hip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import LineString, Polygon, box, get_parts
from shapely.affinity import affine_transform, rotate

from figures import person, svg
from figures.distance import Space, turned
from figures.motion import Pose
from figures.person import THIGH, Arm, Leg
from figures.render import Bone, View, draw
from figures.svg import Label

COLOURS = {  # name: (light, dark)
    "skin": ("#f4e9d9", "#53544f"),
    "skin-far": ("#e0d3c0", "#3a3d3b"),
    "cloth": ("#b9c8d3", "#5c7182"),
    "cloth-far": ("#9fb0bd", "#465867"),
    "hair": ("#6b5546", "#a58d78"),
    "outline": ("#2a3438", "#d5dcda"),
    "couch": ("#e3eaea", "#1f2b30"),
    "measure": ("#006d6f", "#4fd0cb"),
    "pain": ("#a0402f", "#f09c8a"),
    "lens": ("#ffffff", "#10181b"),
}
RULES = (
    ".body{stroke:var(--outline);stroke-width:1.8}.hem{fill:none;stroke:var(--outline);stroke-width:1.2}"
    ".skin{fill:var(--skin)}.skin-far{fill:var(--skin-far)}.cloth{fill:var(--cloth)}"
    ".cloth-far{fill:var(--cloth-far)}.hair{fill:var(--hair)}.couch{fill:var(--couch)}"
    ".ground{fill:none;stroke:var(--outline);stroke-width:1.6}"
    ".axis{fill:none;stroke:var(--measure);stroke-width:2;stroke-dasharray:5 6}"
    ".arrow{fill:none;stroke:var(--measure);stroke-width:3.2}.head{fill:var(--measure)}"
    ".pain{fill:var(--pain)}.ray{fill:none;stroke:var(--pain);stroke-width:2.6}"
    ".lens{fill:var(--lens)}.rim{fill:none;stroke:var(--measure);stroke-width:2.4}"
    ".sore{fill:var(--pain);font-weight:650}"
)
NECKLINE, WAIST, HEM = 0.268, 0.098, 0.46  # of the vest, of both, and of the shorts on the thigh
SHOULDER = ((-0.022, 0.268),)
DETAIL = 0.12  # figure units that an outline may lose
Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Where a body lies in the figure: its hip, its height, and whether its head is to the left."""

    hip: Point
    tall: float
    lying: bool = False

    def on(self, shape: Polygon) -> Polygon:
        """The shape in figure coordinates."""
        turn = [0, -1, -1, 0] if self.lying else [1, 0, 0, -1]
        return affine_transform(shape, [*(self.tall * t for t in turn), *self.hip])

    def at(self, point: Sequence[float] | np.ndarray) -> Point:
        """The point in figure coordinates."""
        x, y = (self.tall * float(c) for c in point)
        return (self.hip[0] - y, self.hip[1] - x) if self.lying else (self.hip[0] + x, self.hip[1] - y)


@dataclass(frozen=True)
class Walker:
    """A moment of walking; the near leg is the right one, which trails."""

    trailing: Leg
    leading: Leg
    near: Arm
    far: Arm
    lean: float
    place: Place


GROUND = 436
LONG = Walker(Leg(-22, 20, -10, 52), Leg(27, 4, -1), Arm(26, 18), Arm(-24, 16), 4,
              Place((196, 247), 372))
SHORT = Walker(Leg(-8, 12, -4, 24), Leg(14, 6, -2), Arm(10, 14), Arm(-9, 12), 2,
               Place((446, 234), 372))
LENS = 104  # radius


def long_stride(space: Space) -> str:
    """Two walkers, and what their stride does to the space at the trailing hip."""
    near, far = (lens(space, Pose(extension=degrees), (x, 590), name)
                 for degrees, x, name in ((20, 122, "long"), (7, 518, "short")))
    spot = LONG.place.at((-.07, -.045))
    drawing = [*walker(LONG), *walker(SHORT), ground(), *swing(LONG), *swing(SHORT), *sore(spot),
               *near.drawing, *far.drawing]
    labels = [svg.text("Long stride", (196, 26), "middle", "strong"),
              svg.text("Short stride", (446, 26), "middle", "strong"),
              svg.path(svg.polyline([(70, 140), (spot[0] - 16, spot[1] - 14)]), "lead"),
              svg.text("Pain lateral\nto the ischium", (4, 106), classes="sore"),
              svg.text("Pain eases\nor is absent", (496, 150), classes="sore"),
              svg.text("Right hip,\nenlarged", (320, 502), "middle", "quiet"),
              svg.label(Label("Ischium", (372, 580), far.ischium, "end")),
              svg.label(Label("Lesser\ntrochanter", (372, 640), far.trochanter, "end")),
              svg.text("Space narrows", (122, 724), "middle", "value"),
              svg.text("Space stays wider", (518, 724), "middle", "value")]
    return svg.document((640, 740), "Long and short strides", LONG_STRIDE, drawing, labels,
                        style() + near.clips + far.clips)


LONG_STRIDE = (
    "Two walkers seen from the right, at toe-off of the right leg. In the long stride the right hip is well "
    "extended; an enlarged view of the bones shows the lesser trochanter close to the ischium, and the buttock "
    "hurts lateral to the ischium. In the short stride the hip extends less, the space stays wider and the "
    "pain eases or is absent.")


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


def shorts(leg: Leg) -> Polygon:
    """The part of the plane that the shorts cover on a thigh."""
    return rotate(box(-0.12, -HEM * THIGH, 0.12, 0.05), leg.hip, origin=(0, 0))


def part(place: Place, shape: Polygon, tone: str) -> str:
    """A part of a body."""
    rings = (ring.exterior.coords for ring in get_parts(place.on(shape).simplify(DETAIL)))
    return svg.path("".join(svg.polyline(list(ring)[:-1], closed=True) for ring in rings),
                    f"body {tone}")


def ground() -> str:
    """The floor under both walkers."""
    return svg.path(f"M60 {GROUND}H336M372 {GROUND}H552", "ground")


def swing(who: Walker) -> list[str]:
    """The arc by which the trailing thigh is extended, from the line of the trunk."""
    return turn(who.place, (0, 0), 0, who.trailing.hip, 0.30)


def turn(place: Place, centre: Sequence[float], start: float, stop: float, reach: float) -> list[str]:
    """A dashed axis, the one it is turned to, and an arrow between them; 0 hangs straight down."""
    middle = np.array(centre)
    arc = np.array([person.end(reach, middle, a) for a in np.linspace(start, stop, 12)])
    rays = [svg.path(svg.polyline([place.at(middle), place.at(person.end(reach * 1.12, middle, a))]),
                     "axis") for a in (start, stop)]
    return [*rays, *arrow([place.at(p) for p in arc])]


def arrow(points: Sequence[Point]) -> list[str]:
    """A curve with a head at its end."""
    line = LineString(points)
    neck = line.interpolate(line.length - 9)
    tip, base = np.array(points[-1]), np.array([neck.x, neck.y])
    along = (tip - base) / np.linalg.norm(tip - base)
    across = np.array([-along[1], along[0]]) * 6.5
    shaft = [p for p in points if line.project(shapely.Point(p)) < line.length - 9]
    return [svg.path(svg.polyline([*shaft, tuple(base)]), "arrow"),
            svg.path(svg.polyline([tip + along * 3, base - along * 3 + across,
                                   base - along * 3 - across], closed=True), "head")]


def sore(at: Point) -> list[str]:
    """A spot that hurts."""
    x, y = at
    rays = "".join(svg.polyline([(x + 10 * c, y + 10 * s), (x + 17 * c, y + 17 * s)])
                   for c, s in ((np.cos(a), np.sin(a)) for a in np.radians(range(0, 360, 45))))
    return [f'<circle class="pain" cx="{svg.number(x)}" cy="{svg.number(y)}" r="6"/>',
            svg.path(rays, "ray")]


@dataclass(frozen=True)
class Lens:
    """An enlarged view of the bones and where its labels point."""

    drawing: list[str]
    clips: str
    ischium: Point
    trochanter: Point


def lens(space: Space, pose: Pose, centre: Point, name: str) -> Lens:
    """The right hip from behind and outside, in a round window."""
    side = 2 * LENS
    azimuth = np.radians(48)  # from straight behind towards the outer side
    cos, sin = np.cos(azimuth), np.sin(azimuth)
    view = View(np.array([[cos, sin, 0], [0, 0, 1], [sin, -cos, 0]]), np.array([-6, -16, -46.]),
                1.5, (side, side))
    hip = space.hip
    bones = [Bone(hip.pelvis, "bone", "edge"), Bone(turned(hip.femur, pose), "femur", "femur-edge")]
    drawn, clips = draw(bones, view)
    own = [(f"bone{i}", f"{name}-bone{i}") for i in (1, 2)] + [("soft", f"{name}-soft")]
    gap = space.in_space(pose)
    ends = [tuple(map(float, view.project(end))) for end in (gap.ischium, gap.femur)]
    x, y = centre[0] - LENS, centre[1] - LENS
    window = f'<clipPath id="{name}-lens"><circle cx="{LENS}" cy="{LENS}" r="{LENS}"/></clipPath>'
    circle = f'cx="{LENS}" cy="{LENS}" r="{LENS}"'
    inside = [f'<circle class="lens" {circle}/>', *drawn,
              svg.path(svg.polyline(ends), "measure-halo"), svg.path(svg.polyline(ends), "measure")]
    drawing = [svg.group([svg.group(inside, clip_path=f"url(#{name}-lens)"),
                          f'<circle class="rim" {circle}/>'], transform=f"translate({x} {y})")]
    for old, new in own:
        drawing = [d.replace(f"#{old})", f"#{new})") for d in drawing]
        clips = clips.replace(f'id="{old}"', f'id="{new}"').replace(f"#{old})", f"#{new})")
    low, high = ends
    return Lens(drawing, window + clips, (low[0] - 16 + x, low[1] + 16 + y), (high[0] + x + 3, high[1] + y))


def style() -> str:
    """The colours and rules that only these figures use."""
    light, dark = (";".join(f"--{name}:{pair[mode]}" for name, pair in COLOURS.items())
                   for mode in (0, 1))
    return (f"<style>:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
            f"{RULES}</style>")


ABOVE = Place((292, 176), 560, lying=True)
TESTED, RESTING = Leg(-17, 74, -8), Leg(38, 62, 6)
BEHIND = Place((292, 520), 560, lying=True)
ADDUCTED, FOOT_SWING = 9, 20  # degrees: the thigh towards the couch, the shank out of the sagittal plane
RIGHT_HIP, LEFT_HIP = np.array([0.047, 0]), np.array([-0.047, 0])


def ifi_test() -> str:
    """The provoking position from above, which shows extension, and from behind, for the rest."""
    knee = person.end(THIGH, RIGHT_HIP, -ADDUCTED)
    drawing = [couch(34, 290), *lying_from_above(), *turn(ABOVE, (0, 0), 0, TESTED.hip, 0.34),
               couch(408, 176), *lying_from_behind(knee),
               *turn(BEHIND, RIGHT_HIP, 0, -ADDUCTED, 0.36), *foot_arrow(knee),
               *sore(BEHIND.at((0.062, -0.022)))]
    labels = [svg.text("Seen from above", (4, 24), classes="strong"),
              svg.text("Seen from behind", (4, 398), classes="strong"),
              svg.text("1 Extension", (500, 250), classes="value"),
              svg.text("2 Adduction", (500, 480), classes="value"),
              svg.text("3 External rotation", (440, 640), classes="value"),
              svg.text("Pain lateral\nto the ischium", (250, 440), classes="sore")]
    return svg.document((640, 660), "Provocation of the right hip", IFI_TEST, drawing, labels, style())


IFI_TEST = (
    "A person lies on the left side. Seen from above, the right hip is extended behind the line of the trunk "
    "with the knee bent, while the left hip and knee are bent for support. Seen from behind, the right thigh "
    "drops into adduction and the foot swings towards the couch, which rotates the hip externally. The place "
    "of the pain is marked in the lower buttock, lateral to the ischium.")


def couch(top: float, height: float) -> str:
    """What the person lies on."""
    return f'<rect class="couch" x="4" y="{top}" width="632" height="{height}" rx="14"/>'


def lying_from_above() -> list[str]:
    """The person on the left side, facing up the page."""
    shoulder = np.array(SHOULDER[0])
    near, far = person.leg_outline(TESTED), person.leg_outline(RESTING)
    body = person.joined([person.trunk_outline(), near])
    vest, belt = box(-1, WAIST, 1, NECKLINE), box(-1, -0.1, 1, WAIST)
    under = person.arm_outline(Arm(118, 52), shoulder)
    over = person.arm_outline(Arm(48, 62), shoulder)
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
    return [part(BEHIND, rest, "skin-far"), part(BEHIND, body, "skin"),
            part(BEHIND, body & (hem | belt) - vest, "cloth"), part(BEHIND, body & vest, "cloth"),
            part(BEHIND, person.hair_behind(), "hair"),
            part(BEHIND, shank, "skin"), part(BEHIND, sole, "skin")]


def foot_arrow(knee: np.ndarray) -> list[str]:
    """The way of the foot as the hip turns outwards."""
    x, y = BEHIND.at(knee + (0, -0.02))
    return arrow([(x + 92, y - 30 + t) for t in np.linspace(0, 70, 8)])
