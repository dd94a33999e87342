"""Pages of the course in a browser: accessible, no wider than a phone, found by a search."""

from __future__ import annotations

import pytest

from browsers import assert_accessible, assert_accessible_in_both, search
from sampled import long

KINDS = (
    "modules/imaging.html",
    "faculty/index.html",
    long("index.html"),
    long("cases/desk-pain.html"),
    long("self-checks/imaging.html"),
    long("summary.html"),
    long("corrections.html"),
)


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing(open_page, name):
    assert_accessible_in_both(open_page(name))


@pytest.mark.long
def test_axe_finds_nothing_in_the_search(open_page):
    page = open_page("index.html", scheme="dark", width=390)
    search(page, "oedema")
    assert_accessible(page)


@pytest.mark.parametrize("every", [5, long(1)])
def test_no_page_scrolls_sideways_on_a_narrow_screen(open_page, site, every):
    page = open_page("index.html", width=320)
    faults = []
    for path in sorted(site.rglob("*.html"))[::every]:
        if path.name == "404.html":
            continue
        page.goto(path.as_uri())
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            faults.append(path.relative_to(site).as_posix())
    assert not faults


@pytest.mark.long
def test_search_finds_a_module_from_disk(open_page):
    assert search(open_page("index.html"), "quadratus femoris").is_visible()


@pytest.mark.parametrize("name", ["cases/desk-pain.html", "glossary.html", "hip-lab.html"])
def test_pages_open_in_the_unpacked_course(browser, unpacked, name):
    page = browser.new_page(offline=True)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.goto((unpacked / name).as_uri())
    assert page.locator("h1").is_visible()
    page.close()
    assert not complaints
