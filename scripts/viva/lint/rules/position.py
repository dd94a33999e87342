"""BK601 and BK603: the places in which right options stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from math import sqrt

from viva.base.letters import letter
from viva.base.words import say
from viva.lint.item import Item
from viva.lint.rule import Flaw, rule
from viva.lint.stats import chi_square_tail, uneven_tail
from viva.lint.views import BankView

RARE = 0.01
EFFECT = 0.15
RUN = 5
MOST_EXACT = 6


@rule("BK601", "warning", scope="bank")
def key_position(bank: BankView) -> Iterator[Flaw]:
    """The right options sit in the same place too often.

    For questions with the same number of options: p < .01, by chi-square where there are five
    questions or more for each place, by counting every outcome where there are fewer; and an effect
    (the root of chi-square by n) of .15 or more. Shuffled questions do not count, and fewer than
    five are not judged.

    Bad:
        keys: BBBBABBBBCBB
    Good:
        keys: BADCBACDDACB
    Source: Haladyna 2002, guideline 20.
    Measured: exact, a statistical test of positions.
    """
    for options, items in _by_count(bank).items():
        seen = Counter(_place(item) for item in items)
        counts = [seen[place] for place in range(options)]
        if _is_uneven(counts):
            places = ", ".join(f"{letter(n)} {count}" for n, count in enumerate(counts))
            said = say(
                "right options sit unevenly: {places} (move some, or shuffle)",
                places=places,
            )
            yield Flaw(("title",), said)


def _by_count(bank: BankView) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for item in bank.singles:
        if not item.question.shuffle:
            found[len(item.choices)].append(item)
    return found


def _place(item: Item) -> int:
    return next(number for number, choice in enumerate(item.choices) if choice.correct)


def _is_uneven(counts: list[int]) -> bool:
    places, total = len(counts), sum(counts)
    fair = total / places
    value = sum((count - fair) ** 2 / fair for count in counts)
    if total < RUN or sqrt(value / total) < EFFECT:
        return False
    if total >= 5 * places:
        return chi_square_tail(value, places - 1) < RARE
    return places <= MOST_EXACT and uneven_tail(counts) < RARE


@rule("BK603", "info", scope="bank")
def key_run(bank: BankView) -> Iterator[Flaw]:
    """Five right options or more in the same place one after another.

    Students who know all five begin to doubt.

    Bad:
        keys: ABBBBBCD
    Good:
        keys: ABBCBBCD
    Source: Haladyna 2002, guideline 20.
    Measured: exact, a count.
    """
    fixed = [item for item in bank.singles if not item.question.shuffle and len(item.choices) > 2]
    for place, group in groupby(fixed, key=_place):
        items = list(group)
        if len(items) >= RUN:
            message = say(
                "{items} questions in a row have {letter} right (mix them)",
                items=len(items),
                letter=letter(place),
            )
            yield Flaw((*items[0].loc, "options"), message)
