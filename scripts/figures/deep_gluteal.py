"""The deep gluteal muscles from behind, in their order, with the sciatic nerve."""

from __future__ import annotations

import numpy as np

from figures import soft, svg
from figures.distance import Space
from figures.posterior import (
    bones,
    quadratus_borders,
    sciatic,
    view,
)
from figures.render import View, draw
from figures.svg import Label

SIZE = (640, 700)
# Upper and lower border of each muscle from origin to insertion, mm; each begins where the one
# above it ends. Schematic: laid over the bones by eye.
PIRIFORMIS = (((-72, -24, 84), (-36, -44, 55), (2, -48, 26), (38, -22, 5)),
              ((-78, -24, 54), (-38, -50, 30), (2, -52, 9), (36, -27, 0)))
BORDERS = (((-31, -54, 4), (-8, -52, 1), (20, -38, 0), (34, -26, -1)),
           ((-28, -52, -4), (-8, -52, -6), (20, -38, -4), (34, -26, -3)),
           ((-21, -50, -16), (-4, -48, -17), (20, -38, -10), (34, -26, -6.5)),
           ((-13, -47, -24), (2, -45, -24), (21, -37, -16), (35, -27, -10)))
NERVE_TO_QUADRATUS = ((-33, -40, 30), (-20, -44, 16), (-9, -44, 0), (0, -42, -16), (4, -40, -34))


def figure(space: Space) -> str:
    """The deep gluteal muscles."""
    camera = view(SIZE, centre=(0, 0, -14))
    sacrum, femur, pelvis = (parts := draw(bones(space), camera))[0]
    piriformis, clip = soft.muscle(*_borders(camera, PIRIFORMIS), "piriformis", fibres=6)
    gemelli, gemelli_clips = _rotators(camera)
    quadratus, quadratus_clip = soft.muscle(*quadratus_borders(space, camera), "quadratus", 9)
    small = svg.path(svg.curve(camera.project(np.array(NERVE_TO_QUADRATUS)), closed=False),
                     "small-nerve")
    _, trunk, nerve_clip = sciatic(camera)
    drawing = svg.group([femur, pelvis, *gemelli, quadratus, small, trunk, piriformis, sacrum],
                        mask="url(#fade)")
    return svg.document(SIZE, TITLE, DESCRIPTION, [drawing], map(svg.label, _labels(space, camera)),
                        svg.BLUR + parts[1] + clip + gemelli_clips + quadratus_clip
                        + nerve_clip + svg.fade(SIZE, (34, 34)))


TITLE = "The deep gluteal muscles of the right side, from behind"
DESCRIPTION = (
    "From above down: piriformis, superior gemellus, obturator internus, inferior gemellus and"
    " quadratus femoris. The sciatic nerve leaves the pelvis below piriformis and crosses the other"
    " four on their surface. The nerve to quadratus femoris, dashed, runs deep to the sciatic"
    " nerve, the gemelli and obturator internus and enters the front of quadratus femoris. Gluteus"
    " maximus is removed. The bones are a measured model; muscles and nerves are schematic.")


def _borders(camera: View, borders: tuple[tuple[tuple[float, float, float], ...], ...]
             ) -> list[np.ndarray]:
    return [camera.project(np.array(border)) for border in borders]


def _rotators(camera: View) -> tuple[list[str], str]:
    """Superior gemellus, obturator internus and inferior gemellus."""
    lines = _borders(camera, BORDERS)
    made = [soft.muscle(upper, lower, f"rotator{index}", fibres)
            for index, (upper, lower, fibres) in
            enumerate(zip(lines, lines[1:], (2, 4, 3), strict=False))]
    return [drawing for drawing, _ in made], "".join(clip for _, clip in made)


def _labels(space: Space, camera: View) -> list[Label]:
    def at(*point: float) -> tuple[float, float]:
        return tuple(camera.project(np.array(point)))

    upper, lower = quadratus_borders(space, camera)
    quadratus = (upper[-1] * 0.5 + lower[-1] * 0.5) * 0.8 + (upper[1] + lower[1]) * 0.1
    return [
        Label("Piriformis", (500, 120), at(6, -48, 18)),
        Label("Superior\ngemellus", (520, 176), at(21, -37, -2)),
        Label("Obturator\ninternus", (520, 262), at(22, -36, -7)),
        Label("Inferior\ngemellus", (520, 348), at(23, -36, -12.5)),
        Label("Quadratus\nfemoris", (520, 434), tuple(quadratus)),
        Label("Sciatic\nnerve", (520, 560), at(26, -46, -92)),
        Label("Nerve to\nquadratus\nfemoris\n(deep)", (118, 272), at(-12, -44, 4), "end"),
    ]
