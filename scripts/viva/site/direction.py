"""Which way a text runs that is all in letters of the other direction than its page."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from viva.base.words import Direction
from viva.site.terms import TAG

SIDES: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
TEXTS = "p|li|td|th|dt|dd|caption|figcaption|legend|summary|h[1-6]|b|span"
APART = (
    "p|li|ul|ol|dl|dt|dd|div|table|t[hdr]|details|summary|form|fieldset|legend|figure|noscript|"
    "button|input|select|textarea|label|svg|viva-[a-z]+"
)
"""What does not fit inside `<bdi>`, or is laid out by its place."""
MARK = '<a class="headerlink"'
ELEMENT = re.compile(
    rf'(<({TEXTS})\b(?![^>]*\bclass="viva-(?!lead\b))[^>]*>)((?:(?!<\2\b|{MARK}|</?(?:{APART})\b).)*)'
    rf"((?:{MARK}.*?</a>)?</\2>)",
    re.DOTALL,
)
MEASURED = re.compile(
    r"(?<![\w.,])\d[\d.,:–]*(?:\s|&nbsp;)?(?:[A-Za-zµμ][A-Za-zµμ/²³]*|°[CF]?)"
)
"""A number with a Latin unit."""
QUANTITY = re.compile(
    r"<(bdi|pre|code|svg|option|textarea)\b.*?</\1>|"
    r"""<[a-z/!](?:"[^"]*"|'[^']*'|[^'">])*>|"""
    rf"(?P<said>{MEASURED.pattern})",
    re.DOTALL,
)
"""A number with a Latin unit, in text that is neither markup nor set apart already."""
CODE = re.compile(r"<(code|kbd)\b(?![^>]*\bdir=)")
"""What somebody types begins where its own letters do."""
TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
LEADS = [bytes([first]) for first in (*range(0xD6, 0xE1), 0xEF)]
"""How these begin in UTF-8: a byte is looked for ten times as fast as a pattern."""


def apart(html: str, direction: Direction) -> str:
    """The HTML of one text, without blocks, that stands behind others in one line of a page.

    Set apart where all of its letters run the other way: its full stop stays at its end.
    """
    if direction == "ltr" and not _has_turned(html):
        return html
    sides = _sides(html)
    return html if len(sides) != 1 or direction in sides else _set_apart(html, sides.pop())


def isolated(html: str, direction: Direction) -> str:
    """HTML in which every text says its direction that has no letter in that of the page.

    So the full stop of a Latin sentence stays in place on a page in Arabic. A text with letters of
    both runs like the page, but “25 mm” and `https://` keep their order inside it.
    """
    if direction == "ltr" and not _has_turned(html):
        return html

    def inside(found: re.Match[str]) -> str:
        opening, _, text, closing = found.groups()
        sides = _sides(text)
        if len(sides) != 1:
            return f"{opening}{ELEMENT.sub(inside, text)}{closing}"
        (side,) = sides
        return found[0] if side == direction else f"{opening}{_set_apart(text, side)}{closing}"

    made = ELEMENT.sub(inside, html)
    if direction == "ltr":
        return made
    return CODE.sub(r'<\1 dir="auto"', QUANTITY.sub(_measured, made))


def in_body(page: str, direction: Direction) -> str:
    """The same for a whole page, but for its head and the scripts at its end."""
    head, body, rest = page.partition("<body>")
    shown, script, code = rest.partition("<script")
    return f"{head}{body}{isolated(shown, direction)}{script}{code}"


def _set_apart(html: str, side: Direction) -> str:
    return f'<bdi dir="{side}">{html}</bdi>'


def _has_turned(html: str) -> bool:
    """Whether some HTML has a letter that runs from right to left."""
    raw = b"" if html.isascii() else html.encode(errors="replace")
    return any(lead in raw for lead in LEADS) and bool(TURNED.search(html))


def _measured(found: re.Match[str]) -> str:
    return _set_apart(found[0], "ltr") if found["said"] else found[0]


def _sides(html: str) -> set[Direction]:
    """The directions of the letters in some HTML."""
    return sides_of(unescape(TAG.sub("", html)))


def sides_of(text: str) -> set[Direction]:
    """The directions of the letters in a text."""
    kinds = map(unicodedata.bidirectional, text)
    return {SIDES[kind] for kind in kinds if kind in SIDES}
