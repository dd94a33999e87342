"""Answers become progress; the page tells it in words, tables and a record for faculty."""

from __future__ import annotations

import re

import pytest

from sampled import long

PROGRESS = "study/progress.html"
DAY = 86_400_000
MANY = """number => {
  const { store } = vivaStudy, all = [...vivaCourse.questions, ...vivaCourse.cards];
  for (let n = 0; n < number; n++) {
    const { id, hash } = all[n % all.length];
    store.put(`a:many-${n}`, JSON.stringify({ q: id, h: hash, t: Date.now() - (number - n) * 8640000, a: 0, m: n % 3 ? 1 : 0, c: 1 + n % 3 }));
  }
  store.put("schema", String(vivaStudy.SCHEMA));
}"""
COUNTED = """
const counted = window.counted = { read: 0, written: 0 };
for (const [name, counts] of [["getItem", "read"], ["setItem", "written"]]) {
  const does = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...more) {
    if (key.includes(":a:")) counted[counts] += 1;
    return does.call(this, key, ...more);
  };
}
"""


def tell(page, *given: dict) -> list[dict]:
    """Store attempts at single-best-answer questions; returns the questions."""
    return page.evaluate(
        """given => {
          const singles = vivaCourse.questions.filter(q => q.type === "single" && !q.of);
          for (const { place, days, ...rest } of given) {
            const { id, hash } = singles[place];
            vivaStudy.store.add({ q: id, h: hash, t: Date.now() - days * 864e5, a: 0, ...rest });
          }
          return given.map(({ place }) => singles[place]);
        }""",
        list(given),
    )


def overview(page) -> str:
    return page.locator("[data-part=overview]").inner_text()


