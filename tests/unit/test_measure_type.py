"""Measurements in figures: what is refused, and how they are said."""

from __future__ import annotations

import pytest

from golden import question
from viva.bank import types
from viva.bank.types.measure import Measure


def changed(**changes) -> list[types.Fault]:
    data = question("measure/gap").model_dump(mode="json") | changes
    return list(types.check(Measure.model_validate(data)))


def test_a_right_line_of_another_length_is_a_fault():
    assert changed(answer=41) == []
    [(place, code, message)] = changed(answer=45.5)
    assert (place, code) == (("right",), "KY301")
    assert message == (
        "the line in right is 40.0 mm long, and the answer is 45.5\u00a0mm"
        " (correct one of them, or millimetres)"
    )


def test_a_right_end_off_its_border_is_a_fault():
    [(place, _, message)] = changed(right=[[0.3, 0.8], [0.7, 0.7]])
    assert place == ("right", 0)
    assert message == (
        "this end lies 6.0 mm from the right border of the left shape (move it there, or the border)"
    )


def test_the_right_ends_stand_in_the_order_of_the_borders():
    assert [place for place, *_ in changed(right=[[0.7, 0.5], [0.3, 0.5]])] == [
        ("right", 0),
        ("right", 1),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"millimetres": [100]},
        {"millimetres": [100, 0]},
        {"within": 0},
        {"tolerance": -1},
        {"answer": 0},
        {"right": [[0.3, 0.5]]},
        {"right": [[0.3, 0.5], [0.7, 1.5]]},
        {"ends": [{"label": "One", "points": [[0.3, 0.3], [0.3, 0.7]]}]},
        {"ends": [{"label": "One", "points": [[0.3, 0.3]]}] * 2},
        {"figure": None},
    ],
)
def test_a_model_that_cannot_be_measured_is_refused(changes):
    with pytest.raises(ValueError):
        changed(**changes)


def test_an_answer_in_words_and_on_paper():
    one = question("measure/gap")
    assert types.words(one, [[0.3, 0.5], [0.71, 0.5]]) == "41.0\u00a0mm"
    printed = types.printed(one, ())
    note = "The figure is 100 mm wide and 60 mm high in life: measure it with a ruler."
    assert printed.notes == ((note, ""),)
    assert printed.answer.startswith("40\u00a0mm (from 39 to 41\u00a0mm), between the right border")
