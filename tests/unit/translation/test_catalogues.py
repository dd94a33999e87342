"""What a translator wrote is never lost, and never taken for what it is not."""

from __future__ import annotations

import pytest

from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.translation import catalogues
from viva.translation.texts import Text

EAST = Text("direction-east.stem", "What is due east?")
WEST = Text("direction-east.options.1.text", "West")
NEXT = Text("#bearings", "A bearing is an angle from north, counted clockwise.")


def translated(tmp_path, texts, said):
    """The texts written to a file, translated, and read again."""
    made = catalogues.updated(catalogues.read(tmp_path / "x", "x", "de"), texts, "de")
    for one in made:
        if one.id:
            one.string = said[one.id]
    path = tmp_path / "bank.de.po"
    path.write_text(catalogues.written(made), "utf-8")
    return catalogues.read(path, "bank.de.po", "de")


@pytest.fixture
def known(tmp_path):
    return translated(
        tmp_path, [EAST, NEXT], {EAST.said: "Was ist im Osten?", NEXT.said: "Ein Winkel."}
    )


def test_a_text_has_the_translation_that_was_made_for_it(known):
    assert catalogues.translated(known, EAST) == "Was ist im Osten?"
    assert catalogues.translated(known, Text("other.stem", EAST.said)) is None
    assert catalogues.translated(known, WEST) is None


def test_an_edited_text_keeps_the_old_translation_and_waits(known):
    edited = Text(EAST.name, "What is due west?")
    assert catalogues.translated(known, edited) is None
    assert catalogues.is_stale(known, edited)
    now = catalogues.updated(known, [edited, NEXT], "de")
    assert catalogues.translated(now, edited) is None
    assert catalogues.is_stale(now, edited)
    text = catalogues.written(now)
    assert '#, fuzzy\n#| msgctxt "' not in text
    assert '#| msgid "What is due east?"' in text
    assert 'msgstr "Was ist im Osten?"' in text


def test_a_section_gives_no_translation_to_a_text_of_another_kind(known):
    other = Text(NEXT.name, "Keep iron away from the compass.")
    now = catalogues.updated(known, [other], "de")
    assert not now.get(other.said, context=other.name).string
    assert "Ein Winkel." in catalogues.written(now)


def test_a_text_that_moved_takes_its_translation_along(known):
    moved = Text("direction-east.options.3.why", EAST.said)
    assert catalogues.translated(catalogues.updated(known, [moved], "de"), moved)


def test_what_is_gone_stays_at_the_end_and_comes_back(known):
    gone = catalogues.updated(known, [NEXT], "de")
    assert '#~ msgstr "Was ist im Osten?"' in catalogues.written(gone)
    back = catalogues.updated(gone, [EAST, NEXT], "de")
    assert catalogues.translated(back, EAST) == "Was ist im Osten?"


def test_the_same_texts_make_the_same_file(known):
    once = catalogues.written(catalogues.updated(known, [EAST, NEXT], "de"))
    assert catalogues.written(catalogues.updated(known, [EAST, NEXT], "de")) == once


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'msgid "a"\nmsgstr b\n', "bank.de.po:2:1: 'msgstr b' is no line"),
        (b'msgid "a\nmsgstr "b"\n', "bank.de.po:1:1: "),
        (b'msgid "a"\nmsgstr "say "b""\n', "bank.de.po:2:1: "),
        (b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "bank.de.po:5:1: this text stands in line 2"),
        (b'msgstr "b"\nmsgstr "c"\nmsgid\n', "bank.de.po:"),
        (b'msgid "\xe4"\n', "save it as UTF-8"),
    ],
)
def test_a_damaged_file_is_one_problem(tmp_path, content, said):
    path = tmp_path / "bank.de.po"
    path.write_bytes(content)
    found = catalogues.read(path, "bank.de.po", "de")
    assert isinstance(found, Problem)
    assert said in str(found)


def test_what_is_no_language_is_refused():
    with pytest.raises(Refused, match="klingon is no language"):
        catalogues.locale("klingon")


@pytest.mark.parametrize("language", ["../x", "de@../x", "de/x", ""])
def test_a_path_is_no_language(language):
    with pytest.raises(Refused, match="is no language"):
        catalogues.locale(language)
