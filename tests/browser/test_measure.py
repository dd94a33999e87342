"""The caliper in a real browser: dragged by mouse and finger, tapped, moved by keys, read out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

import golden
from viva.bank import types

GAP = golden.question("measure/gap")
NARROW = golden.question("measure/narrow")
RIGHT = [[0.3, 0.5], [0.7, 0.5]]


@pytest.fixture
def ask(browser, tmp_path):
    """Open a page with measurements; it must report no error."""
    contexts, complaints = [], []

    def open_(*questions, width: int = 390, **options) -> Page:
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(golden.page(*questions), "utf-8")
        options = {
            "viewport": {"width": width, "height": 844},
            "reduced_motion": "reduce",
        } | options
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


def at(page: Page, point) -> dict[str, float]:
    """Where a point of the figure is on the screen."""
    frame = page.locator(".viva-measure")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    return {"x": box["x"] + point[0] * box["width"], "y": box["y"] + point[1] * box["height"]}


def read(page: Page):
    return page.evaluate(
        "(question => question.behaviour.read(question))(document.querySelector('viva-question'))"
    )


def tap(page: Page, point) -> None:
    page.mouse.click(**at(page, point))


def check(page: Page) -> str:
    page.get_by_role("button", name="Check answer").click()
    return page.locator(".viva-actions [role=status]").inner_text()


def drag(page: Page, start, end) -> None:
    page.mouse.move(**at(page, start))
    page.mouse.down()
    page.mouse.move(**at(page, end), steps=6)
    page.mouse.up()


def finger(page: Page, start, end) -> None:
    session = page.context.new_cdp_session(page)
    one, other = at(page, start), at(page, end)
    for n in range(7):
        point = {axis: one[axis] + (other[axis] - one[axis]) * n / 6 for axis in "xy"}
        kind = "touchMove" if n else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize(("move", "touch"), [(drag, False), (finger, True)])
def test_both_ends_are_dragged_into_place(ask, move, touch):
    page = ask(GAP, has_touch=touch)
    move(page, (0.3, 0.8), RIGHT[0])
    assert read(page) is None
    move(page, (0.7, 0.8), RIGHT[1])
    answer = read(page)
    assert types.mark(GAP, answer) == 1
    for point, wanted in zip(answer, RIGHT, strict=True):
        assert point == pytest.approx(wanted, abs=0.005)
    assert page.evaluate("scrollX") == 0
    assert check(page).startswith("Right. You measured ")


def test_a_handle_is_moved_by_how_far_it_was_dragged(ask):
    """Who takes hold of the ring beside the point does not lose the point."""
    page = ask(GAP, width=1280)
    page.mouse.move(**{axis: part + 9 for axis, part in at(page, (0.3, 0.8)).items()})
    page.mouse.down()
    page.mouse.up()
    assert page.get_by_label("End 1").evaluate("(at) => [at.dataset.x, at.dataset.y]") == [
        "0.3",
        "0.8",
    ]


def test_the_distance_is_shown_while_it_changes(ask):
    page = ask(GAP)
    shown = page.locator("output > span").first
    expect(shown).to_contain_text("Drag both ends into place")
    tap(page, RIGHT[0])
    tap(page, RIGHT[1])
    expect(shown).to_have_text(re.compile(r"^(39\.9|40\.\d)\u00a0mm$"))
    page.mouse.move(**at(page, RIGHT[1]))
    page.mouse.down()
    page.mouse.move(**at(page, (0.8, 0.5)))
    expect(shown).to_have_text(re.compile(r"^(49\.9|50\.\d)\u00a0mm$"))
    page.mouse.up()


def test_taps_place_both_ends_even_in_a_narrow_gap(ask):
    page = ask(NARROW, has_touch=True)
    for point in NARROW.right:
        spot = at(page, point)
        page.touchscreen.tap(spot["x"], spot["y"])
    assert types.mark(NARROW, read(page)) == 1


def test_of_two_handles_over_each_other_the_nearer_one_is_taken(ask):
    page = ask(NARROW)
    for point in NARROW.right:
        tap(page, point)
    drag(page, (0.29, 0.5), (0.1, 0.5))
    one, other = read(page)
    assert one[0] < 0.12
    assert other[0] == pytest.approx(0.35, abs=0.005)


def test_arrow_keys_move_an_end_and_it_says_where_it_is(ask):
    page = ask(GAP)
    end = page.get_by_role("button", name="End 1")
    expect(end).to_have_accessible_name("End 1, 30\u00a0% from the left, 80\u00a0% from the top")
    end.focus()
    for key in ("Shift+ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(end).to_be_focused()
    expect(end).to_have_accessible_name("End 1, 32\u00a0% from the left, 75\u00a0% from the top")
    for _ in range(12):
        page.keyboard.press("Shift+ArrowLeft")
    expect(end).to_have_accessible_name("End 1, 0\u00a0% from the left, 75\u00a0% from the top")


def test_an_end_is_read_out_once_it_rests(ask):
    page = ask(GAP)
    page.evaluate("""() => {
        window.said = [];
        const place = document.querySelector("output > .viva-said");
        new MutationObserver(() => said.push(place.textContent)).observe(place, { childList: true });
    }""")
    page.get_by_role("button", name="End 2").focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowUp")
    page.wait_for_function("said.length > 0")
    assert page.evaluate("said") == [
        "End 2, 70\u00a0% from the left, 60\u00a0% from the top. 41.8\u00a0mm"
    ]
    expect(page.locator("output > span").first).to_have_attribute("aria-hidden", "true")


def test_the_right_measurement_is_drawn_over_theirs(ask):
    page = ask(GAP)
    for point in ([0.31, 0.31], [0.7, 0.69]):
        tap(page, point)
    said = check(page)
    assert said.startswith("Partly right: 50\u00a0%. Both ends lie on the right borders.")
    assert "the right measurement is 40.0\u00a0mm" in said
    lines = page.locator("svg .viva-found polyline")
    assert lines.count() == 3
    assert lines.last.get_attribute("points") == "0.3,0.5 0.7,0.5"
    expect(page.locator("span.viva-found")).to_have_text("40.0\u00a0mm")
    expect(page.locator(".viva-feedback")).to_contain_text(
        "between the right border of the left shape and the left border of the right shape"
    )
    before = read(page)
    tap(page, (0.5, 0.5))
    assert read(page) == before
    page.get_by_role("button", name="Try again").click()
    assert page.locator(".viva-found").count() == 0
    assert read(page) is None
    expect(page.get_by_role("button", name="End 1")).to_be_focused()


def test_an_answer_is_put_back(ask):
    page = ask(GAP)
    page.evaluate(
        "(answer) => { const one = document.querySelector('viva-question');"
        " one.behaviour.write(one, answer); }",
        RIGHT,
    )
    assert read(page) == RIGHT
    expect(page.locator("output > span").first).to_have_text("40.0\u00a0mm")


@pytest.mark.parametrize(("script", "ruler"), [(True, False), (False, True)])
def test_a_ruler_is_for_readers_without_a_script(ask, script, ruler):
    page = ask(GAP, java_script_enabled=script)
    words = page.get_by_text("The figure is 100 mm wide and 60 mm high in life")
    expect(words).to_be_visible(visible=ruler)
    page.emulate_media(media="print")
    expect(words).to_be_visible()
    expect(page.locator(".viva-end:visible")).to_have_count(0)


def test_the_course_asks_for_a_measurement(open_page):
    page = open_page("self-checks/scale.html", width=390)
    question = page.locator("#scale-walls")
    page.evaluate("vivaStudy.store.set('p:one', false)")
    page.reload()
    question.scroll_into_view_if_needed()
    frame = question.locator(".viva-measure")
    expect(question.get_by_role("button", name="End 2")).to_be_visible()
    box = frame.bounding_box()
    for x, y in ([0.25, 0.52], [0.5, 0.53]):
        frame.click(position={"x": box["width"] * x, "y": box["height"] * y}, force=True)
    question.get_by_role("button", name="Check answer").click()
    expect(question.locator(".viva-actions [role=status]")).to_contain_text("Right. You measured")
