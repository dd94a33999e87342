"""What a reader does with a page: words explained, figures enlarged, text and sections marked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browsers import LONG_IN_CHROMIUM, LONG_IN_FIREFOX, assert_accessible_in_both, wait_until
from sampled import long

MODULE, CHECK, PROGRESS = "modules/relief.html", "self-checks/scale.html", "study/progress.html"
FIGURE = "modules/scale.html"
SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0 || walker.currentNode.parentElement.closest("noscript")) continue;
    walker.currentNode.parentElement.scrollIntoView({ block: "center" });
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return true;
  }
  return false;
}"""


def mark(page, words: str) -> None:
    """Select words as a finger does, and highlight them."""
    assert page.evaluate(SELECT, words)
    page.get_by_role("button", name="Highlight", exact=True).click()
    expect(page.locator(".viva-marked")).to_have_text(words)


def a_term(page):
    return page.locator("article a.viva-term").first


@pytest.fixture
def opened(either, site):
    """Opens a page from disk in either browser, which must refuse nothing that it does."""
    context = either.new_context(offline=True, reduced_motion="reduce")
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: "Content Security" in said.text and faults.append(said.text))

    def open_(name: str):
        page.goto((site / name).as_uri())
        return page

    yield open_
    context.close()
    assert not faults


@LONG_IN_FIREFOX
def test_a_term_is_explained_by_a_click_and_its_card_leads_to_the_glossary(opened):
    page = opened(MODULE)
    a_term(page).click()
    card = page.get_by_role("dialog", name=a_term(page).inner_text())
    assert card.inner_text().split("\n")[0] == a_term(page).get_attribute("data-said")
    assert page.url.endswith(MODULE)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert a_term(page).get_attribute("title")
    a_term(page).click()
    card.get_by_role("link", name="In the glossary").click()
    page.wait_for_url(re.compile(r"glossary\.html#"))


def test_a_term_is_explained_to_a_finger(open_page):
    page = open_page(MODULE, width=390, has_touch=True)
    a_term(page).tap()
    box = page.locator(".viva-tip").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.locator("h1").tap()
    expect(page.locator(".viva-tip")).to_have_count(0)


