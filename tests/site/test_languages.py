"""A course in every language builds strictly, and shows no English word of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import building
import foreign
from viva.base.words import of
from viva.base.words.catalogue import languages
from viva.course import boxes

SHORT = {"de", "ar"}
EVERY = [one if one in SHORT else pytest.param(one, marks=pytest.mark.long) for one in languages()]
SEARCHED = ("de", "ar", "ja")
"""Languages in which every English word of ours is looked for."""
DOCUMENTED = "faculty/rules"
"""What explains the rules to teachers: documentation, which is in English."""


@pytest.fixture(scope="module", params=EVERY)
def built(request, tmp_path_factory) -> tuple[str, Path, Path]:
    """A language, the neutral course in it, and its site."""
    folder = building.copied(building.NEUTRAL, tmp_path_factory.mktemp(request.param) / "course")
    settings = folder / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("language: en", f"language: {request.param}"), "utf-8")
    with (folder / "docs/about.md").open("a", encoding="utf-8") as page:
        page.write("\n!!! note\n\n    Maps grow old.\n")
    return request.param, folder, building.build(folder, folder.parent / "site")


def test_every_page_says_its_language_and_direction(built):
    language, _, site = built
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        start = " ".join(re.findall(r"<(?:html|body)\b[^>]*>", path.read_text("utf-8")))
        # Material says pt for Brazilian Portuguese.
        assert re.search(rf'lang="{language.split("-")[0]}\b', start), path
        assert ('dir="rtl"' in start) is (of(language).direction == "rtl"), path


def test_a_box_without_a_title_is_headed_in_the_language(built):
    language, _, site = built
    page = (site / "about.html").read_text("utf-8")
    assert f'<p class="admonition-title">{of(language).tell(boxes.KINDS["note"])}</p>' in page


def test_no_page_and_no_script_says_an_english_word_of_ours(built):
    language, folder, site = built
    if language not in SEARCHED:
        pytest.skip("looked for in German, Arabic and Japanese")
    theirs = "\n".join(
        path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".md", ".yml", ".svg", ".bib")
    )
    found = {}
    for path in sorted([*site.rglob("*.html"), *site.rglob("*.js")]):
        name = path.relative_to(site).as_posix()
        if name.startswith(DOCUMENTED):
            continue
        text = path.read_text("utf-8")
        said = foreign.of_html(text) if path.suffix == ".html" else foreign.of_script(text)
        if left := foreign.left(language, said, theirs):
            found[name] = left
    assert found == {}
