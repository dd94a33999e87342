"""The navigation that pages get: long lists in groups, nothing lost, nothing in another order."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from viva.site import navigation
from viva.site.navigation import MOST, in_groups, paths


def titled(path: str) -> str:
    return path.removesuffix(".md").title()


def widest(nav: Any) -> int:
    inside = [next(iter(one.values())) for one in nav if isinstance(one, dict)]
    return max([len(nav), *(widest(one) for one in inside if isinstance(one, list))])


def test_a_short_list_stays_as_it_is():
    nav = [{"Home": "index.md"}, {"For teachers": ["faculty/index.md"]}, {"About": ["about.md"]}]
    assert in_groups(nav, titled, ["For teachers"]) == nav


def test_a_long_list_is_shown_in_groups_that_say_what_is_in_them():
    pages = [f"page-{n:02}.md" for n in range(MOST + 1)]
    (section,) = in_groups([{"Reading": ["modules/index.md", *pages]}], titled)
    index, first, second, third = section["Reading"]
    assert index == "modules/index.md"
    assert first == {"Page-00 – Page-16": pages[:17]}
    assert list(second) == ["Page-17 – Page-33"] and third == {"Page-34 – Page-50": pages[34:]}


def test_sections_for_teachers_stay_where_the_theme_looks_for_them():
    pages = [{f"Page {n}": f"page-{n}.md"} for n in range(MOST)]
    nav = [{"Home": "index.md"}, {"For teachers": ["faculty/index.md"]}, *pages]
    found = in_groups(nav, titled, ["For teachers"])
    assert [next(iter(one)) for one in (found[0], found[-1])] == ["Home", "For teachers"]


@given(st.integers(0, 4000), st.integers(0, 120))
def test_nothing_is_lost_and_no_list_is_long(pages, sections):
    nav = [f"page-{n}.md" for n in range(pages)]
    nav += [{f"Section {n}": [f"section-{n}.md"]} for n in range(sections)]
    found = in_groups(nav, titled)
    assert list(paths(found)) == list(paths(nav))
    assert widest(found) <= navigation.MOST
