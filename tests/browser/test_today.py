"""Home is today: one button that is right, and how far each module has come."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from browsers import assert_accessible
from sampled import long

LATER = timedelta(days=30)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def home(open_page):
    """The first page of the course, on a phone, in a browser that remembers nothing."""
    page = open_page("index.html", width=390)
    page.set_viewport_size(PHONE)
    return page


def first(page: Page):
    return page.locator(".viva-today__first")


def answer_one(page: Page, site) -> None:
    """Answer the first question of a self-check, rightly or not."""
    page.goto((site / "self-checks/scale.html").as_uri())
    asked = page.locator("viva-question[type=single]:visible").first
    asked.locator("label").first.click()
    expect(page.locator("viva-quiz[data-run]")).to_be_attached()  # the session comes with the first touch
    page.keyboard.press("Enter")
    expect(asked).to_have_attribute("data-state", re.compile("right|wrong"))


def go_home(page: Page, site) -> None:
    page.goto((site / "index.html").as_uri())


def test_it_begins_with_the_first_module(home):
    expect(first(home)).to_have_text(re.compile("^Start with "))
    first(home).click()
    home.wait_for_url("**/modules/*.html")


def test_nothing_is_loaded_in_a_browser_that_remembers_nothing(home):
    assert home.evaluate("typeof window.vivaCourse") == "undefined"


def test_the_button_is_on_the_first_screen(home):
    box = first(home).bounding_box()
    assert box["y"] + box["height"] < PHONE["height"] - 60


def test_what_waits_has_a_place_only_where_something_may_wait(home, site):
    more = home.locator(".viva-today__more")
    assert not more.is_visible()
    below = home.locator(".viva-today").bounding_box()
    assert below["height"] == pytest.approx(first(home).bounding_box()["height"], abs=1)
    answer_one(home, site)
    go_home(home, site)
    expect(more.locator("a").first).to_be_visible()


def test_a_session_that_was_left_goes_on_with_one_tap(home, site):
    answer_one(home, site)
    go_home(home, site)
    expect(first(home)).to_have_text(re.compile("^Continue .*1 of "))
    first(home).click()
    home.wait_for_url("**/self-checks/scale.html*")
    expect(home.locator("viva-question[data-state]").first).to_be_attached()


def test_three_days_later_the_first_due_question_is_one_tap_away(home, site):
    answer_one(home, site)
    home.clock.set_system_time(datetime.now() + LATER)
    go_home(home, site)
    expect(first(home)).to_have_text(re.compile(r"^Review \d+ that (is|are) due"))
    first(home).click()
    expect(home.locator("viva-question:visible").first).to_be_visible()


def test_each_module_shows_what_was_answered_in_it(home, site):
    answer_one(home, site)
    go_home(home, site)
    expect(home.locator(".viva-sofar", has_text="1 of ")).to_have_count(1)


def test_all_that_is_to_be_read_shows_how_far_each_module_is(home, site):
    answer_one(home, site)
    home.goto((site / "read.html").as_uri())
    modules = home.locator("li[data-page]", has=home.locator(".viva-sofar"))
    assert modules.count() > 1
    expect(modules.locator(".viva-sofar__said", has_text="answered")).to_have_count(modules.count())


def test_a_module_is_read_when_its_end_was_seen_until_that_is_taken_back(home, site):
    home.goto((site / "modules/scale.html").as_uri())
    expect(home.locator(".viva-read-mark")).to_contain_text("Mark as read")
    home.locator(".viva-closing").scroll_into_view_if_needed()
    expect(home.locator(".viva-read-mark")).to_contain_text("Marked as read")
    go_home(home, site)
    expect(home.locator("li[data-page='modules/scale.html']")).to_contain_text("Read ✓")
    home.goto((site / "modules/scale.html").as_uri())
    home.get_by_role("button", name="Undo").click()
    home.reload()
    home.locator(".viva-closing").scroll_into_view_if_needed()
    expect(home.locator(".viva-read-mark")).to_contain_text("Mark as read")
    assert home.evaluate("vivaStudy.store.get('r:modules/scale.html').on") is False


def test_a_module_leads_to_its_self_check_and_that_to_the_next_module(home, site):
    home.goto((site / "modules/scale.html").as_uri())
    home.locator(".viva-closing a").first.click()
    home.wait_for_url("**/self-checks/scale.html")
    assert home.locator(".viva-closing a[href*='modules/']").count() == 1


def test_there_is_one_way_on(home, site):
    ways = home.locator("footer a[rel], footer nav a")
    home.goto((site / "cases/mist.html").as_uri())
    assert ways.first.is_visible()
    for name in ("modules/scale.html", "self-checks/scale.html"):
        home.goto((site / name).as_uri())
        assert home.locator(".viva-closing > a").count() == 1
        assert not any(way.is_visible() for way in ways.all())


def test_a_self_check_counts_items_everywhere(open_page, site):
    """A case counts its steps, in the list, in the introduction, in labels, sheet and line."""
    page = open_page("self-checks/index.html")
    listed = page.locator("article li", has=page.locator("a[href='case-mist.html']"))
    many = int(re.search(r"(\d+) questions", listed.inner_text())[1])
    page.goto((site / "self-checks" / str(listed.locator("a").get_attribute("href"))).as_uri())
    assert page.get_by_text(f"{many} questions, about").count() == 1
    page.keyboard.press("j")
    page.locator(".viva-sheet-list").wait_for()
    assert page.locator(".viva-sheet-list > li").count() == many
    assert page.evaluate("document.querySelectorAll('viva-quiz viva-question > form').length") == many
    assert page.locator(".viva-where b").inner_text().endswith(f"of {many}")
    last = page.locator("viva-quiz > viva-question > .viva-number").last.inner_text()
    assert re.search(rf"\b{many}\b", last)


@pytest.mark.parametrize("scheme", [long("light"), "dark"])
def test_axe_finds_nothing_once_something_is_known(open_page, site, scheme):
    page = open_page("index.html", scheme=scheme, width=390)
    answer_one(page, site)
    go_home(page, site)
    page.locator(".viva-sofar", has_text="1 of ").wait_for()
    assert_accessible(page)


@pytest.mark.parametrize("name", [long("index.html"), "modules/scale.html", "faculty/index.html"])
def test_the_four_places_are_there_without_scrolling(open_page, name):
    page = open_page(name, width=390)
    page.set_viewport_size(PHONE)
    bar = page.get_by_role("navigation", name="Course")
    assert bar.get_by_role("link").all_inner_texts() == ["Today", "Read", "Questions", "Review"]
    assert bar.bounding_box()["y"] > PHONE["height"] - 70


def test_a_students_navigation_holds_nothing_for_teachers(open_page):
    page = open_page("index.html", width=1280)
    listed = page.locator(".md-nav--primary").inner_text()
    assert "For teachers" not in listed
    assert page.locator("footer").get_by_role("link", name="For teachers").count() == 1


def test_a_link_to_a_question_shows_it_on_a_phone(home, site):
    home.goto((site / "self-checks/scale.html").as_uri())
    wanted = home.locator("viva-quiz > viva-question").nth(4)
    name = wanted.get_attribute("id")
    expect(wanted).to_be_hidden()
    home.goto((site / "index.html").as_uri())
    home.goto((site / "self-checks/scale.html").as_uri() + f"#{name}")
    expect(wanted).to_be_visible()
