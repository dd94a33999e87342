"""Everything that is made from the meshes of BodyParts3D, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from figures.files import as_json
from figures.tissue import axial, behind, regions
from figures.tissue.compose import compose
from figures.tissue.gaps import Gap, gaps
from figures.tissue.pose import posed
from figures.tissue.section import Section
from figures.tissue.texts import CREDIT, texts
from figures.tissue.volume import Volume, volume

FOLDER = Path(__file__).resolve().parents[3] / "docs/assets/tissue"
LEVEL = 758.0  # height at which the sections are drawn, through the lesser trochanter
LEVELS = (815, 796, 780, 768, 758, 748)  # heights that the tests look at
NARROW = {"rotation": 14.0, "shift": 8.0}  # chosen to give a narrow space
TURNED = range(-20, 31, 10)  # degrees outwards
SEARCHED = (768, 764, 760, 756, 752)  # heights among which the smallest space is sought


def outputs(folder: Path) -> dict[Path, bytes]:
    """The bytes of each file by its path."""
    whole = volume(folder)
    normal = compose(whole, LEVEL)
    narrow = posed(normal, **NARROW)
    measured = measurements(whole, normal, narrow)
    asked = {"posterior": behind.posterior_regions(folder),
             "axial-normal": regions.of_section(normal),
             "axial-narrow": regions.of_section(narrow)}
    captions = texts(measured["sections"], asked)
    drawn = _figures(folder, normal, narrow)
    return {**{FOLDER / f"{name}.svg": figure.encode() for name, figure in drawn.items()},
            FOLDER / "captions.json": as_json(captions, 1),
            FOLDER / "measurements.json": as_json(measured, 1)}


def _figures(folder: Path, normal: Section, narrow: Section) -> dict[str, str]:
    return {
        "axial-normal": axial.figure(normal, *TITLES["normal"]),
        "axial-narrow": axial.figure(narrow, *TITLES["narrow"]),
        "axial-pair": axial.pair(normal, narrow, *TITLES["pair"]),
        "posterior": behind.posterior(folder),
        "posterior-gluteus": behind.gluteus(folder),
        "close-up": behind.close_up(folder),
        "deep-gluteal": behind.deep_gluteal(folder),
    }


ABOUT = (
    "Axial section of the right hip at the lesser trochanter, seen from below as on MRI: lateral is"
    " on the left, anterior at the top. Quadratus femoris runs from the ischium to the back of the"
    " femur; behind it lies the sciatic nerve, in front of it obturator externus and the end of"
    " iliopsoas. Nerve, tendons, skin and fat are schematic.")
TITLES = {
    "normal": ("Axial section at the lesser trochanter", ABOUT),
    "narrow": ("Axial section at the lesser trochanter, the space narrowed", ABOUT),
    "pair": ("The ischiofemoral space, normal and narrowed", ABOUT),
}


def measurements(whole: Volume, normal: Section, narrow: Section) -> dict[str, Any]:
    """The numbers of captions, questions and tests."""
    return {
        "about": {"source": CREDIT, "frame": "mm; x to the patient’s left, y backwards, z upwards",
                  "limits": "one man, put right by hand; not evidence"},
        "sections": {name: {"z": LEVEL} | _section(section)
                     for name, section in (("normal", normal), ("narrow", narrow))},
        "narrowed_by": NARROW,
        "turned": _turned(whole),
        "levels": {f"{z}": _places(compose(whole, z)) for z in LEVELS},
        "figure": {"size": axial.SIZE, "scale": axial.FRAME.scale,
                   "left": axial.FRAME.left, "top": axial.FRAME.top, "corner": axial.FRAME.corner},
    }


def _section(section: Section) -> dict[str, Any]:
    found = gaps(section)
    ends = {name: _ends(gap) for name, gap in (("ifs", found.ischiofemoral),
                                               ("qfs", found.quadratus), ("nerve", found.nerve))}
    outlines = regions.borders(section)
    return ({f"{name}": gap["mm"] for name, gap in ends.items()}
            | {"thickness": round(found.thickness, 1), "ends": ends, "outlines": outlines})


def _ends(gap: Gap) -> dict[str, Any]:
    return {"mm": round(gap.mm, 1), "medial": [round(each, 1) for each in gap.medial],
            "lateral": [round(each, 1) for each in gap.lateral]}


def _turned(whole: Volume) -> dict[str, float]:
    """The smallest ischiofemoral space of several levels by how far the leg is turned outwards."""
    sections = [compose(whole, z) for z in SEARCHED]

    def smallest(angle: float) -> float:
        return min(gaps(posed(each, angle)).ischiofemoral.mm for each in sections)

    return {f"{angle}": round(smallest(angle), 1) for angle in TURNED}


def _places(section: Section) -> dict[str, list[float]]:
    """The middle of each structure of the right side that reaches a level."""
    return {name: [round(each, 1) for each in axial.spot(section, name)]
            for name in axial.named(section)}
