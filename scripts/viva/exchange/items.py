"""The questions of a bank as other systems take them: one after the other, steps of a case too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from viva.bank import types
from viva.bank.banks import Bank
from viva.bank.interactions import Interaction, Steps
from viva.bank.question import Question
from viva.base import net
from viva.base.reader import Loc


@dataclass(frozen=True)
class Item:
    """A question as it leaves. A case comes before its steps, which repeat the story so far."""

    question: Question
    bank: Bank
    loc: Loc
    """Where it stands in the bank's file."""
    interaction: Interaction | None
    before: tuple[str, ...] = ()
    """What is told before its stem, in Markdown."""
    step: tuple[str, int, int] | None = None
    """Of a step: the id of its case, its place from 1, and how many there are."""

    @property
    def id(self) -> str:
        """The id of the question, unique in the course."""
        return self.question.id

    @property
    def name(self) -> str:
        """What a list of questions calls it."""
        if self.step is None:
            return self.id
        case, place, many = self.step
        return f"{case} {place}/{many}"


def items(bank: Bank) -> Iterator[Item]:
    """Every question of a bank, and after a case its steps."""
    for number, question in enumerate(bank.questions):
        with net.about(question.id):
            found = types.interaction(question)
        loc: Loc = ("questions", number)
        yield Item(question, bank, loc, found)
        if isinstance(found, Steps):
            yield from _steps(question, bank, loc, found.story)


def _steps(case: Question, bank: Bank, loc: Loc, story: str) -> Iterator[Item]:
    told = [story]
    steps = types.steps(case)
    for number, step in enumerate(steps):
        told += [step.reveal] if step.reveal else []
        place = (case.id, number + 1, len(steps))
        found = types.interaction(step)
        yield Item(step, bank, (*loc, "steps", number), found, tuple(told), place)
