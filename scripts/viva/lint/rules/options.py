"""OP2xx, what options say: options about options, repeats, letters, placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.bank import others
from viva.bank.types import Trait
from viva.base.words import say
from viva.lint.item import Choice, Item
from viva.lint.rule import CHOSEN, ENGLISH, FOUR, LISTED, Flaw, rule
from viva.lint.text import quoted

ONLY_DIGITS = re.compile(r"^[\d\s,;()/+]*$")
NUMBERED_STEM = re.compile(r"(?<!\d)1[.):] |\(1\)")
LABEL = re.compile(r"^\(?([A-Fa-f])[.):]\s+")
PLACEHOLDER = re.compile(
    r"^(?:i do(?:n't| not) know|don't know|not sure|todo|tbd|tba|xxx+|lorem ipsum.*|placeholder"
    r"|dummy(?: option)?|not this one|option [a-f1-6]|distractor(?: \d)?|your text here|\.\.\.|\?+"
    r"|n/a|asdf+|foo|bar|blah.*|insert .* here)\W*$",
    re.IGNORECASE,
)
QUANTITY = re.compile(
    r"^(?:(?:only|just|about) )?(?:zero|one|two|three|four|some|few|many|most|half|\d+)\b",
    re.IGNORECASE,
)
POINTING = re.compile(r"\b(?:above|these|those|options?|answers?|[a-e])\b", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:the|an?) (?=[a-z]{3})", re.IGNORECASE)
LONG = re.compile(r"[^\W\d_]{3,}")
UNMARKED = str.maketrans(dict.fromkeys(",;:!?'\"", " ") | {".": None})
ARTICLES = frozenset(("the", "a", "an"))
MARKS = re.compile(r"[\s,;:!?'\"]+|\.(?!\d)")


@rule("OP201", "warning", *LISTED, languages=FOUR)
def none_of_the_above(item: Item) -> Iterator[Flaw]:
    """An option that says none of the others is right.

    Who chooses it may know what is wrong and not what is right. Some studies find that such
    questions discriminate well (PMC11328596), hence a warning; as the key it is KY307.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
          - text: None of the above
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
    Source: Haladyna 2002, guideline 25; Tarrant 2006.
    Measured: 39 of 40 hits right in a sample of 115; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026. Of options about all or none (here and in
    OP202) 788 of about 800 found in 22,600 items, with those of MedMCQA, MedQA, MedExQA,
    AfriMed-QA and MMLU-Redux.
    """
    yield from _speaking_of_others(item, "none", say("write a real distractor, or leave it out"))


@rule("OP202", "warning", *LISTED, languages=FOUR)
def all_of_the_above(item: Item) -> Iterator[Flaw]:
    """An option that says all of the others are right.

    Who knows that two are right has the key, who knows that one is wrong has ruled it out.

    Bad:
        stem: What does biceps brachii do?
        options:
          - text: Bends the elbow
            correct: true
          - text: Bends the wrist
          - text: Straightens the knee
          - text: All of the above
    Good:
        stem: What does biceps brachii do?
        options:
          - text: Bends the elbow
            correct: true
          - text: Bends the wrist
          - text: Straightens the knee
    Source: Haladyna 2002, guideline 26; Rush 2016.
    Measured: 38 of 38 hits right in a sample of 100; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026.
    """
    yield from _speaking_of_others(item, "all", say("write type: multiple, or a real distractor"))


def _speaking_of_others(item: Item, kind: str, instead: str) -> Iterator[Flaw]:
    for choice in item.choices:
        if choice.meta == kind and choice is not item.key and not amount(item, choice):
            said = say(
                "{option} is about the other options ({instead})",
                option=quoted(choice.text),
                instead=instead,
            )
            yield Flaw(choice.loc, said, None if item.language == "en" else "info")


def amount(item: Item, choice: Choice) -> bool:
    """Whether `none` or `all` is an amount, as among `one`, `some` and `most`."""
    if POINTING.search(choice.text):
        return False
    return any(QUANTITY.match(other.text) for other in item.real)


@rule("OP203", "warning", *CHOSEN, languages=ENGLISH)
def combinations(item: Item) -> Iterator[Flaw]:
    """Options that are combinations of other options (K-type).

    They test logic: one wrong part rules out every combination that holds it.

    Bad:
        stem: Of aorta (A), pulmonary vein (B) and vena cava (C), which carry oxygen-rich blood?
        options:
          - text: A and B
            correct: true
          - text: B and C
          - text: A, B and C
    Good:
        type: multiple
        stem: Which vessels carry oxygen-rich blood?
        options:
          - text: Aorta
            correct: true
          - text: Pulmonary vein
            correct: true
          - text: Vena cava
    Source: Haladyna 2002, guideline 9; NBME Item-Writing Guide 2020.
    Measured: 38 of 40 hits right in a sample of 157; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026. Of about 375 such questions in 22,600
    items, with those of MedMCQA, MedQA, MedExQA, AfriMed-QA and MMLU-Redux, 361 found.
    """
    signed = [choice for choice in item.choices if not others.SIGNS.isdisjoint(choice.words)]
    joined = [choice for choice in signed if _combines(choice.text, item)]
    found = joined + [c for c in signed if not c.meta and others.lone(c.text)]
    spelled = item.spelled
    if joined and (len(found) >= 2 or _points(joined[0], item)):
        first = next((one for one in found if not one.meta), None)
    elif spelled is not None:
        first = item.real[spelled]
    else:
        return
    if first is None:
        return  # `Both A and B` behind A and B is OP202, or KY307
    said = say("{option} combines other options (write type: multiple)", option=quoted(first.text))
    yield Flaw(first.loc, said)


def _combines(text: str, item: Item) -> bool:
    """Numbers alone join statements only where the stem numbers them: `4, 7` may be an answer."""
    if ONLY_DIGITS.match(text) and not NUMBERED_STEM.search(item.stem):
        return False
    return others.combines(text)


def _points(choice: Choice, item: Item) -> bool:
    """Whether the letters of a lone combination are those of other options of its question."""
    named = {"ABCDEF".index(name.upper()) for name in others.LETTERS.findall(choice.text)}
    last = len(item.choices)
    return bool(named) and all(n < last and item.choices[n] is not choice for n in named)


@rule("OP204", "error", *LISTED)
def repeated_option(item: Item) -> Iterator[Flaw]:
    """The same option twice, but for case, articles and punctuation.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: The median nerve
          - text: Ulnar nerve
            correct: true
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
    Source: Haladyna 2002, guideline 22.
    Measured: 27 of 27 hits right; MedMCQA, MMLU and MMLU-Redux, without options whose mathematics
    these sets have lost, 28 November 2026.
    """
    if len({_bare(choice.text) for choice in item.choices}) == len(item.choices):
        return
    seen: dict[str, Choice] = {}
    for choice in item.choices:
        name = _alike(choice.text)
        first = seen.setdefault(name, choice)
        # The structural check reports exact repeats of a matching question.
        if first is not choice and not (item.has(Trait.MATCHED) and first.raw == choice.raw):
            message = say(
                "option says the same as {option} (delete or change one)",
                option=quoted(first.text),
            )
            yield Flaw(choice.loc, message)


def _bare(text: str) -> str:
    """What is the same wherever `_alike` is, and quickly told."""
    first, *rest = text.lower().translate(UNMARKED).split() or [""]
    return "".join(rest if first in ARTICLES else [first, *rest])


def _alike(text: str) -> str:
    """What is left when case, articles and punctuation do not count.

    The case of short words does: genes, antigens and variables differ by it. So does every sign
    that is no punctuation, as in `> 15 mm`.
    """
    plain = LONG.sub(lambda found: found[0].lower(), MARKS.sub(" ", text)).strip()
    return ARTICLE.sub("", plain) or text


@rule("OP205", "info", *CHOSEN, languages=ENGLISH)
def contained_option(item: Item) -> Iterator[Flaw]:
    """One option is contained in another.

    If the longer one is right, so is the shorter.

    Bad:
        stem: Which valve is affected?
        options:
          - text: Aortic
          - text: Aortic and pulmonary
          - text: Mitral
            correct: true
    Good:
        stem: Which valve is affected?
        options:
          - text: Aortic
          - text: Mitral
            correct: true
          - text: Pulmonary
    Source: Haladyna 2002, guideline 22 (options must not overlap).
    Measured: 10 of 12 hits right, all that there were; 5,710 items of MMLU (but those in
    MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    if len({choice.correct for choice in item.real}) < 2:
        return
    if item.spelled is not None:
        return  # that is OP203
    texts = [(choice, f" {' '.join(choice.words)} ") for choice in item.real]
    for inner, small in texts:
        for outer, large in texts:
            if len(small) < 8 or inner is outer or not large.startswith(small):
                continue
            rest = large.removeprefix(small).strip()
            if rest.split(" ", 1)[0] in ("and", "or", "with", "plus"):
                message = say(
                    "option is part of {option} (make them exclude each other)",
                    option=quoted(outer.text),
                )
                yield Flaw(inner.loc, message)
                return


@rule("OP216", "info", *LISTED)
def labelled_option(item: Item) -> Iterator[Flaw]:
    """Options that carry letters of their own.

    The page numbers the options; a letter in the text is then the wrong one, above all when they
    are shuffled.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: A. Axillary nerve
          - text: B. Median nerve
          - text: C. Ulnar nerve
            correct: true
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
    Source: Follows from how pages letter their options.
    Measured: 2 of 2 hits right, all that there were; 5,710 items of MMLU (but those in
    MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    labels = [(choice, LABEL.match(choice.text)) for choice in item.choices]
    found = [
        choice
        for place, (choice, match) in enumerate(labels)
        if match and "abcdef".index(match[1].lower()) == place
    ]
    if len(found) >= 2:
        said = say("option brings its own letter (delete “{text}”)", text=found[0].text[:2])
        yield Flaw(found[0].loc, said)


@rule("OP219", "error", *LISTED, languages=ENGLISH)
def placeholder(item: Item) -> Iterator[Flaw]:
    """An option that is no answer: a placeholder, a joke, “I don’t know”.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
          - text: Your text here
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
    Source: Haladyna 2002, guidelines 28f and 31; Tarrant 2009 (functioning distractors).
    Measured: 77 of 77 hits right, all of one kind: “n/a” as the last option; AfriMed-QA, 28
    November 2026.
    """
    for choice in item.choices:
        if PLACEHOLDER.match(choice.text):
            said = say(
                "{option} is no answer (write one, or delete it)",
                option=quoted(choice.text),
            )
            yield Flaw(choice.loc, said)
