"""Femoral version and neck-shaft angle: the mean femur, the same with more, and the space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import trimesh

from figures import landmarks, svg
from figures.distance import Space
from figures.femur import neck, raised, with_shaft_angle, with_version
from figures.hip import Hip
from figures.measure import VARIED
from figures.render import Bone, View, draw, silhouette
from figures.svg import Label

SIZE = (640, 1010)
PANEL = (640, 500)
BELOW = View(np.array([[-1, 0, 0], [0, 1, 0], [0, 0, -1.0]]), np.array([20, 2, 0.0]), 3.5, PANEL)
FRONT = View(np.array([[-1, 0, 0], [0, 0, 1], [0, 1, 0.0]]), np.array([6, 0, -34.0]), 3.0, PANEL)


KNEE = -380  # mm; below this the femur is condyles
CUT = -84  # mm; the femur is cut here, below the lesser trochanter, to be looked at from below


@dataclass(frozen=True)
class Panel:
    """One drawing of the two, in coordinates of its own."""

    drawing: list[str]
    labels: list[str]
    clips: str


def figure(space: Space, measurements: dict[str, Any]) -> str:
    """Version seen from below, neck-shaft angle seen from in front."""
    panels = {0: _version(space, measurements), 510: _shaft_angle(space, measurements)}

    def placed(part: str) -> list[str]:
        return [svg.group(getattr(panel, part), transform=f"translate(0 {top})")
                for top, panel in panels.items()]

    return svg.document(SIZE, TITLE, DESCRIPTION.format(more=VARIED), placed("drawing"),
                        placed("labels"), "".join(p.clips for p in panels.values()))


TITLE = "Femoral version and neck-shaft angle"
DESCRIPTION = (
    "Two drawings of the right femur of a mean model. Seen from below, as on MRI, femoral version"
    " is the angle between the femoral neck and the line along the backs of the condyles; with"
    " {more} degrees more, the lesser trochanter comes closer to the ischium. Seen from in front,"
    " the neck-shaft angle lies between neck and shaft; with {more} degrees more, the lesser"
    " trochanter moves inwards but also down, and the distance hardly changes. The bones are a"
    " measured model; the changed femora, dashed, are that model bent at the base of its neck.")


def _version(space: Space, measurements: dict[str, Any]) -> Panel:
    hip, more = space.hip, with_version(space.hip, VARIED)
    bone, clips = draw([Bone(_upper(hip), "femur", "femur-edge")], BELOW, "below")
    knee = hip.femur.slice_plane([0, 0, KNEE], [0, 0, -1], cap=True)
    head = BELOW.project(np.zeros(3))
    backs = BELOW.project(knee.vertices)[:, 1].max()
    angles = measurements["model"]["version"] + np.array([0, VARIED])
    ends = [head + 306 * np.array([-np.cos(turn), np.sin(turn)]) for turn in np.radians(angles)]
    level = head - [306, 0]
    labels = [
        svg.text("Femoral version, from below", (16, 32), classes="strong"), *_sides(),
        svg.path(svg.polyline([(40, backs), (624, backs)]), "lead"),
        svg.text("backs of the condyles", (624, backs + 26), "end", "quiet"),
        svg.path(svg.polyline([head, level]), "lead"),
        svg.path(svg.polyline([head, ends[0]]), "axis"),
        svg.path(svg.polyline([head, ends[1]]), "changed-axis"),
        _arc(head, (0, angles[0]), 270, "axis"), _arc(head, (0, angles[1]), 290, "changed-axis"),
        svg.text(f"{svg.whole(angles[0])}°", ends[0] + [-8, 14], "end", "strong"),
        svg.text(f"{svg.whole(angles[1])}°", ends[1] + [-8, 14], "end", "changed-text"),
        *map(svg.label, _names(space, BELOW, FROM_BELOW)), *_distance(measurements, "version", 470)]
    return Panel([svg.path(silhouette(knee, BELOW), "behind"), *bone,
                  svg.path(silhouette(_upper(more), BELOW), "changed")], labels, clips)


def _upper(hip: Hip) -> trimesh.Trimesh:
    return hip.femur.slice_plane([0, 0, CUT], [0, 0, 1], cap=True)


def _sides() -> list[str]:
    """The course's convention: pictures of the right hip have its outer side on the left."""
    return [svg.text("R", (628, 36), "end", "side"),
            svg.text("lateral", (16, 62), classes="quiet"),
            svg.text("medial", (590, 32), "end", "quiet")]


