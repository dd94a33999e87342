"""What a radiologist measures in a section: both spaces, the muscle, and the nerve's distance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import distance_transform_edt

from figures.tissue.grid import FINE_X, FINE_Y, STEP, XX, YY
from figures.tissue.section import Section

BONE = 0.2  # mm: where the cortex is drawn
LEAST = 20  # pixels; less of a tendon is no border


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
    right = XX < -30
    ischium = (section.apart["hip-bone"] < BONE) & right & (YY > -75)
    femur = (section.apart["femur"] < BONE) & right
    origin = section.mask("hamstring-origin") & right
    psoas = (section.mask("psoas-tendon") & (YY > -85)
             | section.mask("iliacus", "psoas-major") & (YY > -72))
    nerve = section.mask("nerve") & right & (YY > -62)
    return Gaps(_shortest(ischium, femur), _shortest(origin, femur | psoas & right),
                _shortest(origin, nerve), _thickness(section.mask("quadratus-femoris") & right))


def _shortest(medial: np.ndarray, lateral: np.ndarray) -> Gap | None:
    if medial.sum() < LEAST or lateral.sum() < LEAST:
        return None
    apart, nearest = distance_transform_edt(~lateral, return_indices=True)
    start = np.unravel_index(np.argmin(np.where(medial, apart, np.inf)), apart.shape)
    return Gap(float(apart[start] * STEP), _point(*start), _point(*nearest[:, *start]))


def _point(row: int, column: int) -> tuple[float, float]:
    return float(FINE_X[column]), float(FINE_Y[row])


def _thickness(muscle: np.ndarray) -> float | None:
    """Twice the greatest depth, but for the deepest hundredth."""
    if muscle.sum() < 300:
        return None
    return float(2 * STEP * np.percentile(distance_transform_edt(muscle)[muscle], 99))
