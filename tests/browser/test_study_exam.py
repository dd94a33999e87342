"""A self-check as an exam: an answer sheet, a timer that ends nothing, and nothing lost on the way."""

from __future__ import annotations

import re

import pytest

from browsers import wait_until
from exams import (
    CHECK,
    begin,
    hand_in,
    labels,
    ready,
    resumed,
    sessions,
    settled,
    sheet,
    shown,
    singles,
)

# Gives every question on the page its right answer where the form holds it, else leaves it open.
RIGHT = """() => {
  for (const question of document.querySelectorAll("viva-quiz > viva-question")) {
    const { key, form } = question;
    if (!form) continue;
    const type = question.getAttribute("type");
    if (type === "single") form.querySelector(`input[value="${key.correct}"]`).checked = true;
    if (type === "numeric") form.elements.answer.value = key.answer;
  }
}"""


@pytest.fixture
def page(open_page):
    return open_page(CHECK)


def first_single(page) -> int:
    """The place of a question with one best answer."""
    return singles(page)[0]


def test_one_question_at_a_time_and_no_answer_before_the_end(page):
    begin(page)
    assert shown(page).count() == 1
    assert page.get_by_role("button", name="Check answer").count() == 0
    assert page.locator(".viva-feedback").count() == 0
    assert page.evaluate("vivaStudy.store.attempts().length") == 0


def test_the_answer_sheet_tells_what_was_done(page):
    begin(page)
    place = first_single(page)
    sheet(page).nth(place).click()
    question = shown(page)
    question.get_by_role("radio").first.check()
    page.get_by_role("button", name="Flag").click()
    question.get_by_role("button", name="Strike out").click()
    question.locator(".viva-choices > label").nth(1).click()
    page.get_by_role("button", name="Next").click()
    settled(page)
    found = labels(page, place, place + 1, place + 3)
    assert found[0].endswith(": answered, flagged and options struck out")
    assert found[1].endswith(": not answered")
    assert found[2].endswith(": unseen")
    assert page.evaluate("document.activeElement.className").startswith("viva-number")
    page.get_by_role("button", name="Previous").click()
    assert shown(page).get_by_role("radio").first.is_checked()
    assert not shown(page).get_by_role("radio").nth(1).is_checked()


@pytest.mark.long
def test_a_closed_tab_loses_nothing(page):
    begin(page, timer=True)
    place = first_single(page)
    sheet(page).nth(place).click()
    shown(page).get_by_role("radio").nth(2).check()
    shown(page).get_by_role("button", name="Note").click()
    page.keyboard.type("look this up")
    sheet(page).nth(place + 1).click()
    other = page.context.new_page()
    page.close(run_before_unload=False)
    other.goto(page.url)
    resumed(other)
    assert labels(other, place)[0].endswith(": answered")
    assert sheet(other).nth(place + 1).get_attribute("aria-current") == "step"
    sheet(other).nth(place).click()
    assert shown(other).get_by_role("radio").nth(2).is_checked()
    assert shown(other).get_by_label("Your note").input_value() == "look this up"
    assert other.locator(".viva-clock-left").inner_text().endswith("left")
    hand_in(other)
    assert other.locator(".viva-feedback").count() > 20


def test_every_kind_of_answer_comes_back(page):
    begin(page)
    page.evaluate(
        """() => {
          for (const question of document.querySelectorAll("viva-quiz > viva-question")) {
            const { form } = question;
            if (!form) continue;
            if (question.matches("[type=measure]")) question.behaviour.write(question, [[0.2, 0.3], [0.4, 0.5]]);
            form.querySelectorAll("select").forEach((select, n) => (select.selectedIndex = 1 + n % 2));
            form.querySelectorAll("input").forEach((input, n) => {
              if (input.name === "confidence") return;
              if (input.matches("[type=radio], [type=checkbox]")) input.checked = n % 2 === 0;
              else input.value = "7";
            });
          }
          document.querySelector(".viva-move[data-by='1']")?.click();
        }"""
    )
    page.keyboard.press("Shift")
    sheet(page).nth(1).click()
    settled(page)
    read = "[...document.querySelectorAll('viva-quiz > viva-question')].filter(q => q.form).map(q => q.behaviour.read(q))"
    before = page.evaluate(read)
    page.reload()
    resumed(page)
    assert page.evaluate(read) == before
    assert sum(answer is not None for answer in before) == len(before)


