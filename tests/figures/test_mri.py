"""The MRI reader's data: what is shipped says the same everywhere, and agrees with the literature."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from figures.mri.relaxation import SEQUENCES, STIR, T1, TISSUES, null_time
from sampled import long

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "docs/assets/mri"
PAGE = (ROOT / "docs/mri-reader.md").read_text("utf-8")
CREDIT = "BodyParts3D, © The Database Center for Life Science; changed. CC BY-SA 4.0"
SAID = 0.1 + 1e-9  # mm; both numbers are rounded to a tenth
CLOSE = (56 * 0.65, 104 * 0.65, 208 * 0.65, 144 * 0.65)  # of the stills: left, top, width, height
EXTERNAL = ("turned-20", "turned-10", "normal", "turned+10", "turned+20", "turned+30")


def content(name: str) -> Any:
    """What a script hands to the page."""
    text = (DATA / f"{name}.js").read_text("utf-8")
    return json.loads(re.split(r"(?:mriIndex|\])=", text, maxsplit=1)[1].rstrip(";\n"))


INDEX = content("index")
APEX = INDEX["apex"]
MEASURED = [(state, int(number)) for state, each in INDEX["states"].items()
            for number in each["spaces"]]


@cache
def part(name: str) -> dict[str, Any]:
    return content(name)


def layers(state: str, kind: str, number: int) -> list[Any]:
    each = INDEX["states"][state]
    below = layers(each["base"], kind, number) if each["base"] else []
    block = number // INDEX["block"]
    own = part(f"{state}-{kind}-{block}").get(str(number)) if block in each["blocks"] else None
    return [*below, own] if own else below


def outlines(state: str, number: int) -> dict[str, str]:
    merged: dict[str, str] = {}
    for layer in layers(state, "outlines", number):
        merged |= layer
    return {name: merged[name] for name in INDEX["names"] if merged.get(name)}


def rings(path: str) -> list[np.ndarray]:
    found = []
    for text in path.split("z")[:-1]:
        numbers = np.array([int(word) for word in re.findall(r"-?\d+", text)]).reshape(-1, 2)
        found.append(np.cumsum(numbers, axis=0) / 10)
    return found


def border(path: str, left: float = -1, top: float = -1, right: float = 300) -> np.ndarray:
    """Points every 0.05 mm along the rings, as far as they lie in a box."""
    points = []
    for ring in rings(path):
        for start, end in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            steps = max(1, int(np.hypot(*(end - start)) / 0.05))
            points.append(start + np.linspace(0, 1, steps, endpoint=False)[:, None] * (end - start))
    found = np.concatenate(points)
    x, y = found.T
    return found[(x > left) & (y > top) & (x < right)]


def shortest(one: np.ndarray, other: np.ndarray) -> float:
    return min(float(np.hypot(*(other - point).T).min()) for point in one)


def mm(state: str, which: str, number: int = APEX) -> float:
    return INDEX["states"][state]["spaces"][str(number)][which]["mm"]


@pytest.mark.parametrize(("state", "number"), [long(*one) if at % 4 else one for at, one in enumerate(MEASURED)])
def test_both_spaces_follow_from_the_outlines(state: str, number: int) -> None:
    paths = outlines(state, number)
    right = 154 + 0.325  # the midline is at 184.3
    femur = border(paths["femur"], top=80.325, right=right)
    hip = border(paths["hip-bone"], top=90.325, right=right)
    assert shortest(hip[::2], femur) == pytest.approx(mm(state, "ifs", number), abs=SAID)
    tendon = border(paths["psoas-tendon"], top=80.325, right=right)
    origin = border(paths["hamstring-origin"], top=80.325, right=right)
    found = shortest(origin[::2], np.concatenate([femur, tendon]))
    assert found == pytest.approx(mm(state, "qfs", number), abs=SAID)


@pytest.mark.parametrize(("state", "number"), MEASURED)
def test_the_ends_of_a_space_are_as_far_apart_as_it_says(state: str, number: int) -> None:
    for space in INDEX["states"][state]["spaces"][str(number)].values():
        one, other = np.array(space["ends"])
        assert np.hypot(*(one - other)) == pytest.approx(space["mm"], abs=SAID)


def test_the_spaces_agree_with_the_meta_analysis() -> None:
    """Singer 2015: 26.0 ± 8.0 and 16.0 ± 6.1 mm in controls, 14.9 ± 4.8 and 9.6 ± 3.7 mm in patients."""
    for state, which, mean, sd in (("normal", "ifs", 26.0, 8.0), ("normal", "qfs", 16.0, 6.1),
                                   ("narrowed", "ifs", 14.9, 4.8), ("narrowed", "qfs", 9.6, 3.7)):
        assert abs(mm(state, which) - mean) <= 1.1 * sd, (state, which)
    assert mm("narrowed", "ifs") <= 15 < mm("normal", "ifs")
    assert mm("narrowed", "qfs") <= 10 < mm("normal", "qfs")


def test_external_rotation_closes_and_the_smaller_space_stays_smaller() -> None:
    for which in ("ifs", "qfs"):
        found = [mm(state, which) for state in EXTERNAL]
        assert found == sorted(found, reverse=True)
    assert all(mm(state, "qfs", number) < mm(state, "ifs", number) for state, number in MEASURED)


def middle(paths: dict[str, str], name: str) -> np.ndarray:
    return max(rings(paths[name]), key=len).mean(axis=0)


@pytest.mark.parametrize("state", ["normal", "narrowed"])
def test_neighbours_stand_in_order_behind_the_femur(state: str) -> None:
    paths = outlines(state, APEX)
    down = [middle(paths, name)[1] for name in
            ("femur", "quadratus-femoris", "sciatic-nerve", "gluteus-maximus")]
    assert down == sorted(down)
    across = [middle(paths, name)[0] for name in
              ("femur", "psoas-tendon", "hamstring-origin", "hip-bone")]
    assert across == sorted(across)


@pytest.mark.parametrize(("number", "seen", "gone"), [
    (2, {"piriformis", "cartilage", "gluteus-minimus", "bladder"}, {"quadratus-femoris", "femoral-neck"}),
    (8, {"obturator-internus", "femoral-artery", "symphysis"}, {"piriformis", "hamstring-origin"}),
    (12, {"obturator-externus", "quadratus-femoris"}, {"cartilage", "lesser-trochanter"}),
    (APEX, {"lesser-trochanter", "hamstring-origin", "hip-bone", "quadratus-femoris"}, {"piriformis"}),
    (22, {"semitendinosus", "adductor-magnus"}, {"obturator-internus", "lesser-trochanter"}),
    (28, {"vastus-medialis", "biceps-femoris"}, {"hip-bone", "quadratus-femoris"}),
])
def test_six_levels_hold_what_belongs_there(number: int, seen: set[str], gone: set[str]) -> None:
    found = outlines("normal", number).keys()
    assert seen <= found and not gone & found


def test_every_slice_of_every_state_has_pictures_and_outlines() -> None:
    for name, state in INDEX["states"].items():
        first, last = state["range"]
        for number in range(first, last + 1):
            for sequence in ("t1", "stir"):
                left, top, width, height, _ = layers(name, sequence, number)[0]
                assert (left, top, width, height) == (0, 0, 320, 320)
            assert "femur" in outlines(name, number)
    assert len(INDEX["words"]) == INDEX["slices"] == 30
    assert len(INDEX["rotations"]) == 6


def test_only_the_tear_has_a_gap() -> None:
    assert "tear" in outlines("tear", APEX)
    assert not any("tear" in outlines(name, APEX) for name in INDEX["states"] if name != "tear")


def test_every_file_names_its_source_and_the_folder_its_licence() -> None:
    assert all(CREDIT in path.read_text("utf-8") for path in DATA.glob("*.js"))
    assert "CC BY-SA 4.0" in (DATA / "LICENSE").read_text("utf-8")
    assert CREDIT in PAGE
    assert not [*DATA.rglob("*.obj")]


def test_the_folder_and_the_first_slice_are_light() -> None:
    sizes = {path: path.stat().st_size for path in DATA.rglob("*") if path.is_file()}
    stacks = [size for path, size in sizes.items() if path.name.startswith("stack-")]
    assert sum(sizes.values()) - sum(stacks) <= 1.5e6
    assert len(stacks) == 3 and max(stacks) <= 250e3  # each for questions alone
    first = ("index", f"normal-t1-{APEX // INDEX['block']}")
    assert sum((DATA / f"{name}.js").stat().st_size for name in first) <= 100e3


def test_the_page_says_what_was_measured() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| Normal |"))
    assert f"{mm('normal', 'ifs')} mm" in row and f"{mm('normal', 'qfs')} mm" in row
    row = next(line for line in PAGE.splitlines() if line.startswith("| Narrowed"))
    assert f"{mm('narrowed', 'ifs')} and {mm('narrowed', 'qfs')} mm" in row


def described(number: int) -> str:
    """The row of a slice in the page's list."""
    now, before = (list(outlines("normal", n)) if n >= 0 else [] for n in (number, number - 1))
    new, gone = ([INDEX["names"][name][0] for name in one if name not in other and name != "body"]
                 for one, other in ((now, before), (before, now)))
    level = INDEX["words"][number]
    words = [f"New: {', '.join(new)}." if number and new else ", ".join(new),
             f"Gone: {', '.join(gone)}." if gone else ""]
    return f"| {number + 1} | {level} | {' '.join(word for word in words if word)} |"


