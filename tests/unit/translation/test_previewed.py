"""A preview in another language: what it shows follows the author's files."""

from __future__ import annotations

import time

import pytest

from viva.base.refused import Refused
from viva.cli import previewed, translate
from viva.course.layout import Layout

SETTINGS = "site_name: Course\ntheme: {name: material, language: en}\nplugins: [viva]\n"
BANK = "title: Heart\nquestions:\n  - id: a\n    type: numeric\n    stem: How many valves?\n    answer: 4\n"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgctxt "a.stem"\nmsgid "How many valves?"\nmsgstr "{}"\n'


@pytest.fixture
def course(tmp_path, monkeypatch):
    for name, text in {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": "# Course\n\nRead this.\n",
        "quizzes/heart.yml": BANK,
        "quizzes/heart.de.po": PO.format("Wie viele Klappen?"),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def until(found, wanted):
    end = time.monotonic() + 20
    while wanted not in found() and time.monotonic() < end:
        time.sleep(0.05)
    return found()


def test_a_preview_without_a_language_is_of_the_course_itself(course):
    where = Layout.of(course)
    with previewed.shown(where, None) as made:
        assert made is where


def test_a_preview_in_a_language_follows_every_save(course):
    with previewed.shown(Layout.of(course), "de") as made:
        bank = made.quizzes / "heart.yml"
        page = made.docs / "index.md"
        assert "Wie viele Klappen?" in bank.read_text("utf-8")
        untouched = page.stat().st_mtime_ns
        (course / "quizzes/heart.de.po").write_text(PO.format("Wie viele sind es?"), "utf-8")
        assert "Wie viele sind es?" in until(lambda: bank.read_text("utf-8"), "Wie viele sind es?")
        assert page.stat().st_mtime_ns == untouched
        root = made.root
    assert not root.exists()


def test_templates_of_a_language_win_over_those_of_the_course(course, tmp_path_factory):
    for name, text in {"overrides/home.html": "Hello", "overrides/x.html": "X", "overrides.de/home.html": "Hallo"}.items():
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_text(text)
    (course / "mkdocs.yml").write_text(SETTINGS.replace("language: en", "language: en, custom_dir: overrides"))
    made = translate.write("de", tmp_path_factory.mktemp("de"))
    assert made.overrides
    said = {path.name: path.read_text() for path in made.overrides.iterdir()}
    assert said == {"home.html": "Hallo", "x.html": "X"}
    assert (course / "overrides/home.html").read_text() == "Hello"


def test_a_page_that_was_removed_goes_and_what_is_the_same_stays_untouched(tmp_path):
    fresh, shown = tmp_path / "fresh", tmp_path / "shown"
    for folder, names in ((fresh, ("docs/same.md", "docs/new.md")), (shown, ("docs/same.md", "docs/removed.md"))):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("# Heart\n", "utf-8")
    untouched = (shown / "docs/same.md").stat().st_mtime_ns
    previewed.renew(fresh, shown)
    assert {path.name for path in (shown / "docs").iterdir()} == {"same.md", "new.md"}
    assert (shown / "docs/same.md").stat().st_mtime_ns == untouched


def test_a_language_without_a_translation_is_refused(course):
    with pytest.raises(Refused, match="viva translate init fr"), previewed.shown(Layout.of(course), "fr"):
        pass
