"""Tables: Excel, CSV with comma, semicolon or tab; our own table and anybody's."""

from __future__ import annotations

import csv
import datetime
import io
import posixpath
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from viva.base.refused import Refused
from viva.base.words import say
from viva.exchange import grids
from viva.exchange.grids import Grid
from viva.exchange.limits import Archive, Incoming
from viva.exchange.reading import Asked, Desk, Flashcard, Left, Read

TITLE = say("a table (Excel, CSV)")
DELIMITERS = ",;\t|"
MAX_ROWS = 60_000
MAX_COLUMNS = 120
MAX_CELL = 1_000_000
SHEET = "xl/workbook.xml"
MACRO = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)


def sniff(file: Incoming) -> bool:
    """Whether it is a workbook, or text in columns."""
    if file.content[:2] == b"PK":
        return file.archive is not None and SHEET in file.archive
    if file.ending not in (".csv", ".tsv", ".txt", ".tab") or file.content.lstrip()[:1] == b"<":
        return False
    grid = _grid(file.text)
    return grid is not None and (grids.header(grid) is not None or _is_pairs(grid.rows))


def read(file: Incoming, desk: Desk) -> Read:
    """Every table with headings; two columns without any are flashcards."""
    if file.archive is not None and SHEET not in file.archive:
        raise Refused(say("this is a zip and no workbook (save it as .xlsx)"))
    found = list(_workbook(file)) if file.archive is not None else [_grid(file.text)]
    sheets = [one for one in found if one is not None and one.rows]
    entries: list[Asked | Left] = []
    cards: list[Flashcard] = []
    notes: list[str] = []
    for grid in sheets:
        made = grids.read(grid, desk)
        if made is not None:
            entries += made[0]
            notes += made[1]
        elif _is_pairs(grid.rows):
            cards += grids.flashcards(grid.rows, desk)
        elif any(len([cell for cell in row if cell]) > 1 for row in grid.rows):
            notes.append(
                say("{table} has no headings for a question and its answer", table=grid.name)
                if grid.name
                else say("the table has no headings for a question and its answer")
            )
    if not entries and not cards:
        raise Refused(
            say(
                "no row of headings was found (name the columns question, A, B, C, right, or "
                "start from: viva new table)"
            )
        )
    return Read("", tuple(entries), tuple(cards), tuple(notes))


def _is_pairs(rows: Sequence[Sequence[str]]) -> bool:
    """Whether every row has two cells and nothing more."""
    return bool(rows) and all(len([c for c in row if c.strip()]) == 2 for row in rows if any(row))


def _grid(text: str) -> Grid | None:
    """The rows of a text in columns; None where there are none."""
    lines = text.lstrip("\n")
    first = text[: len(text) - len(lines)].count("\n") + 1
    told = re.match(r"sep=(.)\n", lines)
    if told:
        lines, first = lines[told.end() :], first + 1
    delimiter = told[1] if told else _delimiter(lines)
    csv.field_size_limit(MAX_CELL)
    try:
        rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter))
    except csv.Error:
        return None
    if len(rows) > MAX_ROWS:
        raise Refused(say("the table has more than {n} rows (split it)", n=MAX_ROWS))
    return Grid([row[:MAX_COLUMNS] for row in rows], first=first) if rows else None


def _delimiter(text: str) -> str:
    """The sign that divides most rows into the same number of cells."""
    head = "\n".join(text.split("\n")[:200])

    def even(delimiter: str) -> tuple[float, int]:
        try:
            rows = [r for r in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) if r]
        except csv.Error:
            return 0.0, 0
        widths = [len(row) for row in rows if len(row) > 1]
        usual = max(set(widths), key=widths.count) if widths else 0
        return widths.count(usual) / max(1, len(rows)), usual

    return max(DELIMITERS, key=even)


