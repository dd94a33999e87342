"""The tissue model as it is committed: neighbours, distances, regions; and the meshes, if given."""

from __future__ import annotations

import json
import math
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs/assets/tissue"
MEASURED: dict[str, Any] = json.loads((FOLDER / "measurements.json").read_text(encoding="utf-8"))
CAPTIONS: dict[str, Any] = json.loads((FOLDER / "captions.json").read_text(encoding="utf-8"))
LEVELS: dict[str, dict[str, list[float]]] = MEASURED["levels"]
SECTIONS: dict[str, Any] = MEASURED["sections"]
Point = tuple[float, float]

# From above down: who is there, from front to back and from the outer to the inner side.
FRONT_TO_BACK = {
    "815": ("artery", "femur", "piriformis", "gluteus-maximus"),
    "796": ("sartorius", "rectus-femoris", "femur", "inferior-gemellus", "gluteus-maximus"),
    "780": ("rectus-femoris", "femur", "quadratus-femoris", "sciatic-nerve", "gluteus-maximus"),
    "768": ("pectineus", "iliacus", "obturator-externus", "quadratus-femoris", "gluteus-maximus"),
    "758": ("pectineus", "iliacus", "obturator-externus", "quadratus-femoris", "sciatic-nerve",
            "gluteus-maximus"),
    "748": ("adductor-longus", "adductor-brevis", "adductor-magnus", "quadratus-femoris",
            "gluteus-maximus"),
}
OUTER_TO_INNER = {
    "815": ("tensor-fasciae-latae", "rectus-femoris", "iliacus", "psoas-major", "artery", "vein"),
    "796": ("femur", "sciatic-nerve", "hip-bone", "obturator-internus"),
    "780": ("femur", "sciatic-nerve", "hip-bone", "obturator-internus"),
    "768": ("femur", "sciatic-nerve", "hamstring-origin", "hip-bone"),
    "758": ("vastus-lateralis", "femur", "sciatic-nerve", "hamstring-origin", "hip-bone",
            "adductor-magnus", "gracilis"),
    "748": ("femur", "sciatic-nerve", "hamstring-origin", "biceps-femoris"),
}


@pytest.mark.parametrize("level", LEVELS)
def test_neighbours_follow_each_other_from_front_to_back(level: str) -> None:
    depths = [LEVELS[level][name][1] for name in FRONT_TO_BACK[level]]
    assert depths == sorted(depths)


@pytest.mark.parametrize("level", LEVELS)
def test_neighbours_follow_each_other_from_the_outer_to_the_inner_side(level: str) -> None:
    places = [LEVELS[level][name][0] for name in OUTER_TO_INNER[level]]
    assert places == sorted(places)


def test_each_muscle_is_only_where_it_belongs() -> None:
    present = {level: set(places) for level, places in LEVELS.items()}
    assert "quadratus-femoris" not in present["815"] | present["796"]
    assert "piriformis" in present["815"] and "piriformis" not in present["780"]
    assert all("sciatic-nerve" in each for each in present.values())
    assert "hamstring-origin" not in present["796"] and "hamstring-origin" in present["758"]


@pytest.mark.parametrize("level", ["768", "758"])
def test_the_nerve_lies_between_quadratus_and_gluteus_beside_the_hamstrings(level: str) -> None:
    places = LEVELS[level]
    nerve = places["sciatic-nerve"]
    assert places["quadratus-femoris"][1] < nerve[1] < places["gluteus-maximus"][1]
    assert places["femur"][0] < nerve[0] < places["hamstring-origin"][0]


# Published: both spaces in pain-free hips and with impingement (means of several studies), the
# muscle's thickness, and the nerve's distance from the hamstring origin, each with some room.
PUBLISHED = {"normal": {"ifs": (20.9, 26), "qfs": (8.9, 16), "nerve": (9, 15), "thickness": (9, 15)},
             "narrow": {"ifs": (10, 15), "qfs": (5, 10), "thickness": (8, 12)}}


@pytest.mark.parametrize("name", PUBLISHED)
def test_distances_and_thickness_are_as_published(name: str) -> None:
    for what, (low, high) in PUBLISHED[name].items():
        assert low <= SECTIONS[name][what] <= high, what


@pytest.mark.parametrize("name", SECTIONS)
def test_a_space_runs_between_its_borders(name: str) -> None:
    section = SECTIONS[name]
    borders = {("ifs", "medial"): ["ischium"], ("ifs", "lateral"): ["femur"],
               ("qfs", "medial"): ["hamstring_origin"], ("qfs", "lateral"): ["femur", "iliopsoas"]}
    for (space, side), names in borders.items():
        point = section["ends"][space][side]
        assert min(to_outline(point, section["outlines"][each]) for each in names) < 0.6
    for space in ("ifs", "qfs"):
        ends = section["ends"][space]
        assert math.dist(ends["medial"], ends["lateral"]) == pytest.approx(ends["mm"], abs=0.15)
    assert section["qfs"] < section["ifs"]


