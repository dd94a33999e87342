"""The columns of a table that a scanner's program exports: whose row it is, which version, and the
answers.

Programs name columns in their own ways, and most let their users choose. What is known of each:
AMC (`A:id`, `Exam`, `Mark`, `TICKED:Q01`) and FormScanner (`File name`, `[Group].question001`,
semicolons) from their sources; ZipGrade (`Student ID`, `Key Version`, `Stu1`, `PriKey1`, `Points1`,
`Mark1`), Akindi (`Q1`) and others (`#1 Student Response`) from those who read their exports. Those
of Remark, EvaExam and Scantron are taken to be a number, or a word and a number, as their users
name them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viva.assignments import headings
from viva.assignments.headings import plain
from viva.base.words import say

NAMES: Mapping[str, Sequence[str]] = {
    "identifier": (
        *(name for name in headings.NAMES["identifier"] if name != "number"),
        "participantid", "externalid", "customid", "zipgradeid", "candidatenumber", "candidateno",
        "rollnumber", "rollno", "registrationnumber", "registrationno", "regno", "indexnumber",
        "localid", "sisid", "sid", "usn", "number", "id", "barcode", "login", "username",
    ),
    "version": (
        "keyversion", "testversion", "version", "examversion", "testform", "form", "formid",
        "booklet", "bookletcode", "variant", "variante", "gruppe", "set", "testset", "questionset",
    ),
    **{part: headings.NAMES[part] for part in ("first", "last", "name")},
}  # fmt: skip
"""What a column is called, in small letters without signs, for each thing that we read of it."""
AMC_KEY = re.compile(r"a:(.+)", re.IGNORECASE)
DIGITS = re.compile(r"(?:studentid|studentnumber|idnumber|id|matrikelnummer|digit)(\d{1,2})")
"""A number that was bubbled in digit by digit, each with a column."""
ANSWER = re.compile(
    r"(?P<before>.*?)0*(?P<number>\d{1,3})(?P<part>[a-z]{0,2}?)"
    r"(?:(?:student)?(?P<after>response|answer)s?)?"
)
DERIVED = re.compile(r"(prikey|key|points?|pts|marks?|scores?|max|value|correct|result|percent)$")
"""What a program counted itself: never an answer."""
LIKELY = ("ticked", "stu", "response", "answer", "question", "q", "item", "frage", "antwort", "")
"""What a column of answers is called before its number, the surest first."""


@dataclass(frozen=True)
class Columns:
    """Where things stand. `answers` maps rows of the answer sheet, by label, to columns."""

    places: Mapping[str, int]
    digits: tuple[int, ...]
    answers: Mapping[str, int]

    def cell(self, row: Sequence[str], thing: str) -> str:
        """What a row says of a thing; empty where there is no such column."""
        place = self.places.get(thing, len(row))
        return row[place].strip() if place < len(row) else ""

    def identifier(self, row: Sequence[str]) -> str:
        """Whose row it is."""
        whole = self.cell(row, "identifier")
        return whole or "".join(row[n].strip() for n in self.digits if n < len(row))


def find(header: Sequence[str], labels: Sequence[str]) -> Columns | str:
    """The columns of a table whose answer sheet has rows with these labels, or what is missing."""
    places = _places(header)
    digits = tuple(n for n, name in enumerate(header) if DIGITS.fullmatch(plain(_last(name))))
    if "identifier" not in places and not digits:
        return say("there is no column that says whose each row is (name one: student id)")
    taken = {*places.values(), *digits}
    series = _series([(n, name) for n, name in enumerate(header) if n not in taken])
    for found in series:
        if all(label.casefold() in found for label in labels):
            answers = {label: found[label.casefold()] for label in labels}
            return Columns(places, digits, answers)
    for found in series:  # a scanner counts rows from 1, whatever they are called
        if all(str(n) in found for n in range(1, len(labels) + 1)):
            answers = {label: found[str(n)] for n, label in enumerate(labels, 1)}
            return Columns(places, digits, answers)
    best = max(series, key=len, default={})
    lacks = [label for label in labels if label.casefold() not in best]
    return say(
        "there is no column for row {row} of the answer sheet (name it: {name})",
        row=lacks[0], name=f"Q{lacks[0]}",
    )


def _places(header: Sequence[str]) -> dict[str, int]:
    whole, last = ([plain(part(name)) for name in header] for part in (str, _last))
    places = {}
    for thing, names in NAMES.items():
        found = (row.index(name) for row in (whole, last) for name in names if name in row)
        if (place := next(found, None)) is not None:
            places[thing] = place
    keys = [n for n, name in enumerate(header) if AMC_KEY.fullmatch(name.strip())]
    return places | ({"identifier": keys[0]} if keys else {})


def _series(columns: Sequence[tuple[int, str]]) -> list[dict[str, int]]:
    """Columns that are numbered alike, by their labels; the likeliest answers first."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for place, name in columns:
        ticked = "ticked" if name.casefold().startswith("ticked:") else ""
        match = ANSWER.fullmatch(plain(_last(name)))
        if match and not DERIVED.search(match["before"]):
            label = f"{int(match['number'])}{match['part']}"
            found[ticked or match["after"] or match["before"]].setdefault(label, place)
    return [found[name] for name in sorted(found, key=_rank)]


def _rank(before: str) -> tuple[int, str]:
    return (LIKELY.index(before) if before in LIKELY else len(LIKELY), before)


def _last(name: str) -> str:
    """A name without the group that it belongs to: `[Answers].question001`, `TICKED:Q1`."""
    return re.split(r"[.:\]]\s*(?=\w+$)", name.strip())[-1]
