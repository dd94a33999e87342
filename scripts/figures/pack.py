"""Meshes for the browser: fewer triangles, 16-bit coordinates, and what a distance needs.

A mesh is `{"low": [x, y, z], "step": [x, y, z], "vertices": …, "faces": …}`; the last two are
base64 of little-endian unsigned 16-bit numbers, and vertex `i` lies at `low + step * vertices[i]`.
"""

from __future__ import annotations

import base64
from typing import Any

import fast_simplification
import numpy as np
import trimesh

from figures.distance import ISCHIUM_FRONT, ISCHIUM_TOP, Space

FACES = {"pelvis": 8000, "opposite": 1400, "sacrum": 1800, "femur": 6000}
FEMUR_END = -230  # mm; the shaft is cut off here
LICENCE = (
    "The meshes in this file are decimated from musculoskeletal-models 0.2.4, Auckland"
    " Bioengineering Institute, and are subject to the terms of the Mozilla Public License, v. 2.0."
    " If a copy of the MPL was not distributed with this file, you can obtain one at"
    " https://mozilla.org/MPL/2.0/. A copy is in LICENSE-MPL-2.0.txt.")


def packed(space: Space, measurements: dict[str, Any]) -> dict[str, Any]:
    """The file for the browser."""
    meshes = decimated(space)
    return {
        "licence": LICENCE,
        "frame": measurements["about"]["frame"],
        "signs": measurements["about"]["signs"],
        "ranges": {"extension": [-20, 20], "adduction": [-20, 20], "external_rotation": [-30, 40]},
        "landmarks": measurements["model"]["landmarks"],
        "neutral": measurements["poses"]["neutral"]["space"],
        "meshes": {name: _mesh(mesh) for name, mesh in meshes.items()},
        "apex": space.apex.round(3).tolist(),
        "trochanter": _points(space.trochanter),
        "ischium": _numbers(ischium_faces(meshes["pelvis"])),
    }


def decimated(space: Space) -> dict[str, trimesh.Trimesh]:
    """The bones with fewer triangles, the femur without its lower part."""
    hip = space.hip
    upper = hip.femur.slice_plane([0, 0, FEMUR_END], [0, 0, 1], cap=True)
    bones = {"pelvis": hip.pelvis, "opposite": hip.opposite, "sacrum": hip.sacrum, "femur": upper}
    return {name: _simplified(bone, FACES[name]) for name, bone in bones.items()}


def ischium_faces(pelvis: trimesh.Trimesh) -> np.ndarray:
    """The triangles of the decimated hip bone that count as ischium."""
    centres = pelvis.triangles_center
    return np.flatnonzero((centres[:, 2] < ISCHIUM_TOP) & (centres[:, 1] < ISCHIUM_FRONT))


def _simplified(bone: trimesh.Trimesh, faces: int) -> trimesh.Trimesh:
    vertices, triangles = bone.vertices.astype(np.float32), bone.faces.astype(np.int32)
    for _ in range(4):  # one pass stops short of its target
        if len(triangles) > faces * 1.03:
            vertices, triangles = fast_simplification.simplify(
                vertices, triangles, target_count=faces, agg=8)
    return trimesh.Trimesh(vertices, triangles, process=True)


def _mesh(mesh: trimesh.Trimesh) -> dict[str, Any]:
    return _points(mesh.vertices) | {"faces": _numbers(mesh.faces)}


def _points(points: np.ndarray) -> dict[str, Any]:
    low = np.floor(points.min(axis=0))
    step = (np.ceil(points.max(axis=0)) - low) / 65535
    return {"low": low.tolist(), "step": [float(f"{size:.8g}") for size in step],
            "vertices": _numbers(np.round((points - low) / step))}


def _numbers(values: np.ndarray) -> str:
    return base64.b64encode(np.asarray(values).astype("<u2").tobytes()).decode()

