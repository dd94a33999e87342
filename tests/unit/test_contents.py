"""The navigation of a course that gives none."""

from __future__ import annotations

from viva.base.words import of
from viva.course import contents


def test_modules_come_first_and_what_viva_makes_comes_last():
    pages = {
        "index.md",
        "cases/one.md",
        "modules/10-late.md",
        "modules/2-early.md",
        "plan.md",
        "self-checks/index.md",
        "self-checks/early.md",
        "study/progress.md",
        "study/review.md",
        "study/practice.md",
        "glossary.md",
        "assignments/index.md",
        "assignments/week-1.md",
        "about.md",
        "offline.md",
    }
    assert contents.navigation(pages, {"modules/2-early.md", "modules/10-late.md"}) == [
        {"Home": "index.md"},
        {"Modules": ["modules/2-early.md", "modules/10-late.md"]},
        "plan.md",
        {"Cases": ["cases/one.md"]},
        {"Self-checks": "self-checks/index.md"},
        {"Study": ["study/progress.md", "study/review.md", "study/practice.md"]},
        {"Reference": ["glossary.md"]},
        {"About": ["about.md", "offline.md"]},
        {"For teachers": ["assignments/index.md"]},
    ]


def test_the_folders_of_every_course_are_named_in_its_language():
    pages = {"modules/one.md", "modules/cases/two.md", "cases/three.md", "plans/four.md"}
    assert contents.navigation(pages, {"modules/one.md"}, of("de")) == [
        {"Module": ["modules/one.md", {"Cases": ["modules/cases/two.md"]}]},
        {"Fälle": ["cases/three.md"]},
        {"Plans": ["plans/four.md"]},
    ]


def test_nothing_is_listed_that_a_course_does_not_have():
    assert contents.navigation({"index.md"}) == [{"Home": "index.md"}]
    assert contents.navigation({"one.md"}) == ["one.md"]


def test_folders_in_folders_are_sections_in_sections():
    pages = {"part/index.md", "part/b.md", "part/deep-end/a.md", "faculty/index.md", "faculty/x/y.md"}
    assert contents.navigation(pages) == [
        {"Part": ["part/index.md", "part/b.md", {"Deep end": ["part/deep-end/a.md"]}]},
        {"For teachers": ["faculty/index.md", {"X": ["faculty/x/y.md"]}]},
    ]


def test_the_theme_leads_only_to_pages_that_are_there():
    assert contents.landmarks({"index.md", "about.md"}) == {"home": "index.md", "about": "about.md"}
