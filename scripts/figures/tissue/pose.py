"""The femur turned and shifted, the soft tissue following it; midline and skin stay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates

from figures.tissue import grid
from figures.tissue.grid import HEAD, XX, YY
from figures.tissue.section import Section

ROUNDS = 6  # of the fixed-point search for where a pixel came from


def posed(section: Section, rotation: float = 0.0, shift: float = 0.0) -> Section:
    """The section after `rotation` degrees outwards about the head and `shift` mm inwards."""
    if not rotation and not shift:
        return section
    came_from = _came_from(_share(section), rotation, shift)

    def taken(plane: np.ndarray, order: int) -> np.ndarray:
        return map_coordinates(plane, came_from, order=order, mode="nearest")

    return replace(
        section, labels=taken(section.labels, 0),
        margin=taken(section.margin.astype(np.float32), 1),
        depth=taken(section.depth.astype(np.float32), 1),
        apart={name: taken(plane, 1) for name, plane in section.apart.items()})


def _share(section: Section) -> np.ndarray:
    """How much of the femur's movement each pixel makes: all in the femur, none in the hip bone."""
    hip = np.maximum(section.apart["hip-bone"], 0) + .6
    femur = np.maximum(section.apart["femur"], 0)
    share = np.clip(1.15 * hip / (hip + femur) - 0.075, 0, 1)
    share = share * np.exp(-(np.maximum(femur - 6, 0) / 19) ** 2)
    share = share * np.clip((-8 - XX) / 30, 0, 1) * np.clip(-section.apart["skin"] / 18, 0, 1)
    return gaussian_filter(share, 2.5)


def _came_from(share: np.ndarray, rotation: float, shift: float) -> tuple[np.ndarray, np.ndarray]:
    """Row and column from which each pixel is taken."""
    x, y = XX.copy(), YY.copy()
    for _ in range(ROUNDS):
        here = map_coordinates(share, _pixels(x, y), order=1, mode="nearest")
        turn = np.radians(rotation) * here
        cos, sin = np.cos(turn), np.sin(turn)
        dx, dy = XX - HEAD[0] - shift * here, YY - HEAD[1]
        x, y = HEAD[0] + cos * dx - sin * dy, HEAD[1] + sin * dx + cos * dy
    return _pixels(x, y)


def _pixels(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return (y - grid.FINE_Y[0]) / grid.STEP, (x - grid.FINE_X[0]) / grid.STEP
