"""The femur's version and neck-shaft angle, and femora in which one of them is larger."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import trimesh
from scipy.spatial.transform import Rotation

from figures.atlas import on_grid
from figures.hip import Hip, unit

NECK = np.linspace(24, 32, 5)  # mm from the head's centre, where the neck is cut to find its axis
SHAFT = (-110.0, -200.0)  # mm below the head, where the shaft is cut to find its axis
UP = np.array([0, 0, 1.0])


@dataclass(frozen=True)
class Neck:
    """The neck's axis, from the head's centre (the origin) to where it comes nearest the shaft."""

    base: np.ndarray
    shaft: np.ndarray  # direction of the shaft, downwards

    @property
    def direction(self) -> np.ndarray:
        """From the head to the base."""
        return unit(self.base)

    @property
    def version(self) -> float:
        """Degrees that the neck points in front of the line along the backs of the condyles."""
        return float(np.degrees(np.arctan2(-self.base[1], self.base[0])))

    @property
    def shaft_angle(self) -> float:
        """Degrees between the neck and the shaft."""
        return float(np.degrees(np.arccos(-self.direction @ self.shaft)))


def neck(hip: Hip) -> Neck:
    """The axis through the middles of the cuts across the neck, and that of the upper shaft."""
    direction = unit([0.75, -0.2, -0.6])
    for _ in range(6):
        direction = unit(sum(_middle(hip.femur, direction * far, direction) for far in NECK))
    high, low = (_middle(hip.femur, np.array([0, 0, z]), UP) for z in SHAFT)
    shaft = unit(low - high)
    between = np.cross(direction, shaft)
    return Neck(direction * (np.cross(high, shaft) @ between) / (between @ between), shaft)


def raised(axis: Neck, degrees: float) -> np.ndarray:
    """Where the neck's base lies, seen from the head, with the neck raised on the shaft."""
    about = unit(np.cross(axis.direction, axis.shaft))
    return Rotation.from_rotvec(np.radians(degrees) * about).apply(axis.base)


def with_version(hip: Hip, degrees: float) -> Hip:
    """The neck turned forwards on the shaft, above the lesser trochanter; the knee stays."""
    return _bent(hip, degrees, neck(hip).shaft)


def with_shaft_angle(hip: Hip, degrees: float) -> Hip:
    """The neck raised on the shaft."""
    axis = neck(hip)
    return _bent(hip, degrees, unit(np.cross(axis.direction, axis.shaft)))


def _bent(hip: Hip, degrees: float, about: np.ndarray) -> Hip:
    """The head and neck turned about the neck's base, then the head put back in its socket."""
    axis = neck(hip)
    along = hip.femur.vertices @ axis.direction
    aside = np.linalg.norm(hip.femur.vertices - along[:, None] * axis.direction, axis=1)
    far = along + (aside - 17).clip(0)  # the trochanters lie beside the neck, not on it
    share = _ease((44 - far) / 20)
    turns = Rotation.from_rotvec(np.radians(degrees) * share[:, None] * about)
    vertices = turns.apply(hip.femur.vertices - axis.base) + axis.base
    head = Rotation.from_rotvec(np.radians(degrees) * about).apply(-axis.base) + axis.base
    return replace(hip, femur=trimesh.Trimesh(on_grid(vertices - head), hip.femur.faces,
                                              process=False))


def _ease(share: np.ndarray) -> np.ndarray:
    share = share.clip(0, 1)
    return share * share * (3 - 2 * share)


def _middle(bone: trimesh.Trimesh, point: np.ndarray, normal: np.ndarray) -> np.ndarray:
    """Middle of the cut through the bone that lies nearest to the point."""
    loops = bone.section(normal, point).discrete
    middles = [_centre(loop) for loop in loops]
    return min(middles, key=lambda middle: float(np.linalg.norm(middle - point)))


def _centre(loop: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(np.diff(loop, axis=0), axis=1)
    return np.average((loop[1:] + loop[:-1]) / 2, axis=0, weights=lengths)
