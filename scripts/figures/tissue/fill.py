"""Meshes as voxels: a voxel is inside when the rays that reach it cross the surface unevenly."""

from __future__ import annotations

import numpy as np

from figures.tissue import grid
from figures.tissue.meshes import Surface

NUDGE = 1e-4  # of a voxel, so that no ray runs through a corner


def filled(surface: Surface) -> np.ndarray:
    """The voxels inside, by winding number: signed crossings of rays along x, summed up."""
    points = _in_voxels(surface.vertices)
    crossings = np.zeros((grid.LEVELS, grid.COLUMNS, grid.COLUMNS + 1), np.int16)
    for triangle in points[surface.faces]:
        _cross(triangle, crossings)
    return np.cumsum(crossings, axis=2)[:, :, :-1] != 0


def _in_voxels(vertices: np.ndarray) -> np.ndarray:
    origin = np.array([grid.LEFT, grid.FRONT, grid.LOW])
    return ((vertices - origin) / [grid.PIXEL, grid.PIXEL, 1.0]
            + [0, NUDGE, NUDGE * 1.37])


def _cross(triangle: np.ndarray, crossings: np.ndarray) -> None:
    """Adds the crossings of the rays that meet one triangle."""
    x, y, z = triangle.T
    rows = [_span(axis, size) for axis, size in zip((z, y), crossings.shape, strict=False)]
    area = (y[1] - y[0]) * (z[2] - z[0]) - (z[1] - z[0]) * (y[2] - y[0])
    if area == 0 or any(last < first for first, last in rows):
        return
    zz, yy = np.mgrid[tuple(slice(first, last + 1) for first, last in rows)]
    u = ((y[1] - yy) * (z[2] - zz) - (z[1] - zz) * (y[2] - yy)) / area
    v = ((y[2] - yy) * (z[0] - zz) - (z[2] - zz) * (y[0] - yy)) / area
    w = 1 - u - v
    met = (u >= 0) & (v >= 0) & (w >= 0)
    if met.any():
        at = np.ceil((u * x[0] + v * x[1] + w * x[2])[met]).astype(int)
        column = np.clip(at, 0, crossings.shape[2] - 1)
        np.add.at(crossings, (zz[met], yy[met], column), 1 if area > 0 else -1)


def _span(values: np.ndarray, size: int) -> tuple[int, int]:
    """The whole numbers between the least and the greatest value, inside the grid."""
    return (max(0, int(np.ceil(values.min()))),
            min(size - 1, int(np.floor(values.max()))))
