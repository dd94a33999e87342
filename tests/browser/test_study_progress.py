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
  store.put("schema", "1");
}"""


def tell(page, *given: dict) -> list[dict]:
    """Store attempts at single-best-answer questions; returns the questions."""
    return page.evaluate(
        """given => {
          const singles = vivaCourse.questions.filter(q => q.type === "single" && !q.case);
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


def test_an_answer_on_a_self_check_shows_on_the_progress_page(open_page):
    page = open_page("self-checks/scale.html")
    question = page.locator("viva-question[type=single]").first
    number = question.evaluate("q => q.key.correct")
    question.locator(f"input[value='{number}']").check()
    question.get_by_role("button", name="Check answer").click()
    page.goto(page.url.replace("self-checks/scale.html", PROGRESS))
    assert re.search(r"Answered\n1 of \d+\nRight at the first try\n1 of 1", overview(page))


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
    total = page.locator("tr.viva-total").first
    cells = total.get_by_role("cell").all_inner_texts()
    assert cells[0].startswith("2 of ") and cells[1:3] == ["1 of 2", "1 of 2"]
    assert page.get_by_role("row").count() > 8 + 3  # objectives and modules


def test_lists_name_what_to_read_again_and_what_was_sure_but_wrong(open_page):
    page = open_page(PROGRESS)
    used = tell(page, {"place": 0, "days": 3, "m": 0, "c": 3}, {"place": 1, "days": 3, "m": 1})
    assert page.locator("[data-part=sure-list] a").inner_text() == used[0]["stem"]
    assert page.locator("[data-part=read-list] a").inner_text() == used[0]["read"]["title"]
    page.locator("[data-part=read-list] a").click()
    assert page.url.endswith(used[0]["read"]["url"])


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
    assert "6 of 10" in rows[2] and "60 %" in rows[2]


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
    "study/progress",
    *(long(name) for name in ("index", "self-checks/scale", "study/review", "study/practice")),
)


@pytest.mark.parametrize("name", KINDS)
def test_a_thousand_answers_cost_less_than_the_theme_does(open_page, name):
    """A ratio, because this machine may be busy; benchmarks/study.py gives the milliseconds."""
    page = open_page(PROGRESS)
    page.evaluate(MANY, 1000)
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    start = page.url.replace(PROGRESS, "about.html")
    shares = []
    for _ in range(2):
        page.goto(start)
        session.send("Profiler.start")
        page.goto(start.replace("about.html", f"{name}.html"))
        page.evaluate("new Promise((idle) => requestIdleCallback(idle))")
        profile = session.send("Profiler.stop")["profile"]
        shares.append(_spent(profile, "assets/viva/") / _spent(profile, "assets/javascripts/"))
    assert any(shares)
    assert min(share for share in shares if share) < 1


def _spent(profile: dict, folder: str) -> float:
    """Milliseconds spent in the scripts of a folder and in what they called."""
    nodes = {node["id"]: node for node in profile["nodes"]}
    parents = {child: node["id"] for node in profile["nodes"] for child in node.get("children", [])}

    def ours(node: int | None) -> bool:
        while node is not None:
            if folder in nodes[node]["callFrame"]["url"]:
                return True
            node = parents.get(node)
        return False

    pairs = zip(profile["samples"], profile["timeDeltas"], strict=True)
    return sum(spent for node, spent in pairs if ours(node)) / 1000
