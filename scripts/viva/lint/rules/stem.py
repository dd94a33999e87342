"""ST: the stem and its lead-in, the sentence that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from viva.bank.types import Trait
from viva.base.words import Quantity, say
from viva.lint.item import Item
from viva.lint.rule import ASKED, CHOSEN, ENGLISH, Flaw, rule
from viva.lint.rules.negative import turned
from viva.lint.text import words

BLANKS = ("__", "....", "……", "[")
BLANK = re.compile(r"_{2,}|(?<![^\s(])\.{4,}(?![\"'])|…{2,}|\[blank\]", re.IGNORECASE)
TRUE_FALSE = re.compile(
    r"^which (?:one )?(?:of (?:the|these|those) (?:following|statements?)|statements?|following)\b"
    r"[^?]{0,40}\b(?:is|are)(?: most)? (?:true|correct|false|incorrect|accurate|right)\b",
    re.IGNORECASE,
)
VERDICTS = frozenset(("true", "false", "yes", "no", "correct", "incorrect"))
ASKING_WORD = re.compile(
    r"\b(?:who|whose|whom|what|which|when|where|why|how)\b",
    re.IGNORECASE,
)
FOCUSED = re.compile(
    r"\b(?:abnormalit|action|advice|answer|arter|cause|cell|complication|condition|diagnos|disease"
    r"|disorder|drug|effect|enzyme|explanation|factor|feature|finding|gene|hormone|image|imaging"
    r"|injur|interpret|intervention|investigat|lesion|ligament|manage|measure|mechanism|medic"
    r"|method|movement|muscle|nerve|operation|organ|pathogen|position|procedure|process|reason"
    r"|region|result|risk|sequence|sign|site|space|step|structure|study|surface|symptom|syndrome"
    r"|technique|tendon|test|therap|tissue|treat|value|vein|vessel|view)",
    re.IGNORECASE,
)
FOLLOWING = re.compile(r"^which (?:one )?of the following\b", re.IGNORECASE)
TWO_QUESTIONS = re.compile(r"[,;]? and (?:what|which|why|how|where|who)\b", re.IGNORECASE)
INSTRUCTION = re.compile(
    r"^\W*(?:\(?(?:choose|select|pick|mark|give|write|name|answer|enter|round|use|tick|assume|state"
    r"|judge|decide|point|express|factor|divide|multiply|add|subtract|solve|evaluate|simplify"
    r"|calculate|compute|find|arrange|predict|convert|change|define)\b|\()",
    re.IGNORECASE,
)
ASKING_START = re.compile(r"^\W*(?:which|what|who|whose|how|why|when|where)\b", re.I)
UNENDED = re.compile(r"\b(?:is|are|was|from|by|of|to|in|be|with|the|includes?|shows?)\W*$", re.I)
BARE = frozenset(("is", "are", "was", "means", "has", "have", "can", "will", "may", "includes"))
TASK = re.compile(
    r"^\W*(?:compute|find|solve|evaluate|simplify|calculate|define|name)\b", re.IGNORECASE
)
TELLS = re.compile(
    r"[?=\d_]|\.{3}|\b(?:by|for|from|in|of|with|on|at|to|cause[sd]?|due|like|not|except|normal|most"
    r"|first|best|drug|sign|sum|same|opposite)\b",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"\b(?:in your (?:opinion|view)|do you (?:think|believe|feel|like)|would you like)\b",
    re.IGNORECASE,
)
SYLLABLES = re.compile(r"[aeiouy]+", re.IGNORECASE)
# Statements to choose among, the head of a table, a sentence to be completed.
LISTING = re.compile(
    r"^\W*(?:(?:[IVX]+|\d+|[A-Ea-e]|[ivx]+)[.):]|[A-Z]{3}|It:|[\"'])"
    r"|.*[:…,]$|.*\.{3}\W*$"
)
TOO_LONG = 180
HARD = 16


@rule("ST103", "warning", *ASKED, languages=ENGLISH)
def blank_in_the_middle(item: Item) -> Iterator[Flaw]:
    """A blank with more text after it.

    The reader has to keep the gap in mind. A blank at the end is fine.

    Bad:
        stem: The ____ supplies deltoid in most people.
    Good:
        stem: Which nerve supplies deltoid in most people?
    Source: Haladyna 2002, guideline 14.
    Measured: 29 of 30 hits right in a sample of 173; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026.
    """
    if not any(sign in item.stem for sign in BLANKS):
        return
    for found in BLANK.finditer(item.stem):
        after = item.stem[found.end() :]
        if words(after) and not INSTRUCTION.match(after):
            yield Flaw(("stem",), say("the blank stands inside the stem (ask a question instead)"))
            return


@rule("ST104", "warning", *CHOSEN, languages=ENGLISH)
def disguised_true_false(item: Item) -> Iterator[Flaw]:
    """A true/false question dressed as a choice.

    Options that have nothing in common but being true must each be judged alone, and no lead-in
    can be answered before they are read.

    Bad:
        stem: Which of the following statements is true?
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
    Source: NBME Item-Writing Guide 2020, chapter 3; Tarrant 2006.
    Measured: 38 of 40 hits right in a sample of 119; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026. In 5,414 items of Medbullets, AfriMed-QA and
    the test of MedQA, 29 November 2026, 20 of 20 in a sample of 189. In 2,146 items of two quiz
    programs on GitHub (Learning-Python by MNJAA and usmle-quiz-app by rajansolo), 30 November 2026,
    21 of 21.
    """
    if TRUE_FALSE.search(item.lead_in):
        message = say(
            "this asks which statement is right or wrong (ask one question, or write type: "
            "true-false)"
        )
        yield Flaw(("stem",), message)
    elif item.choices and all(choice.text.lower() in VERDICTS for choice in item.choices):
        yield Flaw(("options",), say("the options are verdicts (write type: true-false)"))


@rule("ST105", "info", *ASKED, languages=ENGLISH)
def no_question(item: Item) -> Iterator[Flaw]:
    """The stem asks nothing.

    A sentence that the options complete is allowed, though harder to read.

    Bad:
        stem: The deltoid muscle and its supply by nerves of the brachial plexus.
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
    Source: NBME Item-Writing Guide 2020, chapter 3; Haladyna 2002, guideline 15.
    Measured: 11 of 20 hits right in a sample of 60; 5,710 items of MMLU (but those in MMLU-Redux)
    and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    asks = "?" in item.stem or ASKING_START.match(item.lead_in) or BLANK.search(item.stem)
    told_to = any(INSTRUCTION.match(part) for part in item.sentences)
    if asks or told_to or barely_a_stem(item):
        return
    end = item.stem.rstrip("\"' ")
    if end[-1:].isalnum() or end.endswith((":", "…", ",", "-")):
        return  # the options complete the sentence
    if not UNENDED.search(item.stem):
        yield Flaw(("stem",), say("the stem asks nothing (end it with a question)"))


