"""The measurements that the course asks for agree with the model of the hip."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path

import pytest
import yaml

from viva.bank import types
from viva.bank.types.measure import Measure, length

ROOT = Path(__file__).resolve().parents[2]
MEASURED = json.loads((ROOT / "docs/assets/tissue/measurements.json").read_text("utf-8"))
SECTIONS = MEASURED["sections"]
# How the axial sections are drawn: their size, what is at the left and the top, and the scale.
SIZE, SCALE = MEASURED["figure"]["size"], MEASURED["figure"]["scale"]
ORIGIN = (MEASURED["figure"]["left"], MEASURED["figure"]["top"])
CORNER = MEASURED["figure"]["corner"]
# Of each question: the section, the space, and the outlines on which its two ends lie.
ASKED = {
    "measure-ifs-neutral": ("normal", "ifs", ("ischium",), ("femur",)),
    "measure-qfs-neutral": ("normal", "qfs", ("hamstring_origin",), ("femur", "psoas_tendon")),
}


@pytest.fixture(scope="module")
def asked() -> dict[str, Measure]:
    """The measurements that the imaging bank asks for."""
    bank = yaml.safe_load((ROOT / "quizzes/imaging.yml").read_text("utf-8"))
    found = [data for data in bank["questions"] if data["type"] == "measure"]
    return {data["id"]: Measure.model_validate(data) for data in found}


def in_life(point) -> tuple[float, float]:
    """Where a point of the figure is in the plane of the section, in millimetres."""
    x, y = (
        (part * size - corner) / SCALE + start
        for part, size, corner, start in zip(point, SIZE, CORNER, ORIGIN, strict=True)
    )
    return x, y


def in_figure(point) -> list[float]:
    """Where a point of the section is in the figure, from 0 to 1."""
    return [
        ((part - start) * SCALE + corner) / size
        for part, size, corner, start in zip(point, SIZE, CORNER, ORIGIN, strict=True)
    ]


def off(point, outline) -> float:
    """How far a point lies from a closed line."""
    closed = [*outline, outline[0]]
    return min(_to(point, *edge) for edge in itertools.pairwise(closed))


def _to(point, start, end) -> float:
    steps = 200
    return min(
        math.dist(point, [a + (b - a) * n / steps for a, b in zip(start, end, strict=True)])
        for n in range(steps + 1)
    )


def test_every_measurement_of_the_course_is_checked_here(asked):
    assert set(asked) == set(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_a_measurement_agrees_with_the_model(asked, name):
    section, space, *_ = ASKED[name]
    one, wanted = asked[name], SECTIONS[section]["ends"][space]
    assert one.answer == pytest.approx(wanted["mm"], abs=0.1)
    assert length(one, one.right) == pytest.approx(wanted["mm"], abs=0.1)
    for point, end in zip(one.right, ("medial", "lateral"), strict=True):
        assert math.dist(in_life(point), wanted[end]) <= 0.2
    assert f"{wanted['mm']:.1f} mm" in one.explanation


@pytest.mark.parametrize("name", ASKED)
def test_the_figure_is_as_large_as_its_scale_says(asked, name):
    wanted = [size / SCALE for size in SIZE]
    assert asked[name].millimetres == pytest.approx(wanted, abs=0.1)
    assert asked[name].figure.src == f"assets/tissue/axial-{ASKED[name][0]}.svg#unlabelled"


@pytest.mark.parametrize("name", ASKED)
def test_a_border_runs_along_its_bone_or_tendon(asked, name):
    section, _, *outlines = ASKED[name]
    for end, names in zip(asked[name].ends, outlines, strict=True):
        lines = [SECTIONS[section]["outlines"][one] for one in names]
        for point in end.points:
            assert min(off(in_life(point), line) for line in lines) <= 0.6, point


@pytest.mark.parametrize("name", ASKED)
def test_the_other_space_is_not_taken_for_the_asked_one(asked, name):
    section, space, *_ = ASKED[name]
    other = SECTIONS[section]["ends"]["qfs" if space == "ifs" else "ifs"]
    ends = [in_figure(other[end]) for end in ("medial", "lateral")]
    assert types.mark(asked[name], ends) < 1
