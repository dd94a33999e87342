"""Moodle's grading worksheet in any language: its columns are known by what is in them.

Moodle names the columns in the language of whoever exports, and takes the sheet back under the same
names only. Their order is the same everywhere: participant, name, what identifies them, state,
grade, highest grade, and the rest (`mod/assign/gradingtable.php`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PARTICIPANT = re.compile(r"([^\W\d_]\D+)\d+")
"""Participant 1234, Teilnehmer/in1234: one word, then Moodle's own number."""
POINTS = re.compile(r"\d+[.,]\d\d")
GRADE = re.compile(r"-?|\d+(?:[.,]\d+)?")
FEWEST = 6
IDENTIFIER, NAME, NUMBER = "identifier", "full name", "id number"
EMAIL, MARK, MAXIMUM = "email address", "grade", "maximum grade"

Rows = Sequence[Sequence[str]]


def english(header: Sequence[str], body: Rows) -> list[str]:
    """The names of the columns as English Moodle has them, where this is a worksheet; else none."""
    if len(header) < FEWEST or not body or not are_participants(_column(body, 0)):
        return []
    place = next((n for n in range(2, len(header) - 1) if _is_grade(body, n)), None)
    if place is None:
        return []
    names = [*header]
    names[0], names[1], names[place], names[place + 1] = IDENTIFIER, NAME, MARK, MAXIMUM
    for n in range(2, place - 1):
        cells = [cell for cell in _column(body, n) if cell]
        if cells and all("@" in cell for cell in cells):
            names[n] = EMAIL
        elif cells and len({*cells}) == len(cells):
            names[n] = NUMBER
    return names


def _column(body: Rows, place: int) -> list[str]:
    return [row[place].strip() if place < len(row) else "" for row in body]


def are_participants(cells: Sequence[str]) -> bool:
    """Whether all are one word with a number behind it."""
    found = [PARTICIPANT.fullmatch(cell) for cell in cells if cell]
    return bool(found) and all(found) and len({one[1] for one in found if one}) == 1


def _is_grade(body: Rows, place: int) -> bool:
    """Whether a column holds grades or nothing, and the next the same number of points in each."""
    most = {*_column(body, place + 1)}
    return (
        len(most) == 1
        and bool(POINTS.fullmatch(next(iter(most))))
        and all(GRADE.fullmatch(cell) for cell in _column(body, place))
    )
