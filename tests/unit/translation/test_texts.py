"""Everything that students read is a text, and nothing else is."""

from __future__ import annotations

import pytest

from viva.bank import types
from viva.base.reader import parse
from viva.scaffold import questions as scaffold
from viva.translation import texts

NAMES = {"id", "type", "src", "objective", "references", "read", "tags"}


def of(kind: str) -> dict[str, str]:
    """The texts of a type's example, by their names."""
    text = f"title: T\nquestions:\n{scaffold.example(kind, 'one')}"
    return {one.name: one.said for one in texts.of_bank(parse(text, "b.yml"))}


@pytest.mark.parametrize("kind", sorted(types.TYPES))
def test_every_type_has_texts_and_no_name_is_one(kind):
    found = of(kind)
    assert f"one.{'vignette' if kind == 'case' else 'stem'}" in found
    assert not [name for name in found if name.rpartition(".")[2] in NAMES]


def test_every_text_of_a_question_has_its_place():
    assert {"one.options.1.text", "one.options.1.why"} <= of("single").keys()
    assert "one.steps.1.stem" in of("case")
    assert {"one.accept.1", "one.reject.1", "one.answer"} <= of("short-answer").keys()
    assert "one.figure.alt" in of("hotspot")
    assert not [name for name in of("hotspot") if name.endswith("answer")]


def test_an_answer_that_repeats_an_option_is_translated_with_it():
    assert not [name for name in of("matching") if name.endswith(".answer")]


def test_a_page_has_its_front_matter_and_its_sections(make_course):
    course = make_course()
    found = {one.name: one.said for one in texts.of_page(course.pages["modules/knee.md"])}
    assert found["title"] == "Knee"
    assert found["objectives.knee-1.text"] == "name the bones"
    assert found["#the-two-menisci"] == "Text [@smith2001]."
