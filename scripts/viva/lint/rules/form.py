"""OP2xx, how options look beside each other: form, length, number, order and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from viva.bank.types import Trait
from viva.base.words import Said, say
from viva.lint.item import Choice, Item
from viva.lint.rule import CHOSEN, ENGLISH, LISTED, Flaw, rule
from viva.lint.text import NUMBER, folded, quoted

FORMS = (
    (
        say("option is a number, the others are not (give all the same form)"),
        re.compile(r"^[<>≤≥~]?\s?\d"),
    ),
    (
        say("option is a phrase with to, the others are not (give all the same form)"),
        re.compile(r"^to (?!the\b|a\b)[a-z]+", re.IGNORECASE),
    ),
    (
        say("option is a sentence, the others are not (give all the same form)"),
        re.compile(r"^(?:it|they|he|she|there|you|we|the patient)\b \w+", re.IGNORECASE),
    ),
)
OTHER_FORM = say("option is of another form than the others (give all the same form)")
_SCALES = """
smaller same larger / smaller unchanged larger / lower same higher / less same more
low normal high / low medium high / never rarely sometimes often always / mild moderate severe
small medium large / none some all / left both right / first second third fourth fifth
one two three four five six seven eight nine ten / i ii iii iv v vi
monday tuesday wednesday thursday friday saturday sunday
decrease same increase / decreases unchanged increases / falls same rises / narrower same wider
lowers scarcely raises / excludes leaves makes / before during after / upper middle lower
heel mid-stance toe-off mid-swing / top middle bottom / superior middle inferior
proximal middle distal / birth child adult / today week month
"""
SCALES = tuple(scale.split() for line in _SCALES.strip().split("\n") for scale in line.split(" / "))


@rule("OP211", "info", *CHOSEN, languages=ENGLISH)
def not_parallel(item: Item) -> Iterator[Flaw]:
    """One option of another grammatical form than all the rest.

    Told apart are numbers, sentences, phrases with to, and everything else; four options or more.

    Bad:
        stem: What eases a cramp in the calf?
        options:
          - text: Lifting a weight
          - text: Stretching the muscle
            correct: true
          - text: The patient should avoid salt
          - text: Wearing tight shoes
    Good:
        stem: What eases a cramp in the calf?
        options:
          - text: Avoiding salt
          - text: Lifting a weight
          - text: Stretching the muscle
            correct: true
          - text: Wearing tight shoes
    Source: Haladyna 2002, guideline 23 (homogeneous in grammar); NBME Item-Writing Guide 2020.
    Measured: 4 of 20 hits right in a sample of 192; 5,710 items of MMLU (but those in MMLU-Redux)
    and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    if len(item.real) < 4:
        return
    forms = [_form(choice) for choice in item.real]
    rare = [form for form in set(forms) if forms.count(form) == 1]
    if len(set(forms)) == 2 and len(rare) == 1:
        odd = item.real[forms.index(rare[0])]
        yield Flaw(odd.loc, rare[0])


def _form(choice: Choice) -> Said:
    """What is said of an option that alone has its form."""
    return next((said for said, form in FORMS if form.match(choice.text)), OTHER_FORM)


@rule("OP212", "info", *LISTED)
def mixed_punctuation(item: Item) -> Iterator[Flaw]:
    """Some options end in a full stop and others do not, or one starts in lower case.

    `viva check --fix` makes the full stops alike.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve.
          - text: Ulnar nerve
            correct: true
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
    Source: Haladyna 2002, guidelines 11 and 23.
    Measured: exact, it compares signs.
    """
    stopped = [choice for choice in item.real if has_stop(choice)]
    others = [choice for choice in item.real if not has_stop(choice)]
    if stopped and others and not (item.key and stopped == [item.key] and len(item.real) > 2):
        if len(stopped) <= len(others):
            said = say("option ends in a full stop, others differ (make all alike)")
        else:
            said = say("option does not end in a full stop, others differ (make all alike)")
        few = min(stopped, others, key=len)
        yield Flaw(few[0].loc, said)
    small = [choice for choice in item.real if choice.text[:1].islower()]
    large = [c for c in item.real if c.text[:1].isupper() and c.text[1:2].islower()]
    if len(small) == 1 and len(large) >= 2 and small[0].text[1:2].islower():
        said = say("option starts in lower case, the others do not (make all alike)")
        yield Flaw(small[0].loc, said)


