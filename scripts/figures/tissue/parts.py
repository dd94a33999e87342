"""The parts of the hip: which mesh of BodyParts3D each is made from, and how it is treated."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("parts.csv")
BONES = ("hip-bone", "femur", "sacrum")


@dataclass(frozen=True)
class Mesh:
    """One OBJ file: its id, FMA concept, name, the tree whose archive holds it, and its hash."""

    file: str
    concept: str
    title: str
    tree: str
    sha256: str


@dataclass(frozen=True)
class Part:
    """A structure: its meshes, and what is done to them.

    grow: mm by which a muscle may grow into the gap that the source leaves round it
    moved: whether it follows the tuberosity, which is moved down (see `place`)
    thin: whether it is a sheet or a vessel, to be smoothed less
    """

    name: str
    meshes: tuple[Mesh, ...]
    grow: float | None
    moved: bool
    thin: bool


@cache
def parts() -> dict[str, Part]:
    """Every part by name, in the order of the table."""
    rows: dict[str, list[dict[str, str]]] = {}
    with TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            rows.setdefault(row["part"], []).append(row)
    return {name: _part(name, same) for name, same in rows.items()}


def _part(name: str, rows: list[dict[str, str]]) -> Part:
    first = rows[0]
    meshes = tuple(Mesh(row["file"], row["concept"], row["title"], row["tree"], row["sha256"])
                   for row in rows)
    return Part(name, meshes, float(first["grow"]) if first["grow"] else None,
                bool(first["moved"]), bool(first["thin"]))


@cache
def muscles() -> tuple[str, ...]:
    """The parts that grow until they nearly meet."""
    return tuple(name for name, part in parts().items() if part.grow is not None)
