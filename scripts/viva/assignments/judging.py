"""Marks that a person gives: the table of answers that wait, and its way through a spreadsheet.

A row is known by its name, which no spreadsheet changes; where that column is gone, by question and
answer, compared without what a spreadsheet or a font may do to them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from viva.assignments.identity import row_of
from viva.base import tables
from viva.base.folding import fold
from viva.base.refused import Refused
from viva.base.visible import alike, visible
from viva.base.words import say

Place = tuple[str, str]
"""The id of a question, and what `judged_as` makes of an answer."""
COLUMNS = ("row", "question", "answer", "mark", "reason")
"""What is read of the table; the rest of it is for the person who judges."""
EXACT = re.compile(r"[\d<>=+±−]|-$|-\s")
"""Signs that `fold` drops and that may be all the difference, as in K+ and −5."""


@lru_cache(maxsize=2**14)
def judged_as(answer: str) -> str:
    """What answers have in common that are judged as one."""
    text = alike(tables.typed(visible(answer)))
    if EXACT.search(text):
        return unicodedata.normalize("NFKC", text).replace("−", "-")
    return fold(text) or text


def name_of(place: Place) -> str:
    """The name of an answer's row."""
    return row_of(*place)


@dataclass(frozen=True)
class Row:
    """A mark that a person has given. `name` or the rest may be missing in a table that was cut."""

    question: str
    answer: str
    mark: float
    name: str = ""
    reason: str = ""
    is_recorded: bool = False
    """Whether it is kept elsewhere than in the table."""

    @property
    def place(self) -> Place:
        """Where the answer belongs, by its words."""
        return self.question, judged_as(self.answer)


@dataclass(frozen=True)
class Judgements:
    """All marks that were given by a person."""

    rows: tuple[Row, ...] = ()

    @classmethod
    def of(cls, given: Judgements | Mapping[Place, float]) -> Judgements:
        """The same from marks by question and answer."""
        if isinstance(given, Judgements):
            return given
        return cls(tuple(Row(*place, mark) for place, mark in given.items()))

    @cached_property
    def _by_name(self) -> Mapping[str, Row]:
        return {row.name: row for row in self.rows if row.name}

    @cached_property
    def _by_place(self) -> Mapping[Place, Row]:
        return {row.place: row for row in self.rows if row.question and row.answer}

    def mark(self, place: Place) -> float | None:
        """The mark of an answer, if anybody gave one."""
        row = self._by_name.get(name_of(place)) or self._by_place.get(place)
        return row.mark if row else None

    def unused(self, places: Collection[Place]) -> Iterator[Row]:
        """The rows that fit none of these answers."""
        names = {name_of(place) for place in places}
        for row in self.rows:
            if row.name not in names and row.place not in places:
                yield row


def read(path: Path) -> Judgements:
    """The marks in a table of answers to judge, whatever a spreadsheet has made of it."""
    found, column = _cells(path)
    names = {cells["row"].upper() for cells in found}
    rows: dict[str | Place, Row] = {}
    for number, cells in enumerate(found, 2):
        row = _row(cells, path, number, column)
        own = name_of(row.place) if row.question and row.answer else row.name
        if row.name and own != row.name and own in names:
            said = say(
                "row {name} holds the answer of row {other} (sort whole rows, not one column)",
                name=row.name,
                other=own,
            )
            raise Refused(said, path, number)
        if cells["mark"] and rows.setdefault(row.name or own, row).mark != row.mark:
            said = say("{answer} has two different marks (keep one)", answer=repr(row.answer))
            raise Refused(said, path, number, column)
    return Judgements(tuple(rows.values()))


def _cells(path: Path) -> tuple[list[dict[str, str]], int]:
    """The rows by the names of their columns, and the number of the column with the marks."""
    rows = tables.read(path, any_encoding=True)
    header = tables.heading(rows, path, COLUMNS)
    needed = ("mark",) if "row" in header else ("question", "answer", "mark")
    missing = [name for name in needed if name not in header]
    if missing:
        said = say(
            "there is no column {missing} (keep the first row as it was)",
            missing=missing[0],
        )
        raise Refused(said, path)
    for number, row in enumerate(rows[1:], 2):
        if any(row[len(header) :]):
            said = say("there are more cells than columns (write 0.5 or “0,5” in quotation marks)")
            raise Refused(said, path, number, len(header) + 1)
    places = {name: header.index(name) for name in COLUMNS if name in header}
    cells = [{name: _cell(row, places.get(name)) for name in COLUMNS} for row in rows[1:]]
    return cells, places["mark"] + 1


def _cell(row: Sequence[str], place: int | None) -> str:
    return "" if place is None or place >= len(row) else tables.typed(row[place])


def _row(cells: Mapping[str, str], path: Path, number: int, column: int) -> Row:
    value = _value(cells["mark"]) if cells["mark"] else 0.0
    if value is None:
        said = say("{mark} is not a mark (write a number from 0 to 1)", mark=repr(cells["mark"]))
        raise Refused(said, path, number, column)
    return Row(cells["question"], cells["answer"], value, cells["row"].upper(), cells["reason"])


def _value(mark: str) -> float | None:
    """The mark that was written, or None if it is no mark."""
    value = tables.number(mark)
    return value if value is not None and 0 <= value <= 1 else None
