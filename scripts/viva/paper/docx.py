"""DOCX by python-docx, for teachers who want to edit the paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import bidirectional
from xml.etree.ElementTree import fromstring

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from viva.base.words import Words
from viva.formulas.omml import omml
from viva.paper.content import Choice, Entry, Kind, Labels, Paper, Picture
from viva.paper.fonts import Fonts
from viva.paper.pdf import PLAIN, as_png
from viva.paper.runs import Block, Run, Runs, Table

BUBBLE = "◯\u00a0"
GAP = "  "
MOMENT = datetime(2000, 1, 1)  # no clock in what is made
MOST = 255
"""Letters that a property of a document may have (python-docx)."""
MARGIN, WIDTH = Cm(2.2), Cm(16.6)
BLACK = RGBColor(0, 0, 0)
Draw = Callable[[Picture], bytes]
"""Makes pixels of a picture."""
FONTS = ("ascii", "hAnsi", "eastAsia", "cs")
BEHIND_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc")
BEHIND_VISUAL = ("w:tblStyleRowBandSize", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook")
"""What Word wants to find behind the two signs of writing that begins on the right."""


def made(paper: Paper, kind: Kind, docs: Path, large: bool, fonts: Fonts = PLAIN) -> bytes:
    """One document of a version of an exam."""
    document = begun(paper.labels, large, *fonts.names[:1])
    _head(document, paper.labels, kind, large)
    KINDS[kind](document, paper, partial(as_png, docs=docs, fonts=fonts), large)
    return packed(document, paper.labels.titles[kind], paper.labels.titles["exam"])


def begun(words: Words | Labels, large: bool = False, font: str = "") -> Any:
    """An empty document with our looks, in a language, and with a font of one's own."""
    document = Document()
    _look(document, large, font)
    _language(document, words)
    return document


def packed(document: Any, title: str, foot: str = "") -> bytes:
    """A document as a file: its title and its pages at the foot, and no clock in it."""
    _foot(document, foot or title)
    _turned(document)
    document.core_properties.title = title[:MOST]
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = MOMENT
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _look(document: Any, large: bool, font: str) -> None:
    size, name = (18, font or "Arial") if large else (11, font or "Cambria")
    for style, times in (("Normal", 1.0), ("Heading 1", 1.5), ("Heading 2", 1.1), ("Footer", 0.8)):
        _font(document.styles[style], name, round(size * times))
    document.styles["Normal"].paragraph_format.space_after = Pt(size * 0.4)
    heading = document.styles["Heading 2"].paragraph_format
    heading.space_before, heading.space_after = Pt(size * 1.3), Pt(size * 0.3)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN


def _language(document: Any, words: Words | Labels) -> None:
    """The language, and the side on which lines begin."""
    style = document.styles["Normal"].element
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{name}"), words.tag)
    style.get_or_add_rPr().append(language)
    if words.direction == "rtl":
        style.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *BEHIND_BIDI)


def _turned(document: Any) -> None:
    """Say of text in Arabic or Hebrew letters that it is: Word sets it with other fonts and sizes.
    In a document that runs so, tables do too."""
    normal = document.styles["Normal"].element
    foot = document.sections[0].footer._element
    for text in (one for part in (document.element, foot) for one in part.iter(qn("w:t"))):
        if any(bidirectional(sign) in ("R", "AL") for sign in text.text or ""):
            text.getparent().get_or_add_rPr().append(OxmlElement("w:rtl"))
    if normal.find(f".//{qn('w:bidi')}") is not None:
        for table in document.tables:
            table._tblPr.insert_element_before(OxmlElement("w:bidiVisual"), *BEHIND_VISUAL)


