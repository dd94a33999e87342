"""OP2xx, how options are worded: absolute and vague terms, pairs of opposites, yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.bank import others
from viva.bank.types import Trait
from viva.base.words import say
from viva.lint import lexicon
from viva.lint.item import Item
from viva.lint.rule import CHOSEN, ENGLISH, FOUR, Flaw, rule
from viva.lint.text import quoted

ABSOLUTE = re.compile(
    r"\b(always|never|invariably|absolutely|totally|entirely|completely|exclusively|impossible"
    r"|inevitably|only|all|every|none|must)\b"
)
_ABSOLUTE_WORDS = """
always never invariably absolutely totally entirely completely exclusively impossible inevitably
only all every none must
"""
ABSOLUTE_WORDS = frozenset(_ABSOLUTE_WORDS.split())
IDIOM = re.compile(
    r"\bevery (?:\d+|other|two|three|four|six|eight|twelve|few|morning|evening|night|day|week|month"
    r"|year|second|third|half)\b|\ball[- ](?:cause|trans|or[- ]none)\b|\ball of\b|\bat all\b"
    r"|\bonly (?:one|two|child|after|if|when)\b|\bafter all\b|\ball (?:two|three|four|five|six)\b"
    r"|\bread[- ]only\b"
)
VAGUE = re.compile(
    r"\b(usually|often|frequently|sometimes|rarely|seldom|occasionally|generally|typically|commonly"
    r"|mostly|probably|possibly)\b",
    re.IGNORECASE,
)
_VAGUE_WORDS = """
usually often frequently sometimes rarely seldom occasionally generally typically commonly mostly
probably possibly
"""
VAGUE_WORDS = frozenset(_VAGUE_WORDS.split())
YES_NO = re.compile(r"^(?:yes|no)\b ?[,;:.-]", re.IGNORECASE)
NO_CHANGE = re.compile(
    r"\b(?:unchanged|no change|same|equal|stays?|neither|unaffected)\b", re.IGNORECASE
)
PAIRS = (
    ("increase", "decrease"), ("increases", "decreases"), ("increased", "decreased"),
    ("higher", "lower"), ("larger", "smaller"), ("more", "less"), ("raised", "lowered"),
    ("rises", "falls"), ("positive", "negative"), ("present", "absent"), ("above", "below"),
    ("with", "without"), ("can", "cannot"), ("is", "is not"), ("earlier", "later"),
    ("longer", "shorter"), ("gain", "loss"), ("acute", "chronic"), ("true", "false"),
)  # fmt: skip
OPPOSITE = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
OPPOSITES = frozenset(OPPOSITE)
PREFIXES = (("hyper", "hypo"), ("hypo", "hyper"))


def absolute(text: str, language: str = "en") -> str:
    """The absolute word of a text, or nothing."""
    if language in lexicon.ABSOLUTE:
        other = lexicon.ABSOLUTE[language].search(text)
        return other[1].lower() if other else ""
    lower = text.lower()  # looked through faster than any case
    found = ABSOLUTE.search(lower)
    if found and IDIOM.search(lower):
        found = ABSOLUTE.search(IDIOM.sub(" ", lower))
    return found[1] if found else ""


@rule("OP209", "info", *CHOSEN, languages=FOUR)
def absolute_terms(item: Item) -> Iterator[Flaw]:
    """Options with always, never, all, none, only and the like.

    In medicine they are seldom true, and test-takers know it. Information; a warning when two or
    more distractors and not the key carry one, for then it gives the key away.

    Bad:
        stem: How does the pupil behave in bright light?
        options:
          - text: It always closes
          - text: It never changes
          - text: It tends to narrow
            correct: true
    Good:
        stem: How does the pupil behave in bright light?
        options:
          - text: It narrows
            correct: true
          - text: It stays as it is
          - text: It widens
    Source: Haladyna 2002, guideline 28a (specific determiners); NBME Item-Writing Guide 2020.
    Measured: exact, a list of words.
    """
    if item.language == "en" and not item.mentions(ABSOLUTE_WORDS):
        return
    found = [
        (choice, word)
        for choice in item.real
        if (word := absolute(choice.text, item.language)) and not others.signs(choice.text)
    ]
    if not found:
        return
    telling = len(found) >= 2 and all(choice.correct is False for choice, _ in found)
    choice, word = found[0]
    if telling:
        message = say("wrong options alone say things like “{word}” (say them without)", word=word)
    else:
        message = say("“{word}” makes an option easy to rule out (say it without)", word=word)
    yield Flaw(choice.loc, message)


@rule("OP210", "info", *CHOSEN, languages=FOUR)
def vague_terms(item: Item) -> Iterator[Flaw]:
    """Options with usually, often, rarely and the like.

    Readers differ widely in how often “often” is.

    Bad:
        stem: How does the pain of angina behave?
        options:
          - text: It comes with effort
            correct: true
          - text: It is felt in the knee
          - text: It often begins at night
    Good:
        stem: How does the pain of angina behave?
        options:
          - text: It begins at night
          - text: It comes with effort
            correct: true
          - text: It is felt in the knee
    Source: NBME Item-Writing Guide 2020, chapter 3 (vague frequency terms).
    Measured: exact, a list of words.
    """
    if item.language == "en" and not item.mentions(VAGUE_WORDS):
        return
    for choice in item.real:
        found = lexicon.VAGUE.get(item.language, VAGUE).search(choice.text)
        if found:
            said = say(
                "how often is “{word}”? (leave it out, or give a number)",
                word=found[1].lower(),
            )
            yield Flaw(choice.loc, said)
            return


@rule("OP217", "info", Trait.ONE_RIGHT, languages=ENGLISH)
def exhaustive_pair(item: Item) -> Iterator[Flaw]:
    """Two options that between them cover everything.

    One of the two must be right, so the others are ruled out unread.

    Bad:
        stem: What does bright light do to the pupil?
        options:
          - text: The cornea changes colour
          - text: The lens moves forward
          - text: The pupil decreases in size
            correct: true
          - text: The pupil increases in size
    Good:
        stem: What does bright light do to the pupil?
        options:
          - text: The pupil decreases in size
            correct: true
          - text: The pupil increases in size
          - text: The pupil stays the same
    Source: Haladyna 2002, guideline 28e (pairs); NBME Item-Writing Guide 2020 (grouped options).
    Measured: 2 of 20 hits right in a sample of 41; 5,710 items of MMLU (but those in MMLU-Redux)
    and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    if len(item.real) < 4 or not item.key or not is_polar(item.key.words):
        return
    if any(NO_CHANGE.search(choice.text) for choice in item.real):
        return
    pairs = [
        (one, other)
        for number, one in enumerate(item.real)
        for other in item.real[number + 1 :]
        if opposite(one.words, other.words)
    ]
    if len(pairs) == 1 and item.key in pairs[0]:
        message = say(
            "one of this and {option} must be right (pair the others too)",
            option=quoted(pairs[0][1].text),
        )
        yield Flaw(pairs[0][0].loc, message)


