"""A sitting from the command line: what is refused, decided, given back, and kept from others."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from unit.assignments.conftest import sent
from viva.assignments import load_all
from viva.cli import main
from viva.course import courses
from viva.course.layout import Layout
from viva.scaffold import questions as scaffold
from viva.sittings import decisions, reports

BANK = "title: T\nquestions:\n" + scaffold.example("single", "a-single") + scaffold.example("numeric", "a-numeric")
WEEK = "title: Week 1\nquestions: [a-single, a-numeric]\n"
CLASS = "name,identifier,lms id\nAda Example,s1001,11\nBo Sample,s1002,12\nCy Third,s1003,13\n"
GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,Old (7),Week 1 (55)
    Points Possible,,,,,10,20
"Example, Ada",11,s1001,ada,Spring,3,
"Sample, Bo",12,s1002,bo,Spring,,
"""
FOLDER = "quizzes/sittings/2026-week-1"


@pytest.fixture
def course(make_course, tmp_path, monkeypatch) -> Path:
    make_course({"quizzes/two.yml": BANK, "quizzes/assignments/week-1.yml": WEEK, "class.csv": CLASS})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def viva(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == code, done.output
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done.output


def start(course: Path, given: str = CLASS) -> None:
    (course / "class.csv").write_text(given)
    viva("sitting", "new", "week-1", "--class", "class.csv", "--name", "2026-week-1", "--by", "Dr A")


def send(course: Path, folder: str, number: int, name: str = "week-1.json", /, **fields) -> None:
    week = load_all(courses.load(Layout.of(course)))[0][0]
    times = {"started": f"2026-12-01T10:00:{number:02}Z", "finished": f"2026-12-01T11:00:{number:02}Z"}
    data = sent(week, fields.pop("answers", {"single": 1, "numeric": "15"}), **(times | fields))
    path = course / FOLDER / "received" / folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data), "utf-8")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def marks(course: Path) -> dict[str, str]:
    return {row["identifier"]: row["per cent"] for row in rows(course / FOLDER / "results/results.csv")}


ADA, BO = "Ada Example_11_assignsubmission_file", "Bo Sample_12_assignsubmission_file"


def test_a_new_sitting_says_that_it_is_private_and_git_sees_nothing(course):
    start(course)
    assert (course / "quizzes/sittings/.gitignore").read_text().split("\n")[1] == "*"
    assert (course / FOLDER / "class.csv").read_text() == CLASS
    assert "is there already" in viva("sitting", "new", "week-1", "--name", "2026-week-1", code=1)


def test_a_class_list_with_mistakes_begins_nothing(course):
    (course / "class.csv").write_text("name\nAda\n")
    said = viva("sitting", "new", "week-1", "--class", "class.csv", code=1)
    assert "class.csv:1:1: there is no column" in said
    assert not (course / "quizzes/sittings").exists()


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("sitting", "new", "week-9"), "there is no assignment week-9 (did you mean week-1?)", 1),
        (("sitting", "new", "week-1", "--name", "A b"), "cannot be a name", 1),
        (("grade", "quizzes"), "quizzes is no sitting: it has no sitting.yml", 1),
        (("grade", "quizzes/assignments/week-1.yml"), "no submissions are named", 2),
        (("grade", "quizzes/assignments/week-1.yml", "quizzes", "--diff"), "--diff and --by are for a sitting", 2),
        (("grade", FOLDER, "--out", "x"), "a sitting has its own files", 2),
        (("sitting", "decide", FOLDER, "--reason", "x"), "nothing is decided", 1),
        (("sitting", "decide", FOLDER, "--also", "a-single", "--reason", "x"), "write QUESTION=ALSO", 1),
        (("sitting", "decide", FOLDER, "--void", "b", "--reason", "x"), "week-1 has no question b", 1),
        (("sitting", "decide", FOLDER, "--also", "a-single=Z", "--reason", "x"), "cannot have that answer", 1),
        (("sitting", "decide", FOLDER, "--also", "a-single=B", "--reason", "x"), "cannot have that answer", 1),
        (("sitting", "decide", FOLDER, "--late", "s9", "--reason", "x"), "the class has no s9", 1),
        (("sitting", "decide", FOLDER, "--void", "", "--reason", "x"), "--void is not clear (write QUESTION)", 1),
        (("sitting", "decide", FOLDER, "--void", "a-single", "--reason", ""), "--reason is not clear (write REASON)", 1),
        (("sitting", "return", FOLDER), "nobody to mark", 1),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(course, arguments, said, code):
    start(course)
    before = {path: path.read_bytes() for path in course.rglob("*.yml")}
    assert said in viva(*arguments, code=code)
    assert {path: path.read_bytes() for path in course.rglob("*.yml")} == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("assignment: week-1\nclas: class.csv\n", "sitting.yml:2:1: unknown field clas"),
        ("class: class.csv\n", "sitting.yml:1:1: sitting has no assignment"),
        ("assignment: week-1\nclass: other.csv\n", "sitting.yml:2:8: there is no other.csv"),
        ("- a\n", "sitting.yml:1:1: a sitting is a mapping"),
        ("assignment: week-7\n", "there is no assignment week-7"),
    ],
)
def test_a_broken_file_of_a_sitting_is_one_message(course, text, said):
    start(course)
    (course / FOLDER / "sitting.yml").write_text(text)
    assert said in viva("grade", FOLDER, code=1)


