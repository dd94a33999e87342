"""The judges' sheets: a workbook for each judge, made from an assignment, and read back."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Literal
from zipfile import BadZipFile

import numpy as np
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from viva.analysis.standard.methods import Vector
from viva.assignments.grading import step_of
from viva.assignments.model import Assignment
from viva.bank import types
from viva.bank.question import Question
from viva.base import tables
from viva.base.refused import Refused
from viva.base.visible import visible
from viva.base.words import ENGLISH, Listed, Words, joined, say, shaped, within
from viva.base.words import row as listed
from viva.course.fields import spoken_lines

Kind = Literal["angoff", "ebel"]
MAX_BYTES = 8 * 2**20
JUDGE, QUESTION = within("column", "judge"), within("column", "question")
ESTIMATE, EXPECTED = within("column", "estimate"), within("column", "expected")
RELEVANCE, EASE = within("column", "relevance"), within("column", "ease")
RELEVANCES = (
    *(within("relevance", "essential"), within("relevance", "important")),
    *(within("relevance", "acceptable"), within("relevance", "questionable")),
)
EASES = (within("ease", "easy"), within("ease", "medium"), within("ease", "hard"))
READ = (JUDGE, QUESTION, ESTIMATE, EXPECTED, RELEVANCE, EASE, *RELEVANCES, *EASES)
"""What is read back, in English or in the language of the course."""
ASKED = {
    ESTIMATE: say(
        "Of 100 students who just deserve to pass, how many answer this question right?"
    ),
    EXPECTED: say(
        "Of 100 such questions, how many does a student who just deserves to pass get right?"
    ),
}
WIDTHS = {
    QUESTION: 24,
    within("column", "text"): 60,
    within("column", "options"): 48,
    within("column", "key"): 8,
}
AGAIN = (
    *(within("column", "first estimate"), within("column", "mean estimate")),
    within("column", "right"),
)
"""What judges see in a second round."""


@dataclass(frozen=True)
class Round:
    """What judges are shown in a second round: the means of the first, and what students did."""

    means: Mapping[str, float]
    own: Mapping[str, Mapping[str, float]]
    """By judge, then by question."""
    right: Mapping[str, float]
    """The share of students who had each question right, where there are results."""


def workbooks(
    assignment: Assignment,
    judges: Sequence[str],
    kind: Kind,
    again: Round | None = None,
    words: Words = ENGLISH,
) -> dict[str, bytes]:
    """A sheet for each judge, by the name of its file."""
    made = {}
    for judge in judges:
        name = f"{assignment.id}-{kind}-{_plain(judge)}.xlsx"
        made[name] = _workbook(assignment, judge, kind, again, words)
    return made


def _plain(judge: str) -> str:
    """A judge's name as part of a file's name."""
    return "-".join("".join(c if c.isalnum() else " " for c in judge).split()) or "judge"


def _workbook(
    assignment: Assignment, judge: str, kind: Kind, again: Round | None, words: Words
) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = words.within("sheet", "Questions")
    sheet.append([words.tell(JUDGE), tables.safe(judge)])
    columns = [*WIDTHS, *((ESTIMATE,) if kind == "angoff" else (RELEVANCE, EASE))]
    sheet.append([words.tell(name) for name in (*columns, *(AGAIN if again else ()))])
    for name, question in _judged(assignment.questions):
        shown = [] if again is None else _shown(again, judge, name or question.id)
        told = map(tables.safe, (name, *_read(question, words)))
        sheet.append([*told, *[None] * (len(columns) - len(WIDTHS)), *shown])
    _dressed(sheet)
    _told(book, kind, words)
    for one in book.worksheets:
        one.sheet_view.rightToLeft = words.direction == "rtl"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _judged(questions: Sequence[Question]) -> Iterator[tuple[str, Question]]:
    """What judges see, by the name of what they estimate: of a case its story, that has none, and
    each step."""
    for question in questions:
        inside = types.steps(question)
        yield "" if inside else question.id, question
        yield from ((step_of(question, step), step) for step in inside)


def _read(question: Question, words: Words) -> Iterator[str]:
    """What a judge reads: what is asked, what can be chosen or is answered, and the key."""
    shown = types.printed(question, sorted(types.order(question)))
    found = [words.say(question.reveal)] if question.reveal else []  # new in this step of a case
    told = [*found, words.say(question.stem)]
    told += [words.tell(part) for note in shown.notes for part in note]
    if picture := question.figure:  # a cell holds none
        told.append(f"{words.say('Figure')}: {picture.alt}")
    yield "\n".join(filter(None, (visible(spoken_lines(part)) for part in told)))
    parts = ((words.tell(one.label), words.tell(one.text)) for one in (*shown.bank, *shown.choices))
    yield "\n".join(f"{label}. {visible(spoken_lines(text))}" for label, text in parts)
    yield visible(words.tell(shown.answer))


def _shown(again: Round, judge: str, question: str) -> list[float | None]:
    own = again.own.get(judge, {}).get(question)
    shares = (own, again.means.get(question), again.right.get(question))
    return [None if one is None else round(100 * one, 1) for one in shares]


def _dressed(sheet: Worksheet) -> None:
    """Bold names, wide columns, whole texts."""
    for row in sheet.iter_rows(min_row=1, max_row=2):
        for cell in row:
            cell.font = Font(bold=True)
    for number, width in enumerate(WIDTHS.values()):
        sheet.column_dimensions["ABCD"[number]].width = width
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B3"


def _told(book: Workbook, kind: Kind, words: Words) -> None:
    """What the judges are asked, on a sheet of its own; for Ebel with the table to fill in."""
    tell = words.tell
    if kind == "angoff":
        sheet = book.create_sheet(words.within("sheet", "What to do"))
        said = say("Write a number from 0 to 100 into each cell under {column}.", column=ESTIMATE)
        sheet.append([tell(said)])
        sheet.append([tell(ASKED[ESTIMATE])])
        return
    sheet = book.create_sheet(words.within("sheet", "Expected"))
    sheet.append([tell(EXPECTED), *map(tell, EASES)])
    for relevance in RELEVANCES:
        sheet.append([tell(relevance)])
    sheet.append([])
    sheet.append([tell(ASKED[EXPECTED])])
    said = say(
        "On the other sheet choose {relevance} ({relevances}) and {ease} ({eases}).",
        relevance=RELEVANCE,
        relevances=Listed(RELEVANCES, "row"),
        ease=EASE,
        eases=Listed(EASES, "row"),
    )
    sheet.append([tell(said)])


Rows = list[list[object]]


@dataclass(frozen=True)
class Sheet:
    """What a judge wrote: a share from 0 to 1 for each question, and for each step of a case."""

    judge: str
    shares: Mapping[str, float]
    kinds: Mapping[str, Mapping[tuple[str, str], float]] = field(default_factory=dict)
    """For Ebel, by question, how much of its share comes from each relevance and ease."""

    def points(self) -> Sheet:
        """The same by what counts a point: a case is the mean of its steps, as its mark is."""
        found: dict[str, list[str]] = {}
        for name in self.shares:
            found.setdefault(name.partition("/")[0], []).append(name)
        shares = {one: fmean(self.shares[name] for name in its) for one, its in found.items()}
        kinds: dict[str, dict[tuple[str, str], float]] = {one: defaultdict(float) for one in found}
        for one, its in found.items():
            for kind, share in (part for name in its for part in self.kinds.get(name, {}).items()):
                kinds[one][kind] += share / len(its)
        return replace(self, shares=shares, kinds=kinds)

    def without(self, gone: Collection[str]) -> Sheet:
        """The same without some questions."""
        shares = {name: one for name, one in self.shares.items() if name not in gone}
        return replace(self, shares=shares, kinds={one: self.kinds.get(one, {}) for one in shares})


def read(path: Path, kind: Kind, words: Words = ENGLISH) -> tuple[Sheet | None, list[str]]:
    """A sheet, and everything that is wrong with it, by place."""
    known = {words.tell(name).casefold(): str(name) for name in READ}
    first_page, *others = _pages(path)
    rows = [_titles(row, known) for row in first_page]
    pages = [rows, *([_named(row, known) for row in page] for page in others)]
    where = _columns(rows, path, (ESTIMATE,) if kind == "angoff" else (RELEVANCE, EASE))
    first = rows[0] if rows[0][0] == "judge" else ["judge", None]
    faults: list[str] = []
    judge = tables.typed(str(_cell(first, 1) or "").strip()) or path.stem
    if kind == "angoff":
        sheet = Sheet(judge, _estimated(rows, where, path, faults))
    else:
        expected = _expected(pages, path, faults)
        kinds = _sorted(rows, where, path, expected, faults, known)
        shares = {name: expected.get(one, 0.0) for name, one in kinds.items()}
        sheet = Sheet(judge, shares, {name: {kinds[name]: shares[name]} for name in kinds})
    return (None if faults else sheet), faults


def _named(row: Sequence[object], known: Mapping[str, str]) -> list[object]:
    """The cells of a row, in English where they are words of ours."""
    return [known.get(str(cell or "").strip().casefold(), cell) for cell in row]


def _titles(row: list[object], known: Mapping[str, str]) -> list[object]:
    """A row that names the judge or the columns in English; any other as it is."""
    told = _named(row, known)
    return told if QUESTION in told or told[:1] == [JUDGE] else row


def _asked(rows: Rows, where: Mapping[str, int]) -> Iterator[tuple[int, str, Sequence[object]]]:
    """The rows that hold a question, with their numbers."""
    for number, row in enumerate(rows[where["row"] + 1 :], where["row"] + 2):
        if name := str(_cell(row, where["question"]) or "").strip():
            yield number, tables.typed(name), row


def _estimated(
    rows: Rows, where: Mapping[str, int], path: Path, faults: list[str]
) -> dict[str, float]:
    column = where[ESTIMATE]
    given = {
        name: (_cell(row, column), f"{path}:{number}:{column + 1}")
        for number, name, row in _asked(rows, where)
    }
    return dict(zip(given, _shares(list(given.values()), faults), strict=True))


def _shares(given: Sequence[tuple[object, str]], faults: list[str]) -> list[float]:
    """Numbers from 0 to 100 as shares. Where none is above 1, they are shares: yes, no, or 70%."""
    numbers = [_number(cell) for cell, _ in given]
    scale = 100 if any(number is not None and number > 1 for number in numbers) else 1
    for number, (cell, place) in zip(numbers, given, strict=True):
        what = say("nothing") if cell in (None, "") else repr(str(cell))
        said = None
        if number is None or not 0 <= number <= 100:
            said = say(
                "{text} where an estimate belongs (write a number from 0 to 100)", text=what
            )
        elif scale == 100 and 0 < number < 1:
            said = say(
                "{text} where the others are per cent (write {number}, or change the others)",
                text=what,
                number=100 * number,
            )
        if said:
            faults.append(shaped("{place}: {said}", place=place, said=said))
    return [(number or 0.0) / scale for number in numbers]


def _number(cell: object) -> float | None:
    return tables.number(str(cell).rstrip("% "))


def _pages(path: Path) -> list[Rows]:
    """The sheets of a workbook, or a CSV file as the only one. Raises Refused."""
    if path.stat().st_size > MAX_BYTES:
        said = say("file is too large (at most {size} MB)", size=MAX_BYTES // 2 ** 20)
        raise Refused(said, path)
    if path.suffix.casefold() != ".xlsx":
        return [[list(row) for row in tables.read(path)]]
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        said = say("this is not a workbook that can be read ({error})", error=error)
        raise Refused(said, path) from None


def _columns(rows: Rows, path: Path, wanted: Sequence[str]) -> dict[str, int]:
    """Where the columns are that count, and the row that names them."""
    for number, row in enumerate(rows[:5]):
        names = [str(cell or "").strip().casefold() for cell in row]
        if all(name in names for name in ("question", *wanted)):
            return {name: names.index(name) for name in ("question", *wanted)} | {"row": number}
    said = say(
        "there are no columns {columns} (fill in the sheet that viva standard sheets wrote)",
        columns=' and '.join(('question', *wanted)),
    )
    raise Refused(said, path)


def _cell(row: Sequence[object], column: int) -> object:
    return row[column] if column < len(row) else None


def _expected(pages: list[Rows], path: Path, faults: list[str]) -> dict[tuple[str, str], float]:
    """What a judge expects of each kind of question; a kind that is left empty may not be used."""
    if len(pages) < 2:
        said = say("there is no sheet Expected (fill in what viva standard sheets wrote)")
        raise Refused(said, path)
    given = {
        (str(_cell(row, 0) or "").strip().casefold(), ease): (
            _cell(row, column), f"{path}: sheet Expected:{number}:{column + 1}"
        )
        for number, row in enumerate(pages[1][1 : 1 + len(RELEVANCES)], 2)
        for column, ease in enumerate(EASES, 1)
        if _cell(row, column) is not None
    }  # fmt: skip
    return dict(zip(given, _shares(list(given.values()), faults), strict=True))


def _sorted(
    rows: Rows,
    where: Mapping[str, int],
    path: Path,
    expected: Mapping[tuple[str, str], float],
    faults: list[str],
    known: Mapping[str, str],
) -> dict[str, tuple[str, str]]:
    """How relevant and how easy the judge finds each question."""
    found = {}
    for number, name, row in _asked(rows, where):
        cells = _named((_cell(row, where[RELEVANCE]), _cell(row, where[EASE])), known)
        relevance, ease = (str(cell or "").strip().casefold() for cell in cells)
        place = f"{path}:{number}:{where[RELEVANCE] + 1}"
        if relevance not in RELEVANCES or ease not in EASES:
            said = say(
                "{relevance} and {ease} where one of each belongs (choose of {choices})",
                relevance=relevance or say("nothing"),
                ease=ease or say("nothing"),
                choices=joined(listed(RELEVANCES), listed(EASES), by="; "),
            )
            faults.append(shaped("{place}: {said}", place=place, said=said))
        elif (relevance, ease) not in expected:
            said = say(
                "nothing is expected of questions that are {relevance} and {ease} "
                "(fill in the sheet Expected)",
                relevance=RELEVANCES[RELEVANCES.index(relevance)],
                ease=EASES[EASES.index(ease)],
            )
            faults.append(shaped("{place}: {said}", place=place, said=said))
        found[name] = relevance, ease
    return found


def by_kind(read: Sequence[Sheet]) -> dict[tuple[str, str], float]:
    """For Ebel, the points of the pass mark that come from each kind of question that was found."""
    parts = [part for one in read for part in one.kinds.values()]
    return {
        kind: sum(part.get(kind, 0.0) for part in parts) / len(read)
        for kind in product(RELEVANCES, EASES)
        if any(kind in part for part in parts)
    }


def matrix(read: Sequence[Sheet]) -> tuple[Vector, list[str], list[str]]:
    """Judges by questions, with what is said of sheets that do not fit the first."""
    names = list(read[0].shares)
    faults: list[str] = [
        say(
            "{judge} has not the questions of {first}: {questions} (write the sheets again)",
            judge=one.judge,
            first=read[0].judge,
            questions=listed(sorted(set(names) ^ set(one.shares))),
        )
        for one in read[1:]
        if set(one.shares) != set(names)
    ]
    judges = [one.judge for one in read]
    faults += [say("{name} is there twice (keep one sheet)", name=name) for name in _twice(judges)]
    if faults:
        return np.empty((0, 0)), names, faults
    return np.array([[one.shares[name] for name in names] for one in read]), names, []


def _twice(names: Sequence[str]) -> Iterator[str]:
    yield from sorted({name for name in names if names.count(name) > 1})
