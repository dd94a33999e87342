"""Meshes of BodyParts3D as the project's own source: found by name, checked by hash, read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from figures.tissue.parts import Mesh, parts


class SourceError(Exception):
    """The folder of meshes is not the one that the figures are made from."""


@dataclass(frozen=True)
class Surface:
    """Triangles: `faces` are rows of `vertices`, in mm; x leftwards, y backwards, z upwards."""

    vertices: np.ndarray
    faces: np.ndarray


def complaints(folder: Path) -> list[str]:
    """Every mesh that is missing or differs from the table, one line each."""
    wrong = []
    for part in parts().values():
        for mesh in part.meshes:
            path = folder / f"{mesh.file}.obj"
            if not path.is_file():
                wrong.append(f"{path}: is missing ({part.name}, BodyParts3D 4.0, {mesh.tree})")
            elif _hash(path) != mesh.sha256:
                wrong.append(f"{path}: is another mesh than the one named in tissue/parts.csv")
    return wrong


def checked(folder: Path) -> Path:
    """The folder itself, when each of its meshes has the hash that the table names."""
    if wrong := complaints(folder):
        raise SourceError("\n".join(wrong))
    return folder


def load(folder: Path, mesh: Mesh) -> Surface:
    """The triangles of one mesh."""
    vertices, faces = [], []
    text = (folder / f"{mesh.file}.obj").read_text(encoding="latin-1")
    for line in text.splitlines():
        if line.startswith("v "):
            vertices.append([float(word) for word in line.split()[1:4]])
        elif line.startswith("f "):
            corners = [int(word.split("/")[0]) - 1 for word in line.split()[1:]]
            faces += [[corners[0], *pair] for pair in pairwise(corners[1:])]
    return Surface(np.array(vertices), np.array(faces))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
