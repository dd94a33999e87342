"""Markdown in text fields and pages: what is explained, cited and linked."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.course.glossary import Term, terms
from viva.course.references import Bibliography, Reference
from viva.site.markup import FIELD_EXTENSIONS, CourseMarkdown, FieldMarkup, Where

BIBLIOGRAPHY = Bibliography(
    {
        "a2001": Reference("a2001", 1, "A. One.", None, False),
        "b2002": Reference("b2002", 2, "B. Two.", None, False),
    }
)
TERMS = (
    Term("Ischiofemoral space", "IFS", "The gap."),
    Term("Enthesis", None, "Where a tendon meets bone."),
)


@pytest.fixture
def field() -> FieldMarkup:
    return FieldMarkup(BIBLIOGRAPHY, TERMS, lambda target: f"../{target.replace('.md', '.html')}")


def page(text: str, where: Where | None = None) -> str:
    course = CourseMarkdown(BIBLIOGRAPHY, TERMS, where or Where("../"))
    return markdown.markdown(text, extensions=["def_list", course])


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain & simple", "plain &amp; simple"),
        ("5 < 6", "5 &lt; 6"),
        ("**bold** H~2~O x^2^", "<strong>bold</strong> H<sub>2</sub>O x<sup>2</sup>"),
        ("- 5 mm", "- 5 mm"),
        ("the IFS, then IFS", '<abbr>the <abbr title="Ischiofemoral space">IFS</abbr>, then IFS'),
        ("[here](modules/a.md#b)", '<a href="../modules/a.html#b">here</a>'),
        ("[out](https://e.org)", '<a href="https://e.org">out</a>'),
    ],
)
def test_inline(field, text, html):
    assert field.inline(text) == html.removeprefix("<abbr>")


def test_blocks_have_paragraphs_lists_and_tables(field):
    assert field.block("one\n\ntwo") == "<p>one</p>\n<p>two</p>"
    assert "<table>" in field.block("| a | b |\n|---|---|\n| 1 | 2 |")
    assert "<li>" in field.block("- a\n- b")


def test_citations_are_numbers_that_link_to_the_references(field):
    html = field.inline("So it is [@b2002; @a2001].")
    assert html.startswith('So it is<sup class="viva-cites"><a class="viva-cite" href="../ref')
    assert '>2</a>,<a class="viva-cite"' in html
    assert 'references.html#ref-b2002" title="B. Two."' in html


def test_an_unknown_citation_stays_as_written(field):
    assert field.inline("So [@nobody].") == "So [@nobody]."


def test_a_field_is_the_same_after_another(field):
    first = field.inline("**IFS** [@a2001]")
    field.block("[x]: y\n\n* a\n\n*[IFS]: other")
    assert field.inline("**IFS** [@a2001]") == first


def test_a_term_links_once_to_its_definition():
    html = page("An enthesis is an enthesis.\n\nEnthesis again.")
    assert html.count('class="viva-term"') == 1
    assert 'href="../glossary.md#term-enthesis" title="Where a tendon meets bone."' in html
    assert "An <a" in html
    assert "</a> is an enthesis." in html


def test_headings_and_links_are_left_alone():
    assert "viva-term" not in page("# Enthesis\n\n[enthesis](a.md) `enthesis`")


def test_text_between_terms_is_kept():
    text = "One IFS, *an enthesis*, and more about the ischiofemoral space here."
    html = page(text)
    assert markdown.util.INLINE_PLACEHOLDER_RE.search(html) is None
    plain = __import__("re").sub(r"<[^>]+>", "", html)
    assert plain == text.replace("*", "")
    assert html.count("<abbr") == 1
    assert html.count("viva-term") == 2


def test_the_glossary_gets_anchors_and_explains_nothing():
    html = page("Enthesis\n:   Where.\n\nIschiofemoral space (IFS)\n:   Gap.", Where("", True))
    assert '<dt id="term-enthesis">Enthesis</dt>' in html
    assert '<dt id="term-ischiofemoral-space">' in html
    assert "<abbr" not in html


def test_terms_are_read_from_a_definition_list():
    text = "## E\n\nEnthesis\n:   Where a *tendon* meets bone [@a2001].\n\nX space (XS)\n\n:   Gap."
    assert list(terms(text)) == [
        Term("Enthesis", None, "Where a tendon meets bone ."),
        Term("X space", "XS", "Gap."),
    ]


WORDS = st.lists(
    st.sampled_from(
        ["one", "**two**", "*three*", "(*four*)", "**five six**", "*a*b", "**", "* ", "7 mm,", "é°"]
    ),
    min_size=1,
    max_size=6,
)


@given(WORDS)
def test_the_short_way_gives_what_the_library_gives(words):
    text = " ".join(words).strip()
    short = FieldMarkup(BIBLIOGRAPHY, (), lambda target: target).block(text)
    whole = markdown.markdown(text, extensions=FIELD_EXTENSIONS)
    assert short == whole
