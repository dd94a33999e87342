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
from markdownify import MarkdownConverter

from viva.base.refused import Refused
from viva.exchange import redrawing
from viva.exchange.escaping import TEX, clean, escaped, is_read
from viva.exchange.images import ALT, Image, apart, described, shown
from viva.exchange.naming import slug
from viva.exchange.plainly import address, plainly, spaced

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
    (re.compile(r"<script\b|\bon\w+\s*=|javascript:", re.I), "a script was dropped"),
    (re.compile(r"<svg\b", re.I), "a drawing was dropped (add it as a picture)"),
    (re.compile(r"<(?:iframe|object|embed|form|input)\b", re.I), "an embedded page was dropped"),
    (re.compile(r"<(?:audio|video)\b", re.I), "sound or video was left out"),
)
FORMULA = re.compile(rf"{TEX.pattern}|\$\$|<(?:m:)?math\b", re.I)
MATH = re.compile(r"<(?:m:)?math\b([^>]*)>(.*?)</(?:m:)?math>", re.I | re.S)
ANNOTATION = re.compile(r"<(?:m:)?annotation\b[^>]*tex\b[^>]*>([^<]*)<", re.I)
SPOKEN = re.compile(r"alttext=\"([^\"]*)\"")
SOUND = re.compile(r"\.(?:mp3|m4a|ogg|oga|wav|mp4|m4v|mov|webm|flv|avi)(?:$|[?#])", re.I)
ITEM = re.compile(r"^(?:[-*+] |\d+\. )")
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
    ) -> None:
        self.notes: list[str] = []
        self.pictures: dict[str, bytes] = {}
        self._folder, self._find, self._drawn, self._extra = folder, find, drawn, extra
        self._to_html = to_html

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
        return _one_line(text) if "\n" in text else text

    def plain(self, source: str | None) -> str:
        """Plain text as paragraphs."""
        return self._tidy(escaped(_measured(source or ""), self._extra))

    def plain_line(self, source: str | None) -> str:
        """Plain text as one line."""
        return escaped(" ".join(clean(source or "").split()), self._extra)

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
        text = simple[2] if simple else source
        if any(not is_read(found[0]) for found in FORMULA.finditer(html.unescape(text))):
            self.note("a formula stands as text (check it)")
        if "<" not in text:
            return self._tidy(escaped(spaced(html.unescape(text)), self._extra))
        text = MATH.sub(_formula, text)
        simply = plainly(text, self._extra)
        if simply is not None:
            return self._tidy(simply)
        for pattern, said in DROPPED:
            if pattern.search(text):
                self.note(said)
        safe = nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
        return self._tidy(_Converter(self, self._extra).convert(safe))

    def _tidy(self, text: str) -> str:
        lines = [line.rstrip() for line in text.split("\n")]
        return re.sub(r"\n (?=\S)", "\n", re.sub(r"\n{3,}", "\n\n", "\n".join(lines))).strip()

    def picture(self, src: str, alt: str) -> Image | None:
        """A picture that came along, drawn anew; else what became of it is noted."""
        if re.match(r"https?:|//", src, re.I):
            self.note(f"a picture on another site was not fetched: {src[:120]}")
            return None
        name, content = self._content(src)
        if content is None:
            self.note(f"the picture {name} is not in the file")
            return None
        try:
            made, shrunk = self._redrawn(content)
        except Refused as refused:
            self.note(f"the picture {name} was left out: {refused.said}")
            return None
        if shrunk:
            self.note(f"the picture {name} was made smaller")
        return Image(self._placed(name, made), described(alt))

    def _content(self, src: str) -> tuple[str, bytes | None]:
        if src.startswith("data:"):
            head, _, body = src.partition(",")
            try:
                return "in the text", base64.b64decode(body, validate=False)
            except (binascii.Error, ValueError):
                return f"in the text ({head[:40]})", None
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


