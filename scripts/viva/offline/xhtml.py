"""A page's HTML as a book can hold it: well-formed XML, without anything to click but links."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from viva.base.words import ENGLISH, Words, say
from viva.formulas.tree import NAMESPACE

VOID = {"area", "br", "col", "embed", "hr", "img", "param", "source", "track", "wbr"}
DROPPED = {"script", "style", "button", "template", "noscript", "output", "svg"}
LEFT_OUT = {
    "audio": say("a sound"),
    "video": say("a video"),
    "iframe": say("a part of another page"),
    "object": say("an object"),
    "embed": say("an object"),
    "img": say("an image"),
    "svg": say("an image"),
}
MEDIA = frozenset(LEFT_OUT) - {"img", "svg"}
"""What no book can play."""
ICON = "twemoji"
"""What the theme's small pictures stand in, which say nothing."""
ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
RENAMED = {
    "form": "div",
    "fieldset": "div",
    "legend": "p",
    "label": "p",
    "details": "div",
    "summary": "p",
}
KEPT = {"class", "alt", "title", "start", "colspan", "rowspan", "scope", "lang", "datetime"}
SIDES = {"left", "right", "center"}
HEADING = re.compile(r"h([1-6])")
BOX, BLANK = '<span class="box">□</span>', '<span class="blank">________</span>'

MATH = "math"
"""What is in a formula stays as it is."""

Attributes = list[tuple[str, str | None]]


@dataclass(frozen=True)
class Rules:
    """How a book names and finds things."""

    id: Callable[[str], str]
    link: Callable[[str], str | None]
    """The new address of a link, or None where the book has nothing to link to."""
    image: Callable[[str], str | None]
    """The new address of an image, or None where the book cannot hold it."""
    deeper: int = 0
    """How many levels every heading goes down."""
    words: Words = ENGLISH


def clean(html: str, rules: Rules) -> str:
    """The HTML as a fragment of XHTML."""
    writer = _Writer(rules)
    writer.feed(html)
    writer.close()
    return "".join(writer.written)


class _Writer(HTMLParser):
    def __init__(self, rules: Rules) -> None:
        super().__init__(convert_charrefs=True)
        self._rules = rules
        self.written: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._dropped = 0
        self._is_icon = False
        self._ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "svg" and not (self._dropped or self._is_icon or _is_hidden(attrs)):
            self.written.append(self._instead(tag, dict(attrs)))
        if self._dropped or _is_dropped(tag, attrs):
            self._skip(tag)
        elif tag in MEDIA:
            self.written.append(self._instead(tag, dict(attrs)))
            self._skip(tag)
        elif tag == "img" and self._rules.image(dict(attrs).get("src") or "") is None:
            self.written.append(self._instead(tag, dict(attrs)))
        elif tag == "input":
            kind = dict(attrs).get("type")
            self.written.append(BOX if kind in ("radio", "checkbox") else BLANK)
        else:
            self._begin(tag, attrs)
        self._is_icon = ICON in (dict(attrs).get("class") or "").split()

    def _skip(self, tag: str) -> None:
        if tag == "select" and not self._dropped:
            self.written.append(BLANK)
        if tag not in VOID and tag != "input":
            self._dropped += 1

    def _instead(self, tag: str, given: dict[str, str | None]) -> str:
        """A line for what the book leaves out: what it says of itself, and a link if it has one."""
        words = self._rules.words
        named = given.get("alt") or given.get("title") or given.get("aria-label")
        said = named or words.tell(LEFT_OUT[tag])
        address = given.get("src") or given.get("data") or ""
        if ELSEWHERE.match(address):
            return f'<a href="{escape(address)}">{escape(said, quote=False)}</a>'
        line = words.say("[{thing}: on the site]", thing=said)
        return f"<span>{escape(line, quote=False)}</span>"

    def _begin(self, tag: str, attrs: Attributes) -> None:
        pairs = self._attributes(tag, attrs)
        leads_nowhere = tag == "a" and not any(name in ("href", "id") for name, _ in pairs)
        written = "" if leads_nowhere else self._name(tag)
        if written:
            inside = "".join(f' {name}="{escape(value)}"' for name, value in pairs)
            self.written.append(f"<{written}{inside}{'/' if tag in VOID else ''}>")
        if tag not in VOID:
            self._open.append((tag, written))

    def _name(self, tag: str) -> str:
        heading = HEADING.fullmatch(tag)
        if heading:
            return f"h{min(6, int(heading[1]) + self._rules.deeper)}"
        return RENAMED.get(tag, "div" if "-" in tag else tag)

    def _attributes(self, tag: str, attrs: Attributes) -> list[tuple[str, str]]:
        if tag == MATH or any(name == MATH for name, _ in self._open):
            space = [("xmlns", NAMESPACE)] if tag == MATH else []
            return space + [(name, value or "") for name, value in attrs if name != "style"]
        pairs = ((name, self._value(tag, name, value or "")) for name, value in attrs)
        kept = [(name, value) for name, value in pairs if value is not None]
        side = dict(attrs).get("align")
        return [*kept, ("style", f"text-align: {side};")] if side in SIDES else kept

    def _value(self, tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return self._fresh(self._rules.id(value))
        if name == "href":
            return self._rules.link(value)
        if name == "src":
            return self._rules.image(value)
        return value if name in KEPT or (name == "type" and tag == "ol") else None

    def _fresh(self, name: str) -> str | None:
        if name in self._ids:
            return None
        self._ids.add(name)
        return name

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            self._dropped -= tag not in VOID
            return
        if tag not in (name for name, _ in self._open):
            return
        while self._open:
            name, written = self._open.pop()
            if written:
                self.written.append(f"</{written}>")
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self.written.append(escape(data, quote=False))


def _is_hidden(attrs: Attributes) -> bool:
    return dict(attrs).get("aria-hidden") == "true"


def _is_dropped(tag: str, attrs: Attributes) -> bool:
    classes = (dict(attrs).get("class") or "").split()
    return tag in DROPPED or tag == "select" or "headerlink" in classes
