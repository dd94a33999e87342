"""The blueprint counts steps and not cases, knows its gaps, and its page is a table."""

from __future__ import annotations

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from markdown import markdown

from unit.lint.examples import clean, course_with, write
from viva.base.problems import Problem
from viva.site import blueprint

OBJECTIVES = [
    {"id": "anatomy-1", "text": "name the bones <of> the hip", "level": "remember"},
    {"id": "anatomy-2", "text": "predict the space", "level": "apply"},
    {"id": "anatomy-3", "text": "=1+1 is no formula", "level": "create"},
]
STEP = {"type": "short-answer", "stem": "Which one is it?", "accept": ["x"], "explanation": "So."}


def questions() -> list[dict]:
    case = {
        "id": "case-one",
        "type": "case",
        "objective": "anatomy-2",
        "vignette": "A woman of 47 has pain.",
        "steps": [
            STEP | {"id": "step-one", "objective": "anatomy-2", "level": "understand"},
            STEP | {"id": "step-two", "objective": "anatomy-1", "level": "remember"},
        ],
    }
    return [case, clean(1, 0), clean(2, 1) | {"level": "remember"}]


@pytest.fixture
def load(tmp_path):
    """Load the blueprint of a course with these targets."""

    def run(targets: str = "") -> blueprint.Blueprint:
        if targets:
            write(tmp_path / "quizzes/blueprint.yml", targets)
        read = course_with(questions(), tmp_path, OBJECTIVES)
        assert read.problems == ()
        return blueprint.load(read)

    return run


def test_counts_by_objective_level_and_type(load):
    found = load()
    first = found.rows[0]
    assert (len(first.questions), dict(first.levels)) == (3, {"remember": 2, "understand": 1})
    assert found.total == 4
    assert dict(found.types) == {"short-answer": 2, "single": 2}
    assert [row.count for row in found.levels] == [2, 2, 0, 0, 0, 0]


def test_gaps_without_targets(load):
    gaps = {row.objective.id: row.gaps for row in load().rows}
    assert gaps == {
        "anatomy-1": [],
        "anatomy-2": ["1 more wanted", "none at apply or above"],
        "anatomy-3": ["2 more wanted"],
    }


def test_targets(load):
    found = load("each: 1\nobjectives: {anatomy-1: 5, anatomy-3: 0}\nlevels: {apply: 60}\n")
    assert found.problems == ()
    assert [row.wanted for row in found.rows] == [5, 1, 0]
    assert found.rows[0].gaps == ["2 more wanted"]
    assert found.rows[2].gaps == []
    assert found.levels[2].gap == "2 fewer than wanted"
    assert found.gaps == 3


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ("objectives: {anatomy-9: 2}", "1:14: no module declares the objective anatomy-9 (did"),
        ("eech: 2", "1:1: unknown field eech (did you mean each?)"),
        ("each: many", "1:7: each is 'many' (write a number)"),
        ("levels: {apply: 120}", "1:17: apply is '120' (write a number of at most 100)"),
    ],
)
def test_mistakes_are_told_with_their_place(load, targets, message):
    problems = load(targets).problems
    assert [isinstance(problem, Problem) for problem in problems] == [True]
    assert f"quizzes/blueprint.yml:{message}" in str(problems[0])


def test_text_marks_gaps(load):
    text = blueprint.as_text(load())
    assert "! 1 more wanted, none at apply or above" in text
    assert text.endswith("gaps in the plan: 2")


def test_csv_is_inert_and_complete(load):
    rows = list(csv.DictReader(io.StringIO(blueprint.as_csv(load()))))
    assert [row["objective"] for row in rows] == ["anatomy-1", "anatomy-2", "anatomy-3"]
    assert rows[0]["all"] == "3"
    assert rows[2]["text"].startswith("'=")


def test_json_holds_the_same(load):
    report = json.loads(blueprint.as_json(load()))
    assert report["questions"] == 4
    assert report["objectives"][1]["gaps"] == ["1 more wanted", "none at apply or above"]


def test_the_page_is_accessible_html(tmp_path):
    course = course_with(questions(), tmp_path, OBJECTIVES)
    page = blueprint.page(course)
    body = page.split("---\n", 2)[2]
    soup = BeautifulSoup(markdown(body, extensions=["md_in_html", "tables"]), "html.parser")
    tables = soup.find_all("table")
    assert [table.caption.text for table in tables] == [
        "Questions by level",
        "Anatomy",
        "Questions by type",
    ]
    for table in tables:
        width = len(table.thead.tr.find_all(["th", "td"]))
        assert {len(row.find_all(["th", "td"])) for row in table.tbody.find_all("tr")} == {width}
        assert all(row.th["scope"] == "row" for row in table.tbody.find_all("tr"))
    assert all(svg["aria-hidden"] == "true" for svg in soup.find_all("svg"))
    assert "name the bones <of> the hip" in tables[1].text
    assert "none at apply or above" in tables[1].text
    assert page == blueprint.page(course)
