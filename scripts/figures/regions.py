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
from figures.slice import Slice

BRIDGE = 0.25  # figure units to each side of the line that joins two parts


def of_posterior(space: Space) -> list[dict[str, Any]]:
    """The structures of the posterior view, front to back."""
    camera = posterior.view()
    hip = space.hip
    near = {name: landmarks.all_landmarks(hip)[name] for name in ("ischial spine",)}
    femur, pelvis = hip.femur.vertices, hip.pelvis.vertices
    trochanter = femur[np.linalg.norm(femur - space.apex, axis=1) < 12]
    upper, lower = posterior.quadratus_borders(space, camera)
    origin, insertion = posterior.quadratus_ends(space, camera)
    tendons = [soft.ribbon(camera.project(np.array(line)), widths)
               for line, widths in posterior.TENDONS]
    nerve = soft.ribbon(camera.project(posterior.NERVE[2:]), posterior.NERVE_WIDTHS)
    shapes = {
        "sciatic-nerve": shapely.Polygon(nerve),
        "hamstring-origin": shapely.union_all([shapely.Polygon(each) for each in tendons]),
        "lesser-trochanter": _hull(camera.project(trochanter)),
        "quadratus-femoris": shapely.Polygon(np.concatenate(
            [soft.spline(upper), insertion, soft.spline(lower)[::-1], origin[::-1]])),
        "ischial-spine": _hull(camera.project(_within(pelvis, near["ischial spine"], 11))),
        "ischial-tuberosity": _hull(camera.project(
            pelvis[(pelvis[:, 2] < -24) & (pelvis[:, 1] < -18) & (pelvis[:, 0] > -46)])),
        "greater-trochanter": _hull(camera.project(
            femur[(femur[:, 2] > -42) & (femur[:, 0] > 34)])),
    }
    return _regions(shapes, posterior.SIZE)


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
    return shapely.concave_hull(shapely.MultiPoint(points), ratio=0.15).buffer(2)


def _regions(shapes: dict[str, shapely.Geometry], size: tuple[int, int]) -> list[dict[str, Any]]:
    """Each shape without those before it, as one ring of few points."""
    before, regions = shapely.Polygon(), []
    for name, shape in shapes.items():
        ring = _joined((shape.buffer(0) - before).buffer(0)).simplify(0.8).exterior
        points = shapely.get_coordinates(ring)[:-1] / size
        regions.append({"id": name, "label": name.replace("-", " ").capitalize(),
                        "points": points.round(4).tolist()})
        before = before | shape.buffer(0.5)
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
