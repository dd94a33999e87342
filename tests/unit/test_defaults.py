"""What a course leaves out of mkdocs.yml, and what it may not ask for."""

from __future__ import annotations

import pytest

from viva.base.words import of
from viva.course import settings
from viva.course.clashes import clashes
from viva.engines.defaults import completed, problems


def test_a_name_is_enough():
    full = completed({"site_name": "ECG"})
    assert full["theme"]["name"] == "material"
    assert full["theme"]["font"] is False
    assert len(full["theme"]["palette"]) == 3
    assert full["plugins"] == ["viva"]
    assert full["use_directory_urls"] is False
    assert full["extra_css"] == ["assets/site/theme.css", "assets/site/site.css"]
    assert full["validation"]["anchors"] == "warn"
    assert "/references.bib" in full["exclude_docs"]


def test_what_the_settings_say_wins_key_by_key():
    full = completed(
        {
            "theme": {"name": "material", "favicon": "own.svg", "icon": {"repo": "x"}},
            "extra": {"generator": True, "x": 1},
            "extra_css": ["own.css"],
            "exclude_docs": "drafts/",
            "validation": {"anchors": "info"},
            "markdown_extensions": [{"toc": {"toc_depth": 2}}, {"abbr": {"glossary": "g.md"}}],
            "plugins": ["search", {"viva": {"quizzes": "bank"}}, {"tags": {"enabled": False}}],
        }
    )
    assert full["theme"]["favicon"] == "own.svg"
    assert full["theme"]["icon"] == {"logo": "site/mark", "repo": "x"}
    assert full["extra"]["generator"] is True
    assert full["extra"]["x"] == 1
    assert full["extra_css"] == ["assets/site/theme.css", "assets/site/site.css", "own.css"]
    assert full["exclude_docs"].endswith("\ndrafts/")
    assert full["validation"]["anchors"] == "info"
    assert full["validation"]["absolute_links"] == "warn"
    extensions = {name: options for one in full["markdown_extensions"] if isinstance(one, dict) for name, options in one.items()}
    assert extensions["toc"]["toc_depth"] == 2
    assert extensions["toc"]["permalink"] is True
    assert extensions["abbr"] == {"glossary": "g.md"}
    assert full["plugins"] == [
        {"viva": {"quizzes": "bank"}},
        {"tags": {"enabled": False}},
    ]


def test_twice_completed_is_once_completed():
    once = completed({"site_name": "ECG", "exclude_docs": "drafts/"})
    apart = {"exclude_docs": ""}
    assert {**completed(once), **apart} == {**once, **apart}


@pytest.mark.parametrize("name", ["search", "offline", "material/search"])
def test_what_viva_does_itself_is_no_plugin(name):
    """The theme's search knows one spelling, and needs a polyfill on a disk."""
    assert completed({"plugins": [name, "viva"]})["plugins"] == ["viva"]


def test_words_of_the_contents_are_those_of_the_language_that_has_any():
    """The theme may know a language that viva does not."""

    def toc(language):
        return completed({"theme": {"language": language}})["markdown_extensions"][0]["toc"]

    assert "title" not in toc("xx")
    assert toc("de")["title"] == of("de").say("On this page")
    assert type(toc("de")["title"]) is str


def _read(tmp_path, text: str) -> list[str]:
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    return [str(problem) for problem in problems(settings.load(tmp_path))]


def test_instant_navigation_is_refused_with_its_line(tmp_path):
    found = _read(
        tmp_path,
        "site_name: X\ntheme:\n  name: material\n  features:\n    - navigation.tabs\n    - navigation.instant.prefetch\n",
    )
    assert len(found) == 1
    assert found[0].startswith("mkdocs.yml:6:7: navigation.instant.prefetch cannot be used here")


def test_another_theme_is_refused_with_its_line(tmp_path):
    found = _read(tmp_path, "site_name: X\ntheme:\n  name: readthedocs\n")
    assert [one.partition(" (")[0] for one in found] == ["mkdocs.yml:3:9: theme readthedocs has no place for questions"]
    assert not _read(tmp_path, "site_name: X\ntheme: material\n")


def test_hidden_pages_are_those_of_mkdocs(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: X\nexclude_docs: |\n  drafts/\n  !drafts/kept.md\n  *.py\n", "utf-8")
    read = settings.load(tmp_path)
    hidden = ["evidence/facts.yml", "references.bib", "drafts/a.md", "x/drafts/b.md", "a.py"]
    assert all(map(read.hides, hidden))
    assert not any(map(read.hides, ["modules/evidence/a.md", "index.md"]))


def test_a_page_in_the_place_of_one_of_ours_is_named(make_course):
    course = make_course({"docs/study/progress.md": "# Mine\n"})
    said = [str(problem) for problem in clashes(course, ["study/progress.md", "study/review.md"])]
    assert said == [
        "docs/study/progress.md:1:1: viva makes the page study/progress.md itself, so this one would be lost (rename this file)"
    ]
