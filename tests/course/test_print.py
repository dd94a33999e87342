"""A module on paper, and its figures over the page."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

MODULE = "modules/anatomy.html"
PAGES_FOR_500_WORDS = 1.3
COPIES = """() => {
  const seen = [...document.querySelectorAll("viva-question")].filter((one) => one.checkVisibility());
  return seen.map((one) => one.name);
}"""


@pytest.fixture
def printed(open_page):
    """A module as it goes to the printer."""
    page = open_page(MODULE)
    page.evaluate("document.querySelectorAll('img').forEach((one) => { one.loading = 'eager' })")
    page.evaluate("Promise.all([...document.images].map((one) => one.decode().catch(() => {})))")
    return page


def test_a_printed_module_is_short_and_ends_with_its_key(printed):
    page, pdf = printed, PdfReader(BytesIO(printed.pdf(format="A4")))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("article > :last-child > h2").inner_text() == "Key"
    texts = [sheet.extract_text() for sheet in pdf.pages]
    words = sum(len(text.split()) for text in texts)
    assert len(texts) <= PAGES_FOR_500_WORDS * words / 500
    whole = "\n".join(texts)
    assert "On this page" not in whole and "Search" not in whole


def test_a_printed_module_has_each_question_once(printed):
    page = printed
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    names = page.evaluate(COPIES)
    assert len(names) == len(set(names)) > 5


def test_a_printed_figure_fits_a_page_and_is_not_split(printed):
    page = printed
    page.emulate_media(media="print")
    figures = page.locator("article figure")
    assert figures.count() > 3
    for figure in figures.all():
        assert figure.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
        assert figure.bounding_box()["height"] < 600


def test_the_labels_of_a_figure_can_be_hidden_in_the_viewer(open_page):
    page = open_page(MODULE)
    page.locator("a.viva-zoom").first.click()
    viewer = page.get_by_role("dialog", name="Figure")
    assert "BodyParts3D" in viewer.inner_text()  # the credit stands below
    viewer.get_by_label("Labels").uncheck()
    assert viewer.get_by_role("img").get_attribute("src").endswith("#unlabelled")
    viewer.get_by_label("Labels").check()
    assert "#" not in viewer.get_by_role("img").get_attribute("src")


def test_the_labels_of_a_question_wait_for_its_answer(open_page):
    page = open_page("self-checks/anatomy.html")
    question = page.locator("viva-question:has(figure)").first
    viewer = page.get_by_role("dialog", name="Figure")
    question.get_by_role("link", name="Full size").hover()
    page.locator("[data-run]").wait_for()  # what comes with the first touch moves the text
    question.get_by_role("link", name="Full size").click()
    viewer.get_by_role("button", name="Close").wait_for()
    assert viewer.get_by_label("Labels").count() == 0
    viewer.get_by_role("button", name="Close").click()
    question.get_by_text("Choose from a list of names instead").click()
    question.locator("input").first.check()
    question.get_by_role("button", name="Check answer").click()
    question.get_by_role("link", name="Full size").click()
    viewer.get_by_label("Labels").check()
    assert "#" not in viewer.get_by_role("img").get_attribute("src")


def test_a_figure_has_the_typeface_of_the_course(open_page):
    """Drawn as an image, its words are as wide as they are on a page that has the font."""
    page = open_page(MODULE)
    source = page.locator("a.viva-zoom").first.get_attribute("href")
    page.goto(page.url.replace(MODULE, f"modules/{source}"))
    fonts = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].map((one) => [one.family, one.status]))"
    )
    assert fonts and {status for _, status in fonts} == {"loaded"}
    assert {family.strip('"') for family, _ in fonts} == {"Atkinson Hyperlegible Next"}
