"""A bank of many questions fills several pages, so that a browser is quick with each of them.

Every one of them is a self-check like any other, with a session of its own, and prints by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from viva.bank.banks import Bank, items
from viva.bank.question import Question
from viva.base.words import Words
from viva.site.routes import SELF_CHECKS

MANY, SHARE = 100, 50
"""A bank of more items than that is parted into so many each: whole questions, whole cases."""


@dataclass(frozen=True)
class Portion:
    """What stands on one page: the bank with these questions alone, its number and how many."""

    bank: Bank
    number: int = 1
    total: int = 1

    @property
    def sheet(self) -> str:
        """The name of the page and of its script; no bank's id has an underscore."""
        return self.bank.id if self.number == 1 else f"{self.bank.id}_{self.number}"

    @property
    def path(self) -> str:
        """Where the page stands among those of the course."""
        return f"{SELF_CHECKS}/{self.sheet}.md"

    @property
    def script(self) -> str:
        """The file that brings its questions to other pages."""
        return f"assets/viva/questions/{self.sheet}.js"

    def title(self, words: Words) -> str:
        """What the page is called."""
        if self.total == 1:
            return self.bank.title
        return words.say("{title}, part {n}", title=self.bank.title, n=self.number)


def portions(bank: Bank) -> tuple[Portion, ...]:
    """The pages of a bank, mostly one."""
    if bank.size <= MANY:
        return (Portion(bank),)
    shares = list(_shares(bank.questions))
    return tuple(
        Portion(replace(bank, questions=share), number, len(shares))
        for number, share in enumerate(shares, 1)
    )


def _shares(questions: tuple[Question, ...]) -> Iterator[tuple[Question, ...]]:
    share: list[Question] = []
    for question in questions:
        if share and items((*share, question)) > SHARE:
            yield tuple(share)
            share = []
        share.append(question)
    yield tuple(share)
