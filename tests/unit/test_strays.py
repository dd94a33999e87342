"""A file of one kind in the place of another gets one sentence: what it is, and where it belongs."""

from __future__ import annotations

import pytest

from viva.assignments import load_all, model
from viva.course import strays, targets

ASKED = "title: Week\nquestions: [knee-bones]\n"
STRAYS = [
    ("an assignment", ASKED, "quizzes/assignments/"),
    ("an assignment", "title: W\nquestions: [knee-bonse]\ndue: 2026-12-07\nattempts: 2\n", "quizzes/assignments/"),
    ("an assignment", "title: W\nquestions:\n  - draw: 3\n    bank: knee\n", "quizzes/assignments/"),
    (
        "an assignment",
        "title: W\nprivate:\n  - id: a\n    type: single\n    stem: What?\n", "quizzes/assignments/",
    ),
    ("a blueprint", "each: 3\n", "quizzes/blueprint.yml"),
    ("a blueprint", "objectives: {knee-1: 3}\n", "quizzes/blueprint.yml"),
    ("the settings", "site_name: X\nnav: [a.md]\n", "mkdocs.yml"),
    ("the settings", "theme: {name: material}\nplugins: [viva]\n", "mkdocs.yml"),
    ("the file of a sitting", "assignment: week-1\nclass: class.csv\n", "quizzes/sittings/"),
    ("decisions", "decisions:\n  - what: void\n", "quizzes/sittings/"),
    ("facts", "- id: F-1\n  module: m\n  says: x\n  status: verified\n", "docs/evidence/facts.yml"),
    ("claims", "- id: C-1\n  says: x\n  verdict: supported\n", "docs/evidence/claims.yml"),
    ("the head of a page", "title: A\nobjectives:\n  - id: a-1\n    text: do\n", "docs/"),
    ("a question without", "id: a\ntype: single\nstem: What?\n", "title: and questions:"),
    ("questions without", "- id: a\n  type: single\n  stem: What?\n", "title: and questions:"),
    ("nothing", "version: 3\nservices: {web: {image: x}}\n", "move it out of quizzes/"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "place"), STRAYS)
def test_among_banks_one_sentence_says_what_it_is_and_where_it_belongs(make_course, what, text, place):
    course = make_course({"quizzes/stray.yml": text})
    found = [problem for problem in course.problems if problem.path == "quizzes/stray.yml"]
    assert [(one.code, one.severity) for one in found] == [("RD008", "error")], course.problems
    assert what in found[0].message and place in found[0].message


MISTAKEN = ("titel: X\nquestion:\n  - id: a\n", "title: X\nquestions: a\n", "title: X\n", "module: modules/knee.md\n")


@pytest.mark.parametrize("text", MISTAKEN)
def test_a_bank_with_mistakes_stays_a_bank(make_course, text):
    course = make_course({"quizzes/stray.yml": text})
    assert {one.code for one in course.problems} & {"SC001", "SC002", "SC003"}
    assert "RD008" not in {one.code for one in course.problems}


def test_a_bank_among_assignments_is_told_to_move(make_course, sound_bank):
    _, problems = load_all(make_course({"quizzes/assignments/more.yml": sound_bank}))
    assert list(map(str, problems)) == [
        "quizzes/assignments/more.yml:1:1: this is a bank of questions (move it to quizzes/)"
    ]


def test_a_bank_given_as_an_assignment_is_told(make_course):
    course = make_course()
    _, problems = model.load(course.layout.quizzes / "knee.yml", course)
    assert [one.message for one in problems] == [
        "this is a bank of questions (give a file of quizzes/assignments/)"
    ]


def test_a_bank_in_the_place_of_the_blueprint_needs_another_name(make_course, sound_bank):
    course = targets.checked(make_course({"quizzes/blueprint.yml": sound_bank.replace("knee-bones", "b")}))
    assert [one.message for one in course.problems] == [
        "this is a bank of questions (give it another name)"
    ]


@pytest.mark.parametrize("name", ["bank.yml", "modules/Bank.YML"])
def test_questions_among_the_pages_would_go_out_with_their_key(make_course, sound_bank, name):
    course = make_course({f"docs/{name}": sound_bank, "docs/data.yml": "a: 1\n"})
    assert list(map(str, course.problems)) == [
        f"docs/{name}:1:1: this is a bank of questions (move it to quizzes/)"
    ]


def test_what_a_file_is_does_not_raise():
    for data in (None, 3, "x", [], {}, [None], {1: 2}, {"questions": [3]}, [[{}]], {None: []}):
        assert strays.kind(data) in (None, strays.NONE)
