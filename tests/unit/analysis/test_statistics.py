"""What must hold for any answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from viva.analysis.intervals import wilson
from viva.analysis.report import as_json
from viva.analysis.responses import Item, Responses
from viva.analysis.statistics import analyse, discrimination, edges, pearson


def responses(marks) -> Responses:
    marks = np.asarray(marks, dtype=float)
    return Responses(tuple(Item(f"q{n}") for n in range(marks.shape[1])), marks, {})


settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

matrices = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 40), st.integers(1, 8)),
    elements=st.sampled_from([0.0, 1 / 3, 0.5, 2 / 3, 1.0]),
)
binary = arrays.arrays(
    np.float64,
    st.tuples(st.integers(2, 40), st.integers(2, 8)),
    elements=st.sampled_from([0.0, 1.0]),
)


def close(a, b) -> bool:
    return (a is None and b is None) or a == pytest.approx(b, abs=1e-9)


@given(matrices, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(marks, random):
    order = list(range(len(marks)))
    random.shuffle(order)
    one, other = analyse(responses(marks)), analyse(responses(marks[order]))
    assert close(one.alpha, other.alpha)
    assert one.scores == other.scores
    for a, b in zip(one.items, other.items, strict=True):
        assert close(a.p, b.p)
        assert close(a.r_rest, b.r_rest)
        assert close(a.discrimination, b.discrimination)


@given(matrices, st.sampled_from([0.0, 1.0]))
def test_an_item_that_all_answer_alike_changes_no_other_item(marks, mark):
    grown = np.column_stack([marks, np.full(len(marks), mark)])
    one, other = analyse(responses(marks)), analyse(responses(grown))
    for a, b in zip(one.items, other.items[:-1], strict=True):
        assert close(a.r_rest, b.r_rest)
        assert close(a.discrimination, b.discrimination)
    assert other.items[-1].r_rest is None


@given(matrices)
def test_nothing_is_out_of_range_and_json_holds_it_all(marks):
    found = analyse(responses(marks))
    for item in found.items:
        assert 0 <= item.p_low <= item.p + 1e-12
        assert item.p - 1e-12 <= item.p_high <= 1
        assert item.r_rest is None or -1 <= item.r_rest <= 1
        assert item.discrimination is None or -1 - 1e-9 <= item.discrimination <= 1 + 1e-9
    assert sum(one.count for one in found.scores) == len(marks)
    assert "NaN" not in as_json(found)


@given(binary)
def test_alpha_and_kr20_are_one_for_marks_of_0_and_1(marks):
    found = analyse(responses(marks))
    assert close(found.alpha, found.kr20)


def test_when_all_are_right_nothing_but_p_is_defined():
    found = analyse(responses(np.ones((40, 3))))
    assert (found.alpha, found.kr20, found.sem) == (None, None, None)
    assert [item.p for item in found.items] == [1, 1, 1]
    assert [(item.r_rest, item.discrimination) for item in found.items] == [(None, None)] * 3


def test_one_question_or_one_student_leaves_reliability_undefined():
    assert analyse(responses([[1], [0], [1]])).alpha is None
    assert analyse(responses([[1, 0, 1]])).alpha is None
    assert analyse(responses([[1, 0, 1]])).sd is None


def test_kr20_is_undefined_for_part_marks():
    assert analyse(responses([[1, 0.5], [0, 1], [0.5, 0]])).kr20 is None


def test_pearson_by_hand():
    assert pearson(np.array([0.0, 0, 1, 1]), np.array([1.0, 2, 3, 4])) == pytest.approx(2 / 5**0.5)
    assert pearson(np.array([1.0, 1, 1]), np.array([1.0, 2, 3])) is None


def test_wilson_by_hand():
    # Newcombe 1998, 81 of 263: 0.2553 to 0.3662.
    low, high = wilson(81 / 263, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0.0, 10)[0] == 0
    assert wilson(1.0, 10)[1] == pytest.approx(1)


def test_ties_at_the_edge_count_by_a_fraction():
    # Ten students, groups of three. The upper edge is 2 with three tied for two places.
    totals = np.array([3.0, 2, 2, 2, 1, 1, 1, 0, 0, 0])
    column = np.array([1.0, 1, 0, 0, 0, 0, 0, 1, 0, 0])
    assert discrimination(column, edges(totals)) == pytest.approx((1 + 2 / 3) / 3 - 1 / 3)
