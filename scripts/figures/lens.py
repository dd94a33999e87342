"""An enlarged view of the right hip's bones in a pose, in a round window."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from figures import svg
from figures.distance import Space, turned
from figures.motion import Pose
from figures.render import Bone, View, draw
from figures.sketch import Point

RADIUS = 104
CIRCLE = f'cx="{RADIUS}" cy="{RADIUS}" r="{RADIUS}"'
AZIMUTH = np.radians(48)  # the camera's, from straight behind towards the outer side
ASIDE, AHEAD = np.cos(AZIMUTH), np.sin(AZIMUTH)
VIEW = View(np.array([[ASIDE, AHEAD, 0], [0, 0, 1], [AHEAD, -ASIDE, 0]]),
            np.array([-6.0, -16, -46]), 1.5, (2 * RADIUS, 2 * RADIUS))
BESIDE_ISCHIUM, BESIDE_TROCHANTER = (-16, 16), (12, 3)  # from the gap's ends into the bones


@dataclass(frozen=True)
class Lens:
    """An enlarged view of the bones and where its labels point."""

    drawing: str
    clips: str
    ischium: Point
    trochanter: Point


def lens(space: Space, pose: Pose, centre: Point, name: str) -> Lens:
    """The right hip from behind and outside; `name` keeps the ids of two windows apart."""
    bones = [Bone(space.hip.pelvis, "bone", "edge"),
             Bone(turned(space.hip.femur, pose), "femur", "femur-edge")]
    drawn, clips = draw(bones, VIEW)
    gap = space.in_space(pose)
    ends = [VIEW.project(end) for end in (gap.ischium, gap.femur)]
    inside = [f'<circle class="lens" {CIRCLE}/>', *drawn,
              svg.path(svg.polyline(ends), "measure-halo"), svg.path(svg.polyline(ends), "measure")]
    corner = np.array(centre) - RADIUS
    window = svg.group([svg.group(inside, clip_path="url(#window)"),
                        f'<circle class="rim" {CIRCLE}/>'],
                       transform="translate({:g} {:g})".format(*corner))
    clips += f'<clipPath id="window"><circle {CIRCLE}/></clipPath>'
    return Lens(_own(window, name), _own(clips, name), _point(ends[0] + corner + BESIDE_ISCHIUM),
                _point(ends[1] + corner + BESIDE_TROCHANTER))


def _own(text: str, name: str) -> str:
    """The ids and the references to them, made this window's own."""
    return re.sub(r'(id="|url\(#)', rf"\g<1>{name}-", text)


def _point(place: np.ndarray) -> Point:
    return float(place[0]), float(place[1])
