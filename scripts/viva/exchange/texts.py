"""HTML and plain text from outside as the Markdown of a bank: cleaned, converted, escaped.

What is not text, emphasis, a list, a table, a link or a picture goes; what went is noted. Nothing
is fetched. Pictures that came along are drawn anew and get a place under `docs/`.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import markdown
import nh3

from viva.base.refused import Refused
from viva.base.words import ENGLISH, Words, say
from viva.exchange import redrawing, tex
from viva.exchange.escaping import TEX, clean, escaped, is_read, within_lines
from viva.exchange.images import Image, apart, described
from viva.exchange.markdowned import Converter, one_line
from viva.exchange.naming import slug
from viva.exchange.plainly import plainly, settled, spaced

TAGS = {
    *("p", "div", "br", "ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("em", "i", "strong", "b", "sub", "sup", "code", "pre", "a", "img", "blockquote", "caption"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd"),
}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
SCHEMES = {"http", "https", "mailto", "data"}
SIMPLE = re.compile(r"\s*<(p|div)(?: (?:dir|style|class|id)=\"[^\"<>]*\")*>([^<>]*)</\1>\s*")
"""One paragraph of nothing but text: most texts."""
DROPPED = (
    (re.compile(r"<script\b|\bon\w+\s*=|javascript:", re.I), say("a script was dropped")),
    (re.compile(r"<svg\b", re.I), say("a drawing was dropped (add it as a picture)")),
    (re.compile(r"<(?:iframe|object|embed|form|input)\b", re.I), say(
        "an embedded page was dropped",
    )),
    (re.compile(r"<(?:audio|video)\b", re.I), say("sound or video was left out")),
)
LONGEST = 50_000
"""Characters of a text, without pictures that stand in it."""
MOST_TAGS = 4_000
MOST_BRACKETS = 500
DATA = re.compile(r"data:[^\s\"'<>)]*")


class NotThere(Exception):
    """A question cannot come along. The message says why, in a few words."""


Find = Callable[[str], bytes | None]


def usual(text: str) -> str:
    """The HTML of Markdown as most programs read it."""
    made: str = markdown.markdown(text, extensions=["tables"])
    return made


class Texts:
    """The texts of one question. Notes and pictures gather while they are converted."""

    def __init__(
        self,
        folder: str,
        find: Find,
        drawn: dict[bytes, Any],
        extra: str = "",
        to_html: Callable[[str], str] = usual,
        language: Words = ENGLISH,
    ) -> None:
        self.notes: list[str] = []
        self.pictures: dict[str, bytes] = {}
        self._folder, self._find, self._drawn, self._extra = folder, find, drawn, extra
        self._to_html, self.language = to_html, language

    def note(self, said: str) -> None:
        """What was changed, once."""
        if said not in self.notes:
            self.notes.append(said)

    def block(self, source: str | None) -> str:
        """HTML as paragraphs, lists and tables."""
        return self._converted(source or "")

    def line(self, source: str | None) -> str:
        """HTML as one line, as a label has to be."""
        text = self._converted(source or "")
        return one_line(text) if "\n" in text else text

    def plain(self, source: str | None) -> str:
        """Plain text as paragraphs."""
        return self._tidy(escaped(_measured(source or ""), self._extra))

    def plain_line(self, source: str | None) -> str:
        """Plain text as one line."""
        return within_lines(escaped(" ".join(clean(source or "").split()), self._extra))

    def of_markdown(self, source: str | None) -> str:
        """Markdown of somebody else, which is no more trusted than HTML."""
        text = _measured(source or "")
        if text.count("[") > MOST_BRACKETS:
            return self.plain(text)
        return self.block(self._to_html(text))

    def stem(self, source: str | None) -> tuple[str, Image | None]:
        """A stem, and its picture apart if it has exactly one that stands alone."""
        return apart(self.block(source))

    def words(self, source: str | None) -> str:
        """HTML as the words in it, for what students type."""
        text = source or ""
        if "<" in text:
            text = nh3.clean(re.sub(r"<br\s*/?>|</p>", " ", text), tags=set())
        return " ".join(clean(html.unescape(text)).split())

    def _converted(self, source: str) -> str:
        simple = SIMPLE.fullmatch(_measured(source))
        given = simple[2] if simple else source
        text = tex.told(given)
        formulas = (found[0] for found in TEX.finditer(html.unescape(text)))
        if tex.is_worded(given) or not all(map(is_read, formulas)):
            self.note(say("a formula stands as text (check it)"))
        if "<" not in text:
            return self._tidy(escaped(spaced(html.unescape(text)), self._extra))
        simply = plainly(text, self._extra)
        if simply is not None:
            return self._tidy(simply)
        for pattern, said in DROPPED:
            if pattern.search(text):
                self.note(said)
        safe = nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
        if "<" not in safe:
            return self._tidy(escaped(spaced(html.unescape(safe)), self._extra))
        return self._tidy(settled(Converter(self, self._extra).convert(safe)))

    def _tidy(self, text: str) -> str:
        lines = [line.rstrip() for line in text.split("\n")]
        said = re.sub(r"\n (?=\S)", "\n", re.sub(r"\n{3,}", "\n\n", "\n".join(lines))).strip()
        return within_lines(said) if "\\[" in said else said

    def picture(self, src: str, alt: str) -> Image | None:
        """A picture that came along, drawn anew; else what became of it is noted."""
        if re.match(r"https?:|//", src, re.I):
            self.note(say(
                "a picture on another site was not fetched: {address}",
                address=src[:120],
            ))
            return None
        name, content = self._content(src)
        if content is None:
            self.note(say("the picture {name} is not in the file", name=name))
            return None
        try:
            made, shrunk = self._redrawn(content)
        except Refused as refused:
            self.note(say(
                "the picture {name} was left out: {reason}",
                name=name, reason=refused.said,
            ))
            return None
        if shrunk:
            self.note(say("the picture {name} was made smaller", name=name))
        return Image(self._placed(name, made), described(alt))

    def _content(self, src: str) -> tuple[str, bytes | None]:
        if src.startswith("data:"):
            head, _, body = src.partition(",")
            try:
                return say("in the text"), base64.b64decode(body, validate=False)
            except (binascii.Error, ValueError):
                return say("in the text ({beginning})", beginning=head[:40]), None
        path = unquote(src).partition("?")[0]
        return PurePosixPath(path).name or path, self._find(path)

    def _redrawn(self, content: bytes) -> tuple[bytes, bool]:
        if content not in self._drawn:
            try:
                made, _, shrunk = redrawing.redrawn(content)
                self._drawn[content] = made, shrunk
            except Refused as refused:
                self._drawn[content] = refused
        found = self._drawn[content]
        if isinstance(found, Refused):
            raise found
        return found[0], found[1]

    def _placed(self, name: str, made: bytes) -> str:
        """Where a picture lies. Two of the same name and other content get a number."""
        stem, number = slug(PurePosixPath(name).stem) or "picture", 1
        names = self._drawn.setdefault(b"names", {})
        while names.setdefault(path := f"{stem}{f'-{number}' * (number > 1)}.png", made) != made:
            number += 1
        self.pictures[f"{self._folder}/{path}"] = made
        return f"{self._folder}/{path}"


def _measured(text: str) -> str:
    """A text that is no trap: not endless, and not made of tags."""
    if len(text) > LONGEST and len(DATA.sub("", text)) > LONGEST:
        raise NotThere(say("a text is longer than {n} characters", n=LONGEST))
    if text.count("<") > MOST_TAGS:
        raise NotThere(say("a text holds more than {n} tags", n=MOST_TAGS))
    return text
