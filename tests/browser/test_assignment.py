"""A class of thirty takes an assignment on its real page; marks and statistics come out right."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

import building
import commands
from browsers import LOOK, LOOKS, assert_accessible, saved, wait_until
from golden import example
from sampled import long
from viva.assignments.receipt import receipt
from viva.bank import types

KINDS = sorted(types.TYPES)
STUDENTS = 30

# What three kinds of students do with the examples of `viva new`, and what that is worth.
# An ordering answer is given as the items' own words.
RIGHT_ORDER = ["What happens first", "What happens next", "What happens last"]
KNOWS: dict[str, tuple[Any, float]] = {
    "case": ([0, 1], 1.0),
    "hotspot": (0, 1.0),
    "matching": ([0, 2], 1.0),
    "measure": ([(0.3, 0.5), (0.7, 0.5)], 1.0),
    "multiple": ([0, 2], 1.0),
    "numeric": ("15", 1.0),
    "ordering": (RIGHT_ORDER, 1.0),
    "script-concordance": (1, 1.0),
    "short-answer": ("the right term", 1.0),
    "single": (1, 1.0),
    "true-false": (["true", "false"], 1.0),
}
GUESSES: dict[str, tuple[Any, float]] = {
    "case": ([1, 1], 0.5),
    "hotspot": (1, 0.0),
    "matching": ([0, 1], 0.5),
    "measure": ([(0.3, 0.4), (0.7, 0.6)], 0.5),
    "multiple": ([0, 1], 0.0),
    "numeric": ("16 mm", 0.0),
    "ordering": (RIGHT_ORDER[::-1], 0.0),
    "script-concordance": (2, 0.5),
    "short-answer": ("a wrong term", 0.0),
    "single": (2, 0.0),
    "true-false": (["true", "true"], 0.5),
}


# A type that is not named here is answered as its cases say, by what puts answers back.
for _kind in types.TYPES:
    KNOWS.setdefault(_kind, example(_kind))
    GUESSES.setdefault(_kind, (None, 0.0))
TYPED = ("numeric", "short-answer")
WRITE = """
([id, answer]) => {
  const question = document.getElementById(id);
  question.behaviour.write(question, answer);
  question.changed();
}
"""


SENT = {
    "viva": 1, "assignment": "week-1", "name": "Ada Example", "identifier": "s1", "attempt": 1,
    "started": None, "finished": None, "answers": {},
}  # fmt: skip


def answers_of(student: int) -> dict[str, tuple[Any, float]]:
    """Each student knows another part of the test, later ones less; some leave things open."""
    known = 10 - student // 3
    given = {
        kind: (KNOWS if (place * 7 + student) % 10 < known else GUESSES)[kind]
        for place, kind in enumerate(KINDS)
    }
    if student % 10 == 9:
        given["single"] = (None, 0.0)
    return given


@pytest.fixture
def take(browser: Browser, course: Path) -> Iterator[Callable[..., Page]]:
    """Open the page of an assignment from disk, as a student without a network."""
    contexts = []
    complaints: list[str] = []

    def open_(name: str = "week-1", **options: Any) -> Page:
        context = browser.new_context(offline=True, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((course / f"site/assignments/{name}.html").as_uri())
        page.wait_for_selector(".viva-awake")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


def viva(*arguments: object, folder: Path) -> str:
    done = commands.viva(*arguments, cwd=folder)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def fill(page: Page, kind: str, answer: Any, name: str = "") -> None:
    """Answer one question as a person does, with clicks and keys."""
    question = page.locator(f"viva-question#{name or f'a-{kind}'}")
    if kind == "case":
        for number, part in enumerate(answer, 1):
            page.locator(f"viva-question#a-case-{number} label").nth(part).click()
    elif kind in ("single", "hotspot"):
        question.locator("label").nth(answer).click()
    elif kind == "script-concordance":
        question.locator("label").nth(answer + 2).click()
    elif kind == "multiple":
        for place in answer:
            question.locator("label").nth(place).click()
    elif kind == "matching":
        for place, part in enumerate(answer):
            question.locator("select").nth(place).select_option(str(part))
    elif kind == "true-false":
        for place, part in enumerate(answer):
            question.locator("fieldset fieldset").nth(place).locator(f"[value={part}]").click()
    elif kind == "measure":
        measure(question, answer)
    elif kind == "ordering":
        arrange(question, answer)
    elif kind in TYPED:
        question.locator("input").fill(answer)
    else:
        page.evaluate(WRITE, [f"a-{kind}", answer])


def measure(question: Any, answer: list[tuple[float, float]]) -> None:
    """Tap where the two ends belong."""
    frame = question.locator(".viva-measure")
    box = frame.bounding_box()
    for x, y in answer:
        frame.click(position={"x": x * box["width"], "y": y * box["height"]})


def arrange(question: Any, wanted: list[str]) -> None:
    """Put items in order with their buttons; an order that is right already is confirmed."""

    def shown() -> list[str]:
        return [text.strip() for text in question.locator("li > span:not(.viva-grip)").all_inner_texts()]

    if shown() == wanted:
        question.get_by_role("button", name="This order is my answer").click()
    for place, words in enumerate(wanted):
        while shown().index(words) > place:
            question.get_by_role("button", name=f"Move up: {words}").click()


QUICK = """
(given) => {
  for (const [id, kind, answer] of given) {
    if (answer === null) continue;
    const question = document.getElementById(id);
    const inputs = question.querySelectorAll("input");
    if (kind === "case") answer.forEach((part, n) => document.getElementById(`${id}-${n + 1}`).querySelectorAll("input")[part].click());
    else if (kind === "script-concordance") inputs[answer + 2].click();
    else if (["single", "hotspot"].includes(kind)) inputs[answer].click();
    else if (kind === "multiple") answer.forEach((part) => inputs[part].click());
    else if (kind === "true-false") question.querySelectorAll("fieldset fieldset").forEach((one, n) => one.querySelector(`[value=${answer[n]}]`).click());
    else if (kind === "matching") question.querySelectorAll("select").forEach((select, n) => { select.value = answer[n]; select.dispatchEvent(new Event("input", { bubbles: true })); });
    else if (kind === "measure") answer.forEach(([x, y]) => {
      const frame = question.querySelector(".viva-measure");
      const { left, top, width, height } = frame.getBoundingClientRect();
      frame.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: left + x * width, clientY: top + y * height }));
    });
    else if (kind === "ordering") {
      const words = () => [...question.querySelectorAll("li > span:not(.viva-grip)")].map((span) => span.textContent.trim());
      question.querySelector(".viva-keep").click();
      answer.forEach((wanted, place) => { while (words().indexOf(wanted) > place) question.querySelectorAll("li")[words().indexOf(wanted)].querySelector("button").click(); });
    } else if (["numeric", "short-answer"].includes(kind)) { inputs[0].value = answer; inputs[0].dispatchEvent(new Event("input", { bubbles: true })); }
    else { question.behaviour.write(question, answer); question.changed(); }
  }
}
"""


def by_keys(page: Page, kind: str, answer: Any) -> None:
    """Answer one question with the keyboard alone."""

    def press(selector: str, *keys: str) -> None:
        page.locator(f"#a-{kind} {selector}").first.focus()
        for key in keys:
            page.keyboard.press(key)

    if kind == "case":
        for number, part in enumerate(answer, 1):
            press(f"#a-case-{number} input", str(part + 1))
    elif kind in ("single", "hotspot"):
        press("input", str(answer + 1))
    elif kind == "script-concordance":
        press("input", str(answer + 3))
    elif kind == "multiple":
        press("input", *(str(part + 1) for part in answer))
    elif kind == "true-false":
        for place, part in enumerate(answer):
            press(f"input[name='{place}']", "1" if part == "true" else "2")
    elif kind == "matching":
        for place, part in enumerate(answer):
            press(f"select[name='{place}']", "ABC"[part])
    elif kind == "measure":
        press("[name='End 1']", *["Shift+ArrowUp"] * 6)
        press("[name='End 2']", *["Shift+ArrowUp"] * 6)
    elif kind == "ordering":
        arrange_by_keys(page, press, answer)
    elif kind in TYPED:
        press("input", *answer)
    else:
        page.evaluate(WRITE, [f"a-{kind}", answer])


def arrange_by_keys(page: Page, press: Callable[..., None], wanted: list[str]) -> None:
    press(".viva-keep", "Enter")
    for place, words in enumerate(wanted):
        items = [text.strip() for text in page.locator("#a-ordering li").all_inner_texts()]
        press(f"[aria-label='Move up: {words}']", *["Enter"] * (items.index(words) - place))


def hand_in(page: Page, student: int, folder: Path) -> Path:
    """Say who it is and save the file as the student does."""
    page.get_by_label("Your name").fill(f"Student {student}")
    page.get_by_label("Your student number").fill(f"S-{student:02}")
    return save(page, student, folder)


def save(page: Page, student: int, folder: Path) -> Path:
    """Save the file of a student who is named, and put it where the teacher collects."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answer file").click()
    assert download.value.suggested_filename == f"week-1-S-{student:02}.json"
    path = folder / f"{student}" / download.value.suggested_filename
    download.value.save_as(path)
    return path


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def correlation(x: list[float], y: list[float]) -> float:
    mx, my = mean(x), mean(y)
    cov = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True))
    return cov / (sum((a - mx) ** 2 for a in x) * sum((b - my) ** 2 for b in y)) ** 0.5