def barely_a_stem(item: Item) -> bool:
    """Whether the stem names a thing and says nothing of it: `Deltoid:`, `The deltoid is`."""
    words = [word for word in item.stem_words if word not in ("a", "an", "the")]
    said = [word for word in words if word not in BARE]
    if len(said) > 2 or len(words) > 4 or TELLS.search(item.stem) or TASK.match(item.stem):
        return False
    # `Cold agglutinin is: IgM` is terse, and can be answered.
    names = words != said and all(len(choice.words) <= 3 for choice in item.real)
    return not (item.choices and names)


@rule("ST106", "warning", *CHOSEN, languages=ENGLISH)
def unfocused(item: Item) -> Iterator[Flaw]:
    """Without its options the question cannot be answered.

    Cover the options: a good stem can still be answered. A stem that only names a thing is a
    warning; one that begins “Which of the following” and does not say what kind of thing is wanted
    is information.

    Bad:
        stem: The deltoid muscle
    Good:
        stem: Which movement of the arm does the deltoid muscle produce?
    Source: NBME Item-Writing Guide 2020, chapter 3 (cover the options); Haladyna 2002.
    Measured: 31 of 32 warnings right in a sample of 41; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026. Of what is information 12 of 20 in a sample
    of 378; 5,710 items of MMLU (but those in MMLU-Redux) and OpenStax Anatomy and Physiology, 29
    November 2026. Of warnings in 5,414 items of Medbullets, AfriMed-QA and the test of MedQA, 29
    November 2026, 20 of 20 in a sample of 111.
    """
    if barely_a_stem(item) and not BLANK.search(item.stem):
        yield Flaw(("stem",), say("the stem is no question (say what is asked, ending in ?)"))
        return
    vague = FOLLOWING.search(item.lead_in) and not FOCUSED.search(item.lead_in)
    if vague and not TRUE_FALSE.search(item.lead_in) and not turned(item):
        message = say("the stem does not say what is wanted (name it: which test, which cause …)")
        yield Flaw(("stem",), message, "info")


