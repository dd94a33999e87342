"""A stack of pictures in a real browser: scrolled by wheel, finger, slider and keys, and read out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

import golden
from browsers import assert_accessible
from sampled import long
from viva.bank import types

RINGS = golden.question("stack/rings")


@pytest.fixture
def ask(browser, tmp_path):
    """Open a page with a stack; it must report no error."""
    contexts, complaints = [], []

    def open_(width: int = 390, **options) -> Page:
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(golden.page(RINGS), "utf-8")
        options = {"viewport": {"width": width, "height": 844}, "reduced_motion": "reduce"} | options
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


def read(page: Page):
    return page.evaluate("(one => one.behaviour.read(one))(document.querySelector('viva-question'))")


def middle(page: Page) -> tuple[float, float]:
    frame = page.locator(".viva-stack")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


SHAPED = "document.querySelector('.viva-stack').style.getPropertyValue('--shape')"
"""Whether the file has come, by which the window gets its shape."""


def seen(page: Page) -> list[float]:
    """Which part of the figure is in the window: its left and top edge, in pictures."""
    page.wait_for_function(SHAPED)
    return page.locator(".viva-stack").evaluate("""(frame) => {
        const [one, all] = [frame, frame.querySelector("img")].map((at) => at.getBoundingClientRect());
        return [(one.x - all.x) / one.width, (one.y - all.y) / one.height].map((part) => Math.round(100 * part) / 100);
    }""")


def status(page: Page):
    return page.locator(".viva-actions [role=status]")


def test_one_picture_is_seen_at_a_time(ask):
    page = ask()
    size = "(at) => at.decode().then(() => [at.naturalWidth, at.naturalHeight])"
    width, height = page.locator("img").evaluate(size)
    page.wait_for_function(SHAPED)
    box = page.locator(".viva-stack").bounding_box()
    assert box["width"] / box["height"] == pytest.approx((width / 3) / (height / 2), rel=0.02)
    assert box["width"] <= 390
    assert seen(page) == [0, 0]
    page.get_by_role("slider").press("End")
    assert seen(page) == [1, 1]


def test_the_wheel_scrolls_and_lets_the_page_go_on_at_the_end(ask):
    page = ask()
    page.mouse.move(*middle(page))
    page.mouse.wheel(0, -100)
    expect(page.locator("output")).to_have_text("Picture 1 of 5")
    assert read(page) is None
    for number in range(2, 6):
        page.mouse.wheel(0, 100)
        expect(page.locator("output")).to_have_text(f"Picture {number} of 5")
    assert read(page) == 5


def test_a_finger_scrolls(ask):
    page = ask(has_touch=True)
    x, y = middle(page)
    session = page.context.new_cdp_session(page)
    for n in range(4):
        kind = "touchMove" if n else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y + 9 * n}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("output")).to_have_text("Picture 4 of 5")
    assert read(page) == 4


def test_buttons_and_slider_scroll(ask):
    page = ask()
    expect(status(page)).to_have_text("")
    page.get_by_role("button", name="Check answer").click()
    expect(status(page)).to_have_text("Scroll to a picture first.")
    page.get_by_role("button", name="Next picture").click()
    page.get_by_role("button", name="Next picture").click()
    page.get_by_role("button", name="Picture before").click()
    assert read(page) == 2
    page.get_by_role("slider").fill("4")
    assert read(page) == 4
    assert seen(page) == [0, 1]


def test_keys_scroll_and_each_picture_is_told_in_words(ask):
    page = ask()
    slider = page.get_by_role("slider")
    slider.focus()
    for key, number in (("ArrowDown", 2), ("PageDown", 5), ("ArrowUp", 4), ("Home", 1), ("End", 5)):
        page.keyboard.press(key)
        words = RINGS.pictures[number - 1]
        expect(slider).to_have_attribute("aria-valuetext", f"Picture {number} of 5: {words}")
    expect(slider).to_be_focused()


def test_what_is_right_is_shown_and_may_be_looked_at(ask):
    page = ask()
    page.get_by_role("slider").press("ArrowDown")
    page.get_by_role("button", name="Check answer").click()
    expect(status(page)).to_have_text("Wrong. You stopped at picture 2; 3 to 5 count.")
    assert seen(page) == [0, 1]
    frame = page.get_by_role("slider", name="Look through the pictures")
    frame.press("ArrowUp")
    assert seen(page) == [2, 0]
    assert read(page) == 2
    page.get_by_role("button", name="Try again").click()
    assert read(page) is None
    assert page.locator(".viva-found").count() == 0
    expect(page.get_by_role("slider", name="Look through the pictures")).to_have_count(0)


def test_an_answer_is_put_back(ask):
    page = ask()
    page.evaluate("(one => one.behaviour.write(one, 3))(document.querySelector('viva-question'))")
    assert read(page) == 3
    assert seen(page) == [2, 0]


@pytest.mark.parametrize("scheme", [long("default"), "slate"])
def test_everybody_can_use_it(ask, scheme):
    page = ask()
    page.evaluate("(scheme) => (document.body.dataset.mdColorScheme = scheme)", scheme)
    assert_accessible(page)
    page.get_by_role("slider").press("End")
    page.get_by_role("button", name="Check answer").click()
    assert_accessible(page)


def test_without_a_script_all_pictures_are_seen_and_the_answer_is_a_number(ask):
    page = ask(java_script_enabled=False)
    assert page.locator("img").bounding_box()["width"] <= 374
    expect(page.get_by_label("Number of the picture, from 1 to 5")).to_be_visible()
    expect(page.get_by_text("The pictures are counted row by row")).to_be_visible()


def test_on_paper_all_pictures_stand(ask):
    page = ask(width=1280)
    expect(page.get_by_text("The pictures are counted row by row")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("The pictures are counted row by row")).to_be_visible()
    expect(page.get_by_role("slider")).to_have_count(0)
    frame, image = (page.locator(at).bounding_box() for at in (".viva-stack", ".viva-stack img"))
    assert image["width"] <= frame["width"] + 1 and image["height"] <= frame["height"] + 1


def test_both_mark_alike():
    assert [types.mark(RINGS, number) for number in range(1, 6)] == [0, 0, 1, 1, 1]


def test_a_picture_that_has_come_before_the_script_has_its_shape(ask):
    page = ask()
    page.wait_for_function(SHAPED)
    page.locator("viva-question").evaluate("""(question) => {
        question.querySelector(".viva-stack").style.removeProperty("--shape");
        question.behaviour.wake(question);
    }""")
    assert page.evaluate(SHAPED)
