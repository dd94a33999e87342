"""What came in: files that students sent, and tables of answers on paper.

A table's letters mean nothing without the file in which `viva print` keeps what stands where on
each version: both lie together. A row is marked as a file would be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from viva.assignments import columns, headings, papers, submissions
from viva.assignments.columns import Columns
from viva.assignments.model import Assignment
from viva.assignments.papers import Papers, Place, Row
from viva.assignments.receipt import receipt
from viva.assignments.remarks import Code, Remark, fault, remark
from viva.assignments.submissions import Bad, Scanned, Submission
from viva.assignments.uploads import Upload
from viva.bank import types
from viva.bank.banks import flat
from viva.bank.question import AnswerError, Question
from viva.bank.types import Filled, Trait
from viva.base import tables
from viva.base.letters import letter
from viva.base.refused import Refused
from viva.base.visible import visible
from viva.base.words import Listed, say

TABLES = (".csv", ".tsv")
BLANK = {
    "", "blank", "none", "-", "–", "—", ".", "_", "na", "n/a", "null", "empty", "leer", "omit",
    "omitted", "unanswered", "no answer", "not answered", "no response", "no mark",
}  # fmt: skip
MANY = re.compile(r"mult.*|.*[*?#].*|invalid|error", re.IGNORECASE)
"""What programs write for no mark, and for marks that they cannot read as one."""
TICKS = re.compile(r"[01](?:;[01])+")
MAX_WRITTEN = 500
NO_TABLE = say("is marked by places in a figure, which no table holds")


@dataclass(frozen=True)
class _Reader:
    """Reads the rows of one table."""

    name: str
    columns: Columns
    papers: Papers
    assignment: Assignment
    questions: Mapping[str, Question]

    def read(self, row: Sequence[str], number: int) -> Submission | Bad:
        """A row as the submission of its student."""
        file = f"{self.name} row {number}"
        identifier = visible(self.columns.identifier(row))
        if not identifier:
            return Bad(file, say("has no identifier"))
        if identifier.casefold() in headings.KEYS:
            return Bad(file, say("is the key of the scanner’s program, which is not read"))
        version = self.version(row)
        if version not in self.papers.versions:
            known = {"versions": Listed(tuple(self.papers.versions), "row")}
            if not version:
                said = say("does not say of which version it is (printed: {versions})", **known)
            else:
                said = say(
                    "is of version {version}, which was not printed (printed: {versions})",
                    version=version, **known,
                )
            return Bad(file, said)
        remarks: list[Remark] = []
        answers = dict(self.answers(row, version, remarks))
        plain = {name: {"answer": given.answer} for name, given in answers.items()}
        code = receipt(self.assignment.id, identifier, 1, plain)
        return Submission(
            file, self.student(row), identifier, 1, None, None, dict(answers), tuple(remarks), code,
            is_paper=True,
        )  # fmt: skip

    def version(self, row: Sequence[str]) -> str:
        """The letter of a row's version: of the only one, if nothing is said; A for 1."""
        cell = visible(self.columns.cell(row, "version"))
        said = re.sub(r"^(?:key|version|form|set)\s*", "", cell, flags=re.IGNORECASE).upper()
        if not said and len(self.papers.versions) == 1:
            return next(iter(self.papers.versions))
        if said.isdecimal() and 0 < int(said) <= 26:
            return letter(int(said) - 1)
        return said if said in self.papers.versions else self.papers.plain(said)

    def student(self, row: Sequence[str]) -> str:
        parts = (self.columns.cell(row, part) for part in ("name", "first", "last"))
        return visible(headings.full_name(*parts))

    def answers(
        self, row: Sequence[str], version: str, remarks: list[Remark]
    ) -> Iterator[tuple[str, Scanned]]:
        """By question, what a row answers; the steps of a case together."""
        cases: dict[str, list[Scanned]] = {}
        for place in self.papers.versions[version]:
            given = self.answer(row, place, remarks)
            if place.case:
                cases.setdefault(place.case, []).append(given)
            else:
                yield place.question, given
        for name, steps in cases.items():
            parts = [step.answer for step in steps]
            why = next((step.unreadable for step in steps if step.unreadable), "")
            whole = parts if any(part is not None for part in parts) else None
            yield name, Scanned(hash=steps[0].hash, answer=whole, unreadable=why)

    def answer(self, row: Sequence[str], place: Place, remarks: list[Remark]) -> Scanned:
        question = self.questions.get(place.question)
        if question is None:
            return Scanned(hash="")
        rows = [self.marks(row, one, question, remarks) for one in place.rows]
        try:
            answer = types.from_paper(question, place.order, rows)
        except types.NotOnPaper:
            return Scanned(hash=place.hash, unreadable=NO_TABLE)
        except (AnswerError, ValueError, IndexError) as error:
            said = say("cannot be read: {reason}", reason=fault(error))
            return Scanned(hash=place.hash, unreadable=said)
        return Scanned(hash=place.hash, answer=answer)

    def marks(
        self, row: Sequence[str], sheet: Row, question: Question, remarks: list[Remark]
    ) -> Filled:
        """The places of the bubbles that are filled in, or what is written on the line."""
        place = self.columns.answers[sheet.label]
        cell = visible(row[place]) if place < len(row) else ""
        if not sheet.bubbles:
            written = self.papers.plain(cell) if Trait.MIXED in types.traits(question) else cell
            return (written[:MAX_WRITTEN],) if cell else ()
        found = marks_in(cell, sheet.bubbles)
        if found is None:
            said = {"row": sheet.label, "said": cell, "letters": sheet.bubbles}
            remarks.append(remark(Code.NO_BUBBLE, **said))
            return ()
        if len(found) > 1 and not types.several_marks(question):
            marks = [sheet.bubbles[place] for place in found]
            remarks.append(remark(Code.SEVERAL_MARKS, row=sheet.label, marks=marks))
            return ()
        return found


