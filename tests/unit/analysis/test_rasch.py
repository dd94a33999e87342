"""The Rasch model, against what R packages printed, and everything counted out pattern by pattern."""

from __future__ import annotations

import json
from itertools import product
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest

from viva.analysis import rasch
from viva.analysis.responses import Item, Responses


def responses(marks) -> Responses:
    return Responses(tuple(Item(f"q{n}") for n in range(len(marks[0]))), np.array(marks, float), {})


def likelihood(b, marks) -> float:
    """The conditional log-likelihood: each pattern among all patterns with its total."""
    easy = [exp(-one) for one in b]
    weights: dict[int, float] = {}
    for pattern in product((0, 1), repeat=len(b)):
        weight = 1.0
        for mark, one in zip(pattern, easy, strict=True):
            weight *= one if mark else 1
        weights[sum(pattern)] = weights.get(sum(pattern), 0) + weight
    found = 0.0
    for row in marks:
        found += sum(-one for mark, one in zip(row, b, strict=True) if mark)
        found -= log(weights[int(sum(row))])
    return found


def moved(b, *steps):
    made = list(b)
    for place, step in steps:
        made[place] += step
    return made


def test_difficulties_and_errors_are_those_that_erm_printed(reference):
    """The R package eRm on 8,445 women and 8 questions, in the three places that it prints."""
    read, expected = reference("mobility")
    found, printed = rasch.fit(read), expected["published_rasch"]
    assert len(read.marks) == 8445
    assert [round(-one.b, 3) for one in found.items] == printed["easiness"]
    assert [round(one.se, 3) for one in found.items] == printed["se"]


def with_sums(right: list[int], totals: list[int]) -> list[list[int]]:
    """Some answers with these sums: each student, the best first, takes what is left most of."""
    left, rows = list(right), []
    for total in range(len(totals) - 1, -1, -1):
        for _ in range(totals[total]):
            taken = sorted(range(len(left)), key=lambda item: -left[item])[:total]
            rows.append([int(item in taken) for item in range(len(left))])
            left = [more - mark for more, mark in zip(left, rows[-1], strict=True)]
    assert not any(left)
    return rows


@pytest.mark.parametrize("package", ["easiness", "easiness_epi"])
def test_difficulties_are_those_of_two_r_packages(package):
    """eRm, and the conditional logistic regression of Epi, on 100 students and 30 questions.

    Their estimates hang on the sums of rows and columns alone.
    """
    path = Path(__file__).parent / "reference/reference_raschdat1.expected.json"
    expected = json.loads(path.read_text())
    found = rasch.fit(responses(with_sums(expected["right"], expected["totals"])))
    printed = expected["published_rasch"][package]
    assert [-one.b for one in found.items] == pytest.approx(printed, abs=1e-4)


def test_fits_are_those_that_erm_printed():
    """The R package eRm on 130 students and 10 questions, in the three places that it prints."""
    path = Path(__file__).parent / "reference/reference_itemfit.expected.json"
    expected = json.loads(path.read_text())
    rows = []
    for total, (count, right) in enumerate(zip(expected["students"], expected["right"], strict=True)):
        rows += with_sums(right, [0] * total + [count])
    found, printed = rasch.fit(responses(rows)).items, expected["published"]
    for ours, theirs in {"se": "se", "infit": "infit", "outfit": "outfit"}.items():
        assert [getattr(one, ours) for one in found] == pytest.approx(printed[theirs], abs=6e-4)
    assert [-one.b for one in found] == pytest.approx(printed["easiness"], abs=6e-4)


@pytest.mark.parametrize("name", ["lsat6", "lsat7"])
def test_no_other_difficulties_are_likelier(reference, name):
    read, _ = reference(name)
    marks = read.marks.astype(int).tolist()
    found = rasch.fit(read)
    b = [one.b for one in found.items]
    assert sum(b) == pytest.approx(0, abs=1e-9)
    best, step = likelihood(b, marks), 1e-3
    for n in range(len(b)):
        up, down = (likelihood(moved(b, (n, sign * step)), marks) for sign in (1, -1))
        assert best > up and best > down
        assert (up - down) / (2 * step) == pytest.approx(0, abs=0.01)