def _workbook(file: Incoming) -> Iterator[Grid]:
    """Every sheet of a workbook whose members are safe."""
    import openpyxl

    archive = file.archive
    assert archive is not None
    for name in archive.names:
        if MACRO.search(name):
            archive.xml(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(file.content), read_only=True, data_only=True)
            for number, sheet in enumerate(book.worksheets, 1):
                unknown = _unknown(archive, number)
                yield _sheet(sheet, _pictures(archive, number), unknown)
    except Refused:
        raise
    except Exception as error:  # whatever the library says of a damaged workbook
        said = str(error).split("\n")[0][:80] or type(error).__name__
        raise Refused(say("the workbook is damaged: {text} (save it again)", text=said)) from None


def _unknown(archive: Archive, number: int) -> frozenset[str]:
    """The cells of a sheet that hold a formula and no result: no spreadsheet has opened it yet."""
    name = f"xl/worksheets/sheet{number}.xml"
    raw = archive.read(name) if name in archive else b""
    if b"<f>" not in raw and b"<f " not in raw:
        return frozenset()
    cells = archive.xml(name).iter("{*}c")
    return frozenset(
        str(one.get("r"))
        for one in cells
        if one.find("{*}f") is not None and not one.findtext("{*}v")
    )


def _sheet(
    sheet: Any, pictures: dict[int, tuple[str, bytes]], unknown: frozenset[str] = frozenset()
) -> Grid:
    rows: list[list[str]] = []
    dates: dict[tuple[int, int], str] = {}
    marked: dict[tuple[int, int], bool] = {}
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS)):
        rows.append([_text(cell) for cell in row])
        for at, cell in enumerate(row):
            if isinstance(cell.value, (datetime.date, datetime.time)):
                dates[number, at] = rows[-1][at]
            if getattr(getattr(cell, "font", None), "b", False) and cell.value is not None:
                marked[number, at] = True
    while rows and not any(rows[-1]):
        rows.pop()
    return Grid(rows, str(sheet.title), dates, marked, pictures=pictures, unknown=unknown)


def _text(cell: Any) -> str:
    """What a cell shows, as far as it matters."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        is_share = str(getattr(cell, "number_format", "")).endswith("%")
        return f"{value * 100:.12g}%" if is_share else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return _date(value, str(getattr(cell, "number_format", "")))
    return str(value)


def _date(value: datetime.datetime, form: str) -> str:
    """A date as the sheet shows it, in the usual ways of showing what was no date."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    name = months[value.month - 1]
    if re.fullmatch(r"d+[-./ ]*\\?[-./ ]*mmm+.?", form, re.IGNORECASE):
        return f"{value.day}-{name}"
    if re.fullmatch(r"mmm+[-./ ]+y+", form, re.IGNORECASE):
        return f"{name}-{value.year % 100:02d}"
    return value.date().isoformat()


def _pictures(archive: Archive, number: int) -> dict[int, tuple[str, bytes]]:
    """The pictures that lie over the rows of a sheet, by the row's number from 0."""
    found: dict[int, tuple[str, bytes]] = {}
    sheet = f"xl/worksheets/sheet{number}.xml"
    for drawing in _related(archive, sheet, "/drawing").values():
        media = _related(archive, drawing, "/image")
        for anchor in archive.xml(drawing) if drawing in archive else ():
            row = anchor.findtext("{*}from/{*}row")
            blip = next(iter(anchor.iter("{*}blip")), None)
            given = blip.values() if blip is not None else []
            path = next((media[one] for one in given if one in media), None)
            if path is not None and path in archive and row and row.isdecimal():
                found[int(row)] = (posixpath.basename(path), archive.read(path))
    return found


def _related(archive: Archive, name: str, kind: str) -> dict[str, str]:
    """What a part of a package points to, by the names that it uses."""
    folder, base = posixpath.split(name)
    rels = f"{folder}/_rels/{base}.rels"
    if rels not in archive:
        return {}
    return {
        str(one.get("Id")): posixpath.normpath(
            posixpath.join(folder, one.get("Target") or "")
        ).lstrip("/")
        for one in archive.xml(rels)
        if str(one.get("Type")).endswith(kind)
    }
