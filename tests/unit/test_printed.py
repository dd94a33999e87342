"""Titles reach a theme, which prints them as they are, as HTML."""

from __future__ import annotations

import pytest

from viva.build import edition as editions
from viva.build import printed, stage
from viva.engines import parts

LESS = "ALT <ULN & it"
HTML = "ALT &lt;ULN &amp; it"


def test_titles_of_a_navigation():
    given = [{LESS: "a.md"}, {"B": [{LESS: "b.md"}, "c.md"]}, {2024: "d.md"}]
    assert printed.nav(given) == [{HTML: "a.md"}, {"B": [{HTML: "b.md"}, "c.md"]}, {2024: "d.md"}]


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (f"title: {LESS}\nhide: [toc]", f'title: "{HTML}"\nhide: [toc]'),
        ("hide: [toc]\ntitle: >-\n  ALT <ULN\n\n  & it", f'hide: [toc]\ntitle: "{HTML}"'),
        (f"'title': '{LESS}' # as usual", f'title: "{HTML}"'),
        ("hide: [toc]", "hide: [toc]"),
    ],
)
def test_titles_of_a_page(head, wanted):
    data = {"title": LESS} if "ULN" in head else {"title": "Plain"}
    body = "\n---\ntitle: ALT <ULN is text\n"
    assert printed.page(f"---\n{head}{body}", data) == f"---\n{wanted}{body}"


@pytest.mark.parametrize("typed", ["No", "on", "010", "1.50", "12:30:45", "2019-10-01", "~", "null"])
def test_a_title_that_yaml_takes_for_something_else(typed):
    assert printed.page(f"---\ntitle: {typed}\n---\n", {"title": typed}) == f'---\ntitle: "{typed}"\n---\n'


def test_a_page_without_front_matter_is_as_it_was():
    assert printed.page("title: <x>\n", {"title": "<x>"}) == "title: <x>\n"


def test_names_in_the_settings():
    assert printed.settings({"site_name": LESS, "copyright": "<b>x</b>"}) == {"site_name": HTML, "copyright": "<b>x</b>"}


def test_the_theme_knows_the_sections_for_teachers_as_it_prints_them(make_course):
    page = "---\naudience: teachers\n---\n# Marks\n"
    nav = f'site_name: C\nnav:\n  - index.md\n  - "{LESS}":\n      - marks.md\n'
    course = make_course({"docs/index.md": "# Home\n", "docs/marks.md": page, "mkdocs.yml": nav})
    assert stage.landmarks(editions.read(course.layout))["teachers"] == [HTML]


def test_a_title_that_ends_in_a_backslash_leaves_the_tag_after_it_one(make_course):
    page = "---\ntitle: 'Ends in \\'\nobjectives: [{id: end-1, text: x}]\n---\n# End\n"
    course = make_course({"docs/modules/end.md": page})
    made = editions.read(course.layout)
    shown = made.course.converter.html(stage.markdown(made, "read.md", "[viva contents]\n"))
    assert ">Ends in &#92;</a>" in shown


def test_the_theme_is_told_the_language_of_each_page_by_the_name_that_it_has_for_it(make_course):
    pages = {tag: f"---\nlang: {tag}\n---\n# Page\n" for tag in ("en", "de-CH", "he", "ki", "zh-Hans")}
    course = make_course({f"docs/{tag}.md": text for tag, text in pages.items()})
    edition = editions.read(course.layout)
    found = parts.landmarks(edition)["languages"]
    themes = {"de-CH": "de", "he": "he", "ki": "en", "zh-Hans": "zh"}
    assert {tag: one["theme"] for tag, one in found.items()} == themes
    assert found["de-CH"]["words"]["close"] == "Schließen" and found["he"]["words"]["close"] == "Close"
    assert [edition.direction(f"{tag}.md") for tag in pages] == ["ltr", "ltr", "rtl", "ltr", "ltr"]
