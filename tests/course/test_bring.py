"""The page "Bring your questions", done as it says: its commands, what they print, its figures."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import guide
from shown import NARROW, Shot, compare, prepare, shot

PAGE = guide.ROOT / "docs/faculty/bring.md"
SHOWN = {
    "from-word": ("heart", "#which-chamber-of-the-heart-pumps-blood-into-the"),
    "from-table": ("vessels", "#example-cloze"),
}
"""Of each figure the bank, and the question on its page."""


def typed(command: str, folder: Path) -> str:
    """All that a command prints."""
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}{done.stdout}"
    return done.stdout


@pytest.fixture(scope="module")
def folder(new_copy: Callable[[str], Path]) -> Path:
    """A copy of the course in which the page was followed to its end."""
    made = new_copy("bring")
    prepare(made, "bring", list(SHOWN))
    printed = ""
    for step in guide.steps(PAGE):
        if step.kind == "type":
            printed = typed(step.text, made)
        elif step.kind == "printed":
            assert guide.fits(step.text, printed), printed
        elif step.kind == "in file":
            text = (made / step.name).read_text("utf-8")
            assert guide.fits(step.text, text), text
    return made


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """A narrow page of a browser without a network."""
    context = browser.new_context(**NARROW)
    yield context.new_page()
    context.close()


def shown(folder: Path, page: Page, name: str) -> Shot:
    """A figure, and the words in it."""
    bank, place = SHOWN[name]
    page.goto((folder / f"site/self-checks/{bank}.html").as_uri())
    return shot(page.locator(place))


@pytest.mark.long
def test_every_figure_shows_what_a_teacher_sees(folder: Path, page: Page):
    shots = {name: shown(folder, page, name) for name in SHOWN}
    assert [step.name for step in guide.steps(PAGE) if step.kind == "figure"] == list(SHOWN)
    compare(page, "bring", shots, most=60_000)


def test_what_the_page_says_of_formats_is_so():
    """Every way in is told of."""
    from viva.exchange import importing

    text = PAGE.read_text("utf-8").lower()
    told = {"qti": "qti 1.2, 2.1, 2.2 or 3", "qti12": "canvas", "table": "spreadsheet"}
    for name in importing.names():
        assert told.get(name, name.replace("-", " ")) in text, name