def variance(values: list[float]) -> float:
    return sum((value - mean(values)) ** 2 for value in values) / (len(values) - 1)


@pytest.mark.parametrize("students", [range(0, STUDENTS, 5), long(range(STUDENTS))], ids=len)
def test_a_class_gets_the_marks_and_statistics_that_arithmetic_gives(course, take, tmp_path, students):
    page = take(accept_downloads=True)
    for student in students:
        page.evaluate("localStorage.removeItem(document.querySelector('viva-assignment').place)")
        page.reload()
        page.wait_for_selector(".viva-awake")
        given = {kind: answer for kind, (answer, _) in answers_of(student).items()}
        if student in students[:2]:
            for kind in KINDS:
                fill(page, kind, given[kind])
        else:
            page.evaluate(QUICK, [[f"a-{kind}", kind, given[kind]] for kind in KINDS])
        hand_in(page, student, tmp_path / "in")
    assignment = course / "quizzes/assignments/week-1.yml"
    out = tmp_path / "out"
    viva("grade", assignment, tmp_path / "in", "--out", out, folder=course)
    viva("analyse", out, folder=course)

    marks = [[answers_of(n)[kind][1] for kind in KINDS] for n in students]
    totals = [sum(row) for row in marks]
    with (out / "results.csv").open(encoding="utf-8-sig") as file:
        found = {row["identifier"]: row for row in csv.DictReader(file)}
    assert len(found) == len(students)
    for n, row, total in zip(students, marks, totals, strict=True):
        result = found[f"S-{n:02}"]
        assert [float(result[f"a-{kind}"]) for kind in KINDS] == pytest.approx(row)
        assert float(result["total"]) == pytest.approx(total)
        assert result["passed"] == ("yes" if total >= len(KINDS) / 2 else "no")

    analysis = json.loads((out / "analysis.json").read_text())
    columns = list(zip(*marks, strict=True))
    alpha = len(KINDS) / (len(KINDS) - 1) * (1 - sum(map(variance, columns)) / variance(totals))
    assert analysis["alpha"] == pytest.approx(alpha)
    assert analysis["mean"] == pytest.approx(mean(totals))
    for kind, column, item in zip(KINDS, columns, analysis["items"], strict=True):
        assert item["id"] == f"a-{kind}"
        assert item["p"] == pytest.approx(mean(column))
        rest = [total - mark for total, mark in zip(totals, column, strict=True)]
        assert item["r_rest"] == pytest.approx(correlation(list(column), rest))