def opened_all(page) -> None:
    """Open whatever is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def test_an_answer_on_a_self_check_shows_on_the_progress_page(open_page):
    page = open_page("self-checks/scale.html")
    question = page.locator("viva-question[type=single]").first
    number = question.evaluate("q => q.key.correct")
    question.locator(f"input[value='{number}']").check()
    question.get_by_role("button", name="Check answer").click()
    page.goto(page.url.replace("self-checks/scale.html", PROGRESS))
    assert re.search(r"Answered\n1 of \d+\nRight at the first try\n1 of 1", overview(page))


def test_nothing_answered_yet_is_said_before_the_scripts_come_and_until_something_is(open_page, site):
    page = open_page("index.html")
    said = page.get_by_text("Nothing answered yet. Take a self-check, and it shows here.")
    page.route("**/study/progress.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto((site / PROGRESS).as_uri())
    assert said.is_visible()
    page.unroute("**/study/progress.js")
    page.evaluate("localStorage['viva:another'] = '1'")
    page.reload()
    said.wait_for()
    tell(page, {"place": 0, "days": 1, "m": 1})
    assert not said.is_visible()


def test_a_guess_before_reading_does_not_count(open_page, site):
    name = next(
        p
        for p in sorted((site / "modules").glob("*.html"))
        if 'mode="before"' in p.read_text("utf-8")
    )
    page = open_page(f"modules/{name.name}")
    question = page.locator("viva-quiz[mode=before] viva-question[type=single]").first
    question.locator("input").first.check()
    question.get_by_role("button", name="Check answer").click()
    assert question.get_attribute("data-state")
    assert page.evaluate("vivaStudy.store.attempts()") == []


def test_first_attempts_stay_apart_from_later_ones(open_page):
    page = open_page(PROGRESS)
    tell(page, {"place": 0, "days": 3, "m": 0}, {"place": 0, "days": 1, "m": 1})
    text = overview(page)
    assert "Right at the first try\n0 of 1" in text and "Right at the last try\n1 of 1" in text


def test_an_edited_question_says_that_it_changed(open_page):
    page = open_page(PROGRESS)
    question = page.evaluate(
        "vivaCourse.questions.find(q => q.bank === 'scale' && q.type === 'single')"
    )
    page.evaluate(
        "id => vivaStudy.store.add({ q: id, h: 'older', t: 1e12, a: 0, m: 1 })", question["id"]
    )
    opened_all(page)
    assert page.locator("[data-part=changed-list]").get_by_role("link").count() == 1
    assert "Answered\n0 of" in overview(page)
    page.goto(page.url.replace(PROGRESS, "self-checks/scale.html"))
    changed = page.locator(f"viva-question[id='{question['id']}'] .viva-changed")
    assert changed.inner_text() == "changed since you answered it"
    assert page.locator(".viva-changed").count() == 1


def test_the_table_counts_by_module_and_objective(open_page):
    page = open_page(PROGRESS)
    used = tell(page, {"place": 0, "days": 3, "m": 1}, {"place": 1, "days": 3, "m": 0})
    assert used[0]["module"] == used[1]["module"]
    opened_all(page)
    row = page.locator("[data-part=modules] tr", has_text="2 of ")
    assert row.get_by_role("cell").all_inner_texts()[1] == "1 of 2"
    total = page.locator("[data-part=objectives] tr.viva-total").first
    cells = total.get_by_role("cell").all_inner_texts()
    assert cells[0].startswith("2 of ") and cells[1:3] == ["1 of 2", "1 of 2"]
    assert page.get_by_role("row").count() > 8 + 3  # objectives and modules


def test_lists_name_what_to_read_again_and_what_was_sure_but_wrong(open_page):
    page = open_page(PROGRESS)
    used = tell(page, {"place": 0, "days": 3, "m": 0, "c": 3}, {"place": 1, "days": 3, "m": 1})
    opened_all(page)
    assert page.locator("[data-part=sure-list] a").inner_text() == used[0]["stem"]
    assert page.locator("[data-part=read-list] a").inner_text() == used[0]["read"]["title"]
    page.locator("[data-part=read-list] a").click()
    assert page.url.endswith(used[0]["read"]["url"])


SESSIONS = """() => {
  const { store, items } = vivaStudy, bank = items(vivaCourse.questions).filter((q) => q.bank === "scale");
  const begin = (id, mode, of, days, marks, ended) => {
    const taken = bank.slice(0, marks.length).map(({ id: q, hash: h }, n) =>
      [q, { h, a: 0, d: 30, u: 1, ...(marks[n] === null ? {} : { tries: [{ a: 0, m: marks[n] }, { a: 1, m: 1 }] }) }]);
    const began = Date.now() - days * 864e5;
    store.set(`s:${id}`, { mode, of, title: "Scale", order: bank.slice(0, marks.length).map((q) => q.id),
      at: 0, items: Object.fromEntries(taken), timer: null, began, ...(ended && { ended: began + 1 }) });
  };
  begin("old", "exam", "scale", 3, [1, 0, 0.5, null], true);
  begin("new", "tutor", "scale", 1, [1, 0], false);
  begin("block", "practice", "practice", 2, [1], true);
}"""


def test_past_sessions_have_their_mark_and_time_and_open_again(open_page):
    page = open_page(PROGRESS)
    page.evaluate(SESSIONS)
    rows = page.locator("[data-part=sessions] tbody tr")
    cells = [row.get_by_role("cell").all_inner_texts() for row in rows.all()]
    named = rows.get_by_role("rowheader").all_inner_texts()
    assert named == ["Scale Tutor", "Scale Practice", "Scale Exam"]
    assert [cell[1] for cell in cells] == ["1 of 2, open", "1 of 1", "1.5 of 4"]  # first tries
    assert [cell[2] for cell in cells] == ["1 min", "30 s", "2 min"]
    links = rows.get_by_role("link").evaluate_all("all => all.map((a) => a.href.split('/site/')[1])")
    assert links == [
        "self-checks/scale.html#session=new",
        "study/practice.html#wrong=new",
        "study/practice.html#session=block",
        "self-checks/scale.html#session=old",
        "study/practice.html#wrong=old",
    ]


def test_what_is_due_and_what_was_wrong_is_one_tap_away(open_page):
    page = open_page(PROGRESS)
    tell(page, {"place": 0, "days": 9, "m": 0}, {"place": 1, "days": 1, "m": 0, "d": 8})
    assert page.get_by_role("link", name="Redo 2 that were wrong").get_attribute("href").endswith("#preset=wrong")
    due = page.get_by_role("link", name=re.compile("Review [12] that (is|are) due"))
    assert due.get_attribute("href").endswith("review.html#begin")
    due.click()
    page.wait_for_url(re.compile(r"study/review\.html"))


def test_the_calendar_shows_each_day_and_the_table_behind_the_trend_its_answers(open_page):
    page = open_page(PROGRESS)
    tell(page, *({"place": n, "days": n, "m": n % 2, "d": 10 + n} for n in reversed(range(8))))
    page.locator("[data-part=trend] summary").click()
    days = page.locator("[data-part=trend] tbody tr")
    assert days.count() == 8
    assert days.last.get_by_role("cell").all_inner_texts() == ["1", "0 of 1"]
    told = page.locator(".viva-calendar b").all_inner_texts()
    later = page.locator(".viva-calendar caption").inner_text()
    beyond = int((re.search(r"(\d+) more later", later) or [0, 0])[1])
    assert sum(int(number or 0) for number in told) + beyond == 8
    assert page.locator(".viva-calendar [aria-current=date]").count() == 1
    time = page.locator("[data-part=time] tbody tr")
    assert time.first.get_by_role("cell").all_inner_texts() == ["15 s", "4 of 4"]


def test_a_phone_shows_the_dashboard_in_two_screens(open_page):
    page = open_page(PROGRESS, width=390)
    page.set_viewport_size({"width": 390, "height": 844})
    tell(page, *({"place": n, "days": n, "m": n % 2, "c": 1 + n % 3, "d": 9} for n in reversed(range(9))))
    page.evaluate(SESSIONS)
    top = page.locator("h1").bounding_box()["y"]
    last = page.locator("[data-part=sessions]").bounding_box()
    assert last["y"] + last["height"] - top <= 2 * 844
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_calibration_waits_for_ten_answers_of_a_kind(open_page):
    page = open_page(PROGRESS)
    section = page.locator("[data-part=calibration]")
    assert not section.is_visible()
    tell(
        page,
        *({"place": n, "days": 1, "m": int(n < 6), "c": 3} for n in range(10)),
        {"place": 11, "days": 1, "m": 1, "c": 1},
    )
    rows = section.locator("tbody tr").all_inner_texts()
    assert "too few to say" in rows[0]
    assert "6 of 10" in rows[2] and "60\u00a0%" in rows[2]


def test_the_record_names_the_student_and_says_that_it_is_self_reported(open_page):
    page = open_page(PROGRESS)
    tell(page, {"place": 0, "days": 1, "m": 0.5}, {"place": 0, "days": 0, "m": 1})
    page.get_by_label("Your name").fill("A. <b>Student</b>")
    page.evaluate(
        "window.print = () => { window.printed = document.documentElement.dataset.print }"
    )
    page.get_by_role("button", name="Print the record").click()
    assert page.evaluate("window.printed") == "record"
    page.emulate_media(media="print")
    record = page.locator(".viva-record").inner_text()
    assert "A. <b>Student</b>" in record and "This record is self-reported." in record
    assert "0.5 of 1" in record
    assert page.evaluate("vivaCourse.fingerprint") in record
    assert not page.locator("#modules").is_visible()
    assert not page.get_by_role("button", name="Erase everything").is_visible()


def test_a_page_from_disk_tells_of_firefox_and_offers_the_export(open_page):
    page = open_page(PROGRESS)
    assert page.get_by_text("Firefox keeps each page of a folder apart").is_visible()
    assert page.get_by_role("button", name="Export to a file").is_visible()


KINDS = (
    "modules/scale",
    *(
        long(name)
        for name in ("study/progress", "index", "self-checks/scale", "study/review", "study/practice")
    ),
)


@pytest.mark.parametrize("name", KINDS)
def test_a_page_reads_each_of_a_thousand_answers_once_and_writes_none(open_page, name):
    """What that takes in milliseconds is measured by benchmarks/study.py."""
    page = open_page(PROGRESS)
    page.evaluate(MANY, 1000)
    page.add_init_script(COUNTED)
    page.goto(page.url.replace(PROGRESS, f"{name}.html"))
    page.evaluate("new Promise((idle) => requestIdleCallback(idle))")
    assert page.evaluate("counted") == {"read": 1000, "written": 0}
