"""The files that marking leaves, from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from openpyxl import load_workbook

from viva.assignments.feedback import file_name
from viva.cli import main

from .conftest import ANSWERS, EVERY, PERCENT, TOTAL, WEEK, as_file, sent

EVIL = '=HYPERLINK("http://evil.example","<b>click</b>")'


@pytest.fixture
def folder(make_week, tmp_path) -> Path:
    """A course with the site's own templates, ready for submissions."""
    make_week(WEEK + "pass_mark: 50\n")
    (tmp_path / "in").mkdir()
    return tmp_path


@pytest.fixture
def hand_in(folder, make_week):
    """Put a submission into the folder."""
    _, week = make_week(WEEK + "pass_mark: 50\n")

    def put(name: str, /, **fields) -> None:
        (folder / "in" / name).write_bytes(as_file(sent(week, **fields)))

    return put


def grade(folder: Path, *options: str):
    assignment = folder / "quizzes/assignments/week-1.yml"
    out = ("--out", str(folder / "out"))
    return CliRunner().invoke(main, ["grade", str(assignment), str(folder / "in"), *out, *options])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_results_gradebooks_and_analysis_agree(folder, hand_in):
    hand_in("a.json")
    hand_in("b.json", identifier="s2", name="Bo", answers={"single": 1, "numeric": "2"})
    (folder / "in" / "notes.docx").write_bytes(b"PK\x03\x04 no zip")
    done = grade(folder)
    assert done.exit_code == 0, done.output
    assert "notes.docx: is not a file that the assignment page wrote" in done.stdout
    assert "2 students marked, 1 file not counted" in done.stderr
    found = rows(folder / "out/results.csv")
    assert [(row["identifier"], row["total"], row["passed"]) for row in found] == [
        ("s1", str(TOTAL), "yes"),
        ("s2", "1.0", "no"),
    ]
    per_cent = [f"{PERCENT:.4f}".rstrip("0"), f"{100 / len(ANSWERS):.4f}".rstrip("0")]
    assert [row["Week 1 (per cent)"] for row in rows(folder / "out/moodle.csv")] == [
        *per_cent,
    ]
    assert [row["Week 1"] for row in rows(folder / "out/canvas.csv")] == [
        "100",
        *per_cent,
    ]
    answers = rows(folder / "out/responses.csv")[0]
    assert {name: answers[f"a-{name}"] for name in ("single", "multiple", "matching", "case")} == {
        "single": "B", "multiple": "A", "matching": "A;-", "case": "A | A",
    }  # fmt: skip
    assert answers["a-ordering"] == "1;2;3"
    assert answers["a-true-false"] == "T;T"
    keys = {row["question"]: row["key"] for row in rows(folder / "out/key.csv")}
    assert (keys["a-single"], keys["a-multiple"], keys["a-hotspot"]) == ("B", "A;C", "A")
    assert (keys["a-script-concordance"], keys["a-numeric"]) == ("+1", "")
    analysed = CliRunner().invoke(main, ["analyse", str(folder / "out")])
    assert analysed.exit_code == 0, analysed.output
    data = json.loads((folder / "out/analysis.json").read_text())
    assert data["mean"] == pytest.approx((TOTAL + 1) / 2)
    single = next(item for item in data["items"] if item["id"] == "a-single")
    assert [o["count"] for o in single["options"]] == [0, 2, 0]


def test_tables_say_what_was_asked_as_students_read_it(folder, make_week):
    marked = EVERY.replace("A question that", "A **question** that").replace("First option", "First *option*")
    _, week = make_week(WEEK, marked)
    (folder / "in/a.json").write_bytes(as_file(sent(week, {"short-answer": "who knows"})))
    assert grade(folder).exit_code == 0
    single = next(row for row in rows(folder / "out/key.csv") if row["question"] == "a-single")
    assert single["text"].startswith("A question that")
    assert single["A"] == "First option"
    assert not any("*" in row["asked"] for row in rows(folder / "out/to-judge.csv"))


def test_the_workbook_says_the_same_and_holds_no_formula(folder, hand_in):
    hand_in("a.json", name=EVIL, identifier="@SUM(1)")
    assert grade(folder).exit_code == 0
    book = load_workbook(folder / "out/results.xlsx")
    assert book.sheetnames == ["Results", "Answers", "To judge", "Problems"]
    sheet = book["Results"]
    assert [cell.value for cell in sheet[1]][:3] == ["identifier", "name", "total"]
    assert sheet["B2"].value == EVIL
    assert sheet["C2"].value == TOTAL
    assert not [c for s in book for row in s for c in row if c.data_type == "f"]


def test_no_csv_cell_is_a_formula(folder, hand_in):
    hand_in("a.json", name=EVIL, identifier="-2+3", answers={"short-answer": "=1+1"})
    assert grade(folder).exit_code == 0
    for path in (folder / "out").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [
            c for c in cells if c.startswith(("=", "@", "+", "\t", "\r")) and c not in ("+1", "+2")
        ]
        assert "-2+3" not in cells


def test_names_are_text_on_the_feedback_page(folder, hand_in):
    hand_in("a.json", name="<script>alert(1)</script>", answers={"short-answer": "<img src=x>"})
    assert grade(folder, "--release").exit_code == 0
    page = BeautifulSoup((folder / "out/feedback/s1.html").read_text(), "html.parser")
    assert page.find(["script", "img"]) is None
    assert "<script>alert(1)</script>" in page.get_text()


