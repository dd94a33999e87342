"""Markdown in the text fields of questions: as on pages, with what a field is for in mind.

A field is short and has no headings: `#NOF` is text. A list may follow a line directly, and a line
by itself is never one: the option `- 5 mm` is a number. A label holds no blocks at all.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from html import unescape
from typing import Any

import markdown
from markdown.util import Registry

from viva.base.cache import content_key
from viva.base.reader import Loc
from viva.base.words import say, shaped
from viva.course import literal, notes, simple, typed
from viva.course.conversion import Converter
from viva.course.directives import READS_LIKE
from viva.course.outline import HEADINGS, Outline, names, outline
from viva.course.settings import FIXED
from viva.formulas import marked
from viva.formulas.typed import mistake

WITHOUT = frozenset({"toc", "meta"})
"""What makes sense on pages only."""
KEPT = ("empty", "paragraph")
"""What reads blocks where there is only a line of text."""
MARKED = re.compile(r"[\\`*_{}\[\]<>#!|~^&$=]")
CITED = re.compile(r"[ \t]*\[@[^\[\]\n]*\]")
LOOKS = ("pymdownx.arithmatex", "pymdownx.caret", "pymdownx.tilde", "attr_list", literal.NAME)
"""What shapes a line of text in every course."""
_own = threading.local()
UNREAD = say(
    "the formula cannot be read: {error} (mend it; a dollar that is money is written \\$)"
)
ASKS = say("a directive asks nothing here (only pages can hold one: delete it)")
NOTE = re.compile(r"([\"#])(fn(?:ref\d*)?):")

# Signs that mean something to Markdown, and to each extension that reads signs of its own.
SIGNS = r"*_`\[\]<>&^~|\\#!{}\n+="
READS = {
    "pymdownx.arithmatex": "$",
    "pymdownx.emoji": ":",
    "smarty": "'\".<>-",
    "nl2br": "",
    "pymdownx.blocks.": "",
    "viva.": "$",
} | dict.fromkeys(
    (
        *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code"),
        *("footnotes", "md_in_html", "meta", "sane_lists", "tables", "toc"),
        *(f"pymdownx.{name}" for name in ("betterem", "caret", "critic", "details", "escapeall")),
        *(f"pymdownx.{name}" for name in ("extra", "highlight", "inlinehilite", "keys", "mark")),
        *(f"pymdownx.{name}" for name in ("progressbar", "saneheaders", "snippets")),
        *(f"pymdownx.{name}" for name in ("superfences", "tabbed", "tasklist", "tilde")),
    ),
    "",
)

LABELS = names(
    "accept answer back caption finding front hypothesis items label options panel_source pictures "
    "theme"
)
TELLING = names("explanation hint instructions reveal vignette why")
MARKDOWN = frozenset((*LABELS, *TELLING, "text", "stem"))
"""The fields that hold Markdown: what they and lists in them say has a role."""
# What may hold a block: all else is plain text, or text with emphasis, links and the like.
BLOCKISH = re.compile(
    r"^[ \t]*(?:[-+*>|#:]|\d+[.)]|```|~~~|!!!|\?\?\?|===|///|\$\$|\\\[|\[\^|<)|^[ ]{4}|\|[ \t]*:?-"
    r"|<(?:div|p|ul|ol|dl|table|pre|h\d|blockquote|hr|details|section|figure)\b",
    re.MULTILINE,
)
LINE_BLOCK = re.compile(r"\$\$|\\\[|<\w")
SUSPECT = re.compile(r"[\n<\]]|\$\$|\\\[|viva", re.IGNORECASE)
"""What a field has in which anything can be wrong; most have none of it."""
ADDRESSES = re.compile(r"\]\(|\][ \t]*\[|<(?:a|img|source|video|audio)\b")
NAMES = {
    **dict.fromkeys(("ul", "ol", "dl"), say("a list")),
    **dict.fromkeys(HEADINGS, say("a heading")),
    "table": say("a table"),
    **dict.fromkeys(("pre", "highlight"), say("a block of code")),
    **dict.fromkeys(("admonition", "details", "tabbed-set"), say("a box")),
    "blockquote": say("a quotation"),
    "arithmatex": say("a formula on a line of its own"),
    "footnote": say("a footnote"),
    "hr": say("a line across the page"),
}


def whole(converter: Converter) -> markdown.Markdown:
    """What converts fields that may hold blocks."""
    return converter.new(without=WITHOUT)


def line(converter: Converter) -> markdown.Markdown:
    """What converts fields of a line of text: `- 5 mm` and `1. rib` stay what they are."""
    return _without_blocks(whole(converter))


def _without_blocks(md: markdown.Markdown) -> markdown.Markdown:
    kept = {name: md.parser.blockprocessors[name] for name in KEPT}
    md.parser.blockprocessors = Registry()
    for priority, (name, processor) in enumerate(kept.items(), 1):
        md.parser.blockprocessors.register(processor, name, -priority)
    return md


def convert(text: str, md: markdown.Markdown) -> str:
    """The HTML of a field. Ids of footnotes differ from field to field."""
    html: str = md.reset().convert(text)
    if 'id="fn' not in html:
        return html
    return NOTE.sub(rf"\1\2:{content_key(text)[:8]}-", html)


def spoken(text: str) -> str:
    """A line of Markdown as its readers see it, without its looks and its citations."""
    if not MARKED.search(text):
        return text
    if not hasattr(_own, "line"):
        _own.line = _without_blocks(
            markdown.Markdown(extensions=[*LOOKS], extension_configs={**FIXED})
        )
    html = marked.in_line(_own.line.reset().convert(CITED.sub("", text)))
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def spoken_lines(text: str) -> str:
    """The same of a text of several lines, for a cell of a table."""
    return "\n".join(map(spoken, text.split("\n")))


def as_text(text: str) -> str:
    """A text that is no Markdown, to stand in a page of Markdown as it was typed."""
    return MARKED.sub(lambda found: f"&#{ord(found[0])};", text)


def untouched(converter: Converter) -> re.Pattern[str] | None:
    """What text is the same in HTML whatever extension looks at it, as far as we know them."""
    used = [name for name, _ in converter.extensions]
    known = [next((s for n, s in READS.items() if _is(name, n)), None) for name in used]
    if None in known:
        return None
    signs = SIGNS + "".join(re.escape(sign) for sign in "".join(map(str, known)))
    return re.compile(f"[^{signs}]*")


def _is(name: str, known: str) -> bool:
    return name.startswith(known) if known.endswith(".") else name == known


def may_be_block(text: str) -> bool:
    """Whether a field is more than a line of running text."""
    return "\n" in text or text.startswith(("$$", "\\["))


class Checker:
    """Says what is wrong with the text fields of a course."""

    def __init__(self, converter: Converter) -> None:
        self._converter = converter
        self._made: dict[str, markdown.Markdown] = {}
        self._last = ((False, ""), "")
        self._asked = ("", True)
        self._plain = untouched(converter) if converter.is_known else None

    def mistakes(self, at: Loc, text: str) -> Iterator[tuple[str, str]]:
        """Code and message of each thing that stands where it cannot; `at` is the field's place."""
        role = role_of(at)
        if role is None:
            return
        if self.asks(text):
            yield "MD516", ASKS
        if not self._may_hold_blocks(text, role) or self._is_running(text, role):
            return
        blocks = self._read(text, role).blocks
        if HEADINGS & set(blocks):
            yield "MD521", say("a heading stands in a question (write the line in **bold**)")
        elif role == "label" and set(blocks) - {"p", ""}:
            yield "MD521", _misplaced(blocks, at)
        elif role == "stem" and "p" not in blocks:
            message = say(
                "the stem is only {block} (add the question as a paragraph of its own)",
                block=_named(blocks),
            )
            yield "MD521", message

    def lost(self, at: Loc, text: str) -> list[typed.Lost]:
        """What of a field its readers would not see."""
        if self._plain is None or self._is_sound(text):
            return []
        role = role_of(at)
        if role is None:
            return []
        html = self._html(text, role)
        return list(notes.mistakes(text, html, typed.lost(text, html, comments=False)))

    def formulas(self, at: Loc, text: str) -> list[typed.Lost]:
        """What of the formulas of a field TeX does not understand."""
        return [] if role_of(at) is None else list(unread(text))

    def is_plain(self, text: str) -> bool:
        """Whether a text is words and emphasis, as most are: nothing in it can be wrong."""
        if self._plain is None or "$" in text or "viva" in text.lower():
            return False
        bare = typed.EMPHASIS.sub("", text) if "*" in text else text
        return bool(self._plain.fullmatch(bare))

    def _is_sound(self, text: str) -> bool:
        assert self._plain
        return bool(self._plain.fullmatch(typed.CLEAN.sub("", text))) or self._is_simple(text)

    def _is_simple(self, text: str) -> bool:
        if self._asked[0] != text:
            is_simple = self._plain is not None and simple.is_simple(text, self._plain)
            self._asked = (text, is_simple)
        return self._asked[1]

    def _is_running(self, text: str, role: str) -> bool:
        """Whether it is plain that a text holds no block that its role may not have."""
        return self._is_simple(text) and (role == "tell" or not simple.has_list(text))

    def links(self, at: Loc, text: str) -> list[tuple[str, str]]:
        """The addresses that a field links to or shows, each with the name of its element."""
        role = role_of(at)
        if role is None or not ADDRESSES.search(text):
            return []
        if self._is_simple(text):
            return [("a", address) for address in simple.links(text)]
        return self._read(text, role).links

    def cited(self, at: Loc, text: str) -> str:
        """A field as far as it cites: without what is code."""
        if "`" not in text or role_of(at) is None:
            return text
        html = self._md(role_of(at) or "", text).reset().convert(text)
        return re.sub(r"<(code|pre)\b.*?</\1>", " ", html, flags=re.DOTALL)

    def asks(self, text: str) -> bool:
        """Whether a text has a directive, which only pages can hold."""
        if "viva" not in text.lower():
            return False
        found = [one for one in READS_LIKE.findall(text) if not one.startswith("[@")]
        shown = re.sub(r"<(code|pre)\b.*?</\1>", " ", self._md("", text).reset().convert(text))
        return any(one in shown for one in found)

    def _may_hold_blocks(self, text: str, role: str) -> bool:
        return bool((BLOCKISH if "\n" in text or role == "tell" else LINE_BLOCK).search(text))

    def _read(self, text: str, role: str) -> Outline:
        return outline(self._html(text, role))

    def _html(self, text: str, role: str) -> str:
        """The HTML of a field: several questions are put about each, one after the other."""
        key = (role == "tell", text)
        if self._last[0] != key:
            self._last = (key, convert(text, self._md(role, text)))
        return self._last[1]

    def _md(self, role: str, text: str) -> markdown.Markdown:
        """A single line of a label or a stem is text; more than one may be anything."""
        make = whole if role == "tell" or may_be_block(text) else line
        if make.__name__ not in self._made:
            self._made[make.__name__] = make(self._converter)
        return self._made[make.__name__]


