"""Text from outside shows as it is, and nothing in it comes alive."""

from __future__ import annotations

import html
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from viva.base.reader import parse
from viva.course import fields
from viva.course.conversion import Converter
from viva.course.settings import BUILT_IN, EXTENSIONS
from viva.exchange.escaping import clean, escaped
from viva.exchange.reading import Left, entry
from viva.exchange.texts import NotThere, Texts
from viva.exchange.yamltext import fields as yaml_fields
from viva.exchange.yamltext import read_back

CONVERTER = Converter(BUILT_IN + EXTENSIONS)
WHOLE, LINE = fields.whole(CONVERTER), fields.line(CONVERTER)
SIGNS = "*_`[](){}<>#+-.!|~^=:/\\&@$;\"'1a \n\t"
texts = st.text(st.sampled_from(SIGNS) | st.characters(codec="utf-8"), max_size=40)
ALIVE = re.compile(r"<(?!/?(?:p|br)\b)", re.IGNORECASE)


def shown(source: str, md=WHOLE) -> str:
    """The words that a reader sees."""
    made = fields.convert(source, md)
    assert not ALIVE.search(made), made
    return " ".join(BeautifulSoup(made, "html.parser").get_text().split())


@given(texts)
@example("&lt;script&gt;")
@example("<script>alert(1)</script>")
@example("[x](javascript:alert(1)) [a]: b")
@example("- 5 mm\n1. rib\n# NOF\n> x\n***\n---\n===\n| a |\n|---|")
@example("!!! note\n??? x\n/// caption\n[^1]\n*[HTML]: x\n: def\nterm\n:   def")
@example("H~2~O 10^3^ **x** __y__ `z` ~~a~~ ^^b^^ {: .c } \\( \\[ \\*")
@example("[@smith2001] [viva: heart] [ ] x &amp; &#60; R&D AT&T; &copy")
def test_a_text_shows_as_it_is(text):
    plain = " ".join(clean(text).split())
    assert shown(escaped(text)) == plain
    line = " ".join(escaped(" ".join(clean(text).split())).split())
    assert shown(line, LINE) == plain


@given(st.lists(texts, min_size=1, max_size=4))
@example(["[x]", "(javascript:alert(1))"])
@example(["<", "script>"])
@example(["`", "b`"])
@example(["\ue002"])
@example(["\\(0\\)"])
@example(['<span class="arithmatex">0</span>'])
def test_html_shows_its_words_whatever_stands_beside_them(parts):
    """Each part is text; elements stand between them. TeX in it is a formula, as on platforms."""
    source = "".join(f"<b>{html.escape(p)}</b>{html.escape(p)}<i></i>" for p in parts)
    made = Texts("x", lambda name: None, {}).block(f"<p>{source}</p>")
    seen = fields.convert(made, WHOLE)
    assert not re.search(r'<(?!/?(?:p|br|strong|em)\b|span class="arithmatex">|/span>)', seen), seen
    wanted = "".join(clean(p) * 2 for p in parts)
    letters = re.compile(r"[\W_]+")
    words = BeautifulSoup(seen, "html.parser").get_text()
    assert letters.sub("", words) == letters.sub("", wanted)


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>A <b>b</b> <i>c</i> H<sub>2</sub>O</p>", "A **b** *c* H<sub>2</sub>O"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ('<a href="https://example.org/a_(b)">x</a>', "[x](https://example.org/a_%28b%29)"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ("<script>alert(1)</script>x", "x"),
        ('<p onclick="x()">a</p>', "a"),
        ("<h2>Head</h2>text", "**Head**\n\ntext"),
        ("<pre>a\n  <b>x</b></pre>", "```\na\n  x\n```"),
        ("<pre>``` x\n&lt;b&gt;</pre>", r"<code>\`\`\` x</code><br><code>&lt;b></code>"),
        ("<code>a &lt; b</code>, <code>&lt;b&gt;</code>", "`a < b`, <code>&lt;b></code>"),
        ("a&nbsp; b 5&nbsp;mm", "a b 5\u00a0mm"),
        ('<img src="http://example.org/a.png" alt="A heart">', "A heart"),
        ("&lt;b&gt;", "&lt;b>"),
    ],
)
def test_html_becomes_markdown(source, made):
    assert Texts("x", lambda name: None, {}).block(source) == made


def test_what_is_dropped_is_noted():
    made = Texts("x", lambda name: None, {})
    made.block('<script>a</script><video src="a.mp4"></video><a href="b.mp3">b</a><svg></svg>')
    made.block('<img src="c.png"><img src="https://example.org/d.png"><iframe src="e"></iframe>')
    said = " | ".join(made.notes)
    for word in (
        "script",
        "sound or video",
        "b.mp3",
        "drawing",
        "c.png",
        "was not fetched",
        "embedded",
    ):
        assert word in said


@given(
    st.dictionaries(
        st.sampled_from(["stem", "why", "text"]), texts | st.floats(-1e9, 1e9) | st.booleans()
    )
)
@example({"stem": "a: b # c", "why": "- x\n  y\n\n z", "text": "'\"\\"})
@example({"stem": "|\nx", "why": "null", "text": "~"})
def test_yaml_reads_back_as_it_was(data):
    sound = {n: clean(v).strip() or "x" if isinstance(v, str) else v for n, v in data.items()}
    source = parse("\n".join([*yaml_fields(sound, ""), ""]).strip(" ") or "{}", "x.yml")
    assert not source.problems
    assert source.data == read_back(sound)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x" * 60_000, "longer"),
        ("<math>" * 10_000, "tags"),
        ("<p>" * 5_000, "tags"),
        ("[" * 60_000, "longer"),
    ],
)
def test_a_text_that_would_take_for_ever_is_no_text(source, said):
    for convert in ("block", "line", "plain", "of_markdown"):
        if said == "tags" and convert == "plain":
            source = source * 10
        with pytest.raises(NotThere, match=r"longer|tags"):
            getattr(Texts("x", lambda name: None, {}), convert)(source)


def test_a_text_that_is_nested_too_deeply_is_left_out():
    deep = "<div class='x'>" * 1_900 + "x"
    made = entry("here", lambda texts: texts.block(deep), Texts("x", lambda name: None, {}))
    assert isinstance(made, Left) and "nested" in made.why


def test_brackets_without_end_are_text():
    made = Texts("x", lambda name: None, {}).of_markdown("[" * 5_000)
    assert shown(made) == "[" * 5_000
