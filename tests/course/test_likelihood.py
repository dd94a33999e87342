"""The likelihood-ratio calculator: its numbers, its picture, and the page without it."""

from __future__ import annotations

import re
from math import exp, log, sqrt

import pytest

from browsers import IN_BOTH, LOOK, assert_accessible

Z = 1.96  # 95 %
COUNTS = {"walking": (16, 17, 11, 13), "space": (0.769 * 217, 217, 0.810 * 140, 140)}
"""Told right of so many ill, and of so many well."""
HEIGHTS = """line => ["y1", "y2"].map(name => Number(line.getAttribute(name)))"""


def ratio(test: str, result: str) -> tuple[float, float, float]:
    """A likelihood ratio with its interval by the method of logarithms."""
    right, ill, cleared, well = COUNTS[test]
    pair = ((right, ill), (well - cleared, well))
    (a, n), (b, m) = pair if result == "positive" else ((ill - right, ill), (cleared, well))
    value, error = a / n / (b / m), sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    return value, value / exp(Z * error), value * exp(Z * error)


def after(before: int, *ratios: float) -> float:
    """The probability that odds and ratios make."""
    odds = before / (100 - before)
    for value in ratios:
        odds *= value
    return odds / (1 + odds)


def whole(probability: float) -> int:
    """Of a hundred; a half goes up."""
    return int(100 * probability + 0.5 + 1e-9)


def said(probability: float) -> str:
    percent = whole(probability)
    return {0: "under 1 %", 100: "over 99 %"}.get(percent, f"{percent} %")


def opened(open_page, **options):
    page = open_page("likelihood.html", **options)
    page.locator("lr-calculator output").wait_for()
    return page


def choose(page, test: str, result: str) -> None:
    page.locator(f"[name=lr-{test}][value='{result}']").evaluate("radio => radio.click()")


def ask(page, before: int, **results: str) -> None:
    page.locator("lr-calculator input[type=range]").fill(str(before))
    for test in COUNTS:
        choose(page, test, results.get(test, ""))


def number(page, test: str) -> str:
    return page.locator(f".lr-results [data-test={test}] .lr-number").inner_text()


@pytest.mark.parametrize("result", ["positive", "negative"])
@pytest.mark.parametrize("test", COUNTS)
def test_a_result_moves_the_probability_as_odds_and_ratio_do(open_page, test, result):
    page = opened(open_page)
    for before in (2, 5, 12, 57, 90, 98):
        ask(page, before, **{test: result})
        value, low, high = (after(before, one) for one in ratio(test, result))
        assert number(page, test) == said(value)
        words = page.locator(".lr-words").inner_text()
        assert f"{said(low)} to {said(high)}." in words
        assert re.search(rf"(About {whole(value)}|Fewer than 1|More than 99) of 100", words)
        assert page.locator(".lr-results > div").count() == 1
        assert page.locator(".lr-caution").is_hidden()


def test_words_say_which_is_likelier(open_page):
    page = opened(open_page)
    for before, word in (
        (20, "less likely than not"),
        (50, "about as likely"),
        (80, "more likely"),
    ):
        ask(page, before)
        assert word in page.locator(".lr-words").inner_text()


def test_the_table_below_says_the_same(open_page):
    page = opened(open_page)
    rows = page.locator("table").first.locator("tbody tr").all()
    assert len(rows) == 11
    for row in rows:
        before, *cells = row.locator("td").all_inner_texts()
        shown = []
        for test in COUNTS:
            for result in ("positive", "negative"):
                ask(page, int(before.split()[0]), **{test: result})
                shown.append(number(page, test))
        assert shown == cells


def test_ratios_stand_with_their_intervals_here_and_on_the_page(open_page):
    page = opened(open_page)
    walking, space = page.locator(".lr-ratios").all_inner_texts()
    assert walking == "LR+ 6.1 (1.7 to 22) · LR− 0.07 (0.01 to 0.47)"
    assert space == "LR+ 4.0 (2.9 to 5.7) · LR− 0.29 (0.22 to 0.37)"
    text = page.locator("article").inner_text()
    for words in ("about 1.7 and 22", "0.01 and 0.47", "2.9 to 5.7", "0.22 to 0.37"):
        assert words in text


def test_each_test_says_where_its_numbers_come_from(open_page):
    page = opened(open_page)
    links = page.locator(".lr-source a")
    for link, size in zip(links.all(), (("17", "13"), ("217", "140")), strict=True):
        assert all(number in link.inner_text() for number in size)
        assert page.locator(link.get_attribute("href")).count() == 1