def as_filed(kind: str, shown: list[str]) -> Any:
    """The right answer as the student's file holds it; `shown` are the items in the page's order."""
    answer = KNOWS[kind][0]
    if kind == "true-false":
        return [part == "true" for part in answer]
    if kind == "ordering":
        return [shown.index(words) for words in answer]
    if kind == "measure":
        return [pytest.approx(point, abs=0.01) for point in answer]
    return answer


@pytest.mark.parametrize("way", [long(fill), by_keys])
def test_a_draft_comes_back_after_a_reload(take, way):
    page = take()
    shown = [text.strip() for text in page.locator("#a-ordering li").all_inner_texts()]
    page.get_by_label("Your name").fill("Ada Example")
    for kind in KINDS:
        way(page, kind, KNOWS[kind][0])
    before = page.evaluate("document.querySelector('viva-assignment').collect()")
    for kind in KINDS:
        assert before["answers"][f"a-{kind}"]["answer"] == as_filed(kind, shown), kind
    assert page.locator(".viva-open").inner_text() == "Every question is answered."
    page.reload()
    page.wait_for_selector(".viva-awake")
    assert page.locator(".viva-draft").inner_text() == "Your draft is back."
    assert page.evaluate("document.querySelector('viva-assignment').collect()") == before


def test_a_draft_of_an_edited_question_is_not_put_back(take):
    page = take()
    fill(page, "single", 1)
    place = page.evaluate("document.querySelector('viva-assignment').place")
    page.evaluate(
        "place => localStorage.setItem(place, localStorage.getItem(place).replaceAll("
        '/"h":"[^"]*"/g, \'"h":"old"\'))',
        place,
    )
    page.reload()
    page.wait_for_selector(".viva-awake")
    assert f"please answer again: {KINDS.index('single') + 1}." in page.locator(".viva-draft").inner_text()
    assert not page.locator("#a-single input:checked").count()


