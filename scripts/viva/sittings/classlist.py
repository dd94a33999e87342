"""A class list: who may hand in, as a learning platform exports it or a teacher writes it.

Columns are known by their names, in any order. A platform's own columns are kept, so that what goes
back to it looks as it came.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from viva.assignments import headings
from viva.assignments.model import END_OF_DAY, moment
from viva.base import tables
from viva.base.problems import Problem
from viva.base.visible import alike, visible
from viva.base.words import say
from viva.sittings import worksheet

Format = Literal["moodle", "canvas", "plain"]
COLUMNS: Mapping[str, Sequence[str]] = {
    **headings.NAMES,
    "lms": ("lmsid", "participant", "participantid", "userid", "id"),
    "receipt": ("receipt", "onlinetext"),
}
"""What a column is called, without signs, for each thing that we read of it."""
HASHED = "orgdefinedid"
"""A column of Brightspace, which writes # before numbers and user names."""
SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""What a spreadsheet makes of a long number."""
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: +(\d{1,2}:\d\d)(?::\d\d)?)?")
SLASHED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}\b.*")
PARTICIPANT = re.compile(r"\D*?(\d+)")
PER_CENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%?")
CANVAS = frozenset({"student", "id", "sis login id"})
POINTS = "points possible"
NOBODY = "student, test"
"""A student of Canvas who is none."""
MOST_EXTRA = 400


@dataclass(frozen=True)
class Student:
    """Somebody of the class. `others` are further identifiers that a student may have written."""

    name: str
    identifier: str
    others: tuple[str, ...] = ()
    lms: str = ""
    """The platform's own number: Moodle's participant, Canvas's user."""
    group: str = ""
    extra: float = 0
    """Extra time in per cent."""
    due: datetime | None = None
    receipt: str = ""
    """What the student has typed into the platform's text field."""
    row: int = 0
    """The row of the file, from 0 for the names of the columns."""

    @property
    def key(self) -> str:
        """The identifier as it is compared."""
        return alike(self.identifier)

    @property
    def called(self) -> str:
        """The name, or the identifier where the list has none."""
        return self.name or self.identifier

    @property
    def keys(self) -> tuple[str, ...]:
        """Every identifier as it is compared."""
        return tuple(map(alike, (self.identifier, *self.others)))


@dataclass(frozen=True)
class ClassList:
    """A class, with the rows of the file that it was read from."""

    students: tuple[Student, ...]
    format: Format = "plain"
    rows: tuple[tuple[str, ...], ...] = ()
    header: tuple[str, ...] = ()
    """The names of the columns in lower case; those of Moodle in English."""

    @cached_property
    def by_key(self) -> Mapping[str, Student]:
        """Every student by every identifier; the first one has precedence."""
        others = {key: one for one in self.students for key in one.keys if key}
        return others | {one.key: one for one in self.students}

    @cached_property
    def by_lms(self) -> Mapping[str, Student]:
        """The students whose number on the platform is known, by it."""
        return {one.lms: one for one in self.students if one.lms}


def load(path: Path, name: str) -> tuple[ClassList, list[Problem]]:
    """The class in a file, and everything that is wrong with it. `name` stands in messages."""
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            said = say("this is a workbook and not a table (save it as CSV)")
            return ClassList(()), [Problem(name, 1, 1, "RD008", said)]
    rows = tables.read(path, any_encoding=True)
    rows = [[tables.typed(cell) for cell in row] for row in rows]
    header = [cell.casefold() for cell in rows[0]] if rows else []
    if "grade" not in header:
        header = worksheet.english(header, rows[1:]) or header
    places = _places(header, rows[1:])
    if "identifier" not in places and "other" not in places:
        said = say(
            "there is no column for what students write as their identifier (name one: identifier)"
        )
        return ClassList(()), [Problem(name, 1, 1, "SC002", said)]
    reader = _Reader(name, header, places)
    students = [
        student
        for number, row in enumerate(rows[1:], 1)
        if not _is_nobody(row, header) and (student := reader.student(row, number))
    ]
    reader.find_twins(students)
    kept = tuple(tuple(row) for row in rows)
    found = ClassList(tuple(students), _format(header, rows), kept, tuple(header))
    return found, reader.problems


