"""Questions come back when they should: the scheduler, the review, practice and flashcards."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

REFERENCE = json.loads((Path(__file__).parent / "data" / "fsrs6.json").read_text("utf-8"))
DAY = 86_400_000
REVIEW, PRACTICE = "study/review.html", "study/practice.html"

# Gives the question with an id the right answer or a wrong one, as a student would.
ANSWER = """([id, right]) => {
  const question = document.querySelector(`viva-question[id="${id}"]`), {key} = question;
  const wanted = right ? key.correct : question.options.findIndex((_, n) => n !== key.correct);
  question.form.querySelector(`input[value="${wanted}"]`).click();
}"""


@pytest.fixture
def page(open_page):
    return open_page(REVIEW)


def answered(page, *given: dict) -> list[dict]:
    """Store attempts at single-best-answer questions, one question each; returns the questions."""
    return page.evaluate(
        """([given, day]) => {
          const singles = vivaCourse.questions.filter(q => q.type === "single" && !q.of);
          const used = given.map(({ place, days, m, c }, n) => {
            const question = singles[place ?? n];
            vivaStudy.store.add({ q: question.id, h: question.hash, t: Date.now() - days * day, a: 0, m, c });
            return question;
          });
          return used;
        }""",
        [list(given), DAY],
    )


def test_stability_and_difficulty_agree_with_the_reference(page):
    for card in REFERENCE["cards"]:
        found = page.evaluate(
            """reviews => {
              let memory = null, last = null;
              return reviews.map(({ rating, at }) => {
                const day = Date.parse(at) / 86400000;
                memory = vivaStudy.next(memory, last === null ? 0 : day - last, FSRS.Rating[rating]);
                last = day;
                return [memory.stability, memory.difficulty];
              });
            }""",
            card,
        )
        for (stability, difficulty), wanted in zip(found, card, strict=True):
            assert stability == pytest.approx(wanted["S"], abs=1e-4)
            assert difficulty == pytest.approx(wanted["D"], abs=1e-4)


RATED = [
    (0, None, "Again"),
    (0, 3, "Again"),
    (0.4, None, "Again"),
    (0.5, 3, "Hard"),
    (1, 1, "Hard"),
    (1, 2, "Good"),
    (1, None, "Good"),
    (1, 3, "Easy"),
]


def test_mark_and_confidence_become_a_rating(page):
    given = [{"m": mark} | ({"c": sure} if sure else {}) for mark, sure, _ in RATED]
    found = page.evaluate("all => all.map((one) => FSRS.Rating[vivaStudy.rating(one)])", given)
    assert found == [rating for _, _, rating in RATED]


def schedule(page, days: list[tuple[float, float]], exam: int | None = None) -> dict:
    attempts = [{"t": (20000 + day) * DAY + DAY / 2, "m": mark} for day, mark in days]
    return page.evaluate(
        "([all, exam]) => vivaStudy.schedule(all, exam)", [attempts, exam and 20000 + exam]
    )


def test_the_first_answer_of_a_day_decides(page):
    once = schedule(page, [(0, 0)])
    assert schedule(page, [(0, 0), (0.1, 1), (0.2, 1)]) == once
    assert once["due"] - 20000 == 1


def test_an_exam_day_caps_the_interval_until_it_is_over(page):
    known = [(0, 1), (2, 1), (14, 1)]
    free = schedule(page, known)["due"] - 20000
    assert free > 40
    assert schedule(page, known, 30)["due"] - 20000 == 29
    assert schedule(page, known, 10)["due"] - 20000 == free


def test_four_misses_make_a_leech(page):
    found = page.evaluate(
        """() => {
          const question = { id: "x", hash: "h" };
          const at = (day, m) => ({ q: "x", h: "h", id: `a:${day}`, t: (20000 + day) * 864e5, m });
          const store = { pref: () => "", attempts: () => [0, 2, 4, 6].map((day) => at(day, 0)) };
          return vivaStudy.read(store, [question]).get("x").leech;
        }"""
    )
    assert found is True


def test_nothing_is_due_at_first(page):
    assert "Nothing is due today" in page.locator("[data-part=due]").inner_text()
    assert page.get_by_role("button", name="Begin").count() == 0


def test_due_questions_come_sure_but_wrong_first_and_mixed_across_modules(page):
    given = [{"place": n, "days": 30, "m": 1} for n in range(0, 17, 2)]
    given.append({"place": 15, "days": 5, "m": 0, "c": 3})
    used = answered(page, *given)
    order = page.evaluate(
        "() => vivaStudy.dueOrder([...vivaStudy.read(vivaStudy.store, vivaCourse.questions).values()],"
        " q => q.module).map(s => [s.question.id, s.question.module])"
    )
    assert order[0][0] == used[-1]["id"]
    modules = [module for _, module in order[1:]]
    distinct = len(set(modules))
    assert distinct > 1 and len(set(modules[:distinct])) == distinct


def test_a_review_asks_again_what_was_missed_until_it_is_right(page):
    used = answered(page, {"days": 30, "m": 1}, {"days": 30, "m": 1})
    page.reload()
    page.get_by_role("button", name="Begin the review").click()
    asked = []
    for right in (False, True, True):
        question = page.locator("viva-question:visible")
        question.wait_for()
        asked.append(question.get_attribute("id"))
        page.evaluate(ANSWER, [asked[-1], right])
        page.get_by_role("button", name="Check answer").click()
        page.get_by_role("button", name=re.compile("^(Next|See the result)$")).click()
    assert asked[:2] != asked[1:] and asked[0] == asked[2]
    assert {one["id"] for one in used} == set(asked)
    page.get_by_text("1 of 2 answers right at once").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Done"
    page.get_by_role("button", name="Leave").click()
    assert (
        "Nothing is due today. The next one is due tomorrow."
        in page.locator("[data-part=due]").inner_text()
    )


def test_every_question_of_the_course_can_be_asked_outside_its_page(page):
    missing = page.evaluate(
        """async () => {
          const banks = [...new Set(vivaCourse.questions.map(q => q.bank))];
          await vivaStudy.load(...banks.map(bank => `questions/${bank}.js`));
          const sheet = document.createElement("template");
          return vivaCourse.questions.filter(({ id, bank, hash }) => {
            sheet.innerHTML = vivaBanks[bank];
            return sheet.content.querySelector(`viva-question[id="${id}"]`)?.dataset.hash !== hash;
          }).map(q => q.id);
        }"""
    )
    assert missing == []


def test_the_home_page_says_what_is_due_and_loads_nothing_before(open_page):
    page = open_page("index.html")
    loaded = page.locator("script[src*='assets/viva']").evaluate_all("all => all.map((one) => one.src.split('/').at(-1))")
    assert set(loaded) <= {"shell.js", "today.js"}  # nothing that reads or remembers
    page.goto(page.url.replace("index.html", REVIEW))
    answered(page, {"days": 30, "m": 1})
    page.goto(page.url.replace(REVIEW, "index.html"))
    page.get_by_role("link", name=re.compile("Review 1")).first.wait_for()


def test_confidence_is_asked_before_the_reveal(page):
    answered(page, {"days": 30, "m": 1})
    page.reload()
    page.get_by_label("Ask how sure I am").check()
    page.get_by_role("button", name="Begin the review").click()
    question = page.locator("viva-question")
    page.evaluate(ANSWER, [question.get_attribute("id"), True])
    page.get_by_role("button", name="Check answer").click()
    assert "Say first how sure you are" in question.inner_text()
    assert question.get_attribute("data-state") is None
    page.get_by_label("High").check()
    page.get_by_role("button", name="Check answer").click()
    assert question.get_attribute("data-state") == "right"
    assert page.evaluate("vivaStudy.store.attempts().at(-1).c") == 3


def block(page) -> str:
    """The id of the first question of the block that is chosen."""
    page.get_by_role("button", name="Begin the block").click()
    page.locator("viva-question").first.wait_for()
    return page.evaluate("document.querySelector('viva-quiz > viva-question').id")


def test_two_students_get_the_same_block_from_one_link(open_page):
    one = open_page(PRACTICE)
    one.locator("[data-part=builder] > summary").click()
    one.get_by_label("Scale", exact=True).check()
    one.get_by_label("How many").fill("5")
    one.get_by_label("Seed").fill("spring")
    link = one.get_by_role("link", name="Link to this block").evaluate("a => a.href")
    other = open_page(PRACTICE)
    answered(other, {"place": 3, "days": 2, "m": 0})
    other.goto("about:blank")
    other.goto(link)
    assert other.get_by_label("Scale", exact=True).is_checked()
    assert other.get_by_label("Seed").input_value() == "spring"
    assert block(one) == block(other)


def test_another_seed_gives_another_block(open_page):
    page, seen = open_page(PRACTICE), set()
    address = page.url
    for seed in range(6):
        page.goto("about:blank")
        page.goto(f"{address}#state=any&number=5&seed={seed}")
        seen.add(block(page))
    assert len(seen) > 1


def test_a_block_takes_only_what_was_chosen(open_page):
    page = open_page(PRACTICE)
    used = answered(page, {"place": 0, "days": 2, "m": 0}, {"place": 1, "days": 2, "m": 1})
    page.evaluate("id => vivaStudy.store.set(`q:${id}`, { flag: true, flagged: 1 })", used[1]["id"])
    page.reload()
    told = page.locator("[data-part=matches]")
    page.locator("[data-part=builder] > summary").click()
    for label, number in (("not right yet", 1), ("flagged", 1)):
        page.get_by_label(label, exact=True).check()
        assert told.inner_text() == f"{number} question fits; the block takes {number}."
    assert block(page) == used[1]["id"]


def test_flashcards_go_through_the_same_scheduler(open_page):
    page = open_page(PRACTICE)
    page.get_by_label("terms of the glossary").check()
    page.get_by_role("button", name="Begin the flashcards").click()
    term = page.locator(".viva-card-term:visible").inner_text()
    page.get_by_role("button", name="Show the answer").click()
    page.locator(".viva-meaning").wait_for()
    wanted = page.evaluate("term => vivaCourse.cards.find(c => c.stem === term).back", term)
    assert page.locator(".viva-meaning").inner_html() == wanted
    page.get_by_role("button", name="Easy").click()
    attempt = page.evaluate("vivaStudy.store.attempts()[0]")
    assert (attempt["m"], attempt["c"]) == (1, 3)
    assert attempt["q"].startswith("card:term-")
    page.goto(page.url.replace(PRACTICE, REVIEW).partition("#")[0])
    assert "The next one is due in 8 days" in page.locator("[data-part=due]").inner_text()


def test_a_key_fact_shows_its_sources_and_where_to_read_it_again(open_page):
    page = open_page(PRACTICE)
    counts = page.evaluate(
        "['facts', 'terms'].map(d => vivaCourse.cards.filter(c => c.deck === d).length)"
    )
    told = page.locator("[data-part=cards-told]")
    assert told.inner_text() == f"{sum(counts)} cards: 0 due, {sum(counts)} not seen yet."
    page.get_by_label("key facts of the modules").check()
    assert told.inner_text() == f"{counts[0]} key facts: 0 due, {counts[0]} not seen yet."
    page.reload()
    assert page.get_by_label("key facts of the modules").is_checked()
    page.get_by_role("button", name="Begin the flashcards").click()
    card = page.evaluate(
        "stem => vivaCourse.cards.find(c => c.stem === stem)",
        page.locator(".viva-card-term:visible").inner_text(),
    )
    page.get_by_role("button", name="Show the answer").click()
    assert page.locator(".viva-references li").count() == len(card["references"]) > 0
    page.get_by_role("button", name="No ").click()
    attempt = page.evaluate("vivaStudy.store.attempts()[0]")
    assert (attempt["q"], attempt["h"], attempt["m"]) == (card["id"], card["hash"], 0)
    assert card["id"].startswith("fact:")
    page.locator(".viva-turn:visible").click()
    read = page.locator(".viva-read:visible").get_by_role("link")
    module = read.inner_text()
    read.click()
    page.get_by_role("heading", name=module, level=1).wait_for()


def test_a_key_fact_is_due_and_an_edited_one_is_asked_again(open_page):
    page = open_page(PRACTICE)
    page.evaluate(
        """() => vivaCourse.cards.filter(c => c.deck === "facts").slice(0, 3).forEach(({ id, hash }, n) =>
          vivaStudy.store.add({ q: id, h: n ? hash : "older", t: Date.now() - 30 * 864e5, a: null, m: 1 }))"""
    )
    page.reload()
    assert "cards: 3 due," in page.locator("[data-part=cards-told]").inner_text()
    page.goto(page.url.replace(PRACTICE, REVIEW))
    page.get_by_text("3 due today, questions and flashcards together.").wait_for()
    page.goto(page.url.replace(REVIEW, "study/progress.html"))
    page.get_by_role("link", name="Review 3 that are due").wait_for()
    assert f"Flashcards seen\n2 of {page.evaluate('vivaCourse.cards.length')}" in page.locator("[data-part=overview]").inner_text()


def test_keys_alone_go_through_flashcards(open_page):
    page = open_page(PRACTICE)
    page.get_by_role("button", name="Begin the flashcards").focus()
    for key in ("Enter", "Enter", "4", "Space", "1", "Enter", "3"):
        page.keyboard.press(key)
    attempts = page.evaluate("vivaStudy.store.attempts().map(({ m, c }) => [m, c ?? null])")
    assert attempts == [[1, 3], [0, None], [1, 2]]
