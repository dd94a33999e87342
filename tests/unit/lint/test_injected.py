"""In a clean course one flaw is injected: its rule finds it, and no other rule says anything.

Every rule that can fail a check is tried so, alone and in the midst of all other flaws.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sampled import long
from unit.lint.examples import clean, course_with, dump, questions_of, write
from unit.lint.test_rules import TWINS
from viva import lint
from viva.base.problems import Problem
from viva.base.reader import parse
from viva.course.courses import Course
from viva.lint.rule import Rule

SERIOUS = {code: rule for code, rule in lint.RULES.items() if rule.severity != "info"}
Parts = dict[str, Any]
COUNT = 60


def sound() -> Parts:
    """A course in which no rule finds anything."""
    return {
        "questions": [clean(number, number * 7 % 4) for number in range(COUNT)],
        "objectives": [
            {
                "id": "anatomy-1",
                "text": "name the parts of the hip on a drawing",
                "level": "remember",
            }
        ],
        "blueprint": {"each": 2, "levels": {"understand": 100}},
        "assignment": {"title": "Week 1", "questions": ["question-1"]},
    }


def key_in_one_place(parts: Parts) -> None:
    for question in parts["questions"][:COUNT]:
        for number, option in enumerate(question["options"]):
            option.pop("correct", None)
            if number == 0:
                option["correct"] = True


def long_keys(parts: Parts) -> None:
    for question in parts["questions"][:COUNT]:
        next(one for one in question["options"] if one.get("correct"))["text"] += " proper"


def high_target(parts: Parts) -> None:
    parts["blueprint"]["objectives"] = {"anatomy-1": 500}


def many_negatives(parts: Parts) -> None:
    for question in parts["questions"][:6]:
        question["stem"] = question["stem"].replace("Which bone is", "Which bone is **NOT**")


def public_exam(parts: Parts) -> None:
    parts["assignment"]["mode"] = "exam"


def not_to_be_observed(parts: Parts) -> None:
    parts["objectives"][0]["text"] = "understand the parts of the hip on a drawing"


def untested(parts: Parts) -> None:
    parts["objectives"].append(
        {"id": "anatomy-2", "text": "name the vessels of the hip on a drawing", "level": "remember"}
    )


def unplanned(parts: Parts) -> None:
    parts["questions"].append(clean(COUNT + 1, 0) | {"id": "bad-md509", "level": "create"})


# Flaws of more than one question. Every other rule brings its own bad question in its docstring.
INJECT: dict[str, Callable[[Parts], None]] = {
    "BK601": key_in_one_place,
    "BK602": long_keys,
    "BK606": high_target,
    "BK608": long_keys,
    "BK609": many_negatives,
    "BK611": public_exam,
    "LO801": not_to_be_observed,
    "LO805": untested,
    "MD509": unplanned,
}
WHERE = {
    "BK606": "quizzes/blueprint.yml",
    "BK611": "quizzes/assignments/week-1.yml",
    "LO801": "docs/modules/anatomy.md",
    "LO805": "docs/modules/anatomy.md",
}
# What the flaw of one rule is for another, too: what is wrong with a bank is wrong with questions.
ALSO = TWINS | {"BK601": {"BK603"}}


def inject(rule: Rule, parts: Parts) -> None:
    """Put the rule's flaw among the questions, and nothing else."""
    if rule.code in INJECT:
        INJECT[rule.code](parts)
        return
    assert rule.scope == "question", f"{rule.code} needs an injection of its own"
    question = next(questions_of(parse(rule.bad + "\n", "bad").data))
    parts["questions"].insert(30, question | {"id": f"bad-{rule.code.lower()}"})
    parts["blueprint"] = {}


def course_of(parts: Parts, folder: Path) -> Course:
    """Write the course and load it."""
    write(folder / "mkdocs.yml", dump({"site_name": "Hips", "theme": {"language": "en"}}))
    write(folder / "quizzes/blueprint.yml", dump(parts["blueprint"]))
    write(folder / "quizzes/assignments/week-1.yml", dump(parts["assignment"]))
    read = course_with(parts["questions"], folder, parts["objectives"])
    assert read.problems == ()
    return read


def found(parts: Parts, folder: Path) -> list[Problem]:
    return lint.check(course_of(parts, folder))


def test_the_clean_course_is_silent(tmp_path):
    assert found(sound(), tmp_path) == []


def test_no_rule_is_left_out():
    """No injection without a rule that can fail, and enough of both kinds for the test to mean much."""
    assert INJECT.keys() <= SERIOUS.keys()
    assert {code for code, rule in SERIOUS.items() if rule.scope != "question"} == INJECT.keys()
    severities = [rule.severity for rule in SERIOUS.values()]
    assert severities.count("error") >= 6
    assert severities.count("warning") >= 20


@pytest.mark.parametrize("code", SERIOUS)
def test_its_rule_finds_it_and_no_other_does(code, tmp_path):
    parts = sound()
    inject(SERIOUS[code], parts)
    problems = found(parts, tmp_path)
    own = [problem for problem in problems if problem.code == code]
    assert [problem.severity for problem in own] == [SERIOUS[code].severity] * len(own)
    assert own, f"{code} does not find its flaw"
    assert {problem.path for problem in own} == {WHERE.get(code, "quizzes/example.yml")}
    assert {problem.code for problem in problems} <= {code} | ALSO.get(code, set())
    if code not in INJECT:
        assert {problem.question for problem in own} == {f"bad-{code.lower()}"}


@pytest.mark.parametrize("code", [long(code) if at % 3 else code for at, code in enumerate(SERIOUS)])
def test_without_its_rule_nobody_finds_it(code, tmp_path, monkeypatch):
    """So it is the rule that finds it, and not the way in which the course is read."""
    parts = sound()
    inject(SERIOUS[code], parts)
    monkeypatch.setattr(lint, "RULES", {c: r for c, r in lint.RULES.items() if c != code})
    assert code not in {problem.code for problem in found(parts, tmp_path)}


def test_all_flaws_at_once_are_all_found(tmp_path):
    """Each question with a flaw still gets its own code; the clean ones get none."""
    parts = sound()
    for rule in SERIOUS.values():
        inject(rule, parts)
    parts["blueprint"] = {"objectives": {"anatomy-1": 500}, "levels": {"understand": 100}}
    problems = found(parts, tmp_path)
    assert SERIOUS.keys() <= {problem.code for problem in problems}
    pairs = {(problem.question, problem.code) for problem in problems}
    own = [code for code in SERIOUS if code not in INJECT]
    assert [code for code in own if (f"bad-{code.lower()}", code) not in pairs] == []
    untouched = {f"question-{number}" for number in range(10, COUNT)}
    blamed = {problem.code for problem in problems if problem.question in untouched}
    assert blamed <= {"BK603"}
