"""GIFT: every answer is marked by Moodle's reading of it as here; statements one by one."""

from __future__ import annotations

import pytest

import exchanging
from clients import gift
from viva.bank.interactions import Judgement, Pairs


def test_every_question_is_marked_alike(course):
    data, tally = exchanging.exported(course, "gift")
    there = gift.questions(data)
    out = {loss.question for loss in tally.losses if loss.kind == "left out"}
    for name, item in exchanging.asked(course).items():
        if name in out:
            assert name not in there
            continue
        if isinstance(item.interaction, Judgement) and name not in there:
            for number, one in enumerate(item.interaction.statements, 1):
                for value in (True, False):
                    found = gift.mark(there[f"{name}-{number}"], [value])
                    assert found == (value is one.answer)
            continue
        for answer, mark in exchanging.answers(item):
            given = answer
            if isinstance(item.interaction, Pairs):
                options = item.interaction.options
                given = [None if place is None else options[place] for place in answer]
            found = gift.mark(there[name], given)
            assert found == pytest.approx(mark, abs=1e-4), (name, answer)


def test_what_is_typed_ends_nothing(course):
    data, _ = exchanging.exported(course, "gift")
    texts = [text for text, _ in gift.options(gift.questions(data)["one"])]
    assert texts[1] == 'The new {x} ~ = # "one" \\ ]]&gt; end'
