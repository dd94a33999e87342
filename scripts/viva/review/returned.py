"""What a reviewer has filled in, read from a Word document or from the file that the page saves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from viva.bank.question import STATUS_NAMES, STATUSES, Status
from viva.base.problems import hint
from viva.base.refused import Refused
from viva.base.visible import visible
from viva.base.words import ENGLISH, Words, say
from viva.exchange.limits import Archive, Incoming
from viva.review import margins
from viva.review.margins import W
from viva.review.word import COMMENT, DATE, QUESTION, REVIEWER, STATE, VERSION

MAIN, NOTES = "word/document.xml", "word/comments.xml"
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d. %B %Y")
"""How a day may be written: without guessing which number is the month."""
VERBS: dict[str, Status] = {"accept": "accepted", "retire": "retired"}
NAMES = (REVIEWER, DATE, QUESTION, VERSION, STATE, COMMENT)
MAX_SAID = 2_000
MAX_COMMENT = 10_000


@dataclass(frozen=True)
class Said:
    """What one reviewer says of one question."""

    question: str
    version: str
    status: Status | None
    comment: str


@dataclass(frozen=True)
class Returned:
    """A packet that came back. `by` and `date` are empty where nobody wrote them."""

    file: str
    by: str
    date: str
    said: tuple[Said, ...]
    faults: tuple[str, ...]
    no_day: str = ""
    """What is wrong with the day, if something is."""


Rows = dict[str, str]


def read(file: Incoming, words: Words = ENGLISH) -> Returned:
    """What came back in a file, in English or in the language of the course. Raises Refused for
    one that is no packet."""
    faults: list[str] = []
    if file.archive is not None and MAIN in file.archive:
        who, rows = _document(file.archive, words, faults)
    else:
        who, rows = _saved(file)
    said = [one for row in rows[:MAX_SAID] if (one := _said(row, faults, words))]
    date, no_day = _day(who.get(DATE, ""))
    faults += [no_day] if no_day else []
    by = visible(who.get(REVIEWER, ""))
    return Returned(file.name, by, date, tuple(said), tuple(faults), no_day)


def _document(archive: Archive, words: Words, faults: list[str]) -> tuple[Rows, list[Rows]]:
    """The tables of a document that are ours, as names and what stands beside them. Notes in the
    margin of a question are comments too."""
    names = {words.tell(name): str(name) for name in NAMES}
    notes = margins.written(archive.xml(NOTES)) if NOTES in archive else {}
    read = [
        (section, {names.get(name, name): said for name, said in _pairs(section.table)})
        for section in margins.sections(archive.xml(MAIN), notes)
    ]
    who = next((rows for _, rows in read if REVIEWER in rows), None)
    if who is None:
        raise Refused(say("this is not a packet of viva review (its first table is missing)"))
    authors = {note.author: note.date for note in notes.values()}
    if len(authors) == 1 and not visible(who[REVIEWER]):
        who = {**who, REVIEWER: next(iter(authors)), DATE: who.get(DATE) or max(authors.values())}
    before: list[str] = []
    edited = False
    for section, rows in read:
        said = [note.told(visible(who[REVIEWER])) for note in section.notes]
        said, before = [*before, *said], []
        if section.table is not None and not _is_ours(rows):
            before = said  # a table in the text of a question, which goes on after it
            edited = edited or section.edited
            continue
        if QUESTION in rows:
            rows[COMMENT] = "\n".join([rows.get(COMMENT, ""), *said])
            if edited or section.edited:
                faults.append(_edited(visible(rows[QUESTION])))
        else:
            faults += [_nowhere(one) for one in said]
        edited = False
    return who, [rows for _, rows in read if QUESTION in rows and _is_ours(rows)]


def _is_ours(rows: Rows) -> bool:
    """Whether a table is one to fill in, and none that stands in a question."""
    return REVIEWER in rows or (QUESTION in rows and bool(rows.keys() & {VERSION, STATE, COMMENT}))


def _edited(question: str) -> str:
    return say(
        "{question}: its text was changed in the document, which changes no bank (edit the bank)",
        question=question,
    )


def _nowhere(note: str) -> str:
    return say(
        "a note stands in the margin of no question: {note} (write it to one)", note=repr(note)
    )


def _pairs(table: Any) -> Iterator[tuple[str, str]]:
    for row in () if table is None else table.iter(f"{W}tr"):
        cells = [_text(cell) for cell in row.iter(f"{W}tc")]
        if len(cells) > 1:
            yield cells[0].strip(), cells[1]


def _text(cell: Any) -> str:
    """What a cell says now: what was struck out with tracked changes is gone, what was added is
    there."""
    lines = []
    for paragraph in cell.iter(f"{W}p"):
        signs = {f"{W}br": "\n", f"{W}tab": "\t"}
        parts = (one.text or "" if one.tag == f"{W}t" else signs.get(one.tag, "")
                 for one in paragraph.iter())  # fmt: skip
        lines.append("".join(parts))
    return "\n".join(lines)


def _saved(file: Incoming) -> tuple[Rows, list[Rows]]:
    """What the page saves."""
    try:
        data = json.loads(file.content.decode("utf-8-sig"))
        listed = data["reviews"] if data["viva-review"] == 1 else None
    except (ValueError, KeyError, TypeError, RecursionError):
        listed = None
    if not isinstance(listed, list):
        said = say(
            "this is not a packet that came back (give the .docx, or the file the page saved)"
        )
        raise Refused(said)
    names: Rows = {QUESTION: "question", VERSION: "version", STATE: "status", COMMENT: "comment"}
    rows = [
        {name: _word(one.get(field)) for name, field in names.items()}
        for one in listed
        if isinstance(one, dict)
    ]
    return {REVIEWER: _word(data.get("by")), DATE: _word(data.get("date"))}, rows


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _said(row: Rows, faults: list[str], words: Words) -> Said | None:
    """What a table says; None where it says nothing."""
    question = visible(row[QUESTION])
    comment = _comment(row.get(COMMENT, ""))[:MAX_COMMENT]
    status = _status(visible(row.get(STATE, "")), question, faults, words)
    if not comment and status is None:
        return None
    return Said(question, visible(row.get(VERSION, "")), status, comment)


def _comment(text: str) -> str:
    lines = [visible(line) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _status(written: str, question: str, faults: list[str], words: Words) -> Status | None:
    wanted = written.casefold().strip(" .–-")
    told = {words.tell(name).casefold(): status for status, name in STATUS_NAMES.items()}
    told |= {status: status for status in STATUSES} | VERBS
    if wanted in told:
        return told[wanted]
    if wanted:
        known = {*STATUSES, *map(words.tell, STATUS_NAMES.values())}
        near = {"state": repr(written), "hint": hint(wanted, known)}
        said = say("{question}: there is no state {state} ({hint})", question=question, **near)
        faults.append(said)
    return None


def _day(written: str) -> tuple[str, str]:
    """A day as 2026-12-08, and what is wrong with it."""
    text = visible(written)
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date().isoformat(), ""
        except ValueError:
            continue
    return "", say("{day} is not a day (write 2026-12-08)", day=repr(text)) if text else ""
