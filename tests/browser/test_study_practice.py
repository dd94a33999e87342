"""A block of practice as an exam: the same for everyone with its link, and nothing lost on the way."""

from __future__ import annotations

import pytest

from exams import sessions, settled

PRACTICE = "study/practice.html"
LINK = "#state=any&mode=exam&number=5&seed=spring"
IDS = "[...document.querySelectorAll('viva-quiz > viva-question')].map(q => q.id)"


@pytest.fixture
def page(open_page):
    return open_page(PRACTICE)


def arrive(page, link: str = LINK) -> None:
    """Open a block's link as if it was sent to you."""
    address = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(address + link)


def sheet(page):
    return page.get_by_role("navigation", name="Answer sheet").get_by_role("button")


def begin(page) -> list[str]:
    """Begin the exam that is offered; returns its questions."""
    page.get_by_role("button", name="Begin the exam").click()
    return running(page)


def running(page) -> list[str]:
    """The questions of the exam that runs."""
    page.get_by_role("navigation", name="Answer sheet").wait_for()
    return page.evaluate(IDS)


def shown(page):
    return page.locator("viva-quiz > viva-question:visible")


def labels(page) -> list[str]:
    return [one.get_attribute("aria-label").partition(": ")[2] for one in sheet(page).all()]


def hand_in(page) -> None:
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    page.locator(".viva-result").wait_for()


def answer_first(page) -> None:
    """Give some answer to the first question with options."""
    at = page.evaluate(
        "[...document.querySelectorAll('viva-quiz > viva-question')].findIndex(q => q.querySelector('input[type=radio]'))"
    )
    sheet(page).nth(at).click()
    shown(page).get_by_role("radio").first.check()
    settled(page)


def test_the_link_carries_the_mode_and_gives_two_students_the_same_exam(open_page):
    one = open_page(PRACTICE)
    one.locator("[data-part=builder] > summary").click()
    one.get_by_label("exam: marks").check()
    one.get_by_label("With a timer of").check()
    one.get_by_label("minutes").fill("9")
    one.get_by_label("How many").fill("5")
    one.get_by_label("Seed").fill("spring")
    link = one.get_by_role("link", name="Link to this block").evaluate("a => a.href")
    other = open_page(PRACTICE)
    arrive(other, "#" + link.partition("#")[2])
    assert other.get_by_label("exam: marks").is_checked()
    assert begin(one) == begin(other)
    for page in (one, other):
        assert page.locator(".viva-clock-left").inner_text() in ("9:00 left", "8:59 left")


def test_a_link_from_before_there_were_modes_is_a_tutor_block(page):
    arrive(page, "#state=any&number=3&seed=7")
    assert page.get_by_label("tutor: each").is_checked()
    assert not page.get_by_label("With a timer of").is_visible()
    page.get_by_role("button", name="Begin the block").wait_for()


@pytest.mark.parametrize(("asked", "taken"), [("100000", "200"), ("-3", "1"), ("many", "10")])
def test_a_link_that_asks_what_the_form_cannot_take_begins_with_what_it_can(page, asked, taken):
    arrive(page, f"#state=any&number={asked}&seed=7")
    assert page.get_by_label("How many").input_value() in (taken, "")
    page.get_by_role("button", name="Begin the block").click()
    assert len(running(page)) <= int(taken)


def test_a_reload_goes_on_with_the_same_exam(page):
    arrive(page, "#state=unseen&mode=exam&timer=on&number=5&seed=spring")
    asked = begin(page)
    answer_first(page)
    page.get_by_role("button", name="Flag").click()
    shown(page).get_by_role("button", name="Note").click()
    page.keyboard.type("look this up")
    settled(page)
    before, place = (
        labels(page),
        page.evaluate("document.querySelector('[aria-current=step]').textContent"),
    )
    # What fits the choice has changed by now; the exam that began has not.
    page.evaluate(
        "id => vivaStudy.store.add({ q: id, h: vivaCourse.questions.find(q => q.id === id).hash, t: Date.now(), a: 0, m: 1 })",
        asked[0],
    )
    page.reload()
    assert running(page) == asked
    assert labels(page) == before
    assert page.evaluate("document.querySelector('[aria-current=step]').textContent") == place
    assert shown(page).get_by_role("radio").first.is_checked()
    assert shown(page).get_by_label("Your note").input_value() == "look this up"
    assert page.locator(".viva-clock-left").inner_text().endswith("left")


