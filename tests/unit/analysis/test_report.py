"""What the analysis says, and the files it leaves."""

from __future__ import annotations

import json

import numpy as np
from bs4 import BeautifulSoup
from click.testing import CliRunner

from viva.analysis import advice, report
from viva.analysis.responses import Item, Picks, Responses
from viva.analysis.statistics import analyse
from viva.cli import main


def answers(columns: dict[str, str], key: dict[str, str]) -> Responses:
    """Responses from a string of chosen letters for each item; a space is left open."""
    items = tuple(Item(n, key=frozenset(key[n]), options=dict.fromkeys("ABC", "")) for n in columns)
    chosen = {n: tuple(frozenset(c.strip()) for c in text) for n, text in columns.items()}
    marks = [[float(chosen[i.id][n] == i.key) for i in items] for n in range(len(chosen["q1"]))]
    return Responses(items, np.array(marks), {name: Picks.of(one) for name, one in chosen.items()})


KNOW, GUESS = 25, 25
GOOD = "A" * KNOW + "BC" * 12 + "B"


def said(columns, key) -> dict[str, str]:
    found = analyse(answers(columns, key))
    return {i.id: "; ".join(f.text for f in advice.flags(i, found.students)) for i in found.items}


def test_a_wrong_key_is_found():
    columns = {"q1": GOOD, "q2": GOOD, "q3": GOOD, "q4": "B" * KNOW + "A" * GUESS}
    found = said(columns, {"q1": "A", "q2": "A", "q3": "A", "q4": "A"})
    assert found["q4"].startswith("check the key: those who knew more chose B")
    assert "check the key" not in found["q1"]


def test_idle_distractors_and_extremes_are_named():
    columns = {"q1": GOOD, "q2": GOOD, "q3": "A" * 50, "q4": "A" * 49 + "B", "q5": "B" * 49 + "C"}
    found = said(columns, dict.fromkeys(columns, "A"))
    assert "everybody got it right" in found["q3"]
    assert "fewer than 5\u00a0% chose B and C" in found["q3"]
    assert "easy" in found["q4"]
    assert "nobody got it right" in found["q5"]
    assert found["q1"] == ""


def test_a_distractor_that_draws_the_better_is_asked_about():
    wide = {f"q{n}": "A" * 30 + "B" * 30 for n in range(1, 5)}
    wide["q5"] = "A" * 18 + "B" * 12 + "C" * 27 + "B" * 3
    found = said(wide, dict.fromkeys(wide, "A"))
    assert "B drew students who know more" in found["q5"]


def test_below_thirty_nothing_is_judged():
    found = said({"q1": "AB" * 10, "q2": "BA" * 10}, {"q1": "A", "q2": "A"})
    assert found["q1"] == "too few answers to say: 20 students, 30 are needed"


def test_the_page_shows_what_it_was_given_and_nothing_runs():
    columns = {"q1": GOOD, "<script>alert(1)</script>": GOOD}
    found = analyse(answers(columns, dict.fromkeys(columns, "A")))
    page = BeautifulSoup(report.as_html(found, "Week <1>"), "html.parser")
    assert page.h1.text == "Week <1>"
    assert page.find("script") is None
    assert len(page.find_all("circle")) == 2
    assert len(page.select("rect.bar")) == 3
    assert "http" not in str(page).replace("http-equiv", "")


def test_what_is_undefined_is_null_in_json_and_a_dash_on_the_page():
    found = analyse(answers({"q1": "A" * 40}, {"q1": "A"}))
    data = json.loads(report.as_json(found))
    assert data["alpha"] is None
    assert data["items"][0]["r_rest"] is None
    assert data["items"][0]["options"][0]["r_rest"] is None
    assert "r with the rest –" in report.as_html(found, "Week 1")


def test_the_command_writes_three_files(tmp_path):
    path = tmp_path / "week.csv"
    lines = [f"s{n},{GOOD[n]},{GOOD[n]},{'BA'[n >= 25]}" for n in range(50)]
    path.write_text("\n".join(["student,q1,q2,q3", "key,A,A,A", *lines]))
    done = CliRunner().invoke(main, ["analyse", str(path)])
    assert done.exit_code == 0, done.output
    assert "q3: check the key: those who knew more chose B" in done.stdout
    names = sorted(file.name for file in (tmp_path / "week-analysis").glob("[!.]*"))
    assert names == ["analysis.csv", "analysis.html", "analysis.json"]


def test_the_command_says_what_it_cannot_read(tmp_path):
    path = tmp_path / "week.csv"
    path.write_text("student,q1\ns1,B\n")
    done = CliRunner().invoke(main, ["analyse", str(path)])
    assert done.exit_code == 1
    assert "no column holds marks" in done.stderr
