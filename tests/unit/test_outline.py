"""The data of a large course come in parts, from which nothing is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from viva.site import outline


def entry(module: str, name: str, **more: str) -> dict[str, Any]:
    return {"id": name, "module": module, "hash": "0" * 12, "stem": f"What is {name}?", **more}


@pytest.fixture
def course(monkeypatch) -> dict[str, Any]:
    """A course of three modules and a glossary, large for this test."""
    monkeypatch.setattr(outline, "WHOLE", 100)
    monkeypatch.setattr(outline, "PART", 300)
    modules = [
        {"id": f"{n}.md", "title": n, "url": f"{n}.html", "objectives": [{"id": f"aim-{n}", "text": f"tell {n}"}]}
        for n in "abc"
    ]
    questions = [entry(f"{n}.md", f"{n}-{q}") for n in "abc" for q in range(3)]
    questions += [entry("a.md", "case"), entry("a.md", "step-a", case="case"), entry("b.md", "step-b", case="case")]
    cards = [entry("b.md", "fact:b", deck="facts", type="card"), entry("glossary.md", "card:x", deck="terms", type="card")]
    return {"id": "c", "modules": modules, "questions": questions, "cards": cards}


def test_a_small_course_stays_whole(course, monkeypatch):
    monkeypatch.setattr(outline, "WHOLE", 100_000)
    assert outline.parted(course) is None


def test_the_outline_has_ids_and_nothing_else_of_what_is_asked(course):
    made = outline.parted(course)
    assert made
    assert "What is" not in json.dumps(made.outline) and "tell a" not in json.dumps(made.outline)
    a, b, _, glossary = made.outline["places"]
    assert a["questions"] == ["a-0", "a-1", "a-2", "case", ["step-a", "case"]]
    assert b["questions"][-1] == ["step-b", "case"]
    assert b["cards"] == {"facts": ["fact:b"]}
    assert glossary == {"id": "glossary.md", "part": glossary["part"], "cards": {"terms": ["card:x"]}}
    assert made.outline["modules"][0]["objectives"] == ["aim-a"]


def test_the_parts_together_are_the_course_and_no_module_is_torn(course):
    made = outline.parted(course)
    assert made and len(made.parts) > 1
    for kind in ("questions", "cards"):
        found = [one for part in made.parts for one in part[kind]]
        assert sorted(one["id"] for one in found) == sorted(one["id"] for one in course[kind])
    for place in made.outline["places"]:
        part = made.parts[place["part"]]
        there = [one["id"] for one in part["questions"] if one["module"] == place["id"]]
        assert there == [one if isinstance(one, str) else one[0] for one in place.get("questions", [])]
    assert [one["id"] for part in made.parts for one in part["objectives"]] == ["aim-a", "aim-b", "aim-c"]
