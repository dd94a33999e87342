"""Every page keeps its content-security policy, from a disk and from a strict server, and works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import building
from browsers import IN_BOTH, LONG_IN_FIREFOX, search
from exams import answer_first
from host import Host, Quiet
from sampled import long

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
LISTEN = """
window.refused = []
addEventListener("securitypolicyviolation", told => {
  refused.push(`${told.effectiveDirective}: ${told.blockedURI} ${told.sample}`)
}, true)
"""
PLACES = pytest.mark.parametrize("place", [long("disk"), "server"])
"""From a disk `open_page` hears of what a policy refuses on every page that any test opens."""


class Strict(Quiet):
    """Sends with each page its own policy without `file:`, and with all else one that is stricter."""

    def end_headers(self) -> None:
        file = Path(self.translate_path(self.path))
        found = POLICY.search(file.read_text("utf-8")) if file.suffix == ".html" else None
        own = unescape(found[1]).replace(" file:", "") if found else "default-src 'self'"
        self.send_header("Content-Security-Policy", f"{own}; frame-ancestors 'none'; object-src 'none'")
        super().end_headers()


@pytest.fixture(scope="module")
def strict(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with building.served(site, tmp_path_factory.mktemp("strict"), Strict) as started:
        yield started


@pytest.fixture
def visit(either: Browser, site: Path, strict: Host, place: str) -> Iterator:
    """Opens a page there; at the end no browser may have refused anything on any of them."""
    context = either.new_context(reduced_motion="reduce")
    context.add_init_script(LISTEN)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))

    def open_(name: str) -> Page:
        if page.url != "about:blank":
            faults.extend(page.evaluate("refused"))
        page.goto((site / name).as_uri() if place == "disk" else strict.address(name))
        return page

    yield open_
    faults.extend(page.evaluate("refused"))
    context.close()
    assert faults == []


@LONG_IN_FIREFOX
@pytest.mark.parametrize(("place", "every"), [("server", 2), long("server", 1), long("disk", 1)])  # from disk `open_page` hears of all pages
def test_no_page_does_what_its_policy_forbids(visit, site, every):
    for path in sorted(site.rglob("*.html"))[::every]:
        page = visit(path.relative_to(site).as_posix())
        assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1


@LONG_IN_FIREFOX
@PLACES
def test_the_search_works_under_the_policy(visit):
    search(visit("index.html"), "contour interval").click()


@LONG_IN_FIREFOX
@PLACES
def test_colours_change_under_the_policy(visit):
    page = visit("modules/scale.html")
    page.locator("label[for=__palette_1]").click()
    page.locator("body[data-md-color-scheme=default]").wait_for()
    page.locator("label[for=__palette_2]").click()
    page.locator("body[data-md-color-scheme=slate]").wait_for()


@IN_BOTH
@PLACES
def test_questions_and_progress_work_under_the_policy(visit):
    page = visit("self-checks/scale.html")
    answer_first(page)
    expect(page.locator(".viva-explanation").first).to_be_visible()
    page = visit("study/review.html")
    expect(page.locator("h1")).to_be_visible()


@LONG_IN_FIREFOX
@PLACES
def test_every_question_of_every_type_wakes_under_the_policy(visit, site):
    checks = [path for path in sorted((site / "self-checks").glob("*.html")) if path.stem != "index"]
    assert checks
    for path in checks:
        page = visit(f"self-checks/{path.name}")
        page.evaluate("viva.ready()")  # scripts of seldom types come when they are wanted
        assert page.locator("viva-question").evaluate_all("all => all.length && all.every(one => one.isAwake)")
        assert page.locator(".viva-fault").count() == 0
        laid_over = ":is([type=hotspot], [type=measure]) .viva-figure:has(div img[width])"
        figures = page.locator(f"viva-question{laid_over}")
        assert figures.evaluate_all("all => all.every(one => one.style.getPropertyValue('--ratio'))")


@LONG_IN_FIREFOX
@PLACES
def test_an_assignment_works_under_the_policy(visit):
    page = visit("assignments/week-1.html")
    page.locator("viva-question input[type=radio]").first.check()


def test_a_script_that_a_page_did_not_bring_is_refused(browser, site, tmp_path):
    """The listener of these tests hears; a policy that lets all through would pass them too."""
    page = browser.new_page()
    page.add_init_script(LISTEN)
    page.goto((site / "index.html").as_uri())
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.bad = 1'}))")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">a</p>')")
    assert page.evaluate("[window.bad, refused.length]") == [None, 2]
    page.close()