def test_without_a_class_list_a_sitting_marks_too(course):
    viva("sitting", "new", "week-1", "--name", "2026-week-1")
    send(course, ADA, 1, identifier="anybody")
    viva("grade", FOLDER)
    assert marks(course) == {"anybody": "100.0"}


@pytest.mark.parametrize(
    ("decision", "wanted"),
    [
        ((), {"s1001": "100.0", "s1002": "0.0"}),
        (("--void", "a-single"), {"s1001": "100.0", "s1002": "0.0"}),
        (("--also", "a-single=C"), {"s1001": "100.0", "s1002": "50.0"}),
        (("--key", "a-single=C"), {"s1001": "50.0", "s1002": "50.0"}),
        (("--key", "a-single=C,B"), {"s1001": "100.0", "s1002": "50.0"}),
        (("--also", "a-numeric=3 cm"), {"s1001": "100.0", "s1002": "50.0"}),
        (("--also", "a-numeric=30,0"), {"s1001": "100.0", "s1002": "50.0"}),
        (("--key", "a-numeric=29,8; 15"), {"s1001": "100.0", "s1002": "50.0"}),
        (("--void", "a-single", "--void", "a-numeric"), {"s1001": "", "s1002": ""}),
    ],
)
def test_a_decision_about_a_question_marks_again(course, decision, wanted):
    start(course)
    send(course, ADA, 1, identifier="s1001")
    send(course, BO, 2, identifier="s1002", name="Bo Sample", answers={"single": 2, "numeric": "30"})
    if decision:
        viva("sitting", "decide", FOLDER, *decision, "--reason", "So.")
    viva("grade", FOLDER)
    assert marks(course) == wanted


@pytest.mark.parametrize(
    ("kind", "option", "said"),
    [
        ("multiple", "--also", "q-one cannot have a second key (name all that is right: --key q-one=A,C)"),
        ("ordering", "--also", "q-one cannot be given another key in a sitting (correct it in the bank, or void"),
        ("true-false", "--key", "q-one cannot be given another key in a sitting"),
    ],
)
def test_a_type_that_cannot_have_another_key_is_told(course, kind, option, said):
    bank = "title: T\nquestions:\n" + scaffold.example(kind, "q-one")
    (course / "quizzes/one.yml").write_text(bank)
    (course / "quizzes/assignments/week-1.yml").write_text("title: Week 1\nquestions: [q-one]\n")
    start(course)
    assert said in viva("sitting", "decide", FOLDER, option, "q-one=B", "--reason", "x", code=1)


def test_a_file_without_a_name_has_the_name_of_the_class_list(course):
    start(course, CLASS.replace("Bo Sample", ""))
    send(course, ADA, 1, identifier="s1001", name="")
    send(course, BO, 2, identifier="s1002", name="")
    viva("grade", FOLDER)
    names = {row["identifier"]: row["name"] for row in rows(course / FOLDER / "results/results.csv")}
    assert names == {"s1001": "Ada Example", "s1002": ""}
    pages = {path.stem: BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one("main p").text
             for path in (course / FOLDER / "results/feedback").glob("*.html")}  # fmt: skip
    assert pages == {"s1001": "Ada Example · s1001", "s1002": "s1002"}


