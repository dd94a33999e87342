"""ST1xx, questions that ask for what is not so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from viva.base.words import say
from viva.lint import lexicon
from viva.lint.item import Item
from viva.lint.rule import ASKED, CHOSEN, ENGLISH, FOUR, Flaw, rule
from viva.lint.text import main_clause

EMPHASISED = re.compile(
    r"\b(NOT|EXCEPT|LEAST|FALSE|INCORRECT|NEVER|CANNOT|UNLIKELY|[A-Z]+N'T)\b", 0
)
HARMLESS = re.compile(
    r"\bat least\b|\bnot only\b|\bfalse[- ](?:positives?|negatives?|profile|rate|alarm|aneurysm)\w*"
    r"|\bwhether or not\b|\bif not\b|\bor not\b|\bnot (?:responding|improv(?:ing|ed)|helped|yet)\b"
    r"|\b(?:I|we|you|patients?|people|adults|child(?:ren)?|women|men|those|he|she|they|man|woman|boy|girl"
    r"|mother|father|it)(?: (?:is|are|was|were|do|does|did|has|have|had|can|could|would|will))?"
    r" (?:not|cannot|\w+n't)\b"
    r"|\bnot (?:least|otherwise specified|necessarily)\b|\bdo not (?:resuscitate|attempt)\b"
    r"|\bnever[- ](?:smok\w*|married|events?)\b|\b(?:but|though) not\b|\bset apart\b"
    r"|\b(?:enzyme|protein|hormone|factor|gene|chromosome|receptor|transporter|vitamin|immunoglobulin)s?"
    r" (?:is|are) absent\b|\bwill be absent\b|\babsent (?:due to|because of)\b"
    # What is left out in brackets, and not the question itself: (except the cricothyroid muscle).
    r"|\((?:except|excluding|but not|not) [^)]*\s[^)]*\)"
    r"|\"[^\"]*\s[^\"]*\"",
    re.IGNORECASE,
)
_BE = (
    r"(?:is|are|was|were|do|does|did|would|should|can|could|will|has|have|had|may|might|must|need)"
)
_LEAST = (
    "likely appropriate probable suitable useful helpful accurate consistent important typical"
    " common commonly true effective efficacious related relevant sensitive preferred suggestive"
    " associated desirable reliable susceptible involved resemble resembles"
)
NEGATIVE = re.compile(
    r"\b(except|excluding)\b(?! for\b(?!\W*$))"
    r"|\b(but which|all (?:of (?:the|these) (?:following|above) )?but one|apart from"
    r"|with the exception)\b"
    rf"|\b(least) (?:{_LEAST.replace(' ', '|')})\b"
    r"|^(?:\W|\d)*(?:(?!if\b|when\b|which\b|what\b|who\b)[\w-]+ ){0,4}(not) \w+"
    rf"|\b{_BE}(?:/\w+)?(?: [\w-]+){{0,4}}? (not)\b(?! only)"
    r"|\b(\w+n't|cannot|(?-i:never|NEVER))\b"
    r"|\b(?:is|are|statements?|one|which|following|be)(?: the| most| an?)?"
    r" (false|incorrect|untrue|wrong|inaccurate|inappropriate|unlikely|incorrectly|wrongly"
    r"|unrelated"
    r"|inconsistent with|uncommon|absent)\b"
    r"|^\W*(false|incorrect|untrue|wrong)(?:(?: \w+)? (?:about|regarding|concerning|among"
    r"|is)\b|\W*$)"
    r"|\b(false|incorrect|wrong|untrue|inaccurate) (?:statements?|options?|answer|match|pair)\b"
    r"|\b(lacks?(?! of)|(?:is|are|has|have) no|(?:is|are) of no|there (?:is|are) no)\b",
    re.IGNORECASE,
)
BEFORE_THE_QUESTION = re.compile(
    r"^(?!.*\b(?:all|but|except|excluding|following|one|these)\b)[^,?]*, "
    r"(?=(?:(?:and|at|by|from|in|of|on|then|to|with) )?"
    r"(?:which|what|where|who|whose|how|when)\b[^,]*$)",
    re.IGNORECASE,
)
"""What is so, in a sentence that asks behind a comma: The aortic valve is not closed, what …"""
# A clause on what is asked for turns the question round, one on anything else does not.
ON_THE_ASKED = re.compile(
    r"(^(?:\W|\d)*(?:(?!which\b|what\b|an?\b|in\b|for\b)[\w-]+ ){0,4}"
    r"(?!which\b|what\b)[\w-]+"
    r"|\b(?:one|ones|option|statement|item|answer|choice|feature|finding|drug|following)) "
    r"(?:that|which)\b(?=[^,]*$)(?!.*\bbut\b)",
    re.IGNORECASE,
)
ASKS_WHY = re.compile(
    r"^(?:\W|\d)*(?:why|how)\b|\b(?:explain\w*|explanation (?:for|of)|reasons? (?:for"
    r"|that)?) ?why\b"
    r"|what (?:is|was|went) wrong|\b(?:because(?: of)?|due to|as a result of)(?: (?:the|it"
    r"|they))?\W*$",
    re.IGNORECASE,
)
WEAK = re.compile(r"lacks?|(?:is|are|has|have|is of|are of|there is|there are) no", re.IGNORECASE)
SUBJECT = re.compile(
    r"^(?:\W|\d)*(?:in |for |with |of )?(?:which|what)(?: one)?(?: of (?:the"
    r"|these)(?: following)?)?"
    r"(?: \w+){0,2},? ?$",
    re.IGNORECASE,
)
NO_START = re.compile(
    r"^(?:no|not|never|none|cannot|without|lack of)\b|\b(?:do|does|is|are|can|should|will"
    r"|must) not\b",
    re.IGNORECASE,
)


def negative(item: Item) -> re.Match[str] | None:
    """The word that turns the lead-in round, if one does."""
    if item.language in lexicon.NEGATIVE:
        told = lexicon.HARMLESS[item.language].sub(" ", item.lead_in)
        return lexicon.NEGATIVE[item.language].search(told)
    return _negative(item.lead_in)


@lru_cache(maxsize=64)  # several rules ask it of the same question
def _negative(text: str) -> re.Match[str] | None:
    loud = EMPHASISED.search(text)
    if loud and text != text.upper():
        return loud
    if ASKS_WHY.search(text):
        return None
    asked = BEFORE_THE_QUESTION.sub("", text)
    clause = HARMLESS.sub(" ", ON_THE_ASKED.sub(r"\1", asked))
    return next(filter(_turns, NEGATIVE.finditer(main_clause(clause))), None)


def _turns(found: re.Match[str]) -> bool:
    """Whether a word is said of the answers: `lacks` may be said of anything."""
    number = found.lastindex or 0
    if not WEAK.fullmatch(found[number]):
        return True
    return bool(SUBJECT.match(found.string[: found.start(number)]))


def turned(item: Item) -> str:
    """That word, or nothing."""
    found = negative(item)
    return next(filter(None, found.groups()), found[0]) if found else ""


def is_emphasised(item: Item, word: str) -> bool:
    """Whether its author made the word stand out by capitals or bold type."""
    shout = re.compile(rf"\*\*[^*]*\b{re.escape(word)}\b[^*]*\*\*|\b{re.escape(word.upper())}\b")
    return bool(shout.search(item.question.stem))


def is_loudest(item: Item, word: str) -> bool:
    """Whether the word is in bold and in capitals: nobody overlooks it."""
    return bool(re.search(rf"\*\*[^*]*\b{re.escape(word.upper())}\b[^*]*\*\*", item.question.stem))


def doubly_negative(item: Item) -> list[int]:
    """The options that are negative under a negative lead-in."""
    return [n for n, choice in enumerate(item.real) if NO_START.search(choice.text)]


@rule("ST101", "info", *ASKED, languages=FOUR)
def negative_lead_in(item: Item) -> Iterator[Flaw]:
    """The lead-in asks for what is not so.

    A reader who overlooks one word answers the opposite. Where a safe action needs its exception
    known, ask for it positively: which is contraindicated, which must be avoided? A word in bold
    capitals, as ST102 advises, is left alone.

    Bad:
        stem: Which muscle is NOT supplied by the median nerve?
    Good:
        stem: Which muscle is supplied by the ulnar nerve?
    Source: Haladyna 2002, guideline 17; NBME Item-Writing Guide 2020, chapter 3.
    Measured: 20 of 20 hits right in a sample of 70; 5,710 items of MMLU (but those in MMLU-Redux)
    and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    word = turned(item)
    loud = word and is_emphasised(item, word) and not is_loudest(item, word)
    if loud and not doubly_negative(item):
        said = say("“{word}” asks for the opposite (ask for what is so, if you can)", word=word)
        yield Flaw(("stem",), said)


