"""The pages on analysis and pass marks, as they say: every command is typed, what it prints compared."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

import guide
from shown import NARROW, compare, prepare, shot

BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
PAGES = {"analysis": 2, "standard": 6}
"""The pages, and how often they say what is seen."""


def judge(folder: Path) -> None:
    """What three judges write beside each question."""
    for number, path in enumerate(sorted(folder.glob("*.xlsx"))):
        book = load_workbook(path)
        sheet = book["Questions"]
        column = [cell.value for cell in sheet[2]].index("estimate") + 1
        for row in range(3, sheet.max_row + 1):
            sheet.cell(row, column, 50 + 5 * ((row + number) % 7))
        book.save(path)


@pytest.fixture(scope="module")
def folder(new_copy: Callable[[str], Path]) -> Path:
    """A copy of the course in which both pages were followed to their end."""
    made = new_copy("desk")
    prepare(made, "desk", ["protocol"])
    for name, seen in PAGES.items():
        assert follow(made, name) == seen
    return made


def follow(folder: Path, name: str) -> int:
    """Do what a page says; how often it says what is seen."""
    printed, seen = "", 0
    page = guide.ROOT / f"docs/faculty/{name}.md"
    for language, title, text in BLOCK.findall(page.read_text("utf-8")):
        if language == "csv":
            (folder / title).write_text(text, "utf-8")
        elif language == "sh":
            printed = guide.typed(folder, text)
            if made := re.search(r"standard sheets .*--out (\S+)", text):
                judge(folder / made[1])
        else:
            for line in text.strip().split("\n"):
                assert guide.fits(line, printed), f"{line}\n--\n{printed}"
            seen += 1
    return seen


@pytest.mark.long
def test_the_figure_shows_the_protocol(folder: Path, browser: Browser):
    context = browser.new_context(**NARROW)
    page = context.new_page()
    page.goto((folder / "hofstee/standard.html").as_uri())
    compare(page, "desk", {"protocol": shot(page.locator("body"))})
    context.close()


def test_the_page_has_the_tables_of_the_benchmark():
    """Each kind of simulated test, once in each of the tables that `benchmarks/flags.py` prints."""
    path = guide.ROOT / "benchmarks/flags.py"
    spec = importlib.util.spec_from_file_location("flags_benchmark", path)
    flags = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = flags  # so that its data classes find their module
    spec.loader.exec_module(flags)
    page = (guide.ROOT / "docs/faculty/analysis.md").read_text("utf-8")
    for title in flags.KINDS.values():
        assert f"{title}, per cent" in page
    for world in flags.WORLDS:
        assert page.count(f"| {world.name} |") == len(flags.KINDS)


@pytest.mark.long
def test_every_option_that_the_pages_name_exists(folder):
    told = set()
    for name in PAGES:
        told |= set(re.findall(r"`--(\w+)", (guide.ROOT / f"docs/faculty/{name}.md").read_text("utf-8")))
    commands = ("analyse", "link", *(f"standard {one}" for one in ("sheets", "angoff", "cohen", "borderline")))
    offered = {one for command in commands for one in re.findall(r"--(\w+)", guide.typed(folder, f"viva {command} --help"))}
    assert told <= offered