@pytest.mark.long
def test_marks_come_at_the_end_by_objective_and_the_exam_is_over(page):
    arrive(page)
    asked = begin(page)
    assert page.locator(".viva-feedback").count() == 0
    answer_first(page)
    assert page.evaluate("vivaStudy.store.attempts().length") == 0
    hand_in(page)
    assert page.locator(".viva-result h2").inner_text().endswith(" of 5")
    assert page.locator(".viva-result .viva-scores li").count() > 0
    attempts = page.evaluate("vivaStudy.store.attempts().map(a => a.q)")
    assert set(asked) <= set(attempts)
    assert sessions(page)[0]["ended"]
    result = page.locator(".viva-result h2").inner_text()
    page.reload()  # an answered paper stays what it is
    assert page.locator(".viva-result h2").inner_text() == result
    assert page.locator("viva-quiz > viva-question[data-state]").count() == 5
    arrive(page)  # its link begins another one
    page.get_by_role("button", name="Begin the exam").wait_for()


def test_another_block_leaves_the_exam_waiting_and_only_a_yes_discards_it(page):
    arrive(page)
    asked = begin(page)
    answer_first(page)
    page.get_by_role("button", name="Leave").click()
    page.get_by_text("5 questions, begun on").wait_for()
    assert "1 answer given" in page.locator("[data-part=waiting]").inner_text()
    page.get_by_label("exam: marks").check()
    page.get_by_label("Seed").fill("autumn")
    begin(page)
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("link", name="Go on").nth(1).wait_for()
    spring = page.get_by_role("listitem").filter(has_text="1 answer given")
    spring.get_by_role("link", name="Go on").click()
    assert running(page) == asked
    page.get_by_role("button", name="Leave").click()
    spring.get_by_role("button", name="Discard").click()
    page.get_by_role("dialog").get_by_role("button", name="Keep it").click()
    assert page.get_by_role("link", name="Go on").count() == 2
    spring.get_by_role("button", name="Discard").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    assert page.get_by_role("link", name="Go on").count() == 1


def test_a_question_that_is_gone_is_said_and_a_damaged_exam_is_kept_aside(page):
    arrive(page)
    asked = begin(page)
    page.evaluate(
        """() => {
          const { store } = vivaStudy, name = store.names("s")[0];
          const edit = (change) => localStorage[store.prefix + name] = JSON.stringify({ ...store.get(name), ...change });
          window.addEventListener("pagehide", () => edit({ order: [...store.get(name).order, "gone"] }));
        }"""
    )
    page.reload()
    assert running(page) == asked
    page.get_by_text("1 question of this exam is no longer in the course.").wait_for()
    address = page.url
    page.goto(address.partition("study/")[0] + "about.html")  # nothing looks after the store there
    page.evaluate(
        """() => {
          const name = Object.keys(localStorage).find((key) => key.startsWith("viva:reading-a-map:s:"));
          localStorage[name] = JSON.stringify({ ...JSON.parse(localStorage[name]), items: "x" });
        }"""
    )
    page.goto(address)
    page.get_by_text("kept aside").wait_for()
    page.get_by_role("button", name="Begin", exact=True).wait_for()


@pytest.mark.long
def test_keys_alone_take_a_practice_exam(page):
    arrive(page, "#type=single&state=any&mode=exam&number=3&seed=1")
    page.get_by_role("button", name="Begin the exam").focus()
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="Answer sheet").wait_for()
    for key in ("a", "m", "j", "2", "j", "c"):
        page.keyboard.press(key)
    settled(page)
    assert labels(page) == ["answered and flagged", "answered", "answered"]
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Hand in":
            break
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Hand in?").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".viva-result").wait_for()
    assert page.evaluate("document.activeElement.textContent").startswith("Exam:")
    assert page.evaluate("vivaStudy.store.attempts().length") == 3


def test_paper_shows_the_result_with_its_options_and_no_key_of_an_exam_that_runs(page):
    arrive(page, "#type=single&state=any&mode=exam&number=3&seed=1")
    begin(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".viva-print").count() == 0
    hand_in(page)
    page.emulate_media(media="print")
    assert page.locator(".viva-result").is_visible()
    assert page.locator("viva-question .viva-choices > label").first.is_visible()
    assert not page.get_by_role("button", name="Leave").is_visible()
