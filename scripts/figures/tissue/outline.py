"""Smooth outlines of what a section's pixels show."""

from __future__ import annotations

from dataclasses import dataclass

import contourpy
import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter

from figures import svg
from figures.tissue.grid import FINE_X, FINE_Y, STEP

PAD = 4  # pixels around, so that an outline closes at the picture's edge


def rings(mask: np.ndarray, blur: float, least: float, every: float = 2.2) -> list[np.ndarray]:
    """Closed lines in mm around a mask, points `every` mm apart.

    Parts of less than `least` mm² are left out.
    """
    soft = gaussian_filter(np.pad(mask.astype(float), PAD), blur)
    lines = contourpy.contour_generator(z=soft).lines(0.5)
    found = [_in_plane(line) for line in lines if _area(line) * STEP ** 2 >= least]
    return [_even(line, every) for line in found]


@dataclass(frozen=True)
class Frame:
    """Where a section stands in its figure: what is at its corner, and the scale."""

    left: float
    top: float
    scale: float
    corner: tuple[float, float] = (0, 0)

    def at(self, points: np.ndarray | tuple[float, float]) -> np.ndarray:
        """Figure coordinates of points in mm."""
        return (np.asarray(points, float) - (self.left, self.top)) * self.scale + self.corner


def path(mask: np.ndarray, frame: Frame, blur: float = 2.2, least: float = 5.0) -> str:
    """The outlines as one path."""
    return "".join(svg.curve(frame.at(ring)) for ring in rings(mask, blur, least))


def middle(mask: np.ndarray) -> tuple[float, float]:
    """The point of a mask that is furthest from its edge."""
    row, column = np.unravel_index(np.argmax(distance_transform_edt(mask)), mask.shape)
    return float(FINE_X[column]), float(FINE_Y[row])


def _in_plane(line: np.ndarray) -> np.ndarray:
    return np.c_[FINE_X[0] + (line[:, 0] - PAD) * STEP, FINE_Y[0] + (line[:, 1] - PAD) * STEP]


def _area(line: np.ndarray) -> float:
    x, y = (line - line[0]).T
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2


def _even(line: np.ndarray, every: float) -> np.ndarray:
    """The line through fewer points, evenly spaced."""
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(line, axis=0).T))]
    count = max(8, round(along[-1] / every))
    at = np.linspace(0, along[-1], count, endpoint=False)
    return np.c_[np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])]
