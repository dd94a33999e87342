"""The files for gradebooks, read as the gradebooks read them.

The two readers below follow the rules of the importers' own sources: Canvas LMS,
`lib/gradebook_importer.rb` (and `Assignment.title_and_id`); Moodle,
`grade/import/csv/classes/load_data.php` (and `normalise_value` of its databases).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace

import pytest

from viva.assignments import grading, sheet
from viva.assignments.gradebooks import write
from viva.assignments.submissions import Given, Submission

CANVAS_NO_ASSIGNMENT = re.compile(
    "Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade"
    "|Override Score|Override Grade|Override Status"
)


@dataclass(frozen=True)
class Student:
    """What a learning platform knows of somebody."""

    name: str
    number: str
    login: str


CLASS = (
    Student("Ada Example", "S1", "ada"),
    Student("Bo, Jr.", "S2", "bo"),
    Student("Chen", "S3", "chen"),
)


def as_canvas(text: str) -> tuple[dict[str, float], dict[str, str | None]]:
    """The points of each assignment and the grade of each student, by number; None if unknown."""
    lines = text.split("\n")[:3]
    counts = {mark: {len(row) for row in csv.reader(lines, delimiter=mark)} for mark in ";,"}
    assert not (len(counts[";"]) == 1 and counts[";"].pop() > 1), "taken for semicolons"
    rows = [
        [_decimal(cell) for cell in row]
        for row in csv.reader(io.StringIO(text))
        if not re.fullmatch("[;, ]+", ",".join(row))
    ]
    header, *body = rows
    assert len(header) > 3 and "Student" in header[0] and "ID" in header[1]
    assert re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3])
    assert "Section" in header[4]
    kept = [name for name in header[5:] if not CANVAS_NO_ASSIGNMENT.search(name)]
    assert not [name for name in kept if re.search(r"\A(.*)[ \t]\((\d+)\)\Z", name)], "a number"
    points: dict[str, float] = {}
    grades: dict[str, str | None] = {}
    for row in body:
        place = header.index(kept[0]) if kept else -1
        if "Points Possible" in row[0]:
            points = {kept[0]: float(row[place])} if kept else {}
            continue
        by_number = next((s for s in CLASS if row[2] and s.number == row[2]), None)
        by_login = next((s for s in CLASS if row[3] and s.login == row[3]), None)
        by_name = next((s for s in CLASS if s.name == row[0]), None)
        found = by_number or by_login or by_name
        grades[found.number if found else row[0]] = row[place].strip() if kept else None
    return points, grades


def _decimal(cell: str) -> str:
    """Canvas reads a comma as a point in whatever looks like a number."""
    if not re.fullmatch(r"-?[0-9.,]+%?", cell):
        return cell
    *whole, last = re.split("[,.]", cell)
    return f"{''.join(whole)}.{last}" if whole else last


def as_moodle(text: str, column: str, field: str) -> tuple[str, dict[str, float | None]]:
    """The name of a new grade item and the grade of each student, by number."""
    header, *body = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert len(header) >= 2 and len(set(header)) == len(header)
    assert {len(row) for row in body} <= {len(header)}
    name = [title.strip() for title in header][-1]
    grades: dict[str, float | None] = {}
    for row in body:
        value = row[header.index(column)].strip()
        student = next((s for s in CLASS if value and getattr(s, field) == value), None)
        assert student, f"the whole import is refused: {value!r}"
        mark = row[-1].strip()
        grade = None if mark == "-" else float(mark or 0)  # an empty one is stored as 0
        assert grade is None or grade <= 100
        grades[student.number] = grade
    return name, grades


@pytest.fixture
def files(make_week, tmp_path):
    """Mark submissions of two questions and return the text of the two files."""

    def run(*sent: tuple[str, str, dict], title: str = "Week 1") -> dict[str, str]:
        _, week = make_week("title: T\nquestions: [a-single, a-short-answer, knee-bones]\n")
        week = replace(week, title=title)
        hashes = {question.id: sheet.sheet_hash(question) for question in week.questions}
        made = [
            Submission(
                file=f"{identifier}.json", name=name, identifier=identifier, attempt=1,
                started=None, finished=None, remarks=(),
                answers={one: Given(hash=hashes[one], answer=answer) for one, answer in answers.items()},
            )
            for identifier, name, answers in sent
        ]  # fmt: skip
        write(grading.grade(week, made), tmp_path / "out")
        names = ("canvas.csv", "moodle.csv")
        return {name: (tmp_path / "out" / name).read_bytes().decode() for name in names}

    return run


RIGHT = {"a-single": 1}
OPEN = {"a-single": 1, "a-short-answer": "nobody foresaw this"}


def test_both_find_every_student_and_mark(files):
    made = files(("S1", "A. Example", RIGHT), ("S2", "Bo, Jr.", {}))
    assert as_canvas(made["canvas.csv"]) == ({"Week 1": 100.0}, {"S1": "33.3333", "S2": "0.0"})
    name, grades = as_moodle(made["moodle.csv"], "ID number", "number")
    assert (name, grades) == ("Week 1 (per cent)", {"S1": 33.3333, "S2": 0.0})


def test_an_open_total_is_no_mark_and_not_0(files):
    made = files(("S1", "Ada", RIGHT), ("S3", "Chen", OPEN))
    assert as_moodle(made["moodle.csv"], "ID number", "number")[1] == {"S1": 33.3333, "S3": None}
    assert as_canvas(made["canvas.csv"])[1] == {"S1": "33.3333", "S3": ""}


def test_a_login_will_do_as_well(files):
    made = files(("ada", "Somebody", RIGHT))
    assert as_canvas(made["canvas.csv"])[1] == {"S1": "33.3333"}
    assert as_moodle(made["moodle.csv"], "ID number", "login")[1] == {"S1": 33.3333}


@pytest.mark.parametrize(
    "title", ["Week 1 (2026)", "Final Grade of week 1", "Anatomy; parts, and spaces", "=1+1"]
)
def test_no_title_is_taken_for_something_else(files, title):
    points, grades = as_canvas(files(("S1", "Ada", RIGHT), title=title)["canvas.csv"])
    (name,) = points
    assert name.replace("\u00a0", " ").removeprefix("'") == title
    assert grades == {"S1": "33.3333"}
