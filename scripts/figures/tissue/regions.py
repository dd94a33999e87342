"""Regions of the tissue figures for hotspot questions: polygons from 0 to 1 of width and height."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import contourpy
import numpy as np
import shapely
from scipy.ndimage import gaussian_filter

from figures.tissue import axial
from figures.tissue.axial import FRAME
from figures.tissue.gaps import BONE
from figures.tissue.grid import XX, YY
from figures.tissue.outline import rings
from figures.tissue.section import Section

PART = 150  # square figure units; a smaller part of a structure is left out
BRIDGE = 0.25  # figure units to each side of the line that joins two parts
SIMPLE = 0.5  # mm that a polygon may stray
TROCHANTER = 12.5  # mm around its innermost point that count as lesser trochanter


def of_section(section: Section) -> list[dict[str, Any]]:
    """The structures of an axial section that a question may ask for."""
    x, y = axial.spot(section, "lesser-trochanter")
    femur = section.apart["femur"] < BONE
    near = np.hypot(XX - x, YY - y) < TROCHANTER
    masks = {
        "sciatic-nerve": section.mask("nerve") & (YY > -62),
        "hamstring-origin": section.mask("hamstring-origin"),
        "iliopsoas": section.mask(*axial.ILIOPSOAS, "psoas-tendon"),
        "obturator-externus": section.mask("obturator-externus"),
        "quadratus-femoris": section.mask("quadratus-femoris"),
        "lesser-trochanter": femur & near,
        "femoral-shaft": femur & ~near,
        "ischial-tuberosity": section.apart["hip-bone"] < BONE,
        "adductor-magnus": section.mask("adductor-magnus"),
        "gluteus-maximus": section.mask("gluteus-maximus"),
    }
    right = {name: mask & (XX < 0) for name, mask in masks.items()}
    return _regions({name: [FRAME.at(ring) for ring in rings(mask, 1.2, 8, 1.2)]
                     for name, mask in right.items()}, axial.SIZE, FRAME.scale)


def borders(section: Section) -> dict[str, list[list[float]]]:
    """The outlines in mm between which both spaces are measured."""
    masks = {
        "ischium": (section.apart["hip-bone"] < BONE) & (YY > -75),
        "femur": section.apart["femur"] < BONE,
        "hamstring_origin": section.mask("hamstring-origin"),
        "iliopsoas": section.mask(*axial.ILIOPSOAS, "psoas-tendon"),
    }
    return {name: max(rings(mask & (XX < -30), 0.8, 8, 1.0), key=len).round(1).tolist()
            for name, mask in masks.items()}


def _regions(lines: Mapping[str, list[np.ndarray]], size: tuple[float, float], scale: float
             ) -> list[dict[str, Any]]:
    """One outline of each structure, apart from those before it."""
    before, found = shapely.Polygon(), []
    for name, own in lines.items():
        shape = shapely.union_all([shapely.Polygon(line).buffer(0) for line in own])
        ring = _joined(shape.difference(before)).simplify(SIMPLE * scale).exterior
        points = (shapely.get_coordinates(ring)[:-1] / size).clip(0, 1).round(3)
        found.append({"id": name, "label": name.replace("-", " ").capitalize(),
                      "points": points.tolist()})
        before = before | shape.buffer(1.4)
    return found


def _joined(area: shapely.Geometry) -> shapely.Polygon:
    """The parts that matter, with bridges half a unit wide between them."""
    parts = sorted((part for part in shapely.get_parts(area) if part.area > PART),
                   key=lambda part: part.area, reverse=True)
    whole = parts[0]
    for part in parts[1:]:
        line = shapely.shortest_line(whole, part)
        whole = shapely.union_all([whole, part, line.buffer(BRIDGE, cap_style="square")])
    return whole


def of_picture(masks: Mapping[str, np.ndarray], corner: tuple[float, float], step: float,
               size: tuple[float, float]) -> list[dict[str, Any]]:
    """The structures of a shaded picture, from what is seen of each; `step` units to a pixel."""
    lines = {name: [(points + 0.5) * step + np.array(corner) for points in _around(mask)]
             for name, mask in masks.items()}
    return _regions(lines, size, 2.0)


def _around(mask: np.ndarray) -> list[np.ndarray]:
    """Closed lines around a mask, in pixels."""
    soft = gaussian_filter(np.pad(mask.astype(float), 4), 3)
    return [line - 4 for line in contourpy.contour_generator(z=soft).lines(0.5)]
