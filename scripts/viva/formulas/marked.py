"""Formulas in HTML: where Markdown has marked one, its MathML or its words take the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from importlib import resources

from viva.formulas import typed
from viva.formulas.engine import Mistake
from viva.formulas.linear import linear, lowered, raised
from viva.formulas.tree import tree, written

CLASS = "arithmatex"
WRAPPED = re.compile(
    rf'<(?P<tag>span|div) class="{CLASS}">\s*(?P<tex>\\\(.*?\\\)|\\\[.*?\\\])\s*</(?P=tag)>', re.S
)
"""A formula as Markdown marks it; its text is TeX."""
SHOWN = re.compile(r'<math\b[^>]*? alttext="(?P<said>[^"]*)"[^>]*>.*?</math>', re.S)
"""The same when it is shown."""
SET_OFF = re.compile(r"<(?P<how>su[pb])>(?P<said>[^<]+)</(?P=how)>")
IMAGE = re.compile(r"<img\b[^>]*>")
SAID = re.compile(r'\b(aria-label|alt|title|content)="([^"]*)"')
"""What a tag says to a reader or to a program."""
NAMED = re.compile(r'<math\b[^>]*? alttext="(?P<said>[^"]*)"')
BETWEEN = re.compile(r"(<(?:script|style|svg)\b.*?</(?:script|style|svg)>|<[^>]*>)", re.S)
PROGRAMS = re.compile(r"<script\b.*?</script>", re.S)
"""What has the signs of formulas on every page, and never holds one."""
STYLES = ("vendor/temml/Temml-STIX2.css", "formulas.css")
"""The files under assets/viva/ that a page with a formula needs."""
FACE = re.compile(r"/\*.*?\*/\s*|@font-face\s*\{[^}]*\}\s*", re.S)
LONG = 36
"""What does not fit on a telephone has to scroll, by keyboard too."""


def style(names: Sequence[str] = STYLES) -> str:
    """The style of formulas for a page that is a file of its own: in fonts of its reader."""
    assets = resources.files("viva.theme") / "assets/viva"
    texts = ((assets / name).read_text("utf-8") for name in names)
    return FACE.sub("", "".join(texts))


def has(html: str) -> bool:
    """Whether HTML shows a formula."""
    return "<math" in html


def shown(html: str) -> str:
    """HTML with every formula as MathML; what TeX does not understand stays as typed."""
    if CLASS in html:
        html = WRAPPED.sub(lambda found: _told(found, _mathml, found[0]), html)
    return IMAGE.sub(lambda found: heard(found[0]), html) if "<img" in html else html


def heard(tag: str) -> str:
    """A tag in whose attributes, which hold no mathematics, formulas are lines of text."""
    if not typed.SIGNS.search(tag):
        return tag
    return SAID.sub(
        lambda found: f'{found[1]}="{escape(typed.words(unescape(found[2])))}"', tag
    )


def labelling(html: str) -> str:
    """HTML of a legend or a label with its formulas shown: these say what the control is called,
    for which no program reads mathematics."""
    html = shown(html)
    return NAMED.sub(r'\g<0> aria-label="\g<said>"', html) if has(html) else html


def words(html: str) -> str:
    """HTML with every formula as a line of text."""
    if CLASS in html:
        html = WRAPPED.sub(lambda found: _told(found, _said, found[0]), html)
    return SHOWN.sub(lambda found: found["said"], html)


def in_line(html: str) -> str:
    """HTML that is to lose its tags, in which formulas and what is raised or lowered are text:
    10⁶ for `10<sup>6</sup>`, which would read 106."""
    told = words(html)
    return SET_OFF.sub(_set_off, told) if "<su" in told else told


def set_off(how: str, said: str, before: str) -> str:
    """What a `sup` or `sub` says, as text behind the sign before it.

    A number or a sign would make another number. Words do not, nor does what nothing stands
    before: *5th*, *Rmax*, *99mTc*.
    """
    made = raised(said) if how == "sup" else lowered(said)
    is_word = said.isalpha() and (len(said) > 1 or how == "sub")
    return said if is_word or (made[:1] in "^_" and not before.isalnum()) else made


def named(html: str) -> str:
    """HTML in which titles still have formulas as they were typed, as lines of text."""
    may_hold = "$" in html or "\\" in html
    if not (may_hold and typed.SIGNS.search(PROGRAMS.sub("", html))):
        return html
    parts = BETWEEN.split(html)
    return "".join(_named(part) if typed.SIGNS.search(part) else part for part in parts)


def _named(part: str) -> str:
    """A tag, a text between two, or a script, a style or a drawing, which stay as they are."""
    if part.startswith("<"):
        return heard(part) if part.find("<", 1) < 0 else part
    return escape(typed.words(unescape(part)), quote=False)


def _told(found: re.Match[str], tell: Callable[[str, bool], str], otherwise: str) -> str:
    tex, block = typed.unwrapped(unescape(found["tex"]))
    try:
        return tell(tex.strip(), block)
    except Mistake:
        return otherwise


def _set_off(found: re.Match[str]) -> str:
    before = found.string[: found.start()][-1:]
    return escape(set_off(found["how"], unescape(found["said"]), before), quote=False)


def _said(tex: str, block: bool) -> str:
    return escape(linear(tree(tex, block)), quote=False)


def _mathml(tex: str, block: bool) -> str:
    root = tree(tex, block)
    root.set("alttext", linear(root))
    if not block:
        return f'<span class="{CLASS}">{written(root)}</span>'
    reach = ' tabindex="0"' if len(root.get("alttext", "")) > LONG else ""
    return f'<div class="{CLASS}"{reach}>{written(root)}</div>'