def test_a_browser_that_keeps_nothing_still_saves_the_file(take, tmp_path):
    page = take()
    page.add_init_script(
        "for (const name of ['getItem', 'setItem']) { const real = Storage.prototype[name];"
        "Storage.prototype[name] = function (key, ...rest) {"
        "if (key.startsWith('viva')) throw new Error('refused'); return real.call(this, key, ...rest); }; }"
    )
    page.reload()
    page.wait_for_selector(".viva-awake")
    assert "keeps no draft" in page.locator(".viva-draft").inner_text()
    fill(page, "single", 1)
    data = json.loads(hand_in(page, 1, tmp_path).read_text())
    assert data["answers"]["a-single"]["answer"] == 1


def test_the_file_is_what_was_promised(take, tmp_path):
    page = take(timezone_id="Asia/Kathmandu")
    fill(page, "single", 1)
    data = json.loads(hand_in(page, 3, tmp_path).read_text())
    assert list(data) == ["viva", "assignment", "name", "identifier", "attempt", "started",
                          "answers", "finished", "receipt"]  # fmt: skip
    assert (data["viva"], data["assignment"], data["attempt"]) == (1, "week-1", 1)
    assert data["finished"].endswith("+05:45")
    assert set(data["answers"]) == {f"a-{kind}" for kind in KINDS}
    assert data["answers"]["a-numeric"]["answer"] is None
    assert "send this file to your teacher" in page.locator(".viva-saved").inner_text()


RECEIPTS = json.loads(
    (Path(__file__).parents[1] / "unit/assignments/data/receipts.json").read_text("utf-8")
)


def test_the_browser_computes_the_same_receipts(take):
    page = take()
    texts = [json.dumps(case) for case in RECEIPTS]  # as a file holds them, half signs too
    codes = page.evaluate("texts => texts.map((text) => vivaReceipt(JSON.parse(text)))", texts)
    assert codes == [case["receipt"] for case in RECEIPTS]


def test_the_receipt_stands_on_the_page_and_in_the_file_until_an_answer_changes(take, tmp_path):
    page = take()
    assert page.locator(".viva-receipt").is_hidden()
    fill(page, "single", 1)
    path = hand_in(page, 1, tmp_path)
    code = page.locator(".viva-receipt output").inner_text()
    data = json.loads(path.read_text())
    wanted = receipt(data["assignment"], data["identifier"], data["attempt"], data["answers"])
    assert code == data["receipt"] == wanted
    hand_in(page, 1, tmp_path)
    assert page.locator(".viva-receipt output").inner_text() == code
    fill(page, "single", 2)
    assert page.locator(".viva-receipt").is_hidden()


