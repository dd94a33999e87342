"""The questions that an assignment keeps for itself are judged, mended and played like all others."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from unit.lint.examples import clean, course_with, dump, whole, write
from viva.cli import main

WEEK = """\
title: Week 1   # stays
questions: [question-50]
private:
  # quiet
  - id: quiet
    type: single
    objective: anatomy-1
    level: remember
    stem: Which muscle is not affected?
    options:
      - {text: Gracilis, why: It lies beside the joint and so it tempts.}
      - {text: Obturator, correct: true, why: It lies beside the joint and so it tempts.}
      - {text: Sartorius, why: It lies beside the joint and so it tempts.}
    explanation: Every muscle has its nerve, and this one has a nerve of its own.
    references: [handbook]
"""
PATH = "quizzes/assignments/week-1.yml"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run `viva` in a clean course with this assignment."""

    def invoke(*arguments: str, week: str | None = WEEK):
        if week is not None:
            course_with([clean(50, 1), clean(51, 2)], tmp_path)
            write(
                tmp_path / "mkdocs.yml", "site_name: Test\ntheme: {name: material, language: en}\n"
            )
            write(tmp_path / PATH, week)
        monkeypatch.chdir(tmp_path)
        return CliRunner().invoke(main, arguments)

    return invoke


def problems(done) -> list[tuple[str, int, int, str, str]]:
    names = ("path", "line", "column", "code", "question")
    return [tuple(one[n] for n in names) for one in json.loads(done.stdout)["problems"]]


def test_a_flaw_is_shown_where_it_is(run):
    done = run("check", "--format", "json")
    assert done.exit_code == 1
    assert problems(done) == [(PATH, 9, 11, "ST102", "quiet")]


def test_a_file_can_be_asked_for_alone(run):
    assert run("check", "quizzes/example.yml").exit_code == 0
    assert run("check", PATH, week=None).exit_code == 1


def test_it_is_mended_in_place(run, tmp_path):
    done = run("check", "--fix")
    assert "mended: ST102 1×" in done.stderr
    assert (tmp_path / PATH).read_text() == WEEK.replace("is not", "is **NOT**")
    assert problems(run("check", "--format", "json", week=None)) == []


def test_a_rule_is_ignored_for_a_reason(run):
    lint = "    lint: {ignore: [ST102], why: The exception is the point.}\n"
    assert problems(run("check", "--format", "json", week=WEEK + lint)) == []
    useless = WEEK.replace("is not", "is now") + lint
    assert problems(run("check", "--format", "json", week=useless)) == [
        (PATH, 16, 21, "LT901", "quiet")
    ]


def test_a_mistake_in_one_is_told_once(run):
    done = run("check", "--format", "json", week=WEEK.replace("text: Gracilis", "txt: Gracilis"))
    assert [(line, code) for _, line, _, code, _ in problems(done)] == [(11, "SC001")]


def test_the_solver_plays_them(run):
    report = json.loads(run("check", "--testwise", "--format", "json").stdout)
    assert [bank["bank"] for bank in report["banks"]] == ["example", "assignments/week-1"]
    assert "quiet" in {pick["question"] for pick in report["picks"]}


def test_bank_rules_count_them_too(run):
    made = [clean(number, 1) for number in range(20)]
    week = dump(
        {"title": "Week 1", "private": [one | {"id": f"own-{n}"} for n, one in enumerate(made)]}
    )
    found = problems(run("check", "--format", "json", "--select", "BK601", week=week))
    assert [(path, line, code) for path, line, _, code, _ in found] == [(PATH, 1, "BK601")]


def test_a_private_twin_of_a_public_question_is_found(run):
    twin = whole(clean(50, 1) | {"id": "twin"}, 0)
    week = dump({"title": "Week 1", "private": [twin]})
    found = problems(run("check", "--format", "json", week=week))
    assert {(path, code) for path, *_, code, _ in found} == {(PATH, "BK604")}


def test_objectives_count_only_what_every_student_sees(run, tmp_path):
    """Private questions are no practice: an objective that only they test has none."""
    run("check")
    write(tmp_path / "quizzes/example.yml", dump({
        "title": "Example", "module": "modules/anatomy.md", "questions": [clean(50, 1)],
    }))  # fmt: skip
    found = problems(run("check", "--format", "json", "--select", "LO805", week=None))
    assert [code for *_, code, _ in found] == ["LO805"]