def to_outline(point: list[float], outline: list[list[float]]) -> float:
    """Distance of a point from a polygon's edge."""
    def to_edge(a: list[float], b: list[float]) -> float:
        along = [b[0] - a[0], b[1] - a[1]]
        square = along[0] ** 2 + along[1] ** 2
        share = 0.0 if not square else max(0.0, min(1.0, (
            (point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]) / square))
        return math.dist(point, [a[0] + share * along[0], a[1] + share * along[1]])

    return min(to_edge(a, b) for a, b in pairwise([*outline, outline[0]]))


def test_turning_the_leg_outwards_narrows_the_space() -> None:
    spaces = [MEASURED["turned"][angle] for angle in sorted(MEASURED["turned"], key=int)]
    assert all(later < earlier for earlier, later in pairwise(spaces))


@pytest.mark.parametrize("name", ["axial-normal", "axial-narrow"])
def test_a_section_and_its_caption_say_what_was_measured(name: str) -> None:
    section = SECTIONS[name.removeprefix("axial-")]
    drawn = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    for space in ("ifs", "qfs"):
        mm = math.floor(section[space] + 0.5)
        assert f">{space.upper()} {mm} mm<" in drawn and f"{mm} mm" in CAPTIONS[name]["caption"]


def regions(name: str) -> dict[str, list[Point]]:
    return {each["id"]: [(x, y) for x, y in each["points"]] for each in CAPTIONS[name]["regions"]}


def inside(point: Point, polygon: list[Point]) -> bool:
    """Whether a ray from the point crosses the polygon an odd number of times."""
    x, y = point
    crossings = (a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) > x
                 for a, b in pairwise([*polygon, polygon[0]]) if (a[1] > y) != (b[1] > y))
    return sum(crossings) % 2 == 1


@pytest.mark.parametrize("name", sorted(name for name in CAPTIONS if "regions" in CAPTIONS[name]))
def test_no_place_belongs_to_two_regions(name: str) -> None:
    shapes = regions(name)
    grid = [(x / 160, y / 160) for x in range(160) for y in range(160)]
    hits = [[key for key, shape in shapes.items() if inside(point, shape)] for point in grid]
    assert not [found for found in hits if len(found) > 1]
    for key in shapes:
        assert sum(found == [key] for found in hits) > 12, f"{key} is too small to point at"


@pytest.mark.skipif(not os.environ.get("BP3D"), reason="BP3D names no folder with the meshes")
def test_the_meshes_are_those_that_the_figures_are_made_from(tmp_path: Path) -> None:
    meshes = pytest.importorskip("figures.tissue.meshes", reason="needs the figures' environment")
    folder = Path(os.environ["BP3D"])
    assert meshes.complaints(folder) == []
    (tmp_path / "FJ1432.obj").write_bytes((folder / "FJ1432.obj").read_bytes() + b"#")
    wrong = meshes.complaints(tmp_path)
    assert sum("is another mesh" in line for line in wrong) == 1
    assert sum("is missing" in line for line in wrong) == len(wrong) - 1 == 43


@pytest.mark.skipif(not os.environ.get("BP3D"), reason="BP3D names no folder with the meshes")
def test_the_section_gives_the_committed_numbers() -> None:
    build = pytest.importorskip("figures.tissue.build", reason="needs the figures' environment")
    whole = build.volume(Path(os.environ["BP3D"]))
    found = build.gaps(build.compose(whole, build.LEVEL))
    for gap, name in ((found.ischiofemoral, "ifs"), (found.quadratus, "qfs"), (found.nerve, "nerve")):
        assert round(gap.mm, 1) == SECTIONS["normal"][name]


def test_every_part_names_its_mesh() -> None:
    table = (FOLDER.parents[2] / "scripts/figures/tissue/parts.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in table.splitlines()[1:]]
    assert len(rows) == 44 and len({row[1] for row in rows}) == 44
    assert all(len(row[-1]) == 64 and row[4] in ("is_a", "part_of") for row in rows)


def test_without_the_meshes_the_figures_stay_and_a_line_says_so(
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    main = pytest.importorskip("figures.__main__", reason="needs the figures' environment")
    monkeypatch.delenv("BP3D", raising=False)
    assert main._tissue() == {}
    said = capsys.readouterr().out
    assert "BP3D names no folder" in said and "posterior.svg" in said


def test_a_folder_without_the_meshes_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path
                                                ) -> None:
    main = pytest.importorskip("figures.__main__", reason="needs the figures' environment")
    monkeypatch.setenv("BP3D", str(tmp_path))
    with pytest.raises(main.SourceError, match=r"FJ1432\.obj: is missing"):
        main._tissue()
