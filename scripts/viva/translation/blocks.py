"""A page of Markdown taken apart into what is said and what holds it, and put together again.

Lines of one paragraph are one text, however they are broken; an item of a list, a heading, a row of
a table and the title of a box are texts of their own. Code, directives, HTML and comments stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["kept", "paragraph", "line", "heading", "item", "row", "title"]
MARKED: frozenset[Kind] = frozenset({"paragraph", "heading", "item"})
"""What can carry attributes, such as the language in which it is."""

FENCE = re.compile(r"[ \t]*(?:[-+*]|\d+[.)])?[ \t]*(?P<fence>`{3,}|~{3,})")
COMMENT = re.compile(r"[ \t]*<!--")
HEADING = re.compile(r"(?P<before>[ ]{0,3}#{1,6}[ \t]+)(?P<said>.*?)(?P<after>[ \t]*#*[ \t]*)$")
ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*[#.][^{}]*\}[ \t]*$")
ITEM = re.compile(r"(?P<before>[ \t]*(?:[-+*]|\d+[.)]|:)[ \t]+(?:\[[ xX]\][ \t]+)?)(?P<said>\S.*)$")
NOTE = re.compile(r"(?P<before>[ \t]*\[\^[^\]]+\]:[ \t]+)(?P<said>\S.*)$")
SHORT = re.compile(r"(?P<before>[ \t]*\*\[[^\]]+\]:[ \t]+)(?P<said>\S.*)$")
QUOTED = re.compile(r"(?P<before>[ \t]*>[ \t]?)(?P<said>\S.*)$")
BOX = re.compile(r'(?P<before>[ \t]*(?:!!!|\?\?\?\+?|===\+?)[^"]*")(?P<said>[^"]+)(?P<after>".*)$')
ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
KEPT = re.compile(
    r"[ \t]*(?:\[viva\b.*\]|/{3,}.*|!!!.*|\?\?\?.*|===.*|---+|\*\*\*+|___+"
    r"|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)?|\{:?[^{}]*\}|</?[A-Za-z][^>]*>|<[^>]*>.*</[^>]*>"
    r"|\[[^\]^]+\]:[ \t].*|\$\$.*|\\\[.*|\\\].*)[ \t]*$"
)
BREAK = re.compile(r"(?:  +|\\)$")


@dataclass(frozen=True)
class Piece:
    """Some lines of a page. `said` is what a translator sees of them; `before` and `after` hold it.
    """

    kind: Kind
    raw: str
    line: int
    said: str = ""
    before: str = ""
    after: str = ""

    def saying(self, said: str, attributes: str = "") -> str:
        """The same lines with another text, and with attributes where it can carry some."""
        inner = " " * len(self.before.expandtabs(4))
        first, *more = said.split("\n")
        text = "\n".join([f"{self.before}{first}", *(f"{inner}{one}" for one in more)])
        if not attributes:
            return f"{text}{self.after}\n"
        if self.kind == "heading":
            return f"{text} {_joined(self.after, attributes)}\n"
        if self.kind == "item":
            return f"{text} {{: {attributes} }}\n"
        return f"{text}\n{' ' * len(_indent(self.before))}{{: {attributes} }}\n"


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a page's body; their `raw` together are the text."""
    lines = text.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        is_apart = end == len(lines) or not lines[end].strip()
        yield _piece("".join(lines[at:end]), at + 1, is_apart)
        at = end


def together(found: Iterable[Piece], say: Callable[[Piece], str]) -> str:
    """The page anew, in which each piece that says something is as `say` gives it."""
    return "".join(say(one) if one.said else one.raw for one in found)


def _end(lines: list[str], at: int) -> int:
    """Where the piece that begins with a line ends."""
    line = lines[at]
    if found := FENCE.match(line):
        return _after(lines, at + 1, lambda one: one.strip().startswith(found["fence"]))
    if COMMENT.match(line):
        return _after(lines, at, lambda one: "-->" in one)
    end = at + 1
    if _is_alone(line):
        return end
    while end < len(lines) and not _begins(lines[end]):
        end += 1
    return end


def _after(lines: list[str], at: int, closes: Callable[[str], bool]) -> int:
    while at < len(lines) and not closes(lines[at]):
        at += 1
    return min(at + 1, len(lines))


def _is_alone(line: str) -> bool:
    """Whether a line is a piece by itself, whatever follows."""
    plain = line.rstrip("\n")
    one_line = (HEADING, BOX, ROW, SHORT, KEPT)
    return not plain.strip() or any(form.match(plain) for form in one_line)


def _begins(line: str) -> bool:
    """Whether a line is not the next one of a paragraph."""
    plain = line.rstrip("\n")
    starts = (ITEM, NOTE, QUOTED, FENCE, COMMENT)
    return _is_alone(line) or any(form.match(plain) for form in starts)


def _piece(raw: str, line: int, is_apart: bool) -> Piece:
    plain = raw.rstrip("\n")
    if not plain.strip() or FENCE.match(plain) or COMMENT.match(plain):
        return Piece("kept", raw, line)
    if found := HEADING.match(plain):
        own = ATTRIBUTES.search(found["said"])
        said = found["said"][: own.start()] if own else found["said"]
        return Piece("heading", raw, line, said, found["before"], own[0].strip() if own else "")
    if found := BOX.match(plain):
        return Piece("title", raw, line, found["said"], found["before"], found["after"])
    if KEPT.match(plain):
        return Piece("kept", raw, line)
    if ROW.match(plain):
        return Piece("row", raw, line, plain.strip(), _indent(plain))
    first, *more = plain.split("\n")
    found = ITEM.match(first) or NOTE.match(first) or SHORT.match(first) or QUOTED.match(first)
    before = found["before"] if found else _indent(first)
    is_item = ITEM.match(first) and not before.strip().startswith(":")
    kind: Kind = "item" if is_item else "line" if found or not is_apart else "paragraph"
    return Piece(kind, raw, line, _unbroken([first[len(before) :], *more]), before)


def _unbroken(lines: list[str]) -> str:
    """A paragraph as one line, unless its author broke it for the reader's eyes."""
    said = ""
    for line in lines:
        plain = line.strip(" \t") if not BREAK.search(line) else line.lstrip(" \t")
        joint = "\n" if BREAK.search(said) else " "
        said = f"{said}{joint}{plain}" if said else plain
    return said


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _joined(own: str, attributes: str) -> str:
    """A heading's attributes: its own, and more."""
    inside = own.strip("{}: \t")
    has_id = any(one.startswith("#") for one in inside.split())
    more = " ".join(one for one in attributes.split() if not (has_id and one.startswith("#")))
    return f"{{ {' '.join(filter(None, (inside, more)))} }}"
