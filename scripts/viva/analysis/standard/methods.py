"""The arithmetic of standard setting. Pass marks are in points; what is undefined is None.

Angoff 1971; Ebel 1972; Hofstee 1983; Cohen-Schotanus and van der Vleuten 2010; borderline
regression as Kramer and others 2003 describe it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from viva.base.words import Said, say

Vector = NDArray[np.float64]
Unit = Literal["", "points", "per cent"]
PER_CENT: Unit = "per cent"


@dataclass(frozen=True)
class Fact:
    """A number of the protocol, with what it is."""

    name: Said
    value: float | None
    places: int = 2
    unit: Unit = ""


@dataclass(frozen=True)
class Standard:
    """A pass mark in points out of `most`, and the numbers that it rests on."""

    method: Said
    mark: float
    most: float
    error: float | None
    """How far another panel, or class, would put it by chance: one standard error."""
    facts: tuple[Fact, ...] = ()
    judges: Mapping[str, float] | None = None
    """The pass mark that each judge alone would set."""


def angoff(ratings: Vector, judges: Sequence[str], before: Vector | None = None) -> Standard:
    """The sum of what judges expect of a student who just passes: a row each, from 0 to 1.

    `before` has the ratings of a first round, where judges have rated again.
    """
    sums = ratings.sum(axis=1)
    facts = [*_asked(judges, ratings.shape[1]), *_spread(sums)]
    facts += [
        Fact(say("Mean spread of judges on a question"), _spread_within(ratings), 1, PER_CENT),
        Fact(say("Agreement, intraclass correlation of the mean"), agreement(ratings)),
    ]
    if before is not None:
        first = before.sum(axis=1)
        facts += [
            Fact(say("Pass mark of the first round"), float(first.mean()), 2, "points"),
            Fact(say("Spread of judges in the first round"), _sd(first)),
        ]
    method = say("Angoff") if before is None else say("modified Angoff")
    own = dict(zip(judges, map(float, sums), strict=True))
    return Standard(method, float(sums.mean()), ratings.shape[1], _error(sums), tuple(facts), own)


def _asked(judges: Sequence[str], questions: int) -> tuple[Fact, Fact]:
    return Fact(say("Judges"), len(judges), 0), Fact(say("Questions"), questions, 0)


def ebel(
    cells: Vector,
    judges: Sequence[str],
    questions: int,
    kinds: Mapping[tuple[str, str], float] = MappingProxyType({}),
) -> Standard:
    """From the share right that each judge expects of each question, by its relevance and ease.

    `kinds` has the points that come from each relevance and ease.
    """
    sums = cells.sum(axis=1)
    facts = [*_asked(judges, questions), *_spread(sums)]
    for (relevance, ease), points in kinds.items():
        found = {"relevance": relevance, "ease": ease}
        name = say("Points from {relevance}, {ease}", **found)
        facts.append(Fact(name, points, unit="points"))
    own = dict(zip(judges, map(float, sums), strict=True))
    return Standard(say("Ebel"), float(sums.mean()), questions, _error(sums), tuple(facts), own)


def hofstee(scores: Vector, most: float, limits: Vector) -> Standard | Said:
    """Where the line between the judges' limits meets how many would fail; or why nowhere.

    A row of limits for each judge, in per cent: the lowest and highest pass mark, and the lowest
    and highest share of students who may fail.
    """
    low, high, fewest, many = (float(x) for x in limits.mean(axis=0) / 100)
    names = (
        *(say("Lowest pass mark"), say("Highest pass mark")),
        *(say("Fewest who fail"), say("Most who fail")),
    )
    means = (low, high, fewest, many)
    facts = [Fact(n, 100 * x, 1, PER_CENT) for n, x in zip(names, means, strict=True)]
    ends, allowed = (low * most, high * most), (many, fewest)
    if _failing(scores, ends[0]) > many:
        return say("more students fail at the lowest pass mark than the judges would have at most")
    if _failing(scores, ends[1]) < fewest:
        return say(
            "fewer students fail at the highest pass mark than the judges would have at least"
        )
    found = _meeting(scores, ends, allowed)
    facts.append(Fact(say("Judges"), len(limits), 0))
    return Standard(say("Hofstee"), found, most, None, tuple(facts))


def _failing(scores: Vector, mark: float) -> float:
    return float((scores < mark - 1e-9).mean())


def _meeting(scores: Vector, ends: tuple[float, float], allowed: tuple[float, float]) -> float:
    """Where the line between the limits meets the share of students who fail, which rises in steps.

    Where it meets a step, that score is the pass mark: who has it passes.
    """
    between = np.unique(scores[(scores > ends[0]) & (scores < ends[1])])
    last, above = ends[0], allowed[0]
    for mark in (*map(float, between), ends[1]):
        failing, below = _failing(scores, mark), float(np.interp(mark, ends, allowed))
        if failing >= above:
            return last
        if failing >= below:
            return last + (above - failing) / (above - below) * (mark - last)
        last, above = mark, below
    return ends[1]


def cohen(
    scores: Vector, most: float, share: float = 0.6, best: float = 95, chance: float = 0
) -> Standard | Said:
    """A share of what the best reach, counted from what guessing brings (all in points)."""
    top = float(np.percentile(scores, best))
    if chance >= top:
        return say(
            "guessing cannot bring {guessing} points where the best students reach {best} of "
            "{most} (correct --guessing)",
            guessing=chance, best=top, most=most,
        )  # fmt: skip
    facts = (
        Fact(say("Score of the best, percentile {percentile}", percentile=best), top),
        Fact(say("Share of it that passes"), 100 * share, 0, PER_CENT),
        Fact(say("Score by guessing"), chance),
        Fact(say("Students"), len(scores), 0),
    )
    return Standard(say("Cohen"), chance + share * (top - chance), most, None, facts)


@dataclass(frozen=True)
class Station:
    """The scores and the global ratings of a station, and its highest score."""

    name: str
    scores: Vector
    ratings: Vector
    most: float


@dataclass(frozen=True)
class Line:
    """The regression of the scores on the ratings, and the score of who is just at the border."""

    name: str
    mark: float
    error: float | None
    intercept: float
    slope: float
    r_squared: float
    students: int


def line(station: Station, border: float) -> Line | Said:
    """The line of a station, or why there is none."""
    x, y = station.ratings, station.scores
    dx, dy = x - x.mean(), y - y.mean()
    spread = float(dx @ dx)
    if len(x) < 3 or spread == 0:
        return say(
            "{station}: all students have the same rating, or there are fewer than 3",
            station=station.name,
        )
    slope = float(dx @ dy) / spread
    if slope <= 0:
        return say(
            "{station}: a better rating does not go with a higher score", station=station.name
        )
    left = float(dy @ dy) - slope * float(dx @ dy)
    sigma = math.sqrt(max(0.0, left) / (len(x) - 2))
    away = border - float(x.mean())
    error = sigma * math.sqrt(1 / len(x) + away * away / spread)
    share = 1 - left / float(dy @ dy)
    mark = float(y.mean()) + slope * away
    if not 0 <= mark <= station.most:
        return say(
            "{station}: the score at rating {border} would be {mark} of {most} (is that the rating "
            "of who just passes, on the scale of this station?)",
            station=station.name, border=border, mark=round(mark, 2), most=station.most,
        )  # fmt: skip
    return Line(station.name, mark, error, mark - slope * border, slope, share, len(x))


def borderline(lines: Sequence[Line], most: float, border: float) -> Standard:
    """The pass marks of all stations together."""
    error = math.sqrt(sum((one.error or 0) ** 2 for one in lines))
    facts = [Fact(say("Stations"), len(lines), 0), Fact(say("Rating at the border"), border)]
    for one in lines:
        name = say("Pass mark of {station}", station=one.name)
        facts.append(Fact(name, one.mark, unit="points"))
    for one in lines:
        name = say("Share explained, R², in {station}", station=one.name)
        facts.append(Fact(name, one.r_squared))
    mark = sum(one.mark for one in lines)
    return Standard(say("borderline regression"), mark, most, error, tuple(facts))


def agreement(ratings: Vector) -> float | None:
    """The intraclass correlation of the judges' mean (two-way, consistency, average measures)."""
    judges, questions = ratings.shape
    if judges < 2 or questions < 2:
        return None
    whole = ratings.mean()
    between = judges * float(((ratings.mean(axis=0) - whole) ** 2).sum()) / (questions - 1)
    left = ratings - ratings.mean(axis=0) - ratings.mean(axis=1, keepdims=True) + whole
    within = float((left**2).sum()) / ((questions - 1) * (judges - 1))
    return None if between <= 0 else max(0.0, 1 - within / between)


def _spread(sums: Vector) -> list[Fact]:
    """How far the judges are apart, in points."""
    return [
        Fact(say("Lowest pass mark of a judge"), float(sums.min())),
        Fact(say("Highest pass mark of a judge"), float(sums.max())),
        Fact(say("Standard deviation of the judges"), _sd(sums)),
    ]


def _spread_within(ratings: Vector) -> float | None:
    return float(100 * ratings.std(axis=0, ddof=1).mean()) if len(ratings) > 1 else None


def _sd(sums: Vector) -> float | None:
    return float(sums.std(ddof=1)) if len(sums) > 1 else None


def _error(sums: Vector) -> float | None:
    spread = _sd(sums)
    return None if spread is None else spread / math.sqrt(len(sums))
