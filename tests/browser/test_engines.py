"""A small course made by each engine, read from disk: every question wakes, and search finds stems."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import engines
from sampled import long


@pytest.fixture(params=[long(name) if name == "mkdocs" else name for name in engines.NAMES])  # all other tests have MkDocs
def made(request, tmp_path_factory):
    """The site of the course that `viva new course` writes, by one engine after the other."""
    return engines.new_site(tmp_path_factory, request.param)


def test_every_question_wakes_and_answers_from_disk(open_page, made):
    checks = sorted(made.glob("self-checks/[!i]*.html"))
    assert len(checks) == 3
    for check in checks:
        page = open_page(check)
        asked = page.locator("viva-question")
        assert asked.count() >= 2
        page.wait_for_function(
            "[...document.querySelectorAll('viva-question')].every((one) => one.attempts)"
        )
    single = open_page(made / "self-checks/recall.html").locator("viva-question[type=single]").first
    single.locator("input").first.check()
    single.get_by_role("button", name="Check answer").click()
    expect(single).to_have_attribute("data-state", "right")


def test_search_finds_a_stem_from_disk(open_page, made):
    page = open_page(made / "modules/recall.html")
    page.keyboard.press("/")
    page.keyboard.type("evening chapter")
    page.locator(".viva-search a[href*='self-checks/'][href*='#']").first.wait_for()


def test_an_assignment_is_awake_and_shows_no_key(open_page, made):
    page = open_page(made / "assignments/week-1.html")
    expect(page.locator(".viva-awake")).to_have_count(1)
    assert page.locator("[data-key]").count() == 0
