"""Formulas come in as TeX, whichever way another system writes them; nothing else comes alive."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from viva.bank.interactions import Choice
from viva.course import fields
from viva.course.conversion import Converter
from viva.course.settings import BUILT_IN, EXTENSIONS
from viva.exchange.importers import moodle_xml
from viva.exchange.limits import Incoming
from viva.exchange.reading import Asked, Desk
from viva.exchange.texts import Texts

CONVERTER = Converter(BUILT_IN + EXTENSIONS)
WHOLE, LINE = fields.whole(CONVERTER), fields.line(CONVERTER)
IMAGE = '<img class="equation_image" src="/equation_images/x" alt="LaTeX: {}" {}>'
CONTENT = 'data-equation-content="a &gt; b"'
AS_TEXT = ["a formula stands as text (check it)"]


def converted(source: str, how: str = "block") -> tuple[str, list[str]]:
    texts = Texts("x", lambda name: None, {})
    return getattr(texts, how)(source), texts.notes


@pytest.mark.parametrize(
    ("source", "made"),
    [
        (IMAGE.format(r"\sqrt{x}", ""), r"\(\sqrt{x}\)"),
        (f"<p>So {IMAGE.format('', CONTENT)}.</p>", r"So \(a > b\)."),
        ('<img data-equation-content="x^2" src="a.png" class="equation_image" />', r"\(x^2\)"),
        ("a <anki-mathjax block='true'>x^2<br>+y</anki-mathjax> b", r"a \(x^2 +y\) b"),
        ("[$]x_1[/$] [$$]y[/$$] [latex]$z^2$[/latex]", r"\(x_1\) \(y\) \(z^2\)"),
        ('<math><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></math>', r"\(x^2\)"),
        ('<script type="math/tex">x &lt; y</script>', r"\(x < y\)"),
        (r"<p>A $$\frac12$$ of it</p>", r"A \(\frac12\) of it"),
        (r"<p>One</p><p>\[x\]</p><p>a \[y\] b</p>", "One\n\n\\[x\\]\n\na \\(y\\) b"),
        (r"\[4\]", r"\(4\)"),
        (r"\(a&lt;b\)", r"\(a< b\)"),
    ],
)
def test_a_formula(source, made):
    assert converted(source) == (made, [])


@pytest.mark.parametrize(
    "source", ["<math><mi>x</mi></math>", r"\(\nothing{x}\)", r"[latex]\begin{foo}[/latex]"]
)
def test_a_formula_that_cannot_be_read_is_told(source):
    assert converted(source)[1] == AS_TEXT


@pytest.mark.parametrize("source", ["$$ or $$$", "from $5 to $6", "[$a] and [b$]", '<img alt="equation">'])
def test_money_is_money(source):
    made, notes = converted(source)
    assert "\\(" not in made and AS_TEXT[0] not in notes


def test_a_formula_in_an_option_stands_in_its_line():
    answer = '<answer fraction="{}"><text>{}</text></answer>'
    answers = answer.format(100, r"\[x^2\]") + answer.format(0, "$$y$$")
    source = f'<quiz><question type="multichoice"><questiontext><text>What?</text></questiontext>{answers}</question></quiz>'
    read = moodle_xml.read(Incoming("a.xml", source.encode()), Desk())
    [asked] = read.entries
    assert isinstance(asked, Asked) and isinstance(asked.interaction, Choice)
    assert [one.text for one in asked.interaction.options] == [r"\(x^2\)", r"\(y\)"]


PARTS = [
    *("&lt;img src=x onerror=alert(1)&gt;", "&lt;script&gt;", "&lt;!--", "&amp;lt;", "\\(", "\\)", "\\[", "\\]", "$$", "$"),
    *("\\", "`", "``", "x", " ", "*", "_", "[", "]", "{", "}", "~", "^2", "|", "\n", "=", "!", "#", "1. ", "\\text{"),
    *("<br>", "<p>", "</p>", "<code>", "</code>", "<pre>", "</pre>", "<ul><li>", "</li></ul>", "</a>"),
    *('<a href="https://x">', "[$]", "[/$]", "<anki-mathjax>", "</anki-mathjax>", '<img data-equation-content="', '">'),
]


@given(
    parts=st.lists(st.sampled_from(PARTS), min_size=2, max_size=12),
    how=st.sampled_from(["block", "line", "plain", "of_markdown"]),
)
@example(parts=["\\\\[", PARTS[0], "\\]"], how="block")
@example(parts=["<pre>", PARTS[0], "</pre>"], how="line")
@example(parts=["<code>", PARTS[0], "<p>", "</p>", "</code>"], how="block")
@example(parts=["!", '<a href="https://x">', "x", "</a>"], how="block")
def test_no_tag_comes_alive(parts, how):
    made, _ = converted("".join(parts), how)
    for md in (WHOLE, LINE):
        assert not re.search(r"<(?:img|script|!--)", fields.convert(made, md))
