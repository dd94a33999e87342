"""A large course is searched in parts: words say where they stand, places have their sections."""

from __future__ import annotations

import pytest

from viva.site import folded, lookup
from viva.site.lookup import Place
from viva.site.search import Entry, Section

SHORT = {"IFS": "ischiofemoral space"}


def numbers(runs: str) -> list[int]:
    found: list[int] = []
    for run in runs.split():
        first, _, last = run.partition("-")
        found += range(int(first, 36), int(last or first, 36) + 1)
    return found


@pytest.mark.parametrize("wanted", [[], [0], [0, 1, 2, 5], [35, 36, 37, 1300, 1302, 1303]])
def test_runs_of_numbers_are_read_as_they_were_written(wanted):
    assert numbers(lookup.runs(wanted)) == wanted


@pytest.fixture
def made(monkeypatch) -> dict[str, dict]:
    monkeypatch.setattr(lookup, "SHARE", 60)
    module = Entry("module", "a.html", "Oedema", (Section("", "", "Veins & lungs"), Section("x", "The X-ray", "Lungs")))
    check = Entry("check", "c.html", "Oedema: self-check", (Section("q", "Which vein?", ""),))
    page = Entry("page", "b.html", "About", (Section("", "", "The IFS and the lungs </script>"),))
    places = [Place("a", (module, check)), Place("b", (page,))]
    return dict(lookup.files(places, SHORT))


def test_words_say_in_which_headings_and_texts_they_stand(made):
    words = {word: runs for path, data in made.items() if "/words/" in path for word, runs in data.items()}
    assert words[folded.folded("edema")] == ["0", ""]  # British and American are one word
    assert words[folded.folded("lungs")] == ["", "0-1"]
    assert words["xray"] == ["0", ""]
    assert words["vein"] == ["", "0"]  # a stem is no heading
    assert words[folded.folded("space")] == ["", "1"]  # what an abbreviation stands for


def test_the_first_file_knows_the_places_and_where_words_are_divided(made):
    told = made[""]
    assert told["places"] == [["a", "check", "module"], ["b", "page"]]
    shares = [data for path, data in made.items() if "/words/" in path]
    assert len(shares) > 1
    assert told["words"] == [next(iter(share)) for share in shares] == sorted(told["words"])
    assert [page["url"] for page in made[lookup.place_file("a")]["pages"]] == ["a.html", "c.html"]


def test_no_text_ends_the_script():
    assert "</script>" not in lookup.script("window.x", {"text": "</script>"})
