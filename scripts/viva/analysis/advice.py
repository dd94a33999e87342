"""What the numbers of a question mean, in plain words, and how often they would say so by chance.

Sources of the limits: difficulty .30 to .90 and a corrected item-total correlation of at least .15
are usual in health professions; a distractor functions when at least 5 % choose it (Tarrant 2009).
That a key may be wrong is said by a rule of our own, whose false alarms and power are simulated in
`benchmarks/flags.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from viva.analysis.statistics import Analysis, ItemFacts, OptionFacts

ENOUGH, STEADY = 30, 100
HARD, EASY, WEAK, IDLE = 0.30, 0.90, 0.15, 0.05
FAIR_HARD, FAIR_EASY, FAIR, FAIR_OPTION = 0.40, 0.80, 0.30, 0.10
"""Sound questions that are near a limit: how often these pass it by chance is said with a flag."""
MORE, BOUND, FALL = 0.9, 6.0, 0.4
"""What being chosen by more counts beside being better; how far ahead of the key is too far for
chance, and by how much less with the root of the number of students."""

Weight = Literal["look", "consider", "note"]


@dataclass(frozen=True)
class Flag:
    """One remark on a question. `look` first at those that may be marked wrongly."""

    weight: Weight
    text: str
    false_alarm: str = ""
    """How often it comes by chance; empty where it only says what is so."""


def flags(item: ItemFacts, students: int) -> tuple[Flag, ...]:
    """What to look at in a question; fewer than 30 answers say too little."""
    if students < ENOUGH:
        said = f"too few answers to say: {students} students, {ENOUGH} are needed"
        return (Flag("note", said),)
    return (*_key(item, students), *_difficulty(item, students), *_distractors(item, students))


def general(analysis: Analysis) -> tuple[str, ...]:
    """What to know of the whole test before reading on."""
    students = analysis.students
    if students < ENOUGH:
        return (f"Only {students} students answered: too few to judge a question by.",)
    if students < STEADY:
        return (f"With {students} students the correlations are still rough.",)
    return ()


def _key(item: ItemFacts, students: int) -> Iterator[Flag]:
    r, rivals = item.r_rest, [one for one in _tempting(item) if _ahead(one, item, students)]
    if rivals:
        best = max(rivals, key=lambda option: option.r_rest or 0)
        said = f"check the key: those who knew more chose {best.label}"
        yield Flag("look", said, "in at most 5 of 100 sound tests of 20 questions")
    elif item.r_high is not None and item.r_high < 0:
        said = "those who knew more did worse here: look at the wording and the key"
        yield Flag("look", said, "in at most 2.5 of 100 questions that do not tell students apart")
    elif r is not None and r < WEAK:
        said = "hardly tells those who know more from those who know less"
        yield Flag("consider", said, _weak_by_chance(students))
    else:
        yield from _also_right(item, students)


def _also_right(item: ItemFacts, students: int) -> Iterator[Flag]:
    for option in _tempting(item):
        if (option.r_rest or 0) * math.sqrt(students) > 1.96:
            said = f"{option.label} drew students who know more: is it right in some sense?"
            yield Flag("consider", said, "for 2.5 of 100 options that have nothing to do with it")


def _tempting(item: ItemFacts) -> list[OptionFacts]:
    """Wrong options that drew students who did well in the rest."""
    return [o for o in item.options if o.functions and (o.r_rest or 0) > 0]


def _ahead(rival: OptionFacts, item: ItemFacts, students: int) -> bool:
    """Whether a wrong option looks so much more like a key that chance does not explain it.

    How much better those did in the rest who chose it, in r, and how many more they are than those
    who chose the key count together, each by what chance makes of it.
    """
    root, better = math.sqrt(students), (rival.r_rest or 0) - (item.r_rest or 0)
    more = root * (rival.share - item.p) / math.sqrt(rival.share + item.p)
    return better > 0 and root * better + MORE * more > max(0.0, BOUND - FALL * root)


def _weak_by_chance(students: int) -> str:
    below = (math.atanh(WEAK) - math.atanh(FAIR)) * math.sqrt(students - 3)
    return f"in {_hundred(_normal(below))} questions whose true r is {FAIR:.2f}"


def _difficulty(item: ItemFacts, students: int) -> Iterator[Flag]:
    if item.p in (0.0, 1.0):
        who = "everybody" if item.p else "nobody"
        yield Flag("consider", f"{who} got it right, so it cannot tell students apart")
    elif item.p < HARD:
        chance = _hundred(_passes(FAIR_HARD, HARD, students))
        said = f"in {chance} questions that {FAIR_HARD:.0%} of all students know"
        yield Flag("note", "hard: was it taught, and is the question clear?", said)
    elif item.p > EASY:
        chance = _hundred(_passes(FAIR_EASY, EASY, students))
        said = f"in {chance} questions that {FAIR_EASY:.0%} of all students know"
        yield Flag("note", "easy: fine for what everybody must know", said)


def _distractors(item: ItemFacts, students: int) -> Iterator[Flag]:
    idle = [option.label for option in item.options if option.functions is False]
    if idle:
        which = " and ".join([", ".join(idle[:-1]), idle[-1]] if idle[1:] else idle)
        said = f"fewer than 5 in 100 chose {which}: write one that tempts, or drop it"
        chance = _hundred(_passes(FAIR_OPTION, IDLE, students))
        often = f"for {chance} options that {FAIR_OPTION:.0%} of all students choose"
        yield Flag("note", said, often)


def _passes(true: float, limit: float, students: int) -> float:
    """How often a share falls on the far side of a limit by chance (binomial)."""
    if limit > true:
        return _passes(1 - true, 1 - limit, students)
    most = math.ceil(limit * students - 1e-9) - 1
    scale, odds = math.lgamma(students + 1), math.log(true) - math.log1p(-true)
    return sum(
        math.exp(scale - math.lgamma(k + 1) - math.lgamma(students - k + 1)
                 + k * odds + students * math.log1p(-true))
        for k in range(most + 1)
    )  # fmt: skip


def _normal(z: float) -> float:
    return math.erfc(-z / math.sqrt(2)) / 2


def _hundred(share: float) -> str:
    """`7 of 100`; never 0, because nothing is impossible."""
    return "fewer than 1 of 100" if share < 0.005 else f"{100 * share:.0f} of 100"