NUMBERS = {
    "15,5": "Read as 15.5\u00a0mm",
    "1,000": "Read as 1\u00a0mm; for 1000 leave out the comma",
    "1000 cc": "Not a number yet",
    "１５": "Read as 15\u00a0mm",
    "16 cc": "Not a number yet",
    "١٥": "Read as 15\u00a0mm",
}


def test_a_number_is_said_as_it_is_read(take):
    page = take()
    for typed, said in NUMBERS.items():
        page.locator("#a-numeric input").fill(typed)
        assert page.locator("#a-numeric output").inner_text() == said, typed


def test_nothing_is_saved_without_a_name(take):
    page = take()
    page.get_by_role("button", name="Save my answer file").click()
    assert "Write your name" in page.locator(".viva-saved").inner_text()
    assert page.evaluate("document.activeElement.name") == "name"


def test_a_second_attempt_starts_empty_and_is_the_last(take, tmp_path):
    page = take()
    fill(page, "single", 1)
    fill(page, "ordering", RIGHT_ORDER)
    hand_in(page, 1, tmp_path)
    page.get_by_role("button", name="Start another attempt").click()
    assert page.locator(".viva-open").inner_text().startswith(f"0 of {len(KINDS)} answered")
    expect(page.locator(".viva-about > summary")).to_have_text("Student 1 · S-01")
    data = json.loads(save(page, 1, tmp_path).read_text())
    assert (data["attempt"], data["name"], data["identifier"]) == (2, "Student 1", "S-01")
    assert {given["answer"] is None for given in data["answers"].values()} == {True}
    assert page.locator(".viva-again").is_hidden()


def test_a_step_of_a_case_appears_after_the_one_before(take):
    page = take()
    assert page.locator("#a-case-2").is_hidden()
    fill(page, "case", [0])
    assert page.locator("#a-case-2").is_visible()


def test_a_place_in_the_figure_can_be_clicked(take):
    page = take()
    page.locator("#a-hotspot polygon").nth(1).click()
    assert page.locator("#a-hotspot input:checked").get_attribute("value") == "1"


@pytest.mark.parametrize(("kind", "item", "target"), [
    ("ordering", ".viva-items > li:first-child .viva-grip", ".viva-items > li:last-child"),
    ("matching", ".viva-bank > li:first-child .viva-grip", ".viva-prompts > label"),
])  # fmt: skip
def test_what_was_dragged_is_kept(take, kind, item, target):
    page = take()
    question = page.locator(f"#a-{kind}")
    question.locator(item).scroll_into_view_if_needed()
    one, other = (question.locator(at).first.bounding_box() for at in (item, target))
    page.mouse.move(one["x"] + 20, one["y"] + one["height"] / 2)
    page.mouse.down()
    page.mouse.move(other["x"] + 40, other["y"] + other["height"] * 0.8, steps=6)
    page.mouse.up()
    kept = "JSON.parse(localStorage[document.querySelector('viva-assignment').place]).items"
    answer = page.evaluate(kept)[f"a-{kind}"]["a"]
    assert answer == ([1, 2, 0] if kind == "ordering" else [0, None])


def test_enter_in_a_field_marks_nothing_and_stays_on_the_page(take):
    page = take()
    page.locator("#a-numeric input").fill("15")
    page.keyboard.press("Enter")
    assert page.locator("#a-numeric output").inner_text() == "Read as 15\u00a0mm"
    assert page.locator("#a-numeric input").is_enabled()
    assert page.locator(".viva-feedback, [data-state]").count() == 0


def test_an_exam_waits_for_its_start_and_shows_the_time(take):
    page = take("exam")
    address = page.url
    page.goto("about:blank")  # a clock that changes under a page confuses the theme
    page.clock.install()
    page.goto(address)
    page.wait_for_selector(".viva-awake")
    assert page.locator(".viva-sheets").is_hidden()
    page.get_by_label("Your name").fill("Ada Example")
    page.get_by_label("Your student number").fill("s1")
    page.get_by_role("button", name="Start").click()
    assert page.locator(".viva-sheets").is_visible()
    assert page.locator(".viva-clock").inner_text() == "45 minutes left"
    page.clock.fast_forward("44:30")
    assert page.locator(".viva-clock").inner_text() == "1 minute left"
    page.reload()
    page.wait_for_selector(".viva-awake")
    page.clock.fast_forward("02:00")
    assert page.locator(".viva-clock").inner_text().startswith("Time is up")
    assert page.get_by_role("button", name="Save my answer file").is_enabled()