def _format(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Format:
    if _is_canvas(header):
        return "canvas"
    is_worksheet = "identifier" in header and "grade" in header
    is_named = bool({"first name", "full name"} & set(header))
    is_moodle = is_worksheet or (is_named and "email address" in header)
    return "moodle" if is_moodle else "plain"


def _is_canvas(header: Sequence[str]) -> bool:
    return CANVAS.issubset(header)


def _places(header: Sequence[str], body: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """The columns of each thing, those that are named first in COLUMNS before others."""
    plain = [*map(headings.plain, header)]
    places: dict[str, list[int]] = {}
    for thing, names in COLUMNS.items():
        found = [plain.index(name) for name in names if name in plain]
        if found:
            places[thing] = found
    if "identifier" not in places and "lms" in places and not _is_canvas(header):
        # Only a platform tells its own number and what students write apart.
        places["identifier"] = places["lms"] if "other" in places else places.pop("lms")
    elif "grade" in header and _is_participants(header, body):
        # A grading worksheet of Moodle: what it calls identifier is its own number.
        column = header.index("identifier")
        places["identifier"] = [one for one in places["identifier"] if one != column]
        places["lms"] = [column]
        if not places["identifier"]:
            del places["identifier"]
    return places


def _is_participants(header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the column identifier holds Moodle’s own numbers, such as Participant 1234."""
    column = header.index("identifier") if "identifier" in header else len(header)
    cells = [row[column] for row in body if column < len(row) and row[column]]
    return bool(cells) and worksheet.are_participants(cells)


def _is_nobody(row: Sequence[str], header: Sequence[str]) -> bool:
    """A row of Canvas's that is no student's: points, a student for trying, “Manual Posting”."""
    first = row[0].strip().casefold()
    return first in (POINTS, NOBODY) or (not first and _is_canvas(header))


class _Reader:
    """Reads one student after the other, and keeps what is wrong."""

    def __init__(
        self, name: str, header: Sequence[str], places: Mapping[str, Sequence[int]]
    ) -> None:
        self.name, self.header, self.places = name, header, places
        self.is_hashed = HASHED in map(headings.plain, header)
        self.problems: list[Problem] = []

    def student(self, row: Sequence[str], number: int) -> Student | None:
        """The student of a row; None where nothing identifies one."""
        named = self.cells(row, "identifier") + self.cells(row, "other")
        if not named:
            said = say("there is no identifier (write one, or delete the row)")
            self.note(number, "identifier", said)
            return None
        if SHORTENED.fullmatch(named[0]):
            said = say(
                "a spreadsheet has shortened this number to {number} (format the column as text "
                "there, and export the list again)",
                number=named[0],
            )
            self.note(number, "identifier", said)
        return Student(
            self.full_name(row),
            named[0],
            tuple(dict.fromkeys(named[1:])),
            self.lms(row),
            self.cell(row, "group"),
            self.extra(row, number),
            self.due(row, number),
            self.cell(row, "receipt"),
            number,
        )

    def cells(self, row: Sequence[str], thing: str) -> list[str]:
        found = (row[n] for n in self.places.get(thing, ()) if n < len(row))
        read = (cell.removeprefix("#") if self.is_hashed else cell for cell in found)
        return [shown for cell in read if (shown := visible(cell))]

    def cell(self, row: Sequence[str], thing: str) -> str:
        return next(iter(self.cells(row, thing)), "")

    def full_name(self, row: Sequence[str]) -> str:
        return headings.full_name(*(self.cell(row, part) for part in ("name", "first", "last")))

    def lms(self, row: Sequence[str]) -> str:
        found = PARTICIPANT.fullmatch(self.cell(row, "lms"))
        return found[1] if found else ""

    def extra(self, row: Sequence[str], number: int) -> float:
        written = self.cell(row, "extra")
        found = PER_CENT.fullmatch(written)
        value = float(found[1].replace(",", ".")) if found else 0.0
        if written not in ("", "-") and (not found or not value <= MOST_EXTRA):
            said = say(
                "extra time is {value} (write it in per cent, such as 25)", value=repr(written)
            )
            self.note(number, "extra", said)
        return value if math.isfinite(value) else 0.0

    def due(self, row: Sequence[str], number: int) -> datetime | None:
        written = self.cell(row, "due")
        found = moment(DOTTED.sub(_as_iso, written), END_OF_DAY)
        if SLASHED.fullmatch(written):
            said = say(
                "{value} can be read in two ways (format the column as text, and write 2026-12-01 "
                "18:00, or the day alone)",
                value=repr(written),
            )
            self.note(number, "due", said)
        elif written and found is None:
            said = say(
                "{value} is not a time (write 2026-12-01 18:00, or the day alone)",
                value=repr(written),
            )
            self.note(number, "due", said)
        return found

    def find_twins(self, students: Sequence[Student]) -> None:
        """Say which students have an identifier of somebody else."""
        seen: dict[str, Student] = {}
        for one in students:
            for key in one.keys:
                other = seen.setdefault(key, one)
                if other is not one:
                    said = say(
                        "{identifier} is the identifier of row {row} too (correct one)",
                        identifier=key, row=other.row + 1,
                    )
                    self.note(one.row, "identifier", said)

    def note(self, number: int, thing: str, said: str) -> None:
        column = next(iter(self.places.get(thing, ())), 0)
        self.problems.append(Problem(self.name, number + 1, column + 1, "SC003", said))


def _as_iso(found: re.Match[str]) -> str:
    """9.12.2026 18:00, as spreadsheets write it where a day comes first."""
    day, month, year, time = found.groups()
    written = f"{year}-{month:0>2}-{day:0>2}"
    return f"{written} {time:0>5}" if time else written
