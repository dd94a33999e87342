"""What is made on all cores is what one core makes, to the byte, and comes back to who asked."""

from __future__ import annotations

import json

import pytest
from mkdocs.config import load_config

from viva.base import cores
from viva.base.cache import Cache
from viva.build import stage
from viva.build.edition import read
from viva.course import courses
from viva.course.layout import Layout
from viva.engines.mkdocs.early import Early
from viva.site import site as sites

SETTINGS = "site_name: T\nplugins: []\nmarkdown_extensions: [attr_list, tables, toc: {permalink: true}]\n"


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setattr(cores.os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    (tmp_path / "docs").mkdir()
    (tmp_path / "quizzes").mkdir()
    for n in range(9):
        aim = f"objectives: [{{id: aim-{n}, text: name it, level: remember}}]"
        text = f"---\ntitle: P{n}\n{aim}\n---\n\n# P{n}\n\n## Part\n\n[next](p{(n + 1) % 9}.md#part)\n"
        (tmp_path / f"docs/p{n}.md").write_text(text)
        options = [{"text": f"Choice {k}", "why": "So.", **({"correct": True} if k == n % 3 else {})} for k in range(3)]
        question = {"id": f"q-{n}", "type": "single", "objective": f"aim-{n}", "stem": f"Which is *{n}*?", "options": options}
        bank = {"title": f"B{n}", "module": f"p{n}.md", "questions": [question]}
        (tmp_path / f"quizzes/b{n}.yml").write_text(json.dumps(bank))
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    return tmp_path


def made(course, name):
    """The pages' HTML that is kept for MkDocs, what stands on them, and the files of the questions."""
    early = Early(load_config(str(course / "mkdocs.yml")))
    edition = read(Layout.of(course), engine=early)
    edition.site.cache = Cache(course / name)
    marked = {path: page.marked for path, page in edition.course.pages.items()}
    return early.give(), marked, [*edition.course.banks], stage.files(edition)


@pytest.mark.skipif(not hasattr(cores.os, "fork"), reason="one core is all there is")
def test_pages_banks_and_questions_are_the_same_on_all_cores(course, monkeypatch):
    started = []
    fork = cores.os.fork
    monkeypatch.setattr(cores.os, "fork", lambda: started.append(1) or fork())
    alone = made(course, "one")
    assert not started
    monkeypatch.setattr(courses, "MANY_FILES", 2)
    monkeypatch.setattr(sites, "MANY", 2)
    for path in (course / ".cache").rglob("*"):
        path.unlink() if path.is_file() else None
    assert made(course, "two") == alone
    assert len(started) == 3
    assert len(alone[0]) == 10
