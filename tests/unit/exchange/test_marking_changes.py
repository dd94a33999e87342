"""Where a question is marked otherwise here than in its file, the report says so."""

from __future__ import annotations

import pytest

from viva.bank.interactions import Pick
from viva.exchange import reading
from viva.exchange.texts import NotThere, Texts


def picks(*shares: float) -> list[Pick]:
    return [Pick(f"option {n}", share) for n, share in enumerate(shares)]


@pytest.mark.parametrize(
    ("shares", "right", "notes"),
    [
        ((1, 0, 0), [0], []),
        ((0, 1, 0.5), [1], [reading.ONE_RIGHT]),
        ((0, 0.9, 0.5), [1], [reading.ONE_RIGHT]),
        ((1, 0, 1), [0, 2], []),
        ((1, -0.5), [0], ["marking changes: here a wrong option costs nothing"]),
    ],
)
def test_one_of_several(shares, right, notes):
    texts = Texts("x", lambda name: None, {})
    made = reading.one_of(picks(*shares), texts)
    assert [n for n, one in enumerate(made.options) if one.right] == right
    assert texts.notes == notes and not made.several


@pytest.mark.parametrize(
    ("shares", "right", "notes"),
    [
        ((0.5, 0.5, -0.5), [0, 1], []),
        ((0.5, 0.5, 0), [0, 1], [reading.COSTS]),
        ((0.7, 0.3, -0.5), [0, 1], [reading.COSTS]),
        ((1, -1), [0], []),
    ],
)
def test_some_of_several(shares, right, notes):
    texts = Texts("x", lambda name: None, {})
    made = reading.some_of(picks(*shares), texts)
    assert [n for n, one in enumerate(made.options) if one.right] == right
    assert texts.notes == notes and made.several


@pytest.mark.parametrize("shares", [(0, 0), (1,), ()])
def test_what_is_no_choice(shares):
    for make in (reading.one_of, reading.some_of):
        with pytest.raises(NotThere):
            make(picks(*shares), Texts("x", lambda name: None, {}))


@pytest.mark.parametrize(
    ("answers", "made", "notes"),
    [
        ([(4, 0, 1)], (4, 0, ()), 0),
        ([(4, 0.5, 1), (5, 0.5, 1)], (4, 0.5, ((5, 0.5),)), 0),
        ([(4, 0.5, 1), (5, 1, 1)], (4, 0.5, ()), 1),
        ([(4, 0, 0.5), (5, 0, 1)], (5, 0, ()), 1),
        ([(15, 0.500000015, 1)], (15, 0.5, ()), 0),
        ([(206, 2.06e-7, 1)], (206, 0, ()), 0),
    ],
)
def test_numbers(answers, made, notes):
    texts = Texts("x", lambda name: None, {})
    found = reading.number(answers, texts)
    assert (found.answer, found.tolerance, found.also) == made
    assert len(texts.notes) == notes
