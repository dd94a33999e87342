"""A session survives whatever happens to its page: a table of states and events, in both browsers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

from browsers import IN_BOTH, KEPT, LONG_IN_FIREFOX, Device, assert_accessible_in_both, wait_until
from exams import CHECK, attempts, begin, ready, sessions
from host import NAME, Host
from sampled import long

PRACTICE, REVIEW, PROGRESS = "study/practice.html", "study/review.html", "study/progress.html"

# What a student sees: of each question whether it is on the screen, how it was judged, what is chosen
# and struck out, and what was said; the place, the result and the card.
SEEN = """() => {
  const text = (one) => one?.textContent.trim() ?? null;
  const read = (leaf) => { try { return leaf.behaviour.read(leaf) } catch { return "?" } };
  return {
    questions: [...document.querySelectorAll("viva-quiz > viva-question")].map((one) => [one.id, one.checkVisibility(), one.dataset.state ?? null]),
    leaves: [...document.querySelectorAll("viva-question")].filter((one) => one.form).map((leaf) => [leaf.id, read(leaf), text(leaf.querySelector(".viva-verdict")),
      leaf.querySelectorAll(".viva-why").length, leaf.querySelectorAll("[data-struck]").length, leaf.fieldset.disabled]),
    card: [...document.querySelectorAll(".viva-card")].map((one) => [one.id, one.checkVisibility(), one.dataset.state ?? null]),
    place: text(document.querySelector(".viva-where")), result: text(document.querySelector(".viva-result h2")),
    clock: Boolean(document.querySelector(".viva-clock-left")?.textContent),
  };
}"""


def pick(page: Page, place: int = 0) -> None:
    page.locator("viva-question[type=single]:visible input[name=answer]").nth(place).check()


def check(page: Page) -> None:
    page.locator("viva-question:visible").first.get_by_role("button", name="Check answer").click()
    page.locator("viva-question:visible .viva-verdict").first.wait_for()


def tutor(page: Page) -> None:
    """One answer checked, the next one chosen, with an option struck out."""
    ready(page)
    page.evaluate("vivaStudy.store.set('p:one', true)")
    page.reload()
    ready(page)
    pick(page)
    check(page)
    page.get_by_role("button", name="Next").click()
    page.locator("html[data-session]").wait_for()
    page.locator(".viva-strike").click()
    page.locator("viva-question:visible label:has([name=answer])").last.click()
    page.locator(".viva-strike").click()
    page.locator("viva-question:visible input[name=answer]").first.check()


def all_at_once(page: Page) -> None:
    ready(page)
    pick(page, 1)
    check(page)


def tried_again(page: Page) -> None:
    all_at_once(page)
    page.get_by_role("button", name="Try again").click()
    page.locator("viva-question[type=single] input[name=answer]").first.check()


def judging(page: Page) -> None:
    """An answer that waits for the student's own judgement."""
    ready(page)
    question = page.locator("viva-question[type=short-answer]").first
    question.locator("input").fill("something quite else")
    question.get_by_role("button", name="Check answer").click()
    question.get_by_text("Was yours right?").wait_for()


def exam(page: Page) -> None:
    begin(page, timer=True)
    page.locator("viva-question:visible input").first.check()
    page.get_by_role("button", name="Next").click()


def handed_in(page: Page) -> None:
    exam(page)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    page.locator(".viva-result").wait_for()


def practice(page: Page) -> None:
    page.get_by_role("button", name="Begin", exact=True).click()
    page.locator("viva-quiz[data-run]").wait_for()
    page.keyboard.press("j")


def preset_exam(page: Page) -> None:
    page.get_by_label("Exam of 40").check()
    page.get_by_role("button", name="Begin", exact=True).click()
    page.locator("viva-quiz[data-exam]").wait_for()
    page.keyboard.press("j")


def cards(page: Page) -> None:
    page.get_by_role("button", name="Begin the flashcards").click()
    page.locator(".viva-card:visible").wait_for()
    for key in ("Space", "2", "Space", "1"):
        page.keyboard.press(key)


