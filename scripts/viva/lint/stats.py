"""The little statistics that the rules of banks need, without a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import comb, erfc, exp, inf, lgamma, log, sqrt

EXACT = 1500


def tail(hits: int, chances: Sequence[float]) -> float:
    """The probability of at least `hits` right when each answer is right by its own chance.

    Exact (Poisson binomial) up to 1,500 answers, beyond them the normal approximation with
    continuity correction.
    """
    if hits <= 0:
        return 1.0
    if len(chances) > EXACT:
        return _normal_tail(hits, chances)
    odds = [1.0]
    for chance in chances:
        odds = [
            (odds[k] * (1 - chance) if k < len(odds) else 0) + (odds[k - 1] * chance if k else 0)
            for k in range(len(odds) + 1)
        ]
    return min(1.0, sum(odds[hits:]))


def _normal_tail(hits: int, chances: Sequence[float]) -> float:
    mean = sum(chances)
    spread = sqrt(sum(chance * (1 - chance) for chance in chances))
    return 0.5 * erfc((hits - 0.5 - mean) / (spread * sqrt(2))) if spread else float(hits <= mean)


def uneven_tail(counts: Sequence[int]) -> float:
    """The probability that things thrown into places blindly lie at least as unevenly as these.

    Every outcome is counted: the exact value of what random trials would only estimate.
    """
    things, places = sum(counts), len(counts)
    least = sum(count * count for count in counts)
    ways = sum(n for squares, n in _outcomes(things, places).items() if squares >= least)
    return float(ways / places**things)


@cache
def _outcomes(things: int, places: int) -> Counter[int]:
    """In how many ways things lie in places, by the sum of the squares of their numbers."""
    found: Counter[tuple[int, int]] = Counter({(things, 0): 1})
    for _ in range(places):
        more: Counter[tuple[int, int]] = Counter()
        for (left, squares), ways in found.items():
            for here in range(left + 1):
                more[left - here, squares + here * here] += ways * comb(left, here)
        found = more
    return Counter({squares: ways for (left, squares), ways in found.items() if not left})


def chi_square_tail(value: float, freedom: int) -> float:
    """The probability of a chi-square of at least `value`: the upper incomplete gamma function."""
    a, x = freedom / 2, value / 2
    if x <= 0:
        return 1.0
    scale = exp(-x + a * log(x) - lgamma(a))
    return 1 - _series(a, x) * scale if x < a + 1 else _fraction(a, x) * scale


def _series(a: float, x: float) -> float:
    """The lower incomplete gamma function as a series, good for x < a + 1."""
    term = total = 1 / a
    step = a
    while abs(term) > abs(total) * 1e-15:
        step += 1
        term *= x / step
        total += term
    return total


def _fraction(a: float, x: float) -> float:
    """The upper one as a continued fraction (Lentz), good for x >= a + 1."""
    b, c = x + 1 - a, inf
    d = result = 1 / b
    for i in range(1, 500):
        an, b = -i * (i - a), b + 2
        d = 1 / (an * d + b)
        c = b + an / c
        result *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return result
