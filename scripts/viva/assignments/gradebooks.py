"""Results as files: for people, for gradebooks, for judging, and for `viva analyse`."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from viva.assignments.carrying import carried
from viva.assignments.grading import Graded, Marked, Open
from viva.assignments.identity import Doubt
from viva.assignments.judging import Row, judged_as, name_of
from viva.assignments.remarks import Duration, Remark
from viva.assignments.submissions import Submission
from viva.bank import types
from viva.bank.question import Question
from viva.base import files, net, tables
from viva.base.files.paths import real
from viva.base.tables import NO_MARK, WAITS, Cell
from viva.base.visible import visible
from viva.base.words import ENGLISH, Words, joined, say, told, within
from viva.course.fields import spoken, spoken_lines

Rows = Iterator[Sequence[Cell]]
JUDGE = "to-judge.csv"
DECIDE = "to-decide.csv"
RESULTS = (
    *(within("column", "identifier"), within("column", "name"), within("column", "total")),
    *(within("column", "of"), within("column", "per cent"), within("column", "passed")),
    *(within("column", "waiting"), within("column", "attempt"), within("column", "started")),
    *(within("column", "finished"), within("column", "late"), within("column", "remarks")),
    within("column", "file"),
)
JUDGE_COLUMNS = (
    *(within("column", "row"), within("column", "question"), within("column", "asked")),
    *(within("column", "model answer"), within("column", "answer")),
    *(within("column", "students"), within("column", "mark")),
)
DECIDE_COLUMNS = (
    *(within("column", "row"), within("column", "student"), within("column", "file")),
    *(within("column", "sent by"), within("column", "name in the file")),
    *(within("column", "finished"), within("column", "why"), within("column", "counts")),
    within("column", "reason"),
)
VOID = "void"
"""In place of a mark, where the question counts for nobody."""
CELL_LIMIT = 32_000
NO_BREAK = "\u00a0"
CANVAS_READS = re.compile(r"(?:Current|Final|Override) (?:Score|Points|Grade|Status)| \(\d+\)$")
"""In a title Canvas would take these for a column of its own, or for an assignment's number."""


def write(
    graded: Graded,
    folder: Path,
    pages: Mapping[str, str] = MappingProxyType({}),
    judged: Path | None = None,
    words: Words = ENGLISH,
) -> list[Path]:
    """Write every table, the workbook and the pages into a folder, all or none; returns the paths.

    `judged` is the table of judgements that has been read: it and that of decisions alone may
    have been changed.
    """
    there = folder / JUDGE
    return files.outputs(
        folder,
        {**documents(graded, words, folder), **pages},
        remedy=say("choose another folder with --out"),
        edited=(JUDGE, DECIDE) if real(judged or there) == real(there) else (DECIDE,),
        private=True,
    )


def documents(
    graded: Graded, words: Words = ENGLISH, folder: Path | None = None
) -> dict[str, bytes]:
    """The content of every table and of the workbook, by the names of their files.

    What somebody has added in a folder to those that are filled in by hand stays.
    Programs find the columns of a table by their names: these are English in every language.
    """
    made = {"results.xlsx": workbook(graded, words)}
    for name, rows in TABLES.items():
        lines: Rows = tables.told(rows(graded), words)
        filled = carried(folder / name, lines) if folder and name in (JUDGE, DECIDE) else lines
        made[name] = tables.text(filled).encode()
    return made


def results(graded: Graded) -> Rows:
    """Everything about every student."""
    ids = [question.id for question in graded.assignment.questions]
    yield (*RESULTS, *_rests(graded), *ids)
    for one in graded.results:
        sent, passed = one.submission, one.passed(graded.assignment.pass_mark)
        yield (
            sent.identifier,
            sent.name,
            one.total,
            len(one.counted),
            one.percent,
            "" if passed is None else say("yes") if passed else say("no"),
            one.waiting,
            sent.attempt,
            sent.started.isoformat(" ") if sent.started else "",
            sent.finished.isoformat(" ") if sent.finished else "",
            told(Duration(one.late)) if one.late else "",
            _joined(one.remarks),
            sent.file,
            *_rests(graded, sent),
            *map(_mark, one.marks),
        )


def _joined(remarks: Sequence[Remark]) -> str:
    """All remarks in one cell."""
    return joined(*(one.said for one in remarks), by="; ") if remarks else ""


def _rests(graded: Graded, sent: Submission | None = None) -> tuple[str, ...]:
    """In a sitting, the decisions that a student's marks rest on; without a student, its title."""
    if graded.rests is None:
        return ()
    return (graded.rests.get(sent.student, "") if sent else within("column", "decisions"),)


def moodle(graded: Graded) -> Rows:
    """A file for Moodle's import of grades: a column that names the student, one with the mark.

    Moodle takes an empty mark in a new column for 0, and a dash for no mark.
    """
    yield ("ID number", "Full name", f"{graded.assignment.title} (per cent)")
    for one in graded.results:
        mark = NO_MARK if one.percent is None else one.percent
        yield (one.submission.identifier, one.submission.name, mark)


def canvas(graded: Graded) -> Rows:
    """The columns of a Canvas gradebook, with its row of points.

    Canvas looks a student up by the SIS user id, then by the login: whichever was asked for.
    """
    title = CANVAS_READS.sub(lambda found: found[0].replace(" ", NO_BREAK), graded.assignment.title)
    yield ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", title)
    yield ("    Points Possible", "", "", "", "", 100)
    for one in graded.results:
        name, identifier = one.submission.name, one.submission.identifier
        yield (name, "", identifier, identifier, "", one.percent)


