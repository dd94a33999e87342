"""An address that no program can read is told where it stands, before it stops a site engine."""

from __future__ import annotations

import pytest

from viva.base import addresses

BROKEN = ("https://exam[ple.org/x", "https://exa℀mple.org", "https://e.org:80a/", "//exam]ple.org")
SOUND = (
    *("https://e.org", "https://e.org:80/x?y=[1]#z", "https://[::1]:80/x", "//cdn.org/x", "mailto:a@b.org"),
    *("https://größe.example/ä", "modules/a:b.md", "#x", "", "file:///C:/x", "data:image/png;base64,//8="),
)
PAGE = "---\ntitle: Z\n---\n# Z\n\n"


@pytest.mark.parametrize("address", BROKEN)
def test_a_broken_address_is_told(address):
    assert addresses.fault(address) == f"{address} is no address (copy it anew from your browser)"


@pytest.mark.parametrize("address", SOUND)
def test_an_address_that_can_be_read_is_none_of_these(address):
    assert addresses.fault(address) is None


@pytest.mark.parametrize(
    "text", ["[x](<{}>)", "[x]({})", "[x][y]\n\n[y]: {}", '<a href="{}">x</a>', "![x](<{}>)"]
)
@pytest.mark.parametrize("address", BROKEN[:2])
def test_on_a_page(make_course, text, address):
    course = make_course({"docs/modules/z.md": PAGE + text.format(address)})
    line = PAGE.count("\n") + 1 + text.count("\n")
    said = f"docs/modules/z.md:{line}:1: {addresses.fault(address)}"
    assert list(map(str, course.problems)) == [said]


def test_in_a_question_and_in_the_settings(make_course, sound_bank):
    linked = f"'See [this]({BROKEN[0]}).'"
    course = make_course(
        {
            "quizzes/knee.yml": sound_bank.replace("It is lateral.", linked),
            "mkdocs.yml": f"site_name: Test\nsite_url: {BROKEN[0]}\n",
        }
    )
    assert [f"{one.path} {one.code}" for one in course.problems] == ["mkdocs.yml CF001", "quizzes/knee.yml MD515"]


def test_in_the_bibliography_and_other_mistakes_are_still_told(make_course):
    bib = "@article{smith2001,\n  title = {On},\n  url = {https://exam[ple.org}\n}\n"
    course = make_course({"docs/references.bib": bib, "docs/modules/z.md": f"{PAGE}A [@nobody2001]."})
    assert [f"{one.path}:{one.line} {one.code}" for one in course.problems] == [
        "docs/modules/z.md:6 MD503", "docs/references.bib:3 MD503",
    ]  # fmt: skip


def test_an_address_that_a_program_for_references_escaped(make_course):
    bib = "@misc{smith2001,\n  title = {On},\n  url = {https://e.org/a\\_b\\%20c}\n}\n"
    known = make_course({"docs/references.bib": bib}).bibliography.references["smith2001"]
    assert known.link == "https://e.org/a_b%20c"
