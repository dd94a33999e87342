"""Nothing moves while a page loads, and nothing that is done meanwhile is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from host import Host, Quiet
from sampled import long

KINDS = (
    *("index.html", "read.html", "modules/scale.html", "cases/mist.html", "glossary.html"),
    *("self-checks/index.html", "self-checks/scale.html", "self-checks/relief.html"),
    *("self-checks/case-mist.html", "study/progress.html", "study/review.html"),
    *("study/practice.html", "assignments/index.html", "references.html", "faculty/index.html"),
)
MOST = 0.02
"""Of the screen: what moves, times how far. 0.1 is called good, and is a line of text at the top."""
WATCH = """
window.moved = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries())
    if (!hadRecentInput) moved.push({ value, what: sources.map(({ node }) => (node?.outerHTML ?? node?.data ?? "").slice(0, 80)) });
}).observe({ type: "layout-shift", buffered: true });
"""
PAINTED = "() => performance.getEntriesByType('paint').length"
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))"
SIZES = {390: 844, 1280: 800}


class Late:
    """Scripts that come when the test says so."""

    def __init__(self, context: BrowserContext, which: str) -> None:
        self.waiting: list[Route] = []
        self.is_over = False
        context.route(which, self.hold)

    def hold(self, route: Route) -> None:
        if self.is_over or route.request.url.endswith("/first.js"):  # what the paint waits for
            route.continue_()
        else:
            self.waiting.append(route)

    def come(self) -> None:
        self.is_over = True
        while self.waiting:
            self.waiting.pop().continue_()

    def again(self) -> None:
        self.is_over = False


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[[int], BrowserContext]]:
    """A browser with a window so many pixels wide."""
    made: list[BrowserContext] = []

    def new(width: int) -> BrowserContext:
        size = {"width": width, "height": SIZES[width]}
        made.append(browser.new_context(viewport=size, service_workers="block"))
        return made[-1]

    yield new
    for context in made:
        context.close()


def moved(page: Page, late: Late, address: str) -> tuple[float, list[str]]:
    """How much moved on a page that was painted before its scripts came, and what."""
    late.again()
    page.goto(address, wait_until="commit")
    page.wait_for_function(PAINTED)
    late.come()
    page.wait_for_load_state("networkidle")
    page.evaluate(SETTLED)
    found = page.evaluate("moved")
    return sum(one["value"] for one in found), [str(one["what"]) for one in found if one["value"] > 0.002]


@pytest.mark.parametrize(("width", "every"), [(390, 2), long(390, 1), long(1280, 1)])
def test_nothing_moves_when_the_scripts_come(visitor, served: Host, width, every):
    context = visitor(width)
    context.add_init_script(WATCH)
    late, page = Late(context, "**/*.js"), context.new_page()
    rows = {name: moved(page, late, served.address(name)) for name in KINDS[::every]}
    assert not {name: row for name, row in rows.items() if row[0] >= MOST}


class Halting(Quiet):
    """A slow line: a page stops in the middle of its footer until the rest may come."""

    rest = threading.Event()

    def copyfile(self, source, outputfile) -> None:
        whole = source.read()
        start, mark, end = whole.partition(b'<div class="md-footer-meta')
        outputfile.write(start)
        outputfile.flush()
        if mark:
            self.rest.wait(20)
        outputfile.write(mark + end)


def test_the_foot_of_a_short_page_stays_while_its_rest_comes(visitor, served: Host):
    slow, context = Host(served.folder, Halting), visitor(390)
    context.add_init_script(WATCH)
    page = context.new_page()
    Halting.rest.clear()
    try:
        page.goto(slow.address("assignments/index.html"), wait_until="commit")
        page.wait_for_function(PAINTED)
        expect(page.locator("footer nav")).to_be_attached()
        page.evaluate(SETTLED)
        Halting.rest.set()
        page.wait_for_load_state("load")
        page.evaluate(SETTLED)
        assert sum(one["value"] for one in page.evaluate("moved")) < MOST
        expect(page.locator("footer").get_by_role("link", name="For teachers")).to_be_visible()
    finally:
        Halting.rest.set()
        slow.stop()


@pytest.mark.parametrize("width", [390, long(1280)])
def test_nothing_moves_in_a_browser_that_remembers(visitor, served: Host, width):
    """A session that goes on is there at once, in its place, and home has the place of what waits."""
    context = visitor(width)
    context.add_init_script(WATCH)
    late, page = Late(context, "**/*.js"), context.new_page()
    late.come()
    page.goto(served.address("self-checks/scale.html"))
    asked = page.locator("viva-question[type=single]:visible").first
    asked.locator("label").first.click()
    expect(page.locator("viva-quiz[data-run]")).to_be_attached()  # the session comes with the first touch
    page.keyboard.press("Enter")
    asked.get_by_role("button", name="Next").click()
    expect(page.locator("html")).to_have_attribute("data-session", "tutor")
    names = ("self-checks/scale.html", "index.html", "read.html", "study/progress.html", "study/review.html")
    rows = {name: moved(page, late, served.address(name)) for name in names}
    assert not {name: row for name, row in rows.items() if row[0] >= MOST}


@pytest.mark.parametrize("width", [390, long(1280)])
def test_nothing_moves_when_the_runner_comes_with_the_first_touch(visitor, served: Host, width):
    page = visitor(width).new_page()
    late = Late(page.context, "**/runner.*")
    page.goto(served.address("self-checks/scale.html"))
    places = """() => [...document.querySelectorAll("viva-question:first-of-type :is(.viva-number, legend, .viva-options > label, .viva-actions > button:not([class]))")]
      .map((one) => { const { x, y, width } = one.getBoundingClientRect(); return [x, y, width].map(Math.round); })"""
    before = page.evaluate(places)
    page.mouse.move(200, 300)
    page.mouse.move(210, 310)
    late.come()
    page.locator("viva-quiz[data-run]").wait_for()
    page.locator(".viva-question-tools").first.wait_for()
    assert page.evaluate(places) == before


def test_a_touch_on_a_question_whose_script_is_still_to_come_counts(visitor, served: Host):
    page = visitor(1280).new_page()
    late = Late(page.context, "**/types/hotspot.js")
    page.goto(served.address("self-checks/scale.html"))
    asked = page.locator("viva-question[type=hotspot]")
    asked.scroll_into_view_if_needed()
    figure = asked.locator("img").bounding_box()
    page.mouse.click(figure["x"] + 0.87 * figure["width"], figure["y"] + 0.87 * figure["height"])
    asked.get_by_role("button", name="Check answer").click()
    assert not asked.evaluate("(one) => one.isAwake ?? false")
    late.come()
    expect(asked).to_have_attribute("data-state", "right")


def test_an_answer_that_is_checked_before_any_script_has_come_is_checked(visitor, served: Host):
    page = visitor(390).new_page()
    late = Late(page.context, "**/viva.js")
    page.goto(served.address("self-checks/scale.html"), wait_until="commit")
    asked = page.locator("viva-question[type=single]").first
    asked.locator("label").first.click()
    asked.get_by_role("button", name="Check answer").click()
    late.come()
    expect(asked).to_have_attribute("data-state", "wrong")
    assert "?" not in page.url


@pytest.mark.parametrize("width", [390, long(1280)])
def test_who_goes_on_before_the_session_comes_goes_on_in_it(visitor, served: Host, width):
    """Next is pressed, then the session comes: it stands at the next question, folded, and is kept."""
    page = visitor(width).new_page()
    late = Late(page.context, "**/runner.js")
    page.goto(served.address("self-checks/scale.html"))
    first, second = (page.locator("viva-quiz > viva-question").nth(place) for place in range(2))
    first.locator("label").first.click()
    first.get_by_role("button", name="Check answer").click()
    first.get_by_role("button", name="Next").click()
    late.come()
    expect(page.locator("html")).to_have_attribute("data-session", "tutor")
    expect(second.locator(".viva-number").first).to_be_focused()
    assert page.evaluate("vivaStudy.sessions()[0].at") == 1
    assert first.is_visible() == (width == 1280)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-session", "tutor")
    expect(second).to_be_visible()


def test_keys_work_in_a_question_that_was_touched_before_the_session_came(visitor, served: Host):
    page = visitor(1280).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    late = Late(page.context, "**/runner.js")
    page.goto(served.address("modules/direction.html"))
    asked = page.locator("viva-quiz[mode=checkpoint] viva-question").first
    asked.locator("label").first.click()
    asked.get_by_role("button", name="Check answer").click()
    late.come()
    page.wait_for_function("Boolean(document.querySelector('viva-quiz[mode=checkpoint]').runner)")
    page.keyboard.press("/")
    page.keyboard.press("f")
    assert faults == []
    expect(asked.get_by_role("button", name="Flag")).to_have_attribute("aria-pressed", "true")
