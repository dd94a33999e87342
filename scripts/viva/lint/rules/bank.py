"""BK: what only a whole bank, or the whole course, shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from viva.base.words import Percent, Quantity, say
from viva.lint import testwise
from viva.lint.item import Item
from viva.lint.rule import ENGLISH, Flaw, rule
from viva.lint.rules.negative import turned
from viva.lint.stats import tail
from viva.lint.text import likeness, many
from viva.lint.views import BankView, CourseView

RARE = 0.01
ENOUGH = 30
TITLE = ("title",)
RECALL_SHARE = 0.5
BUDGET = 0.05
REUSED = 3


@rule("BK602", "warning", scope="bank")
def longest_is_right(bank: BankView) -> Iterator[Flaw]:
    """The longest option is right too often.

    Over the questions of a bank in which one option is a tenth longer than any other: p < .01
    against chance (binomial), or, with 30 questions or more, .15 above it.

    Bad:
        questions: 24
        longest-is-right: 18
    Good:
        questions: 24
        longest-is-right: 6
    Source: Haladyna 2002, guideline 24; Pham 2018 (this flaw raised scores).
    Measured: exact, a statistical test of lengths.
    """
    plays = [(item, size) for item in bank.singles if (size := _longest(item)) is not None]
    hits = sum(item.choices[number] is item.key for item, number in plays)
    chances = [1 / len(item.choices) for item, _ in plays]
    if _too_often(hits, chances, 0.15):
        message = say(
            "the longest option is right in {right} of {total}, by chance {expected} (lengthen "
            "distractors)",
            right=hits,
            total=many(len(plays), "question"),
            expected=Quantity(sum(chances), None, 0, 0),
        )
        yield Flaw(TITLE, message)


def _longest(item: Item) -> int | None:
    """The option that is a tenth longer than any other: a reader sees no smaller difference."""
    points = testwise.longest(item)
    return points.index(1.0) if any(points) else None


def _too_often(hits: int, chances: list[float], margin: float) -> bool:
    count = len(chances)
    if count < 10:
        return False
    clearly = count >= ENOUGH and hits / count > sum(chances) / count + margin
    return clearly or tail(hits, chances) < RARE


@rule("BK604", "info", scope="course")
def near_duplicate(course: CourseView) -> Iterator[Flaw]:
    """Two questions that ask the same.

    Four fifths of the stems' words are shared, or three fifths with half of the key's. Looked for
    among questions that share a rare word.

    Bad:
        questions:
          - stem: Which peripheral nerve supplies the deltoid muscle of the shoulder?
          - stem: Which peripheral nerve supplies deltoid muscle of the shoulder?
    Good:
        questions:
          - stem: Which peripheral nerve supplies the deltoid muscle of the shoulder?
          - stem: Which valve lies between the left atrium and ventricle?
    Source: Haladyna 2002, guideline 4 (independent items).
    Measured: 12 of 20 hits right in a sample of 39, the others ask something else of the same story
    or sentence; 5,414 items of Medbullets, AfriMed-QA and the test of MedQA, 29 November 2026.
    """
    items = [
        item for item in course.items if len(set(item.stem_words)) >= 6 and item.written("stem")
    ]
    tokens = [frozenset(item.stem_words) for item in items]
    index = _rarest(tokens)
    for number, item in enumerate(items):
        for other in sorted({o for word in index[1][number] for o in index[0][word] if o < number}):
            if _same(item, items[other], tokens[number], tokens[other]):
                there = items[other]
                line, _ = there.source.place((*there.loc, "stem"))
                message = say(
                    "this asks nearly the same as {id} at {path}:{line} (keep one)",
                    id=there.question.id,
                    path=there.source.path,
                    line=line,
                )
                yield Flaw((*item.loc, "stem"), message, source=item.source)
                break


Index = tuple[dict[str, list[int]], list[list[str]]]
CROWD = 40


def _rarest(tokens: list[frozenset[str]]) -> Index:
    """Where each word occurs, and the three rarest words of each stem that others share.

    Near duplicates differ in a few words, so one of the rare ones is in both. Words that more than
    forty stems share find nothing that rarer ones do not.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(tokens):
        for word in found:
            places[word].append(number)
    rare = [
        sorted((w for w in found if 1 < len(places[w]) <= CROWD), key=lambda w: (len(places[w]), w))
        for found in tokens
    ]
    return places, [found[:3] for found in rare]


def _same(one: Item, other: Item, a: frozenset[str], b: frozenset[str]) -> bool:
    alike = likeness(a, b)
    if alike < 0.6 or one.question.type != other.question.type:
        return False
    if _numbers(a) != _numbers(b):
        return False
    if one.key and other.key:
        keys = likeness(frozenset(one.key.words), frozenset(other.key.words))
        return keys >= 0.5 if alike < 0.8 else True
    return alike >= 0.8


def _numbers(found: frozenset[str]) -> set[str]:
    return {word for word in found if word[0].isdigit()}


