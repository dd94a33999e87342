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

from viva.analysis import intervals, rasch
from viva.analysis.rasch import Rasch
from viva.analysis.responses import Item, Picks, Responses
from viva.base.words import say

Vector = NDArray[np.float64]
GROUP = 0.27
FUNCTIONS = 0.05
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
    """One question. `p` is the mean mark; intervals are those of 95 %."""

    id: str
    text: str
    p: float
    p_low: float
    p_high: float
    discrimination: float | None
    r_rest: float | None
    r_low: float | None
    r_high: float | None
    alpha_without: float | None
    left_open: int | None
    """How many gave no answer, those who did not get there among them."""
    not_reached: int | None
    p_reached: float | None
    """The mean mark of those who got there, where some did not."""
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
    alpha_low: float | None
    alpha_high: float | None
    kr20: float | None
    sem: float | None
    group: int
    scores: tuple[Scores, ...]
    items: tuple[ItemFacts, ...]
    notes: tuple[str, ...]
    rasch: Rasch | None
    """The model of Rasch, for at least a hundred students."""
    no_rasch: str
    """Why there is none."""


def analyse(responses: Responses, *, scaled: bool = True) -> Analysis:
    """Everything that the answers tell; the Rasch model only if they are to be `scaled`."""
    marks = responses.marks
    students, questions = marks.shape
    whole = _Whole.of(marks)
    totals = whole.totals
    reliability = alpha(marks)
    low, high = intervals.feldt(reliability, students, questions)
    spread = float(totals.std(ddof=1)) if students > 1 else None
    model = rasch.fit(responses) if scaled else say("no Rasch model: not asked for")
    facts = tuple(_item(n, item, responses, whole) for n, item in enumerate(responses.items))
    return Analysis(
        students=students,
        questions=questions,
        mean=float(totals.mean()),
        sd=spread,
        alpha=reliability,
        alpha_low=low,
        alpha_high=high,
        kr20=kr20(marks),
        sem=None if reliability is None or spread is None else spread * math.sqrt(1 - reliability),
        group=group_size(students),
        scores=_scores(totals, questions),
        items=facts,
        notes=responses.notes,
        rasch=model if isinstance(model, Rasch) else None,
        no_rasch=model if isinstance(model, str) else "",
    )


def _totals(marks: Vector) -> Vector:
    """Totals that are equal when they should be: sums of thirds differ in their last digits."""
    return np.asarray(marks.sum(axis=1).round(9), dtype=np.float64)


@dataclass(frozen=True)
class _Whole:
    """What every question is compared with."""

    totals: Vector
    edges: Vector | None
    parts: float
    """The variances of all questions together."""
    questions: int

    @classmethod
    def of(cls, marks: Vector) -> _Whole:
        totals = _totals(marks)
        parts = float(marks.var(axis=0, ddof=1).sum()) if len(marks) > 1 else 0.0
        return cls(totals, edges(totals), parts, len(marks.T))


def _alpha_without(column: Vector, rest: Vector, whole: _Whole) -> float | None:
    """Alpha of the other questions, from what is left of both variances."""
    if len(column) < 2 or whole.questions < 3 or float(rest.var(ddof=1)) < NOTHING:
        return None
    parts, left = whole.parts - float(column.var(ddof=1)), whole.questions - 1
    return min(1.0, left / (left - 1) * (1 - parts / float(rest.var(ddof=1))))


def _item(number: int, item: Item, responses: Responses, whole: _Whole) -> ItemFacts:
    column = responses.marks[:, number]
    p, students = float(column.mean()), len(column)
    low, high = intervals.wilson(p, students)
    rest = whole.totals - column
    r = pearson(column, rest)
    r_low, r_high = intervals.fisher(r, students)
    blank, unreached = responses.blank, responses.unreached
    away = None if unreached is None else int(unreached[:, number].sum())
    chosen = responses.chosen.get(item.id)
    return ItemFacts(
        id=item.id,
        text=item.text,
        p=p,
        p_low=low,
        p_high=high,
        discrimination=discrimination(column, whole.edges),
        r_rest=r,
        r_low=r_low,
        r_high=r_high,
        alpha_without=_alpha_without(column, rest, whole),
        left_open=None if blank is None else int(blank[:, number].sum()),
        not_reached=away,
        p_reached=p * students / (students - away) if away and away < students else None,
        options=() if chosen is None else _options(item, chosen, rest),
    )


def _options(item: Item, chosen: Picks, rest: Vector) -> tuple[OptionFacts, ...]:
    labels = set(item.options) | item.key | frozenset().union(*chosen.choices)
    return tuple(_option(label, item, chosen, rest) for label in sorted(labels))


def _option(label: str, item: Item, chosen: Picks, rest: Vector) -> OptionFacts:
    picked = chosen.where(label in one for one in chosen.choices).astype(np.float64)
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
    spread_x, spread_y = float((dx * dx).sum()), float((dy * dy).sum())
    if spread_x < NOTHING or spread_y < NOTHING:
        return None
    return max(-1.0, min(1.0, float((dx * dy).sum()) / math.sqrt(spread_x * spread_y)))


def group_size(students: int) -> int:
    """How many students make up 27 %, at least one."""
    return max(1, math.floor(GROUP * students + 0.5))


def discrimination(column: Vector, groups: Vector | None) -> float | None:
    """Mean mark of the upper 27 % less that of the lower. None where all totals are equal."""
    return None if groups is None else float((groups * column).sum())


def edges(totals: Vector) -> Vector | None:
    """What each student adds to a discrimination: a share of the upper group, or of the lower."""
    if np.ptp(totals) < NOTHING:
        return None
    size = group_size(len(totals))
    return (_weights(totals, size) - _weights(-totals, size)) / size


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
    if questions < 2 or whole < NOTHING or not ((marks == 0) | (marks == 1)).all():
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
