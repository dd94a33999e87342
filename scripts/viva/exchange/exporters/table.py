"""Our own table: a row a question, as `viva new table` begins one and `viva import` reads it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from viva.bank.banks import Bank
from viva.bank.interactions import (
    Choice,
    Gaps,
    Interaction,
    Judgement,
    Number,
    Order,
    Pairs,
    Words,
)
from viva.base.words import say
from viva.exchange import headings
from viva.exchange.blanks import row
from viva.exchange.cells import Cells, as_cells
from viva.exchange.export import Job, Writers
from viva.exchange.items import Item
from viva.offline.archive import packed

TITLE = say("A table, for Excel or as CSV")
CLIENT = say("a table")
ENDING = ".xlsx"
KEEPS = say(
    "choices, true/false, matching, ordering, numbers, words and gaps as Markdown; no places in "
    "figures, measurements, script concordance or cases; what to read and sources stay behind"
)
STEPS = (
    say(
        "Open the file in Excel or LibreOffice; each bank is a sheet. For CSV write --out "
        "NAME.csv."
    ),
    say("Edit, and bring it back: viva import FILE --bank NAME --update"),
)
WIDE = ("stem", "explanation")
COLUMN, WIDE_COLUMN = 18, 60
SAID = re.compile(rb"(<dcterms:\w+[^>]*>)[^<]*")
DAY = rb"\g<1>2000-01-01T00:00:00Z"
Table = list[list[str]]


def write(job: Job) -> bytes:
    """The workbook, or the text of a CSV where the file is to be one."""
    parts = [(bank, _rows(job, bank)) for bank in job.banks]
    parts = [(bank, found) for bank, found in parts if found]
    most = max((len(cells.options) for _, found in parts for _, cells in found), default=0)
    tables = [(bank.id, list(_table(found, most))) for bank, found in parts]
    return _csv(tables) if job.options.ending == ".csv" else _workbook(tables)


def _rows(job: Job, bank: Bank) -> list[tuple[Item, Cells]]:
    return list(job.written(bank, WRITERS))


def _table(found: Sequence[tuple[Item, Cells]], options: int) -> Iterator[list[str]]:
    """The headings, and a row for each question."""
    yield headings.ours(options)
    for item, cells in found:
        assert item.interaction is not None
        yield row(item.question, item.interaction, cells, options)


def _csv(tables: Sequence[tuple[str, Table]]) -> bytes:
    """One table of all; the mark at its beginning tells Excel that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for number, (_, table) in enumerate(tables):
        writer.writerows(table[1:] if number else table)
    return out.getvalue().encode("utf-8-sig")


def _workbook(tables: Sequence[tuple[str, Table]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, (name, table) in enumerate(tables):
        _sheet(book, name if len(name) < 32 else f"{name[:27]}-{number}", table)
    out = io.BytesIO()
    if tables:
        book.save(out)
    return _undated(out.getvalue()) if tables else b""


def _sheet(book: Workbook, name: str, table: Table) -> None:
    sheet = book.create_sheet(name)
    wrapped, fonts = Alignment(wrap_text=True, vertical="top"), (Font(bold=True), Font())
    for at, line in enumerate(table, 1):
        for place, said in enumerate(line, 1):
            cell = sheet.cell(at, place, said)
            cell.data_type = "s"  # what begins with = is no formula
            cell.alignment = wrapped
            cell.font = fonts[at > 1]
    for place, heading in enumerate(table[0], 1):
        wide = WIDE_COLUMN if heading in WIDE else COLUMN
        sheet.column_dimensions[get_column_letter(place)].width = wide
    sheet.freeze_panes = "D2"


def _undated(data: bytes) -> bytes:
    """The same workbook without the moment at which it was written."""
    package = zipfile.ZipFile(io.BytesIO(data))
    files = {name: package.read(name) for name in package.namelist()}
    files["docProps/core.xml"] = SAID.sub(DAY, files["docProps/core.xml"])
    return packed(files, "[Content_Types].xml")


def _cells(job: Job, item: Item, given: Interaction) -> Cells:
    cells = as_cells(given)
    assert cells is not None
    if item.question.also:
        said = say("what counts as right too stays behind (add also: after importing it)")
        job.near(item, said)
    if isinstance(given, Pairs) and given.theme:
        job.near(item, say("its theme stays behind (add theme: after importing it)"))
    return cells


WRITERS: Writers[Cells] = dict.fromkeys(
    (Choice, Gaps, Judgement, Number, Order, Pairs, Words), _cells
)
