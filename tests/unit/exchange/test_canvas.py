"""Canvas: every answer is marked there as here, by its own rules."""

from __future__ import annotations

import pytest

import exchanging
from clients import canvas
from viva.bank.interactions import Gaps, Panel, Spot, Words


def given(item, answer):
    """An answer as Canvas’s student gives it."""
    if isinstance(item.interaction, Spot):
        return next(
            place
            for place, region in enumerate(item.interaction.regions)
            if exchanging.inside(list(region.points), *answer)
        )
    if isinstance(item.interaction, Gaps) and any(
        isinstance(gap.filled, Words) for gap in item.interaction.gaps
    ):
        gaps = zip(item.interaction.gaps, answer, strict=True)
        return [gap.filled.options[one].text if isinstance(one, int) else one for gap, one in gaps]
    return answer


@pytest.mark.parametrize("version", ["canvas", "canvas-new"])
def test_every_question_is_marked_alike(course, version):
    data, tally = exchanging.exported(course, version)
    items = canvas.items(data)
    out = {loss.question for loss in tally.losses if loss.kind == "left out"}
    asked = exchanging.asked(course)
    assert set(items) == {f"reading-a-map-{name}" for name in asked if name not in out}
    for name, item in asked.items():
        if name in out:
            continue
        there = items[f"reading-a-map-{name}"]
        mark_there = canvas.points if isinstance(item.interaction, Panel) else canvas.mark
        for answer, mark in exchanging.answers(item):
            if answer == (0.01, 0.99):
                continue  # a point outside every place cannot be chosen from a list
            found = mark_there(there, given(item, answer))
            assert found == pytest.approx(mark, abs=1e-4), (name, answer)
