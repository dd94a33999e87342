"""The skin, which the source has not: the hull of muscle and bone and a layer of fat."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from scipy.ndimage import distance_transform_edt, gaussian_filter, zoom

from figures.tissue import grid
from figures.tissue.parts import BONES, muscles, parts
from figures.tissue.volume import Volume

COARSE, EVERY, PAD = 4, 3, 40  # voxels to a pixel, levels to a plane, pixels around
PIXEL = grid.PIXEL * COARSE
THIGHS = 762  # below this height the two thighs have a skin of their own
CLEFT = 32  # mm that the fold between them is bridged by


def skin(volume: Volume, z: float) -> np.ndarray:
    """Distance to the skin at height z, negative inside, on the pixels of a section."""
    planes = _planes(volume)
    at = min(max((z - grid.LOW) / EVERY, 0), len(planes) - 1.001)
    below, share = int(at), at - int(at)
    plane = (1 - share) * planes[below] + share * planes[below + 1]
    fine = zoom(plane, COARSE * grid.FINER, order=1, grid_mode=True, mode="nearest")
    return fine[:grid.SIDE, :grid.SIDE]


@lru_cache(1)
def _planes(volume: Volume) -> np.ndarray:
    planes = [_plane(volume, level) for level in range(0, grid.LEVELS, EVERY)]
    return gaussian_filter(np.array(planes), (2.0, 2.5, 2.5))


def _plane(volume: Volume, level: int) -> np.ndarray:
    """Distance to the skin at a level, coarse."""
    own = np.pad(_flesh(volume, level), PAD)
    hull = _hull(own, grid.LOW + level)
    apart = distance_transform_edt(~hull) * PIXEL - distance_transform_edt(hull) * PIXEL
    return (apart - _fat(own.shape))[PAD:-PAD, PAD:-PAD]


def _flesh(volume: Volume, level: int) -> np.ndarray:
    """Muscle and bone of the right side."""
    mask = np.zeros((grid.COLUMNS // COARSE,) * 2, bool)
    for name in (*muscles(), *BONES, "iliotibial-tract"):
        grown = max(parts()[name].grow or 0, 0)
        mask |= volume.fields[name][level][::COARSE, ::COARSE] < grown
    mask[:, grid.LEFT + PIXEL * np.arange(mask.shape[1]) > 0] = False
    return mask


def _hull(own: np.ndarray, z: float) -> np.ndarray:
    """What the skin is drawn over: both sides at once, and below them each thigh."""
    middle = PAD + round(-grid.LEFT / PIXEL)
    width = min(middle, own.shape[1] - middle)
    both = own.copy()
    both[:, middle:middle + width] |= own[:, middle - width:middle][:, ::-1]
    if z > THIGHS:
        return _convex(both)
    closed = distance_transform_edt(distance_transform_edt(~both) * PIXEL < CLEFT) * PIXEL > CLEFT
    return closed | _convex(own)


def _convex(mask: np.ndarray) -> np.ndarray:
    """The pixels inside the convex hull of a mask."""
    rows, columns = np.nonzero(mask)
    hull = shapely.MultiPoint(np.c_[columns, rows]).convex_hull.buffer(0.5)
    row, column = np.indices(mask.shape)
    return shapely.contains_xy(hull, column, row)


def _fat(shape: tuple[int, ...]) -> np.ndarray:
    """Thickness of the fat under the skin: more behind and at the side."""
    y = (grid.FRONT + PIXEL * (np.arange(shape[0]) - PAD))[:, None]
    x = (grid.LEFT + PIXEL * (np.arange(shape[1]) - PAD))[None]
    return 17 + 11 / (1 + np.exp(-(y + 45) / 18)) + 3 / (1 + np.exp((x + 130) / 12))
