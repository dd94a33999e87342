"""What the bank remembers of its questions: how often they were used, and whether they drift.

A question drifts when its last difficulty differs from those before by at least .10 and by more
than chance: |z| above 2.58 for two proportions, which comes by chance in 1 of 100 questions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from viva.bank.question import Past, Question
from viva.base.tables import Cell

BEYOND_CHANCE, WORTH_SAYING = 2.58, 0.10
COLUMNS = ("question", "sittings", "students", "last used", "p before", "p last", "z", "drifts",
           "r last", "decisions")  # fmt: skip


@dataclass(frozen=True)
class Use:
    """A question over all its sittings. `students` is how many have seen it: its exposure."""

    question: str
    sittings: int
    students: int
    last: str
    before: float | None
    """The difficulty in all sittings before the last, each weighed by its students, without those
    in which a decision changed what was right."""
    p: float | None
    r: float | None
    z: float | None
    decisions: tuple[str, ...]

    @property
    def drifts(self) -> bool:
        """Whether it has become easier or harder, beyond chance and by enough to matter."""
        if self.z is None or self.p is None or self.before is None:
            return False
        return abs(self.z) > BEYOND_CHANCE and abs(self.p - self.before) >= WORTH_SAYING


def uses(questions: Iterable[Question]) -> list[Use]:
    """Every question that was in a sitting, those that drift first, then by what was seen most."""
    found = (_use(one.id, one.history) for one in questions if one.history)
    return sorted(found, key=lambda use: (not use.drifts, -use.students, use.question))


def _use(question: str, history: Sequence[Past]) -> Use:
    last = history[-1]
    alike = [one for one in history if one.p is not None and one.n and not one.decision]
    earlier = [one for one in alike if one is not last]
    many = sum(one.n or 0 for one in earlier)
    before = sum((one.p or 0) * (one.n or 0) for one in earlier) / many if many else None
    return Use(
        question=question,
        sittings=len(history),
        students=sum(one.n or 0 for one in history),
        last=last.sitting,
        before=before,
        p=last.p,
        r=last.r,
        z=None if last.decision else _z(before, many, last.p, last.n),
        decisions=tuple(f"{one.sitting}: {one.decision}" for one in history if one.decision),
    )


def _z(before: float | None, many: int, p: float | None, n: int | None) -> float | None:
    """How many standard errors are between two proportions; None where both are 0 or 1."""
    if before is None or p is None or not n:
        return None
    whole = (before * many + p * n) / (many + n)
    error = math.sqrt(whole * (1 - whole) * (1 / many + 1 / n))
    return (p - before) / error if error else None


def rows(found: Sequence[Use]) -> Iterator[Sequence[Cell]]:
    """A row for each question; what is not known is an empty cell."""
    yield COLUMNS
    for use in found:
        numbers = (_short(use.before), _short(use.p), _short(use.z))
        drifts = "yes" if use.drifts else "no"
        said = "; ".join(use.decisions)
        yield (use.question, use.sittings, use.students, use.last, *numbers, drifts,
               _short(use.r), said)  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
