"""KY: what gives the right option away, or makes the wrong one right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.bank.types import Trait
from viva.base.letters import letter
from viva.base.words import say
from viva.lint.item import Choice, Item
from viva.lint.rule import CHOSEN, ENGLISH, Flaw, rule
from viva.lint.rules.options import amount
from viva.lint.text import quoted, stem

# A capital A is a name: figure A, vitamin A. `a (an)` and `a/an` fit every option.
SPELLED_VOWEL = re.compile(
    r"^(?:[AEFHILMNORSX](?:[A-Z0-9-]|\b)|(?!eu|uni(?!m|n)|us[ei]|uro|one\b|once)[aeiou]"
    r"|hour|heir|honest)"
)
REASON = re.compile(r"\b(?:because|therefore|so that|thus|owing to)\b", re.IGNORECASE)
MARKS = (
    (
        say("only the right option has a remark in brackets (take it out, or give others one)"),
        re.compile(r"\((?![A-Z][\w/+-]{1,9}\))[^)]{4,}\)"),
    ),
    (
        say("only the right option has a reason (take it out, or give others one)"),
        REASON,
    ),
    (
        say("only the right option has a semicolon (take it out, or give others one)"),
        re.compile(";"),
    ),
    (
        say("only the right option has a full stop (take it out, or give others one)"),
        re.compile(r"[a-z]\.$"),
    ),
)
NAMING = frozenset(("answer", "option", "choice"))
NAMED = re.compile(
    r"\b(?:correct (?:answer|option|choice)|right (?:answer|option)|answer) is (?:option )?"
    r"\(?([A-F])\)?(?![\w'-])|\boption \(?([A-F])\)? is (?:the )?(?:correct|right|best)\b"
)


@rule("KY302", "warning", *CHOSEN)
def longest_key(item: Item) -> Iterator[Flaw]:
    """The right option is the longest by far.

    At least a quarter longer than any other, ten characters or more, and four words or more:
    authors qualify what has to be right. Test-takers know.

    Bad:
        stem: What do swollen ankles mean?
        options:
          - text: A cold
          - text: Heart failure, if breathlessness and neck veins agree with it
            correct: true
          - text: Old age
    Good:
        stem: What do swollen ankles mean?
        options:
          - text: Heart failure, if signs agree
            correct: true
          - text: Inflammation of the gullet
          - text: Weakness of the diaphragm
    Source: Haladyna 2002, guideline 24; Pham 2018 (this flaw raised scores); NBME 2020.
    Measured: 30 of 30 hits right in a sample of 453, and 934 of 1,033 keys found that are a third
    longer than any distractor and have four words or more; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026.
    """
    if not item.key or len(item.distractors) < 2 or len(item.key.words) < 4:
        return
    size = len(item.key.text)
    longest = max(len(choice.text) for choice in item.distractors)
    if size >= 1.25 * longest and size >= longest + 10:
        message = say(
            "the right option stands out: {size} characters, the next longest {longest} (shorten "
            "it, or lengthen others)",
            size=size,
            longest=longest,
        )
        yield Flaw(item.key.loc, message)


@rule("KY303", "info", Trait.ONE_RIGHT, languages=ENGLISH)
def clang(item: Item) -> Iterator[Flaw]:
    """Words of the stem come back in the right option alone.

    Two words or more point at it more surely than one.

    Bad:
        stem: Which disorder squeezes the median nerve at the wrist?
        options:
          - text: Inflammation of the tendons
          - text: Irritation of the ulnar nerve
          - text: Squeezing of the median nerve
            correct: true
    Good:
        stem: Which disorder squeezes the median nerve at the wrist?
        options:
          - text: Carpal tunnel syndrome
            correct: true
          - text: Tennis elbow
          - text: Trigger finger
    Source: Haladyna 2002, guideline 28b; NBME Item-Writing Guide 2020 (word repeats).
    Measured: 8 of 20 hits right in a sample of 282; 5,710 items of MMLU (but those in MMLU-Redux)
    and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    if not item.key or len(item.distractors) < 2:
        return
    others = [choice.content & item.stem_content for choice in item.distractors]
    shared = (item.key.content & item.stem_content).difference(*others)
    if len(shared) >= 2 or (shared and not any(others)):
        listed = ", ".join(sorted(_as_written(item.key, shared)))
        message = say(
            "only the right option repeats the stem: {listed} (say it in other words)",
            listed=listed,
        )
        yield Flaw(item.key.loc, message)


def _as_written(choice: Choice, stems: frozenset[str]) -> set[str]:
    parts = {part for word in choice.words for part in word.split("-")}
    return {f"“{word}”" for word in parts if stem(word) in stems}


