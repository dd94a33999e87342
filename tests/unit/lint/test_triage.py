"""The worst questions first, each with its reasons."""

from __future__ import annotations

from viva.base.problems import Problem
from viva.lint import triage


def flaw(question: str, code: str, severity: str = "warning", line: int = 1) -> Problem:
    return Problem("quizzes/heart.yml", line, 1, code, f"{code} (mend it)", severity, question)


def test_what_gives_an_answer_away_comes_before_the_rest():
    found = triage.of([flaw("q-1", "OP206"), flaw("q-2", "KY302"), flaw("q-3", "ST112", "info")], 9)
    assert [case.question for case in found.worst] == ["q-2", "q-1", "q-3"]
    assert found.flawed == 2


def test_what_nearly_all_lack_is_said_once():
    lacking = [flaw(f"q-{n}", "MD505") for n in range(18)]
    found = triage.of([*lacking, flaw("q-3", "OP206")], 20)
    assert [case.question for case in found.worst] == ["q-3"]
    assert found.common == (("MD505", 18),)
    assert "MD505 is in 18 of 20 questions" in triage.as_text(found)


def test_there_are_twenty_at_most_and_problems_of_files_are_none():
    many = [flaw(f"q-{n}", f"OP{n}") for n in range(30)]
    found = triage.of([*many, Problem("quizzes/heart.yml", 1, 1, "RD003", "no YAML")], 100)
    assert len(found.worst) == triage.MOST
    assert len(triage.as_data(found)["worst"]) == triage.MOST