def has_stop(choice: Choice) -> bool:
    """Whether an option ends in a full stop that is no part of an abbreviation."""
    return choice.text.endswith(".") and not choice.text.endswith(("...", "etc.", "e.g.", "spp."))


@rule("OP213", "info", *CHOSEN)
def length_outlier(item: Item) -> Iterator[Flaw]:
    """One option is much longer or shorter than the rest.

    The key is KY302's business; here it is any other option.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
          - text: Vagus nerve below the level at which it enters the chest
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
          - text: Vagus nerve
    Source: Haladyna 2002, guideline 24.
    Measured: exact, a count.
    """
    if len(item.real) < 3:
        return
    sizes = [len(choice.text) for choice in item.real]
    middle = median(sizes)
    out = [n for n, size in enumerate(sizes) if abs(size - middle) >= 15]
    out = [n for n in out if sizes[n] > 1.75 * middle or sizes[n] < middle / 1.75]
    if len(out) == 1 and item.real[out[0]] is not item.key:
        longer = say("option is much longer than the rest (make them alike)")
        shorter = say("option is much shorter than the rest (make them alike)")
        said = longer if sizes[out[0]] > middle else shorter
        yield Flaw(item.real[out[0]].loc, said)


@rule("OP214", "warning", Trait.ONE_RIGHT)
def option_count(item: Item) -> Iterator[Flaw]:
    """Fewer than three options, or more than five.

    Three are enough: a fourth and fifth are seldom chosen. Two are a coin.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Ulnar nerve
            correct: true
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
    Source: Rodriguez 2005 (three options are optimal); Haladyna 2002, guideline 18.
    Measured: exact, a count.
    """
    count = len(item.choices)
    if count < 3:
        said = say("{count} options are a coin toss (write a third)", count=count)
        yield Flaw(("options",), said)
    elif count > 5:
        said = say("{count} options (keep the best five, or write type: matching)", count=count)
        yield Flaw(("options",), said)


@rule("OP215", "info", *LISTED, languages=ENGLISH)
def not_alphabetical(item: Item) -> Iterator[Flaw]:
    """Options in no order.

    Authors put the key where it feels right; an order that follows from the options does not.
    Options with numbers, and scales such as smaller, same, larger, have an order of their own.
    `viva check --fix` sorts; `shuffle: true` is the other way out.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Ulnar nerve
            correct: true
          - text: Axillary nerve
          - text: Median nerve
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
          - text: Vagus nerve
    Source: NBME Item-Writing Guide 2020, chapter 3; Haladyna 2002, guideline 21.
    Measured: exact, it compares an order.
    """
    if item.question.shuffle or is_sorted(item) or has_own_order(item):
        return
    for moved, wanted in zip(item.choices, alphabetical(item), strict=True):
        if moved is wanted:
            continue
        message = say(
            "{option} is out of alphabetical order (sort, or write shuffle: true)",
            option=quoted(moved.text),
        )
        yield Flaw(moved.loc, message)
        return


def is_sorted(item: Item) -> bool:
    """Whether the options are in alphabetical order, with or without their articles."""
    written = [choice.text.casefold() for choice in item.choices]
    return alphabetical(item) == item.choices or written == sorted(written)


def alphabetical(item: Item) -> tuple[Choice, ...]:
    """The options by name; those about other options stay last."""
    return tuple(sorted(item.choices, key=lambda choice: (bool(choice.meta), folded(choice.words))))


def has_own_order(item: Item) -> bool:
    """Whether another order than the alphabet is meant: numbers, a scale, an option on others."""
    if any(choice.meta or not choice.words for choice in item.choices):
        return True
    if any(NUMBER.search(choice.text) for choice in item.choices):
        return True
    return any(_follows(item.choices, scale) for scale in SCALES)


def _follows(choices: tuple[Choice, ...], scale: list[str]) -> bool:
    """Whether every option holds a word of the scale, in its order or against it."""
    places = [[scale.index(word) for word in choice.words if word in scale] for choice in choices]
    if not all(places):
        return False
    first = [found[0] for found in places]
    return first == sorted(first) or first == sorted(first, reverse=True)