def test_who_is_missing_without_a_name_is_named_by_the_identifier_alone(course):
    start(course, CLASS.replace("Cy Third", ""))
    send(course, ADA, 1, identifier="s1001")
    send(course, BO, 2, identifier="s1002", name="Bo Sample")
    assert "nothing came from 1 of 3: s1003\n" in viva("grade", FOLDER)


def test_of_whom_a_file_came_that_does_not_count_nobody_says_that_nothing_came(course):
    start(course)
    send(course, ADA, 1, identifier="s1001")
    send(course, BO, 1, identifier="s1002", name="Bo Sample")
    send(course, "Cy Third_13_assignsubmission_file", 3, identifier="", name="Cy Third")
    table = course / FOLDER / "results/to-decide.csv"
    viva("grade", FOLDER)
    states = {row["identifier"]: row["state"] for row in rows(table.with_name("class.csv"))}
    assert states == {"s1001": "in doubt", "s1002": "in doubt", "s1003": "cannot be read"}
    found = rows(table)
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, found[0].keys())
        writer.writeheader()
        writer.writerows(row | {"counts": "yes" if row["student"] == "s1001" else "no"} for row in found)
    assert "nothing came from" not in viva("grade", FOLDER)
    states = {row["identifier"]: row["state"] for row in rows(table.with_name("class.csv"))}
    assert states == {"s1001": "marked", "s1002": "does not count", "s1003": "cannot be read"}


def test_a_void_question_may_count_again(course):
    start(course)
    send(course, ADA, 1, identifier="s1001", answers={"single": 1, "numeric": "30"})
    for option, wanted in (("--void", "100.0"), ("--count", "50.0")):
        viva("sitting", "decide", FOLDER, option, "a-numeric", "--reason", "So.")
        viva("grade", FOLDER)
        assert marks(course) == {"s1001": wanted}
    page = (course / FOLDER / "results/feedback/s1001.html").read_text("utf-8")
    assert "counts for nobody" not in page


def test_a_run_that_was_broken_off_writes_no_decision_twice(course):
    start(course)
    send(course, ADA, 1, identifier="s1001", answers={"single": 1, "numeric": "15 cc"})
    viva("grade", FOLDER)
    path = course / FOLDER / "results/to-judge.csv"
    judged = path.read_text("utf-8-sig").replace(",15 cc,1,", ",15 cc,1,1")
    for _ in range(2):
        path.write_text(judged)
        viva("grade", FOLDER)
    assert (course / FOLDER / "decisions.yml").read_text().count("what: judged") == 1


def test_a_student_may_be_named_by_any_identifier_of_the_list(course):
    start(course, "name,identifier,email\nAda Example,s1001,ada@example.org\n")
    send(course, "x", 1, identifier="ADA@example.org")
    viva("grade", FOLDER)
    assert marks(course) == {"s1001": "100.0"}


def test_zeros_that_a_spreadsheet_dropped_are_no_other_student(course):
    start(course)
    listed = "name,identifier\nAda Example,0071\nBo Sample,0171\n"
    (course / FOLDER / "class.csv").write_text(listed)
    send(course, "x", 1, identifier="71", name="Somebody")
    assert "has the identifier 71 (probably 0071, Ada Example)" in viva("grade", FOLDER)
    assert marks(course) == {}


@pytest.mark.parametrize(
    ("identifier", "name", "folder", "near"),
    [
        ("s1020", "Somebody", "x", "s1002, Bo Sample"),
        ("s10O1", "Somebody", "x", "s1001, Ada Example"),
        ("sl00l", "Somebody", "x", "s1001, Ada Example"),
        ("none", "Sample, Bo", "x", "s1002, Bo Sample"),
        ("none", "Somebody", "Cy Third_13_assignsubmission_file", "s1003, Cy Third"),
        ("none", "Somebody", "x", ""),
        ("s100", "Somebody", "x", ""),  # as near to three
    ],
)
def test_whoever_is_unknown_waits_with_a_suggestion(course, identifier, name, folder, near):
    start(course)
    send(course, folder, 1, identifier=identifier, name=name)
    said = viva("grade", FOLDER)
    assert f"nobody in the class list has the identifier {identifier}" in said
    assert ("(probably " in said) is bool(near)
    assert near in said
    assert marks(course) == {}


