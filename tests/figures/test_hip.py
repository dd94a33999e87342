"""The meshes for the browser: they decode, they are closed, and they give the measured distance."""

from __future__ import annotations

import base64
import gzip
import json
import math
from array import array
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sampled import long

ANATOMY = Path(__file__).resolve().parents[2] / "docs/assets/anatomy"
SCRIPT = (ANATOMY / "hip.js").read_text(encoding="utf-8")
HIP: dict[str, Any] = json.loads(SCRIPT.removeprefix("window.hipModel="))
MEASURED: dict[str, Any] = json.loads((ANATOMY / "measurements.json").read_text(encoding="utf-8"))
Vector = tuple[float, float, float]


def unpacked(text: str) -> array[int]:
    return array("H", base64.b64decode(text))


def points(packed: dict[str, Any]) -> list[Vector]:
    flat = unpacked(packed["vertices"])
    low, step = packed["low"], packed["step"]
    return [tuple(low[k] + step[k] * flat[i + k] for k in range(3))
            for i in range(0, len(flat), 3)]


def triangles(packed: dict[str, Any]) -> list[tuple[int, int, int]]:
    flat = unpacked(packed["faces"])
    return list(zip(flat[::3], flat[1::3], flat[2::3], strict=True))


def minus(a: Vector, b: Vector) -> Vector:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def posed(point: Vector, extension: float, adduction: float, rotation: float) -> Vector:
    """The point after external rotation, adduction and extension, as the file's signs say."""
    x, y, z = point
    c, s = math.cos(math.radians(rotation)), math.sin(math.radians(rotation))
    x, y = x * c + y * s, y * c - x * s  # the front goes outwards
    c, s = math.cos(math.radians(adduction)), math.sin(math.radians(adduction))
    x, z = x * c + z * s, z * c - x * s  # the knee goes inwards
    c, s = math.cos(math.radians(extension)), math.sin(math.radians(extension))
    return x, y * c + z * s, z * c - y * s  # the knee goes backwards


def to_triangle(p: Vector, corners: tuple[Vector, Vector, Vector]) -> float:
    """Distance from a point to a triangle."""
    a, b, c = corners
    ab, ac, ap = minus(b, a), minus(c, a), minus(p, a)
    d00, d01, d11 = dot(ab, ab), dot(ab, ac), dot(ac, ac)
    d20, d21 = dot(ap, ab), dot(ap, ac)
    area = d00 * d11 - d01 * d01
    v, w = (d11 * d20 - d01 * d21) / area, (d00 * d21 - d01 * d20) / area
    if v >= 0 and w >= 0 and v + w <= 1:
        return math.sqrt(max(0.0, dot(ap, ap) - v * d20 - w * d21))
    return min(to_edge(p, a, b), to_edge(p, b, c), to_edge(p, c, a))


def to_edge(p: Vector, a: Vector, b: Vector) -> float:
    along, away = minus(b, a), minus(p, a)
    share = max(0.0, min(1.0, dot(away, along) / dot(along, along)))
    return math.dist(p, [a[k] + share * along[k] for k in range(3)])


def distance(extension: float, adduction: float, rotation: float) -> float:
    """The shortest distance from the lesser trochanter's points to the ischium's triangles."""
    pelvis = HIP["meshes"]["pelvis"]
    vertices, faces = points(pelvis), triangles(pelvis)
    ischium = [tuple(vertices[i] for i in faces[face]) for face in unpacked(HIP["ischium"])]
    balls = [(corners, centre, max(math.dist(centre, corner) for corner in corners))
             for corners in ischium
             for centre in [tuple(sum(axis) / 3 for axis in zip(*corners, strict=True))]]
    best = math.inf
    for point in points(HIP["trochanter"]):
        here = posed(point, extension, adduction, rotation)
        for corners, centre, radius in balls:
            if math.dist(here, centre) - radius < best:
                best = min(best, to_triangle(here, corners))  # type: ignore[arg-type]
    return best


@pytest.mark.parametrize(("pose", "angles"), [
    ("neutral", (0, 0, 0)), long("extension 10", (10, 0, 0)), long("adduction 10", (0, 10, 0)),
    long("external rotation 20", (0, 0, 20)),
    ("extension 10, adduction 10, external rotation 10", (10, 10, 10))])
def test_the_meshes_give_the_measured_distance(pose: str, angles: Vector) -> None:
    assert distance(*angles) == pytest.approx(MEASURED["poses"][pose]["space"], abs=0.15)


@pytest.mark.parametrize("bone", ["pelvis", "opposite", "sacrum", "femur"])
def test_each_bone_is_a_closed_surface(bone: str) -> None:
    mesh = HIP["meshes"][bone]
    faces = triangles(mesh)
    assert max(map(max, faces)) < len(points(mesh))
    edges = Counter((face[k], face[(k + 1) % 3]) for face in faces for k in range(3))
    assert all(count == 1 and edges[edge[::-1]] == 1 for edge, count in edges.items())


def test_the_file_is_small_and_carries_its_licence() -> None:
    assert len(gzip.compress(SCRIPT.encode(), 9)) <= 170_000
    assert "Mozilla Public License, v. 2.0" in HIP["licence"]
    assert "musculoskeletal-models 0.2.4" in HIP["licence"]
    licence = (ANATOMY / "LICENSE-MPL-2.0.txt").read_text(encoding="utf-8")
    assert "Mozilla Public License Version 2.0" in licence
    assert "musculoskeletal-models 0.2.4" in licence


def test_the_landmarks_lie_on_the_bones() -> None:
    bones = {"lesser trochanter": "femur", "greater trochanter": "femur",
             "quadrate tubercle": "femur", "ischial spine": "pelvis",
             "ischial tuberosity": "pelvis"}
    for name, bone in bones.items():
        landmark = HIP["landmarks"][name]
        assert min(math.dist(landmark, point) for point in points(HIP["meshes"][bone])) < 3