def test_feedback_gives_the_answers_only_with_release(folder, hand_in):
    hand_in("a.json")
    grade(folder)
    page = (folder / "out/feedback/s1.html").read_text()
    assert f"{TOTAL:g} of {len(ANSWERS)} ({PERCENT:.1f}\u00a0%) · passed" in page
    assert "Your answer: <bdi>Second option<" in page
    assert "Your answer: <bdi>A, First place<" in page
    assert "Your answer: <bdi>42.7\u00a0mm<" in page
    for secret in ("Why it is right", "Why it tempts", "What to remember", "the right term"):
        assert secret not in page.replace("the rihgt term", "")
    grade(folder, "--release")
    page = (folder / "out/feedback/s1.html").read_text()
    for told in ("Why it is right", "Why it tempts", "What to remember", "The model answer"):
        assert told in page
    assert "<a " not in page


def test_an_answer_is_told_without_the_looks_of_the_author_and_as_the_student_typed_it(make_week, tmp_path):
    _, week = make_week(bank=EVERY.replace("Second option", "the *BRCA1* and 10^6^"))
    (tmp_path / "in").mkdir()
    given = sent(week, answers={"single": 1, "short-answer": "*mine*"})
    (tmp_path / "in/a.json").write_bytes(as_file(given))
    assert grade(tmp_path).exit_code == 0
    text = BeautifulSoup((tmp_path / "out/feedback/s1.html").read_text(), "html.parser").get_text()
    assert "Your answer: the BRCA1 and 10⁶\n" in text
    assert "Your answer: *mine*\n" in text


def test_identifiers_become_names_of_their_own():
    assert file_name("s1") == "s1"
    assert file_name("../../etc/passwd").startswith("etc-passwd-")
    assert file_name("a b") != file_name("a-b") != file_name("a_b")
    assert (
        len({file_name(name) for name in ("con", "名前", "姓名", "a/b", "a\\b", "A.B", "x" * 200)})
        == 7
    )
    assert all(len(file_name("x" * n)) < 80 for n in (1, 60, 200))


def test_judging_once_marks_everybody_and_nothing_is_lost(folder, hand_in):
    for n, text in enumerate(["unforeseen", "Unforeseen", "odd"]):
        hand_in(f"{n}.json", identifier=f"s{n}", answers={"short-answer": text})
    done = grade(folder)
    assert "answers that wait for you: 2" in done.stdout
    assert [row["total"] for row in rows(folder / "out/results.csv")] == ["", "", ""]
    table = folder / "out/to-judge.csv"
    assert [(row["answer"], row["students"]) for row in rows(table)] == [
        ("odd", "1"),
        ("unforeseen", "2"),
    ]
    table.write_text(table.read_text("utf-8-sig").replace(",unforeseen,2,", ",unforeseen,2,1"))
    done = grade(folder)
    assert "answers that wait for you: 1" in done.stdout
    assert [row["total"] for row in rows(folder / "out/results.csv")] == ["1.0", "1.0", ""]
    for n in (0, 1):
        (folder / "in" / f"{n}.json").unlink()
    grade(folder)
    kept = {row["answer"]: row["mark"] for row in rows(table)}
    assert kept == {"odd": "", "unforeseen": "1.0"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("question,answer,mark\na,b,2\n", "judged.csv:2:3: '2' is not a mark"),
        ("question,answer,mark\na,b,0_1\n", "judged.csv:2:3: '0_1' is not a mark"),
        ("question,answer\na,b\n", "there is no column mark"),
        ("question,answer,mark\na,B,1\na,b,0\n", "'b' has two different marks"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(folder, hand_in, table, said):
    hand_in("a.json")
    (folder / "judged.csv").write_text(table)
    done = grade(folder, "--judgements", str(folder / "judged.csv"))
    assert done.exit_code == 1
    assert said in done.output
    assert not (folder / "out").exists()


def test_a_broken_assignment_is_not_marked(folder):
    path = folder / "quizzes/assignments/week-1.yml"
    path.write_text("title: T\nquestions: [nothing]\n")
    done = grade(folder)
    assert done.exit_code == 1
    assert "quizzes/assignments/week-1.yml:2:13: there is no question nothing" in done.stdout


def test_a_folder_without_answers_leaves_earlier_results_as_they_are(folder, hand_in):
    hand_in("a.json")
    assert grade(folder).exit_code == 0
    before = (folder / "out/results.csv").read_bytes()
    (folder / "in/a.json").rename(folder / "a.json")
    done = grade(folder)
    assert done.exit_code == 1
    assert "nobody to mark: no answer file for week-1 is in" in done.stderr
    assert (folder / "out/results.csv").read_bytes() == before


def test_a_table_that_is_open_in_a_spreadsheet_is_named(folder, hand_in, monkeypatch):
    hand_in("a.json")

    assert grade(folder).exit_code == 0
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    renamed = Path.replace

    def locked(self, target):
        if Path(target).name == "results.xlsx":
            raise PermissionError(13, "in use", str(target))
        return renamed(self, target)

    hand_in("b.json", identifier="s2")  # the workbook is another, and so is written
    monkeypatch.setattr(Path, "replace", locked)
    done = grade(folder, "--release")
    assert before == {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    assert done.exit_code == 1
    assert "results.xlsx cannot be written (close it in your other programs" in done.stderr
