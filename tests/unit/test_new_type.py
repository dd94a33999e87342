"""CONTRIBUTING's "A new question type", walked on a copy: a folder, its cases, and nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from golden import ROOT

CODE = '''\
"""A coin: heads or tails."""

from collections.abc import Sequence
from typing import Any, Literal

from viva.bank.question import AnswerError, Question
from viva.bank.types.protocol import Printed, PrintedRow, QuestionType

SIDES = ("heads", "tails")


class Coin(Question):
    """A question that is answered by a side of a coin."""

    type: Literal["coin"]
    side: Literal["heads", "tails"]


class CoinType(QuestionType[Coin]):
    """A side; 1 for the right one, else 0."""

    model = Coin
    name = "a coin"
    example = """\\
    stem: Which side is up?
    side: heads
"""
    shown: frozenset[str] = frozenset()

    def how(self, question: Coin) -> str:
        return "heads or tails"

    def key(self, question: Coin) -> dict[str, str]:
        return {"side": question.side}

    def validated(self, question: Coin, answer: Any) -> str:
        if answer not in SIDES:
            raise AnswerError("the answer is no side of a coin")
        return str(answer)

    def mark(self, question: Coin, answer: str) -> float:
        return float(answer == question.side)

    def words(self, question: Coin, answer: str) -> str:
        return answer

    def printed(self, question: Coin, order: Sequence[int]) -> Printed:
        return Printed(question.side, (PrintedRow(bubbles=SIDES),), line="")


TYPE = CoinType()
'''
TEMPLATE = """\
{% extends "question.html" %}
{% block answer %}
<div class="viva-options viva-choices">
{% for side in ("heads", "tails") %}
<label><input type="radio" name="answer" value="{{ side }}"> <span>{{ side }}</span></label>
{% endfor %}
</div>
{% endblock %}
{% block key %}
<p>The coin shows <span class="viva-answer">{{ data.side }}</span>.</p>
{% endblock %}
"""
SCRIPT = """\
viva.type("coin", {
  read: (question) => question.fieldset.querySelector("input:checked")?.value ?? null,
  write: (question, answer) => (question.form.elements.answer.value = answer),
  missing: (answer) => (answer === null ? "Choose a side first." : ""),
  mark: (key, answer) => Number(answer === key.side),
});
"""
CASES = """\
question:
  id: toss
  type: coin
  stem: Which side did the referee see?
  side: tails
  explanation: The referee saw tails.
marks:
  - {answer: tails, mark: 1}
  - {answer: heads, mark: 0}
  - {answer: null, mark: 0}
refused: [edge, 1, true, [], {}, "", [heads], Heads]
said:
  - {answer: tails, code: '"tails"', words: tails}
sheet: {id: toss, type: coin, stem: "Which side did the referee see?", figure: null, reveal: null}
"""
EXAMPLE = "given: heads\nmark: 1\n"
BANK = """\
title: Coins
questions:
  - id: toss
    type: coin
    objective: coin-1
    level: remember
    stem: Which side did the referee see?
    side: tails
    explanation: The referee saw tails.
"""
COURSE = {
    "mkdocs.yml": "site_name: Test\ntheme: {name: material, font: false}\nplugins: [viva]\n",
    "docs/index.md": "---\ntitle: Home\nobjectives:\n  - {id: coin-1, text: tell a coin}\n---\n# Home\n\n[viva: toss]\n",
    "quizzes/coins.yml": BANK,
    "quizzes/assignments/week-1.yml": "title: Week 1\nquestions: [toss]\n",
}
TESTS = ("support/golden.py", "support/sampled.py", "unit/test_types.py", "unit/test_marking.py", "unit/test_render.py")


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """This repository's package and tests with one more type, and a course that asks it."""
    folder = tmp_path_factory.mktemp("copy")
    litter = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "scripts/viva", folder / "scripts/viva")  # with what Python has compiled
    shutil.copytree(ROOT / "tests/cases", folder / "tests/cases", ignore=litter)
    for name in TESTS:
        (folder / "tests" / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "tests" / name, folder / "tests" / name)
    added = {"__init__.py": CODE, "template.html": TEMPLATE, "script.js": SCRIPT}
    files = {f"scripts/viva/bank/types/coin/{name}": text for name, text in added.items()}
    files |= {"tests/cases/coin/toss.yml": CASES, "tests/cases/coin/example.yaml": EXAMPLE}
    for name, text in (files | COURSE).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    paths = os.pathsep.join(str(folder / part) for part in ("scripts", "tests", "tests/support"))
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def viva(folder: Path, *arguments: str, code: int = 0) -> str:
    return run(folder, "-c", "from viva.cli import main; main()", *arguments, code=code)


