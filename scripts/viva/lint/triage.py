"""The worst questions of a course with reasons, for a bank that came from elsewhere.

A thousand lines of problems help nobody to begin. A question is as bad as its flaws weigh: what
gives the answer away or marks it wrong comes before what makes it harder to read. What is missing
from nearly every question, such as a reason for each option, says nothing of one of them and is
told once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from viva.base.problems import Problem
from viva.base.words import Said, joined, say
from viva.lint.text import many

MOST = 20
WEIGHTS = {"error": 10, "warning": 4, "info": 1}
# What students can use, or are marked wrong by, counts double.
TELLING = ("KY", "OP201", "OP202", "OP203", "OP204", "ST102", "MD518")
COMMON = 0.5


@dataclass(frozen=True)
class Case:
    """A question with what is wrong with it, the worst first."""

    path: str
    line: int
    question: str
    weight: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Triage:
    """The worst questions, what nearly all share, and how many have a flaw of their own."""

    worst: tuple[Case, ...]
    common: tuple[tuple[str, int], ...]
    flawed: int
    questions: int


def of(problems: Iterable[Problem], questions: int, most: int = MOST) -> Triage:
    """The questions to begin with."""
    found = [one for one in problems if one.question]
    spread = Counter(code for _, code in {(_name(one), one.code) for one in found})
    common = {
        code: n for code, n in spread.items() if questions >= 10 and n > COMMON * questions
    }
    own: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for one in found:
        if one.code not in common:
            own[_name(one)].append(one)
    cases = [_case(listed) for listed in own.values()]
    cases.sort(key=lambda case: (-case.weight, case.path, case.line))
    shared = tuple(sorted(common.items()))
    flawed = sum(any(p.severity != "info" for p in case.problems) for case in cases)
    return Triage(tuple(cases[:most]), shared, flawed, questions)


def _name(problem: Problem) -> tuple[str, str]:
    return problem.path, problem.question or ""


def _case(listed: Sequence[Problem]) -> Case:
    worst = sorted(listed, key=lambda one: (-_weight(one), one.line, one.code))
    first = min(listed, key=lambda one: one.line)
    total = sum(map(_weight, listed))
    return Case(first.path, first.line, first.question or "", total, tuple(worst))


def _weight(problem: Problem) -> int:
    return WEIGHTS[problem.severity] * (2 if problem.code.startswith(TELLING) else 1)


def as_text(found: Triage) -> Said:
    """The report for people."""
    lines: list[str] = []
    for number, case in enumerate(found.worst, 1):
        lines.append(f"{number}. {case.path}:{case.line} {case.question}")
        for p in case.problems:
            place = f"   {p.line}:{p.column}"
            lines.append(joined(place, p.message, p.code))
    every = found.questions
    lines.append(
        say(
            "{questions} of {all} with an error or a warning of their own",
            questions=many(found.flawed, "question"),
            all=every,
        )
    )
    for code, n in found.common:
        lines.append(say("{code} is in {some} of {all} questions", code=code, some=n, all=every))
    return joined(*lines, by="\n")


def as_data(found: Triage) -> dict[str, object]:
    """The report for programs."""
    return {
        "worst": [
            {
                "path": case.path,
                "line": case.line,
                "question": case.question,
                "weight": case.weight,
                "reasons": [
                    {"code": p.code, "severity": p.severity, "line": p.line, "message": p.message}
                    for p in case.problems
                ],
            }
            for case in found.worst
        ],
        "common": [{"code": code, "questions": n} for code, n in found.common],
        "flawed": found.flawed,
        "questions": found.questions,
    }
