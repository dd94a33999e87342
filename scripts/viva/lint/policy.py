"""What a course may want of itself, beyond what is right for every course.

It is said in the settings, under `viva: {course: {policy: …}}`; nothing is wanted that is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from viva.bank import mistakes
from viva.bank.question import Model
from viva.base.problems import Problem, in_order
from viva.base.words import Quantity, say
from viva.course import setup
from viva.course.courses import Course
from viva.course.pages import UNREAD, WORD, Page
from viva.course.settings import Identity, Settings
from viva.lint.text import many
from viva.lint.views import CourseView

Count = Annotated[int, Field(ge=1)]
GLOSSARY = "glossary.md"
"""It names American forms on purpose, so that a search finds them."""
VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.?!:]\s|\n\n")
_BRITISH = """
edema oedema / edematous oedematous / tumor tumour / color colour / behavior behaviour
center centre / fiber fibre / pediatric paediatric / orthopedic orthopaedic
anesthesia anaesthesia / anesthetic anaesthetic / hematoma haematoma / maneuver manoeuvre
randomized randomised / recognized recognised / standardized standardised / anemia anaemia
hemoglobin haemoglobin / diarrhea diarrhoea / estrogen oestrogen / esophagus oesophagus
"""
BRITISH = dict(pair.split() for line in _BRITISH.strip().split("\n") for pair in line.split(" / "))
AMERICAN = re.compile(rf"\b({'|'.join(BRITISH)})(s?)\b", re.IGNORECASE)
IN_A_NAME = re.compile(r"\b[A-Z][\w’-]* $")  # what stands before a word of a name


class Words(Model):
    """How long a page of reading is."""

    written = "least: 800 and most: 2500 under it"

    least: Count | None = None
    most: Count | None = None


class Policy(Model):
    """What a course wants of itself."""

    whole = "policy"
    written = "questions_per_objective: 3, for example, under it"

    questions_per_objective: Count | None = None
    words: Words = Words()
    reading_grade: Annotated[float, Field(gt=0)] | None = None
    spelling: Literal["british"] | None = None


class Wants(Identity):
    """What stands under `course:` in the options of viva."""

    whole = "course"
    written = "id: and policy:, for example, under it"

    policy: Policy | None = None


def check(seen: CourseView) -> list[Problem]:
    """Where a course falls short of its own policy, or where the policy itself is wrong."""
    policy, problems = of(seen.course.layout.settings)
    if policy:
        problems += _few_questions(seen, policy)
        problems += _lengths(seen.course, policy)
        problems += _grades(seen.course, policy)
        problems += _spelling(seen) if policy.spelling else ()
    return in_order(problems)


def of(settings: Settings) -> tuple[Policy | None, list[Problem]]:
    """The policy that the settings name, if they name one, and what is wrong with it."""
    given: Any = settings.options.get("course")
    if given is None:
        return None, []
    try:
        return Wants.model_validate(given, strict=True).policy, []
    except ValidationError as error:
        loc = (*setup.place(settings), "course")
        return None, list(mistakes.model_problems(error, loc, settings.source, Wants))


def _few_questions(seen: CourseView, policy: Policy) -> Iterator[Problem]:
    wanted = policy.questions_per_objective or 0
    for one in seen.objectives:
        if len(one.items) < wanted:
            has = many(len(one.items), "question")
            message = say(
                "{id} has {questions}, this course wants {number} (write more)",
                id=one.id,
                questions=has,
                number=wanted,
            )
            yield one.source.problem((*one.loc, "id"), "PL601", message)


def _reading(course: Course) -> list[Page]:
    """The pages that teach something: those that declare objectives."""
    return [page for page in course.pages.values() if page.objectives]


def _lengths(course: Course, policy: Policy) -> Iterator[Problem]:
    least, most = policy.words.least, policy.words.most
    for page in _reading(course):
        count = len(page.words())
        if least and count < least:
            message = say(
                "the page has {words} words, this course wants {least} (say more)",
                words=count,
                least=least,
            )
            yield page.problem(1, 1, "PL602", message)
        if most and count > most:
            message = say(
                "the page has {words} words, this course wants at most {most} (cut some)",
                words=count,
                most=most,
            )
            yield page.problem(1, 1, "PL602", message)


def _grades(course: Course, policy: Policy) -> Iterator[Problem]:
    for page in _reading(course) if policy.reading_grade else ():
        grade = reading_grade(" ".join(page.text.split("---", 2)[2:]))
        if grade > (policy.reading_grade or 0):
            message = say(
                "reading grade {grade}, this course wants {most} at most "
                "(use shorter sentences and words)",
                grade=Quantity(grade, None, 1, 1),
                most=policy.reading_grade,
            )
            yield page.problem(1, 1, "PL603", message)


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade of Markdown text (Kincaid 1975); 0 where there is no sentence."""
    parts = SENTENCE_END.split(UNREAD.sub(" ", text))
    sentences = [part for part in parts if len(WORD.findall(part)) > 2]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return 0.0
    syllables = sum(max(1, len(VOWELS.findall(word.removesuffix("e")))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _spelling(seen: CourseView) -> Iterator[Problem]:
    for page in seen.course.pages.values():
        for number, line in enumerate(page.text.split("\n") if page.path != GLOSSARY else (), 1):
            # Blanks keep the columns of what is read.
            read = UNREAD.sub(lambda found: " " * len(found[0]), line)
            for found in _americanisms(read):
                yield page.problem(number, found.start() + 1, "PL604", _american(found))
    for item in seen.items:
        for loc, text in (*item.texts, *item.rationale):
            for found in _americanisms(text):
                yield item.source.problem((*item.loc, *loc), "PL604", _american(found))


def _americanisms(text: str) -> Iterator[re.Match[str]]:
    """American words, but for those in a name, as in "Database Center": it keeps its spelling."""
    for found in AMERICAN.finditer(text):
        if not (found[0][0].isupper() and IN_A_NAME.search(text, 0, found.start())):
            yield found


def _american(found: re.Match[str]) -> str:
    british = BRITISH[found[1].lower()] + found[2]
    return f"“{found[0]}” is American spelling (write {british})"