def test_files_under_a_neighbours_identifier_wait_where_the_platform_knows_better(course):
    start(course)
    send(course, BO, 1, identifier="s1001")
    said = viva("grade", FOLDER)
    assert "was uploaded by Bo Sample, and holds the identifier of Ada Example (s1001)" in said
    assert marks(course) == {}


def test_whoever_is_no_sender_of_the_class_waits_where_the_list_has_numbers(course):
    start(course)
    send(course, ADA, 1, identifier="s1001")
    send(course, BO, 2, identifier="s1002", name="Bo Sample")
    send(course, "Mallory_99_assignsubmission_file", 3, identifier="s1003", name="Cy Third")
    assert "was uploaded by Mallory, who is not in the class list" in viva("grade", FOLDER)
    assert set(marks(course)) == {"s1001", "s1002"}


def test_numbers_of_another_kind_keep_nobody_waiting(course):
    start(course, CLASS.replace(",11", ",7011").replace(",12", ",7012").replace(",13", ",7013"))
    send(course, ADA, 1, identifier="s1001")
    send(course, BO, 2, identifier="s1002", name="Bo Sample")
    viva("grade", FOLDER)
    assert set(marks(course)) == {"s1001", "s1002"}


def test_no_page_of_feedback_names_another_student(course):
    start(course)
    send(course, ADA, 1, identifier="s1001")
    send(course, BO, 1, identifier="s1001")
    viva("grade", FOLDER)
    path = course / FOLDER / "results/to-decide.csv"
    found = rows(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(row | {"counts": "yes" if "Ada" in row["file"] else ""} for row in found)
    viva("grade", FOLDER)
    assert marks(course) == {"s1001": "100.0"}
    page = BeautifulSoup((course / FOLDER / "results/feedback/s1001.html").read_text("utf-8"), "html.parser")
    assert "Bo Sample" not in page.get_text()
    assert [one["counts"] for one in rows(path)] == []


def test_a_later_judgement_is_added_and_counts(course):
    start(course)
    send(course, ADA, 1, identifier="s1001", answers={"single": 1, "numeric": "15 cc"})
    viva("grade", FOLDER)
    path = course / FOLDER / "results/to-judge.csv"
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace(",15 cc,1,", ",15 cc,1,1"))
    viva("grade", FOLDER, "--by", "Dr B")
    assert marks(course) == {"s1001": "100.0"}
    assert [row["answer"] for row in rows(path)] == []
    file = course / FOLDER / "decisions.yml"
    file.write_text(file.read_text() + file.read_text().partition("decisions:\n")[2].replace("mark: 1.0", "mark: 0"))
    viva("grade", FOLDER)
    assert marks(course) == {"s1001": "50.0"}
    stands = [row["stands"] for row in rows(course / FOLDER / "results/decisions.csv")]
    assert stands == ["no", "yes"]


def test_a_judged_row_that_fits_nothing_stays_in_the_table(course):
    start(course)
    send(course, ADA, 1, identifier="s1001", answers={"single": 1, "numeric": "15 cc"})
    viva("grade", FOLDER)
    path = course / FOLDER / "results/to-judge.csv"
    path.write_text(path.read_text("utf-8-sig") + "BBBBBBBBB,a-numeric,,,never given,1,0.5\n")
    assert "“never given” has a mark, but no answer waits for it" in viva("grade", FOLDER)
    assert [row["answer"] for row in rows(path)] == ["15 cc", "never given"]


def test_canvas_takes_back_marks_and_comments(course):
    start(course, GRADEBOOK)
    send(course, "", 1, "exampleada_11_9001_week-1-s1001.json", identifier="ada")
    send(course, "", 2, "samplebo_LATE_12_9002_week-1-s1002.json", identifier="s1002", name="Bo Sample",
         answers={"single": 1, "numeric": "30"})  # fmt: skip
    viva("sitting", "return", FOLDER)
    text = (course / FOLDER / "return/canvas-gradebook.csv").read_text("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Week 1 (55)"],
        ["    Points Possible", "", "", "", "", "20.0"],
        ["Example, Ada", "11", "s1001", "ada", "Spring", "20.0"],
        ["Sample, Bo", "12", "s1002", "bo", "Spring", "10.0"],
    ]
    with zipfile.ZipFile(course / FOLDER / "return/canvas-comments.zip") as archive:
        names = archive.namelist()
    # Canvas takes the first two parts that are numbers for the user and the file.
    assert [[part for part in name.split("_") if part.isdigit()][:2] for name in names] == [
        ["11", "9001"], ["12", "9002"],
    ]  # fmt: skip
    assert all(name.endswith("_feedback.html") for name in names)


