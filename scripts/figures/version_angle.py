"""Femoral version and neck-shaft angle: the mean femur, the same with more, and the space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from figures import soft, svg
from figures.distance import Space
from figures.femur import neck, raised, with_shaft_angle, with_version
from figures.hip import Hip
from figures.measure import VARIED
from figures.render import Bone, View, draw, silhouette
from figures.svg import Label

SIZE = (640, 1010)
PANEL = (640, 500)
ABOVE = View(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1.0]]), np.array([20, 2, 0.0]), 3.5, PANEL)
BEHIND = View(np.array([[1, 0, 0], [0, 0, 1], [0, -1, 0.0]]), np.array([6, 0, -34.0]), 3.0, PANEL)


KNEE = -380  # mm; below this the femur is condyles


@dataclass(frozen=True)
class Panel:
    """One drawing of the two, in coordinates of its own."""

    drawing: list[str]
    labels: list[str]
    clips: str


def figure(space: Space, measurements: dict[str, Any]) -> str:
    """Version seen from above, neck-shaft angle seen from behind."""
    panels = {0: _version(space.hip, measurements), 510: _shaft_angle(space.hip, measurements)}

    def placed(part: str) -> list[str]:
        return [svg.group(getattr(panel, part), transform=f"translate(0 {top})")
                for top, panel in panels.items()]

    return svg.document(SIZE, TITLE, DESCRIPTION.format(more=VARIED), placed("drawing"),
                        placed("labels"), "".join(p.clips for p in panels.values()))


TITLE = "Femoral version and neck-shaft angle"
DESCRIPTION = (
    "Two drawings of the right femur of a mean model. Seen from above, femoral version is the angle"
    " between the femoral neck and the line along the backs of the condyles; with {more} degrees"
    " more, the lesser trochanter comes closer to the ischium. Seen from behind, the neck-shaft"
    " angle lies between neck and shaft; with {more} degrees more, the lesser trochanter moves"
    " inwards but also down, and the distance hardly changes. The bones are a measured model; the"
    " changed femora, dashed, are that model bent at the base of its neck.")


def _version(hip: Hip, measurements: dict[str, Any]) -> Panel:
    more = with_version(hip, VARIED)
    bone, clips = draw([Bone(hip.femur, "femur", "femur-edge")], ABOVE, "above")
    head = ABOVE.project(np.zeros(3))
    reach = 306
    knee = hip.femur.vertices[hip.femur.vertices[:, 2] < KNEE]
    backs = ABOVE.project(knee)[:, 1].max()
    angles = measurements["model"]["version"] + np.array([0, VARIED])
    ends = [head + reach * np.array([np.cos(turn), np.sin(turn)]) for turn in np.radians(angles)]
    labels = [
        svg.text("Femoral version, from above", (16, 32), classes="strong"),
        svg.path(svg.polyline([(16, backs), (600, backs)]), "lead"),
        svg.text("backs of the condyles", (16, backs + 68), classes="quiet"),
        svg.path(svg.polyline([head, head + np.array([reach, 0])]), "lead"),
        svg.path(svg.polyline([head, ends[0]]), "axis"),
        svg.path(svg.polyline([head, ends[1]]), "changed-axis"),
        _arc(head, (0, angles[0]), 270, "axis"), _arc(head, (0, angles[1]), 290, "changed-axis"),
        svg.text(f"{svg.whole(angles[0])}°", ends[0] + [8, 8], classes="strong"),
        svg.text(f"{svg.whole(angles[1])}°", ends[1] + [10, 8], classes="changed-text"),
        *_distance(measurements, "version", 470)]
    return Panel([*bone, svg.path(silhouette(more.femur, ABOVE), "changed")], labels, clips)


def _shaft_angle(hip: Hip, measurements: dict[str, Any]) -> Panel:
    more = with_shaft_angle(hip, VARIED)
    bones, clips = draw([Bone(hip.femur, "femur", "femur-edge"), Bone(hip.pelvis, "bone", "edge")],
                        BEHIND, "behind")
    gaps = [Space(each).in_space() for each in (hip, more)]
    axis = neck(hip)
    angle = measurements["model"]["neck_shaft_angle"]
    corners = [BEHIND.project(base) for base in (axis.base, raised(axis, VARIED))]
    down = BEHIND.project(axis.base + axis.shaft * 46) - corners[0]
    head = BEHIND.project(np.zeros(3))
    kinds = ("axis", "changed-axis")
    labels = [
        svg.text("Neck-shaft angle, from behind", (16, 32), classes="strong"),
        *(svg.path(svg.polyline([head, corner, corner + down]), kind)
          for corner, kind in zip(corners, kinds, strict=True)),
        *(soft.measure(BEHIND.project(gap.ischium), BEHIND.project(gap.femur), 7, dashed)
          for gap, dashed in zip(gaps, (False, True), strict=True)),
        *(svg.label(Label(f"{svg.whole(angle + more)}°", (556, y), tuple(corner), kind=kind))
          for more, y, corner, kind in ((0, 190, corners[0], "strong"),
                                        (VARIED, 330, corners[1], "changed-text"))),
        *_distance(measurements, "neck_shaft_angle", 490)]
    return Panel([svg.group([*bones, svg.path(silhouette(more.femur, BEHIND), "changed")],
                            mask="url(#fade)")], labels, clips + svg.fade(PANEL, (0, 62)))


def _arc(corner: np.ndarray, degrees: tuple[float, float], radius: float, kind: str) -> str:
    turn = np.radians(np.linspace(*degrees, 7))
    return svg.path(svg.curve(corner + radius * np.c_[np.cos(turn), np.sin(turn)], closed=False),
                    kind)


def _distance(measurements: dict[str, Any], name: str, y: float) -> list[str]:
    spaces = {each["degrees"]: each["space"] for each in measurements["variants"][name]}
    return [svg.text(f"Distance in the model (3D): {svg.whole(spaces[0])} mm → "
                     f"{svg.whole(spaces[VARIED])} mm",
                     (16, y), classes="value")]