def unread(text: str) -> Iterator[typed.Lost]:
    """What of the formulas of a Markdown text TeX does not understand."""
    for found in literal.formulas(text):
        wrong = mistake(found[0])
        if wrong:
            at = found.start() + wrong.at
            yield typed.Lost(at, text[at:].split("\n")[0], shaped(UNREAD, error=wrong.said))


def role_of(at: Loc) -> str | None:
    """What a field is: a `label`, a `stem`, or what is told (`tell`). None: it is no Markdown."""
    steps = [step for step in at if isinstance(step, str)]
    last = steps[-1] if steps else ""
    if last in TELLING or at == ("text",):
        return "tell"
    if at == ("stem",):
        return "stem"
    return "label" if last in MARKDOWN else None


def _named(blocks: list[str]) -> str:
    return next((NAMES[block] for block in blocks if block in NAMES), say("a block of HTML"))


def _misplaced(blocks: list[str], at: Loc) -> str:
    what = _named([block for block in blocks if block not in ("p", "")])
    field: Any = next((step for step in reversed(at) if isinstance(step, str)), "field")
    where = {
        "text": say("an option"),
        "stem": say("a prompt"),
        "options": say("an option"),
        "items": say("an item"),
    }
    return say(
        "{block} stands in {field}, which is one line of text (write it in the stem)",
        block=what, field=where.get(field, field),
    )