# Names: where they stand, and at which side of them the bone lies.
FROM_BELOW = {"Head": ((560, 120), "start"), "Neck": ((330, 96), "middle"),
              "Greater\ntrochanter": ((96, 110), "start"),
              "Lesser\ntrochanter": ((430, 410), "start")}
FROM_FRONT = {"Head": ((470, 96), "start"), "Neck": ((330, 66), "middle"),
              "Greater\ntrochanter": ((16, 110), "start"),
              "Lesser\ntrochanter": ((430, 440), "start")}


def _names(space: Space, view: View, places: dict[str, tuple[tuple[float, float], str]]
           ) -> list[Label]:
    marks = landmarks.all_landmarks(space.hip)
    points = {"Head": np.zeros(3), "Neck": neck(space.hip).base * 0.62,
              "Greater\ntrochanter": marks["greater trochanter"],
              "Lesser\ntrochanter": space.apex}
    return [Label(name, at, tuple(view.project(points[name])), anchor)
            for name, (at, anchor) in places.items()]


def _shaft_angle(space: Space, measurements: dict[str, Any]) -> Panel:
    hip = space.hip
    more = with_shaft_angle(hip, VARIED)
    bones, clips = draw([Bone(hip.femur, "femur", "femur-edge"), Bone(hip.pelvis, "bone", "edge")],
                        FRONT, "front")
    gaps = [Space(each).in_space() for each in (hip, more)]
    axis = neck(hip)
    angle = measurements["model"]["neck_shaft_angle"]
    corners = [FRONT.project(base) for base in (axis.base, raised(axis, VARIED))]
    down = FRONT.project(axis.base + axis.shaft * 46) - corners[0]
    head = FRONT.project(np.zeros(3))
    kinds = ("axis", "changed-axis")
    labels = [
        svg.text("Neck-shaft angle, from in front", (16, 32), classes="strong"), *_sides(),
        *map(svg.label, _names(space, FRONT, FROM_FRONT)),
        *(svg.path(svg.polyline([head, corner, corner + down]), kind)
          for corner, kind in zip(corners, kinds, strict=True)),
        *(svg.measure(FRONT.project(gap.ischium), FRONT.project(gap.femur), 7, dashed)
          for gap, dashed in zip(gaps, (False, True), strict=True)),
        *(svg.label(Label(f"{svg.whole(angle + more)}°", (100, y), tuple(corner), "end", kind))
          for more, y, corner, kind in ((0, 270, corners[0], "strong"),
                                        (VARIED, 340, corners[1], "changed-text"))),
        *_distance(measurements, "neck_shaft_angle", 490)]
    return Panel([svg.group([*bones, svg.path(silhouette(more.femur, FRONT), "changed")],
                            mask="url(#fade)")], labels, clips + svg.fade(PANEL, (0, 62)))


def _arc(corner: np.ndarray, degrees: tuple[float, float], radius: float, kind: str) -> str:
    turn = np.radians(np.linspace(*degrees, 7))
    return svg.path(svg.curve(corner + radius * np.c_[-np.cos(turn), np.sin(turn)], closed=False),
                    kind)


def _distance(measurements: dict[str, Any], name: str, y: float) -> list[str]:
    spaces = {each["degrees"]: each["space"] for each in measurements["variants"][name]}
    return [svg.text(f"Distance in the model (3D): {svg.whole(spaces[0])} mm → "
                     f"{svg.whole(spaces[VARIED])} mm",
                     (16, y), classes="value")]