def test_the_clock_of_an_exam_gives_the_extra_time_that_was_granted(take, downloads):
    page = take("exam")
    address = page.url
    page.goto("about:blank")
    page.clock.install()
    page.goto(address)
    page.wait_for_selector(".viva-awake")
    page.get_by_label("Your name").fill("Ada Example")
    page.get_by_label("Your student number").fill("s1")
    page.get_by_label("Extra time in per cent").fill("25")
    page.get_by_role("button", name="Start").click()
    assert page.locator(".viva-clock").inner_text() == "57 minutes left"
    page.reload()
    page.wait_for_selector(".viva-awake")
    assert page.get_by_label("Extra time in per cent").input_value() == "25"
    page.clock.fast_forward("56:30")
    assert page.locator(".viva-clock").inner_text() == "1 minute left"
    page.clock.fast_forward("02:00")
    assert page.locator(".viva-clock").inner_text().startswith("Time is up")
    press = page.get_by_role("button", name="Save my answer file").click
    name = f"{page.locator('viva-assignment').get_attribute('data-assignment')}-s1.json"
    assert json.loads(saved(page, downloads, name, press))["extra"] == 25


@LOOKS
def test_axe_finds_nothing(take, scheme, width):
    page = take(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.evaluate("vivaStudy.store.set('p:one', false)")
    page.reload()
    page.wait_for_selector(".viva-awake")
    fill(page, "single", 1)
    fill(page, "case", [0])
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture(scope="module")
def marked(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the marks, the report and the feedback of a class in which all know the same."""
    folder = tmp_path_factory.mktemp("in")
    shown = BeautifulSoup((course / "site/assignments/week-1.html").read_text("utf-8"), "html.parser")
    asked = shown.select_one("#a-single")
    given = {"answers": {asked["id"]: {"hash": asked["data-hash"], "answer": 1}}}
    for student in range(STUDENTS):
        (folder / f"{student}.json").write_text(json.dumps(SENT | given | {"identifier": f"s{student}"}))
    assignment = course / "quizzes/assignments/week-1.yml"
    out = tmp_path_factory.mktemp("marked") / "out"
    viva("grade", assignment, folder, "--out", out, "--release", folder=course)
    viva("analyse", out, folder=course)
    return out


@LOOK
def test_axe_finds_nothing_on_reports_and_feedback(browser, marked, scheme, width):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in (marked / "analysis.html", marked / "feedback/s1.html"):
        page.goto(path.as_uri())
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_reports_and_feedback_keep_their_look_under_a_policy(browser, marked):
    page = browser.new_page()
    for path in (marked / "analysis.html", marked / "feedback/s1.html"):
        page.goto(path.as_uri())
        rules = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        assert "style-src 'self' file: 'sha256-" in rules
        assert "unsafe-inline" not in rules
        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"
        page.evaluate("document.body.setAttribute('style', 'color: red')")
        assert page.evaluate("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
    page.close()


SECRETS = ("Why it is right", "Why it tempts", "What to remember", "the right term", "The model answer",
           "a wrong term", "Who voted", "What makes it true", "Why it fits", "first-place", "&#34;correct",
           '"correct', "data-key", "tolerance", "panel", "A nudge")  # fmt: skip


def test_no_file_of_the_site_holds_a_key_or_a_why(course):
    page = (course / "site/assignments/week-1.html").read_text()
    assert "A question that can be answered before reading the options?" in page
    for path in (course / "site").rglob("*"):
        if (
            path.suffix in (".html", ".json", ".js", ".xml", ".txt")
            and "assets/viva" not in path.as_posix()
        ):
            text = path.read_text(encoding="utf-8", errors="replace")
            theme = path.is_relative_to(course / "site/assets/javascripts")
            assert not [secret for secret in SECRETS if secret in text and not theme], path


def test_search_does_not_see_the_assignment(course):
    assert "week-1" not in (course / "site/assets/viva/search-data.js").read_text()


def kept(page: Page) -> dict[str, Any]:
    """What is written down of the answers."""
    found = page.evaluate("JSON.parse(localStorage[document.querySelector('viva-assignment').place]).items")
    return {name: item["a"] for name, item in found.items() if "a" in item}


def test_two_tabs_in_one_assignment_lose_nothing(take):
    page = take()
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".viva-awake")
    fill(page, "single", 1)
    fill(other, "hotspot", 0)
    fill(page, "numeric", "15")
    other.get_by_label("Your name").fill("Ada Example")
    for tab in (page, other):
        wait_until(lambda tab=tab: tab.get_by_label("Your name").input_value() == "Ada Example")
        wait_until(lambda tab=tab: tab.locator("#a-numeric input").input_value() == "15")
        assert tab.locator("#a-single input").nth(1).is_checked()
        assert tab.locator("#a-hotspot input").nth(0).is_checked()
        assert kept(tab) == {"a-single": 1, "a-hotspot": 0, "a-numeric": "15"}


def test_an_assignment_goes_on_on_another_device_from_its_file(take, tmp_path):
    phone, desk = take(), take()
    fill(desk, "numeric", "3")
    desk.evaluate("() => { const { session } = document.querySelector('viva-assignment');"
                  "vivaStudy.store.update(`s:${session.id}`, (kept) => (kept.items['a-numeric'].u = 1, kept)) }")
    for kind in KINDS:
        fill(phone, kind, KNOWS[kind][0])
    file = hand_in(phone, 4, tmp_path)
    desk.locator("input[type=file]").set_input_files(file)
    desk.get_by_text("Your answers from the file are here.").wait_for()
    sent = json.loads(file.read_text())
    found = desk.evaluate("document.querySelector('viva-assignment').collect()")
    assert [found[name] for name in ("name", "identifier", "attempt")] == [
        sent[name] for name in ("name", "identifier", "attempt")
    ]
    assert found["started"] <= sent["started"]  # the earlier of the two
    assert found["answers"] == sent["answers"]
    desk.reload()
    desk.wait_for_selector(".viva-awake")
    assert desk.evaluate("document.querySelector('viva-assignment').collect()") == found
    fill(desk, "single", 2)
    desk.locator("input[type=file]").set_input_files(file)
    desk.get_by_text("Your answers from the file are here.").wait_for()
    assert desk.locator("#a-single input").nth(2).is_checked()  # it is newer than the file


def test_a_file_of_something_else_changes_nothing(take):
    page = take()
    fill(page, "single", 1)
    told = page.get_by_text("not the file of this assignment")
    for text in ("{", "[]", '{"viva": 1, "assignment": "other"}'):
        page.locator("input[type=file]").set_input_files(
            {"name": "x.json", "mimeType": "application/json", "buffer": text.encode()}
        )
        told.wait_for()
        assert kept(page) == {"a-single": 1}
        told.evaluate("(said) => (said.textContent = '')")


def test_a_device_is_cleared_of_everything(take):
    page = take()
    page.get_by_label("Your name").fill("Ada Example")
    fill(page, "single", 1)
    page.evaluate("vivaStudy.store.add({ q: 'x', h: 'h', t: 1, a: 0, m: 1 })")
    page.get_by_role("button", name="Not you? Clear this device").click()
    page.get_by_role("button", name="Keep everything").click()
    assert kept(page) == {"a-single": 1}
    page.get_by_role("button", name="Not you? Clear this device").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Clear this device", exact=True).click()
    page.wait_for_selector(".viva-awake")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('viva'))") == ["viva-written:test-course"]
    assert page.get_by_label("Your name").input_value() == ""
    assert page.locator("#a-single input:checked").count() == 0


def test_a_draft_from_before_there_was_one_store_is_taken_over(take):
    page = take()
    old = {"viva": 1, "assignment": "week-1", "name": "Ada", "identifier": "s1", "attempt": 2,
           "started": "2026-11-01T10:00:00+01:00", "answers": page.evaluate(
               "() => { const one = document.querySelector('#a-single');"
               "return { 'a-single': { hash: one.dataset.hash, answer: 2 } } }")}  # fmt: skip
    page.evaluate("old => { localStorage['viva-assignment:test-course:week-1'] = JSON.stringify(old) }", old)
    page.reload()
    page.wait_for_selector(".viva-awake")
    assert page.locator("#a-single input").nth(2).is_checked()
    found = page.evaluate("document.querySelector('viva-assignment').collect()")
    assert [found[name] for name in ("name", "identifier", "attempt", "started")] == [
        "Ada", "s1", 2, "2026-11-01T10:00:00+01:00"
    ]  # fmt: skip
    assert page.evaluate("localStorage['viva-assignment:test-course:week-1']") is None


@pytest.mark.parametrize(
    ("sandbox", "may"),
    [("allow-scripts allow-same-origin allow-downloads", True), long("allow-scripts allow-same-origin", False), ("allow-scripts", False)],
)
def test_a_frame_that_forbids_downloads_offers_the_text_instead(browser, course, tmp_path, sandbox, may):
    with building.served(course / "site", tmp_path) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(host.address("about.html").replace("about.html", "404.html"))
        page.set_content(f'<iframe name="inside" sandbox="{sandbox}" src="{host.address("assignments/week-1.html")}"></iframe>')
        frame = page.frame_locator("iframe")
        frame.locator(".viva-awake").wait_for()
        frame.get_by_label("Your name").fill("Ada")
        frame.get_by_label("Your student number").fill("s1")
        frame.get_by_role("button", name="Save my answer file").click()
        said = frame.locator(".viva-saved")
        expect(said).to_contain_text("look for week-1-s1.json" if may else "may not let it save files")
        expect(frame.get_by_role("button", name="Copy the text")).to_have_count(0 if may else 1)
        if not may:
            text = frame.get_by_label("The text of week-1-s1.json").input_value()
            assert json.loads(text)["identifier"] == "s1"
        if "same-origin" not in sandbox:
            page.set_content(f'<iframe sandbox="{sandbox}" src="{host.address("offline.html")}"></iframe>')
            expect(frame.locator(".viva-kept")).to_contain_text("keeps no websites")
        context.close()


def test_what_was_filled_in_folds_into_a_line_once_it_has_begun(take):
    page = take(viewport={"width": 390, "height": 844})
    page.get_by_label("Your name").fill("Ada Example")
    page.get_by_label("Your student number").fill("s1")
    facts, line = page.locator(".viva-assignment .viva-facts"), page.locator(".viva-about > summary")
    assert facts.is_visible()
    assert not line.is_visible()
    page.get_by_role("button", name="Next").click()
    expect(line).to_have_text("Ada Example · s1")
    assert not facts.is_visible()
    assert not page.locator("body > header").is_visible()
    page.reload()
    expect(line).to_be_visible()
    assert not facts.is_visible()
    line.click()
    expect(page.get_by_label("Your name")).to_have_value("Ada Example")


def test_on_a_phone_one_question_is_asked_at_a_time_and_all_are_printed(take):
    page = take(viewport={"width": 390, "height": 844})
    questions = page.locator(".viva-sheets > viva-question")
    expect(page.locator(".viva-sheets > viva-question:visible")).to_have_count(1)
    assert page.locator(".viva-where").inner_text().startswith(f"1 of {len(KINDS)}")
    page.get_by_role("button", name="Next").click()
    assert page.locator(".viva-where").inner_text().startswith("2 of")
    page.keyboard.press("k")
    assert page.locator(".viva-where").inner_text().startswith("1 of")
    page.get_by_role("button", name="Menu").click()
    place = KINDS.index("single")
    page.get_by_role("navigation", name="Answer sheet").get_by_role("button").nth(place).click()
    page.keyboard.press("b")
    page.keyboard.press("f")
    assert page.locator("#a-single input").nth(1).is_checked()
    assert kept(page) == {"a-single": 1}
    states = page.locator(".viva-sheet-list button").nth(place).get_attribute("aria-label")
    assert states == f"Question {place + 1}: answered and flagged"
    assert_accessible(page)
    page.emulate_media(media="print")
    expect(page.locator(".viva-sheets > viva-question:visible")).to_have_count(questions.count())
