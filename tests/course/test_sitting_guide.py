"""The guide to a sitting, as it says: every command is typed, and what it prints is compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import guide
from shown import NARROW, compare, prepare, shot
from viva.assignments import load_all
from viva.assignments.sheet import sheet_hash
from viva.course import courses
from viva.course.layout import Layout

PAGE = guide.ROOT / "docs/faculty/sitting.md"
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
SENT = (("Ada Example", 9981, "s1001"), ("Ben Sample", 9982, "s1O02"), ("Cleo Specimen", 9983, "s1003"))


def hand_in(folder: Path) -> None:
    """What three students send, as Moodle gives it."""
    week = load_all(courses.load(Layout.of(folder)))[0][0]
    for number, (name, participant, identifier) in enumerate(SENT):
        answers = {
            question.id: {"hash": sheet_hash(question), "answer": number if question.type == "single" else None}
            for question in week.questions
        }
        data = {
            "viva": 1, "assignment": week.id, "name": name, "identifier": identifier, "attempt": 1,
            "started": f"2026-12-07T10:0{number}:00+00:00", "finished": f"2026-12-07T10:3{number}:00+00:00",
            "answers": answers,
        }  # fmt: skip
        path = folder / "quizzes/sittings/2026-week-1/received"
        path = path / f"{name}_{participant}_assignsubmission_file" / f"week-1-{identifier}.json"
        path.parent.mkdir()
        path.write_text(json.dumps(data), "utf-8")


@pytest.fixture(scope="module")
def folder(new_copy: Callable[[str], Path]) -> Path:
    """A copy of the course in which the page was followed to its end."""
    made = new_copy("sitting")
    prepare(made, "sitting", ["void"])
    assert follow(made) == 5
    return made


def follow(folder: Path) -> int:
    """Do what the page says; how often it says what is seen."""
    printed, seen = "", 0
    for language, title, text in BLOCK.findall(PAGE.read_text("utf-8")):
        if language == "csv":
            (folder / title).write_text(text, "utf-8")
        elif language == "sh":
            printed = guide.typed(folder, text)
            if "sitting new" in text:
                hand_in(folder)
        else:
            lines = [line.strip("…") for line in text.strip().split("\n")]
            for line in lines:
                assert guide.fits(line, printed), f"{line}\n--\n{printed}"
            seen += 1
    return seen


@pytest.mark.long
def test_the_bank_remembers_the_sitting(folder):
    bank = (folder / "quizzes/anatomy.yml").read_text("utf-8")
    assert "history: [{sitting: 2026-week-1, n: 3, " in bank
    assert 'decision: "is void: The figure was missing."' in bank


@pytest.mark.long
def test_the_figure_shows_what_a_student_reads_of_a_void_question(folder: Path, browser: Browser):
    (sent,) = (folder / "quizzes/sittings/2026-week-1/results").rglob("*s1001*.html")
    context = browser.new_context(**NARROW)
    page = context.new_page()
    page.goto(sent.as_uri())
    part = page.locator("section, article, li").filter(has_text="The figure was missing.").last
    compare(page, "sitting", {"void": shot(part)})
    context.close()


@pytest.mark.long
def test_every_option_that_the_guide_names_exists(folder):
    told = set(re.findall(r"^\| `--(\w+)", PAGE.read_text("utf-8"), re.MULTILINE))
    offered = set(re.findall(r"--(\w+)", guide.typed(folder, "viva sitting decide --help")))
    assert told and told <= offered
