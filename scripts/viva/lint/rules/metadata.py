"""MD: what ties a question to its objective, its sources and its feedback."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.bank.question import LEVELS
from viva.bank.types import Trait
from viva.base.words import Quantity, say
from viva.lint.item import Item
from viva.lint.rule import CHOSEN, ENGLISH, Flaw, rule
from viva.lint.text import words

_VERDICT = """
right wrong correct incorrect true false yes no well done good sorry this that is the answer option
not it an a exactly indeed try again
"""
VERDICT = frozenset(_VERDICT.split())
RECALL = re.compile(
    r"^(?:define|what is (?:the )?(?:definition|meaning|name)|what does \w+ stand for)", re.I
)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ENOUGH, WEAK = 30, 0.15
DRAFTS = frozenset(("draft", "todo", "wip", "unfinished"))


@rule("MD502", "warning")
def no_objective(item: Item) -> Iterator[Flaw]:
    """The question names no objective.

    It counts for nothing in the blueprint, and feedback cannot say what it was for. An objective
    that no module declares is an error of its own, with the same code.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        objective: ""
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        objective: anatomy-1
    Source: Haladyna 2002, guideline 1 (specific content for every item).
    Measured: exact, a field that is not there.
    """
    inherited = item.case and item.case.question.objective
    if item.has(Trait.STEPS) or item.question.objective or inherited:
        return
    if item.course.objectives:
        yield Flaw((), say("question has no objective (write objective: and one of the module’s)"))


@rule("MD503", "warning")
def no_reference(item: Item) -> Iterator[Flaw]:
    """The question rests on no source.

    A source that is not in the bibliography is an error of its own, with the same code.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        references: []
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        references: [handbook]
    Source: Haladyna 2002, guideline 6; HONcode principle 4 (attribution).
    Measured: exact, a field that is not there.
    """
    inherited = item.case and item.case.question.references
    if item.has(Trait.STEPS) or item.question.references or inherited:
        return
    explained = (item.question.explanation or "", *(why for _, why in item.whys))
    cited = any("[@" in text for text in explained)
    if item.course.bibliography.references and not cited:
        said = say("question rests on no source (write references: and a key of the .bib file)")
        yield Flaw((), said)


@rule("MD504", "error")
def no_rationale(item: Item) -> Iterator[Flaw]:
    """Nothing says why the right answer is right.

    Wrong options teach errors unless feedback corrects them. A question that is answered without
    being explained does harm.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        explanation: ""
        options:
          - {text: Axillary nerve, why: It supplies deltoid.}
          - {text: Median nerve, why: It supplies muscles of the thumb.}
          - {text: Ulnar nerve, correct: true, why: ""}
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        explanation: Most of them are supplied by its deep branch.
    Source: Roediger and Marsh 2005; Butler and Roediger 2008 (feedback undoes what lures teach).
    Measured: exact, a field that is not there.
    """
    if item.has(Trait.STEPS) or item.question.explanation:
        return
    if item.has(*CHOSEN):
        explained = all(choice.why for choice in item.choices if choice.correct)
    else:
        explained = bool(item.parts) and all(part.why for part in item.parts)
    if not explained:
        yield Flaw((), say("nothing says why the answer is right (write explanation: or why:)"))


@rule("MD505", "warning", *CHOSEN, Trait.IN_PARTS)
def no_option_feedback(item: Item) -> Iterator[Flaw]:
    """A wrong option, a statement or a prompt without its own why.

    Who chose it wants to know what was tempting and what is wrong.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - {text: Axillary nerve, why: ""}
          - {text: Median nerve, why: ""}
          - {text: Ulnar nerve, correct: true}
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - {text: Axillary nerve, why: It supplies deltoid.}
          - {text: Median nerve, why: It supplies muscles of the thumb.}
          - {text: Ulnar nerve, correct: true, why: Its deep branch supplies them.}
    Source: Wang 2021 (elaborated feedback); Butler and Roediger 2008.
    Measured: exact, a field that is not there.
    """
    if item.has(*CHOSEN):
        bare = [choice.loc[:-1] for choice in item.choices if not choice.why and not choice.correct]
    else:
        bare = [part.loc[:-1] for part in item.parts if not part.why]
    if bare:
        what = str(bare[0][0]).removesuffix("s")
        advice = say("write what tempts and what is wrong")
        if len(bare) == 1:
            said = say("{part} has no why ({advice})", part=what, advice=advice)
        else:
            more = {"part": what, "count": len(bare) - 1, "advice": advice}
            said = say("{part} has no why, nor have {count} more ({advice})", **more)
        yield Flaw(bare[0], said)


@rule("MD506", "warning")
def reviewed_by_author(item: Item) -> Iterator[Flaw]:
    """The question was reviewed by its own author.

    One that names its author and no review is information.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        author: A. Rao
        reviewed: 2026-11-30 by A. Rao
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        author: A. Rao
        reviewed: 2026-11-30 by B. Lind
    Source: a convention of question banks.
    Measured: exact, it compares two fields.
    """
    author, reviewed = item.question.author, item.question.reviewed
    others = [one.by for one in item.question.reviews]
    own = author and author.casefold() in (reviewed or "").casefold()
    if own or (author and {one.casefold() for one in others} == {author.casefold()}):
        where = "reviewed" if own else "reviews"
        said = say("{author} reviewed their own question (ask a colleague)", author=author)
        yield Flaw((where,), said)
    elif author and not (reviewed or others):
        message = say(
            "{author} wrote this, and nobody has reviewed it (ask a colleague)",
            author=author,
        )
        yield Flaw(("author",), message, "info")


@rule("MD507", "info")
def review_overdue(item: Item) -> Iterator[Flaw]:
    """The module was revised after the question was last reviewed.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        reviewed: 2015-05-01
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        reviewed: 2026-11-30
    Source: HONcode principle 4 (date of last modification).
    Measured: exact, it compares two dates.
    """
    said = item.question.reviewed or max((one.date for one in item.question.reviews), default="")
    reviewed = DATE.search(said)
    page = item.course.pages.get(item.home.bank.module or "") if reviewed else None
    revised = DATE.search(page.said("revised")) if page else None
    if revised and reviewed and reviewed[0] < revised[0]:
        where = "reviewed" if item.question.reviewed else "reviews"
        message = say(
            "the module was revised on {revised}, the question last reviewed before (review it "
            "again)",
            revised=revised[0],
        )
        yield Flaw((where,), message)


@rule("MD522", "warning")
def accepted_by_nobody(item: Item) -> Iterator[Flaw]:
    """A question is accepted, but nobody has signed it, or it was edited since.

    `viva review read` writes who accepted it, and which version. Edited is what students see or
    are marked on.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        status: accepted
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        status: accepted
        reviews: [{by: B. Lind, date: 2026-11-30, status: accepted}]
    Source: a convention of question banks.
    Measured: exact, it compares fields.
    """
    question = item.question
    if question.status != "accepted" or question.signed:
        return
    if any(one.status == "accepted" for one in question.reviews):
        said = say(
            "it was edited after it was accepted (have it reviewed again: viva review packet)"
        )
        yield Flaw(("reviews",), said)
    else:
        yield Flaw(("status",), say("nobody has signed it (have it reviewed: viva review packet)"))


@rule("MD508", "info", *CHOSEN, Trait.TYPED, languages=ENGLISH)
def level_too_high(item: Item) -> Iterator[Flaw]:
    """A question of recall that is declared as more.

    Bad:
        stem: What is the definition of the tidal volume?
        level: analyse
    Good:
        stem: What is the definition of the tidal volume?
        level: remember
    Source: BMC Med Educ 2014;14:236 (Bloom's taxonomy in medical questions).
    Measured: not measured: no set of questions by others declares levels.
    """
    level = item.question.level
    if not level or LEVELS.index(level) < 2 or len(item.stem_words) >= 40:
        return
    if RECALL.search(item.lead_in):
        said = say("this asks for recall and is declared {level} (write remember)", level=level)
        yield Flaw(("level",), said)


@rule("MD511", "warning")
def draft(item: Item) -> Iterator[Flaw]:
    """A question that calls itself a draft is on the site.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        tags: [draft]
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        tags: [nerves]
    Source: a convention of question banks.
    Measured: exact, it reads a tag.
    """
    for number, tag in enumerate(item.question.tags):
        if tag.lower() in DRAFTS:
            said = say("question is tagged {tag} (finish it, or take it out)", tag=tag)
            yield Flaw(("tags", number), said)
            return


@rule("MD513", "info", languages=ENGLISH)
def empty_feedback(item: Item) -> Iterator[Flaw]:
    """Feedback that says right or wrong and nothing else.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - {text: Axillary nerve, why: Incorrect.}
          - {text: Median nerve, why: Incorrect.}
          - {text: Ulnar nerve, correct: true, why: Correct. Well done!}
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        options:
          - {text: Axillary nerve, why: It supplies deltoid.}
          - {text: Median nerve, why: It supplies muscles of the thumb.}
          - {text: Ulnar nerve, correct: true, why: Its deep branch supplies them.}
    Source: Wang 2021 (knowing right from wrong is not enough).
    Measured: none in 4,142 items with an explanation of Medbullets and AfriMed-QA, 29 November
    2026.
    """
    for loc, text in item.rationale:
        if len(text) < 60 and all(word in VERDICT for word in words(text)):
            said = say("“{text}” explains nothing (write what tempts and what is wrong)", text=text)
            yield Flaw(loc, said)
            return


@rule("MD518", "warning")
def answered_worse_by_the_better(item: Item) -> Iterator[Flaw]:
    """In the last analysis, those who knew more did worse on this question.

    `viva feedback` writes `statistics` beside each question. Judged from 30 students on; mostly the
    key is wrong, or a second option is right. A correlation below .15 is information.

    Bad:
        stem: Which nerve supplies most of the small muscles of the hand?
        statistics: {p: 0.31, r: -0.12, n: 48}
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
        statistics: {p: 0.62, r: 0.31, n: 48}
    Source: a convention of item analysis (item-rest correlations below 0 and .15).
    Measured: exact, it reads numbers of the last analysis.
    """
    found = item.question.statistics
    if found is None or found.r is None or found.n < ENOUGH:
        return
    if found.r < 0:
        message = say(
            "those who knew more did worse here (r {r}: check the key)",
            r=Quantity(found.r, None, 2, 2),
        )
        yield Flaw(("statistics",), message)
    elif found.r < WEAK:
        message = say(
            "it hardly told students apart (r {r}: look at it again)",
            r=Quantity(found.r, None, 2, 2),
        )
        yield Flaw(("statistics",), message, "info")
