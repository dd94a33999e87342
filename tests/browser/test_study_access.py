"""The study pages and every state of them: axe, narrow screens, forced colours, focus, print."""

from __future__ import annotations

import gzip
import re

import pytest

from browsers import assert_accessible_in_both
from exams import ready
from sampled import long

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
    page.locator("viva-question:visible, .viva-card:visible").first.wait_for()


def card(page):
    page.get_by_label("key facts of the modules").check()
    page.get_by_role("button", name="Begin the flashcards").click()
    page.get_by_role("button", name="Show the answer").click()
    page.locator(".viva-meaning").wait_for()


def answered(page):
    ready(page)
    page.locator("viva-question:visible input").first.check()
    page.get_by_role("button", name="Check answer").locator("visible=true").click()
    page.locator(".viva-feedback").wait_for()


def went_on(page):
    answered(page)
    page.get_by_role("button", name="Next").locator("visible=true").click()
    page.locator("html[data-session]").wait_for()


def menu(page):
    went_on(page)
    page.get_by_role("button", name="Menu").click()


def tools(page):
    menu(page)
    page.get_by_label("Ask how sure I am").check()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Note").locator("visible=true").click()
    page.get_by_role("button", name="Flag").locator("visible=true").click()


def finished(page):
    ready(page)
    page.evaluate("""() => { for (const leaf of document.querySelector("viva-quiz").runner.leaves) leaf.settle(null) }""")
    page.evaluate("document.querySelector('viva-quiz').runner.move(99)")
    page.locator(".viva-result").wait_for()


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


def exam_menu(page):
    exam(page)
    page.get_by_role("button", name="Menu").click()


def handed_in(page):
    exam(page)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    page.locator(".viva-result").wait_for()


def block_form(page):
    page.locator("[data-part=builder] > summary").click()
    page.get_by_label("exam: marks").check()
    page.get_by_label("With a timer of").check()


def practice_exam(page):
    block_form(page)
    page.get_by_label("one best answer").check()
    page.get_by_label("How many").fill("5")
    page.get_by_role("button", name="Begin the exam").click()
    page.locator("viva-quiz[data-exam]").wait_for()
    page.locator("viva-quiz > viva-question:visible input").first.check()
    page.get_by_role("button", name="Flag").locator("visible=true").click()
    page.get_by_role("button", name="Next").click()


def waiting(page):
    practice_exam(page)
    page.get_by_role("button", name="Leave").click()
    page.get_by_text("begun on").wait_for()


def discarding(page):
    waiting(page)
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("dialog", name="Discard this session?").wait_for()


def practice_result(page):
    practice_exam(page)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    page.locator(".viva-result").wait_for()


STATES = [
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
    (CHECK, menu),
    (CHECK, tools),
    (CHECK, answered),
    (CHECK, went_on),
    (CHECK, finished),
    (CHECK, help_),
    (CHECK, offered),
    (CHECK, exam),
    (CHECK, exam_menu),
    (CHECK, handed_in),
]


SELDOM = {
    None,  # the page before anything is done stands behind what is done
    *(answered, card, offered),
    *(erasing, help_, problems, waiting),  # a dialog, a note and a list are there in `discarding`, `tools` and `reviewing`
    *(practice_exam, practice_result, menu, went_on, exam, exam_menu, finished),
}
"""What they show stands in another state too."""


@pytest.mark.parametrize(
    ("name", "state"), [long(*one) if one[1] in SELDOM else one for one in STATES], ids=lambda one: getattr(one, "__name__", str(one))
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
          .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5).map(one => one.textContent.trim())"""
    )
    assert small == []


def test_what_is_asked_on_a_study_page_looks_as_it_does_elsewhere(open_page):
    """The page's own forms have styles too, and types have parts of their own."""
    page = open_page(PRACTICE, width=390)
    page.get_by_role("button", name="Begin the flashcards").click()
    turn = page.get_by_role("button", name="Show the answer").bounding_box()
    assert turn["width"] > 2 * turn["height"]
    told = "vivaStudy.ask({ mode: 'tutor', of: 'practice', order: [vivaCourse.questions.find((one) => one.type === 'true-false').id] })"
    page.evaluate(f"{told}.then(() => undefined)")
    asked = page.locator("viva-question > form > fieldset")
    assert asked.locator("> legend").evaluate("one => getComputedStyle(one).fontWeight") == "400"
    assert asked.evaluate("one => getComputedStyle(one).marginBottom") == "0px"


def test_shares_stay_visible_in_forced_colours(open_page):
    page = open_page(PROGRESS, forced_colors="active")
    progress(page)
    bar = page.locator(".viva-share").first
    assert "gradient" in bar.evaluate("cell => getComputedStyle(cell).backgroundImage")


def test_the_self_check_prints_without_its_tools(open_page):
    page = open_page(CHECK, width=390)
    tools(page)
    assert page.locator("viva-quiz > viva-question:visible").count() == 1
    page.emulate_media(media="print")
    for name in (".viva-bar", ".viva-line", ".viva-aside", ".viva-question-tools", ".viva-confidence"):
        assert not page.locator(name).first.is_visible()
    every = page.locator("viva-quiz > viva-question")
    assert page.locator("viva-quiz > viva-question:visible").count() == every.count()


def test_a_page_with_questions_loads_little_of_the_study_code(site):
    page = site / CHECK
    named = re.findall(r'(?:src|href)="([^"]*assets/viva/[^"]+)"', page.read_text("utf-8"))
    files = {(page.parent / name).resolve() for name in named}
    assert len(files) > 3
    assert not [file for file in files if file.parent.name == "types" and file.suffix == ".js"]
    seldom = {file for file in files if file.parent.name == "types"}  # a type comes with its first question
    assert sum(len(gzip.compress(file.read_bytes())) for file in files - seldom) <= 18.5 * 1024
    store = [file for file in files if file.name == "store.js"]
    assert len(gzip.compress(store[0].read_bytes())) <= 4 * 1024


def test_pages_with_questions_load_no_scheduler_and_no_data(site):
    for name in (CHECK, "modules/scale.html", "index.html"):
        html = (site / name).read_text("utf-8")
        loaded = re.findall(r'<script[^>]* src="([^"]+)"', html)
        assert not [src for src in loaded if "fsrs" in src or "course-data" in src]
