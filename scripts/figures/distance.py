"""The model distance from the ischium to the lesser trochanter, in space and in the axial plane."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
import trimesh
from scipy.spatial import cKDTree
from shapely.ops import nearest_points, unary_union

from figures.hip import Hip
from figures.landmarks import lesser_trochanter
from figures.motion import NEUTRAL, Pose

TROCHANTER = 16  # mm around the apex that count as lesser trochanter
ISCHIUM_TOP, ISCHIUM_FRONT = -12, 5  # mm; the hip bone below and behind these is ischium
FINE = 0.8  # mm; the meshes are divided until no edge is longer
STACK = range(-12, 13, 3)  # mm above the apex


@dataclass(frozen=True)
class Gap:
    """The shortest line from ischium to femur; `mm` is 0 where the bones meet."""

    mm: float
    ischium: np.ndarray
    femur: np.ndarray


@dataclass(frozen=True)
class Space:
    """The ischiofemoral space of one hip, ready to be measured in any pose."""

    hip: Hip

    @cached_property
    def apex(self) -> np.ndarray:
        """Apex of the lesser trochanter."""
        return lesser_trochanter(self.hip)

    def in_space(self, pose: Pose = NEUTRAL, shift: np.ndarray | float = 0.0) -> Gap:
        """The shortest line in three dimensions, with the femur turned and then shifted."""
        points = self.trochanter @ pose.matrix.T + shift
        tree, normals = self._ischium
        bound = tree.query(points[::40])[0].min() + 1e-9  # so that most points are soon given up
        distances, nearest = tree.query(points, distance_upper_bound=bound)
        best = distances.argmin()
        near = np.isfinite(distances)
        inwards = ((points[near] - tree.data[nearest[near]]) * normals[nearest[near]]).sum(axis=1)
        touching = bool((inwards < 0).any())
        return Gap(0.0 if touching else float(distances[best]),
                   tree.data[nearest[best]], points[best])

    def axial(self, pose: Pose = NEUTRAL, above: float = 0.0) -> Gap | None:
        """The shortest line in the axial plane through the apex, or some way above it.

        None where the plane passes below the ischium.
        """
        level = self.level(pose) + above
        behind = shapely.box(-200, -200, 200, ISCHIUM_FRONT)
        ischium = section(self.hip.pelvis, level) & behind
        femur = section(turned(self.hip.femur, pose), level)
        if ischium.is_empty:
            return None
        ends = nearest_points(ischium, femur)
        return Gap(float(ends[0].distance(ends[1])),
                   *(np.array([end.x, end.y, level]) for end in ends))

    def axial_smallest(self, pose: Pose = NEUTRAL) -> Gap:
        """The smallest axial line in a stack of planes around the apex, as sought on MRI."""
        gaps = [self.axial(pose, above) for above in STACK]
        return min((gap for gap in gaps if gap), key=lambda gap: gap.mm)

    def level(self, pose: Pose = NEUTRAL) -> float:
        """Height of the apex, where the axial section is taken."""
        return float((pose.matrix @ self.apex)[2])

    @cached_property
    def trochanter(self) -> np.ndarray:
        """Points of the lesser trochanter's surface, nowhere further apart than FINE."""
        return _near(self.hip.femur, self.apex, TROCHANTER).vertices

    @cached_property
    def _ischium(self) -> tuple[cKDTree, np.ndarray]:
        centres = self.hip.pelvis.triangles_center
        part = _finer(self.hip.pelvis.submesh(
            [np.flatnonzero((centres[:, 2] < ISCHIUM_TOP) & (centres[:, 1] < ISCHIUM_FRONT))],
            append=True))
        return cKDTree(part.vertices), part.vertex_normals


def turned(bone: trimesh.Trimesh, pose: Pose) -> trimesh.Trimesh:
    """The bone in the pose."""
    return trimesh.Trimesh(bone.vertices @ pose.matrix.T, bone.faces, process=False)


def section(bone: trimesh.Trimesh, level: float) -> shapely.Geometry:
    """Cut surface of the bone in a horizontal plane, as seen from above, in millimetres."""
    cut = bone.section([0, 0, 1], [0, 0, level])
    if cut is None:
        return shapely.Polygon()
    loops = (shapely.Polygon(loop[:, :2]) for loop in cut.discrete if len(loop) > 3)
    return unary_union([loop.buffer(0) for loop in loops])


def _near(bone: trimesh.Trimesh, point: np.ndarray, radius: float) -> trimesh.Trimesh:
    close = np.linalg.norm(bone.triangles_center - point, axis=1) < radius
    return _finer(bone.submesh([np.flatnonzero(close)], append=True))


def _finer(bone: trimesh.Trimesh) -> trimesh.Trimesh:
    return bone.subdivide_to_size(FINE)
