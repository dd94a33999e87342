"""Cleaned HTML as Markdown that means nothing but its text, in paragraphs or in one line."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any, Protocol
from urllib.parse import unquote

from markdownify import MarkdownConverter

from viva.base.words import say
from viva.exchange.escaping import clean, escaped
from viva.exchange.images import ALT, Image, described, shown
from viva.exchange.plainly import linked, spaced

SOUND = re.compile(r"\.(?:mp3|m4a|ogg|oga|wav|mp4|m4v|mov|webm|flv|avi)(?:$|[?#])", re.I)
ITEM = re.compile(r"^(?:[-*+] |\d+\. )")
FENCED = re.compile(r"^```\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
QUIET = re.compile(r"(?:[^<&`\\\[{$]|<(?![a-zA-Z/!?])|&(?![#\w]))+")
"""Code that no sign of would mean anything if it were no code."""


class Keeper(Protocol):
    """Hears of pictures, and of what is left out."""

    def picture(self, src: str, alt: str) -> Image | None: ...
    def note(self, said: str) -> None: ...


class Converter(MarkdownConverter):
    """HTML that has been cleaned, as Markdown whose text means nothing but itself."""

    def __init__(self, texts: Keeper, extra: str) -> None:
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
        """Code: in a fence where one is read, else as lines of code."""
        said = clean(el.get_text()).strip("\n")
        if not said.strip():
            return ""
        if el.parent.name == "[document]" and QUIET.fullmatch(said.replace("\n", " ")):
            return f"\n\n```\n{said}\n```\n\n"
        return "\n\n" + "<br>".join(self._code(line) for line in said.split("\n")) + "\n\n"

    def convert_code(self, el: Any, text: str, parent_tags: Any) -> str:
        """Code in a line, whatever stands in it."""
        return self._code(clean(el.get_text()))

    def _code(self, text: str) -> str:
        """Code between ticks; where a sign in it could mean something, as an element."""
        said = " ".join(text.split())
        if QUIET.fullmatch(said):
            return f"`{said}`"
        return f"<code>{escaped(said, self._extra, False)}</code>" if said else ""

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
            self._texts.note(say(
                "sound or video was left out: {name}",
                name=PurePosixPath(unquote(href)).name,
            ))
        if not re.match(r"(?:https?://|mailto:)", href, re.I) or "_noformat" in parent_tags:
            return text
        said = " ".join(text.split())
        return linked(said, href) if said else ""


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


def one_line(text: str) -> str:
    """Paragraphs and lists in one line."""
    lines = [line.strip() for line in FENCED.sub(r"`\1`", text).split("\n") if line.strip()]
    if any(ITEM.match(line) for line in lines):
        lines = [f"{ITEM.sub('', line)};" if ITEM.match(line) else line for line in lines]
    return " ".join(lines).rstrip(";")