@rule("KY304", "info", Trait.ONE_RIGHT, languages=ENGLISH)
def grammar_cue(item: Item) -> Iterator[Flaw]:
    """The stem ends in “a” or “an”, and only some options fit.

    Bad:
        stem: The chamber of the heart that receives blood from the veins is an
        options:
          - text: atrium
            correct: true
          - text: septum
          - text: ventricle
    Good:
        stem: Which part of the heart receives blood from the veins?
        options:
          - text: Atrium
            correct: true
          - text: Septum
          - text: Ventricle
    Source: Haladyna 2002, guideline 28c; NBME Item-Writing Guide 2020 (grammatical cues).
    Measured: none in 5,710 items of MMLU (but those in MMLU-Redux) and OpenStax Anatomy and
    Physiology, 29 November 2026.
    """
    article = item.last_article
    if not article or not item.key:
        return
    wants_vowel = article == "an"
    misfits = [c for c in item.distractors if starts_as_vowel(c) is not wants_vowel]
    if misfits:
        message = say(
            "“{beginning}” rules out {option} (end the stem before it)",
            beginning=article,
            option=quoted(misfits[0].text),
        )
        yield Flaw(("stem",), message)


def starts_as_vowel(choice: Choice) -> bool:
    """Whether `an` fits before it: an hour, an MRI, an X-ray, but a unit."""
    text = choice.text
    return bool(
        SPELLED_VOWEL.match(text if text[:2].isupper() or text[1:2] == "-" else text.lower())
    )


@rule("KY305", "info", *CHOSEN, languages=ENGLISH)
def only_key_explained(item: Item) -> Iterator[Flaw]:
    """Only the right option carries a reason, a remark in brackets or a full stop.

    Bad:
        stem: What does the cough mean here?
        options:
          - text: Asthma
          - text: Pneumonia (fever agrees)
            correct: true
          - text: Reflux of acid
    Good:
        stem: What does the cough mean here?
        options:
          - text: Asthma
          - text: Pneumonia
            correct: true
          - text: Reflux of acid
    Source: Haladyna 2002, guideline 28d (conspicuous correct choice).
    Measured: 18 of 20 hits right in a sample of 77; 5,710 items of MMLU (but those in MMLU-Redux)
    and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    if not item.key or len(item.distractors) < 2:
        return
    for said, pattern in MARKS:
        if not pattern.search(item.key.text):
            continue
        if [choice for choice in item.real if pattern.search(choice.text)] == [item.key]:
            yield Flaw(item.key.loc, said)
            return


@rule("KY306", "info", Trait.ONE_RIGHT, languages=ENGLISH)
def convergence(item: Item) -> Iterator[Flaw]:
    """The right option shares more parts with the others than they with each other.

    Authors make distractors by changing one part of the key, so the most connected option is the
    key. Only options that are lists of parts are compared.

    Bad:
        stem: What do the blood gases show after a minute of overbreathing?
        options:
          - text: High carbon dioxide and high pH
          - text: Low carbon dioxide and high pH
            correct: true
          - text: Low carbon dioxide and low pH
    Good:
        stem: What do the blood gases show after a minute of overbreathing?
        options:
          - text: High carbon dioxide and high pH
          - text: High carbon dioxide and low pH
          - text: Low carbon dioxide and high pH
            correct: true
          - text: Low carbon dioxide and low pH
    Source: NBME Item-Writing Guide 2020, chapter 3 (convergence).
    Measured: 16 of 18 hits right, all that there were; 5,710 items of MMLU (but those in
    MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    if not item.key or len(item.real) < 3:
        return
    shared = item.shared_parts
    number = item.real.index(item.key) if item.key in item.real else -1
    if shared and shared[number] > max(v for n, v in enumerate(shared) if n != number):
        message = say("the right option shares most parts with the others (vary all parts alike)")
        yield Flaw(item.key.loc, message)


@rule("KY307", "error", *CHOSEN, languages=ENGLISH)
def key_about_others(item: Item) -> Iterator[Flaw]:
    """The right option is “none of the above” or “all of the above”.

    With “none” a student is marked right who knows nothing that is right; with “all” every other
    option is right as well and is marked wrong.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: None of the above
            correct: true
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
    Source: Haladyna 2002, guidelines 25 and 26; Tarrant 2006.
    Measured: 40 of 40 hits right in a sample of 208; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026.
    """
    if item.key and item.key.meta and not amount(item, item.key):
        message = say(
            "{option} cannot be the right option (write the answer out)",
            option=quoted(item.key.text),
        )
        yield Flaw(item.key.loc, message)


@rule("KY308", "info", Trait.ONE_RIGHT, languages=ENGLISH)
def contradicting_rationale(item: Item) -> Iterator[Flaw]:
    """The explanation names another option as right, or says by its letter which is right.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
        explanation: The correct answer is B, as the nerve lies in front of the wrist.
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - text: Axillary nerve
          - text: Median nerve
          - text: Ulnar nerve
            correct: true
        explanation: Most of them are supplied by its deep branch.
    Source: Haladyna 2002, guideline 19 (one right answer).
    Measured: none in 4,142 items with an explanation of Medbullets and AfriMed-QA, 29 November
    2026.
    """
    if not item.key or not item.mentions(NAMING):
        return
    key = letter(item.choices.index(item.key))
    for loc, text in item.rationale:
        found = NAMED.search(text)
        named = (found[1] or found[2]) if found else key
        if named != key:
            said = say(
                "this names {letter} as right, the key is {key} (mend one of them)",
                letter=named,
                key=key,
            )
            yield Flaw(loc, said)
        elif found and item.question.shuffle:
            said = say(
                "options are shuffled: {letter} is another one (name it by its words)",
                letter=named,
            )
            yield Flaw(loc, said)
