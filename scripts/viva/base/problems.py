"""Problems: what is wrong in an author's files, where, and what to write instead.

Nothing here raises. A mistake of an author is a value that is collected and reported with all the
others; exceptions are for our own bugs.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from viva.base.words import ENGLISH, Said, Words, count, row, say, shaped

Severity = Literal["error", "warning", "info"]
MOST_CHOICES = 16
MANY = 500
HALVES = re.compile(r"[\ud800-\udfff]")
"""What stands in a text for a byte that is none, or for half of a sign."""

UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""The same, with what ends a line, steers a terminal, or turns a name around."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that an author can fix. `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity = "error"
    question: str | None = None

    def __post_init__(self) -> None:
        # A name that is not UTF-8, or steers a terminal, can be printed and kept like any other.
        for name, lost in (("path", UNSHOWN), ("message", HALVES)):
            if lost.search(text := getattr(self, name)):
                object.__setattr__(self, name, lost.sub("\ufffd", text))

    @property
    def told(self) -> Said:
        """The problem with its place, which any language can tell."""
        place = f"{self.path}:{self.line}:{self.column}"
        return shaped("{place}: {message}", place=place, message=self.message)

    def __str__(self) -> str:
        return str(self.told)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file and place, each once; what follows from a text that YAML cut is none."""
    unique = dict.fromkeys(problems)
    cut = {(one.path, one.line) for one in unique if one.code == "RD011"}
    unique = {p: None for p in unique if p.code == "RD011" or (p.path, p.line) not in cut}
    return sorted(unique, key=lambda p: (p.path, p.line, p.column, p.code, p.message))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems stops a build."""
    return any(problem.severity == "error" for problem in problems)


def counted(problems: Iterable[Problem]) -> Said:
    """How many problems there are: `1 error, 2 warnings`."""
    of = Counter[str](problem.severity for problem in problems)
    told = (
        count("{n} error", "{n} errors", of["error"]),
        count("{n} warning", "{n} warnings", of["warning"]),
        count("{n} remark", "{n} remarks", of["info"]),
    )
    return row([one for one in told if one.values["n"]])


def stopped(problems: Collection[Problem]) -> Said:
    """The last line of a build that stopped at problems: a warning among them stops none."""
    if all(problem.severity == "error" for problem in problems):
        n = len(problems)
        return count("{n} problem: nothing was built.", "{n} problems: nothing was built.", n)
    return say("{found}: nothing was built.", found=counted(problems))


def as_json(problems: Iterable[Problem], banks: int, questions: int) -> str:
    """The report that `viva check --format json` prints."""
    rows = [asdict(problem) for problem in problems]
    report = {"problems": rows, "banks": banks, "questions": questions}
    return json.dumps(report, ensure_ascii=False, indent=2)


def as_github(problem: Problem, words: Words = ENGLISH) -> str:
    """A workflow command that GitHub shows as an annotation beside the line."""
    level = {"error": "error", "warning": "warning", "info": "notice"}[problem.severity]
    text = words.tell(problem.message).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = f"file={problem.path},line={problem.line},col={problem.column}"
    return f"::{level} {place},title={problem.code}::{text}"


def suggestion(word: str, known: Collection[str], cutoff: float = 0.6) -> str | None:
    """The known word that the author most probably meant, if any is close."""
    folded = _near(word.casefold(), sorted(one.casefold() for one in known))
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=cutoff)
    by_folded = {k.casefold(): k for k in known}
    return by_folded[close[0]] if close else None


def _near(word: str, known: list[str]) -> list[str]:
    """Of very many words those with the same beginning or end: comparing all takes seconds."""
    if len(known) <= MANY:
        return known
    return [k for k in known if k.startswith(word[:4]) or k.endswith(word[-4:])][:MANY]


def hint(word: str, known: Collection[str], otherwise: Said | None = None) -> Said:
    """What to write instead of an unknown word: the nearest known one, or the choices if few.

    `otherwise` is said where no known word is near, instead of the choices.
    """
    near = suggestion(word, known)
    if near:
        return say("did you mean {word}?", word=near)
    if otherwise:
        return otherwise
    if not known or len(known) > MOST_CHOICES:
        return say("check the spelling") if known else say("none is defined yet")
    return say("write one of: {choices}", choices=row(sorted(known)))
