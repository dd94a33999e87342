"""The Rasch model, by conditional maximum likelihood: no assumption about the students, no bias.

Right answers and totals are all that it needs. Students with nothing or everything right say
nothing about the questions; their place on the scale is Warm's weighted estimate. Infit and outfit
compare the answers with those that the model expects (Wright and Masters 1982), over the students
with some right and some wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viva.analysis.responses import Responses
from viva.base.words import count, say

Vector = NDArray[np.float64]
ENOUGH, MOST = 100, 500
STEPS, CLOSE = 200, 1e-9
FARTHEST = 15.0
"""No question is so hard, in logits, that a test can tell: the estimates run away."""
FITS = (0.7, 1.3)


@dataclass(frozen=True)
class Place:
    """A question on the scale. Above 0 is harder than the mean of the questions."""

    id: str
    b: float
    se: float
    infit: float
    outfit: float


@dataclass(frozen=True)
class Step:
    """A total, with the ability that it stands for and how many students have it."""

    total: int
    ability: float
    se: float
    count: int


@dataclass(frozen=True)
class Rasch:
    """Questions and students on one scale, in logits."""

    items: tuple[Place, ...]
    steps: tuple[Step, ...]
    left_out: tuple[str, ...]
    """Questions with part marks, or that everybody or nobody got right."""


def fit(responses: Responses) -> Rasch | str:
    """The model, or why there is none."""
    marks = responses.marks
    if len(marks) < ENOUGH:
        return count(
            "no Rasch model: {n} student, {enough} are needed",
            "no Rasch model: {n} students, {enough} are needed",
            len(marks),
            enough=ENOUGH,
        )
    counts = ((marks == 0) | (marks == 1)).all(axis=0)
    varies = (marks.max(axis=0) > marks.min(axis=0)) & counts
    names = [item.id for item in responses.items]
    kept = np.flatnonzero(varies)
    if len(kept) > MOST:
        return say("no Rasch model: more than {most} questions", most=MOST)
    if len(kept) < 3:
        return say(
            "no Rasch model: fewer than 3 questions are right or wrong and told students apart"
        )
    table = _by_total(marks[:, kept])
    b = difficulties(table)
    if b is None:
        return say(
            "no Rasch model: one question parts all who are better from all who are worse"
        )
    left_out = tuple(name for n, name in enumerate(names) if n not in set(kept.tolist()))
    return _placed(table, b, [names[n] for n in kept], left_out)


@dataclass(frozen=True)
class ByTotal:
    """All that the model needs: `students` by total, and how many of them have each item right."""

    students: Vector
    right: Vector


def _by_total(marks: Vector) -> ByTotal:
    totals = marks.sum(axis=1).round().astype(np.intp)
    k = marks.shape[1]
    right = np.stack([np.bincount(totals, marks[:, i], k + 1) for i in range(k)], axis=1)
    students = np.asarray(np.bincount(totals, minlength=k + 1), dtype=np.float64)
    return ByTotal(students, np.asarray(right, dtype=np.float64))


def difficulties(table: ByTotal) -> Vector | None:
    """The estimates, with mean 0. None where they do not exist."""
    k = table.right.shape[1]
    inner = slice(1, k)
    right, students = table.right[inner].sum(axis=0), float(table.students[inner].sum())
    if students < 2 or (right <= 0).any() or (right >= students).any():
        return None
    b = np.log(students - right) - np.log(right)
    b -= b.mean()
    for _ in range(STEPS):
        expected, information = _expected(b, table.students)
        step = np.linalg.solve(information + 1 / k, expected - right)
        b += np.clip(step, -1, 1)
        b -= b.mean()
        if np.abs(b).max() > FARTHEST:
            return None
        if np.abs(step).max() < CLOSE:
            return np.asarray(b)
    return None


def _expected(b: Vector, students: Vector) -> tuple[Vector, Vector]:
    """How many have each question right, given the totals, and the information on difficulties."""
    k, easy = len(b), np.exp(-b)
    gamma = symmetric(easy)
    per_total = students[1:k] / gamma[1:k]
    without, pairs = _without(easy, np.append(per_total[1:], [0.0, 0.0]))
    expected = easy * (without[:, : k - 1] @ per_total)
    share = easy[:, None] * without[:, : k - 1] / gamma[1:k]
    return expected, np.diag(expected) + pairs - (share * students[1:k]) @ share.T


def symmetric(easy: Vector) -> Vector:
    """The elementary symmetric functions of all orders, by adding one question after the other."""
    gamma = np.zeros(len(easy) + 1)
    gamma[0] = 1
    for one in easy:
        gamma[1:] += one * gamma[:-1].copy()
    return gamma


def _without(easy: Vector, weights: Vector) -> tuple[Vector, Vector]:
    """The same without each question, a row for each; and summed by weights without each two.

    All questions before j are in a row, all after it in the weights: what is left is j and the row.
    Everything is added, so no digit is lost.
    """
    k = len(easy)
    after = [weights]
    for one in easy[::-1]:
        after.append(after[-1] + one * np.append(after[-1][1:], 0.0))
    rows, pairs = np.zeros((k, k)), np.zeros((k, k))
    rows[:, 0] = 1
    for j, one in enumerate(easy):
        pairs[:j, j] = one * easy[:j] * (rows[:j] @ after[k - 1 - j])
        held = rows[j].copy()
        rows[:, 1:] += one * rows[:, :-1].copy()
        rows[j] = held
    return rows, pairs + pairs.T


def _placed(
    table: ByTotal, b: Vector, names: Sequence[str], left_out: tuple[str, ...]
) -> Rasch:
    k = len(b)
    information = _expected(b, table.students)[1]
    errors = np.sqrt(np.diag(np.linalg.inv(information + 1 / k) - 1 / k))
    infit, outfit = _fit(table, b)
    columns = zip(names, b, errors, infit, outfit, strict=True)
    items = tuple(Place(name, *map(float, numbers)) for name, *numbers in columns)
    counts = map(int, table.students)
    steps = tuple(Step(t, *ability(t, b), n) for t, n in enumerate(counts))
    return Rasch(items, steps, left_out)


def ability(total: int, b: Vector, weighted: bool = True) -> tuple[float, float]:
    """The ability that a total stands for, and its standard error: Warm's, or likeliest."""
    low, high = -30.0, 30.0
    for _ in range(100):  # halves an interval: the score falls with the ability
        middle = (low + high) / 2
        p = 1 / (1 + np.exp(b - middle))
        information = float((p * (1 - p)).sum())
        push = float((p * (1 - p) * (1 - 2 * p)).sum()) / (2 * max(information, 1e-300))
        if total - float(p.sum()) + weighted * push > 0:
            low = middle
        else:
            high = middle
    p = 1 / (1 + np.exp(b - low))
    return low, float(1 / np.sqrt((p * (1 - p)).sum()))


def _fit(table: ByTotal, b: Vector) -> tuple[Vector, Vector]:
    """Infit and outfit of each question: 1 as expected, more where answers surprise."""
    totals = [t for t in range(1, len(b)) if table.students[t]]
    abilities = np.array([ability(t, b, weighted=False)[0] for t in totals])
    students, right = table.students[totals][:, None], table.right[totals]
    p = 1 / (1 + np.exp(b[None, :] - abilities[:, None]))
    spread = p * (1 - p)
    squares = right * (1 - p) ** 2 + (students - right) * p**2
    infit = squares.sum(axis=0) / (students * spread).sum(axis=0)
    return infit, (squares / spread).sum(axis=0) / float(students.sum())
