"""Where the source is put right.

Its tuberosity ends too high and lies too far medially: at the level of the lesser trochanter the
ischium is 32 mm and more from the femur, where MRI finds 23 to 26. The tuberosity and all that is
attached to it move down and outwards, smoothly. Its tensor fasciae latae ends too high and its
rectus femoris is too wide in the upper thigh: the one is drawn out, the other drawn in.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from figures.tissue.meshes import Surface, load
from figures.tissue.parts import Part

TUBEROSITY = np.array([-62.0, -45.0, 765.0])
REACH = 25.0  # mm
SHIFT = np.array([-6.0, 0.0, -14.0])


def moved(points: np.ndarray) -> np.ndarray:
    """Points near the tuberosity moved with it."""
    points = np.asarray(points, float)
    square = ((points - TUBEROSITY) ** 2).sum(-1, keepdims=True)
    return points + SHIFT * np.exp(-square / (2 * REACH ** 2))


def lengthened(points: np.ndarray) -> np.ndarray:
    """The tensor drawn out downwards below the hip, over the outer side of the thigh."""
    below = np.maximum(815 - points[:, 2], 0)
    return points + below[:, None] * [0.10, 0.02, -1.1]


def narrowed(points: np.ndarray) -> np.ndarray:
    """The rectus three quarters as wide below the hip, its inner border where it was."""
    share = np.clip((815 - points[:, 2]) / 25, 0, 1)
    return points - np.outer(share * 0.26 * (points[:, 0] + 104), [1, 0, 0])


REPAIRS = {"tensor-fasciae-latae": lengthened, "rectus-femoris": narrowed}


def surfaces(folder: Path, part: Part) -> list[Surface]:
    """The part's meshes where they belong."""
    put = moved if part.moved else REPAIRS.get(part.name, np.asarray)
    read = [load(folder, mesh) for mesh in part.meshes]
    return [Surface(put(each.vertices), each.faces) for each in read]