def review(page: Page) -> None:
    page.evaluate("""() => vivaCourse.questions.filter((one) => one.type === "single" && !one.of).slice(0, 3).forEach(({ id, hash }, n) =>
      vivaStudy.store.add({ q: id, h: hash, t: Date.now() - (30 + n) * 864e5, a: 0, m: 1 }))""")
    page.reload()
    page.get_by_role("button", name="Begin the review").click()
    page.locator("viva-question:visible input[name=answer]").first.check()
    check(page)


def case(page: Page) -> None:
    ready(page)
    page.locator("viva-question viva-question input").first.check()
    page.locator("viva-question viva-question").first.get_by_role("button", name="Check answer").click()
    page.locator(".viva-next[open]").first.wait_for()


def checkpoint(page: Page) -> None:
    question = page.locator("viva-quiz[mode=checkpoint] viva-question").first
    field = question.locator("input").first
    if field.get_attribute("type") == "radio":
        field.check()
    else:
        field.fill("7")
    question.get_by_role("button", name="Check answer").click()
    question.locator(".viva-verdict").wait_for()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "tutor": (CHECK, tutor),
    "all at once": (CHECK, all_at_once),
    "tried again": (CHECK, tried_again),
    "judging": (CHECK, judging),
    "exam": (CHECK, exam),
    "handed in": (CHECK, handed_in),
    "case": ("self-checks/case-mist.html", case),
    "practice": (PRACTICE, practice),
    "exam of 40": (PRACTICE, preset_exam),
    "cards": (PRACTICE, cards),
    "review": (REVIEW, review),
    "checkpoint": ("modules/scale.html", checkpoint),
}


def back_again(page: Page) -> Page:
    """Leave the session's page, and come back: some browsers show it as it was, some load it anew."""
    url = page.url
    page.goto(url.partition("/course/")[0] + "/course/about.html")
    page.evaluate("setTimeout(() => history.back())")
    wait_until(lambda: is_at(page, url))
    return page


def is_at(page: Page, url: str) -> bool:
    try:
        return bool(page.evaluate("location.href") == url)
    except Error:  # it is on its way
        return False


def reloaded(page: Page) -> Page:
    page.reload()
    return page


def in_a_second_tab(page: Page) -> Page:
    other = page.context.new_page()
    other.goto(page.url)
    return other


EVENTS: dict[str, Callable[[Page], Page]] = {
    "reload": reloaded, "a second tab": in_a_second_tab, "Back": back_again,
}  # fmt: skip


@pytest.fixture
def context(either: Browser) -> Iterator[BrowserContext]:
    made = either.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    made.set_default_timeout(10_000)
    yield made
    made.close()


def seen(page: Page) -> dict[str, Any]:
    page.wait_for_function("document.querySelector('viva-quiz[data-run], viva-quiz [data-state], viva-quiz [mode=checkpoint]')")
    found: dict[str, Any] = page.evaluate(SEEN)
    return found


SELDOM = {"all at once", "tried again", "judging", "checkpoint", "exam of 40", "practice"}
"""Like another state, reached another way; or a part of one."""


@LONG_IN_FIREFOX
@pytest.mark.parametrize("state", [long(state) if state in SELDOM else state for state in STATES])
def test_a_session_comes_back_as_it_was(context: BrowserContext, served: Host, state: str) -> None:
    name, reach = STATES[state]
    page = context.new_page()
    page.goto(served.address(name))
    reach(page)
    page.evaluate("new Promise((done) => setTimeout(() => setTimeout(done, 50)))")
    before = seen(page)
    for event, happens in EVENTS.items():
        page = happens(page)
        page.evaluate("dispatchEvent(new Event('pointermove'))")
        for _ in range(100):  # a page that Firefox had put by answers to nothing but questions
            if (now := page.evaluate(SEEN)) == before:
                break
            time.sleep(0.05)
        assert now == before, event


