"""What a reviewer needs of each question: what is asked, the key, and what is known of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from viva.bank import types
from viva.bank.banks import Bank, flat
from viva.bank.question import LEVEL_NAMES, STATUS_NAMES, Question, content_hash
from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.base.words import Quantity, Said, Words, count, row, say, shaped
from viva.course.courses import Course
from viva.course.fields import spoken, spoken_lines
from viva.paper import content
from viva.paper.content import Entry
from viva.site.site import Site


@dataclass(frozen=True)
class Sheet:
    """A question as its reviewer sees it. `version` changes when what students see does."""

    number: int
    question: Question
    bank: str
    version: str
    entries: tuple[Entry, ...]
    about: tuple[tuple[Said, str], ...]
    """What is known of it, by name: its objective, level, author, references."""
    findings: tuple[Problem, ...]
    history: tuple[Said, ...]
    said: tuple[Said, ...]
    """What reviewers have said before."""


@dataclass(frozen=True)
class Packet:
    """What goes to reviewers together."""

    title: str
    sheets: tuple[Sheet, ...]
    words: Words
    """The language of the course, which reviewers are spoken to in."""


def chosen(course: Course, wanted: Sequence[str], states: Sequence[str]) -> list[Question]:
    """The questions of these banks or ids, or of all, that are in one of the states.

    Without a state, those that nobody has retired.
    """
    banks = {bank.id: bank for bank in course.banks}
    unknown = [one for one in wanted if one not in banks and one not in course.questions]
    if unknown:
        said = say(
            "there is no bank and no question {unknown} (check the spelling)",
            unknown=unknown[0],
        )
        raise Refused(said)
    return [
        question
        for bank in course.banks
        for question in bank.questions
        if (not wanted or bank.id in wanted or question.id in wanted)
        and (question.status in states if states else question.status != "retired")
    ]


def packet(
    site: Site, questions: Iterable[Question], findings: Iterable[Problem], title: str
) -> Packet:
    """The packet of some questions, with what the linter has found in each."""
    course = site.course
    home = {one.id: bank for bank in course.banks for one in bank.questions}
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in findings:
        found[problem.question or ""].append(problem)
    return Packet(
        title,
        tuple(
            _sheet(number, question, home[question.id], site, found)
            for number, question in enumerate(questions, 1)
        ),
        course.layout.settings.words,
    )


def _sheet(
    number: int, question: Question, bank: Bank, site: Site, found: Mapping[str, list[Problem]]
) -> Sheet:
    entries = content.entries(question, number, site.context(""))
    return Sheet(
        number,
        question,
        bank.title,
        content_hash(question),
        entries,
        (*_about(question, site.course), *_about_steps(question, entries, site.course)),
        tuple(problem for one in flat([question]) for problem in found.get(one.id, ())),
        tuple(_history(question)),
        tuple(_said(question)),
    )


def _about_steps(
    case: Question, entries: Sequence[Entry], course: Course
) -> Iterator[tuple[Said, str]]:
    """What is known of each step of a case, by the number that it has on the page."""
    for step, entry in zip(types.steps(case), entries, strict=False):
        for name, said in _about(step, course):
            yield shaped("{number} {name}", number=entry.number, name=name), said


def _about(question: Question, course: Course) -> Iterator[tuple[Said, str]]:
    objective = course.objectives.get(question.objective or "")
    known = course.bibliography.references
    named = [known[key].label if key in known else key for key in question.references]
    facts: dict[Said, str | None] = {
        say("State"): STATUS_NAMES[question.status] if question.status else "",
        say("Objective"): spoken(objective.text) if objective else question.objective,
        say("Level"): LEVEL_NAMES[question.level] if question.level else "",
        say("Hint"): question.hint and spoken_lines(question.hint),
        say("Author"): question.author,
        say("Reviewed"): question.reviewed,
        say("References"): "; ".join(named),
    }
    yield from ((name, said) for name, said in facts.items() if said)


def _history(question: Question) -> Iterator[Said]:
    for past in question.history:
        facts = [*_numbers(past.n, past.p, past.r), *filter(None, [past.decision])]
        yield shaped("{sitting}: {facts}", sitting=past.sitting, facts=row(facts))
    now = question.statistics
    if now and not question.history:
        yield say("last analysis: {facts}", facts=row(_numbers(now.n, now.p, now.r)))


def _numbers(n: int | None, p: float | None, r: float | None) -> Iterator[Said]:
    if n:
        yield count("{n} student", "{n} students", n)
    for name, value in (("p", p), ("r", r)):
        if value is not None:
            yield shaped(f"{name} {{value}}", value=Quantity(value, None, 2, 2))


def _said(question: Question) -> Iterator[Said]:
    for one in question.reviews:
        facts: list[Any] = [date.fromisoformat(one.date), one.by]
        facts += [STATUS_NAMES[one.status]] if one.status else []
        if one.version not in (None, question.digest):
            facts.append(say("of an earlier version"))
        if one.comment:
            yield shaped("{facts}: {comment}", facts=row(facts), comment=one.comment)
        else:
            yield row(facts)
