"""What students search for, and what they mean by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sampled import long

SEARCHES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data/searches.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
SAME = [
    ("oedema", "edema"),
    ("anaesthetic", "anesthetic"),
    ("randomised", "randomized"),
    ("ischiofemoral space", "ischio-femoral space"),
    ("ischiofemoral space", "ischio femoral space"),
    ("long-stride walking", "long stride walking"),
    ("quadratus femoris", "QUADRATUS  femoris"),
    ("gemelli", "gemellus"),
    ("injection", "injections"),
]
FIRST = ".viva-search > ol > li > a"


@pytest.fixture(scope="module")
def searched(browser, site):
    """The addresses that are found for words, best first."""
    page = browser.new_page()
    page.goto((site / "modules/imaging.html").as_uri())
    page.get_by_role("button", name="Search").click()

    def search(words: str, kind: str = "Everything") -> list[str]:
        page.get_by_role("searchbox").fill("")
        page.wait_for_function("!document.querySelector('.viva-search > ol > li')")
        page.get_by_role("radio", name=kind).check(force=True)
        page.get_by_role("searchbox").fill(words)
        page.wait_for_function("document.querySelector('.viva-search [role=status]').textContent")
        folder = site.as_uri() + "/"
        return [
            href.removeprefix(folder)
            for href in page.eval_on_selector_all(FIRST, "all => all.map((one) => one.href)")
        ]

    yield search
    page.close()


def test_there_are_forty_searches():
    assert len(SEARCHES) >= 40


@pytest.mark.parametrize(("words", "wanted"), [long(*one) if at % 2 else one for at, one in enumerate(SEARCHES)])
def test_the_first_place_is_what_is_meant(searched, words, wanted):
    first = searched(words)[0]
    assert first.startswith(tuple(wanted.split())), first


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_find_the_same_first(searched, one, other):
    assert searched(one)[0] == searched(other)[0]


def test_a_students_search_finds_nothing_for_teachers(searched):
    found = searched("distractor")
    assert not [place for place in found if place.startswith("faculty/")]
    assert searched("distractor", "For teachers")[0].startswith("faculty/")


def test_references_do_not_fill_the_screen(searched):
    assert not [place for place in searched("2015 study") if place.startswith("references")]
