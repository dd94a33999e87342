"""Questions in a real browser: by keyboard, by pointer, without a script, on paper, for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import golden
from browsers import assert_accessible
from sampled import long
from viva.bank import types

NAMES = (
    *("single/ifs-bounds", "multiple/three-of-five", "true-false/space", "matching/pain"),
    *("ordering/layers", "numeric/degrees", "short-answer/look-alikes", "hotspot/posterior"),
    *("measure/gap", "stack/rings", "script-concordance/oedema", "case/runner"),
)
FIRST = {name.partition("/")[0]: golden.question(name) for name in NAMES}
KINDS = [kind for kind in FIRST if kind != "case"]
Open = Callable[..., Page]

HEARD = """
window.heard = [];
addEventListener("viva:attempt", (event) => heard.push(event.detail));
"""


@pytest.fixture
def ask(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a page with some questions; it must report no error and must not ask another host."""
    contexts, complaints = [], []

    def open_(
        *names: str, mode: str = "self-check", scheme: str = "default", **options: Any
    ) -> Page:
        asked = [golden.question(name) if "/" in name else FIRST[name] for name in names]
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(golden.page(*asked, mode=mode, scheme=scheme), "utf-8")
        options = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"} | options
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda sent: sent.url.startswith(("file:", "data:")) or complaints.append(sent.url),
        )
        page.add_init_script(HEARD)
        page.goto(path.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


# Above the questions the page has controls of its own.
MATCHES = "(at, wanted) => Boolean(at.closest('viva-question')) && at.matches(wanted)"


def focus(page: Page) -> Locator:
    return page.locator(":focus")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what is wanted has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if focus(page).count() and focus(page).evaluate(MATCHES, selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def by_keys(page: Page, kind: str, right: bool) -> None:
    """Answer the question of a type with the keyboard alone, then commit."""
    keys = {"single": "3" if right else "1", "hotspot": "2" if right else "1"}
    if kind == "hotspot":
        tab_to(page, ".viva-names > summary")
        page.keyboard.press("Enter")
    if kind in keys or kind == "script-concordance":
        tab_to(page, "input[type=radio]")
        page.keyboard.press(keys.get(kind) or ("4" if right else "1"))
    elif kind == "multiple":
        tab_to(page, "input[type=checkbox]")
        for key in "234" if right else "15":
            page.keyboard.press(key)
    elif kind == "true-false":
        for part in range(4):
            tab_to(page, f"input[name='{part}']")
            page.keyboard.press("12"[(part % 2 == 0) != right])
    elif kind == "matching":
        for part, letter in enumerate("BCD" if right else "AAA"):
            tab_to(page, f"select[name='{part}']")
            page.keyboard.press(letter)
    elif kind == "ordering":
        order = [1, 3, 2, 0] if right else [0, 2, 3, 1]
        for place, item in enumerate(order):
            focus_item(page, item)
            while place_of(page, item) > place:
                page.keyboard.press("Enter")
    elif kind == "measure":
        tab_to(page, "button[name='End 1']")
        press(page, "Shift+ArrowUp", 6)
        page.keyboard.press("Tab")
        press(page, "Shift+ArrowUp" if right else "Shift+ArrowDown", 6 if right else 2)
    elif kind == "stack":
        tab_to(page, "input[type=range]")
        press(page, "ArrowDown", 3 if right else 1)
    else:
        answers = {"numeric": ("90", "91"), "short-answer": ("adduction", "ileopsoas")}
        tab_to(page, ".viva-field input")
        page.keyboard.type(answers[kind][not right])
    if kind in ("ordering", "matching", "measure", "stack"):
        tab_to(page, ".viva-actions button")
    page.keyboard.press("Enter")


def press(page: Page, key: str, times: int) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def focus_item(page: Page, item: int) -> None:
    page.keyboard.press("Shift+Tab")
    page.locator("h1").evaluate("(at) => (at.tabIndex = -1, at.focus())")
    tab_to(page, f"[data-item='{item}'] [data-by='-1']")


def place_of(page: Page, item: int) -> int:
    return page.locator(".viva-items > li").evaluate_all(
        "(all, item) => all.findIndex((one) => one.dataset.item === String(item))", item
    )


def status(page: Page) -> Locator:
    return page.locator("viva-question [role=status]").first


PLACES = """() => [...document.querySelectorAll(".viva-number, .viva-given, form > fieldset > :is(legend, figure)")]
    .map((at) => at.getBoundingClientRect().y)"""


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_answer_by_keyboard_alone(ask, kind):
    """It counts, its feedback tells all and moves nothing, and it can be tried again."""
    page = ask(kind)
    page.evaluate(
        f"addEventListener('submit', () => (window.before = ({PLACES})()), {{ capture: true }})"
    )
    by_keys(page, kind, right=True)
    expect(status(page)).to_contain_text("Right")
    [heard] = page.evaluate("heard")
    assert (heard["id"], heard["mark"], heard["attempt"]) == (FIRST[kind].id, 1, 1)
    assert heard["hash"] == page.locator("viva-question").get_attribute("data-hash")
    assert types.mark(FIRST[kind], heard["answer"]) == 1
    before, after = page.evaluate("before"), page.evaluate(PLACES)
    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) <= 1
    feedback_tells_all(page, kind)
    trying_again_starts_anew(page, kind)


def feedback_tells_all(page: Page, kind: str) -> None:
    said = page.locator("viva-question").inner_text()
    parts = [
        *getattr(FIRST[kind], "options", ()),
        *getattr(FIRST[kind], "statements", ()),
        *getattr(FIRST[kind], "prompts", ()),
    ]
    wanted = [getattr(part, "why", None) for part in parts] + [FIRST[kind].explanation]
    assert all(text in said for text in wanted if text)


def trying_again_starts_anew(page: Page, kind: str) -> None:
    """And remembers the first try."""
    page.get_by_role("button", name="Try again").press("Enter")
    assert page.locator(".viva-feedback, .viva-after, .viva-why, .viva-tag, [data-state]").count() == 0
    expect(status(page)).to_have_text("")
    assert page.locator("viva-question input:checked").count() == 0
    assert focus(page).evaluate("(at) => Boolean(at.closest('fieldset'))")
    page.locator("h1").evaluate("(at) => (at.tabIndex = -1, at.focus())")
    by_keys(page, kind, right=True)
    expect(status(page)).to_contain_text("Your first try: right.")
    assert [heard["attempt"] for heard in page.evaluate("heard")] == [1, 2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_answer_by_keyboard_alone(ask, kind):
    page = ask(kind)
    nothing_is_told_before_an_answer_is_given(page, kind)
    page.locator("h1").evaluate("(at) => (at.tabIndex = -1, at.focus())")
    by_keys(page, kind, right=False)
    if kind == "short-answer":
        expect(focus(page)).to_contain_text("Was yours right?")
        tab_to(page, "button")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(status(page)).to_contain_text("Wrong")
    [heard] = page.evaluate("heard")
    assert heard["mark"] == 0
    assert types.mark(FIRST[kind], heard["answer"]) in (0, None)
    expect(page.locator(".viva-feedback")).to_be_focused()
    expect(page.locator(".viva-verdict")).to_contain_text("Wrong")


def nothing_is_told_before_an_answer_is_given(page: Page, kind: str) -> None:
    page.get_by_role("button", name="Check answer").click()
    expect(status(page)).to_contain_text("first.")
    assert page.locator(".viva-feedback").count() == 0
    assert page.evaluate("heard") == []
    for said in (FIRST[kind].explanation, "Objective"):
        assert not said or said not in page.locator("main").inner_text()


ALIKE = {"multiple", "numeric", "script-concordance", "cloze"}
"""Types whose parts other types have too."""
DIFFERENT = pytest.mark.parametrize("kind", [long(kind) if kind in ALIKE else kind for kind in FIRST])


@pytest.mark.parametrize("scheme", ["default", long("slate")])
@DIFFERENT
def test_axe_finds_nothing_before_and_after(ask, kind, scheme):
    page = ask(kind, scheme=scheme)
    assert_accessible(page)
    by_keys(page, "single" if kind == "case" else kind, right=False)
    assert_accessible(page)


@DIFFERENT
def test_without_a_script_the_answers_wait_behind_a_summary(ask, kind):
    page = ask(kind, java_script_enabled=False)
    assert FIRST[kind].stem in page.locator("main").inner_text()
    assert page.get_by_role("button").count() == 0
    assert (
        page.locator(".viva-whys:visible, .viva-answer:visible, .viva-explanation:visible").count()
        == 0
    )
    closed = page.locator("details:not([open]) > summary:visible")
    while closed.count():
        closed.first.click()
    assert page.locator(".viva-key[open]").count() == page.locator("viva-question").count()
    said = " ".join(page.locator(".viva-key:visible").all_text_contents())
    assert (FIRST[kind].explanation or "") in said


@DIFFERENT
@pytest.mark.parametrize("width", [320, long(390)])
def test_a_question_fits_a_phone_with_targets_for_thumbs(ask, kind, width):
    page = ask(kind, viewport={"width": width, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    targets = page.locator(
        ".viva-choices label, .viva-actions button, select, .viva-field input, .viva-move, .viva-end, summary"
    )
    for target in targets.all():
        if target.is_visible():
            box = target.bounding_box()
            assert box and box["height"] >= 44 and box["width"] >= 44, target.evaluate(
                "(at) => at.outerHTML"
            )


def test_a_short_question_fits_one_screen_of_a_phone(ask):
    page = ask("single", viewport={"width": 390, "height": 664})
    button = page.get_by_role("button", name="Check answer").bounding_box()
    assert button and button["y"] + button["height"] < 664


@pytest.mark.parametrize("kind", ["single", "true-false", "matching"])
def test_a_why_leaves_its_option_as_wide_as_it_was(ask, kind):
    page = ask(kind)
    asked = page.locator(".viva-options > *").first.locator(":scope > :is(legend, span:not(.viva-tag))").first
    before = asked.bounding_box()
    by_keys(page, kind, right=False)
    option = page.locator(".viva-options > *", has=page.locator(".viva-why")).first
    assert option.locator(".viva-why").bounding_box()["width"] > 0.75 * option.bounding_box()["width"]
    assert asked.bounding_box()["width"] == pytest.approx(before["width"], abs=2)


@pytest.mark.parametrize("kind", ["single", "multiple", "true-false"])
def test_each_option_holds_its_own_why_and_there_is_no_second_list(ask, kind):
    page = ask(kind)
    by_keys(page, kind, right=False)
    parts = getattr(FIRST[kind], "options", ()) or FIRST[kind].statements
    options = page.locator(".viva-options > *")
    for place, part in enumerate(parts):
        assert not part.why or part.why in options.nth(place).locator(".viva-why").inner_text()
    assert page.locator("viva-question > .viva-after .viva-whys, .viva-feedback .viva-whys").count() == 0
    order = "[...document.querySelectorAll('.viva-verdict, .viva-explanation, .viva-why, .viva-objective, .viva-references')].map((one) => one.className)"
    told = page.evaluate(order)
    assert told[0] == "viva-verdict"
    assert not FIRST[kind].explanation or told.index("viva-explanation") == 1
    assert told.index("viva-objective") > max(n for n, name in enumerate(told) if name == "viva-why")


def test_enter_checks_and_enter_goes_on(ask):
    page = ask("single/ifs-bounds", "numeric/degrees")
    tab_to(page, "input")
    for key in ("3", "Enter", "Space", "Space"):
        page.keyboard.press(key)
    assert page.locator("#ifs-bounds").get_attribute("data-state") == "right"
    expect(page.locator("#ifs-bounds .viva-feedback")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("viva-question").nth(1).locator(".viva-number")).to_be_focused()
    assert page.evaluate("heard").__len__() == 1


def test_enter_on_the_title_where_one_arrives_says_what_is_missing(ask):
    page = ask("single/ifs-bounds", "stack")
    tab_to(page, "input")
    for key in ("3", "Enter", "Enter", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("viva-question[type=stack] [role=status]").first).not_to_be_empty()
    assert page.locator("viva-question[data-state]").count() == 1


def test_a_double_click_on_check_answer_does_nothing_more(ask):
    page = ask("single/ifs-bounds", "numeric/degrees")
    page.locator("viva-question label").first.click()
    page.get_by_role("button", name="Check answer").first.dblclick()
    assert page.locator("#ifs-bounds").get_attribute("data-state") == "wrong"
    expect(page.locator("viva-question").nth(1).locator(".viva-number")).not_to_be_focused()


def test_options_are_shuffled_but_answers_count_as_authored(ask):
    page = ask("single/shuffled")
    seen = set()
    for _ in range(12):
        label = page.locator("label", has_text="External rotation")
        place = label.evaluate("(at) => [...at.parentElement.children].indexOf(at)")
        seen.add(place)
        label.click()
        page.get_by_role("button", name="Check answer").click()
        expect(status(page)).to_contain_text("Right.")
        said = page.locator("noscript").inner_text()
        why = label.locator(".viva-why").text_content().removeprefix(" ").removeprefix("Right. ").strip()
        assert why in said.partition("External rotation")[2].partition("</li>")[0]
        page.get_by_role("button", name="Try again").click()
    assert len(seen) > 1
    assert {heard["answer"] for heard in page.evaluate("heard")} == {1}


def test_a_held_enter_does_not_undo_the_answer(ask):
    page = ask("single")
    tab_to(page, "input")
    page.keyboard.press("3")
    page.keyboard.down("Enter")
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    expect(page.locator(".viva-feedback")).to_be_visible()


def test_digits_are_typed_into_a_field(ask):
    page = ask("numeric")
    page.locator(".viva-field input").focus()
    page.keyboard.type("12")
    assert page.locator(".viva-field input").input_value() == "12"


def test_a_number_is_read_back_while_it_is_typed(ask):
    page = ask("numeric/millimetres")
    field, output = page.locator(".viva-field input"), page.locator("output")
    for typed, said in (
        ("1,5", "Read as 1.5\u00a0mm"),
        ("1,5 cm", "Read as 15\u00a0mm"),
        ("x", "Not a number yet"),
        ("", ""),
    ):
        field.fill(typed)
        expect(output).to_have_text(said)


def test_an_undecided_answer_is_judged_by_the_student(ask):
    page = ask("short-answer/muscle")
    page.locator(".viva-field input").fill("that square one")
    page.get_by_role("button", name="Check answer").click()
    assert page.evaluate("heard") == []
    expect(page.locator(".viva-answer")).to_have_text("Quadratus femoris")
    page.get_by_role("button", name="Yes").click()
    expect(status(page)).to_contain_text("Right.")
    assert page.evaluate("heard")[0]["mark"] == 1
    expect(page.locator(".viva-feedback")).to_be_focused()


def test_a_typed_answer_stays_text(ask):
    page = ask("short-answer/muscle")
    page.locator(".viva-field input").fill("<img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Check answer").click()
    assert page.locator("viva-question img").count() == 0


@pytest.mark.parametrize(("place", "answer"), [(0.5, "muscle"), (0.15, "ischium"), (0.01, "")])
def test_a_click_on_the_figure_marks_a_place(ask, place, answer):
    page = ask("hotspot/posterior")
    frame = page.locator(".viva-hotspot")
    box = frame.bounding_box()
    frame.click(position={"x": box["width"] * place, "y": box["height"] * 0.5})
    assert (
        page.locator("viva-question input:checked").evaluate_all(
            "(all) => all.map((one) => one.value).join()"
        )
        == answer
    )
    page.get_by_role("button", name="Check answer").click()
    assert page.evaluate("heard")[0]["answer"] == answer
    expect(page.locator("polygon[data-state=right]")).to_have_attribute("data-region", "muscle")


def test_choosing_from_the_list_replaces_the_mark(ask):
    page = ask("hotspot/posterior")
    page.locator(".viva-hotspot").click()
    page.get_by_text("Choose from a list of names instead").click()
    page.get_by_label("Lesser trochanter").check()
    assert page.locator(".viva-marker").count() == 0
    page.get_by_role("button", name="Check answer").click()
    assert page.evaluate("heard")[0]["answer"] == "trochanter"


def test_the_names_of_places_are_there_for_who_asks(ask):
    """In sight they would answer for the figure, and so would the name of what was marked."""
    page = ask("hotspot/posterior")
    name = page.get_by_label("Lesser trochanter")
    expect(name).to_be_hidden()
    page.locator(".viva-hotspot").click()
    expect(page.locator("viva-question [role=status]")).to_have_text("Marked.")
    page.keyboard.press("1")
    expect(page.locator("viva-question input:checked")).to_have_attribute("value", "muscle")
    page.get_by_role("button", name="Check answer").click()
    expect(name).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(name).to_be_hidden()
    expect(page.locator(".viva-names > summary")).to_be_focused()


def test_items_are_dragged_into_order(ask):
    page = ask("ordering/layers")
    drag(page, page.locator("[data-item='0'] > span").last, page.locator(".viva-items > li").last)
    assert place_of(page, 0) == 3
    expect(status(page)).to_have_text("Quadratus femoris: place 4 of 4.")


def test_an_item_keeps_the_focus_and_says_its_place(ask):
    page = ask("ordering/layers")
    down = page.get_by_role("button", name="Move down: Quadratus femoris")
    for place in (2, 3, 4):
        down.press("Enter")
        expect(status(page)).to_have_text(f"Quadratus femoris: place {place} of 4.")
        expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-disabled", "true")


def test_options_are_dragged_onto_prompts(ask):
    page = ask("matching/pain", viewport={"width": 1280, "height": 900})
    drag(page, page.locator(".viva-bank > li").nth(2), page.locator(".viva-prompts > label").nth(1))
    assert page.locator("select").nth(1).input_value() == "2"
    assert page.locator(".viva-ghost, .viva-over").count() == 0


def drag(page: Page, item: Locator, target: Locator) -> None:
    one, other = item.bounding_box(), target.bounding_box()
    page.mouse.move(one["x"] + 4, one["y"] + one["height"] / 2)
    page.mouse.down()
    page.mouse.move(other["x"] + 40, other["y"] + other["height"] * 0.7, steps=8)
    page.mouse.up()


@pytest.mark.parametrize(("name", "item", "target"), [
    ("ordering/layers", ".viva-items > li:first-child .viva-grip", ".viva-items > li:last-child"),
    ("matching/pain", ".viva-bank > li:first-child .viva-grip", ".viva-prompts > label"),
])  # fmt: skip
def test_a_finger_drags_by_the_handle(ask, name, item, target):
    page = ask(name, has_touch=True)
    session = page.context.new_cdp_session(page)
    one, other = page.locator(item).bounding_box(), page.locator(target).first.bounding_box()
    start = {"x": one["x"] + one["width"] / 2, "y": one["y"] + one["height"] / 2}
    end = {"x": other["x"] + 60, "y": other["y"] + other["height"] * 0.8}
    steps = [
        {axis: start[axis] + (end[axis] - start[axis]) * n / 5 for axis in "xy"} for n in range(6)
    ]
    for number, point in enumerate(steps):
        kind = "touchMove" if number else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    if name.startswith("ordering"):
        assert place_of(page, 0) == 3
    else:
        assert page.locator("select").first.input_value() == "0"


def test_a_case_unfolds_step_by_step(ask):
    page = ask("case/runner")
    expect(page.locator("#runner-muscle")).to_be_hidden()
    page.get_by_label("Lateral to the ischium").check()
    page.locator("#runner-site").get_by_role("button").click()
    expect(page.get_by_text("Pressing lateral to the ischium hurts.")).to_be_visible()
    page.locator("#runner-muscle input").fill("quadratus femoris")
    page.locator("#runner-muscle").get_by_role("button").click()
    expect(page.get_by_text("The pain returns")).to_be_visible()
    page.get_by_label("Adduction").check()
    page.locator("#runner-movements").get_by_role("button").click()
    expect(page.locator("#runner > .viva-actions")).to_contain_text("Your mark: 83")
    *steps, whole = page.evaluate("heard")
    assert [step["case"] for step in steps] == ["runner"] * 3
    assert whole["id"] == "runner"
    assert types.mark(FIRST["case"], whole["answer"]) == pytest.approx(whole["mark"])


def test_a_why_that_is_a_picture_is_shown(ask):
    page = ask("single")
    page.locator("viva-question noscript").evaluate("""(key) => {
      const said = /(<li><b>[^]*?<\\/b>)[^]*?<\\/li>/;
      key.textContent = key.textContent.replace(said, '$1 <img alt="" src="data:,"></li>');
    }""")
    by_keys(page, "single", right=True)
    expect(page.locator(".viva-why > img")).to_have_count(1)


def test_a_case_begins_before_the_scripts_of_its_later_steps_have_come(ask):
    page = ask("case/runner")
    for step in ("muscle", "movements"):
        late = "(step) => Object.defineProperty(step, 'behaviour', { value: undefined })"
        page.locator(f"#runner-{step}").evaluate(late)
    page.get_by_label("Lateral to the ischium").check()
    page.locator("#runner-site").get_by_role("button").click()
    expect(page.get_by_text("Pressing lateral to the ischium hurts.")).to_be_visible()


@pytest.mark.parametrize("mode", ["checkpoint", "before"])
def test_an_answer_tells_where_it_was_given(ask, mode):
    page = ask("single", mode=mode)
    by_keys(page, "single", right=True)
    heard = page.evaluate("heard")[0]
    assert (heard["id"], heard["mode"]) == ("ifs-bounds", mode)


def test_the_verdict_is_announced_once(ask):
    page = ask("single")
    page.evaluate("""() => {
        window.said = [];
        for (const live of document.querySelectorAll("[role=status], output, [aria-live]"))
            new MutationObserver(() => said.push(live.textContent)).observe(live, { childList: true });
    }""")
    by_keys(page, "single", right=False)
    assert page.evaluate("said") == ["Wrong. The right answer: C."]
    assert page.locator(".viva-feedback [role=status], .viva-feedback [aria-live]").count() == 0


def test_right_and_wrong_are_told_in_words_beside_the_options(ask):
    page = ask("single")
    by_keys(page, "single", right=False)
    tags = page.locator("label .viva-tag").all_inner_texts()
    assert tags == ["Your answer: wrong", "Right answer"]


def test_a_page_parsed_without_scripting_works_when_it_is_put_in_place(ask):
    page = ask("single")
    page.evaluate("""() => {
        const html = document.querySelector("main").outerHTML;
        const parsed = new DOMParser().parseFromString(html, "text/html");
        document.querySelector("main").replaceWith(parsed.querySelector("main"));
    }""")
    assert page.locator("noscript > *").count()
    by_keys(page, "single", right=True)
    expect(page.locator(".viva-feedback")).to_contain_text("The name holds the answer.")


def test_on_paper_the_key_follows_the_questions_that_are_open(ask):
    page = ask("single/ifs-bounds", "multiple/three-of-five")
    by_keys(page, "single", right=True)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    key = page.locator(".viva-print")
    expect(key).to_be_visible()
    assert key.locator("h3").all_inner_texts() == ["Question 2"]
    assert "It is the lowest of the short rotators." in key.inner_text()
    assert page.get_by_role("button").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert key.count() == 0


def test_reasons_are_numbered_as_their_parts_are(ask):
    page = ask("single", "true-false")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    lists = page.locator(".viva-print .viva-whys")
    styles = lists.evaluate_all("all => all.map((one) => getComputedStyle(one).listStyleType)")
    assert styles == ["viva-letter", "decimal"]


def test_on_paper_without_a_script_the_answers_are_open(ask):
    page = ask("single", "case", java_script_enabled=False)
    page.emulate_media(media="print")
    for selector in (
        "#ifs-bounds .viva-explanation",
        "#runner .viva-explanation",
        "#runner-movements .viva-whys",
    ):
        expect(page.locator(selector).last).to_be_visible()


def test_forced_colours_still_show_what_is_chosen(ask):
    page = ask("single", forced_colors="active")
    look = "(at) => getComputedStyle(at).appearance"
    assert page.locator("viva-question input").first.evaluate(look) == "auto"


def test_the_keys_that_turn_pages_do_nothing_in_a_quiz(open_page):
    page = open_page("self-checks/scale.html")
    before = page.url
    question = page.locator("viva-question[type=single]").first
    for place in (question.get_by_role("radio").first, question.get_by_role("button").last):
        place.focus()
        for key in ("n", "p", ".", ",", "N", "P"):
            page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url == before
    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != before)


def test_the_second_click_of_two_does_not_begin_again(open_page):
    page = open_page("self-checks/scale.html")
    question = page.locator("viva-question[type=single]").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Check answer").dblclick()
    expect(question.get_by_role("button", name="Try again")).to_be_visible()
    expect(question.locator(".viva-feedback")).to_have_count(1)
    question.get_by_role("button", name="Try again").click()
    expect(question.get_by_role("button", name="Check answer")).to_be_visible()
