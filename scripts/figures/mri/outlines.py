"""What is named in a slice: each structure as rings, in tenths of a millimetre.

A point is counted from the upper left corner of the image: rightwards, then downwards. A path is
SVG with whole numbers and relative steps, so that a page can draw, find and measure with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import contourpy
import numpy as np
import shapely
from scipy.ndimage import gaussian_filter
from scipy.ndimage import label as components

from figures.mri.states import LEVELS, height
from figures.tissue.grid import STEP, XX, YY
from figures.tissue.parts import BONES, muscles
from figures.tissue.section import Section

Rings = list[np.ndarray]
PER_MM = 10
SMOOTH = 1.6  # pixels of a section
EXACT, ROUGH = 0.05, 0.35  # mm by which an outline may be simplified
LEAST = 4.0  # mm²; smaller pieces are left out
EDGE = 0.2  # mm outside the field's zero: where the cortex begins
MEASURED = {*BONES, "hamstring-origin", "psoas-tendon"}
MERGED = {"iliacus": "iliopsoas", "psoas-major": "iliopsoas"}
WHOLE = {"urine": "bladder", "cavernosum": "crus", "hamstring-origin": "hamstring-origin",
         "psoas-tendon": "psoas-tendon", "cartilage": "cartilage"}
BODY = "body"
TROCHANTER = "lesser-trochanter"
SHAFT = 12.5  # mm: what is rounder than this belongs to the shaft
BASE = 4.0  # mm of the shaft that are called trochanter too


def outlines(section: Section) -> dict[str, str]:
    """The path of every structure, by name."""
    is_measured = section.z in [height(number) for number in LEVELS]
    found = {name: _rings(field, EXACT if is_measured and name in MEASURED else ROUGH)
             for name, field in _fields(section)}
    if is_measured:
        found[TROCHANTER] = _trochanter(found["femur"])
    return {name: path(rings) for name, rings in found.items() if rings}


def path(rings: Rings) -> str:
    """Rings of whole numbers as an SVG path."""
    return "".join(f"M{_pair(ring[0])}l{_steps(ring)}z" for ring in rings)


def rings(text: str) -> Rings:
    """The rings of a path, in mm."""
    found = []
    for part in re.findall(r"M([^z]+)z", text):
        numbers = np.array([int(word) for word in re.findall(r"-?\d+", part)]).reshape(-1, 2)
        found.append(np.cumsum(numbers, axis=0) / PER_MM)
    return found


def polygon(text: str) -> shapely.Geometry:
    """The area of a path, in mm; rings inside rings are holes."""
    area = shapely.Polygon()
    for ring in rings(text):
        area = area.symmetric_difference(shapely.Polygon(ring).buffer(0))
    return area


def _fields(section: Section) -> Iterator[tuple[str, np.ndarray]]:
    """Each structure with a field that is positive inside."""
    yield BODY, _soft(~section.mask("air") & (section.apart["skin"] < 0))
    names: dict[str, list[str]] = {}
    for muscle in muscles():
        names.setdefault(MERGED.get(muscle, muscle), []).append(muscle)
    for name, parts in names.items():
        yield name, _soft(section.mask(*parts))
    for label, name in WHOLE.items():
        yield name, _soft(section.mask(label))
    yield from _split(section)
    for bone in BONES:
        yield bone, EDGE - section.apart[bone]


def _split(section: Section) -> Iterator[tuple[str, np.ndarray]]:
    """Labels that stand for more than one structure, told apart by where they lie."""
    nerve, fluid = section.mask("nerve"), section.mask("fluid")
    yield "sciatic-nerve", _soft(nerve & (YY > -62))
    yield "femoral-nerve", _soft(nerve & (YY <= -62))
    yield "joint-fluid", _soft(fluid & (section.z > 790))
    yield "tear", _soft(fluid & (section.z <= 790))
    for kind in ("artery", "vein"):
        great, small = _vessels(section.mask(kind))
        yield f"femoral-{kind}", _soft(great)
        yield f"small-{kind}", _soft(small)
    tendon = section.mask("tendon")
    tract = _reaching(tendon, -140)
    yield "iliotibial-tract", _soft(tract)
    yield "obturator-internus-tendon", _soft(tendon & ~tract & (XX > -128) & (YY > -100))
    capsule = section.mask("capsule")
    yield "symphysis", _soft(capsule & (XX > -20))
    yield "capsule", _soft(capsule & (XX <= -20))
    yield from _organs(section)


def _organs(section: Section) -> Iterator[tuple[str, np.ndarray]]:
    """The wall of an organ belongs to what lies inside it."""
    wall = section.mask("organ")
    behind = YY > -68
    yield "rectum", _soft((wall & behind) | section.mask("stool"))
    yield "prostate", _soft(wall & ~behind)


def _vessels(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The piece that is largest on the right, and the others."""
    pieces, count = components(mask & (XX < -8))
    sizes = [(pieces == number).sum() for number in range(1, count + 1)]
    great = pieces == int(np.argmax(sizes)) + 1 if sizes else np.zeros_like(mask)
    return great, mask & ~great


def _reaching(mask: np.ndarray, x: float) -> np.ndarray:
    """The pieces of a mask that reach at least so far outwards."""
    pieces, _ = components(mask)
    return np.isin(pieces, np.unique(pieces[mask & np.less(XX, x)])) & mask


def _soft(mask: np.ndarray) -> np.ndarray:
    """A mask as a field that is positive inside, its corners rounded."""
    return gaussian_filter(mask.astype(np.float32), SMOOTH) - 0.5


def _rings(field: np.ndarray, tolerance: float) -> Rings:
    """Where the field crosses zero, in tenths of a millimetre; small pieces left out."""
    padded = np.pad(field, 1, constant_values=-1)
    lines = contourpy.contour_generator(z=padded).lines(0.0)
    areas = [shapely.Polygon((line - 0.5) * STEP) for line in lines if len(line) > 3]
    return list(_whole(area.simplify(tolerance) for area in areas if area.area > LEAST))


def _whole(areas: Iterable[shapely.Polygon]) -> Iterator[np.ndarray]:
    for area in areas:
        corners = np.round(shapely.get_coordinates(area.exterior)[:-1] * PER_MM).astype(int)
        if len(corners) > 2:
            yield corners


def _trochanter(femur: Rings) -> Rings:
    """What juts out of the femur inwards and backwards."""
    bone = shapely.Polygon(max(femur, key=lambda ring: np.ptp(ring[:, 0])) / PER_MM)
    jutting = bone - bone.buffer(-SHAFT).buffer(SHAFT)
    middle = bone.centroid
    parts = [part for part in shapely.get_parts(jutting)
             if part.centroid.x > middle.x and part.centroid.y > middle.y - 4]
    if not parts:
        return []
    tip = max(parts, key=lambda part: part.area).buffer(BASE) & bone
    return list(_whole([max(shapely.get_parts(tip), key=lambda part: part.area)]))


def _pair(point: np.ndarray) -> str:
    return f"{point[0]} {point[1]}"


def _steps(ring: np.ndarray) -> str:
    text = " ".join(_pair(step) for step in np.diff(ring, axis=0))
    return text.replace(" -", "-")
