"""OP2xx, what options say: options about options, absolute and vague words, jokes and repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.lint.item import Choice, Item
from viva.lint.rule import Flaw, rule
from viva.lint.text import quoted, words

CHOSEN = ("single", "multiple")
LISTED = (*CHOSEN, "matching")

COMBINATION = re.compile(
    r"^(?!\d+ ?/ ?\d)(?:both |neither |only |options? |answers? )*"
    r"(?:[a-e]|i{1,3}|iv|v|vi|[1-9])"
    r"(?:(?:, ?(?:and |or |nor )?| (?:and|or|nor|&) |/ ?|\+)(?:[a-e]|i{1,3}|iv|v|vi|[1-9]))+"
    r"(?: only| are (?:correct|true))?\W*$",
    re.IGNORECASE,
)
ABSOLUTE = re.compile(
    r"\b(always|never|invariably|absolutely|totally|entirely|completely|exclusively|impossible"
    r"|inevitably|only|all|every|none|must)\b",
    re.IGNORECASE,
)
IDIOM = re.compile(
    r"\bevery (?:\d+|other|two|three|four|six|eight|twelve|few|morning|evening|night|day|week|month"
    r"|year|second|third|half)\b|\ball[- ](?:cause|trans|or[- ]none)\b|\ball of\b|\bat all\b"
    r"|\bonly (?:one|two|child|after|if|when)\b|\bafter all\b|\ball (?:two|three|four|five|six)\b"
    r"|\bread[- ]only\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(usually|often|frequently|sometimes|rarely|seldom|occasionally|generally|typically|commonly"
    r"|mostly|probably|possibly)\b",
    re.IGNORECASE,
)
LABEL = re.compile(r"^\(?([A-Fa-f])[.):]\s+")
PLACEHOLDER = re.compile(
    r"^(?:i do(?:n't| not) know|don't know|not sure|todo|tbd|tba|xxx+|lorem ipsum.*|placeholder"
    r"|dummy(?: option)?|not this one|option [a-f1-6]|distractor(?: \d)?|your text here|\.\.\.|\?+"
    r"|n/?a|asdf+|foo|bar|blah.*|insert .* here)\W*$",
    re.IGNORECASE,
)
YES_NO = re.compile(r"^(?:yes|no)\b ?[,;:.-]", re.IGNORECASE)
NO_CHANGE = re.compile(
    r"\b(?:unchanged|no change|same|equal|stays?|neither|unaffected)\b", re.IGNORECASE
)
ARTICLE = re.compile(r"^(?:the|an?) (?=[a-z]{3})")
PAIRS = (
    ("increase", "decrease"), ("increases", "decreases"), ("increased", "decreased"),
    ("higher", "lower"), ("larger", "smaller"), ("more", "less"), ("raised", "lowered"),
    ("rises", "falls"), ("positive", "negative"), ("present", "absent"), ("above", "below"),
    ("with", "without"), ("can", "cannot"), ("is", "is not"), ("earlier", "later"),
    ("longer", "shorter"), ("gain", "loss"), ("acute", "chronic"), ("true", "false"),
)  # fmt: skip
OPPOSITE = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
PREFIXES = (("hyper", "hypo"), ("hypo", "hyper"))


@rule("OP201", "warning", *LISTED)
def none_of_the_above(item: Item) -> Iterator[Flaw]:
    """An option that says none of the others is right.

    Who chooses it may know what is wrong and not what is right. Some studies find that such
    questions discriminate well (PMC11328596), hence a warning; as the key it is KY307.

    Bad:
        stem: Which nerve supplies the lowest short rotator of the hip?
        options:
          - text: Femoral nerve
          - text: Nerve to obturator internus
          - text: Nerve to quadratus femoris
            correct: true
          - text: None of the above
    Good:
        stem: Which nerve supplies the lowest short rotator of the hip?
        options:
          - text: Femoral nerve
          - text: Nerve to obturator internus
          - text: Nerve to quadratus femoris
            correct: true
    Source: Haladyna 2002, guideline 25; Tarrant 2006.
    """
    yield from _speaking_of_others(item, "none", "a real distractor")


@rule("OP202", "warning", *LISTED)
def all_of_the_above(item: Item) -> Iterator[Flaw]:
    """An option that says all of the others are right.

    Who knows that two are right has the key, who knows that one is wrong has ruled it out.

    Bad:
        stem: What does quadratus femoris do?
        options:
          - text: Adducts the thigh
            correct: true
          - text: Extends the knee
          - text: Flexes the hip
          - text: All of the above
    Good:
        stem: What does quadratus femoris do?
        options:
          - text: Adducts the thigh
            correct: true
          - text: Extends the knee
          - text: Flexes the hip
    Source: Haladyna 2002, guideline 26; Rush 2016.
    """
    yield from _speaking_of_others(item, "all", "write type: multiple, or a real distractor")


def _speaking_of_others(item: Item, kind: str, instead: str) -> Iterator[Flaw]:
    for choice in item.choices:
        if choice.meta == kind and choice is not item.key:
            advice = instead if instead.startswith("write") else f"write {instead}, or leave it out"
            yield Flaw(choice.loc, f"{quoted(choice.text)} is about the other options ({advice})")


@rule("OP203", "warning", *CHOSEN)
def combinations(item: Item) -> Iterator[Flaw]:
    """Options that are combinations of other options (K-type).

    They test logic: one wrong part rules out every combination that holds it.

    Bad:
        stem: Of piriformis (A), sartorius (B) and gracilis (C), which turn the thigh outwards?
        options:
          - text: A and B
            correct: true
          - text: B and C
          - text: A, B and C
    Good:
        type: multiple
        stem: Which muscles turn the thigh outwards?
        options:
          - text: Gracilis
          - text: Piriformis
            correct: true
          - text: Sartorius
            correct: true
    Source: Haladyna 2002, guideline 9; NBME Item-Writing Guide 2020.
    """
    found = [choice for choice in item.real if COMBINATION.match(choice.text)]
    if len(found) >= 2:
        message = f"{quoted(found[0].text)} combines other options (write type: multiple)"
        yield Flaw(found[0].loc, message)


@rule("OP204", "error", *LISTED)
def repeated_option(item: Item) -> Iterator[Flaw]:
    """The same option twice, but for case, articles and punctuation.

    Bad:
        stem: Which nerve supplies the lowest short rotator of the hip?
        options:
          - text: Femoral nerve
          - text: Nerve to obturator internus
          - text: Nerve to quadratus femoris
            correct: true
          - text: The nerve to obturator internus
    Good:
        stem: Which nerve supplies the lowest short rotator of the hip?
        options:
          - text: Femoral nerve
          - text: Nerve to obturator internus
          - text: Nerve to quadratus femoris
            correct: true
    Source: Haladyna 2002, guideline 22.
    """
    seen: dict[str, Choice] = {}
    for choice in item.choices:
        name = _alike(choice.text)
        first = seen.setdefault(name, choice)
        # The structural check reports exact repeats of a matching question.
        if first is not choice and not (item.type == "matching" and first.raw == choice.raw):
            message = f"option says the same as {quoted(first.text)} (delete or change one)"
            yield Flaw(choice.loc, message)


def _alike(text: str) -> str:
    """Signs of size and direction are the whole of what tells `> 15 mm` from `< 15 mm`."""
    signs = "".join(sign for sign in text if sign in "<>≤≥=+-−±%°/^")
    said = ARTICLE.sub("", " ".join(words(text)))
    return f"{said} {signs}" if said else text


@rule("OP205", "warning", *CHOSEN)
def contained_option(item: Item) -> Iterator[Flaw]:
    """One option is contained in another.

    If the longer one is right, so is the shorter.

    Bad:
        stem: Which muscle is affected?
        options:
          - text: Gemellus
          - text: Gemellus and obturator internus
          - text: Quadratus femoris
            correct: true
    Good:
        stem: Which muscle is affected?
        options:
          - text: Gemellus inferior
          - text: Obturator internus
          - text: Quadratus femoris
            correct: true
    Source: Haladyna 2002, guideline 22 (options must not overlap).
    """
    if len({choice.correct for choice in item.real}) < 2:
        return
    texts = [(choice, f" {' '.join(choice.words)} ") for choice in item.real]
    for inner, small in texts:
        for outer, large in texts:
            rest = large.removeprefix(small).strip()
            joins = rest.split(" ", 1)[0] in ("and", "or", "with", "plus")
            if len(small) >= 8 and inner is not outer and large.startswith(small) and joins:
                message = f"option is part of {quoted(outer.text)} (make them exclude each other)"
                yield Flaw(inner.loc, message)
                return


def absolute(text: str) -> str:
    """The absolute word of a text, or nothing."""
    found = ABSOLUTE.search(text)
    if found and IDIOM.search(text):
        found = ABSOLUTE.search(IDIOM.sub(" ", text))
    return found[1].lower() if found else ""


@rule("OP209", "info", *CHOSEN)
def absolute_terms(item: Item) -> Iterator[Flaw]:
    """Options with always, never, all, none, only and the like.

    In medicine they are seldom true, and test-takers know it. Information; a warning when two or
    more distractors and not the key carry one, for then it gives the key away.

    Bad:
        stem: How does the space behave in external rotation?
        options:
          - text: It always closes
          - text: It never changes
          - text: It tends to narrow
            correct: true
    Good:
        stem: How does the space behave in external rotation?
        options:
          - text: It narrows
            correct: true
          - text: It stays as it is
          - text: It widens
    Source: Haladyna 2002, guideline 28a (specific determiners); NBME Item-Writing Guide 2020.
    """
    found = [
        (choice, word)
        for choice in item.real
        if (word := absolute(choice.text)) and not COMBINATION.match(choice.text)
    ]
    if not found:
        return
    telling = len(found) >= 2 and all(choice.correct is False for choice, _ in found)
    choice, word = found[0]
    message = f"“{word}” makes an option easy to rule out (say it without)"
    if telling:
        message = f"wrong options alone say things like “{word}” (say them without)"
    yield Flaw(choice.loc, message, "warning" if telling else None)


@rule("OP210", "info", *CHOSEN)
def vague_terms(item: Item) -> Iterator[Flaw]:
    """Options with usually, often, rarely and the like.

    Readers differ widely in how often “often” is.

    Bad:
        stem: How does the pain of the impingement behave?
        options:
          - text: It comes with long strides
            correct: true
          - text: It is felt in the knee
          - text: It often begins at night
    Good:
        stem: How does the pain of the impingement behave?
        options:
          - text: It begins at night
          - text: It comes with long strides
            correct: true
          - text: It is felt in the knee
    Source: NBME Item-Writing Guide 2020, chapter 3 (vague frequency terms).
    """
    for choice in item.real:
        found = VAGUE.search(choice.text)
        if found:
            yield Flaw(
                choice.loc, f"how often is “{found[1].lower()}”? (leave it out, or give a number)"
            )
            return


@rule("OP216", "error", *LISTED)
def labelled_option(item: Item) -> Iterator[Flaw]:
    """Options that carry letters of their own.

    The page numbers the options; a letter in the text is then the wrong one, above all when they
    are shuffled.

    Bad:
        stem: Which nerve supplies the lowest short rotator of the hip?
        options:
          - text: A. Femoral nerve
          - text: B. Nerve to obturator internus
          - text: C. Nerve to quadratus femoris
            correct: true
    Good:
        stem: Which nerve supplies the lowest short rotator of the hip?
        options:
          - text: Femoral nerve
          - text: Nerve to obturator internus
          - text: Nerve to quadratus femoris
            correct: true
    Source: Follows from how pages letter their options.
    """
    labels = [(choice, LABEL.match(choice.text)) for choice in item.choices]
    found = [
        choice
        for place, (choice, match) in enumerate(labels)
        if match and "abcdef".index(match[1].lower()) == place
    ]
    if len(found) >= 2:
        yield Flaw(found[0].loc, f"option brings its own letter (delete “{found[0].text[:2]}”)")


@rule("OP217", "warning", "single")
def exhaustive_pair(item: Item) -> Iterator[Flaw]:
    """Two options that between them cover everything.

    One of the two must be right, so the others are ruled out unread.

    Bad:
        stem: What does external rotation do to the space?
        options:
          - text: The muscle changes colour
          - text: The nerve moves forward
          - text: The space decreases
            correct: true
          - text: The space increases
    Good:
        stem: What does external rotation do to the space?
        options:
          - text: The space decreases
            correct: true
          - text: The space increases
          - text: The space stays the same
    Source: Haladyna 2002, guideline 28e (pairs); NBME Item-Writing Guide 2020 (grouped options).
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
        message = f"one of this and {quoted(pairs[0][1].text)} must be right (pair the others too)"
        yield Flaw(pairs[0][0].loc, message)


