"""Out and in again: what a format holds exactly comes back as the same question."""

from __future__ import annotations

import html
import re
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import exchanging
from viva.bank import types
from viva.bank.interactions import Number, Order, Pairs, Pick, Spot
from viva.bank.question import Question
from viva.course import fields
from viva.exchange import composing, export, importing

FORMATS = {
    "moodle-xml": ".xml",
    "gift": ".gift",
    "aiken": ".txt",
    "canvas": ".zip",
    "canvas-new": ".zip",
    "common-cartridge": ".imscc",
    "qti21": ".zip",
    "qti3": ".zip",
    "table": ".xlsx",
}
NAMELESS = {"aiken"}
"""Formats without ids: a question is known by its stem."""


CITED = re.compile(r"\s*(?:\[@notes\]|\(The authors 2026\))")
"""A citation leaves as words."""


def words(text: str, course) -> str:
    """A text as a reader sees it, with what is set apart."""
    made = fields.convert(CITED.sub("", text), fields.whole(course.converter))
    made = made.replace("<i>", "<em>").replace("</i>", "</em>")
    kept = re.sub(r"</?(?!em\b|strong\b|sub\b|sup\b)[a-z][^>]*>", " ", made)
    return " ".join(html.unescape(kept).split())


def seen(value: Any, course) -> Any:
    """An interaction as a reader sees it: texts in HTML, options that are paired by their text."""
    match value:
        case Pairs(options, prompts, theme):
            pairs = [(one.text, options[one.answer], one.why) for one in prompts]
            return seen([theme, sorted(options), pairs], course)
        case Spot(regions, answer):
            return [round(part, 2) for point in regions[answer].points for part in point]
        case Number(tolerance=tolerance) as number:
            return [tolerance, *(answer for answer, _ in number.right)]
        case Order(items):
            return seen(items, course)
        case Pick(text, share, why):
            return [words(text, course), round(share, 3), why and words(why, course)]
        case str():
            return words(value, course)
        case tuple() | list():
            return [seen(one, course) for one in value]
    if is_dataclass(value):
        return [seen(getattr(value, one.name), course) for one in dataclass_fields(value)]
    return value


def told(question: Question, course) -> list[Any]:
    """All that is asked and said, as far as every format carries it."""
    return [words(question.stem, course), seen(types.interaction(question), course)]


def back(course, name: str, tmp_path: Path, ending: str) -> dict[str, Question]:
    """The questions of the course after a format has carried them, by their ids."""
    data, _ = exchanging.exported(course, name)
    path = tmp_path / f"kinds{ending}"
    path.write_bytes(data)
    desk = importing.desk_for(course, "kinds", lambda: None)
    _, read = importing.read(path, None, desk)
    made, _ = composing._made(read, "kinds", replace(course, cards={}), _ids(read, course))
    return {one.id: types.MODELS[one.data["type"]].model_validate(one.data) for one in made}


def _ids(read, course) -> dict[int, str]:
    ids = (composing.own_id(one, course) if hasattr(one, "source") else "" for one in read.entries)
    return {number: name for number, name in enumerate(ids) if name}


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_format_holds_exactly_comes_back(name, course, tmp_path):
    _, tally = exchanging.exported(course, name)
    lost = {loss.question for loss in tally.losses}
    steps = {step.id for bank in course.banks for q in bank.questions for step in types.steps(q)}
    kept = {key: item.question for key, item in exchanging.asked(course).items()}
    exact = {key: q for key, q in kept.items() if key not in lost | steps}
    if name not in NAMELESS:
        assert exact, "something survives"
    found = back(course, name, tmp_path, FORMATS[name])
    if name in NAMELESS:
        found = {
            key: q
            for key, mine in exact.items()
            for q in found.values()
            if told(q, course)[0] == told(mine, course)[0]
        }
    if name == "common-cartridge":
        exact = {key: without_whys(q) for key, q in exact.items() if key in found}
        found = {key: without_whys(q) for key, q in found.items()}
    assert set(exact) - set(found) == set()
    different = {
        key: (told(question, course), told(found[key], course))
        for key, question in exact.items()
        if told(question, course) != told(found[key], course)
    }
    assert different == {}


def without_whys(question: Question) -> Question:
    """A cartridge says what is right in the general feedback, and asks each part apart."""
    if not hasattr(question, "options"):
        return question
    options = tuple(one.model_copy(update={"why": None}) for one in question.options)
    return question.model_copy(update={"options": options})


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_our_table_keeps_citations_of_the_course(ending, course, tmp_path):
    data, _ = exchanging.exported(course, "table", ending=ending)
    path = tmp_path / f"kinds{ending}"
    path.write_bytes(data)
    _, read = importing.read(path, None, importing.desk_for(course, "kinds", lambda: None))
    (one,) = [found for found in read.entries if found.source == "one"]
    assert one.interaction.options[1].why == "It shows the road [@notes]."


def test_every_format_that_comes_in_is_here():
    ways_in = {"moodle-xml", "gift", "aiken", "table"}
    assert ways_in <= set(export.names()) and ways_in <= set(importing.names())