def test_who_has_no_mark_yet_is_left_out_and_named(course):
    start(course)
    send(course, ADA, 1, identifier="s1001")
    send(course, BO, 2, identifier="s1002", name="Bo Sample", answers={"numeric": "1,000"})
    said = viva("sitting", "return", FOLDER)
    assert "s1002 has answers that wait for a mark" in said
    with zipfile.ZipFile(course / FOLDER / "return/moodle-feedback.zip") as archive:
        assert archive.namelist() == [f"{ADA}_/feedback.html"]


def test_nothing_in_a_sitting_is_part_of_the_course(course):
    """Neither its YAML nor what students send is read as a bank, or named as one that is not."""
    start(course)
    send(course, ADA, 1, identifier="s1001")
    for name in ("notes.docx", "bank.yml", "x.txt", "._a.yml"):
        (course / FOLDER / "received" / name).write_bytes(b"title: [")
    assert "sittings" not in CliRunner().invoke(main, ["check", "--info"]).output


def test_a_page_that_fails_leaves_the_others(course, monkeypatch):
    from viva.assignments import feedback

    start(course)
    send(course, ADA, 1, identifier="s1001")
    send(course, BO, 2, identifier="s1002", name="Bo Sample")
    rows_of = feedback._rows

    def fails(parts, result, words):
        if result.submission.identifier == "s1001":
            raise ZeroDivisionError("a mistake of ours")
        return rows_of(parts, result, words)

    monkeypatch.setattr(feedback, "_rows", fails)
    said = viva("grade", FOLDER, code=1)
    assert f"{ADA}/week-1.json: could not be marked, which is a mistake of viva" in said
    assert [path.name for path in (course / FOLDER / "results/feedback").iterdir()] == ["s1002.html"]
    assert "a mistake of viva" in viva("sitting", "return", FOLDER, code=1)
    with zipfile.ZipFile(course / FOLDER / "return/moodle-feedback.zip") as archive:
        assert archive.namelist() == [f"{BO}_/feedback.html"]


def test_what_is_given_back_is_the_same_in_every_run(course):
    start(course)
    send(course, ADA, 1, identifier="s1001")
    path = course / FOLDER / "return/moodle-feedback.zip"
    viva("sitting", "return", FOLDER)
    before = path.read_bytes()
    viva("sitting", "return", FOLDER)
    assert path.read_bytes() == before


CASE = """\
title: Week 1
questions: [a-single]
private:
  - id: a-case
    type: case
    vignette: A man falls.
    steps:
      - {id: s-one, type: numeric, stem: How many?, answer: 1}
      - {id: s-two, type: short-answer, stem: What is it called?, accept: [right], reject: [wrong]}
      - {id: s-three, type: numeric, stem: How many?, answer: 3}
"""


def percents(course: Path) -> dict[str, float]:
    return {name: float(value) for name, value in marks(course).items()}