def test_the_page_lists_every_slice() -> None:
    missing = [row for row in map(described, range(30)) if row not in PAGE]
    assert not missing, "\n".join(map(described, range(30)))


def test_the_page_prints_the_relaxation_times() -> None:
    for title, name in (("Muscle", "muscle"), ("Fat", "fat"), ("Blood-forming marrow", "red marrow"),
                        ("Prostate, wall of bladder and rectum", "prostate"),
                        ("Cartilage", "cartilage")):
        tissue = TISSUES[name]
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| {title} |"))
        assert row.startswith(f"| {title} | {tissue.t1:,} | {tissue.t2} |")
        assert f"@{tissue.source}" in row
    text = " ".join(PAGE.split())
    assert f"TR {T1['repetition']:.0f} ms, TE {T1['echo']:.0f} ms" in text
    assert (f"TR {STIR['repetition']:,.0f} ms, TE {STIR['echo']:.0f} ms,"
            f" TI {STIR['inversion']:.0f} ms") in text


def test_the_sequences_tell_fat_from_water() -> None:
    t1, stir = ({name: SEQUENCES[key].signal(tissue) for name, tissue in TISSUES.items()}
                for key in ("t1", "stir"))
    assert t1["fat"] > 2 * t1["muscle"] > 2 * t1["fluid"]
    assert stir["fat"] < stir["muscle"] / 3
    assert stir["oedema"] > 2 * stir["muscle"] and t1["oedema"] < 1.1 * t1["muscle"]
    assert SEQUENCES["stir"].signal(TISSUES["tendon"]) < stir["muscle"] / 3
    assert null_time(TISSUES["fat"], STIR["repetition"]) == pytest.approx(264.8, abs=0.1)


BANK = yaml.load((ROOT / "quizzes/reading-images.yml").read_text("utf-8"), yaml.CSafeLoader)["questions"]


@pytest.mark.parametrize("question", [one for one in BANK if one["type"] == "measure"],
                         ids=lambda one: one["id"])
def test_a_question_measures_what_the_model_does(question: dict[str, Any]) -> None:
    state = "narrowed" if "narrowed" in question["figure"]["src"] else "normal"
    which = "ifs" if "-ifs-" in question["id"] else "qfs"
    assert question["answer"] == mm(state, which)
    assert question["millimetres"] == pytest.approx(CLOSE[2:])
    left, top, width, height = CLOSE
    ends = [[(x - left) / width, (y - top) / height]
            for x, y in INDEX["states"][state]["spaces"][str(APEX)][which]["ends"]]
    assert question["right"] == [pytest.approx(end, abs=1e-3) for end in ends]


def test_questions_on_slices_say_that_they_are_computed() -> None:
    assert len(BANK) >= 12
    for question in BANK:
        figure = question["figure"]
        assert "not a patient’s" in figure["caption"] and CREDIT in figure["caption"]
        assert (ROOT / "docs" / figure["src"]).is_file()