class _Converter(MarkdownConverter):
    """HTML that has been cleaned, as Markdown whose text means nothing but itself."""

    def __init__(self, texts: Texts, extra: str) -> None:
        super().__init__(
            heading_style="atx",
            bullets="-",
            sub_symbol="<sub>",
            sup_symbol="<sup>",
            newline_style="spaces",
        )
        self._texts, self._extra, self._begins = texts, extra, True

    def escape(self, text: str, parent_tags: Any) -> str:
        """The text of a node."""
        if not text or "pre" in parent_tags or "code" in parent_tags:
            return clean(text)
        start, end = text[:1].isspace() and " ", text[1:] and text[-1:].isspace() and " "
        inner = escaped(spaced(text), self._extra, self._begins)
        return f"{start or ''}{inner}{end or ''}" if inner else " "

    def process_text(self, el: Any, parent_tags: Any = None) -> str:
        """The text of a node, escaped as it stands: a list begins at the start of a line only."""
        self._begins = _begins_line(el)
        made: str = super().process_text(el, parent_tags)  # type: ignore[misc]
        return made

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: Any) -> str:
        """A heading cannot stand in a question."""
        said = " ".join(text.split()).strip("*")
        return f"\n\n**{said}**\n\n" if said else ""

    def convert_hr(self, el: Any, text: str, parent_tags: Any) -> str:
        """A line across the page says nothing."""
        return "\n\n"

    def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
        """Code, in a fence that it cannot break."""
        said = clean(el.get_text()).strip("\n")
        longest = max((len(run) for run in re.findall(r"`+", said)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"\n\n{fence}\n{said}\n{fence}\n\n" if said.strip() else ""

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        """A picture that came along."""
        image = self._texts.picture(el.get("src") or "", el.get("alt") or "")
        said = described(el.get("alt") or "")
        if image is None:
            return "" if said == ALT else escaped(said, self._extra)
        return shown(image)

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        """A link to another site; of any other, only its words stay."""
        href = el.get("href") or ""
        if SOUND.search(href):
            self._texts.note(f"sound or video was left out: {PurePosixPath(unquote(href)).name}")
        if not re.match(r"(?:https?://|mailto:)", href, re.I) or "_noformat" in parent_tags:
            return text
        said = " ".join(text.split())
        return f"[{said}]({address(href)})" if said else ""


INLINE = {"b", "i", "em", "strong", "sub", "sup", "a", "code", "span"}


def _begins_line(node: Any) -> bool:
    """Whether nothing stands before a node on its line."""
    while True:
        before = node.previous_sibling
        while before is not None and before.name is None and not str(before).strip():
            before = before.previous_sibling
        if before is not None:
            return before.name is not None and before.name not in INLINE | {"img"}
        node = node.parent
        if node is None or node.name not in INLINE:
            return True


def _measured(text: str) -> str:
    """A text that is no trap: not endless, and not made of tags."""
    if len(text) > LONGEST and len(DATA.sub("", text)) > LONGEST:
        raise NotThere(f"a text is longer than {LONGEST:,} characters")
    if text.count("<") > MOST_TAGS:
        raise NotThere(f"a text holds more than {MOST_TAGS:,} tags")
    return text


def _formula(found: re.Match[str]) -> str:
    """The signs of a formula, as its author spoke it or as they stand."""
    spoken = SPOKEN.search(found[1]) or ANNOTATION.search(found[2])
    return f" {spoken[1] if spoken else re.sub('<[^>]*>', ' ', found[2])} "


def _one_line(text: str) -> str:
    """Paragraphs and lists in one line."""
    lines = [
        line.strip() for line in text.split("\n") if line.strip() and not line.startswith("```")
    ]
    if any(ITEM.match(line) for line in lines):
        lines = [f"{ITEM.sub('', line)};" if ITEM.match(line) else line for line in lines]
    return " ".join(lines).rstrip(";")

