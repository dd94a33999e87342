"""Every kind of page is accessible, fits a narrow screen and works from disk without a network."""

from __future__ import annotations

from pathlib import Path

import pytest

from browsers import assert_accessible, assert_accessible_in_both, search
from sampled import long

KINDS = (
    "index.html",
    "modules/scale.html",
    "cases/index.html",
    "cases/mist.html",
    "self-checks/index.html",
    "self-checks/scale.html",
    "assignments/week-1.html",
    "study/progress.html",
    "faculty/index.html",
    "faculty/rules/metadata.html",
    "summary.html",
    "glossary.html",
    "references.html",
    "about.html",
    "offline.html",
    "evidence.html",
    "facts.html",
)


SELDOM = {
    *("cases/index.html", "faculty/rules/metadata.html", "summary.html", "references.html", "about.html", "facts.html", "evidence.html"),
    *("self-checks/scale.html", "study/progress.html", "assignments/week-1.html", "faculty/index.html"),
}
"""Text and lists, like others of them; and what `test_study_access`, `test_assignment` and the tests of our course look at."""


@pytest.mark.parametrize("name", [long(name) if name in SELDOM else name for name in KINDS])
def test_axe_finds_nothing(open_page, name):
    assert_accessible_in_both(open_page(name))


@pytest.mark.parametrize("scheme", [long("light"), "dark"])
def test_axe_finds_nothing_in_the_open_menu(open_page, scheme):
    page = open_page("modules/scale.html", scheme=scheme, width=390)
    page.locator("label.viva-header__menu").click()
    page.get_by_role("link", name="Direction").first.wait_for()
    assert_accessible(page)


def test_a_self_check_is_found_by_its_name_and_not_by_how_it_opens(open_page):
    page = open_page("index.html")
    search(page, "direction")
    found = page.locator(".viva-search ol > li", has=page.locator(".viva-search__kind", has_text="Question"))
    assert "Direction" in found.locator("b").all_inner_texts()
    page.get_by_role("searchbox").fill("page")
    page.locator(".viva-search ol mark", has_text="page").first.wait_for()
    assert not page.locator(".viva-search ol b", has_text="Answer first").count()


@pytest.mark.parametrize(("scheme", "width"), [long("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_in_the_search(open_page, scheme, width):
    page = open_page("index.html", scheme=scheme, width=width)
    search(page, "bearing")
    assert_accessible(page)


def test_no_kind_of_page_is_forgotten(site):
    folders = {path.parent.relative_to(site) for path in site.rglob("*.html")}
    assert folders == {Path(name).parent for name in KINDS}


@pytest.mark.parametrize("every", [2, long(1)])
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_scheme_follows_the_system(open_page, scheme):
    page = open_page("index.html", scheme=scheme)
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == scheme


SWITCHED = """() => new MutationObserver((found) => { window.switched = (window.switched ?? 0) + found.length; })
  .observe(document, { subtree: true, attributeFilter: ["data-md-color-switching"] })"""


def test_colours_that_are_there_are_not_set_again(open_page):
    """The theme's own switch lays out a page twice more for it."""
    page = open_page("index.html")
    page.add_init_script(f"({SWITCHED})()")
    page.reload()
    page.locator("label[for=__palette_1]:visible, label[for=__palette_2]:visible, label[for=__palette_0]:visible").wait_for()
    assert page.evaluate("window.switched") is None
    page.locator("label[for=__palette_1]").click()
    page.locator("label[for=__palette_2]").click()
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    page.reload()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_search_finds_a_module_from_disk(open_page):
    page = open_page("index.html")
    assert search(page, "contour interval").is_visible()


def test_lines_of_text_are_short_enough_to_read(open_page):
    page = open_page("modules/scale.html")
    lengths = page.evaluate(CHARACTERS_A_LINE)
    assert lengths
    assert 55 <= sum(lengths) / len(lengths) <= 75


CHARACTERS_A_LINE = """() => {
  const lengths = []
  for (const paragraph of document.querySelectorAll("article > p")) {
    const range = document.createRange()
    range.selectNodeContents(paragraph)
    const tops = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 12)))
    if (tops.size > 2) lengths.push(paragraph.textContent.length / (tops.size - 0.5))
  }
  return lengths
}"""


def test_a_box_that_folds_looks_like_one_that_does_not(open_page):
    box = open_page("cases/mist.html").locator("details.key-points")
    drawn = box.evaluate(
        "box => [box, box.querySelector('summary')].map(getComputedStyle)"
        ".map(s => [s.paddingTop, s.paddingBottom, s.paddingInlineStart, s.backgroundColor])"
    )
    assert drawn[0][0] == drawn[0][1] != "0px"
    assert drawn[1] == ["0px", "0px", "0px", "rgba(0, 0, 0, 0)"]