def is_polar(said: list[str]) -> bool:
    """Whether an option has a word that may have an opposite."""
    return any(word in OPPOSITE or word.startswith(("hyper", "hypo")) for word in said)


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


@rule("OP218", "warning", "single")
def yes_or_no(item: Item) -> Iterator[Flaw]:
    """Options that begin with yes and no.

    They answer one question with two: whether, and why. Ask for the one that matters.

    Bad:
        stem: Is a narrow space enough for the diagnosis?
        options:
          - text: Yes, because a number is objective
          - text: Yes, if it is below 15 mm
          - text: No, because healthy people have it
            correct: true
    Good:
        stem: What does a narrow space need before it becomes a diagnosis?
        options:
          - text: A second radiologist
          - text: A space below 10 mm
          - text: Matching symptoms
            correct: true
    Source: NBME Item-Writing Guide 2020, chapter 3 (true/false in disguise).
    """
    found = [choice for choice in item.real if YES_NO.match(choice.text)]
    if len(found) >= 2:
        yield Flaw(found[0].loc, "options begin with yes or no (ask for the reason alone)")


@rule("OP219", "error", *LISTED)
def placeholder(item: Item) -> Iterator[Flaw]:
    """An option that is no answer: a placeholder, a joke, “I don’t know”.

    Bad:
        stem: Which nerve supplies the lowest short rotator of the hip?
        options:
          - text: Femoral nerve
          - text: Nerve to obturator internus
          - text: Nerve to quadratus femoris
            correct: true
          - text: Your text here
    Good:
        stem: Which nerve supplies the lowest short rotator of the hip?
        options:
          - text: Femoral nerve
          - text: Nerve to obturator internus
          - text: Nerve to quadratus femoris
            correct: true
    Source: Haladyna 2002, guidelines 28f and 31; Tarrant 2009 (functioning distractors).
    """
    for choice in item.choices:
        if PLACEHOLDER.match(choice.text):
            yield Flaw(choice.loc, f"{quoted(choice.text)} is no answer (write one, or delete it)")
