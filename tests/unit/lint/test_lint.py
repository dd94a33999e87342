"""The linter as a whole: ignoring for a reason, one message for one mistake, a bank of flaws."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from unit.lint.examples import course_of, dump
from viva import lint
from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.course.courses import load
from viva.course.layout import Layout
from viva.lint import baseline, manual, report

ROOT = Path(__file__).resolve().parents[3]


def codes(question: dict, folder: Path) -> list[str]:
    return [problem.code for problem in lint.check(course_of(dump(question), folder))]


NEGATIVE = {"stem": "Which muscle is NOT affected?"}


def test_ignoring_for_a_reason(tmp_path):
    why = {"lint": {"ignore": ["ST101"], "why": "The exception is the point."}}
    assert codes(NEGATIVE, tmp_path / "a") == ["ST101"]
    assert codes(NEGATIVE | why, tmp_path / "b") == []


@pytest.mark.parametrize(
    ("code", "found", "said"),
    [
        ("KY302", "LT901", "nothing here breaks KY302"),
        ("KY303", "LT901", "nothing here breaks KY303"),
        ("ST999", "LT902", "there is no rule ST999"),
        ("KY301", "LT902", "stops the build and cannot be ignored"),
    ],
)
def test_useless_ignoring_is_reported(tmp_path, code, found, said):
    question = {"stem": "Which nerve is it?", "lint": {"ignore": [code], "why": "Habit."}}
    problems = lint.check(course_of(dump(question), tmp_path))
    assert [problem.code for problem in problems] == [found]
    assert said in problems[0].message
    line = (tmp_path / "quizzes/example.yml").read_text().split("\n")[problems[0].line - 1]
    assert line[problems[0].column - 1 :] == code


def test_a_flaw_is_shown_where_it_is(tmp_path):
    question = {"stem": "Which nerve is it?", "options": [
        {"text": "Femoral nerve"}, {"text": "Placeholder"}, {"text": "Tibial nerve", "correct": "true"},
    ]}  # fmt: skip
    (problem,) = lint.check(course_of(dump(question), tmp_path))
    line = (tmp_path / "quizzes/example.yml").read_text().split("\n")[problem.line - 1]
    assert (problem.code, line[problem.column - 1 :]) == ("OP219", "Placeholder")
    assert problem.question == "question-0"


def test_steps_of_cases_are_judged(tmp_path):
    step = {
        "id": "step-one",
        "type": "short-answer",
        "stem": "Which one is not it?",
        "accept": ["x"],
    }
    question = {"type": "case", "vignette": "A woman of 47 has pain.", "steps": [step]}
    problems = lint.check(course_of(dump(question), tmp_path))
    assert {(p.code, p.question) for p in problems} == {
        ("ST102", "step-one"),
        ("MD504", "step-one"),
    }


def test_broken_questions_are_left_to_the_structural_check(tmp_path):
    question = {
        "stem": "Which is not it?",
        "options": [{"text": "A"}, {"text": "B"}, {"text": "C"}],
    }
    read = course_of(dump(question), tmp_path)
    assert [problem.code for problem in read.problems] == ["KY301"]
    assert lint.check(read) == []


def test_a_baseline_hides_what_it_holds_once(tmp_path):
    read = course_of(dump(NEGATIVE), tmp_path)
    found = lint.check(read)
    path = tmp_path / "baseline.json"
    assert baseline.write(path, found) == 1
    moved = [
        Problem(p.path, p.line + 9, 1, p.code, p.message, p.severity, p.question) for p in found
    ]
    assert baseline.without(moved, baseline.known(path)) == []
    assert baseline.without(moved * 2, baseline.known(path)) == moved
    path.write_text("{}")
    with pytest.raises(Refused, match="is no baseline"):
        baseline.known(path / "absent")


SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "results": {
                        "items": {
                            "required": ["ruleId", "level", "message", "locations"],
                            "properties": {"level": {"enum": ["error", "warning", "note"]}},
                        }
                    }
                },
            }
        },
    },
}


def test_sarif_names_rule_and_place(tmp_path):
    found = lint.check(course_of(dump(NEGATIVE), tmp_path))
    log = json.loads(report.as_sarif(found, lint.RULES))
    jsonschema.validate(log, SARIF)
    run = log["runs"][0]
    result = run["results"][0]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "ST101"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "quizzes/example.yml"
    assert place["region"] == {"startLine": found[0].line, "startColumn": found[0].column}


def test_every_rule_has_its_place_on_one_page_and_the_overview_leads_to_it():
    pages = lint.pages()
    overview = pages["rules.md"]
    places = [
        f"{name}#{anchor}"
        for name, text in pages.items()
        for anchor in re.findall(r"\{#(\w+)\}", text)
    ]
    assert sorted(place.rpartition("#")[2].upper() for place in places) == list(lint.RULES)
    assert [place for place in places if f"]({place})" not in overview] == []
    assert pages == lint.pages()


def test_every_code_that_is_printed_is_explained():
    """Every code in the program's text is a rule or a mistake that the page explains."""
    used = set()
    for path in sorted((ROOT / "scripts/viva").rglob("*.py")):
        used |= set(re.findall(r'"((?:RD|SC|KY|MD|BP|LT|OP|VG)\d{3})"', path.read_text("utf-8")))
    assert used - set(lint.RULES) - set(manual.MISTAKES) == set()


def test_the_neutral_course_gives_no_cause_for_a_remark(neutral):
    assert [str(problem) for problem in lint.check(load(Layout.of(neutral)))] == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("compare and contrast arteries and veins on a drawing", set()),
        ("list and compare arteries and veins on a drawing", {"LO802"}),
    ],
)
def test_to_compare_and_contrast_is_one_thing_to_do(tmp_path, text, codes):
    objective = {"id": "anatomy-1", "text": text, "level": "analyse"}
    read = course_of(dump({"objectives": [objective], "stem": "Which valve leads into the aorta?"}), tmp_path)
    found = {problem.code for problem in lint.check(read)}
    assert found & {"LO802"} == codes
