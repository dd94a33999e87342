"""Markdown in text fields and pages: what is explained, cited and linked."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.base.reader import Source
from viva.course import fields
from viva.course.conversion import Converter
from viva.course.glossary import Term, terms
from viva.course.references import Bibliography, Reference
from viva.course.settings import Settings
from viva.site.blocks import with_question
from viva.site.markup import FieldMarkup, cites
from viva.site.render import Context
from viva.site.terms import anchored, explained

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


def converter(*extensions: object) -> Converter:
    """What a course with these extensions besides the usual ones has."""
    data = {"markdown_extensions": list(extensions)}
    return Converter(Settings(Source("mkdocs.yml", {}, {}), data).extensions)


def made(*extensions: object, known: tuple[Term, ...] = TERMS) -> FieldMarkup:
    return FieldMarkup(
        converter(*extensions),
        BIBLIOGRAPHY,
        known,
        lambda target: f"../{target.replace('.md', '.html')}",
    )


@pytest.fixture
def field() -> FieldMarkup:
    return made()


def context(*extensions: object) -> Context:
    markup = made(*extensions)
    return Context("", {}, {}, markup.inline, markup.block)


def page(text: str) -> str:
    html = converter().html(text)
    return explained(html, TERMS, lambda term: f"../glossary.html#{term.anchor}")


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


MATHS = {"pymdownx.arithmatex": {"generic": True}}


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("It is $a_1 * b_1$.", '<span class="arithmatex">\\(a_1 * b_1\\)</span>'),
        ("So\n\n$$\na_1\n$$", '<div class="arithmatex">'),
        ("So\n\n```python\nx = 1\n```", '<div class="language-python highlight">'),
        ('!!! note "N"\n    Text', '<div class="admonition note">'),
        ('??? note "N"\n    Text', '<details class="note">'),
        ("Signs:\n- one\n- two", "<p>Signs:</p>\n<ul>\n<li>one</li>"),
        ("Steps:\n1. one\n2. two", "<ol>\n<li>one</li>"),
        ("#NOF is common.", "<p>#NOF is common.</p>"),
        ("| a |\n|---|\n| 1 |", "<table>"),
    ],
)
def test_fields_know_what_pages_know(text, piece):
    assert piece in made(MATHS).block(text)


def test_footnotes_of_two_fields_have_ids_of_their_own(field):
    one, two = (field.block(f"{word}.[^1]\n\n[^1]: Note.") for word in ("One", "Two"))
    ids = [set(re.findall(r'id="([^"]+)"', html)) for html in (one, two)]
    assert len(ids[0]) == len(ids[1]) == 2
    assert not ids[0] & ids[1]
    assert all(f'href="#{name}"' in one for name in ids[0])


@pytest.mark.parametrize(
    ("stem", "before", "lead"),
    [
        ("What is *it*?", "", "What is <em>it</em>?"),
        ("- 5 mm?", "", "- 5 mm?"),
        ("One\nline.", "", "One\nline."),
        ("Given.\n\nWhat now?", "<p>Given.</p>", "What now?"),
        ("Signs:\n- a\n\nWhat?", "<p>Signs:</p>\n<ul>\n<li>a</li>\n</ul>", "What?"),
        ("What?\n\n> said", "<blockquote>\n<p>said</p>\n</blockquote>", "What?"),
    ],
)
def test_the_blocks_of_a_stem_stand_before_its_lead_in(stem, before, lead):
    assert context().blocks(stem) == (before, lead)


def test_what_is_told_is_inline_unless_it_holds_a_block():
    assert context().told("a\n\nb") == "a<br><br>b"
    assert context().told("a\n- b\n- c") == "<p>a</p>\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>"


def test_a_citation_comes_through_markdown_as_it_is():
    odd = Reference("odd", 3, 'A *b* _c_ `d` [e](f) | \\( & <g> "h" $i$.', None, False)
    html = converter(MATHS).html(f"So{cites([odd], 'r.html')}.")
    assert re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), html) == (
        '<p>So<sup class="viva-cites"><a class="viva-cite" href="r.html#ref-odd" '
        f'title="{odd.text}">3</a></sup>.</p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        "<pre><code>IFS</code></pre>",
        '<p title="IFS">x</p>',
        "<script>IFS</script>",
        "<button>IFS</button>",
        "<!-- IFS -->",
        '<span class="arithmatex">IFS</span>',
        '<div class="viva-here" data-ids="IFS"></div>',
        '<div class="viva-here"><div>x</div><p>IFS</p></div>',
        "<viva-quiz><p>IFS</p><p>enthesis</p></viva-quiz>",
        "<a href='x>IFS'>IFS <b>IFS</b></a>",
    ],
)
def test_what_is_no_running_text_is_not_explained(html):
    assert explained(html, TERMS, lambda term: "#") == html
    assert explained(f"{html}<p>IFS</p>", TERMS, lambda term: "#") == (
        f'{html}<p><abbr tabindex="0" title="Ischiofemoral space" data-href="#">IFS</abbr></p>'
    )


def test_a_term_links_once_to_its_definition():
    html = page("An enthesis is an enthesis.\n\nEnthesis again.")
    assert html.count('class="viva-term"') == 1
    assert 'href="../glossary.html#term-enthesis" title="Where a tendon meets bone."' in html
    assert "An <a" in html
    assert "</a> is an enthesis." in html


def test_headings_and_links_are_left_alone():
    assert "viva-term" not in page("# Enthesis\n\n[enthesis](a.md) `enthesis`")


def test_text_between_terms_is_kept():
    text = "One IFS, *an enthesis*, and more about the ischiofemoral space here."
    html = page(text)
    plain = re.sub(r"<[^>]+>", "", html)
    assert plain == text.replace("*", "")
    assert html.count("<abbr") == 1
    assert html.count("viva-term") == 2


def test_the_glossary_gets_anchors():
    html = converter().html("Enthesis\n:   Where.\n\nIschiofemoral space (IFS)\n:   Gap.")
    html = anchored(html, TERMS)
    assert '<dt id="term-enthesis">Enthesis</dt>' in html
    assert '<dt id="term-ischiofemoral-space">' in html


def test_terms_are_read_from_a_definition_list():
    text = "## E\n\nEnthesis\n:   Where a *tendon* meets bone [@a2001].\n\nX space (XS)\n\n:   Gap."
    assert list(terms(text)) == [
        Term("Enthesis", None, "Where a tendon meets bone."),
        Term("X space", "XS", "Gap."),
    ]


WORDS = st.lists(
    st.sampled_from(
        [
            "one's",
            "a--b",
            "$x",
            "$y$",
            "**two**",
            "*three*",
            "(*four*)",
            "**five six**",
            "*a*b",
            "**",
            "* ",
            "7 mm,",
            "é°",
        ]
    ),
    min_size=1,
    max_size=6,
)


@given(WORDS)
@pytest.mark.parametrize("extension", [None, "smarty", "pymdownx.arithmatex", "nl2br"])
def test_the_short_way_gives_what_the_library_gives(extension, words):
    text = " ".join(words).strip()
    markup = SHORT[extension]
    assert markup.block(text) == fields.convert(text, markup.md)


SHORT = {
    name: made(*([name] if name else []), known=())
    for name in (None, "smarty", "pymdownx.arithmatex", "nl2br")
}


def test_an_unknown_extension_has_no_short_way():
    assert made("pymdownx.magiclink").untouched is None
    assert "<a " in made("pymdownx.magiclink").inline("See https://e.org/x now")


@pytest.mark.parametrize(
    ("lead", "given", "asks", "after"),
    [
        ("Which one?", "", "Which one?", ""),
        ("A man falls. Which bone breaks?", "A man falls. ", "Which bone breaks?", ""),
        ("Look. <em>Which</em> one? (Choose two.)", "Look. ", "<em>Which</em> one?", " (Choose two.)"),
        ("Dr. Hill waits. Name the sign.", "Dr. Hill waits. ", "Name the sign.", ""),
        ("<em>One. Two</em> three", "", "<em>One. Two</em> three", ""),
        ("It is 3.5 mm, e.g. A. What now?", "It is 3.5 mm, e.g. A. ", "What now?", ""),
        ("", "", "", ""),
    ],
)
def test_what_a_lead_in_asks_is_its_last_question_or_sentence(lead, given, asks, after):
    assert with_question(lead) == (given, asks, after)
