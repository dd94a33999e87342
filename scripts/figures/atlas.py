"""The bone model: pelvis, sacrum and femur as smooth patches, evaluated as triangles.

The source is the package `musculoskeletal-models` (Auckland Bioengineering Institute, MPL-2.0):
the mean of 26 people and a shape model that gives each of them back.
The atlas frame has x to the left, y to the back and z up, in millimetres.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy
import trimesh
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

SOURCE = "musculoskeletal-models 0.2.4, Auckland Bioengineering Institute, MPL-2.0"
PELVIS = ("pelvis_combined_cubic_mean_rigid_LLP26.geof", "pelvis_combined_cubic_flat")
FEMUR = ("femur_left_mean_rigid_LLP26.geof", "femur_left_quartic_flat")
PELVIS_POINTS, FEMUR_POINTS = 1946, 634  # control points of each bone in the shape model
GRID = 5  # decimals of a mm that are kept
WELD = 1e-4  # mm; patches repeat the points of their shared edges


@dataclass(frozen=True)
class Bones:
    """Both hip bones with the sacrum, and the left femur, in the atlas frame."""

    pelvis: trimesh.Trimesh
    femur: trimesh.Trimesh


def mean(pelvis_density: int = 16, femur_density: int = 28) -> Bones:
    """The mean person; density is the number of points along each patch."""
    return Bones(_tessellate(_field(*PELVIS), pelvis_density),
                 _tessellate(_field(*FEMUR), femur_density))


def individuals(density: int = 8) -> Iterator[Bones]:
    """The 26 people of the shape model, in its order."""
    model = _shape_model()
    for weights in model["projectedWeights"].T:
        points = (model["mean"] + model["modes"] @ weights).reshape(3, -1)
        yield Bones(_reshape(PELVIS, points[:, :PELVIS_POINTS], density),
                    _reshape(FEMUR, points[:, PELVIS_POINTS:PELVIS_POINTS + FEMUR_POINTS], density))


def _reshape(names: tuple[str, str], points: np.ndarray, density: int) -> trimesh.Trimesh:
    field = _field(*names)
    field.set_field_parameters(np.ascontiguousarray(points)[:, :, None])
    return _tessellate(field, density)


def _tessellate(field: Any, density: int) -> trimesh.Trimesh:
    vertices, faces = field.triangulate([density, density], merge=False)
    return _weld(on_grid(vertices), np.asarray(faces))


def on_grid(points: np.ndarray) -> np.ndarray:
    """Points rounded to 0.01 µm, so that the last bits, which depend on the processor, are gone."""
    return np.round(np.asarray(points, float), GRID) + 0.0


def _weld(vertices: np.ndarray, faces: np.ndarray) -> trimesh.Trimesh:
    """Joins the patches; the library's own merge takes a minute for what takes a second here."""
    pairs = cKDTree(vertices).query_pairs(WELD, output_type="ndarray")
    links = coo_array((np.ones(len(pairs)), pairs.T), shape=(len(vertices),) * 2)
    _, group = connected_components(links, directed=False)
    _, first = np.unique(group, return_index=True)
    faces = group[faces]
    distinct = (faces != np.roll(faces, 1, axis=1)).all(axis=1)
    return trimesh.Trimesh(vertices[first], faces[distinct], process=False)


def _field(geometry: str, patches: str) -> Any:
    return _library().load_geometric_field(
        *(str(_models() / "atlas_meshes" / name)
          for name in (geometry, f"{patches}.ens", f"{patches}.mesh")))


def _shape_model() -> Any:
    with (_models() / "shape_models" / "LLP26_rigid.pc").open("rb") as file:
        return pickle.load(file)


def _models() -> Path:
    import musculoskeletal

    return Path(next(iter(musculoskeletal.__path__))) / "models"


@cache
def _library() -> Any:
    """`gias3.fieldwork`, with the numpy names in scipy's namespace that it still expects there."""
    for name in dir(np):
        if not name.startswith("_") and not hasattr(scipy, name):
            setattr(scipy, name, getattr(np, name))
    from gias3.fieldwork.field import geometric_field

    return geometric_field
