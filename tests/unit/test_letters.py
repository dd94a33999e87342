"""Letters beyond Z, everywhere a question goes: check, page, paper and tables."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docx import Document

from golden import THEME, context
from viva import lint
from viva.assignments import Assignment, gradebooks, grading, load_all, sheet
from viva.assignments.submissions import Given, Submission
from viva.base.letters import letter
from viva.paper import content, docx
from viva.site.render import Renderer

SIZES = [12, 30]


@pytest.mark.parametrize(
    ("number", "label"),
    [(0, "A"), (9, "J"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_letters_go_on_after_z(number, label):
    assert letter(number) == label


def test_no_two_things_have_the_same_letter():
    found = list(map(letter, range(2000)))
    assert len(set(found)) == len(found)
    assert found == sorted(found, key=lambda label: (len(label), label))


def long_bank(count: int) -> str:
    """Six questions of `count` options, the last one right, and one with as many to match."""
    rows = "".join(
        f"      - text: Option number {n:02}\n        why: Because of {n}.\n" for n in range(count)
    )
    single = (
        "  - id: q{}\n    type: single\n    stem: Which of them is the last?\n    options:\n"
        + rows + "        correct: true\n    explanation: The right answer is A, they say.\n"
    )  # fmt: skip
    last = f"Option number {count - 1:02}"
    matching = (
        "  - id: m\n    type: matching\n    stem: Which is it?\n    options:\n"
        + "".join(f"      - text: Option number {n:02}\n" for n in range(count))
        + f"    prompts:\n      - {{stem: The last?, answer: {last}, why: It is.}}\n"
    )
    return "title: Long\nquestions:\n" + "".join(map(single.format, range(6))) + matching


@pytest.fixture(params=SIZES)
def long(request, make_course):
    count = request.param
    names = "".join(f"  - {name}\n" for name in ("q0", "m"))
    course = make_course(
        {
            "quizzes/long.yml": long_bank(count),
            "quizzes/assignments/week.yml": f"title: Week\nquestions:\n{names}",
        }
    )
    assert not course.problems
    return count, course


def test_check_names_the_letter_of_a_late_key(long):
    count, course = long
    found = {problem.code: problem.message for problem in lint.check(course)}
    last = letter(count - 1)
    assert f"the key is {last}" in found["KY308"]
    assert f"have {last} right" in found["BK603"]


def test_page_paper_and_tables_use_the_same_letters(long, tmp_path):
    count, course = long
    last, right = letter(count - 1), count - 1
    (week,), problems = load_all(course)
    assert not problems
    _, matching = week.questions

    html = BeautifulSoup(Renderer(THEME).quiz([matching], context(), "self-check"), "html.parser")
    assert html.select("select option")[-1].text.startswith(f"{last}. Option")
    assert f"{last}. Option" in html.select_one("noscript").text

    paper = content.paper(week, 0, "7", context())
    assert [entry.answer for entry in paper.entries] == [last, f"a {last}"]
    made = docx.made(paper, "answer-sheet", course.layout.docs, False)
    rows = Document(io.BytesIO(made)).tables[-1].rows
    assert [row.cells[1].text.split()[-1].lstrip("○◯") for row in rows] == [last, last]

    graded = grading.grade(week, [submission(week, {"q0": right, "m": [right]})])
    _, row = gradebooks.responses(graded)
    assert list(row) == ["s1", last, last]
    table = list(gradebooks.key(graded))
    assert table[0][-1] == last
    assert table[1][:2] == ("q0", last)
    assert table[1][-1] == f"Option number {right:02}"


def submission(week: Assignment, answers: dict[str, Any]) -> Submission:
    given = {q.id: Given(hash=sheet.sheet_hash(q), answer=answers[q.id]) for q in week.questions}
    return Submission("a.json", "Ada", "s1", 1, None, None, given, ())