def _font(style: Any, name: str, size: int) -> None:
    """A font in black; that of the template's theme would win if it stayed."""
    style.font.name, style.font.size, style.font.color.rgb = name, Pt(size), BLACK
    of_others = style.element.rPr.find(qn("w:szCs"))
    if of_others is None:
        of_others = OxmlElement("w:szCs")
        style.element.rPr.find(qn("w:sz")).addnext(of_others)
    of_others.set(qn("w:val"), str(2 * size))
    fonts = style.element.rPr.rFonts
    for script in FONTS:
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
        fonts.set(qn(f"w:{script}"), name)


def _head(document: Any, labels: Labels, kind: Kind, large: bool) -> None:
    document.add_heading(labels.headings[kind], 1)
    document.add_paragraph(labels.version)
    if kind == "key":
        return
    who = (labels.name, labels.number)
    lines = [(one,) for one in who] if large else [who]
    for asked in lines:
        line = document.add_paragraph()
        for number, said in enumerate(asked, 1):
            line.add_run(f"{GAP if number > 1 else ''}{said} \t")
            _write_on(line, int(WIDTH * number / len(asked)))


def _write_on(line: Any, end: int) -> None:
    """Draw a line to write on as far as a place: what a tab leaves."""
    stops = line.paragraph_format.tab_stops
    stops.add_tab_stop(end, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)


def _foot(document: Any, said: str) -> None:
    """What it is on every page, and how many pages there are."""
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()
    line = document.sections[0].footer.paragraphs[0]
    line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{said}\t")
    for part in ("PAGE", " / ", "NUMPAGES"):
        if part.isupper():
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), part)
            line._p.append(field)
        else:
            line.add_run(part)


def _exam(document: Any, paper: Paper, draw: Draw, _: bool) -> None:
    """No page breaks inside a question that fits on one."""
    for part in paper.instructions:
        _block(document, part)
    if paper.labels.time:
        document.add_paragraph(paper.labels.time)
    for entry in paper.entries:
        first = end(document)
        _title(document, entry.number, entry.how)
        asked(document, entry, draw)
        listed(document, entry)
        for one in entry.choices:
            choice(document, one)
        if entry.line is not None:
            line = document.add_paragraph(f"\t {entry.line}")
            line.paragraph_format.space_before = Pt(10)
            _write_on(line, Cm(8))
        together(document, first)


def end(document: Any) -> int:
    """The place where the next part of a document will stand."""
    return len(document.element.body) - 1  # behind it stand the looks of its pages


def together(document: Any, first: int, last: int | None = -1) -> None:
    """Let no page break part what stands from a place to the end, where a page is long enough for
    it; with `last=None` from what will follow neither."""
    for part in list(document.element.body)[first:-1][:last]:
        for line in part.iter(qn("w:p")):
            Paragraph(line, document).paragraph_format.keep_with_next = True


def asked(document: Any, entry: Entry, draw: Draw) -> None:
    """What comes before a stem, the stem, and its picture."""
    for part in entry.before:
        _block(document, part)
    stem = paragraph(document, entry.stem)
    if entry.before and isinstance(entry.before[-1], Table):
        stem.paragraph_format.space_before = Pt(8)
    _picture(document, entry, stem, draw)


def _block(document: Any, part: Block) -> None:
    if not isinstance(part, Table):
        paragraph(document, part)
        return
    table = document.add_table(len(part.rows), len(part.rows[0]), "Table Grid")
    for number, row in enumerate(part.rows):
        for cell, text in zip(table.rows[number].cells, row, strict=True):
            line = cell.paragraphs[0].paragraph_format
            line.space_before = line.space_after = Pt(2)
            is_head = number < part.head
            _add(cell.paragraphs[0], (replace(one, bold=one.bold or is_head) for one in text))


def listed(document: Any, entry: Entry) -> None:
    """What can be chosen more than once, a little apart from what is to be answered."""
    for one in entry.bank:
        line = choice(document, one)
    if entry.bank:
        line.paragraph_format.space_after = Pt(10)


