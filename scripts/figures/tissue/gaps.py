"""What a radiologist measures in a section: both spaces, the muscle, and the nerve's distance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import distance_transform_edt

from figures.tissue.contours import EDGE
from figures.tissue.grid import FRONT, LEFT, PIXEL, STEP, XX
from figures.tissue.section import Section
from figures.tissue.spaces import Space, borders, nerve, spaces

BONE = EDGE  # mm: where the cortex is drawn


@dataclass(frozen=True)
class Gap:
    """The shortest line between two structures; its ends are (x, y) in the plane, in mm."""

    mm: float
    medial: tuple[float, float]
    lateral: tuple[float, float]


@dataclass(frozen=True)
class Gaps:
    """The measurements of one section; what does not reach its level is missing."""

    ischiofemoral: Gap | None
    quadratus: Gap | None
    nerve: Gap | None
    thickness: float | None


def gaps(section: Section) -> Gaps:
    """Measures the right side of a section."""
    outlines = borders(section)
    found = {name: _in_plane(space)
             for name, space in (spaces(outlines) | nerve(outlines)).items()}
    muscle = section.mask("quadratus-femoris") & (XX < -30)
    return Gaps(found.get("ifs"), found.get("qfs"), found.get("nerve"), _thickness(muscle))


def _in_plane(space: Space) -> Gap:
    """A space counted from the image's corner, in the frame of the volume."""
    medial, lateral = ((x + LEFT - PIXEL / 2, y + FRONT - PIXEL / 2) for x, y in space.ends)
    return Gap(space.mm, medial, lateral)


def _thickness(muscle: np.ndarray) -> float | None:
    """Twice the greatest depth, but for the deepest hundredth."""
    if muscle.sum() < 300:
        return None
    return float(2 * STEP * np.percentile(distance_transform_edt(muscle)[muscle], 99))
