"""Ids that something else has too are told where they stand."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from viva.course import taken

PAGE = "docs/modules/knee.md"
GLOSSARY = "docs/glossary.md"
NEEDED = "the site itself needs the id #{} (write another here: {{ #another-id }})"
TWICE = "the id #x is on this page twice, first on line 3 (give one another)"
THERE = "{} is in the glossary twice, first on line 3 (keep one)"
TOLD = {
    "## Config {#__config}": ["3:13: " + NEEDED.format("__config")],
    "## Search { #__search .x }": ["3:14: " + NEEDED.format("__search")],
    "## \\_\\_toc": ["3:4: " + NEEDED.format("__toc")],
    'a <span id="__palette_0">b</span>': ["3:13: " + NEEDED.format("__palette_0")],
    "## A { #viva-objectives }": ["3:9: " + NEEDED.format("viva-objectives")],
    "`## A {#__config}`": [],
    "```\n## A {#__config}\n```": [],
    '=== "a"\n\n    b\n\n=== "c"\n\n    d': [],
    "## A {#x}\n\n## B {#x}": ["5:8: " + TWICE],
    "## A {#x}\n\n`## B {#x}`": [],
}
TERMS = {
    "Bone { #__config }\n:   x": ["3:9: " + NEEDED.format("__config")],
    "Bone\n:   x\n\nbone\n:   y": ["6:1: " + THERE.format("bone")],
    "Bone\n:   x\n\nBody { #term-bone }\n:   y": ["6:1: " + THERE.format("Body")],
    "Body mass index (BMI)\n:   x\n\nBone (BMI)\n:   y": ["6:1: " + THERE.format("BMI")],
    "Body mass index (BMI)\n:   x\n\nBody mass index (BMI)\n:   y": ["6:1: " + THERE.format("BMI")],
    "Body mass index (BMI)\n:   x\n\nBone\n:   y": [],
}


def told(make_course, path: str, text: str) -> list[str]:
    found = [str(one) for one in make_course({path: f"# Top\n\n{text}\n"}).problems]
    return [one.removeprefix(f"{path}:") for one in found if "the id" in one or "glossary" in one]


@pytest.mark.parametrize("text", TOLD)
def test_an_id_of_the_site_or_of_another_heading_is_told(make_course, text):
    assert told(make_course, PAGE, text) == TOLD[text]


@pytest.mark.parametrize("text", TERMS)
def test_a_term_that_is_there_twice_is_told(make_course, text):
    assert told(make_course, GLOSSARY, text) == TERMS[text]


def test_every_id_that_the_theme_finds_its_parts_by_is_known():
    theme = Path(str(files("material"))) / "templates"
    pages = [one.read_text("utf-8") for one in theme.rglob("*.html")]
    named = {name for page in pages for name in re.findall(r'\s(?:id|for)="(__[a-z]+)"', page)}
    assert {"__config", "__search", "__drawer"} <= named
    assert [one for one in named if not taken.KEPT.fullmatch(one)] == []
