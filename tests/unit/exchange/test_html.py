"""Text for other systems: well-formed whatever is typed, few tags, nothing that runs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exchanging
from viva.exchange import export
from viva.exchange.html import BLOCKS, INLINE, Html, element

SIGNS = ["<", ">", "&", "&lt;", "&#", "*", "**", "_", "`", "[", "](", ")", "![", "<b>", "</p>", "<ul><li>"]
SIGNS += ["<script>", "<td>", "|", "\n", "\n\n", "- ", "1. ", "$", "{", "}", "]]>", "~", "^", "<!--", "-->", "[@notes]"]
SIGNS += ["word", " ", "é", "\u2028", "<a href='javascript:x'>", "<img src=x onerror=y>", "<math>", "::"]
TYPED = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=14).map("".join)


@pytest.fixture(scope="module")
def html(course) -> Html:
    return export.Job(course, course.banks, "", lambda name: f"img/{name}").html


@given(text=TYPED)
def test_whatever_is_typed_is_well_formed(html, text):
    for made in (html.block(text), html.told(text), html.line(text)):
        node = element(made)
        assert {one.tag for one in node.iterdescendants()} <= INLINE | BLOCKS
        for one in node.iterdescendants():
            assert not [name for name in one.attrib if name.startswith("on")]
            assert not one.get("href", "").lower().startswith("javascript")
    assert not {one.tag for one in element(html.line(text)).iterdescendants()} & BLOCKS


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("Plain & <simple>", "<p>Plain &amp; &lt;simple&gt;</p>"),
        ("**Bold** and *oblique*", "<p><strong>Bold</strong> and <em>oblique</em></p>"),
        ("As shown [@notes; @walks].", "<p>As shown (The authors 2026; The authors 2025).</p>"),
        (
            "[There](modules/scale.md#a-ratio)",
            '<p><a href="https://example.org/maps/modules/scale.html#a-ratio">There</a></p>',
        ),
        ("[Bad](javascript:x) <b onclick=y>b</b>", "<p>Bad <strong>b</strong></p>"),
        (
            "![Plan](assets/figures/plan.svg#unlabelled)",
            '<p><img alt="Plan" src="img/plan-unlabelled.png"/></p>',
        ),
        ("![Gone](assets/figures/gone.svg)", "<p>Gone</p>"),
        ("H~2~O <u>and</u> <i></i>x", "<p>H<sub>2</sub>O and <em></em>x</p>"),
        ("a\n\n- b\n- c", "<p>a</p><ul><li>b</li><li>c</li></ul>"),
    ],
)
def test_fields(html, typed, made):
    assert re.sub(r">\s+<", "><", html.block(typed)) == made


def test_words_alone(html):
    assert html.plain("*a* &amp; b\n\n- c [@notes]") == "a & b c (The authors 2026)"


def test_a_page_is_named_where_the_course_has_no_address(tmp_path):
    exchanging.make(tmp_path)
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("site_url", "repo_url"), "utf-8")
    made = export.Job(exchanging.read(tmp_path), (), "", lambda name: None).html
    assert made.read("modules/scale.md#a-ratio") == "A ratio"
    assert made.block("[There](modules/scale.md#a-ratio)") == "<p>There</p>"
    assert made.block("![Plan](assets/figures/plan.svg)") == "<p>Plan</p>"