# A session as it lies in a browser: what was read, and the fields of the form, confidence among them.
STORED = """(given) => {
  const items = {};
  for (const question of document.querySelectorAll("viva-question")) {
    const a = given[question.getAttribute("type")];
    if (a !== undefined) items[question.id] = { h: question.dataset.hash, a, c: 3 };
  }
  vivaStudy.store.set("p:confidence", true);
  vivaStudy.Session.begin({ mode: "exam", of: vivaStudy.path, order: [...document.querySelectorAll("viva-quiz > viva-question")].map((one) => one.id), items });
  return Object.keys(items).length;
}"""
GIVEN = {
    "single": 2, "multiple": [0, 2], "numeric": "7 mm", "short-answer": "a word",
    "measure": [[0.2, 0.3], [0.4, 0.5]], "hotspot": "",
}  # fmt: skip


@pytest.mark.long
def test_a_draft_that_was_stored_before_comes_back_with_its_confidence(page):
    many = page.evaluate(STORED, GIVEN)
    assert many > 10
    page.reload()
    resumed(page)
    for kind, wanted in GIVEN.items():
        read = page.locator(f"viva-question[type={kind}]").evaluate_all(
            "all => all.map((one) => [one.behaviour.read(one), one.form.elements.confidence.value])"
        )
        assert read
        assert all(found == [wanted, "3"] for found in read), kind
    kept = sessions(page)[0]["items"]
    assert all(one["c"] == 3 for one in kept.values() if one.get("a"))


def test_an_answer_that_somebody_edited_leaves_its_question_open(page):
    page.evaluate(STORED, GIVEN | {"measure": 7, "single": "2"})
    page.reload()
    resumed(page)
    read = "all => all.map((one) => one.behaviour.read(one))"
    for kind in ("measure", "single"):
        assert {*page.locator(f"viva-question[type={kind}]").evaluate_all(read)} == {None}
    assert page.locator("viva-question[type=numeric]").evaluate_all(read)[0] == "7 mm"


@pytest.mark.long
def test_an_order_comes_back(open_page):
    page = open_page("self-checks/relief.html")
    begin(page)
    types = page.locator("viva-quiz > viva-question").evaluate_all("all => all.map(q => q.getAttribute('type'))")
    sheet(page).nth(types.index("ordering")).click()
    shown(page).get_by_role("button", name=re.compile("^Move down")).first.click()
    settled(page)
    order = shown(page).locator(".viva-items > li").evaluate_all("all => all.map(i => i.dataset.item)")
    page.reload()
    resumed(page)
    assert shown(page).locator(".viva-items > li").evaluate_all("all => all.map(i => i.dataset.item)") == order
    assert labels(page, types.index("ordering"))[0].endswith(": answered")


def test_marks_come_at_the_end_by_objective_and_are_announced_once(page):
    begin(page)
    page.evaluate(RIGHT)
    right = page.locator("viva-quiz > viva-question:is([type=single], [type=numeric])").count()
    total = page.locator("viva-question form").count()
    hand_in(page)
    result = page.locator(".viva-result")
    assert result.get_by_role("heading", level=2).inner_text() == f"Exam: {right} of {total}"
    assert result.locator(".viva-scores li").count() > 3
    assert page.evaluate("document.activeElement.textContent").startswith("Exam:")
    page.get_by_text(f"{round(100 * right / total)} % of the marks.").wait_for()
    assert page.locator("viva-quiz > viva-question .viva-feedback").count() >= total
    attempts = page.evaluate("vivaStudy.store.attempts()")
    assert sum(one["m"] == 1 for one in attempts) == right
    assert sessions(page)[0]["ended"]


def test_the_question_that_only_the_student_can_judge_is_added_when_judged(page):
    begin(page)
    types = page.locator("viva-quiz > viva-question").evaluate_all("all => all.map(q => q.getAttribute('type'))")
    sheet(page).nth(types.index("short-answer")).click()
    shown(page).get_by_role("textbox").first.fill("something quite else")
    hand_in(page)
    page.get_by_text("1 more waits for your own judgement").wait_for()
    page.get_by_role("group", name=re.compile("Was yours right")).get_by_role("button", name="Yes").click()
    assert page.locator(".viva-result h2").inner_text().startswith("Exam: 1 of")


def test_a_case_locks_its_steps_and_shows_no_way_back(open_page):
    page = open_page("self-checks/case-mist.html")
    begin(page)
    step = page.locator("viva-question viva-question").first
    assert page.locator(".viva-next").first.get_attribute("open") is None
    step.get_by_role("button", name="Lock this answer").click()
    assert "first" in step.get_by_role("status").inner_text()
    step.locator("input").first.check()
    step.get_by_role("button", name="Lock this answer").click()
    assert page.locator(".viva-next").first.get_attribute("open") is not None
    assert page.locator(".viva-feedback").count() == 0
    page.reload()
    resumed(page)
    assert step.locator("input").first.is_disabled()
    assert step.locator("input").first.is_checked()
    hand_in(page)
    assert page.locator(".viva-result h2").inner_text().startswith("Exam:")
    cases = page.evaluate("vivaStudy.store.attempts().filter(a => Array.isArray(a.a))")
    assert len(cases) == 1


