"""A packet for Word: each question, and a table under it for the reviewer to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from viva.bank.question import STATUS_NAMES, STATUSES
from viva.base.words import Listed, Words, say
from viva.paper import docx, pdf
from viva.paper.content import Entry
from viva.review.packet import Packet, Sheet

REVIEWER, DATE = say("Reviewer"), say("Date")
QUESTION, VERSION = say("Question"), say("Version")
STATE, COMMENT = say("State"), say("Comment")
"""What stands in the first column of a table to fill in."""
HOW = say(
    "Write your name and the date below. Under each question write a state ({states}) and what "
    "you think; leave both empty where you have nothing to say. Leave the other cells as they are, "
    "save the document, and send it back."
)
SMALL = Pt(9.5)


def made(packet: Packet, docs: Path) -> bytes:
    """The document."""
    words = packet.words
    document = docx.begun(words)
    document.add_heading(packet.title, 1)
    states = Listed(tuple(STATUS_NAMES[state] for state in STATUSES[1:]), "row")
    document.add_paragraph(words.say(HOW, states=states))
    _table(document, [(words.tell(REVIEWER), ""), (words.tell(DATE), "")])
    for sheet in packet.sheets:
        _sheet(document, sheet, partial(pdf.as_png, docs=docs), words)
    return docx.packed(document, packet.title)


def _sheet(document: Any, sheet: Sheet, draw: docx.Draw, words: Words) -> None:
    tell, first = words.tell, docx.end(document)
    document.add_heading(f"{words.number(sheet.number)}  {sheet.question.id}", 2)
    _small(document, [f"{sheet.bank}"])
    for number, entry in enumerate(sheet.entries, 1):
        _entry(document, entry, draw, words, many=len(sheet.entries) > 1)
        if number < len(sheet.entries):
            docx.together(document, first)
            first = docx.end(document)
    _small(document, [f"{tell(name)}: {tell(said)}" for name, said in sheet.about])
    findings = [f"{one.code}: {tell(one.message)}" for one in sheet.findings]
    _listed(document, words.say("What the linter says"), findings)
    _listed(document, words.say("What students did"), [*map(tell, sheet.history)])
    _listed(document, words.say("What reviewers have said"), [*map(tell, sheet.said)])
    docx.together(document, first, last=None)
    fixed = [(QUESTION, sheet.question.id), (VERSION, sheet.version)]
    rows = [*fixed, (STATE, ""), (COMMENT, "\n\n")]
    _table(document, [(tell(name), said) for name, said in rows])


def _entry(document: Any, entry: Entry, draw: docx.Draw, words: Words, many: bool) -> None:
    if many:
        document.add_paragraph().add_run(f"{entry.number}  {entry.how}").italic = True
    docx.asked(document, entry, draw)
    docx.listed(document, entry)
    docx.explained(document, entry, words.say("(right)"))
    line = document.add_paragraph()
    line.add_run(f"{words.say('Key:')} ").bold = True
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
        for cell in cells:
            cell.paragraphs[0].paragraph_format.space_before = Pt(3)
            cell.paragraphs[0].paragraph_format.keep_with_next = number < len(rows) or None
    document.add_paragraph()
