"""What is named in a slice: the path of each structure."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from scipy.ndimage import label as components

from figures.mri.states import LEVELS, height
from figures.tissue.contours import PER_MM, Rings, around, bone, path, soft, whole
from figures.tissue.grid import XX, YY
from figures.tissue.parts import BONES, muscles
from figures.tissue.section import Section
from figures.tissue.spaces import EXACT

ROUGH = 0.35  # mm by which an outline that is not measured may be simplified
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
    found = {name: around(field, EXACT if is_measured and name in MEASURED else ROUGH)
             for name, field in _fields(section)}
    if is_measured:
        found[TROCHANTER] = _trochanter(found["femur"])
    return {name: path(rings) for name, rings in found.items() if rings}


def _fields(section: Section) -> Iterator[tuple[str, np.ndarray]]:
    """Each structure with a field that is positive inside."""
    yield BODY, soft(~section.mask("air") & (section.apart["skin"] < 0))
    names: dict[str, list[str]] = {}
    for muscle in muscles():
        names.setdefault(MERGED.get(muscle, muscle), []).append(muscle)
    for name, parts in names.items():
        yield name, soft(section.mask(*parts))
    for label, name in WHOLE.items():
        yield name, soft(section.mask(label))
    yield from _split(section)
    for name in BONES:
        yield name, bone(section, name)


def _split(section: Section) -> Iterator[tuple[str, np.ndarray]]:
    """Labels that stand for more than one structure, told apart by where they lie."""
    nerve, fluid = section.mask("nerve"), section.mask("fluid")
    yield "sciatic-nerve", soft(nerve & (YY > -62))
    yield "femoral-nerve", soft(nerve & (YY <= -62))
    yield "joint-fluid", soft(fluid & (section.z > 790))
    yield "tear", soft(fluid & (section.z <= 790))
    for kind in ("artery", "vein"):
        great, small = _vessels(section.mask(kind))
        yield f"femoral-{kind}", soft(great)
        yield f"small-{kind}", soft(small)
    tendon = section.mask("tendon")
    tract = _reaching(tendon, -140)
    yield "iliotibial-tract", soft(tract)
    yield "obturator-internus-tendon", soft(tendon & ~tract & (XX > -128) & (YY > -100))
    capsule = section.mask("capsule")
    yield "symphysis", soft(capsule & (XX > -20))
    yield "capsule", soft(capsule & (XX <= -20))
    yield from _organs(section)


def _organs(section: Section) -> Iterator[tuple[str, np.ndarray]]:
    """The wall of an organ belongs to what lies inside it."""
    wall = section.mask("organ")
    behind = YY > -68
    yield "rectum", soft((wall & behind) | section.mask("stool"))
    yield "prostate", soft(wall & ~behind)


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


def _trochanter(femur: Rings) -> Rings:
    """What juts out of the femur inwards and backwards."""
    area = shapely.Polygon(max(femur, key=lambda ring: np.ptp(ring[:, 0])) / PER_MM)
    jutting = area - area.buffer(-SHAFT).buffer(SHAFT)
    middle = area.centroid
    parts = [part for part in shapely.get_parts(jutting)
             if part.centroid.x > middle.x and part.centroid.y > middle.y - 4]
    if not parts:
        return []
    tip = max(parts, key=lambda part: part.area).buffer(BASE) & area
    return list(whole([max(shapely.get_parts(tip), key=lambda part: part.area)]))

