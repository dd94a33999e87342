"""Stacks of pictures: what is refused, and how they are said."""

from __future__ import annotations

import pytest

from golden import question
from viva.bank import types
from viva.bank.types.stack import Stack


def changed(**changes) -> list[types.Fault]:
    data = question("stack/rings").model_dump(mode="json") | changes
    return list(types.check(Stack.model_validate(data)))


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"answer": 6}, "answer", "there is no picture 6 (write a number from 1 to 5)"),
        ({"tolerance": 3}, "tolerance", "every picture is within the tolerance (write a smaller one)"),
        ({"columns": 6}, "columns", "there are only 5 pictures (write how many of them stand in a row)"),
    ],
)
def test_a_stack_that_cannot_be_asked_is_a_fault(changes, place, message):
    assert changed(**changes) == [((place,), "KY301", message)]


def test_a_tolerance_may_leave_one_picture_wrong():
    assert changed(tolerance=2) == []


@pytest.mark.parametrize(
    "changes",
    [{"figure": None}, {"columns": 0}, {"pictures": ["One"]}, {"answer": 0}, {"answer": 2.5}, {"tolerance": -1}],
)
def test_a_model_that_is_no_stack_is_refused(changes):
    with pytest.raises(ValueError):
        changed(**changes)


def test_on_paper_the_pictures_are_counted():
    printed = types.printed(question("stack/rings"), ())
    assert printed.answer == "picture 4 (3 to 5 count)"
    assert printed.notes == (("The pictures are counted row by row, from the upper left.", ""),)
    assert types.printed(question("stack/exact"), ()).answer == "picture 1"
