"""Moodle XML: every answer is marked there as here."""

from __future__ import annotations

import pytest

import exchanging
from clients import moodle
from viva.bank.interactions import Pairs


@pytest.fixture(scope="module")
def made(course):
    data, tally = exchanging.exported(course, "moodle-xml")
    return moodle.questions(data), tally, data


def given(item, answer):
    """An answer as Moodle's student gives it."""
    if isinstance(item.interaction, Pairs):
        options = item.interaction.options
        return [None if place is None else options[place] for place in answer]
    return answer


def test_every_question_is_marked_alike(course, made):
    questions, tally, _ = made
    out = {loss.question for loss in tally.losses if loss.kind == "left out"}
    for name, item in exchanging.asked(course).items():
        assert (name in out) == (item.interaction is None), name
        if name in out:
            continue
        for answer, mark in exchanging.answers(item):
            there = moodle.mark(questions[name], given(item, answer))
            assert there == pytest.approx(mark, abs=1e-4), (name, answer)
