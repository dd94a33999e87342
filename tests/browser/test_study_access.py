"""The study pages and every state of them: axe, narrow screens, forced colours, focus, print."""

from __future__ import annotations

import gzip
import re

import pytest

from browsers import assert_accessible_in_both

PROGRESS, REVIEW, PRACTICE = "study/progress.html", "study/review.html", "study/practice.html"
CHECK = "self-checks/scale.html"
SOME = """() => {
  const { store } = vivaStudy;
  vivaCourse.questions.forEach(({ id, hash }, n) => {
    if (n % 3) store.put(`a:some-${n}`, JSON.stringify({ q: id, h: n % 20 ? hash : "old", t: Date.now() - (30 - n % 25) * 864e5, a: 0, m: n % 2, c: 1 + n % 3 }));
  });
  store.set(`q:${vivaCourse.questions[0].id}`, { flag: true, flagged: 1, note: "a note", noted: 1 });
}"""


def progress(page):
    page.evaluate(SOME)
    page.reload()


def erasing(page):
    page.get_by_role("button", name="Erase everything").click()


def problems(page):
    page.evaluate("() => { localStorage[vivaStudy.store.prefix + 'a:x'] = '{' }")
    page.reload()


def reviewing(page):
    page.evaluate(SOME)
    page.reload()
    page.get_by_label("Ask how sure I am").check()
    page.get_by_role("button", name="Begin with").click()
    page.locator("viva-question").wait_for()


def card(page):
    page.get_by_label("key facts of the modules").check()
    page.get_by_role("button", name="Begin the flashcards").click()
    page.get_by_role("button", name="Show the answer").click()
    page.locator(".viva-meaning").wait_for()


def tools(page):
    page.get_by_role("button", name="Study tools").click()
    page.get_by_label("Ask how sure I am").check()
    page.get_by_role("button", name="Note").first.click()
    page.get_by_role("button", name="Flag").first.click()


def help_(page):
    page.get_by_role("button", name="Help").click()
    page.get_by_role("dialog", name="Help").wait_for()


def offered(page):
    page.get_by_label("Exam", exact=True).check()
    page.get_by_role("button", name="Begin the exam").wait_for()


def exam(page):
    offered(page)
    page.get_by_label("With a timer of").check()
    page.get_by_role("button", name="Begin the exam").click()
    page.get_by_role("button", name="Flag").locator("visible=true").click()
    page.locator("viva-quiz > viva-question:visible input").first.check()
    page.get_by_role("button", name="Next").click()


def handed_in(page):
    exam(page)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    page.locator(".viva-result").wait_for()


def block_form(page):
    page.get_by_label("exam: marks").check()
    page.get_by_label("With a timer of").check()


def practice_exam(page):
    block_form(page)
    page.get_by_label("one best answer").check()
    page.get_by_label("How many").fill("5")
    page.get_by_role("button", name="Begin the exam").click()
    page.get_by_role("navigation", name="Answer sheet").wait_for()
    page.locator("viva-quiz > viva-question:visible input").first.check()
    page.get_by_role("button", name="Flag").locator("visible=true").click()
    page.get_by_role("button", name="Next").click()


def waiting(page):
    practice_exam(page)
    page.get_by_role("button", name="Back to practice").click()
    page.get_by_text("begun on").wait_for()


def discarding(page):
    waiting(page)
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("dialog", name="Discard this exam?").wait_for()


def practice_result(page):
    practice_exam(page)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    page.locator(".viva-result").wait_for()


STATES = [
    (PROGRESS, None),
    (PROGRESS, progress),
    (PROGRESS, erasing),
    (PROGRESS, problems),
    (REVIEW, None),
    (REVIEW, reviewing),
    (PRACTICE, None),
    (PRACTICE, card),
    (PRACTICE, block_form),
    (PRACTICE, practice_exam),
    (PRACTICE, waiting),
    (PRACTICE, discarding),
    (PRACTICE, practice_result),
    (CHECK, tools),
    (CHECK, help_),
    (CHECK, offered),
    (CHECK, exam),
    (CHECK, handed_in),
]


@pytest.mark.parametrize(
    ("name", "state"), STATES, ids=lambda one: getattr(one, "__name__", str(one))
)
def test_every_state_is_accessible_and_fits_320_pixels(open_page, name, state):
    page = open_page(name, width=320)
    if state:
        state(page)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert_accessible_in_both(page)


@pytest.mark.parametrize("name", [PROGRESS, REVIEW, PRACTICE])
def test_targets_are_large_enough(open_page, name):
    page = open_page(name, width=390)
    small = page.evaluate(
        """() => [...document.querySelectorAll(".viva-study button, .viva-study label, .viva-study summary")]
          .filter(one => one.offsetParent && one.getBoundingClientRect().height < 34).map(one => one.textContent.trim())"""
    )
    assert small == []


def test_shares_stay_visible_in_forced_colours(open_page):
    page = open_page(PROGRESS, forced_colors="active")
    progress(page)
    bar = page.locator(".viva-share").first
    assert "gradient" in bar.evaluate("cell => getComputedStyle(cell).backgroundImage")


def test_the_self_check_prints_without_its_tools(open_page):
    page = open_page(CHECK)
    tools(page)
    page.emulate_media(media="print")
    for name in (".viva-bar", ".viva-question-tools", ".viva-confidence"):
        assert not page.locator(name).first.is_visible()


def test_a_page_with_questions_loads_little_of_the_study_code(site):
    page = site / CHECK
    named = re.findall(r'(?:src|href)="([^"]*assets/viva/study/[^"]+)"', page.read_text("utf-8"))
    files = {(page.parent / name).resolve() for name in named}
    assert files
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 3.75 * 1024


def test_pages_with_questions_load_no_scheduler_and_no_data(site):
    for name in (CHECK, "modules/scale.html", "index.html"):
        html = (site / name).read_text("utf-8")
        loaded = re.findall(r'<script[^>]* src="([^"]+)"', html)
        assert not [src for src in loaded if "fsrs" in src or "course-data" in src]
