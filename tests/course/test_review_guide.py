"""The page on reviews, done as it says: its commands, what they print, its figure, what comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page

import browsers
import guide
from shown import NARROW, compare, prepare, shot
from viva.course import courses
from viva.course.layout import Layout

PAGE = guide.ROOT / "docs/faculty/review.md"
REVIEWED = 2


def fill(path: Path) -> list[str]:
    """What a reviewer writes into a document; the questions that are accepted."""
    document, accepted = docx.Document(path), []
    for table in document.tables:
        rows = {row.cells[0].text: row.cells[1] for row in table.rows}
        if "Reviewer" in rows:
            rows["Reviewer"].text, rows["Date"].text = "A. Rao", "2026-12-08"
        elif len(accepted) < REVIEWED:
            rows["State"].text, rows["Comment"].text = "accepted", "Clear."
            accepted.append(rows["Question"].text)
    document.save(path)
    return accepted


@pytest.fixture(scope="module")
def folder(new_copy: Callable[[str], Path]) -> Path:
    """A copy of the course in which the page was followed to its end."""
    made = new_copy("review")
    prepare(made, "review", ["packet"])
    printed, accepted = "", []
    for step in guide.steps(PAGE):
        if step.kind == "type":
            printed = guide.typed(made, step.text)
            accepted = accepted or fill(made / "review/review.docx")
        elif step.kind == "printed":
            for line in step.text.strip().split("\n"):
                assert guide.fits(line.strip("…"), printed), printed
    questions = courses.load(Layout.of(made)).questions
    assert [questions[name].signed.by for name in accepted] == ["A. Rao"] * REVIEWED
    return made


@pytest.fixture(scope="module")
def page(browser: Browser, folder: Path) -> Page:
    """The packet in a narrow page of a browser without a network, on a day that does not change."""
    context = browser.new_context(**NARROW, accept_downloads=True)
    page = context.new_page()
    page.goto((folder / "review/review.html").as_uri())
    yield page
    context.close()


@pytest.mark.long
def test_what_the_page_saves_comes_back(folder: Path, page: Page, downloads: Path):
    last = page.locator("article").last
    name = last.get_attribute("data-question")
    page.get_by_role("button", name="Save the review").click()
    assert page.get_by_role("status").inner_text() == "Write your name and the date first."
    page.get_by_label("Reviewer").fill("Ben Lind-Östberg")
    page.get_by_label("Date").fill("2026-12-09")
    last.get_by_label("State").select_option("retired")
    last.get_by_label("Comment").fill("It got out.\n“#1”, <b>, : and 'all'")
    page.reload()
    assert last.get_by_label("State").input_value() == "retired"  # nothing is lost
    press = page.get_by_role("button", name="Save the review").click
    saved = browsers.saved(page, downloads, "review-Ben-Lind-Östberg.json", press)
    came = folder / "came.json"
    came.write_text(saved, "utf-8")
    guide.typed(folder, "viva review read came.json")
    found = courses.load(Layout.of(folder)).questions[name]
    last_said = found.reviews[-1]
    assert (found.status, last_said.by, last_said.date) == ("retired", "Ben Lind-Östberg", "2026-12-09")
    assert last_said.comment == "It got out.\n“#1”, <b>, : and 'all'"
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        browsers.assert_accessible(page)


@pytest.mark.long
def test_the_figure_shows_what_a_reviewer_sees(folder: Path, page: Page):
    part = page.locator("article").first
    compare(page, "review", {"packet": shot(part)})


def test_what_the_page_says_of_messages_is_so():
    """Each message that the page explains stands in the program."""
    told = re.findall(r"^\| \*([^*]+)\*", PAGE.read_text("utf-8"), re.MULTILINE)
    sources = (guide.ROOT / "scripts/viva").glob("**/review/*.py")
    command = guide.ROOT / "scripts/viva/cli/review.py"
    program = " ".join(path.read_text("utf-8") for path in [*sources, command])
    told = [one.replace("A: accepted, B: retired", "{states}") for one in told]
    assert len(told) == 4
    for one in told:
        assert one in program, one
