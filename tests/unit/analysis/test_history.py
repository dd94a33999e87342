"""What the bank remembers of its questions."""

from __future__ import annotations

import csv
from math import sqrt

import pytest
from click.testing import CliRunner

from viva.analysis.history import uses
from viva.bank.question import Past
from viva.cli import main

BANK = """\
title: Heart
module: modules/heart.md
questions:
  - id: steady
    type: numeric
    stem: How many valves has a heart?
    answer: 4
    history: [{sitting: 2025, n: 100, p: 0.60, r: 0.3}, {sitting: 2026, n: 100, p: 0.63, r: 0.31}]
  - id: got-out
    type: numeric
    stem: How many chambers has a heart?
    answer: 4
    history:
      - {sitting: 2023, decision: "is void: It was printed."}
      - {sitting: 2024, n: 50, p: 0.50}
      - {sitting: 2025, n: 150, p: 0.54}
      - {sitting: 2026, n: 100, p: 0.80, r: 0.2}
  - id: never
    type: numeric
    stem: How many hearts?
    answer: 1
"""


def asked(*history):
    return type("Asked", (), {"id": "q", "history": tuple(Past(**one) for one in history)})()


def test_the_difficulty_before_is_weighed_and_z_is_that_of_two_proportions():
    (use,) = uses([asked({"sitting": "a", "n": 50, "p": 0.5}, {"sitting": "b", "n": 150, "p": 0.54}, {"sitting": "c", "n": 100, "p": 0.8})])
    assert (use.sittings, use.students, use.last) == (3, 300, "c")
    assert use.before == pytest.approx(106 / 200)
    whole = (106 + 80) / 300
    assert use.z == pytest.approx((0.8 - 0.53) / sqrt(whole * (1 - whole) * (1 / 200 + 1 / 100)))
    assert use.drifts


@pytest.mark.parametrize(
    ("before", "n", "p", "last"),
    [(0.5, 30, 0.7, 30), (0.5, 5000, 0.55, 5000), (1.0, 50, 1.0, 50)],
)
def test_little_or_chance_is_no_drift(before, n, p, last):
    (use,) = uses([asked({"sitting": "a", "n": n, "p": before}, {"sitting": "b", "n": last, "p": p})])
    assert not use.drifts


def test_a_first_sitting_or_one_without_numbers_cannot_drift():
    for history in ([{"sitting": "a", "n": 50, "p": 0.5}], [{"sitting": "a", "n": 50, "p": 0.5}, {"sitting": "b", "decision": "is void"}]):
        (use,) = uses([asked(*history)])
        assert (use.z, use.drifts) == (None, False)


@pytest.mark.parametrize("decided", [0, 1])
def test_sittings_in_which_something_else_was_right_are_not_compared(decided):
    history = [{"sitting": "a", "n": 200, "p": 0.5}, {"sitting": "b", "n": 200, "p": 0.9}]
    (use,) = uses([asked(*history)])
    assert use.drifts
    history[decided]["decision"] = "C is right too"
    (use,) = uses([asked(*history)])
    assert (use.z, use.drifts) == (None, False)


def test_the_command_prints_a_table_with_drift_first(tmp_path, monkeypatch):
    for name, text in {
        "mkdocs.yml": "site_name: T\n",
        "docs/modules/heart.md": "---\ntitle: Heart\n---\n# Heart\n",
        "quizzes/heart.yml": BANK,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["history"])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [(row["question"], row["drifts"], row["students"]) for row in rows] == [("got-out", "yes", "300"), ("steady", "no", "200")]
    assert rows[0]["decisions"] == "2023: is void: It was printed."
    assert "drifting (in 1 of 100 by chance): got-out" in done.stderr
    (tmp_path / "quizzes/heart.yml").write_text(BANK.split("    history")[0], "utf-8")
    done = CliRunner().invoke(main, ["history"])
    assert (done.exit_code, "no question has a history" in done.stderr) == (1, True)
