"""ST1xx, questions that ask for what is not so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.lint.item import Item
from viva.lint.rule import ASKED, CHOSEN, Flaw, rule
from viva.lint.text import main_clause

EMPHASISED = re.compile(
    r"\b(NOT|EXCEPT|LEAST|FALSE|INCORRECT|NEVER)\b|\*\*\s*(?:not|except|least)", 0
)
HARMLESS = re.compile(
    r"\bat least\b|\bnot only\b|\bfalse[- ](?:positives?|negatives?|profile|rate|alarm|aneurysm)\w*"
    r"|\bwhether or not\b|\bif not\b|\bor not\b|\bnot (?:respond\w*|improv\w*|help\w*|yet)\b"
    r"|\b(?:patients|people|adults|children|women|men|those) not\b"
    r"|\bnot to\b|\bnot least\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(
    r"\b(except|excluding)\b(?! for)"
    r"|\b(least) (?:likely|appropriate|probable|suitable|useful|helpful|accurate|consistent"
    r"|important|typical|common|true)\b"
    r"|\b(?:is|are|was|were|do|does|did|would|should|can|could|will|has|have|may|must)\b"
    r"(?: \w+){0,4}? (not)\b|\b(\w+n't|cannot|never)\b"
    r"|\b(?:is|are)(?: the)? (false|incorrect|untrue|wrong)\b",
    re.IGNORECASE,
)
ASKS_WHY = re.compile(r"\b(?:why|how)\b|what (?:is|was|went) wrong", re.IGNORECASE)
NO_START = re.compile(r"^(?:no|not|never|none|cannot|without)\b|\bnot\b", re.IGNORECASE)


def negative(item: Item) -> re.Match[str] | None:
    """The word that turns the lead-in round, if one does."""
    loud = EMPHASISED.search(text := item.lead_in)
    if loud:
        return loud
    if not NEGATIVE.search(text):
        return None
    clause = main_clause(HARMLESS.sub(" ", text))
    return None if ASKS_WHY.search(text) else NEGATIVE.search(clause)


def turned(item: Item) -> str:
    """That word, or nothing."""
    found = negative(item)
    return next(filter(None, found.groups()), found[0]) if found else ""


def is_emphasised(item: Item, word: str) -> bool:
    """Whether its author made the word stand out by capitals or bold type."""
    shout = re.compile(rf"\*\*[^*]*\b{re.escape(word)}\b[^*]*\*\*|\b{re.escape(word.upper())}\b")
    return bool(shout.search(item.question.stem))


def doubly_negative(item: Item) -> list[int]:
    """The options that are negative under a negative lead-in."""
    return [n for n, choice in enumerate(item.real) if NO_START.search(choice.text)]


@rule("ST101", "warning", *ASKED)
def negative_lead_in(item: Item) -> Iterator[Flaw]:
    """The lead-in asks for what is not so.

    A reader who overlooks one word answers the opposite. Where a safe action needs its exception
    known, ask for it positively: which is contraindicated, which must be avoided?

    Bad:
        stem: Which muscle is NOT supplied by the median nerve?
    Good:
        stem: Which muscle is supplied by the ulnar nerve?
    Source: Haladyna 2002, guideline 17; NBME Item-Writing Guide 2020, chapter 3.
    """
    word = turned(item)
    if word and is_emphasised(item, word) and not doubly_negative(item):
        yield Flaw(("stem",), f"the stem asks for what is {word} so (ask for what is so)")


@rule("ST102", "error", *ASKED)
def quiet_negative(item: Item) -> Iterator[Flaw]:
    """A negative lead-in whose negative word is easy to overlook.

    `viva check --fix` writes it as **NOT**. Asking positively is better.

    Bad:
        stem: Which muscle is not supplied by the median nerve?
    Good:
        stem: Which muscle is supplied by the ulnar nerve?
    Source: Haladyna 2002, guideline 17.
    """
    word = turned(item)
    if word and not is_emphasised(item, word) and not doubly_negative(item):
        loud = f"**{word.upper()}**"
        yield Flaw(("stem",), f"“{word}” is easy to overlook (ask positively, or write {loud})")


@rule("ST111", "error", *CHOSEN)
def double_negative(item: Item) -> Iterator[Flaw]:
    """A negative lead-in with negative options.

    Bad:
        stem: Which of these findings is NOT expected?
        options:
          - text: A fast pulse
          - text: No pain on deep breaths
            correct: true
          - text: Oedema of the ankles
    Good:
        stem: Which of these findings is expected?
        options:
          - text: Oedema of the ankles
            correct: true
          - text: Painless deep breaths
          - text: Weak knee extension
    Source: Haladyna 2002, guideline 17.
    """
    for number in doubly_negative(item)[:1] if turned(item) else ():
        message = "a negative option under a negative question (ask positively)"
        yield Flaw(item.real[number].loc, message)
