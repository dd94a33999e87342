"""What a student does over days, in both browsers: nothing that was answered is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from browsers import KEPT, LONG_IN_FIREFOX, Device, saved
from exams import (
    CHECK,
    answer_first,
    attempts,
    begin,
    choose,
    chosen,
    hand_in,
    resumed,
    sessions,
    singles,
)
from host import NAME, Host
from sampled import long

PROGRESS = "study/progress.html"
ANSWERED = """document.querySelectorAll('[aria-label$=": answered"]').length"""


@pytest.fixture
def new_device(either: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """A device of its own, which shares nothing with another one."""
    made: list[BrowserContext] = []

    def new() -> BrowserContext:
        made.append(either.new_context())
        made[-1].set_default_timeout(10_000)
        return made[-1]

    yield new
    for context in made:
        context.close()


@pytest.fixture
def visit(new_device: Callable[[], BrowserContext], served: Host) -> Callable[..., Page]:
    """Open a page of the course in a new tab, of a new device unless one is given."""

    def open_(name: str, device: BrowserContext | None = None) -> Page:
        page = (device or new_device()).new_page()
        page.goto(served.address(name))
        return page

    return open_


@pytest.mark.parametrize("name", [long("chromium"), "firefox"])  # `test_sessions` kills Chromium
def test_a_browser_that_is_killed_in_an_exam_loses_no_answer(playwright: Playwright, served: Host, tmp_path: Path, name):
    device = Device(playwright, name, tmp_path / "profile")
    page = device.start()
    page.goto(served.address("self-checks/case-mist.html"))
    answer_first(page)
    page.goto(served.address(CHECK))
    begin(page, timer=True)
    places = singles(page)[:4]
    for place in places[:3]:
        choose(page, place)
    page.wait_for_function(KEPT, arg=NAME)
    device.kill()
    page = device.start()
    page.goto(served.address(CHECK))
    resumed(page)
    page.wait_for_function(f"{ANSWERED} === 3")
    assert chosen(page, *places) == [1, 1, 1, -1]
    choose(page, places[3])
    hand_in(page)
    assert len(attempts(page)) > 10
    assert attempts(page)[0]["t"] < page.evaluate("performance.timeOrigin")  # from before
    device.stop()


@pytest.mark.parametrize("name", ["chromium", long("firefox")])
def test_a_browser_that_is_killed_in_an_assignment_keeps_the_draft(playwright: Playwright, served: Host, tmp_path: Path, name):
    device = Device(playwright, name, tmp_path / "profile")
    page = device.start()
    page.goto(served.address("assignments/week-1.html"))
    page.get_by_label("Your name").fill("Ada Example")
    page.locator("viva-question input[type=radio]").first.check()
    page.wait_for_function(KEPT, arg=NAME)
    device.kill()
    page = device.start()
    page.goto(served.address("assignments/week-1.html"))
    page.get_by_text("Your draft is back.").wait_for()
    assert page.get_by_label("Your name").input_value() == "Ada Example"
    assert page.locator("viva-question input[type=radio]").first.is_checked()
    device.stop()


def test_what_was_erased_stays_so_when_the_browser_is_killed(playwright: Playwright, served: Host, tmp_path: Path):
    device = Device(playwright, "chromium", tmp_path / "profile")
    page = device.start()
    page.goto(served.address(PROGRESS))
    page.evaluate("vivaStudy.store.add({ q: 'knee', h: 'h', t: 1, a: 0, m: 1 })")
    device.stop()  # ended in peace, a browser writes all it has to the disk
    page = device.start()
    page.goto(served.address(PROGRESS))
    assert len(attempts(page)) == 1
    page.evaluate("vivaStudy.store.erase()")
    page.wait_for_function(KEPT, arg=NAME)
    device.kill()
    page = device.start()
    page.goto(served.address(PROGRESS))
    page.wait_for_function("vivaStudy.store.attempts().length === 0")
    device.stop()


@pytest.mark.long
@LONG_IN_FIREFOX
def test_a_tab_that_is_closed_in_an_exam_loses_nothing(visit):
    page = visit(CHECK)
    begin(page)
    one, other = singles(page)[:2]
    choose(page, one)
    choose(page, other, 2)
    device = page.context
    page.close(run_before_unload=False)
    page = visit(CHECK, device)
    resumed(page)
    assert chosen(page, one, other) == [1, 2]
    hand_in(page)
    assert len(attempts(page)) > 10


@LONG_IN_FIREFOX
def test_two_tabs_in_one_exam_lose_nothing_and_hand_in_once(visit):
    first = visit(CHECK)
    second = visit(CHECK, first.context)
    second.get_by_label("Exam", exact=True).check()
    second.get_by_role("button", name="Begin the exam").wait_for()
    begin(first)
    places = singles(first)[:4]
    resumed(second)  # there is one exam, whichever tab began it
    for number, place in enumerate(places):
        tab = (first, second)[number % 2]
        tab.bring_to_front()  # browsers let what is behind wait
        choose(tab, place)
    for tab in (first, second):
        tab.wait_for_function(f"{ANSWERED} === 4")
        assert chosen(tab, *places) == [1, 1, 1, 1]
    first.bring_to_front()
    with second.expect_navigation():
        hand_in(first)
    done = len(attempts(first))
    second.locator(".viva-result").wait_for()
    assert len(attempts(second)) == done
    assert [one["ended"] > 0 for one in sessions(second)] == [True]


def test_a_page_that_the_browser_had_put_by_takes_nothing_away(firefox: Browser, served):
    """Firefox freezes pages that are left, and shows them again as they were."""
    page = firefox.new_page()
    page.goto(served.address(CHECK))
    begin(page)
    one, other = singles(page)[:2]
    choose(page, one)
    page.evaluate("addEventListener('pageshow', ({ persisted }) => { window.wasPutBy = persisted })")
    page.goto(served.address("about.html"))
    page.goto(served.address(CHECK))
    resumed(page)
    choose(page, other)
    page.evaluate("history.go(-2)")
    page.wait_for_function("window.wasPutBy")
    assert chosen(page, one, other) == [1, 1]
    page.reload()
    resumed(page)
    assert chosen(page, one, other) == [1, 1]
    page.close()


def said(page: Page) -> str:
    page.wait_for_function("document.querySelector('[data-part=said]').textContent")
    return page.locator("[data-part=said]").inner_text()


def give(page: Page, text: str) -> str:
    """Import a progress file; returns what the page says."""
    file = {"name": "progress.json", "mimeType": "application/json", "buffer": text.encode()}
    page.locator("[data-part=said]").evaluate("said => { said.textContent = '' }")
    page.locator("[data-part=import]").set_input_files(file)
    return said(page)


@pytest.mark.long
@LONG_IN_FIREFOX
def test_progress_moves_between_two_devices_and_merges_without_loss(visit, downloads):
    phone, desk = visit("self-checks/scale.html"), visit("self-checks/relief.html")
    for page in (phone, desk):
        answer_first(page)
        page.goto(page.url.rpartition("self-checks/")[0] + PROGRESS)
    [on_phone], [on_desk] = attempts(phone), attempts(desk)

    def export(page: Page) -> str:
        press = page.get_by_role("button", name="Export to a file").click
        return saved(page, downloads, f"{NAME}-progress.json", press)

    text = export(phone)
    phone.get_by_role("button", name="Erase everything").click()
    phone.get_by_role("dialog").get_by_role("button", name="Erase everything").click()
    phone.get_by_text("Everything was erased.").wait_for()
    phone.reload()
    assert attempts(phone) == []
    assert give(desk, text).startswith("2 entries added")  # an attempt and its session
    assert {one["id"] for one in attempts(desk)} == {on_phone["id"], on_desk["id"]}
    both = export(desk)
    assert give(phone, both).startswith("4 entries added")
    assert give(phone, text).startswith("0 entries added")
    phone.reload()
    assert attempts(phone) == attempts(desk)
    assert "Answered\n2 of" in phone.locator("[data-part=overview]").inner_text()
