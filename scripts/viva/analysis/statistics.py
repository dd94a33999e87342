"""Classical test theory. What is undefined is None, never 0.

Variances: sample variance (n - 1) throughout; KR-20 takes population variance, because its
p (1 - p) is one. Mixing the two is the usual mistake. Upper and lower groups are 27 % of the
students each; students who tie at a group's edge count in it by a fraction, so that the order of
the rows does not matter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viva.analysis.responses import Item, Responses

Vector = NDArray[np.float64]
GROUP = 0.27
FUNCTIONS = 0.05
Z = 1.959963984540054
NOTHING = 1e-12


@dataclass(frozen=True)
class OptionFacts:
    """One option: how many chose it, and whether they were those who knew more (`r_rest`)."""

    label: str
    text: str
    keyed: bool
    count: int
    share: float
    r_rest: float | None
    functions: bool | None
    """Whether a wrong option draws at least 5 %; None for the key."""


@dataclass(frozen=True)
class ItemFacts:
    """One question. `p` is the mean mark, with its 95 % Wilson interval."""

    id: str
    text: str
    p: float
    p_low: float
    p_high: float
    discrimination: float | None
    r_rest: float | None
    alpha_without: float | None
    left_open: int | None
    options: tuple[OptionFacts, ...]


@dataclass(frozen=True)
class Scores:
    """How many students have a total from `low` to below `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Analysis:
    """The whole test. Totals are sums of marks."""

    students: int
    questions: int
    mean: float
    sd: float | None
    alpha: float | None
    kr20: float | None
    sem: float | None
    group: int
    scores: tuple[Scores, ...]
    items: tuple[ItemFacts, ...]
    notes: tuple[str, ...]


def analyse(responses: Responses) -> Analysis:
    """Everything that the answers tell."""
    marks = responses.marks
    students, questions = marks.shape
    totals = _totals(marks)
    reliability = alpha(marks)
    spread = float(totals.std(ddof=1)) if students > 1 else None
    facts = tuple(_item(n, item, responses, totals) for n, item in enumerate(responses.items))
    return Analysis(
        students=students,
        questions=questions,
        mean=float(totals.mean()),
        sd=spread,
        alpha=reliability,
        kr20=kr20(marks),
        sem=None if reliability is None or spread is None else spread * math.sqrt(1 - reliability),
        group=group_size(students),
        scores=_scores(totals, questions),
        items=facts,
        notes=responses.notes,
    )


def _totals(marks: Vector) -> Vector:
    """Totals that are equal when they should be: sums of thirds differ in their last digits."""
    return np.asarray(marks.sum(axis=1).round(9), dtype=np.float64)


def _item(number: int, item: Item, responses: Responses, totals: Vector) -> ItemFacts:
    marks = responses.marks
    column = marks[:, number]
    p = float(column.mean())
    low, high = wilson(p, len(column))
    chosen = responses.chosen.get(item.id)
    rest = totals - column
    return ItemFacts(
        id=item.id,
        text=item.text,
        p=p,
        p_low=low,
        p_high=high,
        discrimination=discrimination(column, totals),
        r_rest=pearson(column, rest),
        alpha_without=alpha(np.delete(marks, number, axis=1)),
        left_open=None if chosen is None else sum(not picks for picks in chosen),
        options=() if chosen is None else _options(item, chosen, rest),
    )


def _options(
    item: Item, chosen: tuple[frozenset[str], ...], rest: Vector
) -> tuple[OptionFacts, ...]:
    labels = set(item.options) | item.key | frozenset().union(*chosen)
    return tuple(_option(label, item, chosen, rest) for label in sorted(labels))


def _option(
    label: str, item: Item, chosen: tuple[frozenset[str], ...], rest: Vector
) -> OptionFacts:
    picked = np.array([label in picks for picks in chosen], dtype=np.float64)
    share, keyed = float(picked.mean()), label in item.key
    return OptionFacts(
        label=label,
        text=item.options.get(label, ""),
        keyed=keyed,
        count=int(picked.sum()),
        share=share,
        r_rest=pearson(picked, rest),
        functions=None if keyed else share >= FUNCTIONS,
    )


def pearson(x: Vector, y: Vector) -> float | None:
    """The correlation of two columns. None where one of them does not vary."""
    dx, dy = x - x.mean(), y - y.mean()
    spread = float(dx @ dx) * float(dy @ dy)
    if float(dx @ dx) < NOTHING or float(dy @ dy) < NOTHING:
        return None
    return max(-1.0, min(1.0, float(dx @ dy) / math.sqrt(spread)))


def wilson(p: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a proportion; for marks between 0 and 1 it is on the safe side."""
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def group_size(students: int) -> int:
    """How many students make up 27 %, at least one."""
    return max(1, math.floor(GROUP * students + 0.5))


def discrimination(column: Vector, totals: Vector) -> float | None:
    """Mean mark of the upper 27 % less that of the lower. None where all totals are equal."""
    if np.ptp(totals) < NOTHING:
        return None
    size = group_size(len(totals))
    upper, lower = _weights(totals, size), _weights(-totals, size)
    return float((upper - lower) @ column) / size


def _weights(totals: Vector, size: int) -> Vector:
    """1 for those above the edge of the group; those on it share the places that are left."""
    edge = np.sort(totals)[-size]
    above = (totals > edge).astype(np.float64)
    on = (totals == edge).astype(np.float64)
    share = (size - float(above.sum())) / float(on.sum())
    return np.asarray(above + on * share, dtype=np.float64)


def alpha(marks: Vector) -> float | None:
    """Cronbach's alpha. None for fewer than two questions, or where all totals are equal."""
    students, questions = len(marks), len(marks.T)
    if questions < 2 or students < 2:
        return None
    whole = float(marks.sum(axis=1).var(ddof=1))
    if whole < NOTHING:
        return None
    parts = float(marks.var(axis=0, ddof=1).sum())
    return min(1.0, questions / (questions - 1) * (1 - parts / whole))


def kr20(marks: Vector) -> float | None:
    """Kuder-Richardson 20, for marks of 0 and 1 only."""
    questions = len(marks.T)
    whole = float(marks.sum(axis=1).var())
    if questions < 2 or whole < NOTHING or not np.isin(marks, (0.0, 1.0)).all():
        return None
    p = marks.mean(axis=0)
    return min(1.0, questions / (questions - 1) * (1 - float((p * (1 - p)).sum()) / whole))


def _scores(totals: Vector, questions: int) -> tuple[Scores, ...]:
    """The distribution of totals, in whole points, at most about thirty columns."""
    width = max(1, math.ceil((questions + 1) / 30))
    counts = np.bincount((totals // width).astype(int), minlength=questions // width + 1)
    return tuple(
        Scores(float(n * width), float((n + 1) * width), int(count))
        for n, count in enumerate(counts)
    )
