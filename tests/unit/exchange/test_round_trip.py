"""What leaves for a format and comes back is the same question, for all that the format has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html import unescape
from typing import Any

import pytest

import exchanging
import hostility
from viva.bank import types
from viva.bank.interactions import Pairs, Spot
from viva.course import courses
from viva.course.layout import Layout
from viva.exchange import export, importing
from viva.exchange.html import Html

BOTH = [name for name in exchanging.ROWS[0] if name not in ("anki", "aiken")]


def signs(name: str) -> dict[str, str]:
    """What becomes of each question in a format."""
    column = exchanging.ROWS[0].index(name) + 1
    return {row[0]: row[column] for row in exchanging.ROWS[1:]}


# What a format says in other words, or has no place for; the rest is the same question.
OTHERWISE = {
    "canvas": {"match-one": "one prompt to match is a choice there"},
    "common-cartridge": {
        "one": "what is said of the right answer stands in the general feedback",
        "walk-first": "the same",
        "judge-one": "one statement is a choice there, or its why is said at the end",
        "match-one": "one prompt to match is a choice there",
    },
    "table": {
        "one": "citations of a table are text: it may be anybody's",
        "gaps-typed": "the same",
        "words": "tags among words to type are taken away",
    },
}
SKIPPED = {"units", "shown", "slack", "theme", "label"}
"""What a format makes of itself, or has no place for."""


def canonical(value: Any, html: Html) -> Any:
    """A way of answering with its texts as they are shown, and its numbers as they are compared."""
    if isinstance(value, Pairs):
        pairs = [(one.text, value.options[one.answer], one.why) for one in value.prompts]
        return [canonical(one, html) for one in pairs], {shown(one, html) for one in value.options}
    if isinstance(value, Spot):
        return canonical(value.regions[value.answer], html)
    if is_dataclass(value):
        named = {one.name: getattr(value, one.name) for one in fields(value)}
        return type(value).__name__, {
            name: canonical(one, html) for name, one in named.items() if name not in SKIPPED
        }
    if isinstance(value, str):
        return shown(value, html)
    if isinstance(value, tuple):
        return [canonical(one, html) for one in value]
    return round(value, 2) if isinstance(value, float) else value


def shown(text: str, html: Html) -> str:
    """As a reader sees it."""
    return re.sub(r"\s+", " ", unescape(html.told(text))).strip()


def differences(ours: Any, theirs: Any) -> Iterator[str]:
    """Where two of them differ, leaf by leaf."""
    if type(ours) is type(theirs) and isinstance(ours, (list, tuple)) and len(ours) == len(theirs):
        for one, other in zip(ours, theirs, strict=True):
            yield from differences(one, other)
    elif isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        for name, one in ours.items():
            yield from differences(one, theirs[name])
    elif ours != theirs:
        yield f"{ours!r} became {theirs!r}"


def compared(course, name, tmp_path, said=()) -> list[str]:
    """What is not the same when the exact questions of a format have left and come back: what is
    answered, and these fields of the question."""
    exporter = export.named(name)
    data, tally = exchanging.exported(course, name)
    exchanging.make(tmp_path, {"other": "title: Other\nquestions: []\n"})
    (tmp_path / "quizzes/other.yml").unlink()
    there = courses.load(Layout.of(tmp_path))
    file = tmp_path / f"back{exporter.ENDING}"
    file.write_bytes(data)
    plan = importing.plan(file, there, "back", None, lambda: None)
    importing.write(plan)
    back = courses.load(Layout.of(tmp_path))
    assert not [one for one in back.problems if one.severity == "error"], back.problems
    found = {
        one.id.removeprefix("reading-a-map-"): one for bank in back.banks for one in bank.questions
    }
    html = Html(course, lambda name: name)
    wrong = []
    lost = {loss.question for loss in tally.losses} if said else ()
    for key, sign in signs(name).items():
        if sign != "✓" or key in lost or key in OTHERWISE.get(name, ()):
            continue
        if key not in found:
            told = [str(one) for one in plan.report.findings if key in str(one)]
            wrong.append(f"{key} is not there: {told}")
            continue
        ours, theirs = exchanging.asked(course)[key], types.interaction(found[key])
        diffs = list(differences(canonical(ours.interaction, html), canonical(theirs, html)))
        for field in said:
            one, other = (getattr(q, field) for q in (ours.question, found[key]))
            if isinstance(one, str):
                one, other = shown(one, html), shown(other or "", html)
            if field == "stem":  # a theme, and the story of a case, stand before it
                other = other[-len(one) :]
            diffs += differences(one, other)
        wrong += [f"{key}: {diff}" for diff in diffs]
    return wrong


@pytest.mark.parametrize("name", BOTH)
def test_exact_questions_come_back(course, name, tmp_path):
    assert not compared(course, name, tmp_path)


@pytest.fixture(scope="module")
def enemy(tmp_path_factory) -> Any:
    """The course of every kind with hostile texts, an explanation and a hint everywhere."""
    made = exchanging.make(tmp_path_factory.mktemp("enemy"), {"kinds": hostility.bank()})
    assert not [one for one in made.problems if one.severity == "error"], made.problems
    return made


TOLD = ("stem", "explanation")
SAID = dict.fromkeys(BOTH, (*TOLD, "tags", "level")) | {
    "canvas": TOLD,
    "canvas-new": TOLD,
    "common-cartridge": ("stem",),
}
"""What comes back besides what is answered. Canvas has no tags, and a cartridge one text for all."""


@pytest.mark.parametrize("name", BOTH)
def test_hostile_texts_come_back_as_they_were(enemy, name, tmp_path):
    assert not compared(enemy, name, tmp_path, SAID[name])