def test_a_step_of_a_case_is_voided_alone(course):
    (course / "quizzes/assignments/week-1.yml").write_text(CASE)
    start(course)
    ada = {"identifier": "s1001", "name": "Ada Example"}
    send(course, ADA, 0, answers={"single": 1, "case": ["1", "maybe", "0"]}, **ada)
    send(course, BO, 1, answers={"single": 1, "case": ["0", "right", "3"]}, identifier="s1002", name="Bo Sample")
    assert "answers that wait for you: 1" in viva("grade", FOLDER)
    reason = ("--reason", "Two names are in use.")
    assert "has no question a-case/s-tow (did you mean a-case/s-two?)" in viva(
        "sitting", "decide", FOLDER, "--void", "a-case/s-tow", *reason, code=1
    )
    viva("sitting", "decide", FOLDER, "--void", "a-case/s-two", *reason)
    said = viva("grade", FOLDER)
    assert "wait for you" not in said
    single = {"s1001": 0, "s1002": 0} if percents(course)["s1001"] < 50 else {"s1001": 1, "s1002": 1}
    # Ada has one of the two steps that are left, Bo the other.
    assert percents(course) == {name: 100 * (one + 0.5) / 2 for name, one in single.items()}
    pages = " ".join(path.read_text("utf-8") for path in (course / FOLDER / "results/feedback").glob("*.html"))
    assert "The step s-two counts for nobody: Two names are in use." in pages
    for step in ("s-one", "s-three"):
        viva("sitting", "decide", FOLDER, "--void", f"a-case/{step}", *reason)
    viva("grade", FOLDER)
    assert percents(course) == {name: 100.0 * one for name, one in single.items()}
    assert "a-case" not in (course / FOLDER / "results/marks.csv").read_text("utf-8-sig").split("\n")[0]
    viva("sitting", "decide", FOLDER, "--count", "a-case/s-one", *reason)
    viva("grade", FOLDER)
    assert percents(course) == {"s1001": 100 * (single["s1001"] + 1) / 2, "s1002": 50.0 * single["s1002"]}


def test_the_key_of_a_step_of_a_case_is_decided_alone(course):
    (course / "quizzes/assignments/week-1.yml").write_text(CASE)
    start(course)
    ada = {"identifier": "s1001", "name": "Ada Example"}
    send(course, ADA, 0, answers={"single": 1, "case": ["2", "right", "0"]}, **ada)
    reason = ("--reason", "Two counts are in use.")
    said = viva("sitting", "decide", FOLDER, "--also", "a-case=2", *reason, code=1)
    assert "a-case has steps (write which of them: a-case/s-one, a-case/s-two or a-case/s-three)" in said
    said = viva("sitting", "decide", FOLDER, "--also", "a-case/s-tow=2", *reason, code=1)
    assert "has no question a-case/s-tow (did you mean a-case/s-two?)" in said
    said = viva("sitting", "decide", FOLDER, "--also", "a-case/s-one=abc", *reason, code=1)
    assert "a-case/s-one cannot have that answer as right" in said
    viva("grade", FOLDER)
    before = percents(course)["s1001"]
    viva("sitting", "decide", FOLDER, "--also", "a-case/s-one=2", *reason)
    viva("grade", FOLDER)
    assert percents(course)["s1001"] == pytest.approx(before + 100 / 6)
    viva("sitting", "decide", FOLDER, "--key", "a-case/s-three=0", *reason)
    viva("grade", FOLDER)
    assert percents(course)["s1001"] == pytest.approx(before + 100 / 3)
    (page,) = (course / FOLDER / "results/feedback").glob("*.html")
    assert "s-one: Also counts as right: 2. Two counts are in use." in page.read_text("utf-8")


def test_the_history_of_a_case_names_the_step_that_was_voided():
    void = {"what": "void", "question": "a-case/s-two", "reason": "Two names.", "by": "x", "date": "2026-12-08"}
    (one,) = decisions.read(json.dumps({"decisions": [void]}), "d")[0]
    assert reports.by_question([one]) == {"s-two": "is void: Two names.", "a-case": "s-two is void: Two names."}


def test_decisions_about_nothing_that_came_in_are_named(course):
    """A mistyped name of a file or an answer does nothing: that is said, and no row is to be deleted."""
    start(course)
    send(course, ADA, 1, identifier="s1001", answers={"single": 1, "numeric": "15 cc"})
    viva("grade", FOLDER)
    by = "reason: r, by: x, date: 2026-12-08"
    file = course / FOLDER / "decisions.yml"
    file.write_text(
        file.read_text()
        + f"  - {{what: belongs, file: nowhere.json, student: s1002, {by}}}\n"
        + f"  - {{what: file, file: nowhere.json, row: XYZ, student: s1001, counts: true, {by}}}\n"
        + f"  - {{what: judged, question: a-numeric, answer: 16 cc, mark: 1, {by}}}\n"
        + f"  - {{what: judged, question: a-numeric, answer: 15 cc, mark: 1, {by}}}\n"
    )
    said = viva("grade", FOLDER)
    assert re.findall(r"decision (\d) concerns nothing that came in", said) == ["1", "2", "3"]
    assert "delete the row" not in said
    assert marks(course) == {"s1001": "100.0"}
    viva("sitting", "decide", FOLDER, "--void", "a-numeric", "--reason", "So.")
    assert len(re.findall("concerns nothing", viva("grade", FOLDER))) == 3


