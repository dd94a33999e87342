"""What a system keeps so that a student goes on at another computer, beside what there is to keep.

`memory.js` packs it: each mark first, and answers while there is room.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from viva.bank.interactions import (
    Choice,
    Gaps,
    Interaction,
    Judgement,
    Number,
    Order,
    Pairs,
    Panel,
    Spot,
    Words,
)
from viva.base.words import count, say
from viva.exchange.export import Job
from viva.exchange.items import Item

MARK = 8
"""Characters of a question and its first mark, with the sign before the next."""
AROUND = 4
"""Characters beside an answer."""
TYPED, OTHER = 14, 40
"""Characters of a typed answer, and of one of a kind that only viva knows; often fewer."""


def report(job: Job, asked: Sequence[Item], room: int, instead: str) -> None:
    """Say at the first question for which there is no room that the room ends there."""
    most = room // MARK
    if len(asked) > most:
        gone = len(asked) - most
        said = count(
            "{client} keeps the marks of {most} questions: on another computer this one begins "
            "anew ({instead})",
            "{client} keeps the marks of {most} questions: on another computer this one and those "
            "after it, {n} in all, begin anew ({instead})",
            gone,
            client=job.client, most=most, instead=instead,
        )
        job.near(asked[most], said)
        return
    used = accumulate(MARK + AROUND + length(item.interaction) for item in asked)
    beyond = next((item for item, end in zip(asked, used, strict=True) if end > room), None)
    if beyond:
        said = say(
            "{client} keeps {n} characters, about the answers before this one: every mark comes "
            "along, but long answers are not shown again on another computer ({instead})",
            client=job.client, n=room, instead=instead,
        )
        job.near(beyond, said)


def length(given: Interaction | None) -> int:
    """About how many characters an answer takes."""
    match given:
        case Choice(options, several):
            return 1 + 2 * sum(one.right for one in options) if several else 1
        case Panel() | Spot():
            return 2
        case Judgement(parts) | Order(parts):
            return 1 + 2 * len(parts)
        case Pairs(prompts=parts):
            return 1 + 2 * len(parts)
        case Number() | Words():
            return TYPED
        case Gaps(gaps=gaps):
            return 1 + sum(2 if isinstance(gap.filled, Choice) else 1 + TYPED for gap in gaps)
    return OTHER
