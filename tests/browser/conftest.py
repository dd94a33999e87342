"""A course whose one assignment asks private questions of every type."""

from __future__ import annotations

from pathlib import Path

import pytest

import building
from shared import once
from viva.bank import types
from viva.scaffold import questions as scaffold

SETTINGS = """\
site_name: Test course
use_directory_urls: false
theme: {name: material, font: false}
extra_css: [assets/site/site.css]
plugins: [search, viva]
"""
WEEK = "title: Week 1\nattempts: 2\npass_mark: 50\nprivate:\n" + "".join(
    scaffold.example(kind, f"a-{kind}") for kind in sorted(types.TYPES)
)
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300" viewBox="0 0 400 300"/>'


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose one assignment asks private questions of every type, built."""
    return once(tmp_path_factory, "assignment", _write)


def _write(folder: Path) -> None:
    for name, text in {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": "---\ndescription: Home.\n---\n# Home\n",
        "docs/references.bib": "",
        "docs/assets/figures/name.svg": FIGURE,
        "quizzes/assignments/week-1.yml": WEEK,
        "quizzes/assignments/exam.yml": WEEK.replace("Week 1", "Exam").replace("a-", "b-")
        + "mode: exam\ntime_limit: 45\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    building.build(folder, folder / "site")
