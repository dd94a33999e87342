"""What a student can search: every section of every page, as a script that the browser reads.

The browser searches it itself (`theme/assets/viva/search.js`), on a disk too. No answer is in it:
of a question only its stem is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal

from viva.course.glossary import Term
from viva.formulas import marked

Kind = Literal["module", "story", "page", "term", "check", "teacher"]
DATA = "assets/viva/search-data.js"
HEADING = re.compile(
    r'<h(?P<level>[1-6])\b[^>]*?\bid="(?P<id>[^"]*)"[^>]*>(?P<said>.*?)</h(?P=level)>', re.DOTALL
)
TITLE = re.compile(r"<h1\b[^>]*>.*?</h1>", re.DOTALL)
UNREAD = re.compile(
    r"<!--.*?-->|<(?P<name>script|style|svg|noscript|template)\b.*?</(?P=name)>"
    r'|<a\b[^>]*class="headerlink".*?</a>|<sup\b[^>]*class="viva-cites".*?</sup>',
    re.DOTALL,
)
TAG = re.compile(r"<[^>]+>")
INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>")


@dataclass(frozen=True)
class Section:
    """What stands below a heading: its anchor (empty for the page's opening), words and text."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A page as it is found. `boost` multiplies its weight."""

    kind: Kind
    url: str
    title: str
    sections: tuple[Section, ...]
    boost: float = 1.0


def sections(html: str) -> Iterator[Section]:
    """The sections of an article as Markdown made it, headings with an id apart."""
    html = TITLE.sub("", UNREAD.sub("", marked.in_line(html)), count=1)
    start, anchor, heading = 0, "", ""
    for found in HEADING.finditer(html):
        yield Section(anchor, heading, plain(html[start : found.start()]))
        start, anchor, heading = found.end(), found["id"], plain(found["said"])
    yield Section(anchor, heading, plain(html[start:]))


def plain(html: str) -> str:
    """HTML as running text: what is set in a line stays in its word, blocks come apart."""
    return " ".join(unescape(TAG.sub(" ", INLINE.sub("", html))).split())


def terms(glossary: Iterable[Term]) -> tuple[Section, ...]:
    """The terms of a glossary as sections, whatever its page looks like."""
    return tuple(Section(one.anchor, one.title, one.definition) for one in glossary)


def abbreviations(glossary: Iterable[Term]) -> dict[str, str]:
    """What abbreviations stand for: they come along, since people type them."""
    return {term.short: term.name for term in glossary if term.short}


def rows(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Pages as scripts read them."""
    return [_row(one) for one in entries]


def _row(one: Entry) -> dict[str, Any]:
    listed = [
        [part.anchor, part.heading, part.text]
        for part in one.sections
        if part.text or part.heading or not part.anchor
    ]
    row = {"kind": one.kind, "url": one.url, "title": one.title, "sections": listed}
    return row if one.boost == 1 else row | {"boost": one.boost}
