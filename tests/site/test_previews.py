"""A preview after a save is what a preview that has just been started would show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import building
from previewing import Preview

Change = Callable[[Path], None]


def replaced(name: str, old: str, new: str) -> Change:
    """An edit that writes other words."""

    def change(course: Path) -> None:
        text = (course / name).read_text("utf-8")
        assert old in text, name
        (course / name).write_text(text.replace(old, new, 1), "utf-8")

    return change


def added(name: str, text: str) -> Change:
    """An edit at the end of a file, or a new file."""

    def change(course: Path) -> None:
        path = course / name
        path.write_text((path.read_text("utf-8") if path.is_file() else "") + text, "utf-8")

    return change


def both(*changes: Change) -> Change:
    """Several files saved at once."""

    def change(course: Path) -> None:
        for one in changes:
            one(course)

    return change


SCALE, RELIEF = "docs/modules/scale.md", "docs/modules/relief.md"
SUMMARY, SUMMED = "docs/summary.md", "The course on one page"
BANK = "quizzes/scale.yml"
QUESTION = """
  - id: scale-another
    type: single
    objective: scale-2
    level: apply
    stem: How long is 1 km at 1:20,000?
    options:
      - {text: 5 cm, correct: true, why: 1 cm is 200 m.}
      - {text: 2 cm, why: That is half of it.}
"""
EDITS: dict[str, tuple[Change, bool]] = {
    "the text of a page": (replaced(SCALE, "made smaller by", "made much smaller by"), True),
    "much text, which takes longer to read": (added(RELIEF, "\n\n" + "More words. " * 400), True),
    "a heading that is new": (added(RELIEF, "\n\n## At the end\n\nIt ends.\n"), True),
    "a description": (replaced(SCALE, "description: What", "description: All that"), True),
    "a question on two pages and in an assignment": (
        replaced(BANK, "What does one centimetre on", "What does a centimetre on"), True),
    "its key": (replaced(BANK, "- text: 25 m on the ground", "- text: 25 metres on the ground"), True),
    "a question that an assignment may draw": (added(BANK, QUESTION), True),
    "a page and a bank together": (
        both(replaced(SCALE, "much smaller", "smaller"), replaced(BANK, "a centimetre", "one cm")), True),
    "a formula where there was one": (replaced(BANK, "for drivers", "for those who drive"), True),
    "the words of a heading that questions lead to": (
        replaced(SCALE, "## A ratio\n", "## A ratio of two { #a-ratio }\n"), True),
    "a title": (replaced(SCALE, "title: Scale", "title: The scale"), False),
    "a title that is the heading’s": (replaced(SUMMARY, f"title: {SUMMED}\n", ""), False),
    "a heading that is no title any more": (replaced(SUMMARY, f"\n# {SUMMED}", f"\n## {SUMMED}"), False),
    "an objective": (replaced(SCALE, "text: say what", "text: explain what"), False),
    "a bank’s title": (replaced(BANK, "title: Scale", "title: Scales"), False),
    "a heading that is gone": (replaced(RELIEF, "\n\n## At the end\n\nIt ends.\n", "\n"), False),
    "a term of the glossary": (replaced("docs/glossary.md", "The angle to", "An angle to"), False),
    "the glossary’s opening": (replaced("docs/glossary.md", "# Glossary\n", "# Glossary\n\nWords.\n"), True),
    "a reference": (replaced("docs/references.bib", "its legend", "a legend"), False),
    "an assignment": (replaced("quizzes/assignments/week-1.yml", "Work alone", "Work by yourself"), False),
    "a new page": (added("docs/modules/extra.md", "---\ndescription: D.\n---\n# Extra\n\nA contour.\n"), False),
    "a page that is gone": (lambda course: (course / "docs/modules/extra.md").unlink(), False),
    "a mistake": (replaced(BANK, "type: single", "type: singel"), False),
    "no mistake any more": (replaced(BANK, "type: singel", "type: single"), False),
    "and again the text of a page": (replaced(SCALE, "made smaller by", "made far smaller by"), True),
}  # fmt: skip


QUICK = [change for change, is_quick in EDITS.values() if is_quick][:-1]
FAR = ("a title", "a title that is the heading’s", "a heading that is no title any more", "a term of the glossary", "a reference", "a new page", "a page that is gone")


def wrong(living: Preview, fresh: Preview) -> list[str]:
    """The files in which a preview differs from one that is made anew."""
    fresh.rebuild()
    shown, right = living.files(), fresh.files()
    return [path for path in {**shown, **right} if shown.get(path) != right.get(path)]


@pytest.fixture
def previews(tmp_path: Path) -> tuple[Preview, Preview]:
    """Two previews of the neutral course: one that lives on, one that always begins anew."""
    folders = (tmp_path / name for name in ("one", "other"))
    one, other = (Preview(building.copied(building.NEUTRAL, folder)) for folder in folders)
    return one, other


def test_edits_of_text_are_made_alone_and_as_if_all_were_built_anew(previews):
    living, fresh = previews
    for change in QUICK:
        assert living.edit(change)
        change(fresh.course)
    assert not wrong(living, fresh)
    for name in FAR:
        change, _ = EDITS[name]
        assert not living.edit(change), name
        change(fresh.course)
    assert not wrong(living, fresh)
    before = {path: (living.site / path).stat().st_mtime_ns for path in living.files()}
    assert living.edit(added("docs/about.md", "\n\nOne more word.\n"))
    written = {one for one, time in before.items() if (living.site / one).stat().st_mtime_ns != time}
    assert written == {"about.html", "assets/viva/search-data.js"}
    assert "One more word." in (living.site / "about.html").read_text("utf-8")


@pytest.mark.long
def test_after_every_single_edit_the_site_is_as_if_it_were_built_anew(previews):
    living, fresh = previews
    for name, (change, is_quick) in EDITS.items():
        assert living.edit(change) is is_quick, name
        change(fresh.course)
        assert not wrong(living, fresh), name
