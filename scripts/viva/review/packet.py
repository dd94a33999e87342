"""What a reviewer needs of each question: what is asked, the key, and what is known of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from viva.bank.banks import Bank, flat
from viva.bank.question import Question, content_hash
from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.course.courses import Course
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
    about: tuple[tuple[str, str], ...]
    """What is known of it, by name: its objective, level, author, references."""
    findings: tuple[Problem, ...]
    history: tuple[str, ...]
    said: tuple[str, ...]
    """What reviewers have said before."""


@dataclass(frozen=True)
class Packet:
    """What goes to reviewers together."""

    title: str
    sheets: tuple[Sheet, ...]


def chosen(course: Course, wanted: Sequence[str], states: Sequence[str]) -> list[Question]:
    """The questions of these banks or ids, or of all, that are in one of the states.

    Without a state, those that nobody has retired.
    """
    banks = {bank.id: bank for bank in course.banks}
    unknown = [one for one in wanted if one not in banks and one not in course.questions]
    if unknown:
        raise Refused(f"there is no bank and no question {unknown[0]} (check the spelling)")
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
    )


def _sheet(
    number: int, question: Question, bank: Bank, site: Site, found: Mapping[str, list[Problem]]
) -> Sheet:
    return Sheet(
        number,
        question,
        bank.title,
        content_hash(question),
        content.entries(question, str(number), site.context("")),
        tuple(_about(question, site.course)),
        tuple(problem for one in flat([question]) for problem in found.get(one.id, ())),
        tuple(_history(question)),
        tuple(_said(question)),
    )


def _about(question: Question, course: Course) -> Iterator[tuple[str, str]]:
    objective = course.objectives.get(question.objective or "")
    known = course.bibliography.references
    named = [known[key].label if key in known else key for key in question.references]
    facts = {
        "State": question.status,
        "Objective": objective.text if objective else question.objective,
        "Level": question.level,
        "Hint": question.hint,
        "Author": question.author,
        "Reviewed": question.reviewed,
        "References": "; ".join(named),
    }
    yield from ((name, said) for name, said in facts.items() if said)


def _history(question: Question) -> Iterator[str]:
    for past in question.history:
        numbers = [f"{name} {value:.2f}" for name, value in (("p", past.p), ("r", past.r))
                   if value is not None]  # fmt: skip
        students = [f"{past.n} students"] if past.n else []
        decided = [past.decision] if past.decision else []
        yield f"{past.sitting}: " + ", ".join([*students, *numbers, *decided])
    now = question.statistics
    if now and not question.history:
        r = "" if now.r is None else f", r {now.r:.2f}"
        yield f"last analysis: {now.n} students, p {now.p:.2f}{r}"


def _said(question: Question) -> Iterator[str]:
    for one in question.reviews:
        state = f" ({one.status})" if one.status else ""
        older = " of an earlier version" if one.version not in (None, question.digest) else ""
        said = f": {one.comment}" if one.comment else ""
        yield f"{one.date}, {one.by}{state}{older}{said}"
