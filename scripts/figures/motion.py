"""Movements of the right hip.

Frame: x lateral (to the patient's right), y anterior, z up; millimetres and degrees; origin at the
centre of the hip. Positive angles are extension (knee backwards), adduction (knee inwards) and
external rotation (front of the thigh outwards); flexion, abduction and internal rotation are
negative. The femur turns first about its own axis, then in the frontal, then in the sagittal plane.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Pose:
    """A position of the femur, in degrees from neutral."""

    extension: float = 0
    adduction: float = 0
    external_rotation: float = 0

    @property
    def matrix(self) -> np.ndarray:
        """The rotation that takes neutral points `p` to `p @ matrix.T`."""
        return (_about(0, -self.extension) @ _about(1, self.adduction)
                @ _about(2, -self.external_rotation))


NEUTRAL = Pose()


def _about(axis: int, degrees: float) -> np.ndarray:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.eye(3)
    i, j = (axis + 1) % 3, (axis + 2) % 3
    turn[[i, j], [i, j]] = cos
    turn[i, j], turn[j, i] = -sin, sin
    return turn