def test_a_mark_that_a_comma_cut_in_two_is_no_mark(course):
    start(course)
    send(course, ADA, 1, identifier="s1001", answers={"single": 1, "numeric": "15 cc"})
    viva("grade", FOLDER)
    path = course / FOLDER / "results/to-judge.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",15 cc,1,", ",15 cc,1,0,5"))
    assert "to-judge.csv:2:8: there are more cells than columns" in viva("grade", FOLDER, code=1)
    assert "judged" not in (course / FOLDER / "decisions.yml").read_text()


def test_an_answer_to_a_step_that_was_judged_stays_judged(course):
    (course / "quizzes/assignments/week-1.yml").write_text(CASE)
    start(course)
    ada = {"identifier": "s1001", "name": "Ada Example"}
    send(course, ADA, 0, answers={"single": 1, "case": ["1", "maybe", "3"]}, **ada)
    viva("grade", FOLDER)
    table = course / FOLDER / "results/to-judge.csv"
    judged = rows(table)
    assert [row["question"] for row in judged] == ["s-two"]
    for row in judged:
        row["mark"] = "1"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, judged[0].keys())
        writer.writeheader()
        writer.writerows(judged)
    viva("grade", FOLDER)
    assert percents(course)["s1001"] >= 50
    viva("grade", FOLDER)  # the decision that was written down is understood


def test_answers_on_paper_belong_to_a_sitting_too(course):
    start(course)
    viva("print", "quizzes/assignments/week-1.yml", "--versions", "2", "--format", "docx", "--out", "paper")
    kept = json.loads((course / "paper/week-1-papers.json").read_text("utf-8"))
    received = course / FOLDER / "received"
    (received / "week-1-papers.json").write_text(json.dumps(kept), "utf-8")
    right = load_all(courses.load(Layout.of(course)))[0][0].questions[0].options
    number = next(n for n, option in enumerate(right) if option.correct)
    letters = {v: "ABCDE"[places[0]["order"].index(number)] for v, places in kept["versions"].items()}
    table = f"Student ID;Version;1;2\ns1001;A;{letters['A']};\ns1O02;B;{letters['B']};15\n"
    (received / "scan.csv").write_text(table, "utf-8")
    said = viva("grade", FOLDER)
    assert "scan.csv row 3: nobody in the class list has the identifier s1O02 (probably s1002, Bo Sample)" in said
    viva("sitting", "decide", FOLDER, "--belongs", "scan.csv row 3=s1002", "--reason", "His sheet.")
    viva("grade", FOLDER)
    assert percents(course)["s1001"] == 50
    assert percents(course)["s1002"] >= 50


def test_what_was_drawn_stays_though_a_question_is_retired(course):
    draws = "title: Week 1\nquestions: [{draw: 1, bank: two}]\n"
    (course / "quizzes/assignments/week-1.yml").write_text(draws)
    start(course)
    week = load_all(courses.load(Layout.of(course)))[0][0]
    (asked,) = (one.id for one in week.questions)
    assert f"questions: [{asked}]" in (course / FOLDER / "sitting.yml").read_text("utf-8")
    answers = {"single": 1} if asked == "a-single" else {"numeric": "15"}
    send(course, ADA, 0, identifier="s1001", name="Ada Example", answers=answers)
    viva("grade", FOLDER)
    before = marks(course)
    bank = course / "quizzes/two.yml"
    bank.write_text(re.sub(rf"(- id: {asked}\b.*\n)", r"\1    status: retired\n", bank.read_text()))
    now = load_all(courses.load(Layout.of(course)))[0][0]
    assert [one.id for one in now.questions] != [asked]  # the next class is asked another
    viva("grade", FOLDER)
    assert marks(course) == before
    bank.write_text(bank.read_text().replace(f"- id: {asked}", "- id: another"))
    assert f"this sitting asked {asked}, which no bank has any more" in viva("grade", FOLDER, code=1)
