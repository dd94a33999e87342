"""One right hip: the atlas bones in an anatomical frame, with the femoral head in its socket.

The atlas has a left femur, so the left hip is mirrored. In the atlas the head lies some 8 mm off
the centre of the acetabulum and the pelvis is a little oblique; both are put right here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from scipy.optimize import least_squares
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from figures.atlas import Bones, on_grid

MIRROR = np.array([1, -1, 1])  # atlas (left, back, up) to (right, front, up) of a mirrored person


@dataclass(frozen=True)
class Hip:
    """Bones in the frame of `motion`; `shift` is how far the head had to move to be seated."""

    pelvis: trimesh.Trimesh
    opposite: trimesh.Trimesh
    sacrum: trimesh.Trimesh
    femur: trimesh.Trimesh
    head_radius: float
    socket_radius: float
    shift: float


def seat(bones: Bones) -> Hip:
    """Mirrors the bones, frames each by its own landmarks and puts head and socket together."""
    femur = _mirrored(bones.femur)
    opposite, pelvis, sacrum = _parts(_mirrored(bones.pelvis))
    head, head_radius = _head(femur)
    socket, socket_radius = _socket(pelvis, head)
    upright = _pelvic_frame(pelvis, opposite)
    return Hip(*(_moved(part, socket, upright) for part in (pelvis, opposite, sacrum)),
               femur=_moved(femur, head, _femoral_frame(femur, head)),
               head_radius=head_radius, socket_radius=socket_radius,
               shift=float(np.linalg.norm(head - socket)))


def unit(vector: np.ndarray) -> np.ndarray:
    """The vector's direction."""
    return np.asarray(vector) / np.linalg.norm(vector)


def _mirrored(bone: trimesh.Trimesh) -> trimesh.Trimesh:
    return trimesh.Trimesh(bone.vertices * MIRROR, bone.faces[:, ::-1], process=False)


def _moved(bone: trimesh.Trimesh, origin: np.ndarray, frame: np.ndarray) -> trimesh.Trimesh:
    turned = on_grid((bone.vertices - origin) @ frame.T)
    return trimesh.Trimesh(turned, bone.faces, process=False)


def _parts(pelvis: trimesh.Trimesh) -> list[trimesh.Trimesh]:
    """Left hip bone, right hip bone, sacrum: the sacrum is the part that ends highest."""
    parts = _pieces(pelvis)
    sacrum = max(parts, key=lambda part: part.bounds[0][2])
    hips = sorted((part for part in parts if part is not sacrum), key=lambda part: part.centroid[0])
    return [*hips, sacrum]


def _pieces(bone: trimesh.Trimesh) -> list[trimesh.Trimesh]:
    """The separate surfaces of a mesh, points and faces in their own order.

    The library's split sorts in an order that depends on the processor.
    """
    edges = np.vstack([bone.faces[:, :2], bone.faces[:, 1:]])
    links = coo_array((np.ones(len(edges)), edges.T), shape=(len(bone.vertices),) * 2)
    count, piece = connected_components(links, directed=False)
    return [_part(bone, piece == number) for number in range(count)]


def _part(bone: trimesh.Trimesh, own: np.ndarray) -> trimesh.Trimesh:
    renumbered = np.cumsum(own) - 1
    faces = renumbered[bone.faces[own[bone.faces[:, 0]]]]
    return trimesh.Trimesh(bone.vertices[own], faces, process=False)


def _head(femur: trimesh.Trimesh) -> tuple[np.ndarray, float]:
    """Centre and radius of the sphere through the medial, upper part of the head."""
    points = femur.vertices
    top = points[points[:, 2] > points[:, 2].max() - 42]
    centre, radius = top[top[:, 0] < top[:, 0].min() + 25].mean(axis=0), 24.0
    for step in range(60):
        away = points - centre
        near = abs(np.linalg.norm(away, axis=1) - radius) < (6 if step < 5 else 2)
        centre, radius = _sphere(points[near & (away @ unit([-0.75, 0.15, 0.6]) > -3)])
    return centre, radius


