"""A packet for Word: each question, and a table under it for the reviewer to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from viva.bank.question import STATUSES
from viva.paper import docx
from viva.paper.content import Entry
from viva.review.packet import Packet, Sheet

REVIEWER, DATE = "Reviewer", "Date"
QUESTION, VERSION, STATE, COMMENT = "Question", "Version", "State", "Comment"
"""What stands in the first column of a table to fill in."""
HOW = (
    "Write your name and the date below. Under each question write a state ({states}) and what "
    "you think; leave both empty where you have nothing to say. Leave the other cells as they are, "
    "save the document, and send it back."
)
SMALL = Pt(9.5)


def made(packet: Packet, docs: Path) -> bytes:
    """The document."""
    document = docx.begun()
    document.add_heading(packet.title, 1)
    document.add_paragraph(HOW.format(states=", ".join(STATUSES[1:])))
    _table(document, [(REVIEWER, ""), (DATE, "")])
    for sheet in packet.sheets:
        _sheet(document, sheet, docs)
    return docx.packed(document, packet.title)


def _sheet(document: Any, sheet: Sheet, docs: Path) -> None:
    document.add_heading(f"{sheet.number}  {sheet.question.id}", 2)
    _small(document, [f"{sheet.bank}"])
    for entry in sheet.entries:
        _entry(document, entry, docs, many=len(sheet.entries) > 1)
    _small(document, [f"{name}: {said}" for name, said in sheet.about])
    _listed(document, "What the linter says", [f"{p.code}: {p.message}" for p in sheet.findings])
    _listed(document, "What students did", sheet.history)
    _listed(document, "What reviewers have said", sheet.said)
    rows = [(QUESTION, sheet.question.id), (VERSION, sheet.version), (STATE, ""), (COMMENT, "\n\n")]
    _table(document, rows)


def _entry(document: Any, entry: Entry, docs: Path, many: bool) -> None:
    if many:
        document.add_paragraph().add_run(f"{entry.number}  {entry.how}").italic = True
    docx.asked(document, entry, docs)
    for one in entry.bank:
        docx.choice(document, one)
    docx.explained(document, entry)
    line = document.add_paragraph()
    line.add_run("Key: ").bold = True
    line.add_run(entry.answer)


def _small(document: Any, lines: Sequence[str]) -> None:
    for said in lines:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(said).font.size = SMALL


def _listed(document: Any, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    heading = document.add_paragraph()
    heading.paragraph_format.keep_with_next = True
    heading.add_run(title).bold = True
    _small(document, [f"• {one}" for one in lines])


def _table(document: Any, rows: Sequence[tuple[str, str]]) -> None:
    """Rows with a name and a cell to write into; no page break parts them."""
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for number, (name, said) in enumerate(rows, 1):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = row.cells
        for cell, column, width in zip(cells, table.columns, (Cm(3), Cm(13.6)), strict=True):
            cell.width = column.width = width
        cells[0].paragraphs[0].add_run(name).bold = True
        cells[1].text = said
        for cell in cells if number < len(rows) else ():
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph()
