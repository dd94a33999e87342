"""Where the source is put right: its tuberosity ends too high and lies too far medially.

At the level of the lesser trochanter the source's ischium is 32 mm and more from the femur, where
MRI finds 23 to 26. The tuberosity and all that is attached to it move down and outwards, smoothly.
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


def surfaces(folder: Path, part: Part) -> list[Surface]:
    """The part's meshes where they belong."""
    read = [load(folder, mesh) for mesh in part.meshes]
    return [Surface(moved(each.vertices), each.faces) if part.moved else each for each in read]
