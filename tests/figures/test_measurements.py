"""The measurements: what they say of anatomy, and what captions say of them."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "docs/assets"
MEASURED: dict[str, Any] = json.loads(
    (ASSETS / "anatomy/measurements.json").read_text(encoding="utf-8"))
CAPTIONS: dict[str, Any] = json.loads(
    (ASSETS / "figures/captions.json").read_text(encoding="utf-8"))
SENSITIVITY = 1.6  # mm; what 2 mm of the hip centre may change

# An earlier, independent measurement of the same bones, with another tessellation and method.
EARLIER = {
    "neutral": 21.6, "extension 10": 16.8, "adduction 10": 14.9, "external rotation 20": 14.0,
    "extension 10, adduction 10, external rotation 10": 4.4,
}
# Printed by the sources that the captions cite.
PUBLISHED = {
    "spread": {"22.9", "7.0", "10.3", "55", "27.5", "6.5", "26.0", "8.0", "14.9", "4.8"},
}


@pytest.mark.parametrize(("pose", "mm"), EARLIER.items())
def test_distances_agree_with_the_earlier_measurement(pose: str, mm: float) -> None:
    assert MEASURED["poses"][pose]["space"] == pytest.approx(mm, abs=SENSITIVITY)


def test_people_spread_as_in_the_earlier_measurement() -> None:
    spread = MEASURED["spread"]["space"]
    assert spread["n"] == len(MEASURED["people"]) == 26
    for key, mm in {"mean": 21.0, "sd": 7.0, "min": 10.4, "max": 35.4}.items():
        assert spread[key] == pytest.approx(mm, abs=SENSITIVITY)


def test_moving_the_hip_centre_changes_little() -> None:
    moved = MEASURED["model"]["hip_centre_moved_2_mm"]
    assert 0 < moved["least"] <= moved["most"] <= SENSITIVITY + 0.05


@pytest.mark.parametrize("movement", ["extension", "adduction", "external_rotation"])
def test_each_movement_narrows_the_space(movement: str) -> None:
    spaces = [each["space"] for each in MEASURED["movements"][movement]]
    assert all(later <= earlier for earlier, later in pairwise(spaces))
    assert spaces[0] - spaces[-1] > 15


def test_the_grid_agrees_with_the_single_movements() -> None:
    grid = MEASURED["grid"]
    axes = [grid[name] for name in ("extension", "adduction", "external_rotation")]
    at = {pose: grid["space"][i][j][k] for (i, j, k), pose in zip(
        product(*(range(len(axis)) for axis in axes)), product(*axes), strict=True)}
    assert len(at) == 9 * 9 * 8
    for each in MEASURED["movements"]["extension"]:
        assert at[each["angle"], 0, 0] == each["space"]
    assert at[10, 10, 10] == EARLIER["extension 10, adduction 10, external rotation 10"]


def test_the_axial_distance_is_never_below_that_in_space() -> None:
    for pose in MEASURED["poses"].values():
        assert pose["axial"] >= pose["axial_smallest"] - 0.05 >= pose["space"] - 0.1


def test_the_model_is_an_ordinary_hip() -> None:
    model = MEASURED["model"]
    assert 8 <= model["version"] <= 20 and 120 <= model["neck_shaft_angle"] <= 135


def numbers(data: Any) -> set[str]:
    """Every measured number, as it stands and rounded to a whole one."""
    if isinstance(data, dict):
        return set().union(*map(numbers, data.values()))
    if isinstance(data, list):
        return set().union(*map(numbers, data))
    if isinstance(data, int | float):
        return {f"{data}", f"{math.floor(data + 0.5)}"}
    return set()


@pytest.mark.parametrize("name", sorted(CAPTIONS))
def test_millimetres_in_a_caption_were_measured_or_published(name: str) -> None:
    kept = {key: MEASURED[key] for key in ("poses", "variants", "spread", "model")}
    known = numbers(kept) | PUBLISHED.get(name, set())
    text = CAPTIONS[name]["alt"] + CAPTIONS[name]["caption"]
    for found in re.findall(r"([\d.]+)(?: ± ([\d.]+))? mm(?: \(([\d.]+) to ([\d.]+)\))?", text):
        assert {number for number in found if number} <= known


def test_every_caption_credits_its_source() -> None:
    assert all("musculoskeletal-models 0.2.4" in each["credit"] and "MPL-2.0" in each["credit"]
               for each in CAPTIONS.values())