def _title(document: Any, number: str, how: str) -> None:
    title = document.add_heading("", 2)
    title.add_run(f"{number}  ")
    kind = title.add_run(how)
    kind.bold, kind.italic = False, True


def _key(document: Any, paper: Paper, _: Draw, __: bool) -> None:
    for entry in paper.entries:
        first = end(document)
        document.add_heading(f"{entry.number}  {entry.answer}", 2)
        paragraph(document, entry.stem)
        explained(document, entry, paper.labels.right)
        together(document, first)


def explained(document: Any, entry: Entry, right: str) -> None:
    """Every choice with what is right and why, and the explanation."""
    for one in entry.choices:
        line = choice(document, one)
        if one.right:
            line.add_run(f" {right}").bold = True
        if one.key:
            line.add_run(f" ({one.key})").bold = True
        if one.why:
            line.add_run(" ")
            _add(line, (replace(run, italic=not run.formula) for run in one.why))
    for part in entry.explanation:
        _block(document, part)


def _answer_sheet(document: Any, paper: Paper, _: Draw, large: bool) -> None:
    document.add_paragraph(paper.labels.how)
    rows = [row for entry in paper.entries for row in entry.rows]
    widths = [Cm(2.4), WIDTH - Cm(2.4)] if large else [Cm(1.6), WIDTH - Cm(1.6)]
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for row in rows:
        cells = table.add_row().cells
        for cell, column, width in zip(cells, table.columns, widths, strict=True):
            cell.width = column.width = width
        label, answer = (cell.paragraphs[0] for cell in cells)
        label.paragraph_format.space_before = answer.paragraph_format.space_before = Pt(4)
        label.add_run(row.label).bold = True
        answer.add_run(GAP.join(f"{BUBBLE}{one}" for one in row.bubbles))
        if not row.bubbles:
            _underline(cells[1])


def _underline(cell: Any) -> None:
    """A line to write on along the foot of a cell."""
    foot = '<w:bottom w:val="single" w:sz="4" w:color="000000"/>'
    borders = parse_xml(f"<w:tcBorders {nsdecls('w')}>{foot}</w:tcBorders>")
    cell._tc.get_or_add_tcPr().append(borders)


KINDS: dict[str, Callable[[Any, Paper, Draw, bool], None]] = {
    "exam": _exam,
    "key": _key,
    "answer-sheet": _answer_sheet,
}


def _picture(document: Any, entry: Entry, stem: Any, draw: Draw) -> None:
    """A picture in the paragraph of its stem, from which no page break can part it."""
    if entry.picture is None:
        return
    stem.paragraph_format.keep_together = True
    stem.add_run().add_break()
    shape = stem.add_run().add_picture(io.BytesIO(draw(entry.picture)), width=Cm(11))
    shape._inline.docPr.set("descr", entry.picture.alt)
    if entry.picture.caption:
        paragraph(document, entry.picture.caption)


def choice(document: Any, one: Choice) -> Any:
    """A line with the label and the text of an option, which may be added to."""
    line = document.add_paragraph()
    line.paragraph_format.space_after = Pt(3)
    if one.label:
        line.paragraph_format.left_indent = Cm(0.8)
        line.paragraph_format.first_line_indent = Cm(-0.8)
        line.add_run(f"{one.label}\t").bold = True
        line.paragraph_format.tab_stops.add_tab_stop(Cm(0.8))
    _add(line, one.text)
    return line


def paragraph(document: Any, pieces: Runs) -> Any:
    """A paragraph of its own."""
    line = document.add_paragraph()
    _add(line, pieces)
    return line


def _add(line: Any, pieces: Iterable[Run]) -> None:
    for one in pieces:
        if one.formula:
            line._p.append(parse_xml(omml(fromstring(one.formula))))
            continue
        run = line.add_run(one.text)
        run.bold, run.italic = one.bold or None, one.italic or None
        run.font.superscript, run.font.subscript = one.raised or None, one.lowered or None
