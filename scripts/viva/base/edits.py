"""Changing a YAML file in place: pieces of its text, and no more than was meant.

Nothing is dumped again: comments and layout stay as their author wrote them. The result is read
back, and unless exactly the intended data have changed, there is no result.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viva.base import files
from viva.base.reader import Loc, Place, Source, extents, parse
from viva.base.refused import Refused
from viva.base.words import say

Piece = tuple[int, int, str]
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Edit:
    """A change to one value: `new` is the data wanted at `loc`, `pieces` how its text changes."""

    loc: Loc
    new: Any
    pieces: tuple[Piece, ...]


class Text:
    """A file's text, and where each of its values starts and ends in it."""

    def __init__(self, source: Source, text: str) -> None:
        self.source, self.text = source, text
        self.ends = extents(text)
        self.starts = [0]
        for line in text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def offset(self, place: Place) -> int:
        """The index of a line and column."""
        return self.starts[place[0] - 1] + place[1] - 1

    def span(self, loc: Loc) -> tuple[int, int]:
        """Where a value's text starts and ends."""
        place = self.source.place(loc)
        return self.offset(place), self.offset(self.ends[place])

    def value(self, loc: Loc) -> Any:
        """The data at a place."""
        node = self.source.data
        for step in loc:
            node = node[step]
        return node


def applied(now: Text, edits: Iterable[Edit]) -> str | None:
    """The changed text, or None if reading it back gives other data than were meant."""
    wanted = copy.deepcopy(now.source.data)
    pieces: list[Piece] = []
    for one in edits:
        _set(wanted, one.loc, one.new)
        pieces += one.pieces
    text = now.text
    for start, end, piece in sorted(pieces, reverse=True):
        text = text[:start] + piece + text[end:]
    read = parse(text, now.source.path)
    return text if read.data == wanted and not read.problems else None


def _set(data: Any, loc: Loc, value: Any) -> None:
    for step in loc[:-1]:
        data = data[step]
    data[loc[-1]] = value


@dataclass(frozen=True)
class File:
    """A file's text with `\\n` at the end of each line, and how it was written."""

    path: Path
    text: str
    marked: bool
    newline: str
    raw: bytes


def load(path: Path) -> File | None:
    """Read a file to change it; None where lines end in a way that could not be kept."""
    raw = path.read_bytes()
    written = raw.decode("utf-8-sig")
    text = written.replace("\r\n", "\n")
    mixed = "\r" in text or ("\r\n" in written and written.count("\n") != written.count("\r\n"))
    newline = "\r\n" if "\r\n" in written else "\n"
    return None if mixed else File(path, text, raw.startswith(BOM), newline, raw)


def save(file: File, text: str) -> None:
    """Write the text as the file was written. Nobody ever finds half a file. Raises Refused where
    somebody has saved the file since it was read: what they wrote stays."""
    with files.told(file.path):
        if file.path.read_bytes() != file.raw:
            raise Refused(say("{path} was changed meanwhile (run this again)", path=file.path))
    data = (BOM if file.marked else b"") + text.replace("\n", file.newline).encode()
    files.write(file.path, data)
