"""What a student does with a self-check, in tutor or exam mode, in any browser."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

CHECK = "self-checks/scale.html"


def begin(page: Page, timer: bool = False) -> None:
    page.get_by_label("Exam", exact=True).check()
    button = page.get_by_role("button", name="Begin the exam")
    button.wait_for()
    if timer:
        page.get_by_label("With a timer of").check()
    button.click()
    resumed(page)


def resumed(page: Page) -> None:
    """Wait until the exam goes on."""
    page.locator("viva-quiz[data-exam]").wait_for()
    page.get_by_role("navigation", name="Answer sheet").wait_for()


def sheet(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Answer sheet").get_by_role("button")


def labels(page: Page, *places: int) -> list[str | None]:
    return [sheet(page).nth(place).get_attribute("aria-label") for place in places]


def shown(page: Page) -> Locator:
    return page.locator("viva-quiz > viva-question:visible")


def singles(page: Page) -> list[int]:
    """The places of the questions with one best answer."""
    types = page.locator("viva-quiz > viva-question").evaluate_all(
        "all => all.map(question => question.getAttribute('type'))"
    )
    return [place for place, kind in enumerate(types) if kind == "single"]


def choose(page: Page, place: int, option: int = 1) -> None:
    """Answer a question with one best answer, and wait until the sheet says so."""
    sheet(page).nth(place).click()
    shown(page).get_by_role("radio").nth(option).check()
    sheet(page).nth(place).and_(page.locator("[aria-label*=': answered']")).wait_for()


def chosen(page: Page, *places: int) -> list[int]:
    """The numbers of the options that are chosen in these questions, -1 where none is."""
    return page.locator("viva-quiz > viva-question").evaluate_all(
        """(all, places) => places.map((place) =>
          [...all[place].querySelectorAll("[type=radio]")].filter((one) => one.name !== "confidence")
            .findIndex((one) => one.checked))""",
        list(places),
    )


def settled(page: Page) -> None:
    """Wait until what the last event put off has been done: timers of one length run in order."""
    page.evaluate("new Promise((done) => setTimeout(() => setTimeout(done)))")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    page.locator(".viva-result").wait_for()


def attempts(page: Page) -> list[dict]:
    """What is written down, oldest first."""
    return page.evaluate("vivaStudy.store.attempts()")


def sessions(page: Page, mode: str = "") -> list[dict]:
    """The sessions that are kept, of a mode or of all, newest first."""
    return page.evaluate("mode => vivaStudy.sessions((one) => !mode || one.mode === mode)", mode)


def ready(page: Page) -> None:
    """Wait until the runner leads: it comes with the first touch."""
    page.evaluate("dispatchEvent(new Event('pointermove'))")
    page.locator("viva-quiz[data-run]").first.wait_for()


def answer_first(page: Page) -> None:
    """Answer the first question with one best answer."""
    question = page.locator("viva-question[type=single]").first
    question.locator("input[type=radio]").first.check()
    question.get_by_role("button", name="Check answer").click()
    question.locator(".viva-feedback > .viva-explanation").wait_for()
