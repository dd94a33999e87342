"""Pages mirror: styles say where a line starts and ends, and texts say which way they run."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from viva.base.words import LETTERS
from viva.base.words import of as words_of
from viva.site.assets import published
from viva.site.direction import apart, isolated
from viva.theme import Theme

PROGRAM = Path(str(resources.files("viva")))
FORMULAS = "formulas.css"  # browsers set every formula from left to right
STYLED = [
    path
    for path in (*PROGRAM.rglob("*.css"), *PROGRAM.glob("a*/**/*.html"))
    if path.name != FORMULAS and "vendor" not in path.parts
]
SIDES = re.compile(
    r"\b(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|\bborder-(?:top|bottom)-(?:left|right)-radius\b"
    r"|\b(?:text-align|float|clear|object-position|background-position):[^;}]*\b(?:left|right)\b"
    r"|(?:^|[\s;{])(?:left|right):"
)
FOUR = re.compile(r"[\s;{](?:margin|padding|inset|border-width|border-radius):\s*([^;}]+)")
EXCEPTIONS = {
    "matching/style.css: inset: 0 auto auto 0": "follows the pointer, which counts from the left",
    "measure/style.css: inset: auto auto auto 0": "lies over a point of a picture",
    "ordering/style.css: border-width: 2px 0 0 2px": "an arrow that points up or down",
    "stack/style.css: left:": "stands in a corner of a picture",
    "viva.css: object-position: left": "the rule below it turns it for right to left",
    "viva.css: object-position: right": "the turned one",
}
INNERMOST = re.compile(r"\([^()]*\)")


def physical(style: str) -> list[str]:
    """What in a style names a side of the screen."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = "".join(re.findall(r"<style>.*?</style>", style, re.DOTALL)) or style
    found = [one[0].strip(" \n;{") for one in SIDES.finditer(style)]
    for one in FOUR.finditer(style):
        value = one[1]
        while INNERMOST.search(value):
            value = INNERMOST.sub(lambda found: found[0][1:-1].replace(" ", ""), value)
        sides = value.split()
        if len(sides) == 4 and sides[1] != sides[3]:
            found.append(one[0].strip(" \n;{"))
    return found


def test_no_style_names_a_side_of_the_screen():
    found = set()
    for path in STYLED:
        name = f"{path.parent.name}/{path.name}" if path.name == "style.css" else path.name
        found |= {f"{name}: {one}" for one in physical(path.read_text("utf-8"))}
    assert found == set(EXCEPTIONS)


@pytest.mark.parametrize(
    "style",
    [
        "a { margin-left: 1em }",
        "a { text-align: right; }",
        "a{float:left}",
        "a { right: 0; }",
        "a { border-top-left-radius: 2px }",
        "a { padding: 0 1em 0 calc(1em + 2px) }",
    ],
)
def test_a_side_is_noticed(style):
    assert len(physical(style)) == 1


@pytest.mark.parametrize(
    "style",
    [
        "a { margin-inline-start: 1em; padding: 0 1em }",
        'a[data-state="right"] { margin: 1px calc(1px + 2px) 3px calc(1px + 2px) }',
        "a { text-align: start; --right: #000 }",
    ],
)
def test_what_mirrors_is_left_alone(style):
    assert physical(style) == []


@pytest.mark.parametrize(
    "html, direction, said",
    [
        ("<p>Signal is high.</p>", "rtl", '<p><bdi dir="ltr">Signal is high.</bdi></p>'),
        ("<td>25&nbsp;mm</td>", "rtl", '<td><bdi dir="ltr">25&nbsp;mm</bdi></td>'),
        (
            "<label><input> <span>25 mm</span></label>",
            "rtl",
            '<label><input> <span><bdi dir="ltr">25 mm</bdi></span></label>',
        ),
        (
            "<ul><li>يمين <b>a (b)</b></li></ul>",
            "rtl",
            '<ul><li>يمين <b><bdi dir="ltr">a (b)</bdi></b></li></ul>',
        ),
        (
            "<li>Outer<ul><li>Inner.</li></ul></li>",
            "rtl",
            '<li>Outer<ul><li><bdi dir="ltr">Inner.</bdi></li></ul></li>',
        ),
        ("<p>طول 25&nbsp;mm.</p>", "rtl", '<p>طول <bdi dir="ltr">25&nbsp;mm</bdi>.</p>'),
        ("<p>بين 25–30 mm</p>", "rtl", '<p>بين <bdi dir="ltr">25–30 mm</bdi></p>'),
        (
            '<h1>Scale<a class="headerlink" href="#s">¶</a></h1>',
            "rtl",
            '<h1><bdi dir="ltr">Scale</bdi><a class="headerlink" href="#s">¶</a></h1>',
        ),
        ("<p>صورة.</p>", "ltr", '<p><bdi dir="rtl">صورة.</bdi></p>'),
        ("<p>يبدأ بـ <code>https://</code></p>", "rtl", '<p>يبدأ بـ <code dir="auto">https://</code></p>'),
    ],
)
def test_a_text_in_other_letters_than_its_page_says_its_direction(html, direction, said):
    assert isolated(html, direction) == said


def test_a_text_behind_others_keeps_its_full_stop_at_its_end():
    assert apart("250 m are <b>25,000</b> cm.", "rtl").startswith('<bdi dir="ltr">250 m')
    assert apart("نعم.", "ltr") == '<bdi dir="rtl">نعم.</bdi>'
    for text, way in (("It is.", "ltr"), ("نعم.", "rtl"), ("MRI هو الأول.", "rtl"), ("1:25,000", "rtl")):
        assert apart(text, way) == text


def test_the_foot_of_a_page_sets_apart_what_authors_say():
    foot = (PROGRAM / "engines/theme/partials/copyright.html").read_text("utf-8")
    assert {"config.extra.caution", "config.copyright"} == set(re.findall(r"<bdi>{{ ([\w.]+)(?:\|e)? }}</bdi>", foot))


@pytest.mark.parametrize(
    "html, direction",
    [
        ("<p>Signal is high.</p>", "ltr"),
        ("<p>صورة.</p>", "rtl"),
        ("<p>MRI هو الأول.</p>", "rtl"),
        ("<td>1:25,000</td>", "rtl"),
        ('<p class="viva-actions"><button>Check</button></p>', "rtl"),
        ('<p><input title="a"> Here</p>', "rtl"),
        ("<p></p>", "rtl"),
        ('<p>عام 2026 و T2 <img alt="25 mm"></p>', "rtl"),
    ],
)
def test_other_texts_run_like_their_page(html, direction):
    assert isolated(html, direction) == html


def test_the_letters_of_options_are_those_of_the_language():
    """A style counts options as feedback names them."""
    english = published(Theme().assets(), shorten=False)["assets/viva/viva.css"].decode()
    assert f"symbols: {LETTERS};" in english


def test_a_language_with_letters_of_its_own_has_them_in_its_style(monkeypatch):
    german = words_of("de")
    own = "Α Β Γ"
    monkeypatch.setattr(type(german.catalogue), "one", lambda self, text, context=None: own)
    made = published(Theme().assets(), shorten=False, words=german)["assets/viva/viva.css"].decode()
    assert 'symbols: "Α" "Β" "Γ";' in made
