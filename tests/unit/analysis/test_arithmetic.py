"""Every statistic, worked out a second time with fractions and by other formulas."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampled import examples
from viva.analysis.responses import Item, Responses, load
from viva.analysis.statistics import analyse
from viva.base.refused import Refused

Matrix = list[list[Fraction]]
Z = Fraction(1959963984540054, 10**15)  # the 97.5th percentile of the normal distribution
MARKS = [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1)]


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def squares(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    """The sum of products of deviations, from raw sums."""
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0)) - sum(x) * sum(y) / len(x)


def correlation(x: Sequence[Fraction], y: Sequence[Fraction]) -> float | None:
    spread = squares(x, x) * squares(y, y)
    return float(squares(x, y)) / sqrt(spread) if spread else None


def alpha(rows: Matrix) -> float | None:
    """k/(k-1) of the share of covariances in the variance of the total."""
    columns = list(zip(*rows, strict=True))
    k, totals = len(columns), [sum(row, Fraction(0)) for row in rows]
    if k < 2 or len(rows) < 2 or not squares(totals, totals):
        return None
    between = sum(
        (squares(a, b) for i, a in enumerate(columns) for j, b in enumerate(columns) if i != j),
        Fraction(0),
    )
    return float(Fraction(k, k - 1) * between / squares(totals, totals))


def kr20(rows: Matrix) -> float | None:
    n, totals = len(rows), [sum(row, Fraction(0)) for row in rows]
    columns = list(zip(*rows, strict=True))
    if len(columns) < 2 or not squares(totals, totals):
        return None
    if any(mark not in (0, 1) for row in rows for mark in row):
        return None
    pq = sum((mean(one) * (1 - mean(one)) for one in columns), Fraction(0))
    return float(
        Fraction(len(columns), len(columns) - 1) * (1 - pq / (squares(totals, totals) / n))
    )


def shares(totals: Sequence[Fraction], size: int) -> list[Fraction]:
    """By how much each student belongs to the best `size`: those who tie share what is left."""
    found = []
    for total in totals:
        better = sum(other > total for other in totals)
        alike = totals.count(total)
        found.append(Fraction(min(max(size - better, 0), alike), alike))
    return found


def discrimination(column: Sequence[Fraction], totals: list[Fraction]) -> float | None:
    if len(set(totals)) == 1:
        return None
    size = max(1, int(Fraction(27, 100) * len(totals) + Fraction(1, 2)))
    upper, lower = shares(totals, size), shares([-total for total in totals], size)
    weights = (u - w for u, w in zip(upper, lower, strict=True))
    return float(sum((w * x for w, x in zip(weights, column, strict=True)), Fraction(0)) / size)


def wilson(p: Fraction, n: int) -> tuple[float, float]:
    """The two proportions whose own standard error puts them Z away from p: a quadratic's roots."""
    a, b, c = 1 + Z * Z / n, 2 * p + Z * Z / n, p * p
    root = sqrt(b * b - 4 * a * c)
    return (float(b) - root) / float(2 * a), (float(b) + root) / float(2 * a)


def same(ours: float | None, theirs: float | None) -> None:
    assert (ours is None) == (theirs is None)
    assert ours is None or ours == pytest.approx(theirs, abs=1e-6)


matrices = st.integers(1, 8).flatmap(
    lambda k: st.lists(
        st.lists(st.sampled_from(MARKS), min_size=k, max_size=k), min_size=1, max_size=40
    )
)
binary = st.integers(2, 8).flatmap(
    lambda k: st.lists(
        st.lists(st.sampled_from([Fraction(0), Fraction(1)]), min_size=k, max_size=k),
        min_size=2,
        max_size=60,
    )
)


