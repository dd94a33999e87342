"""What `viva new table` and `viva new word` write: files for a teacher to fill in and import."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from viva.bank import types
from viva.bank.interactions import Gaps, Interaction
from viva.bank.question import LEVELS, Question
from viva.base import files
from viva.base.reader import parse
from viva.base.refused import Refused
from viva.base.words import ENGLISH, Words, say
from viva.exchange import headings, rows
from viva.exchange.cells import Cells, as_cells
from viva.scaffold.questions import example

LONGEST = 31
"""Characters that the name of a sheet may have."""
ROWS = 500
"""So many rows have the lists to choose from."""
WIDTHS = {"id": 24, "stem": 44, "explanation": 44}
LINE = 15
"""How high a line is, in points."""
INSTRUCTIONS = (
    say("One question in each row of the sheet Questions. Delete the examples."),
    say("stem, the options, whys and explanation may hold Markdown: **bold**, *italic*, lists."),
    say("type: choose it from the list; the examples show what goes where."),
    say(
        "One or several right options: the options in A to F, the letters of the right ones in "
        "right."
    ),
    say("True or false: statements in A to F, and in right T or F for each: T, F."),
    say(
        "Matching: in A to F a prompt, an arrow and its option: heart -> pump. An option that "
        "fits nothing has no prompt: -> brush."
    ),
    say("An order: the items in A to F, in the right order."),
    say("A number: in right, with how far off is still right and the unit: 15 ± 0.5 mm."),
    say(
        "A few words: in right, apart by semicolons; words that are wrong begin with an "
        "exclamation mark."
    ),
    say(
        "Gaps: {1}, {2} … in the stem; what belongs there in A, B …, as words, or as options "
        "with a star at the right one: small / *large."
    ),
    say("why A, why B …: why each option tempts, is right or is wrong."),
    say("objective: the id of an objective of the module. level: choose it from the list."),
    say("picture: a file under docs/, such as assets/knee.png. alt: what it shows."),
    say(
        "Excel makes dates of 1-2 and 3/4: format the columns as text before you type such "
        "answers."
    ),
    say("Then type: viva import NAME.xlsx"),
)


def examples() -> Iterator[tuple[Question, Interaction, Cells]]:
    """The example of each type that a row can hold."""
    for name in types.TYPES:
        text = "questions:\n" + example(name, f"example-{name}")
        data: Any = parse(text, "example").data
        question = types.MODELS[name].model_validate(data["questions"][0])
        asked = types.interaction(question)
        cells = as_cells(asked) if asked is not None else None
        if asked is not None and cells is not None:
            yield question, asked, cells


def row(question: Question, asked: Interaction, cells: Cells, options: int) -> list[str]:
    """A question as the cells of our own table."""
    stem = f"{question.stem}\n\n{cells.stem}" if isinstance(asked, Gaps) else question.stem
    letters = max(options, headings.OPTIONS)
    padded = [*cells.options, *[""] * letters][:letters]
    whys = [*cells.whys, *[""] * letters][:letters]
    told: Mapping[str, str | None] = {
        "explanation": question.explanation,
        "hint": question.hint,
        "objective": question.objective,
        "level": question.level,
        "tags": ", ".join(question.tags),
        "picture": question.figure.src if question.figure else "",
        "alt": question.figure.alt if question.figure else "",
        "model answer": cells.model,
    }
    first = [question.id, question.type, stem, *padded, cells.right, *whys]
    return [*first, *(told[name] or "" for name in headings.AFTER)]


def new_table(path: Path, words: Words = ENGLISH) -> None:
    """A workbook with an example of each type, lists to choose from, and instructions."""
    _free(path, ".xlsx")
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Questions"
    sheet.append(headings.ours())
    for question, asked, cells in examples():
        sheet.append(row(question, asked, cells, headings.OPTIONS))
    _laid_out(sheet)
    _chosen(sheet, "type", list(rows.kinds()))
    _chosen(sheet, "level", list(LEVELS))
    told: Any = book.create_sheet(words.say("How to fill it in")[:LONGEST])
    for line in INSTRUCTIONS:
        told.append([words.tell(line)])
    told.column_dimensions["A"].width = 110
    made = io.BytesIO()
    book.save(made)
    files.write(path, made.getvalue())


def _laid_out(sheet: Any) -> None:
    """Bold headings that stay, cells that wrap and take what is typed for text."""
    for column in sheet.columns:
        width = WIDTHS.get(str(column[0].value), 18)
        sheet.column_dimensions[column[0].column_letter].width = width
        column[0].font = Font(bold=True)
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
    for row in sheet.iter_rows(min_row=2):
        sheet.row_dimensions[row[0].row].height = LINE * max(map(_lines, row))
    sheet.freeze_panes = "D2"


def _lines(cell: Any) -> int:
    """How many lines a text takes, for programs that do not look themselves."""
    width = cell.parent.column_dimensions[cell.column_letter].width
    return sum(1 + int(len(line) // (width - 2)) for line in str(cell.value or "").split("\n"))


def _chosen(sheet: Any, name: str, values: Sequence[str]) -> None:
    """A list to choose from in the column of this name."""
    letter = sheet.cell(1, headings.ours().index(name) + 1).column_letter
    known = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True)
    known.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(known)


def new_word(path: Path, words: Words = ENGLISH) -> None:
    """A document with a question in each of the ways that are understood."""
    _free(path, ".docx")
    document: Any = docx.Document()
    document.add_heading(path.stem.replace("-", " ").title(), 0)
    document.add_paragraph(
        words.say(
            "Replace the examples. Number each question, put its options below it, and mark the "
            "right one in one of the ways shown. Then type: {command}",
            command=f"viva import {path.name}",
        )
    )
    _listed(document, "1. Which chamber of the heart pumps blood into the aorta?", LOOKS["bold"])
    document.add_paragraph(
        "Explanation: The left ventricle pumps into the body, the right into the lungs."
    )
    _listed(document, "2. Which of these vessels carry blood towards the heart?", LOOKS["star"])
    document.add_paragraph("Level: remember")
    _listed(document, "3. How many valves has the heart?", LOOKS["line"])
    document.add_paragraph("Answer: C")
    _listed(document, "4. Which node sets the pace of the heart?", LOOKS["key"])
    document.add_paragraph("5. Which muscle parts the chest from the belly?")
    document.add_paragraph("Answer: diaphragm; the diaphragm")
    _table(document, words)
    document.add_heading("Answer key", 1)
    document.add_paragraph("4. A")
    made = io.BytesIO()
    document.save(made)
    files.write(path, made.getvalue())


LOOKS: Mapping[str, tuple[tuple[str, bool], ...]] = {
    "bold": (("a) Left atrium", False), ("b) Left ventricle", True), ("c) Right ventricle", False)),
    "star": (("*a) Inferior vena cava", False), ("b) Aorta", False), ("*c) Pulmonary vein", False)),
    "line": (("a) Two", False), ("b) Three", False), ("c) Four", False)),
    "key": (("a) The sinus node", False), ("b) The atrioventricular node", False)),
}
"""Examples of the ways to mark what is right, and which option is in bold."""


def _listed(document: Any, stem: str, options: tuple[tuple[str, bool], ...]) -> None:
    document.add_paragraph(stem)
    for text, is_bold in options:
        document.add_paragraph().add_run(text).bold = is_bold


def _table(document: Any, words: Words) -> None:
    document.add_paragraph(words.say("Or in a table, a question in each row:"))
    cells = (
        ("Question", "A", "B", "C", "Correct", "Explanation"),
        (
            *("Which side of the heart holds blood that is rich in oxygen?", "The left"),
            *("The right", "Neither", "A", "It comes from the lungs."),
        ),
    )
    table = document.add_table(rows=0, cols=len(cells[0]), style="Table Grid")
    for line in cells:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text


def _free(path: Path, ending: str) -> None:
    if path.suffix.lower() != ending:
        said = say(
            "the name has to end in {ending} (write {example})",
            ending=ending, example=f"{path.stem}{ending}",
        )
        raise Refused(said, misuse=True)
    if path.exists():
        said = say("{path} is already there (choose another name)", path=path)
        raise Refused(said, misuse=True)