@rule("ST107", "info", *CHOSEN, Trait.TYPED, languages=ENGLISH)
def two_questions(item: Item) -> Iterator[Flaw]:
    """Two questions at once.

    Bad:
        stem: Which nerve supplies deltoid, and what does the muscle do?
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
    Source: Haladyna 2002, guidelines 1 and 15.
    Measured: 10 of 15 hits right, all that there were; 5,710 items of MMLU (but those in
    MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    asked = sum(1 for _ in takewhile(_asks, reversed(item.sentences)))  # a text may ask before
    joined = TWO_QUESTIONS.search(item.lead_in)
    if asked > 1:
        yield Flaw(("stem",), say("the stem asks more than one question (keep one)"))
    elif joined and len(ASKING_WORD.findall(item.lead_in[: joined.start()])) == 1:
        yield Flaw(("stem",), say("the lead-in asks two things at once (keep one)"))


def _asks(sentence: str) -> bool:
    return sentence.rstrip("\"')").endswith("?")


@rule("ST108", "info", *ASKED, languages=ENGLISH)
def question_not_last(item: Item) -> Iterator[Flaw]:
    """The question comes before the facts.

    Bad:
        stem: Which nerve supplies the muscle? It lies over the shoulder joint.
    Good:
        stem: A muscle lies over the shoulder joint. Which nerve supplies it?
    Source: NBME Item-Writing Guide 2020, chapter 3.
    Measured: 20 of 20 hits right in a sample of 469, all of one kind; 5,710 items of MMLU (but
    those in MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    asking = [n for n, part in enumerate(item.sentences) if _asks(part)]
    after = item.sentences[asking[-1] + 1 :] if asking else []
    if after and not any(INSTRUCTION.match(part) or LISTING.match(part) for part in after):
        yield Flaw(("stem",), say("text follows the question (move it before the question)"))


@rule("ST109", "info", *ASKED)
def too_long(item: Item) -> Iterator[Flaw]:
    """A stem of more than 180 words.

    Bad:
        words: 190
    Good:
        words: 60
    Source: Haladyna 2002, guideline 13 (minimise the reading).
    Measured: exact, a count.
    """
    count = len(item.stem_words)
    if count > TOO_LONG:
        said = say("the stem has {count} words (cut what the answer does not need)", count=count)
        yield Flaw(("stem",), said)


@rule("ST110", "info", *ASKED, languages=ENGLISH)
def hard_to_read(item: Item) -> Iterator[Flaw]:
    """Sentences that are hard to read for another reason than their medicine.

    Flesch-Kincaid grade, in which every word of more than three syllables counts as three: medical
    terms are long and meant to be there. Stems of fewer than 30 words are not judged.

    Bad:
        stem: >-
          Considering that the investigators, having previously administered a questionnaire to
          participants whose characteristics, as reported separately, differed considerably from
          those of comparable participants, subsequently determined that measurements obtained from
          radiographs exceeded those obtained otherwise, which interpretation concerning the
          measurements appears justified?
    Good:
        stem: >-
          A group measured the heart on radiographs and on MRI. The people in it were older than
          those of other studies. The radiographs gave the larger values. Which reading of this
          result is justified?
    Source: Haladyna 2002, guidelines 8 and 13.
    Measured: exact, a formula of reading ease.
    """
    if len(item.stem_words) < 30:
        return
    spoken = list(map(_syllables, item.stem_words))
    count = len(spoken)
    grade = 0.39 * count / len(item.sentences) + 11.8 * sum(spoken) / count - 15.59
    if grade > HARD:
        message = say(
            "the stem is hard to read (grade {grade}: use shorter sentences)",
            grade=Quantity(grade, None, 0, 0),
        )
        yield Flaw(("stem",), message)


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    """The syllables of a word, at most three: more make a term and no hard sentence."""
    return min(3, max(1, len(SYLLABLES.findall(word))))


@rule("ST112", "info", *ASKED, languages=ENGLISH)
def opinion(item: Item) -> Iterator[Flaw]:
    """The lead-in asks for an opinion, which cannot be wrong.

    Bad:
        stem: Which treatment, in your opinion, comes first?
    Good:
        stem: Which treatment do the published reviews put first?
    Source: Haladyna 2002, guideline 6.
    Measured: none in 5,414 items of Medbullets, AfriMed-QA and the test of MedQA, 29 November 2026.
    """
    if OPINION.search(item.lead_in):
        yield Flaw(("stem",), say("this asks for an opinion (ask what the evidence says)"))
