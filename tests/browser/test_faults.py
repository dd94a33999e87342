"""A type that is not complete says what it lacks, and the rest of the page works."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import golden
from exams import CHECK, begin, hand_in, sheet

# Before any script runs some questions become ones of other types; before the page is ready one
# of these types registers a part of what it needs.
SPOIL = """
const KINDS = %s;
document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  for (const [selector, kind] of Object.entries(KINDS))
    document.querySelectorAll(selector).forEach((question) => question.setAttribute("type", kind));
});
document.addEventListener("DOMContentLoaded", () =>
  window.viva?.type?.("halves", { read: () => null, mark: () => 1, wake: (question) => question.woke }));
"""
UNKNOWN = "Questions of the type “gaps” cannot be answered on this page: no script registers it."
HALF = "Questions of the type “halves” cannot be answered on this page: its script lacks write."
Spoilt = Callable[..., Page]


@pytest.fixture
def spoilt(browser: Browser) -> Iterator[Spoilt]:
    """Open a page in which questions have become ones of types that are not complete."""
    context = browser.new_context(reduced_motion="reduce", accept_downloads=True)
    complaints: list[str] = []

    def open_(path: Path, kinds: dict[str, str]) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.add_init_script("window.faults = []; const error = console.error;"
                             "console.error = (words) => (window.faults.push(words), error(words));")  # fmt: skip
        page.add_init_script(SPOIL % json.dumps(kinds))
        page.goto(path.as_uri())
        return page

    yield open_
    context.close()
    assert not complaints


def told(page: Page) -> list[str]:
    """What the page says of its types; the console says the same."""
    found = page.locator(".viva-fault").all_inner_texts()
    assert [page.evaluate("window.faults").count(words) for words in found] == [1] * len(found)
    return found


def test_a_self_check_says_once_what_a_type_lacks(spoilt: Spoilt, tmp_path: Path) -> None:
    names = (
        "single/ifs-bounds",
        "numeric/degrees",
        "numeric/millimetres",
        "multiple/three-of-five",
    )
    asked = [golden.question(name) for name in names]
    (tmp_path / "page.html").write_text(golden.page(*asked), "utf-8")
    page = spoilt(tmp_path / "page.html", {"[type=numeric]": "halves", "[type=multiple]": "gaps"})
    assert told(page) == [HALF, UNKNOWN]
    for number, words in ((1, HALF), (2, HALF), (3, UNKNOWN)):
        question = page.locator("viva-question").nth(number)
        question.get_by_role("button", name="Check answer").click()
        expect(question.locator(".viva-actions [role=status]")).to_have_text(words)
    page.get_by_label("Ischial tuberosity and lesser").check()
    page.get_by_role("button", name="Check answer").first.click()
    expect(page.locator("viva-question").first).to_have_attribute("data-state", "right")


def test_a_case_goes_on_after_a_step_that_cannot_be_answered(
    spoilt: Spoilt, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(golden.page(golden.question("case/runner")), "utf-8")
    page = spoilt(tmp_path / "page.html", {"#runner-site": "gaps"})
    assert told(page) == [UNKNOWN]
    page.locator("#runner-site").get_by_role("button").click()
    expect(page.locator("#runner-muscle")).to_be_visible()


def test_an_assignment_keeps_and_saves_the_other_answers(
    spoilt: Spoilt, course: Path, tmp_path: Path
) -> None:
    kinds = {"#a-numeric": "gaps", "[type=single]": "halves"}
    page = spoilt(course / "site/assignments/week-1.html", kinds)
    page.wait_for_selector(".viva-awake")
    assert told(page) == [HALF, UNKNOWN]
    page.locator("#a-hotspot label").nth(1).click()
    page.locator("#a-case-1 label").first.click()
    expect(page.locator("#a-case-2")).to_be_visible()
    page.reload()
    page.wait_for_selector(".viva-awake")
    assert page.locator(".viva-draft").inner_text() == "Your draft is back."
    page.get_by_label("Your name").fill("Ada Example")
    page.get_by_label("Your student number").fill("s1")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answer file").click()
    download.value.save_as(tmp_path / "file.json")
    answers: dict[str, Any] = json.loads((tmp_path / "file.json").read_text())["answers"]
    assert answers["a-hotspot"]["answer"] == 1
    assert answers["a-numeric"]["answer"] is answers["a-single"]["answer"] is None


def test_an_exam_is_taken_and_marked_around_it(spoilt: Spoilt, site: Path) -> None:
    page = spoilt(site / CHECK, {"viva-quiz > [type=numeric]": "gaps"})
    assert told(page) == [UNKNOWN]
    begin(page)
    expect(sheet(page).first).to_be_visible()
    hand_in(page)
    expect(page.locator(".viva-result h2")).to_contain_text("Exam: 0 of")


SPOILT_BANKS = """window.vivaBanks = new Proxy({}, {
  set: (all, name, html) => Boolean((all[name] = html.replaceAll(/viva-question id="([^"]*)" type="[^"]*"/g,
    'viva-question id="$1" type="gaps"'))),
});"""


def test_practice_goes_on_to_the_next_question(spoilt: Spoilt, site: Path) -> None:
    page = spoilt(site / "index.html", {})
    page.add_init_script(SPOILT_BANKS)
    page.goto((site / "study/practice.html").as_uri())
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator(".viva-where")).to_contain_text("1 of")
    assert told(page) == [UNKNOWN]
    page.get_by_role("button", name="Skip").click()
    expect(page.locator(".viva-where")).to_contain_text("2 of")
