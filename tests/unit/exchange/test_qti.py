"""QTI 3 and 2.1: a player that knows the rules and nothing of us gives the same marks."""

from __future__ import annotations

import pytest

import exchanging
from clients import qti


@pytest.mark.parametrize("version", ["qti3", "qti21"])
def test_every_question_is_marked_alike(course, version):
    data, tally = exchanging.exported(course, version)
    items = qti.items(data)
    out = {loss.question for loss in tally.losses if loss.kind == "left out"}
    for name, item in exchanging.asked(course).items():
        assert (name in out) == (item.interaction is None), name
        if name in out:
            continue
        there = items[f"reading-a-map-{name}"]
        for answer, mark in exchanging.answers(item):
            given = qti.responses(there, item.interaction, answer)
            assert there.mark(given) == pytest.approx(mark, abs=1e-9), (name, answer)
