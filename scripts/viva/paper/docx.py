"""DOCX by python-docx, for teachers who want to edit the paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from viva.paper.content import Choice, Entry, Paper
from viva.paper.pdf import Kind, as_png
from viva.paper.runs import Run, Runs

LINE = "_" * 40
BUBBLE = "◯"
MOMENT = datetime(2000, 1, 1)  # no clock in what is made


def write(path: Path, paper: Paper, kind: Kind, docs: Path, large: bool) -> None:
    """Write one document of a version of an exam."""
    document = Document()
    _look(document, large)
    _head(document, paper, kind)
    KINDS[kind](document, paper, docs)
    document.core_properties.title = f"{paper.title}, version {paper.version}"
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = MOMENT
    document.save(str(path))


def _look(document: Any, large: bool) -> None:
    style = document.styles["Normal"]
    style.font.name = "Arial" if large else "Cambria"
    style.font.size = Pt(18 if large else 11)
    style.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)


def _head(document: Any, paper: Paper, kind: Kind) -> None:
    names = {"exam": paper.title, "key": f"{paper.title}: key",
             "answer-sheet": f"{paper.title}: answer sheet"}  # fmt: skip
    document.add_heading(names[kind], 1)
    document.add_paragraph(f"Version {paper.version}")
    if kind != "key":
        document.add_paragraph(f"Name {LINE}")
        document.add_paragraph(f"Number {LINE}")


def _exam(document: Any, paper: Paper, docs: Path) -> None:
    for part in paper.instructions:
        _paragraph(document, part)
    if paper.minutes:
        document.add_paragraph(f"Time: {paper.minutes} minutes.")
    for entry in paper.entries:
        document.add_heading(f"{entry.number}  {entry.how}", 2)
        for part in (*entry.before, entry.stem):
            _paragraph(document, part).paragraph_format.keep_with_next = True
        _picture(document, entry, docs)
        for choice in (*entry.bank, *entry.choices):
            _choice(document, choice)
        if entry.line is not None:
            document.add_paragraph(f"{LINE} {entry.line}")


def _key(document: Any, paper: Paper, _: Path) -> None:
    for entry in paper.entries:
        document.add_heading(f"{entry.number}  {entry.answer}", 2)
        _paragraph(document, entry.stem)
        for choice in entry.choices:
            line = _choice(document, choice)
            if choice.right:
                line.add_run(" (right)").bold = True
            if choice.key:
                line.add_run(f" ({choice.key})").bold = True
            if choice.why:
                line.add_run(" ")
                _add(line, (Run(one.text, one.bold, True) for one in choice.why))
        if entry.explanation:
            _paragraph(document, entry.explanation)


def _answer_sheet(document: Any, paper: Paper, _: Path) -> None:
    document.add_paragraph("Cross the circle of your answer.")
    rows = [row for entry in paper.entries for row in entry.rows]
    table = document.add_table(rows=0, cols=2)
    for row in rows:
        label, answer = table.add_row().cells
        label.width, answer.width = Cm(2), Cm(14)
        label.paragraphs[0].add_run(row.label).bold = True
        marks = "   ".join(f"{BUBBLE} {one}" for one in row.bubbles)
        answer.paragraphs[0].add_run(marks or LINE)


KINDS: dict[str, Callable[[Any, Paper, Path], None]] = {
    "exam": _exam,
    "key": _key,
    "answer-sheet": _answer_sheet,
}


def _picture(document: Any, entry: Entry, docs: Path) -> None:
    if entry.picture is None:
        return
    pixels = io.BytesIO(as_png(entry.picture, docs))
    shape = document.add_picture(pixels, width=Cm(11))
    shape._inline.docPr.set("descr", entry.picture.alt)
    if entry.picture.caption:
        _paragraph(document, entry.picture.caption)


def _choice(document: Any, choice: Choice) -> Any:
    line = document.add_paragraph()
    line.paragraph_format.left_indent = Cm(0.8)
    line.paragraph_format.first_line_indent = Cm(-0.8)
    if choice.label:
        line.add_run(f"{choice.label}\t").bold = True
        line.paragraph_format.tab_stops.add_tab_stop(Cm(0.8))
    _add(line, choice.text)
    return line


def _paragraph(document: Any, pieces: Runs) -> Any:
    line = document.add_paragraph()
    _add(line, pieces)
    return line


def _add(line: Any, pieces: Iterable[Run]) -> None:
    for one in pieces:
        run = line.add_run(one.text)
        run.bold, run.italic = one.bold or None, one.italic or None
        run.font.superscript, run.font.subscript = one.raised or None, one.lowered or None
