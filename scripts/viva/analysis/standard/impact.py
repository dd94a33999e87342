"""What a pass mark does to a class: who passes, and whose score says too little to decide by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viva.analysis.standard.methods import Standard, Vector
from viva.base.words import Said, say

CLOSE = 1e-9


@dataclass(frozen=True)
class Scores:
    """The totals of a class, in points, and how far they are off by chance (SEM)."""

    students: Sequence[str]
    totals: Vector
    most: float
    sem: float | None


@dataclass(frozen=True)
class Near:
    """A student whose score is within one SEM of the pass mark."""

    student: str
    total: float
    passes: bool


@dataclass(frozen=True)
class Level:
    """How many pass at a mark."""

    name: Said
    mark: float
    passing: int


@dataclass(frozen=True)
class Impact:
    """What follows from the pass mark, and from others near it."""

    students: int
    levels: tuple[Level, ...]
    sem: float | None
    near: tuple[Near, ...]
    is_whole: bool = True
    """Whether every score is a whole number of points."""


def impact(standard: Standard, scores: Scores) -> Impact:
    """Who passes at the pass mark, and one standard error and one SEM above and below."""
    levels = [Level(say("pass mark"), standard.mark, _passing(scores, standard.mark))]
    steps = (
        (say("one standard error of the pass mark less"), -1, standard.error),
        (say("one standard error of the pass mark more"), 1, standard.error),
        (say("one SEM less"), -1, scores.sem),
        (say("one SEM more"), 1, scores.sem),
    )
    for name, sign, step in steps:
        if step:
            levels.append(_level(name, standard.mark + sign * step, scores, standard.most))
    is_whole = all(float(total).is_integer() for total in scores.totals)
    near = tuple(_near(standard, scores))
    return Impact(len(scores.totals), tuple(levels), scores.sem, near, is_whole)


def _level(name: Said, mark: float, scores: Scores, most: float) -> Level:
    """How many pass at a mark, which is at least 0 and at most all points."""
    if mark < 0:
        name, mark = say("{level}: less than 0 is not possible", level=name), 0.0
    elif mark > most:
        name, mark = say("{level}: more than all points is not possible", level=name), most
    return Level(name, mark, _passing(scores, mark))


def _passing(scores: Scores, mark: float) -> int:
    return int((scores.totals >= mark - CLOSE).sum())


def _near(standard: Standard, scores: Scores) -> list[Near]:
    if not scores.sem:
        return []
    low, high = standard.mark - scores.sem - CLOSE, standard.mark + scores.sem + CLOSE
    pairs = zip(scores.students, map(float, scores.totals), strict=True)
    inside = [
        Near(student, total, total >= standard.mark - CLOSE)
        for student, total in pairs
        if low <= total <= high
    ]
    return sorted(inside, key=lambda one: (one.total, one.student))
