"""The figures as files: well formed, described, self-contained, legible, light and dark."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "docs/assets" / name for name in ("figures", "tissue")]
CAPTIONS = {name: text for folder in FOLDERS for name, text in json.loads(
    (folder / "captions.json").read_text(encoding="utf-8")).items()}
FIGURES = {path.stem: path for folder in FOLDERS for path in folder.glob("*.svg")}
SVG = "{http://www.w3.org/2000/svg}"
PHONE = 358  # px that a figure has on a phone 390 px wide


def svg(name: str) -> str:
    return FIGURES[name].read_text(encoding="utf-8")


def test_every_caption_has_its_figure() -> None:
    assert set(CAPTIONS) <= set(FIGURES)


@pytest.fixture(params=sorted(FIGURES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_figure_has_a_title_and_a_description(name: str) -> None:
    root = ElementTree.fromstring(svg(name))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text and description is not None and description.text
    assert root.get("aria-labelledby") == "title desc"


def test_no_figure_asks_for_anything_outside_itself(name: str) -> None:
    text = svg(name).replace('xmlns="http://www.w3.org/2000/svg"', "")
    text = text.replace('href="data:image/webp;base64,', "")
    assert not re.search(r"https?:|href|@import|<script|<foreignObject", text)


def test_what_a_figure_refers_to_is_in_it_once(name: str) -> None:
    text = svg(name)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)


def test_every_class_and_colour_is_defined(name: str) -> None:
    text = svg(name)
    style = "".join(re.findall(r"<style>(.*?)</style>", text, re.DOTALL))
    used = set(" ".join(re.findall(r'class="([^"]+)"', text)).split())
    assert used <= {"labels", *re.findall(r"\.([a-z][\w-]*)", style)}
    for colour in set(re.findall(r"var\(--([\w-]+)\)", text)):
        assert style.count(f"--{colour}:") in (2, 4), f"{colour} needs a light and a dark value"


def test_text_is_legible_on_a_phone(name: str) -> None:
    text = svg(name)
    width = float(re.search(r'viewBox="0 0 (\S+)', text)[1])  # type: ignore[index]
    size = float(re.search(r"text\{font:(\d+)px", text)[1])  # type: ignore[index]
    assert size * PHONE / width >= 11


def test_labels_go_when_the_figure_is_addressed_as_unlabelled(name: str) -> None:
    root = ElementTree.fromstring(svg(name))
    groups = [(child.get("id"), child.get("class")) for child in root.findall(f"{SVG}g")]
    assert groups[0] == ("unlabelled", None) and groups[-1] == (None, "labels")
    assert "#unlabelled:target~.labels{display:none}" in svg(name)
    kept = [child for child in root if child.get("class") != "labels"]
    assert not [text for child in kept for text in child.iter(f"{SVG}text")]


def test_a_figure_is_small(name: str) -> None:
    assert FIGURES[name].stat().st_size <= 80_000


def test_a_schematic_part_is_called_schematic(name: str) -> None:
    if any(f'class="{part}"' in svg(name) for part in ("key-muscle", "nerve", "tendon")):
        assert "schematic" in svg(name) and "schematic" in CAPTIONS[name]["caption"]


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDERS[1].glob("*.svg")))
def test_a_figure_from_another_source_credits_it(name: str) -> None:
    assert CAPTIONS[name]["credit"].startswith("BodyParts3D, © The Database Center for Life Science")
    licence = (FOLDERS[1] / "LICENSE").read_text(encoding="utf-8")
    assert "BodyParts3D" in licence and "CC BY-SA 4.0" in licence


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDERS[1].glob("*.svg")))
def test_a_view_of_the_body_says_which_side_and_how_large(name: str) -> None:
    assert ">R<" in svg(name) and re.search(r">[12] cm<", svg(name))

