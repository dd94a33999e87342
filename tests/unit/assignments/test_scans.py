"""Answers on paper come back as a table: a letter on a version becomes the answer of its question."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import scanned
from viva.assignments import columns, grading, intake, load_all, papers
from viva.assignments.model import Assignment
from viva.assignments.uploads import Upload
from viva.bank import types
from viva.bank.question import AnswerError
from viva.cli import main
from viva.paper import content, write
from viva.scaffold import questions as scaffold

SCANS = Path(__file__).parents[2] / "data/scans"
THREE = write.Copies(versions=3)
HEADER = "student id,version," + ",".join(f"Q{label}" for label in scanned.SHEET)


@pytest.fixture
def week(make_course) -> Assignment:
    """The exam of the samples."""
    (found,), problems = load_all(make_course({"quizzes/assignments/final.yml": scanned.WEEK}))
    assert not problems
    return found


def printed(week: Assignment, copies: write.Copies = THREE) -> Upload:
    name, text = write.kept(week, copies)
    return Upload(name, text.encode())


def marked(week: Assignment, *rows: str, copies: write.Copies = THREE) -> grading.Graded:
    """What becomes of rows of a table."""
    table = Upload("scan.csv", "\n".join([HEADER, *rows]).encode())
    return grading.grade(week, *intake.read_all([table, printed(week, copies)], week))


def remarks(graded: grading.Graded) -> list[str]:
    return [str(one) for result in graded.results for one in result.remarks]


@pytest.mark.parametrize("path", sorted(SCANS.glob("*.csv")), ids=lambda path: path.stem)
def test_exports_of_scanners_become_answers_in_the_authors_terms(week, path):
    uploads = [Upload(path.name, path.read_bytes()), printed(week)]
    found, bad = intake.read_all(uploads, week)
    key = ["is the key of the scanner’s program, which is not read"]
    assert [one.reason for one in bad] == (key if path.stem == "scantron" else [])
    graded = grading.grade(week, found)
    given = {
        one.submission.identifier: [mark.given for mark in one.marks] for one in graded.results
    }
    assert given == {name: answers for name, (*_, answers) in scanned.CLASS.items()}
    assert {one.submission.identifier: one.total for one in graded.results} == scanned.MARKS
    assert remarks(graded) == []
    names = {one.submission.name.casefold() for one in graded.results}
    if path.stem != "formscanner":  # it knows no names
        assert names == {f"{first} {last}".casefold() for first, last, *_ in scanned.CLASS.values()}


def test_every_layout_has_its_sample():
    assert {path.stem for path in SCANS.glob("*.csv")} == {
        "akindi", "amc", "amc-01", "evaexam", "formscanner", "remark", "scantron", "zipgrade",
    }  # fmt: skip


def test_several_marks_in_a_row_for_one_are_read_as_none_and_said(week):
    graded = marked(week, "s1,A,BC,AB,T,F,B,C,4", "s2,A,B,AB,TF,F,B,C,4")
    assert [one.total for one in graded.results] == [4.0, 4.5]
    assert remarks(graded) == [
        "row 1: B, C are marked, and one may be: read as none",
        "row 3a: T, F are marked, and one may be: read as none",
    ]


def test_blanks_are_left_open_and_other_letters_said(week):
    graded = marked(week, "s1,A,BLANK,-,,.,NA,F,4", "s2,A,MULT,AB,T,F,B,C,4")
    assert [one.total for one in graded.results] == [1.0, 4.0]
    assert [mark.given for mark in graded.results[0].marks] == [None, None, None, None, "4"]
    assert remarks(graded) == [
        "row 4b: F is none of its letters (A, B, C, D): read as none",
        "row 1: MULT is none of its letters (A, B, C, D): read as none",
    ]


def test_an_unknown_version_or_none_is_no_submission(week):
    graded = marked(week, "s1,D,B,AB,T,F,B,C,4", "s2,,B,AB,T,F,B,C,4", ",A,B,AB,T,F,B,C,4")
    assert not graded.results
    assert [(one.file, one.reason) for one in graded.bad] == [
        ("scan.csv row 2", "is of version D, which was not printed (printed: A, B, C)"),
        ("scan.csv row 3", "does not say of which version it is (printed: A, B, C)"),
        ("scan.csv row 4", "has no identifier"),
    ]
    alone = marked(week, "s2,,B,AB,T,F,B,C,4", copies=write.Copies(versions=1))
    assert [one.total for one in alone.results] == [5.0]


def test_two_rows_of_one_student_wait_for_the_teacher(week):
    graded = marked(week, "s1,A,B,AB,T,F,B,C,4", "S1,A,A,AB,T,F,B,C,4", "s2,A,B,AB,T,F,B,C,4")
    assert [one.submission.identifier for one in graded.results] == ["s2"]
    assert {str(why) for one in graded.held for why in one.why} == {
        "is one of several rows for s1 (2), with other answers: scan.csv row 3",
        "is one of several rows for S1 (2), with other answers: scan.csv row 2",
    }
    same = marked(week, "s1,A,B,AB,T,F,B,C,4", "s1,A,B,AB,T,F,B,C,4")
    assert [one.total for one in same.results] == [5.0] and not same.held


def test_a_question_that_was_edited_after_printing_waits(week):
    paper = printed(week)
    first, *others = week.questions
    options = (*first.options[:3], first.options[3].model_copy(update={"text": "Another"}))
    edited = replace(week, questions=(first.model_copy(update={"options": options}), *others))
    table = Upload("scan.csv", f"{HEADER}\ns1,A,B,AB,T,F,B,C,4".encode())
    (result,) = grading.grade(edited, *intake.read_all([table, paper], edited)).results
    assert (result.total, result.waiting) == (None, 1)
    assert "q-one: the question has changed since this answer" in str(result.remarks[0])


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("version,Q1", "there is no column that says whose each row is (name one: student id)"),
        ("student id,version,Q1,Q2,Q3a", "there is no column for row 3b of the answer sheet"),
        ("", "is empty"),
    ],
)
def test_a_table_without_its_columns_is_named(week, header, said):
    uploads = [Upload("scan.csv", f"{header}\n".encode() if header else b" ,"), printed(week)]
    (bad,) = intake.read_all(uploads, week)[1]
    assert said in bad.reason


def test_a_table_needs_what_stands_on_the_papers(week):
    table = Upload("scan.csv", f"{HEADER}\ns1,A,B,AB,T,F,B,C,4".encode())
    (bad,) = intake.read_all([table], week)[1]
    assert bad.reason.startswith("is a table, and final-papers.json, which viva print wrote, is not")
    other = Upload("other-papers.json", printed(week).content.replace(b'"final"', b'"other"'))
    reasons = [one.reason for one in intake.read_all([table, other], week)[1]]
    assert reasons[0].startswith("is of the papers of other, not final")
    (two, *_) = intake.read_all([printed(week), printed(week, write.Copies(2, "9"))], week)[1]
    assert two.reason == "is another printing of the same exam (keep one of them)"
    torn = Upload("final-papers.json", b'{"viva-paper": 1')
    assert "is not what viva print wrote" in intake.read_all([torn], week)[1][0].reason


@pytest.mark.parametrize(
    ("cell", "bubbles", "found"),
    [
        ("b", "ABC", "B"), ("2", "ABC", "B"), ("(A,C)", "ABC", "AC"), ("C|A", "ABC", "AC"),
        ("0;0;1", "ABC", "C"), ("A", "TF", "T"), ("2", "TF", "F"), ("False", "TF", "F"),
        ("", "ABC", ""), ("blank", "ABC", ""), ("D", "ABC", None), ("*", "ABC", None), ("AD", "ABC", None),
        ("B?", "ABC", None), ("A*", "ABC", None), ("No response", "ABC", ""), ("Omit", "ABC", ""),
    ],
)  # fmt: skip
def test_a_cell_names_bubbles_in_many_ways(cell, bubbles, found):
    places = None if found is None else tuple(bubbles.index(one) for one in found)
    assert intake.marks_in(cell, bubbles) == places


@pytest.mark.parametrize(
    ("header", "identifier", "version", "first", "second"),
    [
        ("Roll No.|Set|Q1|Q1 Score|Q2|Q2 Score", 0, 1, 2, 4),
        ("SID|Version|Question 1 Score|Question 1 Response|Question 2 Score|Question 2 Response", 0, 1, 3, 5),
        ("Name|Student ID|Key Version|#1 Student Response|#1 Primary Answer|#2 Student Response", 1, 2, 3, 5),
        ("QuizName|StudentID|CustomID|Key Version|Stu1|PriKey1|Points1|Mark1|Stu2|PriKey2", 1, 3, 4, 8),
        ("Number|Roll No|Version|Q1|Q2", 1, 2, 3, 4),
        ("Nr.|Number|Student ID|Version|Q1|Q2", 2, 3, 4, 5),
        ("Zeile|Matrikel-Nr.|Nachname|Vorname|Variante|Frage 1|Frage 2", 1, 4, 5, 6),
        ("Exam|A:etu|Version|Q01|Q02|TICKED:Q01|TICKED:Q02", 1, 2, 5, 6),
    ],
)
def test_columns_are_known_by_the_names_that_programs_give_them(header, identifier, version, first, second):
    found = columns.find(header.split("|"), ["1", "2"])
    assert isinstance(found, columns.Columns)
    assert (found.places["identifier"], found.places["version"]) == (identifier, version)
    assert found.answers == {"1": first, "2": second}


def test_a_number_that_is_bubbled_in_is_put_together():
    found = columns.find(["id1", "id2", "id3", "Form", "1", "2"], ["1", "2"])
    assert isinstance(found, columns.Columns)
    row = ["4", "0", "7", "A", "B", "C"]
    assert (found.identifier(row), found.cell(row, "version")) == ("407", "A")
    assert found.answers == {"1": 4, "2": 5}


@pytest.mark.parametrize("kind", sorted(types.TYPES))
def test_the_key_on_paper_gets_full_marks_on_every_version(make_course, kind):
    """What the printed key says, filled in on the sheet, is worth 1; or the type says it cannot."""
    text = "title: W\nprivate:\n" + scaffold.example(kind, "a-question")
    (week,), _ = load_all(make_course({
        "quizzes/assignments/final.yml": text,
        "docs/assets/figures/name.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>',
    }), keep=True)  # fmt: skip
    (question,) = week.questions
    for version in range(4):
        for place in content.places(week, version, "1"):
            asked = next(one for one in (*types.steps(question), question) if one.id == place.question)
            key = types.printed(asked, place.order).answer
            try:
                said = _filled(asked, place, key)
                rows = [_places(one, row) for one, row in zip(said, place.rows, strict=True)]
                answer = types.from_paper(asked, place.order, rows)
            except types.NotOnPaper:
                assert kind == "measure"
                continue
            assert types.mark(asked, types.authored(asked, answer)) == 1


@pytest.mark.parametrize(
    ("written", "answer"),
    [("2", 2), ("picture 3", 3), ("画像 ２", 2), ("٣", 3), ("4", None), ("2 or 3", None), ("second", None)],
)
def test_a_picture_of_a_stack_is_one_number(make_course, written, answer):
    text = "title: W\nprivate:\n" + scaffold.example("stack", "a-question")
    figure = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'
    files = {"quizzes/assignments/final.yml": text, "docs/assets/figures/name.svg": figure}
    (week,), _ = load_all(make_course(files), keep=True)
    (question,) = week.questions
    if answer:
        assert types.from_paper(question, (), [(written,)]) == answer
    else:
        with pytest.raises(AnswerError):
            types.from_paper(question, (), [(written,)])


def _places(said: tuple[str, ...], row: papers.Row) -> tuple:
    return tuple(row.bubbles.index(one) for one in said) if row.bubbles else said


def _filled(question, place: papers.Place, key: str) -> list[tuple[str, ...]]:
    """The rows as somebody fills them in who has the printed key."""
    if question.type == "script-concordance":
        parts = dict(part.split() for part in key.split(", "))
        return [(max(parts, key=lambda one: float(parts[one])),)]
    if len(place.rows) > 1:
        parts = dict(part.split(" ", 1) for part in key.split(", "))
        words = [parts[row.label.removeprefix("1")].strip() for row in place.rows]
        return [(one[0].upper() if row.bubbles else one,) for one, row in zip(words, place.rows, strict=True)]
    (row,) = place.rows
    if not row.bubbles:
        first = key.split("; ")[-1].split(" (")[0].split(" ± ")[0]
        return [(key if question.type == "ordering" else first,)]
    return [tuple(key.split(" (")[0].split(", "))]


def test_print_keeps_what_stands_where_and_grade_reads_it(make_course, tmp_path, monkeypatch):
    make_course({"quizzes/assignments/final.yml": scanned.WEEK})
    monkeypatch.chdir(tmp_path)
    exam = "quizzes/assignments/final.yml"
    done = CliRunner().invoke(main, ["print", exam, "--versions", "3", "--format", "docx"])
    assert done.exit_code == 0 and "paper/final-papers.json" in done.output
    kept = json.loads((tmp_path / "paper/final-papers.json").read_text("utf-8"))
    assert [*kept["versions"]] == ["A", "B", "C"]
    (tmp_path / "scan.csv").write_bytes((SCANS / "remark.csv").read_bytes().replace(b",T,F,", b",TF,F,"))
    done = CliRunner().invoke(main, ["grade", exam, "scan.csv", "paper/final-papers.json"])
    assert done.exit_code == 0, done.output
    assert "scan.csv row 2: row 3a: T, F are marked, and one may be: read as none" in done.stdout
    results = (tmp_path / "results/results.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in results[1:]] == ["s1001", "s1002", "s1003"]
    done = CliRunner().invoke(main, ["analyse", "results"])
    assert done.exit_code == 0, done.output


def test_a_table_of_marks_is_not_read_as_answers(week):
    """As some programs export it: 1 for a right answer, the letter for a wrong one."""
    graded = marked(week, "s1001,A,1,AB,T,F,B,C,4", "s1002,A,C,AC,T,T,B,C,4")
    assert graded.results == ()
    (bad,) = graded.bad
    assert str(bad.told).startswith("scan.csv: row 1 of the answer sheet has letters and numbers")


def test_marks_alone_are_not_read_as_first_bubbles(week):
    graded = marked(week, "s1001,A,1,1,0,1,1,1,4", "s1002,A,0,1,1,0,,1,4")
    assert graded.results == ()
    assert [str(bad.reason) for bad in graded.bad] == [
        "holds 0 and 1 alone, which are marks (export the answers, as letters)"
    ]


def test_places_alone_are_answers(week):
    graded = marked(week, "s1001,A,2,AB,T,F,B,C,4", "s1002,A,1,AC,T,T,B,C,4")
    assert len(graded.results) == 2
    assert not graded.bad