def test_its_cases_pass_the_tests_of_all_types(copy):
    options = ("-p", "no:cacheprovider", "-p", "no:xdist", "--import-mode=importlib", "-q")
    said = run(copy, "-m", "pytest", *options, *(f"tests/{name}" for name in TESTS[1:]), "-k", "toss or coin or no_name")
    assert int(re.search(r"(\d+) passed", said)[1]) >= 15


def test_check_schema_blueprint_and_scaffold_know_it(copy):
    assert "1 bank, 1 question: no problems" in viva(copy, "check", "--select", "SC")
    schema = json.loads(viva(copy, "schema"))
    assert "Coin" in schema["$defs"]
    assert "coin 1" in viva(copy, "blueprint")
    viva(copy, "new", "question", "coins", "coin")
    assert "2 questions" in viva(copy, "check", "--select", "SC")
    (copy / "quizzes/coins.yml").write_text(BANK)
    (copy / "quizzes/coins.yml").write_text(BANK.replace("side: tails", "side: edge"))
    assert "side is 'edge' (write one of: heads, tails)" in viva(copy, "check", code=1)
    (copy / "quizzes/coins.yml").write_text(BANK)


def test_pages_with_and_without_key_show_it(copy):
    viva(copy, "build")
    page = (copy / "site/self-checks/coins.html").read_text("utf-8")
    assert "<small>heads or tails</small>" in page
    assert "The coin shows" in page
    sheet = (copy / "site/assignments/week-1.html").read_text("utf-8")
    assert 'type="coin"' in sheet
    assert 'value="heads"' in sheet
    assert "The coin shows" not in sheet
    assert "data-key" not in sheet
    scripts = re.findall(r'src="([^"]*assets/viva/[^"]*)"', sheet)
    loaded = "".join((copy / "site/assignments" / name).read_text("utf-8") for name in scripts)
    assert 'viva.type("coin"' in loaded
    practice = (copy / "site/study/practice.html").read_text("utf-8")
    assert "a coin" in practice
    data = (copy / "site/assets/viva/course-data.js").read_text("utf-8")
    assert '"type":"coin"' in data


def test_an_answer_is_graded_tabled_and_analysed(copy):
    page = (copy / "site/assignments/week-1.html").read_text("utf-8")
    found = re.search(r'id="toss" type="coin" data-hash="(\w+)"', page)
    for number, side in enumerate(("tails", "heads", "edge")):
        answers = {"toss": {"hash": found[1], "answer": side}}
        sent = {"viva": 1, "assignment": "week-1", "name": "Ada", "identifier": f"s{number}",
                "attempt": 1, "started": None, "finished": None, "answers": answers}  # fmt: skip
        (copy / "sent").mkdir(exist_ok=True)
        (copy / f"sent/{number}.json").write_text(json.dumps(sent))
    viva(copy, "grade", "quizzes/assignments/week-1.yml", "sent", "--out", "marks", "--release")
    rows = (copy / "marks/responses.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",", 1)[1] for row in rows[1:]] == ['"""tails"""', '"""heads"""', ""]
    marks = (copy / "marks/marks.csv").read_text("utf-8-sig").splitlines()
    assert [float(row.split(",")[1]) for row in marks[1:]] == [1, 0, 0]
    assert "the answer is no side of a coin; it counts 0" in (copy / "marks/results.csv").read_text("utf-8-sig")


def test_it_is_printed_with_and_without_its_key(copy):
    pytest.importorskip("docx")
    from docx import Document

    viva(copy, "print", "quizzes/assignments/week-1.yml", "--out", "paper", "--format", "docx")
    exam, key = (
        " ".join(p.text for p in Document(str(copy / f"paper/week-1-A-{kind}.docx")).paragraphs)
        for kind in ("exam", "key")
    )
    assert "heads or tails" in exam
    assert "tails." not in exam
    assert "1  tails" in key
