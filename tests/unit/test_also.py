"""A second right answer that was granted after a test, and other keys, for every type."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import golden
from viva.bank import types
from viva.bank.question import content_hash
from viva.bank.types import sheet
from viva.cli import main

CASES = {case.question.type: case.question for case in golden.cases() if not case.question.also}
TAKES = {"single": ("C", "Z"), "numeric": ("20", "many"), "short-answer": ("another word", "")}
SINGLE = CASES["single"]


@pytest.mark.parametrize("kind", sorted(CASES))
def test_a_type_takes_another_right_answer_or_says_that_it_cannot(kind):
    question = CASES[kind]
    more = TAKES.get(kind, ("C", ""))[0]
    if kind in TAKES and kind != "single":
        assert types.granted(question, [more]) is not None
    elif kind == "single":
        wrong = [label for label in types.options(question) if label not in types.right(question)]
        assert types.granted(question, wrong[:1]) is not None
    else:
        assert types.granted(question, [more]) is None
        (fault,) = types.check(question.model_copy(update={"also": (more,)}))
        assert fault[2] == "also is not for this type (it is for numeric, short-answer, single)"


@pytest.mark.parametrize(
    ("also", "said"),
    [
        ("Z", "there is no option Z (write one of: A, B, C"),
        (types.right(SINGLE)[0], f"option {types.right(SINGLE)[0]} is the right one already"),
        ("", "there is no option"),
    ],
)
def test_a_label_that_is_none_is_a_fault(also, said):
    (fault,) = types.check(SINGLE.model_copy(update={"also": (also,)}))
    assert fault[:2] == (("also", 0), "KY301")
    assert said in fault[2]


def test_what_is_no_number_is_a_fault():
    (fault,) = types.check(CASES["numeric"].model_copy(update={"also": ("many",)}))
    assert "'many' is not a number" in fault[2]


def test_a_page_without_key_tells_nothing_of_it_and_a_page_with_key_has_changed():
    wrong = next(label for label in types.options(SINGLE) if label not in types.right(SINGLE))
    granted = types.granted(SINGLE, [wrong])
    assert sheet(granted) == sheet(SINGLE)
    assert content_hash(granted) != content_hash(SINGLE)
    assert types.right(granted) == [*types.right(SINGLE), wrong]


def test_the_key_on_paper_shows_both():
    wrong = next(label for label in types.options(SINGLE) if label not in types.right(SINGLE))
    granted = types.granted(SINGLE, [wrong])
    printed = types.printed(granted, range(len(SINGLE.options)))
    assert set(printed.answer.split(", ")) == {*types.right(SINGLE), wrong}


@pytest.mark.parametrize(
    ("kind", "right", "answer"),
    [
        ("single", ["c"], 2),
        ("multiple", ["A", "B"], [0, 1]),
        ("numeric", ["99"], "99"),
        ("short-answer", ["something else"], "something else"),
    ],
)
def test_another_key_marks_by_it_alone(kind, right, answer):
    changed = types.rekeyed(CASES[kind], right)
    assert changed is not None
    assert types.mark(changed, answer) == 1
    assert sheet(changed) == sheet(CASES[kind])


@pytest.mark.parametrize(
    ("kind", "right"),
    [("single", ["Z"]), ("multiple", ["Z"]), ("numeric", ["many"]), ("matching", ["A"]), ("case", ["A"])],
)
def test_a_key_that_cannot_be_is_none(kind, right):
    assert types.rekeyed(CASES[kind], right) is None


BANK = """\
title: T
questions:
  - id: a
    type: single
    also: [C]
    stem: What is it?
    options: [{text: One, correct: true}, {text: Two}, {text: Three}]
"""


def test_an_export_takes_it_along(make_course, tmp_path, monkeypatch):
    make_course({"quizzes/t.yml": BANK})
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["export", "gift", "--bank", "t", "--out", str(tmp_path / "t.txt")])
    assert "1 question: 1 exact" in done.output