def test_the_timer_can_be_paused_extended_and_hidden_and_ends_nothing(page):
    address = page.url
    page.goto("about:blank")  # a clock that changes under a page confuses the theme
    page.clock.install()
    page.goto(address)
    begin(page, timer=True)
    left = page.locator(".viva-clock-left")
    minutes = int(left.inner_text().split(":")[0])
    page.clock.run_for(61_000)
    assert int(left.inner_text().split(":")[0]) == minutes - 2
    page.get_by_role("button", name="Pause").click()
    held = left.inner_text()
    page.clock.run_for(30_000)
    assert left.inner_text() == held
    page.get_by_role("button", name="5 more minutes").click()
    assert int(left.inner_text().split(":")[0]) == minutes + 3
    page.get_by_role("button", name="Hide the time").click()
    assert left.inner_text() == ""
    page.get_by_role("button", name="Go on").click()
    page.clock.fast_forward((minutes + 5) * 60_000)
    assert "The time is up" in page.locator(".viva-run-status").inner_text()
    assert shown(page).count() == 1


@pytest.mark.long
def test_two_tabs_in_one_exam_share_their_answers(page):
    begin(page)
    types = page.locator("viva-quiz > viva-question").evaluate_all("all => all.map(q => q.getAttribute('type'))")
    one, two = [place for place, kind in enumerate(types) if kind == "single"][:2]
    other = page.context.new_page()
    other.goto(page.url)
    resumed(other)
    for tab, place in ((page, one), (other, two)):
        sheet(tab).nth(place).click()
        shown(tab).get_by_role("radio").nth(1).check()
        settled(tab)
    for tab in (page, other):  # a tab in a process of its own hears of it a little later
        wait_until(lambda tab=tab: all(said.endswith(": answered") for said in labels(tab, one, two)))
        kept_answers = sessions(tab)[0]["items"]
        assert sum(given.get("a") == 1 for given in kept_answers.values()) == 2


def test_the_mode_is_remembered_until_a_session_begins(page):
    page.get_by_label("Exam", exact=True).check()
    page.get_by_role("button", name="Begin the exam").wait_for()
    page.reload()
    page.get_by_role("button", name="Begin the exam").wait_for()
    assert page.get_by_role("radio", name="Exam").is_checked()
    page.get_by_label("Tutor", exact=True).check()
    page.get_by_role("button", name="Check answer").first.wait_for()
    begin(page)
    place = first_single(page)
    sheet(page).nth(place).click()
    shown(page).get_by_role("radio").first.check()
    settled(page)
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url("**/self-checks/index.html")
    page.go_back()
    resumed(page)
    assert labels(page, place)[0].endswith(": answered")


def test_a_damaged_draft_is_kept_aside_and_the_exam_can_begin_anew(page):
    page.evaluate(
        "() => { const p = vivaStudy.store.prefix; localStorage[p + 's:one'] = '{\"mode\": \"exam\", \"items\": 7}'; localStorage[p + 'p:mode'] = '\"exam\"' }"
    )
    page.reload()
    page.get_by_role("button", name="Begin the exam").wait_for()
    page.get_by_text("kept aside").wait_for()


def test_keys_alone_take_an_exam(page):
    page.get_by_label("Exam", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Begin the exam").focus()
    page.keyboard.press("Enter")
    resumed(page)
    place = first_single(page)
    for _ in range(place):
        page.keyboard.press("j")
    page.keyboard.press("b")
    assert shown(page).get_by_role("radio").nth(1).is_checked()
    page.keyboard.press("m")
    page.keyboard.press("s")
    settled(page)
    assert labels(page, place)[0].endswith(": answered, flagged and options struck out")
    page.keyboard.press("3")
    assert shown(page).get_by_role("radio").nth(2).is_checked()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Help")
    dialog.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.matches('viva-question *')")
    page.keyboard.press("n")
    page.keyboard.type("j stays a letter here")
    assert shown(page).get_by_label("Your note").input_value() == "j stays a letter here"


def test_a_flag_and_a_note_are_remembered(page):
    ready(page)
    page.locator(".viva-question-tools .viva-flag").click()
    page.get_by_role("button", name="Note").first.click()
    page.keyboard.type("look this up")
    page.reload()
    ready(page)
    assert page.locator(".viva-question-tools .viva-flag").get_attribute("aria-pressed") == "true"
    assert page.get_by_label("Your note").first.input_value() == "look this up"
