"""What a reviewer did to a document elsewhere than in its tables: notes in the margin, edited text.

A note belongs to the question that it stands at: all that comes before the table of a question,
from the table before, is the question's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from viva.base.visible import visible

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE = f"{W}tbl"
EDITS = {f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"}
MOST_QUOTED = 80


@dataclass(frozen=True)
class Note:
    """A note in the margin: who wrote it, on which day, and the words of the document beside it."""

    author: str
    date: str
    text: str
    about: str = ""

    def told(self, reviewer: str) -> str:
        """The note as a line of a comment."""
        about = f"“{self.about}”: " if self.about else ""
        author = f"{self.author}: " if self.author.casefold() != reviewer.casefold() else ""
        return f"{author}{about}{self.text}"


@dataclass
class Section:
    """What stands before a table, and in it."""

    table: Any = None
    notes: list[Note] = field(default_factory=list)
    edited: bool = False
    """Whether tracked changes are in what stands before the table."""


def written(comments: Any) -> dict[str, Note]:
    """The notes of a document by their number, from its part `comments.xml`."""
    return {
        one.get(f"{W}id", ""): Note(
            visible(one.get(f"{W}author", "")), one.get(f"{W}date", "")[:10], text
        )
        for one in comments.iter(f"{W}comment")
        if (text := _lines(one))
    }


def sections(root: Any, notes: Mapping[str, Note]) -> Iterator[Section]:
    """The document table by table; what follows the last has none."""
    about = _beside(root)
    here = Section()
    for part in _parts(root):
        here.notes += [_noted(number, notes, about) for number in _numbers(part) if number in notes]
        if part.tag == TABLE:
            here.table = part
            yield here
            here = Section()
        elif any(one.tag in EDITS for one in part.iter()):
            here.edited = True
    yield here


def _parts(node: Any) -> Iterator[Any]:
    """The paragraphs and tables of a document, in controls for what is filled in too."""
    for part in node:
        if part.tag in (TABLE, f"{W}p"):
            yield part
        else:
            yield from _parts(part)


def _noted(number: str, notes: Mapping[str, Note], about: Mapping[str, str]) -> Note:
    note = notes[number]
    return Note(note.author, note.date, note.text, about.get(number, ""))


def _numbers(part: Any) -> Iterator[str]:
    """The notes whose sign stands in a part of the document."""
    yield from (one.get(f"{W}id", "") for one in part.iter(f"{W}commentReference"))


def _beside(root: Any) -> dict[str, str]:
    """The words that each note is about, cut where they are many."""
    found: dict[str, list[str]] = {}
    now: set[str] = set()
    acts: dict[str, Callable[[str], None]] = {
        f"{W}commentRangeStart": now.add,
        f"{W}commentRangeEnd": now.discard,
    }
    for one in root.iter():
        if one.tag in acts:
            acts[one.tag](one.get(f"{W}id", ""))
        elif one.tag in (f"{W}t", f"{W}p"):
            for number in now:
                found.setdefault(number, []).append(one.text or "" if one.tag == f"{W}t" else " ")
    return {number: _cut(re.sub(r"\s+", " ", "".join(parts))) for number, parts in found.items()}


def _cut(text: str) -> str:
    said = visible(text.strip())
    return said if len(said) <= MOST_QUOTED else f"{said[:MOST_QUOTED].rsplit(' ', 1)[0]} …"


def _lines(comment: Any) -> str:
    """The text of a note, a line for each paragraph."""
    lines = ("".join(one.text or "" for one in p.iter(f"{W}t")) for p in comment.iter(f"{W}p"))
    return "\n".join(filter(None, (visible(line) for line in lines)))