def _socket(pelvis: trimesh.Trimesh, head: np.ndarray) -> tuple[np.ndarray, float]:
    """Centre and radius of the sphere through the surface of the pelvis that faces its middle.

    In the shape model a head may lie 30 mm off its socket, so the search starts from the place
    around the head that most of the surface faces.
    """
    starts = head + np.stack(np.meshgrid(STEPS, STEPS, STEPS), axis=-1).reshape(-1, 3)
    centre, radius = max(starts, key=lambda start: _facing(pelvis, start, 26).sum()), 26.0
    for _ in range(40):
        centre, radius = _sphere(pelvis.vertices[_facing(pelvis, centre, radius)])
    return centre, radius


STEPS = range(-30, 31, 10)  # mm
FITTED = 3  # decimals of a mm to which a fit is the same on every processor


def _facing(pelvis: trimesh.Trimesh, centre: np.ndarray, radius: float) -> np.ndarray:
    """Which points lie about a radius from the centre and face it."""
    towards = centre - pelvis.vertices
    away = np.linalg.norm(towards, axis=1)
    facing = (pelvis.vertex_normals * towards).sum(axis=1) > 0.85 * away
    near = (away < radius + 7) & (away > radius - 6) & (pelvis.vertices[:, 2] > centre[2] - 12)
    return facing & near


def _sphere(points: np.ndarray) -> tuple[np.ndarray, float]:
    def misfit(guess: np.ndarray) -> np.ndarray:
        return np.linalg.norm(points - guess[:3], axis=1) - guess[3]

    fit = least_squares(misfit, [*points.mean(axis=0), 25]).x
    centre, radius = fit[:3].round(FITTED), round(float(fit[3]), FITTED)
    return centre, radius


def _pelvic_frame(right: trimesh.Trimesh, left: trimesh.Trimesh) -> np.ndarray:
    """Anterior pelvic plane upright: both iliac spines and both pubic tubercles in one vertical."""
    frame = np.eye(3)
    for _ in range(8):  # the most anterior point depends on the frame
        spine, tubercle = _anterior_points(right, frame)
        other_spine, other_tubercle = _anterior_points(left, frame)
        x = unit(spine - other_spine)
        up = (spine + other_spine - tubercle - other_tubercle) / 2
        z = unit(up - x * (up @ x))
        frame = np.array([x, np.cross(z, x), z])
    return frame


def _anterior_points(bone: trimesh.Trimesh, frame: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Anterior superior iliac spine and pubic tubercle: foremost of the upper and lower part."""
    turned = bone.vertices @ frame.T
    middle = turned[:, 2].min() / 2 + turned[:, 2].max() / 2
    parts = (turned[:, 2] > middle, turned[:, 2] < middle - 30)
    spine, tubercle = (bone.vertices[part][turned[part][:, 1].argmax()] for part in parts)
    return spine, tubercle


def _femoral_frame(femur: trimesh.Trimesh, head: np.ndarray) -> np.ndarray:
    """Mechanical axis upright, backs of the two condyles in one frontal plane."""
    frame = np.eye(3)
    for _ in range(8):
        turned = (femur.vertices - head) @ frame.T
        knee = turned[turned[:, 2] < turned[:, 2].min() + 40]
        lateral = knee[:, 0] > (knee[:, 0].max() + knee[:, 0].min()) / 2
        backs = [side[side[:, 1].argmin()] for side in (knee[lateral], knee[~lateral])]
        centre = (knee[knee[:, 0].argmax()] + knee[knee[:, 0].argmin()]) / 2
        z = unit(-centre)
        across = backs[0] - backs[1]
        x = unit(across - z * (across @ z))
        frame = np.array([x, np.cross(z, x), z]) @ frame
    return frame