@rule("ST102", "error", *ASKED, languages=FOUR)
def quiet_negative(item: Item) -> Iterator[Flaw]:
    """A negative lead-in whose negative word is easy to overlook.

    `viva check --fix` writes it as **NOT**. Asking positively is better.

    Bad:
        stem: Which muscle is not supplied by the median nerve?
    Good:
        stem: Which muscle is supplied by the ulnar nerve?
    Source: Haladyna 2002, guideline 17.
    Measured: 29 of 30 hits right in a sample of 348; MMLU (but its items in MMLU-Redux) and
    OpenStax Anatomy and Physiology, 28 November 2026; in other languages than English it is not
    measured, and a remark. Of about 520 negative lead-ins in 7,500
    items of MedMCQA, MedQA, Medbullets, MedExQA, AfriMed-QA and MMLU 507 found, here or by ST101.
    In 2,146 items of two quiz programs on GitHub (Learning-Python by MNJAA and usmle-quiz-app by
    rajansolo), 30 November 2026, 59 of 64 hits right, all that there were.
    """
    word = turned(item)
    if word and not is_emphasised(item, word) and not doubly_negative(item):
        message = say(
            "“{word}” is easy to overlook (ask positively, or write **{capitals}**)",
            word=word,
            capitals=word.upper(),
        )
        yield Flaw(("stem",), message, None if item.language == "en" else "info")


@rule("ST111", "info", *CHOSEN, languages=ENGLISH)
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
    Measured: 15 of 19 hits right, all that there were; 5,710 items of MMLU (but those in
    MMLU-Redux) and OpenStax Anatomy and Physiology, 29 November 2026.
    """
    for number in doubly_negative(item)[:1] if turned(item) else ():
        message = say("a negative option under a negative question (ask positively)")
        yield Flaw(item.real[number].loc, message)