def marks_in(cell: str, bubbles: Sequence[str]) -> tuple[int, ...] | None:
    """The places of the bubbles that a cell names, in order; None where it names another.

    As letters (`B`, `BC`, `B;C`, `(B,C)`), by place from 1 (`2`), or as AMC’s `0;1;0`. Where
    bubbles are T and F, A and B are them too.
    """
    said = cell.strip().strip("()[]")
    if said.casefold() in BLANK:
        return ()
    if MANY.fullmatch(said):
        return None
    if TICKS.fullmatch(said) and said.count(";") == len(bubbles) - 1:
        return tuple(n for n, tick in enumerate(said.split(";")) if tick == "1")
    parts = re.findall(r"\w+", said)
    named = [_bubble(part, bubbles) for part in parts]
    if None in named and len(parts) == 1:
        named = [_bubble(sign, bubbles) for sign in parts[0]]
    if not named or None in named:
        return None
    return tuple(n for n in range(len(bubbles)) if n in named)


def _bubble(said: str, bubbles: Sequence[str]) -> int | None:
    """The place of the bubble that a word names."""
    known = {one.casefold(): n for n, one in enumerate(bubbles)}
    word = {"true": "t", "false": "f"}.get(said.casefold(), said.casefold())
    if word in known:
        return known[word]
    places = {letter(n).casefold(): n for n in range(len(bubbles))}
    places |= {str(n + 1): n for n in range(len(bubbles))}
    return places.get(word)


def read_all(
    uploads: Iterable[Upload], assignment: Assignment
) -> tuple[list[Submission], list[Bad]]:
    """The submissions among some files, on paper too, and what is none."""
    plain, scans, known = _apart(uploads)
    found, bad = submissions.read_all(plain, assignment)
    printed: Papers | None = None
    for upload in known:
        one = papers.read(upload, assignment)
        if isinstance(one, str):
            bad.append(Bad(upload.name, one))
        elif printed is not None and printed != one:
            said = say("is another printing of the same exam (keep one of them)")
            bad.append(Bad(upload.name, said))
        else:
            printed = one
    for upload in scans:
        for row in _table(upload, printed, assignment):
            if isinstance(row, Bad):
                bad.append(row)
            else:
                found.append(row)
    return found, bad


def _apart(uploads: Iterable[Upload]) -> tuple[list[Upload], list[Upload], list[Upload]]:
    """What students sent, tables of a scanner, and what stands on papers."""
    plain, scans, known = list[Upload](), list[Upload](), list[Upload]()
    for upload in uploads:
        if papers.is_papers(upload):
            known.append(upload)
        elif upload.name.casefold().endswith(TABLES) and not _is_json(upload):
            scans.append(upload)
        else:
            plain.append(upload)
    return plain, scans, known


def _is_json(upload: Upload) -> bool:
    """A student's file that a platform has renamed."""
    return upload.content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"")


def _table(
    upload: Upload, printed: Papers | None, assignment: Assignment
) -> Iterator[Submission | Bad]:
    """Every row of a table."""
    if upload.fault:
        yield Bad(upload.name, upload.fault)
        return
    try:
        rows = [[*map(tables.typed, row)] for row in tables.parsed(upload.content)]
    except Refused as refused:
        yield Bad(upload.name, str(refused))
        return
    if printed is None:
        wanted = papers.name(assignment)
        said = say(
            "is a table, and {file}, which viva print wrote, is not beside it (put it there)",
            file=wanted,
        )
        yield Bad(upload.name, said)
        return
    first = next(iter(printed.versions))
    labels = [row.label for row in printed.rows(first)]
    found = columns.find(rows[0], labels) if rows else say("is empty")
    if isinstance(found, str):
        yield Bad(upload.name, found)
        return
    students = [row for row in rows[1:] if found.identifier(row).casefold() not in headings.KEYS]
    mixed = _mixed(students, found, printed.rows(first))
    if mixed:
        said = say(
            "row {label} of the answer sheet has letters and numbers, so that a 1 may be a mark "
            "(export answers as letters alone)",
            label=mixed,
        )
        yield Bad(upload.name, said)
        return
    if _counted(students, found, printed.rows(first)):
        said = say("holds 0 and 1 alone, which are marks (export the answers, as letters)")
        yield Bad(upload.name, said)
        return
    asked = {question.id: question for question in flat(assignment.questions)}
    reader = _Reader(upload.name, found, printed, assignment, asked)
    yield from (reader.read(row, number) for number, row in enumerate(rows[1:], 2))


def _counted(rows: Sequence[Sequence[str]], found: Columns, sheet: Sequence[Row]) -> bool:
    """Whether the bubbles of all rows are marks, 0 for a wrong answer and 1 for a right one.

    Read as places a 1 would be the first bubble, and 0 none.
    """
    places = [found.answers[one.label] for one in sheet if one.bubbles]
    cells = {row[place].strip() for row in rows for place in places if place < len(row)}
    return cells - BLANK in ({"0"}, {"0", "1"})


def _mixed(rows: Sequence[Sequence[str]], found: Columns, sheet: Sequence[Row]) -> str | None:
    """The first row of the answer sheet whose column has letters and numbers, if one has.

    Some programs write 1 for a right answer and its letter for a wrong one: read as the first
    bubble, the 1 would give a wrong mark without a word.
    """
    for one in sheet:
        place = found.answers[one.label]
        cells = {row[place].strip().casefold() for row in rows if place < len(row)} - BLANK
        named = {bubble.casefold() for bubble in one.bubbles if bubble.isalpha()}
        if named & cells and any(cell.isdecimal() for cell in cells):
            return one.label
    return None
