"""CSV as spreadsheets write and read it, with nothing in a cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from viva.base import files
from viva.base.refused import Refused
from viva.base.words import Said, Words, say

MAX_BYTES = 64 * 2**20
SEPARATOR = re.compile(r"sep=([,;\t])\r?\n")
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
MARKS = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 begins."""
NO_MARK = "-"
WAITS = "?"
"""A mark that waits for a person."""
RUNS = r"[=+\-@\t\r\n＝＋－＠]"
RUNS_LATER = re.compile(r"((?:;|(?<=[\s\S])\t)\s*)(?=[=@＝＋－＠]|[+\-][^;\s])")
"""Where a formula would begin in a text that a semicolon or tab parts into two cells."""
DISARMED = re.compile(f"^'(?={RUNS})|(?<=[;\t])(\\s*)'(?=[=+\\-@＝＋－＠])")

Cell = str | int | float | None


def read(path: Path, *, any_encoding: bool = False) -> list[list[str]]:
    """The rows of a CSV file that are not empty; comma, semicolon or tab apart.

    With `any_encoding` as Excel saves it unasked too, where a few letters are lost at worst.
    """
    if path.stat().st_size > MAX_BYTES:
        said = say("file is too large (at most {size} MB)", size=MAX_BYTES // 2**20)
        raise Refused(said, path)
    return parsed(path.read_bytes(), path, any_encoding=any_encoding)


def parsed(data: bytes, path: Path | None = None, *, any_encoding: bool = True) -> list[list[str]]:
    """The same rows from the content of a file, which messages name by its path."""
    text = _decoded(data, any_encoding)
    if text is None:
        raise Refused(say("a character is not UTF-8 (save as CSV UTF-8)"), path) from None
    named = SEPARATOR.match(text)
    text = text[named.end() :] if named else text
    first = text.partition("\n")[0]
    delimiter = named[1] if named else max(",;\t", key=first.count)
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise Refused(say("this is not a CSV file: {error}", error=error), path) from None
    return [row for row in rows if any(row)]


def stream(path: Path) -> Iterator[list[str]]:
    """The same rows one after the other, however large the file is. Raises Refused."""
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            named = SEPARATOR.match(first := file.readline())
            if not named:
                file.seek(0)
            delimiter = named[1] if named else max(",;\t", key=first.count)
            for row in csv.reader(file, delimiter=delimiter):
                if any(cells := [cell.strip() for cell in row]):
                    yield cells
    except UnicodeDecodeError:
        raise Refused(say("a character is not UTF-8 (save as CSV UTF-8)"), path) from None
    except csv.Error as error:
        raise Refused(say("this is not a CSV file: {error}", error=error), path) from None


def _encoding(path: Path) -> str:
    """How a file is written: what Excel calls Unicode text begins with a mark."""
    with path.open("rb") as file:
        return "utf-16" if file.read(2) in MARKS else "utf-8-sig"


def _decoded(data: bytes, any_encoding: bool) -> str | None:
    """The text of a file. What Excel calls Unicode text begins with a mark."""
    if any_encoding and data[:2] in MARKS:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace") if any_encoding else None


def heading(rows: Sequence[Sequence[str]], path: Path, wanted: Iterable[str]) -> list[str]:
    """The names of the columns in small letters. Raises Refused where a wanted one is there twice:
    nobody knows into which of them somebody wrote."""
    header = [name.casefold() for name in rows[0]] if rows else []
    for name in wanted:
        if header.count(name) > 1:
            raise Refused(say("column {name} is there twice (rename one)", name=name), path, 1)
    return header


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
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula.

    After a semicolon or tab too: where these part cells, a text with one in it becomes two cells.
    """
    if isinstance(cell, float):
        return round(cell, 10)
    if not isinstance(cell, str) or cell == NO_MARK or NUMBER.fullmatch(cell):
        return cell
    later = RUNS_LATER.sub(r"\1'", cell)
    return f"'{later}" if re.match(RUNS, cell) else later


def number(cell: str) -> float | None:
    """The number in a cell, with a decimal point or comma; None for any other text, such as `0_1`,
    which Python alone reads as one."""
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in cell else None


def typed(cell: str) -> str:
    """The text of a cell without the apostrophes that `safe` puts."""
    return DISARMED.sub(r"\1", cell)


def told(
    rows: Iterable[Sequence[Cell]], words: Words, *, first: bool = False
) -> Iterator[list[Cell]]:
    """The rows in a language: what was said in English is said anew, in the `first` row, which
    names the columns, only where nothing reads the table by their names."""
    for number, row in enumerate(rows):
        anew = first or number
        yield [words.tell(cell) if anew and isinstance(cell, Said) else cell for cell in row]
