"""A course with a question of every type, an assignment on them, and what students send back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from golden import example
from viva.assignments import Assignment, load_all, sheet
from viva.bank import types
from viva.base.reader import parse
from viva.course import courses
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.scaffold import questions as scaffold

EVERY = "title: Every type\nquestions:\n" + "".join(
    scaffold.example(kind, f"a-{kind}") for kind in sorted(types.TYPES)
)
WEEK = """\
title: Week 1
instructions: Work *alone*.
questions:
""" + "".join(f"  - a-{kind}\n" for kind in sorted(types.TYPES))

# For each type an answer as the page gives it to the examples of `viva new`, and its mark.
ANSWERS: dict[str, tuple[Any, float]] = {kind: example(kind) for kind in types.TYPES}
TOTAL = sum(mark for _, mark in ANSWERS.values())
PERCENT = 100 * TOTAL / len(ANSWERS)

MakeWeek = Callable[..., tuple[Course, Assignment]]


@pytest.fixture
def make_week(make_course) -> MakeWeek:
    """A course and its assignment `week-1`; `text` replaces the assignment, `bank` the bank."""

    def make(text: str = WEEK, bank: str = EVERY) -> tuple[Course, Assignment]:
        read = make_course(
            {
                "quizzes/every.yml": bank,
                "quizzes/assignments/week-1.yml": text,
                "docs/assets/figures/name.svg": "<svg/>",
            }
        )
        assert not read.problems
        found, problems = load_all(read)
        assert not problems, problems
        return read, found[0]

    return make


@pytest.fixture
def week(make_week) -> Assignment:
    """The assignment on every type."""
    return make_week()[1]


def ordered(assignment: Assignment, right: bool = True) -> list[int]:
    """The answer that puts the items of the ordering question right, as the page counts them."""
    question = next(q for q in assignment.questions if q.type == "ordering")
    order = sheet.order(question)
    places = [order.index(number) for number in range(len(order))]
    return places if right else places[::-1]


def sent(assignment: Assignment, answers: dict[str, Any] | None = None, **fields: Any) -> dict:
    """What the page writes for a student. `answers` are by type, those of ANSWERS unless given."""
    if answers is None:
        answers = {kind: answer for kind, (answer, _) in ANSWERS.items()}
    by_type = {question.type: question for question in assignment.questions}
    return {
        "viva": 1,
        "assignment": assignment.id,
        "name": "Ada Example",
        "identifier": "s1",
        "attempt": 1,
        "started": "2026-12-01T10:00:00+01:00",
        "finished": "2026-12-01T11:00:00+01:00",
        "answers": {
            by_type[kind].id: {"hash": sheet.sheet_hash(by_type[kind]), "answer": answer}
            for kind, answer in answers.items()
        },
    } | fields


def as_file(data: Any) -> bytes:
    """The bytes of a submission."""
    return json.dumps(data, ensure_ascii=True).encode()


def yaml(text: str) -> Any:
    """YAML as data."""
    return parse(text, "test").data


@pytest.fixture(scope="module")
def week_once(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The assignment on every type, read once for tests that try many files."""
    folder = tmp_path_factory.mktemp("course")
    for name, text in {
        "mkdocs.yml": "site_name: Test\n",
        "docs/references.bib": "",
        "docs/assets/figures/name.svg": "<svg/>",
        "quizzes/every.yml": EVERY,
        "quizzes/assignments/week-1.yml": WEEK,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return load_all(courses.load(Layout.of(folder)))[0][0]