def check(rows: Matrix) -> None:
    k = len(rows[0])
    items = tuple(Item(f"q{n}") for n in range(k))
    found = analyse(Responses(items, np.array([[float(x) for x in row] for row in rows]), {}))
    totals = [sum(row, Fraction(0)) for row in rows]
    same(found.mean, float(mean(totals)))
    spread = sqrt(squares(totals, totals) / (len(rows) - 1)) if len(rows) > 1 else None
    same(found.sd, spread)
    whole = alpha(rows)
    same(found.alpha, whole)
    same(found.kr20, kr20(rows))
    same(found.sem, None if whole is None or spread is None else spread * sqrt(max(0.0, 1 - whole)))
    for number, item in enumerate(found.items):
        column = [row[number] for row in rows]
        rest = [total - mark for total, mark in zip(totals, column, strict=True)]
        same(item.p, float(mean(column)))
        same(item.r_rest, correlation(column, rest))
        same(item.discrimination, discrimination(column, totals))
        same(item.alpha_without, alpha([row[:number] + row[number + 1 :] for row in rows]))
        low, high = wilson(mean(column), len(rows))
        same(item.p_low, max(0.0, low))
        same(item.p_high, min(1.0, high))


@settings(max_examples=examples(80), deadline=None)
@given(matrices)
def test_marks_of_any_size(rows):
    check(rows)


@settings(max_examples=examples(80), deadline=None)
@given(binary)
def test_right_and_wrong(rows):
    check(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [[1, 1, 0]] * 7,  # all totals equal
        [[1, 0], [1, 1], [1, 0], [1, 1]],  # one column does not vary
        [[0, 1], [1, 0], [0, 1], [1, 0]],  # totals do not vary, columns do
        [[1, 1], [1, 0], [0, 1], [0, 0]] * 5,  # ties at both edges of the groups
        [[1]],
        [[0, 0], [1, 1]],
    ],
)
def test_edges(rows):
    check([[Fraction(x) for x in row] for row in rows])


@st.composite
def answers(draw):
    """What students chose of A to D, an empty text where they left a question open."""
    k, n = draw(st.integers(1, 5)), draw(st.integers(1, 50))
    chosen = st.lists(st.sampled_from(["A", "B", "C", "D", ""]), min_size=k, max_size=k)
    key = draw(st.lists(st.sampled_from("ABCD"), min_size=k, max_size=k))
    return key, draw(st.lists(chosen, min_size=n, max_size=n))


@settings(max_examples=examples(50), deadline=None)
@given(answers())
def test_options_and_questions_left_open(tmp_path_factory, given_answers):
    """From the file itself: an open answer counts 0, and belongs to no option."""
    key, rows = given_answers
    path = tmp_path_factory.mktemp("answers") / "answers.csv"
    names = [f"q{n}" for n in range(len(key))]
    lines = [["student", *names], ["key", *key], *([f"s{n}", *row] for n, row in enumerate(rows))]
    path.write_text("".join(",".join(line) + "\n" for line in lines))
    rows = [row for row in rows if any(row)]
    if not rows:
        with pytest.raises(Refused, match="nobody answered"):
            load(path)
        return
    found = analyse(load(path))
    marks = [[Fraction(one == right) for one, right in zip(row, key, strict=True)] for row in rows]
    check(marks)
    totals = [sum(row, Fraction(0)) for row in marks]
    assert found.students == len(rows)
    for number, item in enumerate(found.items):
        column = [row[number] for row in marks]
        rest = [total - mark for total, mark in zip(totals, column, strict=True)]
        same(item.p, float(mean(column)))
        assert item.left_open == sum(row[number] == "" for row in rows)
        told = {option.label: option for option in item.options}
        assert told.keys() == {key[number]} | {row[number] for row in rows} - {""}
        for label, option in told.items():
            picks = [Fraction(row[number] == label) for row in rows]
            assert option.count == sum(picks)
            same(option.share, float(mean(picks)))
            same(option.r_rest, correlation(picks, rest))
            assert option.keyed == (label == key[number])
            expected = None if option.keyed else sum(picks) * 20 >= len(rows)
            assert option.functions is expected
