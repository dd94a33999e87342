"""Directives and citations on pages: where they are live, examples or mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from viva.base.reader import Source
from viva.course import directives, misdirected
from viva.course.conversion import Converter
from viva.course.directives import Citation, Directive
from viva.course.outline import outline
from viva.course.settings import Settings
from viva.site import embed

PLACEMENTS = yaml.safe_load((Path(__file__).parents[1] / "data/placements.yml").read_text("utf-8"))
EXTENSIONS = [
    "pymdownx.tabbed",
    "pymdownx.blocks.admonition",
    "pymdownx.blocks.details",
    {"pymdownx.arithmatex": {"generic": True}},
    {"toc": {"permalink": True}},
]
CONVERTER = Converter(
    Settings(Source("mkdocs.yml", {}, {}), {"markdown_extensions": EXTENSIONS}).extensions
)
IDS = {"a": "", "b": ""}


def fill(one: Directive | Citation) -> str:
    return embed.here(one) if isinstance(one, Directive) else f"<sup>{','.join(one.keys)}</sup>"


def staged(text: str) -> str:
    return directives.staged(directives.read(text, CONVERTER), fill)


@pytest.mark.parametrize("case", PLACEMENTS, ids=[case["name"] for case in PLACEMENTS])
def test_a_directive_is_live_an_example_or_a_mistake(case: dict[str, Any]):
    marked = directives.read(case["text"], CONVERTER)
    said = [f"{line}:{column}: {text}" for line, column, text in misdirected.mistakes(marked, IDS)]
    wanted = case.get("error", [])
    assert said == (wanted if isinstance(wanted, list) else [wanted])
    if "error" in case:
        return
    assert sum(one.verdict == "example" for one in marked.found) == case.get("example", 0)
    assert len(marked.directives) == len(case.get("live", []))
    html = CONVERTER.html(directives.staged(marked, fill))
    assert list(embed.placeholders(html)) == [(one.mode, one.ids) for one in marked.directives]
    assert _around_placeholders(html) == case.get("live", [])


def _around_placeholders(html: str) -> list[str]:
    """The elements around each placeholder once it has been filled."""
    filled = embed.PLACEHOLDER.sub("<p>\U000f0000</p>", html)
    spots = outline(filled).spots.get("\U000f0000", [])
    assert all(spot.alone for spot in spots)
    return [" ".join(spot.boxes) for spot in spots]


@pytest.mark.parametrize("case", [case for case in PLACEMENTS if "live" not in case])
def test_what_is_not_live_stays_as_it_is_typed(case: dict[str, Any]):
    if "there is no question" not in case.get("error", ""):
        assert staged(case["text"]) == case["text"]


def test_placeholders_are_found_however_an_engine_writes_them():
    html = "<p>\n<div data-ids=a class=viva-here data-mode=before></div></p><p>x</p>"
    assert list(embed.placeholders(html)) == [("before", ("a",))]
    assert embed.PLACEHOLDER.sub("!", html) == "!<p>x</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("So it is [@k].", "<p>So it is<sup>k</sup>.</p>"),
        ("So [@k;  @l] too", "<p>So<sup>k,l</sup> too</p>"),
        ("`[@k]`", "<p><code>[@k]</code></p>"),
        ("[@k] begins", "<p><sup>k</sup> begins</p>"),
        ("- a [@k]\n- b", "<ul>\n<li>a<sup>k</sup></li>\n<li>b</li>\n</ul>"),
        (
            "```\n[@k]\n```",
            '<div class="language-text highlight"><pre><span></span><code>[@k]\n</code></pre></div>',
        ),
        ("<!-- [@k] -->", "<!-- [@k] -->"),
        ("<p>\nRaw [@k]\n</p>", "<p>\nRaw<sup>k</sup>\n</p>"),
        ("[@k](https://e.org)", '<p><a href="https://e.org">@k</a></p>'),
    ],
)
def test_citations(text, html):
    marked = directives.read(text, CONVERTER)
    assert list(misdirected.miscited(marked)) == []
    assert CONVERTER.html(directives.staged(marked, fill)) == html


@pytest.mark.parametrize(
    "heading",
    ["## Bones [@k]", "## Bones [@k] ##", "Bones [@k]\n-----", "## Bones [@k] { .big }"],
)
def test_a_heading_has_the_same_id_with_a_citation_and_without(heading):
    marked = directives.read(heading, CONVERTER)
    assert marked.headings == {"bones": "Bones"}
    found = outline(CONVERTER.html(directives.staged(marked, fill)))
    assert list(found.headings) == ["bones"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[@k, @l]", "[@k, @l] cites nothing (write [@key] or [@a; @b])"),
        ("[see [@k]](x.md)", "[@k] stands in a link (write it after that)"),
        ("![a [@k]](x.png)", "[@k] stands in a tag or the text of an image (write it after that)"),
    ],
)
def test_a_citation_that_cannot_be_shown(text, message):
    said = list(misdirected.miscited(directives.read(text, CONVERTER)))
    assert [text for _, _, text in said] == [message]


def test_the_characters_that_stand_for_directives_may_be_in_the_text():
    text = "\U000f0000 and `[viva: a]`\n\n[viva: a]"
    assert [one.verdict for one in directives.read(text, CONVERTER).found] == ["example", "live"]
    assert staged(text).startswith("\U000f0000 and `[viva: a]`")


def test_a_question_is_asked_once_on_a_page_but_before_and_after_reading():
    text = "[viva before: a]\n\nText.\n\n[viva: a, b]\n\n[viva: b]\n\n[viva: a, a]\n\n[viva: c, c]\n"
    found = list(misdirected.repeated(directives.read(text, CONVERTER), IDS))
    said = "this page asks {} in line 5 already (delete one of them)"
    assert found == [(7, 1, said.format("b")), (9, 1, said.format("a")), (9, 1, said.format("a"))]