@pytest.mark.parametrize("name", ["chromium", long("firefox")])
def test_a_browser_that_is_killed_loses_no_verdict(playwright: Playwright, served: Host, tmp_path: Path, name: str) -> None:
    device = Device(playwright, name, tmp_path / "profile")
    page = device.start()
    page.goto(served.address(CHECK))
    tutor(page)
    page.evaluate("new Promise((done) => setTimeout(() => setTimeout(done, 50)))")
    before = seen(page)
    page.wait_for_function(KEPT, arg=NAME)
    device.kill()
    page = device.start()
    page.goto(served.address(CHECK))
    page.locator("html[data-session]").wait_for()
    assert seen(page) == before
    device.stop()


@LONG_IN_FIREFOX
def test_what_was_wrong_is_one_tap_from_the_result(context: BrowserContext, served: Host) -> None:
    page = context.new_page()
    page.goto(served.address(CHECK))
    handed_in(page)
    wrong = page.evaluate("document.querySelector('viva-quiz').runner.result.wrong.map((one) => one.id)")
    assert len(wrong) > 10
    page.get_by_role("button", name=f"The {len(wrong)} that were wrong").click()
    page.locator("viva-quiz[data-run=tutor]").wait_for()
    shown = page.evaluate("document.querySelector('viva-quiz').runner.questions.map((one) => one.id)")
    assert shown == wrong
    assert page.locator("viva-question[data-state]").count() == 0


def test_the_second_of_two_tabs_shows_what_the_first_one_answers(context: BrowserContext, served: Host) -> None:
    page, other = context.new_page(), context.new_page()
    for tab in (page, other):
        tab.goto(served.address(CHECK))
        ready(tab)
    all_at_once(page)
    other.reload()
    other.locator("viva-question[data-state]").first.wait_for()
    page.locator("viva-question[type=single]").nth(1).locator("input[name=answer]").first.check()
    page.locator("viva-question[type=single]").nth(1).get_by_role("button", name="Check answer").click()
    other.wait_for_function("document.querySelectorAll('viva-quiz > viva-question[data-state]').length === 2")
    assert len(attempts(page)) == 2
    assert len(sessions(page)) == 1


def test_seconds_are_kept_and_results_tell_slow_from_quick(context: BrowserContext, served: Host) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(served.address(CHECK))
    ready(page)
    page.clock.run_for(30_000)
    all_at_once(page)
    assert 29 <= attempts(page)[0]["d"] <= 32
    item = next(iter(one for one in sessions(page)[0]["items"].values() if one.get("tries")))
    assert 29 <= item["d"] <= 32


PHONE = {"width": 390, "height": 844}


@IN_BOTH
def test_on_a_phone_a_session_is_three_taps_from_home_and_one_key_from_question_to_question(either: Browser, served: Host) -> None:
    context = either.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(served.address(CHECK))
    height = page.evaluate("innerHeight")
    for at in (page.locator("viva-question:visible label").first, page.locator("viva-question:visible").get_by_role("button", name="Check answer")):
        box = at.bounding_box()
        assert box and box["y"] + box["height"] <= height  # no scroll
        at.click()
    assert page.evaluate("scrollY") == 0
    assert len(attempts(page)) == 1
    page.locator("viva-quiz[data-run]").wait_for()
    page.keyboard.press("Enter")
    page.locator("html[data-session]").wait_for()
    first = page.locator("viva-question:visible")
    assert first.count() == 1
    box = first.locator(".viva-number").bounding_box()
    assert box and 0 <= box["y"] < 120
    assert page.locator(".viva-where").inner_text().startswith("2 of")
    assert not page.locator("header").first.is_visible()
    assert first.locator("form > .viva-actions").bounding_box()["y"] > height - 130  # within the thumb's reach
    if not first.locator(".viva-figure").count():
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    context.close()


@pytest.mark.long
def test_a_result_that_is_opened_again_is_on_the_first_screen(context: BrowserContext, served: Host) -> None:
    page = context.new_page()
    page.goto(served.address(CHECK))
    handed_in(page)
    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.reload()
        again = page.get_by_role("button", name="that were wrong")
        again.wait_for()
        box = again.bounding_box()
        assert box and box["y"] + box["height"] < height - 60


