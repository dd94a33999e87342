"""Formulas look like formulas in both browsers, from a disk, before and after answering."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import LONG_IN_FIREFOX, assert_accessible_in_both
from sampled import long

SHAPE = """([tex]) => {
  const math = [...document.querySelectorAll("article math")].find((one) => one.getAttribute("alttext") === tex)
  const [above, below] = [...math.querySelector("mfrac").children].map((one) => one.getBoundingClientRect())
  return [above.bottom <= below.top + 1, below.height > 4, document.fonts.check("16px STIX2")]
}"""


@pytest.fixture
def open_in(either: Browser, formulas: Path) -> Iterator[Callable[[str], Page]]:
    """Open a page of the course; what its policy or its scripts complain of fails the test."""
    context = either.new_context(viewport={"width": 390, "height": 800}, offline=True)
    complaints: list[str] = []

    def open_(name: str) -> Page:
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((formulas / name).as_uri())
        return page

    yield open_
    context.close()
    assert not complaints


@pytest.mark.parametrize("either", ["chromium", "firefox"], indirect=True)
def test_a_formula_has_its_shape_and_its_font(open_in):
    page = open_in("modules/spread.html")
    expect(page.locator("article math").first).to_be_visible()
    page.evaluate("document.fonts.load('16px STIX2')")
    assert page.evaluate(SHAPE, ["SE = s/√n"]) == [True, True, True]
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    # The long one scrolls by itself, and the keyboard reaches it.
    assert page.evaluate("(one => one.scrollWidth > one.clientWidth)"
                         "(document.querySelector('div.arithmatex[tabindex]'))")  # fmt: skip


@LONG_IN_FIREFOX
def test_formulas_are_there_after_an_answer(open_in):
    page = open_in("modules/spread.html")
    page.locator("label", has=page.locator("math[alttext='2']")).click()
    page.get_by_role("button", name="Check answer").click()
    feedback = page.locator(".viva-feedback")
    expect(feedback.locator("math").first).to_be_visible()
    expect(page.locator(".viva-why math").first).to_be_visible()


@pytest.mark.parametrize("name", ["modules/spread.html", long("self-checks/spread.html")])
def test_axe_finds_nothing(open_in, name):
    assert_accessible_in_both(open_in(name))


def test_a_session_asks_in_formulas(open_in):
    page = open_in("study/practice.html")
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator("math").first).to_be_visible()
