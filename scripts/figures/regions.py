"""Regions of figures for hotspot questions: polygons from 0 to 1 of the width and height.

No two regions of a figure overlap: what lies in front is cut out of what lies behind. Where that
would part a region in two, its parts stay joined by a bridge half a unit wide.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from figures import axial, landmarks, posterior, soft
from figures.distance import Space
from figures.render import View
from figures.slice import Slice

GAP = 1.4  # figure units between regions, more than what their simpler outlines may stray
BRIDGE = 0.25  # figure units to each side of the line that joins two parts


def of_posterior(space: Space) -> list[dict[str, Any]]:
    """The structures of the posterior view, front to back.

    The lesser trochanter comes first, although muscle and nerve cover it: it is drawn through them.
    """
    camera, hip = posterior.view(), space.hip
    femur, pelvis = hip.femur.vertices, hip.pelvis.vertices
    spine = landmarks.ischial_spine(hip)
    shapes = {
        "lesser-trochanter": _trochanter(camera, _within(femur, space.apex, 15)),
        "sciatic-nerve": _nerve(camera),
        "hamstring-origin": shapely.union_all(
            [shapely.Polygon(soft.ribbon(camera.project(np.array(line)), widths))
             for line, widths in posterior.TENDONS]),
        "quadratus-femoris": _quadratus(space, camera),
        "ischial-spine": _hull(camera.project(_within(pelvis, spine, 13))),
        "ischial-tuberosity": _hull(camera.project(
            pelvis[(pelvis[:, 2] < -24) & (pelvis[:, 1] < -20) & (pelvis[:, 0] > -38)])),
        "greater-trochanter": _hull(camera.project(
            femur[(femur[:, 2] > -40) & (femur[:, 0] > 36)])),
    }
    return _regions(shapes, posterior.SIZE)


def _trochanter(camera: View, points: np.ndarray) -> shapely.Geometry:
    """The apex and what lies under the nerve's medial half, with some room for a finger."""
    seen = camera.project(points)
    return _hull(seen[seen[:, 0] < seen[:, 0].min() + 36]).buffer(6)


def _nerve(camera: View) -> shapely.Geometry:
    top = camera.project(np.array([0, 0, 48]))[1]
    band = soft.ribbon(camera.project(posterior.NERVE), posterior.NERVE_WIDTHS)
    return shapely.Polygon(band) & shapely.box(0, top, posterior.SIZE[0], posterior.SIZE[1] - 30)


def _quadratus(space: Space, camera: View) -> shapely.Polygon:
    upper, lower = posterior.quadratus_borders(space, camera)
    origin, insertion = posterior.quadratus_ends(space, camera)
    return shapely.Polygon(np.concatenate(
        [soft.spline(upper), insertion, soft.spline(lower)[::-1], origin[::-1]]))


def of_section(piece: Slice) -> list[dict[str, Any]]:
    """The structures of an axial section."""
    near = shapely.Point(piece.trochanter).buffer(13)
    areas = {
        "sciatic-nerve": piece.sciatic,
        "hamstring-tendons": shapely.union_all(
            [tendon.buffer(0.4) for tendon in piece.hamstrings]),
        "iliopsoas-tendon": piece.iliopsoas,
        "quadratus-femoris": piece.quadratus,
        "lesser-trochanter": piece.femur & near,
        "femoral-shaft": piece.femur - near,
        "ischial-tuberosity": piece.ischium,
        "gluteus-maximus": piece.gluteus,
    }
    return _regions({name: _placed(area) for name, area in areas.items()}, axial.SIZE)


def _placed(area: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(area, axial.FRAME.place) & shapely.box(0, 0, *axial.SIZE)


def _within(points: np.ndarray, middle: np.ndarray, radius: float) -> np.ndarray:
    return points[np.linalg.norm(points - middle, axis=1) < radius]


def _hull(points: np.ndarray) -> shapely.Polygon:
    return shapely.MultiPoint(points).convex_hull.buffer(2)


def _regions(shapes: dict[str, shapely.Geometry], size: tuple[int, int]) -> list[dict[str, Any]]:
    """Each shape without those before it, as one ring of few points."""
    before, regions = shapely.Polygon(), []
    for name, shape in shapes.items():
        ring = _joined((shape.buffer(0) - before).buffer(0)).simplify(0.7).exterior
        points = shapely.get_coordinates(ring)[:-1] / size
        regions.append({"id": name, "label": name.replace("-", " ").capitalize(),
                        "points": points.round(3).tolist()})
        before = before | shape.buffer(GAP)
    return regions


def _joined(area: shapely.Geometry) -> shapely.Polygon:
    """The parts that matter, with bridges between them."""
    parts = sorted((part for part in shapely.get_parts(area) if part.area > 60),
                   key=lambda part: part.area, reverse=True)
    whole = parts[0]
    for part in parts[1:]:
        line = shapely.shortest_line(whole, part)
        whole = shapely.union_all([whole, part, line.buffer(BRIDGE, cap_style="square")])
    return whole
