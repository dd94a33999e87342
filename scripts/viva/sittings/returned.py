"""What a learning platform takes back: marks, and a page of feedback for each student.

Moodle finds a student by its number of the participant, in a folder's name and in the grading
worksheet (`mod/assign/feedback/file/importziplib.php` and `offline/importgradeslib.php`). Canvas
finds one by its user's number, and takes a comment only beside a file that it has sent out
(`Assignment#generate_comments_from_files`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from viva.assignments.gradebooks import CANVAS_READS, NO_BREAK
from viva.assignments.grading import Graded, Result
from viva.base import tables
from viva.base.tables import Cell
from viva.base.words import say
from viva.sittings.classlist import POINTS, ClassList, Student

EPOCH = (1980, 1, 1, 0, 0, 0)
UNSAFE = re.compile(r'[_/\\:*?"<>|\x00-\x1f]+')
GRADE, MAXIMUM, MODIFIED = "grade", "maximum grade", "last modified (grade)"
CANVAS_OWN = ("student", "id", "sis user id", "sis login id", "root account", "section")
Rows = Iterator[Sequence[Cell]]


@dataclass(frozen=True)
class Returned:
    """What goes back, by the names of files, and who gets nothing, with the reason."""

    files: Mapping[str, bytes]
    left_out: tuple[tuple[str, str], ...]


def documents(graded: Graded, classlist: ClassList | None, pages: Mapping[str, str]) -> Returned:
    """What the platforms of this class take back. `pages` are of students, by identifier."""
    known = classlist or ClassList(())
    done = [one for one in graded.results if one.percent is not None]
    made: dict[str, bytes] = {}
    paged = [one for one in done if one.submission.identifier in pages]
    moodle = {name: one for one in paged if (name := _participant(one, known))}
    canvas = {name: one for one in paged if (name := _comment(one))}
    if moodle:
        entries = {f"{n}/feedback.html": _page(one, pages) for n, one in moodle.items()}
        made["moodle-feedback.zip"] = _zip(entries)
    if known.format == "moodle" or moodle:
        made["moodle-worksheet.csv"] = tables.text(worksheet(done, known)).encode()
    if known.format == "canvas":
        made["canvas-gradebook.csv"] = tables.text(gradebook(graded, done, known)).encode()
    if canvas:
        entries = {name: _page(one, pages) for name, one in canvas.items()}
        made["canvas-comments.zip"] = _zip(entries)
    return Returned(made, tuple(_left_out(graded, known, made)))


def _page(one: Result, pages: Mapping[str, str]) -> str:
    return pages[one.submission.identifier]


def _zip(entries: Mapping[str, str]) -> bytes:
    """An archive that is the same in every run."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(entries):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), entries[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def number(one: Result, known: ClassList) -> str:
    """The number of the participant in Moodle; empty where neither list nor folder tells it."""
    sender = one.submission.sender
    student = known.by_key.get(one.submission.student)
    if known.format == "moodle" and student and student.lms:
        return student.lms
    return sender.id if sender.platform == "moodle" else ""


def _participant(one: Result, known: ClassList) -> str:
    """The folder in which Moodle looks for a student's feedback."""
    found = number(one, known)
    name = UNSAFE.sub(" ", one.submission.name).strip(" .~")[:60] or "Participant"
    # Moodle before 4.1 wants the last underscore, later ones take it too.
    return f"{name}_{found}_assignsubmission_file_" if found else ""


def _comment(one: Result) -> str:
    """The name under which Canvas takes a file as a comment on the one that it sent out."""
    sender = one.submission.sender
    if sender.platform != "canvas":
        return ""
    name = UNSAFE.sub("", sender.name).strip(".~") or "student"
    return f"{name}_{sender.id}_{sender.attachment}_feedback.html"


def worksheet(done: Sequence[Result], known: ClassList) -> Rows:
    """Moodle's grading worksheet: the one that came, with marks, or a small one of our own."""
    header = known.header
    if GRADE not in header:
        yield ("Identifier", "Full name", "Grade", "Last modified (grade)")
        for one in done:
            if named := number(one, known):
                yield (f"Participant {named}", one.submission.name, _grade(one, 100), "-")
        return
    place, limit = header.index(GRADE), MAXIMUM in header and header.index(MAXIMUM)
    yield known.rows[0]
    results = {one.submission.student: one for one in done}
    for student in known.students:
        if found := results.get(student.key):
            row = _wide(known.rows[student.row], len(header))
            most = _points(row[limit]) if limit is not False else 100.0
            yield [_grade(found, most) if n == place else cell for n, cell in enumerate(row)]


def _wide(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _grade(one: Result, most: float) -> float:
    return round((one.percent or 0) * most / 100, 4)


def _points(cell: str) -> float:
    """How many points there are for an assignment; 100 where the cell does not say."""
    value = tables.number(cell)
    return 100.0 if value is None else value


def gradebook(graded: Graded, done: Sequence[Result], known: ClassList) -> Rows:
    """Canvas's gradebook, with the columns that it knows students by and this assignment's."""
    header = known.header
    own = [n for n, name in enumerate(header) if name in CANVAS_OWN]
    place = _column(graded.assignment.title, known)
    title = known.rows[0][place] if place is not None else _new_title(graded.assignment.title)
    points = next((row for row in known.rows if row[0].casefold() == POINTS), ())
    most = _points(points[place]) if place is not None and place < len(points) else 100.0
    yield [*(known.rows[0][n] for n in own), title]
    yield ["    Points Possible", *[""] * (len(own) - 1), most]
    results = {one.submission.student: one for one in done}
    for student in known.students:
        if one := results.get(student.key):
            row = _wide(known.rows[student.row], len(header))
            yield [*(row[n] for n in own), _grade(one, most)]


def _column(title: str, known: ClassList) -> int | None:
    """The column of an assignment that Canvas has already: its title and a number."""
    wanted = re.compile(rf"{re.escape(title)} \(\d+\)", re.IGNORECASE)
    return next((n for n, name in enumerate(known.rows[0]) if wanted.fullmatch(name)), None)


def _new_title(title: str) -> str:
    return CANVAS_READS.sub(lambda found: found[0].replace(" ", NO_BREAK), title)


def _left_out(
    graded: Graded, known: ClassList, made: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    """Who gets nothing back, and why."""
    by_key: Mapping[str, Student] = known.by_key
    for one in graded.results:
        if one.percent is None:
            yield one.submission.identifier, say("has answers that wait for a mark")
        elif known.students and one.submission.student not in by_key:
            yield one.submission.identifier, say("is not in the class list")
        elif known.format == "moodle" and not number(one, known):
            yield one.submission.identifier, say("has no number of a participant of Moodle")
        elif known.format == "canvas" and not _comment(one):
            yield one.submission.identifier, say("gets a mark, but no comment: no file from Canvas")
    held = {one.submission.identifier for one in graded.held}
    for identifier in sorted(held):
        yield identifier, say("has a file in doubt")
    if not made:
        said = say("neither Moodle nor Canvas is named in the class list or in the files")
        yield say("everybody"), said


