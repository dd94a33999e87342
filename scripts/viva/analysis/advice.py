"""What the numbers of a question mean, in plain words.

Sources of the limits: difficulty .30 to .90 and a corrected item-total correlation of at least .15
are usual in health professions; a distractor functions when at least 5 % choose it (Tarrant 2009).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from viva.analysis.statistics import Analysis, ItemFacts, OptionFacts

ENOUGH, STEADY = 30, 100
HARD, EASY, WEAK = 0.30, 0.90, 0.15

Weight = Literal["look", "consider", "note"]


@dataclass(frozen=True)
class Flag:
    """One remark on a question. `look` first at those that may be marked wrongly."""

    weight: Weight
    text: str


def flags(item: ItemFacts, students: int) -> tuple[Flag, ...]:
    """What to look at in a question; fewer than 30 answers say too little."""
    if students < ENOUGH:
        said = f"too few answers to say: {students} students, {ENOUGH} are needed"
        return (Flag("note", said),)
    return (*_key(item), *_difficulty(item), *_distractors(item))


def general(analysis: Analysis) -> tuple[str, ...]:
    """What to know of the whole test before reading on."""
    students = analysis.students
    if students < ENOUGH:
        return (f"Only {students} students answered: too few to judge a question by.",)
    if students < STEADY:
        return (f"With {students} students the correlations are still rough.",)
    return ()


def _key(item: ItemFacts) -> Iterator[Flag]:
    r = item.r_rest
    rivals = [o for o in _tempting(item) if r is None or (o.r_rest or 0) > r]
    if r is not None and r < WEAK and rivals:
        best = max(rivals, key=lambda option: option.r_rest or 0)
        yield Flag("look", f"check the key: those who knew more chose {best.label}")
    elif r is not None and r < 0:
        yield Flag("look", "those who knew more did worse here: check the key and the wording")
    elif r is not None and r < WEAK:
        yield Flag("consider", "hardly tells those who know more from those who know less")
    else:
        for option in _tempting(item):
            said = f"{option.label} drew students who know more: is it right in some sense?"
            yield Flag("consider", said)


def _tempting(item: ItemFacts) -> list[OptionFacts]:
    """Wrong options that drew students who did well in the rest."""
    return [o for o in item.options if o.functions and (o.r_rest or 0) > 0]


def _difficulty(item: ItemFacts) -> Iterator[Flag]:
    if item.p in (0.0, 1.0):
        who = "everybody" if item.p else "nobody"
        yield Flag("consider", f"{who} got it right, so it cannot tell students apart")
    elif item.p < HARD:
        yield Flag("note", "hard: was it taught, and is the question clear?")
    elif item.p > EASY:
        yield Flag("note", "easy: fine for what everybody must know")


def _distractors(item: ItemFacts) -> Iterator[Flag]:
    idle = [option.label for option in item.options if option.functions is False]
    if idle:
        which = " and ".join([", ".join(idle[:-1]), idle[-1]] if idle[1:] else idle)
        yield Flag("note", f"fewer than 5 in 100 chose {which}: write one that tempts, or drop it")