def test_two_results_are_two_answers_and_a_warning(open_page):
    page = opened(open_page)
    ask(page, 12, walking="positive", space="positive")
    ratios = {test: ratio(test, "positive")[0] for test in COUNTS}
    assert [number(page, test) for test in COUNTS] == [said(after(12, r)) for r in ratios.values()]
    caution = page.locator(".lr-caution").inner_text()
    assert f"promise {said(after(12, *ratios.values()))}" in caution
    assert "nobody has shown" in caution
    assert said(after(12, *ratios.values())) not in page.locator(".lr-results").inner_text()
    assert page.locator(".lr-line").count() == 2


def test_without_a_result_nothing_moves(open_page):
    page = opened(open_page)
    ask(page, 30)
    assert page.locator(".lr-number").inner_text() == "30 %"
    assert page.locator(".lr-line").count() == 0
    assert "no test was done" in page.locator(".lr-picture svg").get_attribute("aria-label")


def test_the_line_lies_on_all_three_scales(open_page):
    page = opened(open_page)
    ticks = page.locator(".lr-scales").evaluate("""scales => [...scales.querySelectorAll("text")]
        .map(text => [Number(text.getAttribute("x")), text.textContent,
                      Number(text.getAttribute("y"))])""")
    left, right = min(x for x, *_ in ticks), max(x for x, *_ in ticks)
    height = {(x, text): y for x, text, y in ticks if x in (left, right)}
    unit = (height[left, "98"] - height[left, "50"]) / log(98 / 2)
    for before in (5, 12, 80):
        ask(page, before, walking="positive")
        start, end = page.locator(".lr-line line").evaluate(HEIGHTS)
        assert start == pytest.approx(height[left, "50"] + unit * log(before / (100 - before)))
        odds = before / (100 - before) * ratio("walking", "positive")[0]
        assert end == pytest.approx(height[right, "50"] - unit * log(odds))
        mark = page.locator(".lr-line circle").first.get_attribute("cy")
        assert float(mark) == pytest.approx((start + end) / 2)


def test_the_keyboard_is_enough(open_page):
    page = opened(open_page)
    slider = page.get_by_role("slider", name="Probability before the test")
    slider.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "20 %"
    assert number(page, "walking") == said(after(20, ratio("walking", "positive")[0]))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert slider.input_value() == "57"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert number(page, "walking") == said(after(57, ratio("walking", "negative")[0]))
    page.keyboard.press("Tab")  # to the link to the source
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert number(page, "space") == said(after(57, ratio("space", "positive")[0]))


def test_what_changed_is_announced_after_a_rest(open_page):
    page = opened(open_page)
    ask(page, 57, walking="negative")
    status = page.locator("lr-calculator [role=status]")
    status.filter(has_text="After a negative walking test").wait_for(state="attached")
    assert said(after(57, ratio("walking", "negative")[0])) in status.inner_text()
    label = page.locator(".lr-picture svg").get_attribute("aria-label")
    assert "from 57 % before" in label and "after a negative walking test" in label


@LOOK
def test_axe_finds_nothing(open_page, scheme, width):
    page = opened(open_page, scheme=scheme, width=width)
    ask(page, 57, walking="positive", space="negative")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_is_wider_than_a_small_phone(open_page):
    page = opened(open_page, width=320)
    ask(page, 57, walking="positive", space="positive")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_values_near_each_other_stand_apart(open_page):
    page = opened(open_page)
    ask(page, 90, walking="positive", space="positive")
    heights = page.locator(".lr-value[data-test]").evaluate_all(
        "all => all.map(one => Number(one.getAttribute('y')))"
    )
    assert abs(heights[0] - heights[1]) >= 14


def test_without_a_script_the_table_stays(open_page):
    page = open_page("likelihood.html", java_script_enabled=False)
    assert page.locator("lr-calculator").is_hidden()
    table = page.locator("table").first
    assert table.is_visible() and table.locator("tbody tr").count() == 11


def test_paper_shows_the_result_and_the_table(open_page):
    page = opened(open_page)
    page.emulate_media(media="print")
    assert page.locator(".lr-picture svg").is_visible()
    assert page.locator(".lr-number").is_visible()
    assert page.locator(".lr-settings").is_hidden()
    assert page.locator("table").first.is_visible()


@pytest.mark.long
@IN_BOTH
def test_it_works_from_the_unpacked_folder(either, unpacked):
    context = either.new_context(offline=True)
    page = context.new_page()
    page.goto((unpacked / "likelihood.html").as_uri())
    page.locator("lr-calculator output").wait_for()
    ask(page, 57, walking="positive")
    assert number(page, "walking") == said(after(57, ratio("walking", "positive")[0]))
    context.close()


def test_no_other_page_loads_it(site):
    pages = [p.name for p in site.rglob("*.html") if "assets/likelihood/" in p.read_text("utf-8")]
    assert pages == ["likelihood.html"]