def test_a_term_is_explained_to_the_keyboard(open_page):
    page = open_page(MODULE)
    page.locator("body").press("Tab")
    a_term(page).focus()
    expect(page.locator(".viva-tip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".viva-tip a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(a_term(page)).to_be_focused()
    page.wait_for_timeout(400)  # nothing tells that nothing comes
    expect(page.locator(".viva-tip")).to_have_count(0)


def test_a_pointer_is_enough_and_may_move_onto_the_card(open_page):
    page = open_page(MODULE)
    a_term(page).hover()
    card = page.locator(".viva-tip")
    expect(card).to_be_visible()
    card.hover()
    page.wait_for_timeout(500)
    assert card.is_visible()
    page.mouse.move(2, 2)
    expect(card).to_have_count(0)


def test_an_abbreviation_is_explained_too(open_page):
    page = open_page(FIGURE)
    page.locator("article > p abbr", has_text="GPS").click()
    assert page.locator(".viva-tip p").first.inner_text() == "Global positioning system"


def test_a_term_that_was_explained_leaves_flashcards_where_they_are(open_page):
    page = open_page("study/practice.html")
    page.get_by_role("button", name="Begin the flashcards").click()
    card = page.locator(".viva-quiz .viva-card:visible")
    before = card.bounding_box()
    card.locator(".viva-card-term").evaluate(
        """term => term.replaceChildren(Object.assign(document.createElement("abbr"), { title: "Explained", textContent: term.textContent }))"""
    )
    card.locator("abbr").hover()
    page.locator(".viva-tip").wait_for()
    assert card.bounding_box() == before


@LONG_IN_CHROMIUM
def test_a_figure_opens_over_the_page_and_back_closes_it(opened):
    page = opened(FIGURE)
    page.locator("a.viva-zoom").click()
    viewer = page.get_by_role("dialog", name="Figure")
    expect(viewer.get_by_role("img")).to_be_visible()
    page.go_back()
    expect(viewer).to_have_count(0)
    assert page.url.endswith(FIGURE)
    expect(page.locator("a.viva-zoom")).to_be_focused()


@pytest.mark.parametrize("how", ["button", long("key")])
def test_the_viewer_closes_and_leaves_no_step_in_the_history(open_page, how):
    page = open_page("index.html")
    page.goto(page.url.replace("index.html", FIGURE))
    page.locator("a.viva-zoom").press("Enter")
    viewer = page.get_by_role("dialog", name="Figure")
    expect(viewer).to_be_visible()
    if how == "key":
        page.keyboard.press("Escape")
    else:
        viewer.get_by_role("button", name="Close").click()
    expect(viewer).to_have_count(0)
    wait_until(lambda: not page.evaluate("history.state?.vivaViewer"))
    page.go_back()
    page.wait_for_url(re.compile(r"index\.html"))


def shown(page) -> dict[str, float]:
    return page.locator(".viva-viewer img").bounding_box()


def test_keys_wheel_and_drag_move_the_figure(open_page):
    page = open_page(FIGURE)
    page.locator("a.viva-zoom").click()
    page.locator(".viva-viewer[open]").wait_for()
    wait_until(lambda: shown(page)["width"] > 300)
    fits = shown(page)
    page.keyboard.press("+")
    assert shown(page)["width"] == pytest.approx(1.25 * fits["width"], abs=1)
    page.mouse.move(640, 400)
    page.mouse.wheel(0, -400)
    wait_until(lambda: shown(page)["width"] > 2 * fits["width"])
    before = shown(page)
    page.mouse.down()
    page.mouse.move(600, 430)
    page.mouse.up()
    assert shown(page)["x"] == pytest.approx(before["x"] - 40, abs=1)
    assert shown(page)["y"] == pytest.approx(before["y"] + 30, abs=1)
    page.keyboard.press("ArrowRight")
    assert shown(page)["x"] < before["x"] - 40
    page.keyboard.press("0")
    assert shown(page) == fits


def test_two_fingers_pinch(open_page):
    page = open_page(FIGURE, width=390, has_touch=True)
    page.locator("a.viva-zoom").tap()
    page.locator(".viva-viewer[open]").wait_for()
    wait_until(lambda: shown(page)["width"] > 200)
    fits = shown(page)["width"]
    touch = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80)):
        points = [{"x": 195 - apart, "y": 400, "id": 0}, {"x": 195 + apart, "y": 400, "id": 1}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert shown(page)["width"] == pytest.approx(2 * fits, rel=0.05)


@LONG_IN_CHROMIUM
def test_a_highlight_and_a_bookmark_come_back_and_are_listed(opened):
    page = opened(MODULE)
    words = page.locator("article > p").nth(3).inner_text()[:30]
    mark(page, words)
    page.locator(".viva-bookmark").first.click()
    section = page.locator(".viva-bookmark").first.get_attribute("data-section")
    page.reload()
    expect(page.locator(".viva-marked")).to_have_text(words)
    expect(page.locator(".viva-bookmark").first).to_have_attribute("aria-pressed", "true")
    if page.context.browser.browser_type.name == "firefox":
        return  # each page of a folder has a store of its own there
    page = opened(PROGRESS)
    listed = page.locator(".viva-notes li")
    assert listed.count() == 2
    page.locator(".viva-notes a", has_text=words).click()
    page.wait_for_url(re.compile(r"relief\.html#mark="))
    expect(page.locator(".viva-marked")).to_be_focused()
    page = opened(PROGRESS)
    page.locator(".viva-notes li", has_text="Bookmark").get_by_role("link").click()
    page.wait_for_url(re.compile(rf"relief\.html#{section}$"))


def test_a_highlight_in_a_stem_is_listed_with_its_question(open_page):
    page = open_page(CHECK)
    words = page.locator("viva-question legend").first.inner_text()[:24]
    question = page.locator("viva-question").first.get_attribute("id")
    mark(page, words)
    page.reload()
    expect(page.locator(f"[id='{question}'] .viva-marked").first).to_have_text(words)
    page.goto(page.url.replace(CHECK, PROGRESS))
    assert page.locator(".viva-notes a").get_attribute("href").endswith(f"scale.html#{question}")


def test_the_key_h_highlights_and_enter_removes(open_page):
    page = open_page(MODULE)
    words = page.locator("article > p").nth(3).inner_text()[:30]
    page.evaluate(SELECT, words)
    page.get_by_role("button", name="Highlight", exact=True).wait_for()
    page.keyboard.press("h")
    expect(page.locator(".viva-marked")).to_have_text(words)
    page.locator(".viva-marked").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove highlight")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".viva-marked")).to_have_count(0)
    assert page.evaluate("vivaStudy.store.all('h')") == []


EDITED = {
    "the words around": ("before", "quite other words stood here once "),
    "the words before and after": ("after", " and others followed"),
    "a word in it": ("text", None),
}


@pytest.mark.parametrize("what", ["a word in it", *(long(one) for one in EDITED if one != "a word in it")])
def test_a_highlight_survives_an_edit_of_the_text(open_page, what):
    page = open_page(MODULE)
    words = page.locator("article > p").nth(3).inner_text()[:90]
    words = words[: words.rindex(" ")]
    mark_at = page.evaluate(SELECT, words[:40])
    assert mark_at
    page.get_by_role("button", name="Highlight", exact=True).click()
    page.locator(".viva-marked").wait_for()
    field, other = EDITED[what]
    page.evaluate(
        """([field, other]) => {
          const { store } = vivaStudy, [[name, kept]] = store.all("h");
          const older = kept[field].split(" ");
          older.splice(2, 1, "formerly");
          store.set(`h:${name}`, { ...kept, [field]: other ?? older.join(" ") });
        }""",
        [field, other],
    )
    page.reload()
    expect(page.locator(".viva-marked").first).to_be_visible()
    assert page.locator(".viva-marked").first.inner_text()[:8] == words[:8]


def test_a_highlight_whose_text_is_gone_stays_in_the_list_and_marks_nothing(open_page):
    page = open_page(MODULE)
    page.evaluate(
        """() => vivaStudy.store.turn("h:x", true, { page: vivaStudy.path, section: "",
          text: "Words that no page of this course has", before: "", after: "" })"""
    )
    page.reload()
    page.wait_for_timeout(300)
    assert page.locator(".viva-marked").count() == 0
    page.goto(page.url.replace(MODULE, PROGRESS))
    assert page.locator(".viva-notes li").count() == 1
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".viva-notes li")).to_have_count(0)
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".viva-notes li")).to_have_count(1)