@pytest.mark.long
def test_theme_keys_do_nothing_in_a_session_and_question_keys_work_on_the_whole_page(context: BrowserContext, served: Host) -> None:
    page = context.new_page()
    page.goto(served.address(CHECK))
    tutor(page)
    url = page.url
    page.evaluate("document.activeElement.blur()")
    for key in ("n", "p", ".", ",", "s", "/"):
        page.keyboard.press(key)
        page.evaluate("document.activeElement.blur()")
    assert page.url == url
    assert page.evaluate("document.getElementById('__search').checked") is False
    page.keyboard.press("k")
    assert page.locator(".viva-where").inner_text().startswith("1 of")
    page.keyboard.press("j")
    page.keyboard.press("b")
    assert page.locator("viva-question:visible input[name=answer]").nth(1).is_checked()
    page.keyboard.press("f")
    assert page.locator(".viva-line .viva-flag").get_attribute("aria-pressed") == "true"
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Help").wait_for()


@pytest.mark.long
def test_space_twice_on_a_card_records_nothing(context: BrowserContext, served: Host) -> None:
    page = context.new_page()
    page.goto(served.address(PRACTICE))
    page.get_by_role("button", name="Begin the flashcards").click()
    page.locator(".viva-card:visible").wait_for()
    for key in ("Space", "Space", "Enter", "Space"):
        page.keyboard.press(key)
    assert attempts(page) == []
    words = page.locator(".viva-grade:visible").all_inner_texts()
    assert [one.split()[0] for one in words] == ["No", "Hard", "Yes", "Easy"]
    assert all("day" in one for one in words)
    assert_accessible_in_both(page)


def test_what_to_read_again_opens_over_the_question(context: BrowserContext, served: Host) -> None:
    page = context.new_page()
    page.goto(served.address(CHECK))
    all_at_once(page)
    url = page.url
    page.locator("viva-quiz[data-run]").wait_for()
    link = page.locator("viva-question[data-state] .viva-read a")
    words = link.inner_text()
    link.click()
    drawer = page.get_by_role("dialog", name=words)
    drawer.wait_for()
    assert drawer.get_by_role("heading").first.inner_text().startswith(words)
    assert drawer.locator("p").count() > 1
    assert_accessible_in_both(page)
    drawer.get_by_role("button", name="Back to the question").click()
    assert page.url == url
    link.click()
    page.get_by_role("link", name="Open the page").click()
    page.wait_for_url("**/modules/**")
    page.go_back()
    page.locator("viva-question[data-state] .viva-verdict").wait_for()


def test_the_result_so_far_counts_first_tries_and_says_what_to_read(context: BrowserContext, served: Host) -> None:
    page = context.new_page()
    page.goto(served.address(CHECK))
    all_at_once(page)
    first = page.locator("viva-question").first
    assert first.get_attribute("data-state") == "right"
    first.get_by_role("button", name="Try again").click()
    pick(page)
    check(page)
    following = page.locator("viva-question").nth(1)
    following.locator("input[name=answer]").nth(1).check()
    following.get_by_role("button", name="Check answer").click()
    assert following.get_attribute("data-state") == "wrong"
    said = page.locator(".viva-summary").inner_text()
    assert "Mark at the first try: 1 of 2." in said
    assert "By objective" in said
    links = page.locator(".viva-summary a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert links == [following.locator(".viva-read a").get_attribute("href")]


def test_the_text_around_a_checkpoint_stays_when_it_is_answered(context: BrowserContext, served: Host) -> None:
    """Its last question leads nowhere: there is no result, and no session that folds the page."""
    page = context.new_page()
    page.goto(served.address("modules/scale.html"))
    asked = page.locator("viva-quiz[mode=checkpoint] > viva-question").first
    asked.locator("input").first.fill("1")
    asked.get_by_role("button", name="Check answer").click()
    page.wait_for_function("document.querySelector('viva-quiz[mode=checkpoint]').runner")
    assert asked.get_by_role("button", name="See the result").count() == 0
    asked.locator(".viva-feedback").focus()
    for key in ("Enter", "j"):
        page.keyboard.press(key)
    assert page.locator("h1").is_visible() and page.locator("header").first.is_visible()
    assert page.evaluate("document.documentElement.dataset.session ?? null") is None
