"""A build replaces a site, and nothing else."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from viva.base.refused import Refused
from viva.build import target
from viva.cli import main
from viva.course.layout import Layout


@pytest.fixture
def layout(make_course, tmp_path):
    make_course({})
    return Layout.of(tmp_path)


LOST = {
    **dict.fromkeys((".", ".."), "holds the course"),
    **dict.fromkeys(("docs", "docs/out"), "the folder docs of the course"),
    **dict.fromkeys(("quizzes", "quizzes/deeper/still"), "the folder quizzes of the course"),
}


@pytest.mark.parametrize(("name", "why"), LOST.items())
def test_the_course_is_never_replaced(layout, name, why):
    before = sorted(layout.root.rglob("*"))
    with pytest.raises(Refused, match=f"{why}.*choose another folder"):
        target.proved(layout, layout.root / name)
    assert sorted(layout.root.rglob("*")) == before


def test_a_folder_with_something_else_is_refused_and_kept(layout):
    other = layout.root / "thesis"
    other.mkdir()
    (other / "chapter.txt").write_text("years of work")
    with pytest.raises(Refused, match="did not make"):
        target.proved(layout, other)
    assert (other / "chapter.txt").read_text() == "years of work"


def test_a_new_an_empty_and_an_old_site_may_be_replaced(layout):
    empty, old = layout.root / "empty", layout.root / "old"
    empty.mkdir()
    (old / target.MADE).mkdir(parents=True)
    (old / "index.html").touch()
    for folder in (layout.root / "new", empty, old):
        assert target.proved(layout, folder) == folder.resolve()


def test_where_the_settings_say_a_site_of_another_program_may_lie(layout):
    for name in ("site", "elsewhere"):
        (layout.root / name).mkdir()
        (layout.root / name / "index.html").touch()
    assert target.proved(layout, layout.site)
    with pytest.raises(Refused):
        target.proved(layout, layout.root / "elsewhere")


def test_hidden_files_of_the_old_site_stay(layout):
    old, fresh = layout.root / "site", layout.root / ".site-new"
    (old / ".git").mkdir(parents=True)
    (old / "gone.html").touch()
    fresh.mkdir()
    (fresh / "index.html").touch()
    target.replace(old, fresh)
    assert sorted(path.name for path in old.iterdir()) == [".git", "index.html"]


@pytest.mark.parametrize("address", ["localhost", "8000", "127.0.0.1:", "127.0.0.1:99999"])
def test_an_address_that_is_none_is_told(layout, monkeypatch, address):
    monkeypatch.chdir(layout.root)
    done = CliRunner().invoke(main, ["serve", "--address", address])
    assert (done.exit_code, "is no address" in done.output) == (2, True)
