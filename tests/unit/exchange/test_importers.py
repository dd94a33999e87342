"""Files of each format, and the banks that they become: text, report and all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from viva.bank import banks
from viva.course import courses
from viva.exchange import importing

FILES = Path(__file__).parents[2] / "imports"
SAMPLES = sorted(path for path in FILES.iterdir() if path.is_file())
FORMATS = {
    "arithmetic.txt": "text2qti",
    "gaps.qti21.xml": "qti",
    "heart.aiken.txt": "aiken",
    "heart.canvas.xml": "qti12",
    "heart.csv": "table",
    "heart.gift": "gift",
    "heart.moodle.xml": "moodle-xml",
    "heart.pool.dat": "blackboard",
    "lia.md": "markdown",
    "mkdocs-quiz.md": "markdown",
    "node.qti3.xml": "qti",
}
RETAKE = bool(os.environ.get("VIVA_IMPORTS"))
"""Write what comes out instead of comparing it: look at the difference before you keep it."""


def said(made) -> str:
    return "".join(f"{one}\n" for one in made.report.findings)


def expected(path: Path, ending: str, text: str) -> str:
    golden = FILES / "expected" / f"{path.name}{ending}"
    if RETAKE:
        golden.write_text(text, "utf-8")
    return golden.read_text("utf-8")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_file_becomes_its_bank(path, make_course):
    made = importing.plan(path, make_course(), "imported", None, lambda: None)
    (text,) = made.texts.values()
    assert made.report.format == FORMATS[path.name]
    assert text == expected(path, ".yml", text)
    assert said(made) == expected(path, ".txt", said(made))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_bank_that_came_in_loads_and_the_linter_calls_nothing_an_error(path, make_course):
    from viva import lint

    course = make_course()
    importing.write(importing.plan(path, course, "imported", None, lambda: None))
    again = courses.load(course.layout)
    assert [str(one) for one in again.problems] == []
    assert [str(one) for one in lint.check(again) if one.severity == "error"] == []
    loaded = banks.load(course.layout.quizzes / "imported.yml", "imported.yml")
    assert loaded.bank and loaded.bank.questions


def test_every_format_has_a_sample_or_is_made_here():
    made = {"anki", "h5p", "word"}
    assert set(importing.names()) == set(FORMATS.values()) | made


def test_same_file_same_text(make_course):
    course = make_course()
    first, second = (
        importing.plan(FILES / "heart.moodle.xml", course, "imported", None, lambda: None)
        for _ in range(2)
    )
    assert first.texts == second.texts and first.pictures == second.pictures
