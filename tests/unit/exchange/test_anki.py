"""Anki: notes keep their identity and have the time at which their bank changed."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import zipfile
from pathlib import Path

import pytest

import exchanging

ONE = """\
title: "{title}"
questions:
  - id: {name}
    type: single
    stem: {stem}
    options: [{{text: Yes, correct: true}}, {{text: No}}]
"""


def notes(data: bytes) -> dict[str, dict]:
    """The notes of a package by their first field."""
    known = sqlite3.connect(":memory:")
    known.deserialize(zipfile.ZipFile(io.BytesIO(data)).read("collection.anki2"))
    rows = known.execute("select guid, mid, mod, tags, flds from notes").fetchall()
    found = {}
    for guid, model, time, tags, fields in rows:
        name, front, back, source = fields.split("\x1f")
        found[name] = {"guid": guid, "model": model, "time": time, "tags": tags.split(), "front": front}
        found[name] |= {"back": back, "source": source}
    return found


def decks(data: bytes) -> set[str]:
    known = sqlite3.connect(":memory:")
    known.deserialize(zipfile.ZipFile(io.BytesIO(data)).read("collection.anki2"))
    (text,) = known.execute("select decks from col").fetchone()
    return {one["name"] for one in json.loads(text).values()} - {"Default"}


def git(folder: Path, *words: str, when: int = 0) -> None:
    date = {"GIT_AUTHOR_DATE": f"{when} +0000", "GIT_COMMITTER_DATE": f"{when} +0000"}
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True, env=os.environ | date)


@pytest.fixture
def course(tmp_path):
    """Two banks, committed at different times."""
    banks = {
        "first": ONE.format(title="First: a", name="one", stem="Is it so?"),
        "second": ONE.format(title="Second :: b", name="two", stem="And so?"),
    }
    made = exchanging.make(tmp_path, banks)
    git(tmp_path, "init", "-q")
    for when, name in ((1_700_000_000, "first"), (1_710_000_000, "second")):
        git(tmp_path, "add", f"quizzes/{name}.yml")
        git(tmp_path, "commit", "-q", "-m", name, when=when)
    return made


def test_a_note_has_the_time_of_its_banks_last_commit(course):
    found = notes(exchanging.exported(course, "anki")[0])
    assert found["one"]["time"] == 1_700_000_000
    assert found["two"]["time"] == 1_710_000_000


def test_an_edit_is_newer_and_the_same_note(course, tmp_path):
    before = notes(exchanging.exported(course, "anki")[0])
    bank = tmp_path / "quizzes/first.yml"
    bank.write_text(bank.read_text("utf-8").replace("Is it so?", "Is it really so?"), "utf-8")
    after = notes(exchanging.exported(exchanging.read(tmp_path), "anki")[0])
    assert after["one"]["front"] != before["one"]["front"]
    assert after["one"]["guid"] == before["one"]["guid"]
    assert after["one"]["model"] == before["one"]["model"]
    assert after["one"]["time"] > before["one"]["time"]
    assert after["two"] == before["two"]


def test_without_git_it_is_the_files_time(tmp_path):
    made = exchanging.make(tmp_path, {"first": ONE.format(title="A", name="one", stem="Is it so?")})
    os.utime(tmp_path / "quizzes/first.yml", (1_600_000_000, 1_600_000_000))
    assert notes(exchanging.exported(made, "anki")[0])["one"]["time"] == 1_600_000_000


def test_a_deck_for_each_bank_below_that_of_the_course(course):
    found = decks(exchanging.exported(course, "anki")[0])
    assert found == {"Reading a map::First: a", "Reading a map::Second : b"}


def test_the_front_asks_and_the_back_tells(whole):
    found = notes(whole)
    assert "<strong>B.</strong>" in found["one"]["front"]
    assert "It shows the road" not in found["one"]["front"]
    assert "It shows the road (The authors 2026)." in found["one"]["back"]
    assert "See the <em>legend</em>" in found["one"]["source"]
    assert found["one"]["tags"] == ["viva::kinds", "F-001", "objective::walk-1", "level::remember"]
    assert found["judge-2"]["back"].startswith("<p><strong>False</strong></p>")
    assert "Brown &amp; &lt; co" in found["match-2"]["back"]
    assert "____ (up ~ # }, down)" in found["gaps-chosen"]["front"]
    assert "A walker comes &amp; goes." in found["walk-then"]["front"]
    assert "caliper" not in found


def test_pictures_go_along_and_the_front_has_no_outline(whole):
    package = zipfile.ZipFile(io.BytesIO(whole))
    media = json.loads(package.read("media"))
    assert set(media) == {name for name in package.namelist() if name.isdecimal()}
    found = notes(whole)["spot"]
    assert 'src="plan-unlabelled.png"' in found["front"]
    assert "places" not in found["front"]
    assert 'src="plan-unlabelled-places.png"' in found["back"]
    assert set(media.values()) == {"plan-unlabelled.png", "plan-unlabelled-places.png"}


@pytest.fixture
def whole(tmp_path_factory):
    """The package of every kind."""
    made = exchanging.make(tmp_path_factory.mktemp("kinds"))
    return exchanging.exported(made, "anki")[0]
