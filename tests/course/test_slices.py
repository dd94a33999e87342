"""Questions on slices of the MRI reader: what they call right is what the model says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from viva.bank import types
from viva.bank.types.measure import Measure, length
from viva.bank.types.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "docs/assets/mri"
QUADRATUS, HIP, TEAR = "quadratus-femoris", "hip-bone", "tear"
AT_LEAST = 12


def _content(name: str) -> Any:
    text = (DATA / f"{name}.js").read_text("utf-8")
    return json.loads(re.split(r"(?:mriIndex|\])=", text, maxsplit=1)[1].rstrip(";\n"))


INDEX = _content("index")


def _leaves(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [leaf for one in questions for leaf in one.get("steps", [one])]


def _asked() -> dict[str, dict[str, Any]]:
    """The questions that show a slice, by id."""
    banks = (yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in (ROOT / "quizzes").glob("*.yml"))
    found = (leaf for bank in banks for leaf in _leaves(bank.get("questions") or []))
    return {
        one["id"]: one
        for one in found
        if (one.get("figure") or {}).get("src", "").startswith("assets/mri/slices/")
    }


ASKED = _asked()


def _stack(name: str) -> Stack:
    return Stack.model_validate(ASKED[name])


def _right(name: str) -> list[int]:
    """The numbers of the pictures that get the mark."""
    question = _stack(name)
    return [n for n in range(1, len(question.pictures) + 1) if types.mark(question, n)]


def _path(state: str, number: int, name: str) -> str:
    """The outline of a structure on a slice, counted from 0; empty where it is not."""
    each = INDEX["states"][state]
    block = number // INDEX["block"]
    own = _content(f"{state}-outlines-{block}").get(str(number), {}) if block in each["blocks"] else {}
    if name in own or not each["base"]:
        return own.get(name, "")
    return _path(each["base"], number, name)


def _area(path: str) -> float:
    """The area of an outline in mm², as far as it lies in the right half."""
    total = 0.0
    for text in path.split("z")[:-1]:
        steps = [int(word) / 10 for word in re.findall(r"-?\d+", text)]
        x = y = 0.0
        corners = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        if min(x for x, _ in corners) < 154:
            pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
            total += abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2
    return total


def test_there_are_enough_of_them():
    assert len(ASKED) >= AT_LEAST


def test_each_says_that_no_patient_is_seen_and_names_its_source():
    for name, question in ASKED.items():
        caption = question["figure"]["caption"]
        assert "not a patient’s" in caption and "BodyParts3D" in caption, name


@pytest.mark.parametrize(
    ("name", "state", "space"),
    [
        ("slice-ifs-normal", "normal", "ifs"),
        ("slice-qfs-narrowed", "narrowed", "qfs"),
    ],
)
def test_a_measurement_is_the_models(name, state, space):
    question = Measure.model_validate(ASKED[name])
    said = INDEX["states"][state]["spaces"][str(INDEX["apex"])][space]["mm"]
    assert question.answer == said
    assert length(question, question.right) == pytest.approx(said, abs=0.1)


def test_the_level_is_where_the_model_is_measured():
    assert _right("slice-scroll-level") == [number + 1 for number in INDEX["levels"]]


def test_the_tuberosity_ends_where_its_bone_does():
    last = max(n for n in range(INDEX["slices"]) if _area(_path("normal", n, HIP)) > 0) + 1
    assert _right("slice-scroll-tuberosity") == [last - 2, last - 1, last]


def test_the_tear_is_where_fluid_parts_the_muscle():
    slices = [n for n in range(INDEX["slices"]) if _path("tear", n, TEAR)]
    shown = range(12, 12 + len(_stack("slice-scroll-tear").pictures))
    assert _right("slice-scroll-tear") == [shown.index(n) + 1 for n in slices]


def test_obturator_externus_can_be_taken_for_quadratus_where_that_is_the_smaller():
    for number in _right("slice-scroll-externus"):
        externus, quadratus = (
            _area(_path("normal", number - 1, one)) for one in ("obturator-externus", QUADRATUS)
        )
        assert externus > 300 and quadratus < externus / 3, number