@rule("BK605", "info", scope="bank")
def cross_cue(bank: BankView) -> Iterator[Flaw]:
    """Another stem of the same bank contains the right option word for word.

    Only options of three words or more that occur in one other stem.

    Bad:
        questions:
          - stem: Which vessel runs down the front of the heart and feeds most of the septum?
            options:
              - text: Anterior interventricular artery
                correct: true
              - text: Posterior interventricular artery
              - text: Right marginal artery
          - stem: After a clot in the anterior interventricular artery, what is at risk?
    Good:
        questions:
          - stem: Which vessel runs down the front of the heart and feeds most of the septum?
            options:
              - text: Anterior interventricular artery
                correct: true
              - text: Posterior interventricular artery
              - text: Right marginal artery
          - stem: After a clot in that vessel, what is at risk?
    Source: Haladyna 2002, guideline 4 (independent items).
    Measured: 2 of 14 hits right, all that there were, where right means that it gives the answer
    away; 5,414 items of Medbullets, AfriMed-QA and the test of MedQA, 29 November 2026.
    """
    stems = [(item, f" {' '.join(item.stem_words)} ") for item in bank.items]
    for item in bank.singles:
        if not item.key or len(item.key.content) < 2 or len(item.key.words) < 3:
            continue
        said = f" {' '.join(item.key.words)} "
        holders = [other for other, words in stems if said in words and other is not item]
        if len(holders) == 1 and not (item.case and holders[0].case is item.case):
            where = holders[0].question.id
            message = say(
                "the stem of {question} contains this answer (reword one of the two)",
                question=where,
            )
            yield Flaw((*item.loc, *item.key.loc), message)


@rule("BK607", "info", scope="bank")
def mostly_recall(bank: BankView) -> Iterator[Flaw]:
    """More than half of the questions ask for recall.

    Bad:
        questions: 12
        level: remember
    Good:
        questions: 12
        level: apply
    Source: Haladyna 2002, guideline 3 (novel material for higher-level learning).
    Measured: exact, a count.
    """
    levels = [item.question.level for item in bank.items if item.question.level]
    recall = levels.count("remember")
    if len(levels) >= 10 and recall > RECALL_SHARE * len(levels):
        message = say(
            "{recall} of {levels} questions ask for recall (let students apply it)",
            recall=recall,
            levels=len(levels),
        )
        yield Flaw(TITLE, message)


@rule("BK608", "warning", scope="bank")
def guessable(bank: BankView) -> Iterator[Flaw]:
    """A solver who knows no medicine does better than chance.

    It picks by length, wording, repeated words, grammar and number. `viva check --testwise` shows
    its play. p < .01 against chance, or, with 30 questions or more, ten points above it.

    Bad:
        questions: 24
        longest-is-right: 18
    Good:
        questions: 24
        longest-is-right: 6
    Source: NBME Item-Writing Guide 2020, chapter 3.
    Measured: exact, a statistical test.
    """
    found = testwise.score(bank)
    if _too_often(found.hits, [pick.chance for pick in found.picks], 0.10):
        message = say(
            "without knowledge {rate} of answers are right, by guessing {chance} (viva check "
            "--testwise shows how)",
            rate=Percent(found.rate),
            chance=Percent(found.chance),
        )
        yield Flaw(TITLE, message)


@rule("BK609", "warning", scope="bank", languages=ENGLISH)
def too_many_negatives(bank: BankView) -> Iterator[Flaw]:
    """More than one question in twenty is negative, or offers all or none of the above.

    Bad:
        questions: 24
        negative: 6
    Good:
        questions: 24
        negative: 0
    Source: Haladyna 2002, guidelines 17, 25 and 26.
    Measured: exact, a count of what other rules find.
    """
    asked = [item for item in bank.items if item.choices]
    odd = [item for item in asked if turned(item) or len(item.real) < len(item.choices)]
    if len(asked) >= 20 and len(odd) > BUDGET * len(asked):
        message = say(
            "{count} of {total} questions are negative or offer all or none of the above (ask for "
            "what is so)",
            count=len(odd),
            total=len(asked),
        )
        yield Flaw(TITLE, message)


@rule("BK610", "info", scope="bank")
def reused_options(bank: BankView) -> Iterator[Flaw]:
    """More than three questions share the same options.

    That is what an extended matching question is for.

    Bad:
        questions: 5
        same-options: true
    Good:
        questions: 5
    Source: NBME Item-Writing Guide 2020 (extended matching).
    Measured: exact, a count.
    """
    seen: dict[frozenset[str], list[Item]] = defaultdict(list)
    for item in bank.singles:
        seen[frozenset(choice.text.lower() for choice in item.choices)].append(item)
    for items in seen.values():
        if len(items) > REUSED:
            message = say(
                "{items} questions share these options (write one type: matching)",
                items=len(items),
            )
            yield Flaw((*items[0].loc, "options"), message)
