"""What a question says to read again comes as a script, page by page."""

from __future__ import annotations

import json

import pytest

from viva.site import sections
from viva.site.routes import Routes


@pytest.mark.parametrize(
    ("file", "name"),
    [("modules/knee.html", "modules/knee"), ("modules/knee/index.html", "modules/knee"),
     ("cases/index.html", "cases"), ("index.html", "index")],
)  # fmt: skip
def test_a_page_has_one_name_whatever_form_its_address_has(file, name):
    assert sections.stem(file) == name


def test_only_pages_that_are_read_again_are_written(make_course):
    course = make_course()
    assert not course.problems
    given = {"modules/knee.md": "<h2 id='a'>“A”</h2>", "about.md": "<h1>About</h1>"}
    made = dict(sections.scripts(course, Routes(), given))
    assert list(made) == ["assets/viva/pages/modules/knee.js"]
    _, _, text = made["assets/viva/pages/modules/knee.js"].partition(" = ")
    assert json.loads(text.rstrip(";\n")) == given["modules/knee.md"]