def test_a_page_loads_nothing_of_this_until_it_is_used(open_page):
    page = open_page(MODULE)
    loaded = "document.querySelectorAll(`script[src*='viva/reading/']`).length"
    assert page.evaluate(loaded) == 0
    a_term(page).hover()
    page.locator(".viva-tip").wait_for()
    assert page.evaluate(loaded) == 1


def boxes(page) -> tuple[dict, dict]:
    page.evaluate("vivaStudy.store.set('p:one', false)")
    page.reload()
    question = page.locator("viva-question[type=hotspot]").first
    question.scroll_into_view_if_needed()
    stem = question.locator("form > fieldset > legend")
    return stem.bounding_box(), question.locator("figure").bounding_box()


def test_stem_and_figure_stand_side_by_side_where_there_is_room(open_page):
    stem, figure = boxes(open_page(CHECK))
    assert figure["x"] >= stem["x"] + stem["width"]
    assert figure["y"] == pytest.approx(stem["y"], abs=12)
    stem, figure = boxes(open_page(CHECK, width=900))
    assert figure["y"] >= stem["y"] + stem["height"]


def test_a_figure_has_the_room_of_a_laptop_in_a_session(open_page):
    page = open_page(CHECK)
    _, figure = boxes(page)
    page.evaluate("document.documentElement.dataset.session = 'tutor'")
    question = page.locator("viva-question[type=hotspot]").first
    assert question.locator("figure").bounding_box()["width"] > max(400, figure["width"] - 1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_only_what_a_stem_asks_is_bold(open_page):
    page = open_page(CHECK)
    weights = page.evaluate(
        """() => [...document.querySelectorAll("viva-question > form > fieldset > legend")].map((legend) => [
          getComputedStyle(legend).fontWeight, legend.querySelectorAll(".viva-asks").length,
          getComputedStyle(legend.querySelector(".viva-asks")).fontWeight])"""
    )
    assert {tuple(one) for one in weights} == {("400", 1, "650")}


def with_card(page):
    a_term(page).click()
    page.locator(".viva-tip").wait_for()


def with_viewer(page):
    page.locator("a.viva-zoom").click()
    page.locator(".viva-viewer[open]").wait_for()


def with_marks(page):
    page.evaluate("document.querySelector('.viva-bookmark').click()")
    page.evaluate(SELECT, page.locator("article > p").nth(3).inner_text()[:30])
    page.get_by_role("button", name="Highlight", exact=True).click()
    page.locator(".viva-marked").click()
    page.get_by_role("button", name="Remove highlight").wait_for()


@pytest.mark.parametrize(
    ("name", "act"), [long(MODULE, with_card), (FIGURE, with_viewer), (MODULE, with_marks)]
)
def test_each_state_is_accessible_in_both_looks(open_page, name, act):
    page = open_page(name)
    act(page)
    assert_accessible_in_both(page)
