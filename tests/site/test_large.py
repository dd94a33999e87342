"""What is built of a large course: a small first file of each kind, and the rest by module."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import large
from shared import once
from viva.build import edition as editions
from viva.build import keeping
from viva.course.layout import Layout
from viva.offline.parts import Part


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The large course, built."""
    return once(tmp_path_factory, "large", large.built)


@pytest.fixture(scope="module")
def parts(folder) -> list[Part]:
    """What a browser may leave out of it."""
    return list(keeping.parts(editions.read(Layout.of(folder)), folder / "site"))


def test_what_every_page_loads_is_small(folder):
    data = folder / "site/assets/viva"
    course, search = data / "course-data.js", data / "search-data.js"
    assert course.stat().st_size < sum(one.stat().st_size for one in data.glob("course/*.js")) / 10
    assert search.stat().st_size < sum(one.stat().st_size for one in data.rglob("places/**/*.js")) / 100


def test_no_key_is_in_what_is_known_of_the_course(folder):
    data = folder / "site/assets/viva"
    for file in (*data.glob("course/*.js"), *data.rglob("search/**/*.js"), data / "course-data.js"):
        assert "It rests on" not in file.read_text("utf-8"), file.name


def test_a_module_is_kept_with_all_that_goes_with_it(parts):
    assert [part.title for part in parts][:2] == ["Module 0", "Module 1"]
    assert (parts[7].section, parts[-2].section) == ("First half", "Second half")
    found = parts[7].files
    assert set(found[:2]) == {"modules/module-07.html", "self-checks/module-07.html"}
    assert {one.partition("module-07")[0] for one in found[2:-1]} == {
        "assets/viva/pages/modules/", "assets/viva/pages/self-checks/", "assets/viva/questions/",
        "assets/viva/search/places/modules/", "assets/viva/search/places/self-checks/",
    }  # fmt: skip
    assert found[-1].startswith("assets/viva/course/")


def test_every_page_of_a_module_or_a_bank_is_in_one_part(folder, parts):
    names = Counter(name for part in parts for name in part.files if name.endswith(".html"))
    site = folder / "site"
    pages = [*site.glob("modules/*.html"), *site.glob("self-checks/*.html")]
    listed = {page.relative_to(site).as_posix() for page in pages} - {"self-checks/index.html"}
    assert names == Counter(dict.fromkeys(listed, 1))
    assert "self-checks/big_3.html" in names
