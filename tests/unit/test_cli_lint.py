"""viva check, rules and blueprint keep what they promise on the command line."""

from __future__ import annotations

import json
import os
import re
import sys

import pytest
from click.testing import CliRunner

from unit.lint.examples import clean, course_with, whole, write
from viva import lint
from viva.cli import checked, main, talk
from viva.course.courses import load
from viva.course.layout import Layout

NEGATIVE = {"stem": "Which muscle is NOT affected?"}
VAGUE = {"stem": "Which of the following statements is true?"}
QUIET = {"stem": "Which muscle is not affected?"}
REMARK = {"stem": "Which treatment, in your opinion, comes first?"}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run `viva` in a course with these questions and a clean one."""

    def invoke(*arguments: str, questions: tuple = ()):
        if questions or not (tmp_path / "mkdocs.yml").exists():
            made = [whole(question, number) for number, question in enumerate(questions)]
            course_with([*made, clean(50, 1), clean(51, 2)], tmp_path)
            write(tmp_path / "mkdocs.yml", "site_name: Test\ntheme: {language: en}\n")
        monkeypatch.chdir(tmp_path)
        return CliRunner().invoke(main, arguments)

    return invoke


def test_a_terminal_shows_how_far_checking_is(run, tmp_path, monkeypatch):
    """Reading is not all that takes long: a bar for the rules too, after a second."""
    run("check", questions=(QUIET,))
    bank = (tmp_path / "quizzes/example.yml").read_text("utf-8")
    other = re.sub(r"^( *-? *id: .*)$", r"\1-more", bank, flags=re.MULTILINE)
    (tmp_path / "quizzes/more.yml").write_text(other, "utf-8")
    course = load(Layout.of(tmp_path))
    monkeypatch.setattr(talk, "PATIENCE", -1.0)
    monkeypatch.setattr(lint, "MANY", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    with CliRunner().isolation() as (_, err, _):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        found = checked.of(course).flaws
        said = err.getvalue()
    assert [one.code for one in found if one.severity == "error"] == ["ST102", "ST102"]
    assert b"Checking questions" in said and b"100%" in said


def test_only_errors_fail(run):
    assert run("check", questions=(QUIET,)).exit_code == 1
    assert run("check", questions=(NEGATIVE,)).exit_code == 0
    assert run("check", questions=(REMARK,)).exit_code == 0


def test_strict_fails_on_warnings_and_not_on_remarks(run):
    assert run("check", "--strict", questions=(VAGUE,)).exit_code == 1
    assert run("check", "--strict", questions=(REMARK,)).exit_code == 0


def test_remarks_are_counted_and_shown_on_request(run):
    done = run("check", questions=(REMARK,))
    assert "ST112" not in done.stdout
    assert done.stderr.strip().endswith("no problems (1 remark more: --info)")
    assert "ST112" in run("check", "--info").stdout
    assert "ST112" in run("check", "--select", "ST112").stdout
    codes = [p["code"] for p in json.loads(run("check", "--format", "json").stdout)["problems"]]
    assert codes == ["ST112"]


def test_select_and_ignore_take_codes_and_their_beginnings(run):
    run("check", questions=(NEGATIVE, QUIET))
    assert "ST101" in run("check", "--select", "ST").stdout
    assert "ST102" not in run("check", "--select", "ST101,KY").stdout
    done = run("check", "--ignore", "ST102", "--ignore", "ST101")
    assert (done.exit_code, done.stdout) == (0, "")


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_is_wrong_use(run, option):
    done = run("check", option, "ST1011", questions=(NEGATIVE,))
    assert done.exit_code == 2
    assert "there is no rule ST1011 (did you mean ST1" in done.stderr


def test_baseline(run, tmp_path):
    run("check", "--write-baseline", "known.json", questions=(QUIET,))
    done = run("check", "--baseline", "known.json")
    assert (done.exit_code, done.stdout) == (0, "")
    (tmp_path / "known.json").write_text("no")
    assert run("check", "--baseline", "known.json").exit_code == 2


def test_fix_mends_and_says_so(run, tmp_path):
    done = run("check", "--fix", questions=(QUIET,))
    assert "mended: ST102 1×" in done.stderr
    assert done.exit_code == 0
    assert "Which muscle is **NOT** affected?" in (tmp_path / "quizzes/example.yml").read_text()
    assert "nothing to mend" in run("check", "--fix").stderr


def test_fix_mends_only_what_is_selected(run, tmp_path):
    before = run("check", questions=(QUIET,)) and (tmp_path / "quizzes/example.yml").read_text()
    run("check", "--fix", "--select", "OP")
    run("check", "--fix", "docs")
    assert (tmp_path / "quizzes/example.yml").read_text() == before


def test_sarif(run):
    log = json.loads(run("check", "--format", "sarif", questions=(QUIET,)).stdout)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["ST102"]


def test_testwise_prints_text_and_json(run):
    text = run("check", "--testwise", questions=(NEGATIVE,)).stdout
    assert "all banks" in text and "guessing gets" in text
    report = json.loads(run("check", "--testwise", "--format", "json").stdout)
    assert report["all"]["questions"] == 3
    assert {pick["question"] for pick in report["picks"]} == {
        "question-0",
        "question-50",
        "question-51",
    }
    assert run("check", "--testwise", "--format", "sarif").exit_code == 2


def test_rules_are_listed_and_explained():
    listed = CliRunner().invoke(main, ["rules"]).stdout
    assert all(code in listed for code in lint.RULES)
    done = CliRunner().invoke(main, ["rules", "ky302"])
    assert done.exit_code == 0
    for part in ("KY302 (warning)", "Bad:", "Good:", "Source: Haladyna"):
        assert part in done.stdout
    assert "misspelt" in CliRunner().invoke(main, ["rules", "SC001"]).stdout
    wrong = CliRunner().invoke(main, ["rules", "KY3O2"])
    assert wrong.exit_code == 2 and "did you mean KY302?" in wrong.stderr


def test_blueprint_in_three_formats(run):
    assert "anatomy-1" in run("blueprint", questions=(NEGATIVE,)).stdout
    assert json.loads(run("blueprint", "--format", "json").stdout)["questions"] == 3
    rows = run("blueprint", "--format", "csv").stdout.splitlines()
    assert rows[0].startswith("objective,text,module,level,remember,")
    assert rows[1].startswith(
        "anatomy-1,name the parts of the heart on a drawing,Anatomy,remember,0,3,"
    )


def test_a_mistake_in_the_blueprint_is_found_by_check_too(run, tmp_path):
    run("check", questions=(REMARK,))
    write(tmp_path / "quizzes/blueprint.yml", "objectives: {anatomy-9: 2}\n")
    done = run("check")
    assert done.exit_code == 1
    assert "quizzes/blueprint.yml:1:14: no module declares the objective anatomy-9" in done.stdout


def test_what_has_not_changed_is_not_read_again_and_what_has_is(run, monkeypatch):
    first = run("check", "--format", "json", questions=(REMARK,))
    monkeypatch.setattr(lint, "check", None)  # nobody judges the same questions twice
    again = run("check", "--format", "json")
    assert again.stdout == first.stdout
    monkeypatch.undo()
    assert run("check", "--format", "json", questions=(VAGUE,)).stdout != first.stdout


def test_triage_begins_with_the_worst(run):
    done = run("check", "--triage", questions=(REMARK, NEGATIVE, VAGUE))
    assert done.exit_code == 0
    assert done.stdout.startswith("1. quizzes/")
    assert "ST104" in done.stdout.splitlines()[1]