def responses(graded: Graded) -> Rows:
    """What each student answered, in letters; empty where nothing."""
    yield (within("column", "student"), *(question.id for question in graded.questions))
    for one in graded.results:
        pairs = zip(graded.questions, one.counted, strict=True)
        codes = (_code(question, marked) for question, marked in pairs)
        yield (one.submission.identifier, *codes)


def marks(graded: Graded) -> Rows:
    """What each answer is worth; a question mark where that waits."""
    yield ("student", *(question.id for question in graded.questions))
    for one in graded.results:
        yield (one.submission.identifier, *map(_mark, one.counted))


def key(graded: Graded) -> Rows:
    """What `viva analyse` needs to know of the questions."""
    asked = graded.questions
    labels = list(dict.fromkeys(label for q in asked for label in types.options(q)))
    yield ("question", "key", "text", *labels)
    for question in asked:
        texts = {label: spoken(text) for label, text in types.options(question).items()}
        stem = visible(spoken_lines(question.stem))
        right = ";".join(types.right(question))
        yield (question.id, right, stem, *(texts.get(one, "") for one in labels))


def to_judge(graded: Graded) -> Rows:
    """Every answer that no rule decides, once for all students. No mark ever given is lost."""
    yield JUDGE_COLUMNS
    for one in waiting(graded) if graded.rests is not None else graded.open:
        yield (
            name_of(_place(one)),
            one.question.id,
            say(visible(spoken_lines(one.question.stem))),
            visible(types.model_answer(one.question)),
            visible(one.answer),
            one.students,
            one.mark,
        )
    for row in unused(graded):
        if row.is_recorded:
            continue
        yield (row.name, row.question, "", "", row.answer, 0, row.mark)


def unused(graded: Graded) -> Iterator[Row]:
    """The marks that were given to answers which no longer wait for one."""
    return graded.judgements.unused({_place(one) for one in graded.open})


def _place(one: Open) -> tuple[str, str]:
    return one.question.id, judged_as(one.answer)


def to_decide(graded: Graded) -> Rows:
    """Every file of students whose files do not tell by themselves which of them counts."""
    yield DECIDE_COLUMNS
    for one in graded.doubts if graded.rests is None else graded.held:
        sent = one.submission
        yield (
            one.row,
            sent.identifier,
            sent.file,
            str(sent.sender),
            sent.name,
            sent.finished.isoformat(" ") if sent.finished else "",
            _joined(one.why),
            "" if one.counts is None else "yes" if one.counts else "no",
            "",
        )


def problems(graded: Graded) -> Rows:
    """Every file that does not count, and every remark on one that does."""
    yield (within("column", "file"), within("column", "what"))
    for bad in graded.bad:
        yield (bad.file, bad.reason)
    for one in graded.results:
        for remark in one.remarks:
            yield (one.submission.file, remark.said)
    for doubt in graded.held:
        yield (doubt.submission.file, _held(doubt))


def _held(doubt: Doubt) -> str:
    """Why a file waits for its teacher."""
    why = _joined(doubt.why) or say("another file of this student is in doubt")
    return say("waits for you to decide: {reason}", reason=why)


TABLES: Mapping[str, Callable[[Graded], Rows]] = {
    "results.csv": results,
    "moodle.csv": moodle,
    "canvas.csv": canvas,
    "responses.csv": responses,
    "marks.csv": marks,
    "key.csv": key,
    "problems.csv": problems,
    JUDGE: to_judge,
    DECIDE: to_decide,
}


def workbook(graded: Graded, words: Words = ENGLISH) -> bytes:
    """The tables for people as one workbook. No cell is a formula."""
    book = Workbook(write_only=True)
    sheets = {
        words.within("sheet", "Results"): results,
        words.within("sheet", "Answers"): responses,
        words.within("sheet", "To judge"): to_judge,
        words.within("sheet", "Problems"): problems,
    }
    if graded.doubts:
        sheets[words.within("sheet", "To decide")] = to_decide
    # All rows before the first is written: a sheet that is begun has to be ended.
    every = {name: [*tables.told(rows(graded), words, first=True)] for name, rows in sheets.items()}
    for title, filled in every.items():
        sheet: Any = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.sheet_view.rightToLeft = words.direction == "rtl"
        for number, row in enumerate(filled):
            sheet.append([_cell(sheet, value, bold=number == 0) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


BOLD = Font(bold=True)


def _cell(sheet: Any, value: Cell, bold: bool) -> Any:
    """Numbers as they are; text as a cell that is text whatever it begins with."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=visible(value)[:CELL_LIMIT])
    cell.data_type = "s"
    if bold:
        cell.font = BOLD
    return cell


def _mark(marked: Marked) -> Cell:
    if not marked.counts:
        return VOID
    return WAITS if marked.mark is None else round(marked.mark, 6)


def _code(question: Question, marked: Marked) -> str:
    with net.about(question.id):
        return types.code(question, marked.given)


def waiting(graded: Graded) -> list[Open]:
    """The answers that still need a person's mark."""
    return [one for one in graded.open if one.mark is None]
