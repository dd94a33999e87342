"""Solid bodies for shaded pictures: the parts' own surfaces, and what the source lacks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import trimesh
from scipy.interpolate import CubicSpline

from figures.tissue.meshes import Surface
from figures.tissue.parts import parts
from figures.tissue.place import surfaces
from figures.tissue.placed import SCIATIC_NERVE

COARSE = 7000  # triangles; a mesh of fewer is refined
FLAT = {"quadratus-femoris", "inferior-gemellus", "superior-gemellus", "obturator-internus"}
Points = Sequence[Sequence[float]]


def solid(folder: Path, name: str) -> Surface:
    """A part as the picture shows it, its facets rounded."""
    meshes = [trimesh.Trimesh(each.vertices, each.faces)
              for each in surfaces(folder, parts()[name])]
    body = trimesh.util.concatenate(meshes)
    body.merge_vertices(digits_vertex=3)
    if len(body.faces) < COARSE:
        body = body.subdivide()
        trimesh.smoothing.filter_taubin(body, iterations=45 if name in FLAT else 12)
    if name in BULGE:
        body.vertices = body.vertices + body.vertex_normals * BULGE[name]
    if name == "semimembranosus":
        body.vertices = _tapered(body.vertices)
        body = body.slice_plane([0, 0, 738], [0, 0, -1])
    return Surface(np.round(body.vertices, 3), np.asarray(body.faces))


BULGE = {"quadratus-femoris": 1.3, "superior-gemellus": 0.6, "inferior-gemellus": 0.2}
SEMIMEMBRANOSUS = [  # the course of its tendon, from the tuberosity into the muscle
    (-80, -50, 778), (-82, -46, 768), (-81, -44, 758), (-76, -45, 748), (-68, -49, 736),
    (-57, -52, 724), (-46, -52, 712), (-38, -50, 696), (-33, -48, 680)]


def _tapered(points: np.ndarray) -> np.ndarray:
    """The muscle narrowed upwards into its tendon."""
    x, y, z = points.T
    share = np.clip((z - 684) / 46, 0, 1)
    course = np.array(SEMIMEMBRANOSUS)[::-1]
    levels = np.arange(640, 742, 6.0)
    middles = [points[np.abs(z - level) < 6][:, :2].mean(0) for level in levels]
    out = points.copy()
    for axis, own in enumerate((x, y)):
        middle = np.interp(z, levels, [each[axis] for each in middles])
        towards = np.interp(z, course[:, 2], course[:, axis]) + 0.25 * (own - middle)
        out[:, axis] = (1 - share) * own + share * towards
    return out


def tube(points: Points, across: Sequence[float], deep: Sequence[float], count: int = 80,
         sides: int = 20) -> Surface:
    """A sleeve along a curve, with half widths across the picture and in its depth."""
    line, at, along = _curve(points, count)
    direction = np.gradient(line, axis=0)
    direction /= _length(direction)
    side = np.cross(direction, [0, 1, 0])
    side /= _length(side)
    up = np.cross(side, direction)
    wide, thick = (np.interp(at, along, each)[:, None, None] for each in (across, deep))
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)[None, :, None]
    ring = side[:, None] * wide * np.cos(turn) + up[:, None] * thick * np.sin(turn)
    return Surface((line[:, None] + ring).reshape(-1, 3), _sleeve(count, sides))


def strip(left: Points, right: Points, bow: float, count: int = 40, across: int = 14) -> Surface:
    """A band between two border curves, bowed backwards."""
    (one, *_), (other, *_) = _curve(left, count), _curve(right, count)
    share = np.linspace(0, 1, across)[None, :, None]
    sheet = one[:, None] * (1 - share) + other[:, None] * share
    sheet[..., 1] += bow * np.sin(np.pi * share[..., 0])
    faces = [corner for i in range(count - 1) for j in range(across - 1)
             for corner in _square(i * across + j, across)]
    return Surface(sheet.reshape(-1, 3), np.array(faces))


def _curve(points: Points, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points on the smooth line, where they lie along it, and where the given ones lie."""
    given = np.array(points, float)
    along = np.r_[0, np.cumsum(_length(np.diff(given, axis=0)))]
    at = np.linspace(0, along[-1], count)
    return CubicSpline(along, given)(at), at, along


def _length(vectors: np.ndarray) -> np.ndarray:
    square = vectors[:, 0] ** 2 + vectors[:, 1] ** 2 + vectors[:, 2] ** 2
    return np.sqrt(square) if vectors.ndim == 1 else np.sqrt(square)[:, None]


def _sleeve(count: int, sides: int) -> np.ndarray:
    faces = []
    for i in range(count - 1):
        for j in range(sides):
            a, b = i * sides + j, i * sides + (j + 1) % sides
            faces += [[a, a + sides, b], [b, a + sides, b + sides]]
    return np.array(faces)


def _square(corner: int, across: int) -> list[list[int]]:
    return [[corner, corner + 1, corner + across],
            [corner + 1, corner + across + 1, corner + across]]


def sciatic_nerve() -> Surface:
    """The trunk from the greater sciatic foramen into the thigh."""
    rows = SCIATIC_NERVE[::-1]
    inside = [(-60, -78, 862), (-64, -62, 848), (-67, -49, 835), (-71, -38, 822)]
    course = inside + [(x, y, z) for z, x, y, *_ in rows if 690 < z < 812] + [(-84, -49, 665)]
    down = [-point[2] for point in course]
    return tube(course, np.interp(down, [-850, -800, -760, -665], [7, 6.5, 5.4, 4.8]),
                np.interp(down, [-850, -665], [2.8, 3.4]))


def tendons() -> dict[str, Surface]:
    """The two hamstring tendons on the tuberosity, and the ligaments of the sacrum."""
    return {
        "semimembranosus-tendon": tube(
            SEMIMEMBRANOSUS,
            [3, 5.5, 5.5, 5, 5, 5.4, 5.2, 4, 1.5], [1.5, 2.6, 2.6, 2.4, 2.2, 2.4, 2.8, 2.6, 1]),
        "conjoint-tendon": tube(
            [(-70, -38, 782), (-71, -33, 772), (-71.5, -29.5, 760), (-69, -30, 748),
             (-65, -33, 738), (-62.5, -35, 728), (-61, -38, 716)],
            [4, 9, 9, 7, 4.5, 2.4, .5], [2, 3.5, 3.6, 3.0, 2.4, 1.6, .4]),
        "sacrotuberous-ligament": strip(
            [(-41, 8, 872), (-41, 1, 850), (-46, -11, 822), (-57, -23, 795), (-70, -36, 766)],
            [(-6, 15, 806), (-22, 7, 803), (-37, -7, 797), (-49, -20, 782), (-58, -42, 756)], 7.5),
        "sacrospinous-ligament": strip(
            [(-14, 0, 836), (-30, -17, 829), (-47, -33, 824)],
            [(-8, 3, 806), (-28, -15, 811), (-47, -34, 819)], 4.0),
    }
