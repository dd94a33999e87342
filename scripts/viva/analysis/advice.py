"""What the numbers of a question mean, in plain words, and how often they would say so by chance.

Sources of the limits: difficulty .30 to .90 and a corrected item-total correlation of at least .15
are usual in health professions; a distractor functions when at least 5 % choose it (Tarrant 2009).
That a key may be wrong is said by a rule of our own, whose false alarms and power are simulated in
`benchmarks/flags.py`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from viva.analysis.statistics import Analysis, ItemFacts, OptionFacts
from viva.base.words import Listed, Percent, Quantity, Said, count, say, shaped, told

ENOUGH, STEADY = 30, 100
HARD, EASY, WEAK, IDLE = 0.30, 0.90, 0.15, 0.05
FAIR_HARD, FAIR_EASY, FAIR, FAIR_OPTION = 0.40, 0.80, 0.30, 0.10
"""Sound questions that are near a limit: how often these pass it by chance is said with a flag."""
FEW, HALF = Percent(0.05), Percent(0.025, 1)
MORE, BOUND, FALL = 0.9, 6.0, 0.4
"""What being chosen by more counts beside being better; how far ahead of the key is too far for
chance, and by how much less with the root of the number of students."""

SIGNED = re.compile(r"[+-]\d")
"""How a scale from less to more likely is labelled."""

Weight = Literal["look", "consider", "note"]


@dataclass(frozen=True)
class Flag:
    """One remark on a question. `look` first at those that may be marked wrongly."""

    weight: Weight
    text: Said
    false_alarm: str = ""
    """How often it comes by chance; empty where it only says what is so."""


def flags(item: ItemFacts, students: int) -> tuple[Flag, ...]:
    """What to look at in a question; fewer than 30 answers say too little."""
    if students < ENOUGH:
        said = count(
            "too few answers to say: {n} student, {enough} are needed",
            "too few answers to say: {n} students, {enough} are needed",
            students,
            enough=ENOUGH,
        )
        return (Flag("note", said),)
    return (*_key(item, students), *_difficulty(item, students), *_distractors(item, students))


def general(analysis: Analysis) -> tuple[Said, ...]:
    """What to know of the whole test before reading on."""
    students = analysis.students
    if students < ENOUGH:
        return (
            count(
                "Only {n} student answered: too few to judge a question by.",
                "Only {n} students answered: too few to judge a question by.",
                students,
            ),
        )
    if students < STEADY:
        return (
            count(
                "With {n} student the correlations are still rough.",
                "With {n} students the correlations are still rough.",
                students,
            ),
        )
    return ()


def _key(item: ItemFacts, students: int) -> Iterator[Flag]:
    r, rivals = item.r_rest, [one for one in _tempting(item) if _ahead(one, item, students)]
    if rivals:
        best = max(rivals, key=lambda option: option.r_rest or 0)
        said = say("check the key: those who knew more chose {option}", option=best.label)
        chance = say("by chance in at most {share} of sound tests of 20 questions", share=FEW)
        yield Flag("look", said, chance)
    elif item.r_high is not None and item.r_high < 0:
        said = say("those who knew more did worse here: look at the wording and the key")
        chance = say(
            "by chance in at most {share} of questions that do not tell students apart", share=HALF
        )
        yield Flag("look", said, chance)
    elif r is not None and r < WEAK:
        said = say("hardly tells those who know more from those who know less")
        yield Flag("consider", said, _weak_by_chance(students))
    else:
        yield from _also_right(item, students)


def _also_right(item: ItemFacts, students: int) -> Iterator[Flag]:
    for option in _tempting(item):
        if (option.r_rest or 0) * math.sqrt(students) > 1.96:
            said = say(
                "{option} drew students who know more: is it right in some sense?",
                option=option.label,
            )
            chance = say(
                "by chance for {share} of options that have nothing to do with it", share=HALF
            )
            yield Flag("consider", said, chance)


def _tempting(item: ItemFacts) -> list[OptionFacts]:
    """Wrong options that drew students who did well in the rest."""
    return [o for o in _wrong(item) if o.functions and (o.r_rest or 0) > 0]


def _wrong(item: ItemFacts) -> list[OptionFacts]:
    """The options that are not the key; none on a scale, where a panel votes for several."""
    if any(SIGNED.fullmatch(option.label) for option in item.options):
        return []
    return [option for option in item.options if not option.keyed]


def _ahead(rival: OptionFacts, item: ItemFacts, students: int) -> bool:
    """Whether a wrong option looks so much more like a key that chance does not explain it.

    How much better those did in the rest who chose it, in r, and how many more they are than those
    who chose the key count together, each by what chance makes of it.
    """
    root, better = math.sqrt(students), (rival.r_rest or 0) - (item.r_rest or 0)
    more = root * (rival.share - item.p) / math.sqrt(rival.share + item.p)
    return better > 0 and root * better + MORE * more > max(0.0, BOUND - FALL * root)


def _weak_by_chance(students: int) -> Said:
    below = (math.atanh(WEAK) - math.atanh(FAIR)) * math.sqrt(students - 3)
    share = _share(_normal(below))
    fair = Quantity(FAIR, None, 2, 2)
    return say("by chance in {share} of questions whose true r is {r}", share=share, r=fair)


def _difficulty(item: ItemFacts, students: int) -> Iterator[Flag]:
    if item.p in (0.0, 1.0):
        everybody = say("everybody got it right, so it cannot tell students apart")
        nobody = say("nobody got it right, so it cannot tell students apart")
        yield Flag("consider", everybody if item.p else nobody)
    elif item.p < HARD:
        chance = _known(_passes(FAIR_HARD, HARD, students), FAIR_HARD)
        yield Flag("note", say("hard: was it taught, and is the question clear?"), chance)
    elif item.p > EASY:
        chance = _known(_passes(FAIR_EASY, EASY, students), FAIR_EASY)
        yield Flag("note", say("easy: fine for what everybody must know"), chance)


def _known(chance: float, students: float) -> Said:
    return say(
        "by chance in {share} of questions that {part} of all students know",
        share=_share(chance),
        part=Percent(students),
    )


def _distractors(item: ItemFacts, students: int) -> Iterator[Flag]:
    idle = [option.label for option in _wrong(item) if option.functions is False]
    if idle:
        said = say(
            "fewer than {share} chose {options}: write one that tempts, or drop it",
            share=FEW,
            options=Listed(tuple(idle)),
        )
        often = say(
            "by chance for {share} of options that {part} of all students choose",
            share=_share(_passes(FAIR_OPTION, IDLE, students)),
            part=Percent(FAIR_OPTION),
        )
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


def _share(share: float) -> Said:
    """7 %, or less than 1 %; never 0, because nothing is impossible."""
    return shaped("< {share}", share=Percent(0.01)) if share < 0.005 else told(Percent(share))