def test_standard_errors_come_from_the_curvature(reference):
    """From second differences of the likelihood, with the last difficulty the others' opposite."""
    read, _ = reference("lsat7")
    marks = read.marks.astype(int).tolist()
    found = rasch.fit(read)
    b, step, free = [one.b for one in found.items], 1e-2, 4

    def at(*steps):
        free_b = moved(b[:free], *steps)
        return likelihood([*free_b, -sum(free_b)], marks)

    curve = np.empty((free, free))
    for i, j in product(range(free), repeat=2):
        corners = [at((i, s * step), (j, t * step)) for s in (1, -1) for t in (1, -1)]
        curve[i, j] = -(corners[0] - corners[1] - corners[2] + corners[3]) / (4 * step * step)
    spread = np.linalg.inv(curve)
    errors = [*map(sqrt, np.diag(spread)), sqrt(spread.sum())]
    assert [one.se for one in found.items] == pytest.approx(errors, rel=1e-3)


def test_fit_is_the_mean_of_squared_surprises(reference):
    read, _ = reference("lsat6")
    found = rasch.fit(read)
    b = np.array([one.b for one in found.items])
    surprises, variances, outside = np.zeros(5), np.zeros(5), np.zeros(5)
    counted = 0
    for row in read.marks:
        if 0 < row.sum() < 5:
            theta = 0.0
            for _ in range(50):  # Newton's method, from the likelihood of the total
                p = 1 / (1 + np.exp(b - theta))
                theta += (row.sum() - p.sum()) / (p * (1 - p)).sum()
            p = 1 / (1 + np.exp(b - theta))
            surprises += (row - p) ** 2
            variances += p * (1 - p)
            outside += (row - p) ** 2 / (p * (1 - p))
            counted += 1
    assert [one.infit for one in found.items] == pytest.approx(surprises / variances, abs=1e-6)
    assert [one.outfit for one in found.items] == pytest.approx(outside / counted, abs=1e-6)


def test_students_are_placed_by_warm(reference):
    """The estimate maximises the likelihood times the root of the information."""
    read, _ = reference("lsat6")
    found = rasch.fit(read)
    b = np.array([one.b for one in found.items])

    def weighted(total, theta):
        p = 1 / (1 + np.exp(b - theta))
        return total * theta - np.log1p(np.exp(theta - b)).sum() + log((p * (1 - p)).sum()) / 2

    assert [one.count for one in found.steps] == [3, 20, 85, 237, 357, 298]
    for one in found.steps:
        here = weighted(one.total, one.ability)
        assert all(here >= weighted(one.total, one.ability + step) for step in (-0.01, 0.01))


def test_known_difficulties_come_back():
    chance = np.random.default_rng(3)
    b = np.linspace(-2, 2, 30)
    ability = chance.normal(0.5, 1.5, (4000, 1))
    found = rasch.fit(responses((chance.random((4000, 30)) < 1 / (1 + np.exp(b - ability))).tolist()))
    z = [(one.b - true) / one.se for one, true in zip(found.items, b, strict=True)]
    assert max(map(abs, z)) < 3.5
    assert 0.7 < np.std(z) < 1.3
    assert all(0.9 < one.infit < 1.1 for one in found.items)


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ([[1, 0, 1]] * 99, "99 students, 100 are needed"),
        ([[1, 0.5, 1], [0, 1, 0]] * 60, "fewer than 3 questions"),
        ([[1, 1, 1, 1], [0, 1, 1, 1], [0, 0, 1, 1], [0, 0, 0, 1], [0, 0, 0, 0]] * 40, "all who are better"),
    ],
)
def test_where_there_is_no_model_it_is_said_why(marks, said):
    assert said in rasch.fit(responses(marks))


def test_questions_that_do_not_count_are_named():
    chance = np.random.default_rng(1)
    marks = (chance.random((200, 4)) < 0.6).astype(float)
    marks = np.column_stack([marks, np.ones(200), chance.choice([0, 0.5, 1], 200)])
    found = rasch.fit(responses(marks.tolist()))
    assert found.left_out == ("q4", "q5")
    assert [one.id for one in found.items] == ["q0", "q1", "q2", "q3"]