def is_polar(said: list[str]) -> bool:
    """Whether an option has a word that may have an opposite."""
    return not OPPOSITES.isdisjoint(said) or any(one.startswith(("hyper", "hypo")) for one in said)


def opposite(one: list[str], other: list[str]) -> bool:
    """Whether two options are the same but for one word and its opposite."""
    if len(one) != len(other) or one == other:
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    left, right = differing[0]
    prefixed = any(left.startswith(a) and right == b + left.removeprefix(a) for a, b in PREFIXES)
    return OPPOSITE.get(left) == right or prefixed


@rule("OP218", "info", Trait.ONE_RIGHT, languages=ENGLISH)
def yes_or_no(item: Item) -> Iterator[Flaw]:
    """Options that begin with yes and no.

    They answer one question with two: whether, and why. Ask for the one that matters.

    Bad:
        stem: Is a raised temperature enough for the diagnosis?
        options:
          - text: No, because many diseases raise it
            correct: true
          - text: Yes, because a number is objective
          - text: Yes, if it lasts for two days
    Good:
        stem: What does a raised temperature need before it becomes a diagnosis?
        options:
          - text: A second thermometer
          - text: A third measurement
          - text: Matching symptoms
            correct: true
    Source: NBME Item-Writing Guide 2020, chapter 3 (true/false in disguise).
    Measured: 20 of 20 hits right in a sample of 202, all in questions of law; 5,710 items of MMLU
    (but those in MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    found = [choice for choice in item.real if YES_NO.match(choice.text)]
    if len(found) >= 2:
        yield Flaw(found[0].loc, say("options begin with yes or no (ask for the reason alone)"))
