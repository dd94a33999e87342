"""How sure the numbers are: intervals that hold the true value in 95 of 100 tests.

A difficulty by Wilson's score, a correlation by Fisher's z, alpha by Feldt's F (Feldt, Woodruff and
Salih 1987). The quantiles of F come from the incomplete beta function, as a continued fraction.
"""

from __future__ import annotations

import math

Z = 1.959963984540054
TAIL = 0.025
TINY = 1e-300
CLOSE = 1e-14

Interval = tuple[float, float] | tuple[None, None]


def wilson(p: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a proportion; for marks between 0 and 1 it is on the safe side."""
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def fisher(r: float | None, n: int) -> Interval:
    """The 95 % interval of a correlation. None for fewer than four students."""
    if r is None or n < 4:
        return None, None
    if abs(r) > 1 - CLOSE:
        return r, r
    centre, half = math.atanh(r), Z / math.sqrt(n - 3)
    return math.tanh(centre - half), math.tanh(centre + half)


def feldt(alpha: float | None, n: int, k: int) -> Interval:
    """The 95 % interval of alpha, for n students and k questions."""
    if alpha is None or n < 2 or k < 2:
        return None, None
    above, below = n - 1, (n - 1) * (k - 1)
    low, high = (1 - (1 - alpha) * f_quantile(q, above, below) for q in (1 - TAIL, TAIL))
    return low, high


def f_quantile(q: float, above: float, below: float) -> float:
    """Below which value a share q of the F distribution lies."""
    low, high = 0.0, 1.0
    for _ in range(80):  # halves an interval: more digits than a float has
        middle = (low + high) / 2
        if beta(middle, above / 2, below / 2) < q:
            low = middle
        else:
            high = middle
    return below * low / (above * (1 - low))


def beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # where the fraction converges slowly
        return 1 - beta(1 - x, b, a)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(scale + a * math.log(x) + b * math.log1p(-x)) * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    """Its continued fraction, from the front (Lentz)."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            found *= d * c
        if abs(d * c - 1) < CLOSE:
            break
    return found


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
