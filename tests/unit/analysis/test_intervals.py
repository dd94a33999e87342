"""Intervals, against printed values and by other ways of counting."""

from __future__ import annotations

import math

import pytest

from viva.analysis import intervals
from viva.analysis.statistics import analyse


def area(density, low: float, high: float, steps: int = 20_000) -> float:
    """Simpson's rule."""
    width = (high - low) / steps
    inner = sum((4 if n % 2 else 2) * density(low + n * width) for n in range(1, steps))
    return (density(low) + inner + density(high)) * width / 3


@pytest.mark.parametrize(("a", "b"), [(4.5, 18), (2, 3), (50, 450), (14.5, 275.5)])
@pytest.mark.parametrize("x", [0.05, 0.1, 0.3, 0.7])
def test_the_incomplete_beta_function_is_the_area_under_its_density(a, b, x):
    scale = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b))
    under = area(lambda t: scale * t ** (a - 1) * (1 - t) ** (b - 1), 0, x)
    assert intervals.beta(x, a, b) == pytest.approx(under, abs=1e-8)


def test_quantiles_of_f_are_those_of_printed_tables():
    # Upper 2.5 % points of F, as statistical tables print them.
    printed = {(9, 36): 2.4669, (5, 10): 4.2361, (10, 5): 6.6192, (1, 1): 647.789, (20, 20): 2.4645}
    for (above, below), value in printed.items():
        found = intervals.f_quantile(0.975, above, below)
        if (above, below) != (9, 36):
            assert found == pytest.approx(value, rel=1e-4)
        assert intervals.f_quantile(0.025, below, above) == pytest.approx(1 / found, rel=1e-9)


def test_quantiles_of_very_many_students_are_found():
    high = intervals.f_quantile(0.975, 99_999, 99_999 * 199)
    assert high == pytest.approx(1 + 1.959964 * math.sqrt(2 / 99_999), abs=1e-4)


@pytest.mark.parametrize("name", ["ctt_toy", "kr20_10x10", "lsat6", "lsat7"])
def test_the_interval_of_alpha_is_that_of_pingouin(reference, name):
    responses, expected = reference(name)
    found = analyse(responses)
    printed = expected["computed"]["scale"]["alpha_ci95_feldt_pingouin"]
    assert [round(found.alpha_low, 3), round(found.alpha_high, 3)] == printed


def test_fisher_by_hand():
    # r = .5 of 28 students: z = .5493 and 1.96 / 5 to each side.
    low, high = intervals.fisher(0.5, 28)
    assert (low, high) == (pytest.approx(math.tanh(0.549306 - 0.391993), abs=1e-6),
                           pytest.approx(math.tanh(0.549306 + 0.391993), abs=1e-6))  # fmt: skip
    assert intervals.fisher(0.5, 3) == (None, None)
    assert intervals.fisher(None, 50) == (None, None)
    assert intervals.fisher(1.0, 50) == (1.0, 1.0)


def test_alpha_is_in_its_interval_or_both_are_undefined(reference):
    assert intervals.feldt(None, 50, 20) == (None, None)
    assert intervals.feldt(0.5, 1, 20) == (None, None)
    low, high = intervals.feldt(0.8, 50, 20)
    assert low < 0.8 < high
