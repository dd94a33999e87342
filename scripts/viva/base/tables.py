"""CSV as spreadsheets write and read it, with nothing in a cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from viva.base import files
from viva.base.refused import Refused

MAX_BYTES = 64 * 2**20
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
NO_MARK = "-"
WAITS = "?"
"""A mark that waits for a person."""
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int | float | None


def read(path: Path) -> list[list[str]]:
    """The rows of a CSV file that are not empty; comma, semicolon or tab apart."""
    if path.stat().st_size > MAX_BYTES:
        raise Refused(f"file is too large (at most {MAX_BYTES // 2**20} MB)", path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("a character is not UTF-8 (save as CSV UTF-8)", path) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise Refused(f"this is not a CSV file: {error}", path) from None
    return [row for row in rows if any(row)]


def write(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV file that Excel opens as UTF-8."""
    files.write(path, text(rows))


def text(rows: Iterable[Sequence[Cell]]) -> str:
    """The text of such a file. None becomes an empty cell."""
    return "\ufeff" + "".join(_line(row) for row in rows)


def _line(row: Sequence[Cell]) -> str:
    """A row as text. What the line ending holds is put into quotes, and CR has to be."""
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\r\n").writerow([safe(cell) for cell in row])
    return made.getvalue().removesuffix("\r\n") + "\n"


def safe(cell: Cell) -> Cell:
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula."""
    if isinstance(cell, float):
        return round(cell, 10)
    inert = not isinstance(cell, str) or cell == NO_MARK or NUMBER.fullmatch(cell)
    return cell if inert or not str(cell).startswith(RUNS) else f"'{cell}"
