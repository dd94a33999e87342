"""The protocol: on one page the method, its numbers, the pass mark and what follows from it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from jinja2 import PackageLoader

from viva.analysis.report import number
from viva.analysis.standard.impact import CLOSE, Impact
from viva.analysis.standard.methods import Standard, Unit
from viva.base import files, tables
from viva.base.tables import Cell
from viva.base.words import ENGLISH, Percent, Quantity, Said, Words, count, say
from viva.site.policy import secured
from viva.site.render import environment_of

MOST_NAMED = 40
UNITS: Mapping[Unit, str] = {"": "", "points": say("points"), "per cent": say("per cent")}
METHODS = {
    "Angoff": say(
        "Judges say of each question how many of 100 students who just deserve to pass would "
        "answer it right; the pass mark is the sum of their means (Angoff 1971, one round)."
    ),
    "modified Angoff": say(
        "Judges say of each question how many of 100 students who just deserve to pass would "
        "answer it right, see the means and what students did, and say it again; the pass mark "
        "is the sum of the means of the last round (modified Angoff)."
    ),
    "Ebel": say(
        "Judges sort the questions by relevance and ease, and say for each kind how many of "
        "100 a student who just deserves to pass gets right (Ebel 1972)."
    ),
    "Hofstee": say(
        "Judges say which pass marks, and how many failing students, they could just accept; the "
        "pass mark is where the line between their limits meets the scores (Hofstee 1983)."
    ),
    "Cohen": say(
        "The pass mark is a share of the score of the best students, counted from what "
        "guessing brings (Cohen-Schotanus and van der Vleuten 2010)."
    ),
    "borderline regression": say(
        "At each station the scores are regressed on the examiners’ global "
        "ratings; the pass mark is the sum of the scores of who is rated at the border."
    ),
}


def write(
    standard: Standard, impact: Impact | None, folder: Path, title: str, words: Words = ENGLISH
) -> list[Path]:
    """Write `standard.html`, `.csv` and `.json` into a folder, and return them."""
    made = {
        "standard.html": as_html(standard, impact, title, words),
        "standard.csv": tables.text(tables.told(rows(standard, impact), words)),
        "standard.json": as_json(standard, impact),
    }
    return files.outputs(folder, made, remedy=say("choose another folder with --out"), private=True)


def as_json(standard: Standard, impact: Impact | None) -> str:
    """Every number in full; what is undefined is null."""
    data = {"standard": asdict(standard), "impact": None if impact is None else asdict(impact)}
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def rows(standard: Standard, impact: Impact | None) -> Iterator[Sequence[Cell]]:
    """What was found, a row each."""
    yield ("what", "value", "unit")
    points = UNITS["points"]
    yield (say("method"), standard.method, "")
    yield (say("pass mark"), standard.mark, points)
    yield (say("highest score"), standard.most, points)
    yield (say("standard error"), standard.error, points)
    for fact in standard.facts:
        yield (fact.name, fact.value, UNITS[fact.unit])
    for judge, mark in (standard.judges or {}).items():
        yield (say("judge {name}", name=judge), mark, points)
    if impact:
        of = say("of {students}", students=impact.students)
        for level in impact.levels:
            yield (say("students who pass: {level}", level=level.name), level.passing, of)


def as_html(
    standard: Standard, impact: Impact | None, title: str, words: Words = ENGLISH
) -> str:
    """One page that needs no other file and fits on a sheet of A4."""
    environment = environment_of(PackageLoader("viva.analysis", "."), words)
    environment.filters["number"] = partial(number, words=words)
    page = environment.get_template("standard/protocol.html").render(
        title=title,
        standard=standard,
        impact=impact,
        how=METHODS[standard.method],
        first=math.ceil(standard.mark - CLOSE),
        most_named=MOST_NAMED,
    )
    return secured(page)


def as_text(standard: Standard, impact: Impact | None) -> Iterator[Said]:
    """The result in a few lines."""
    facts = {
        "method": standard.method,
        "mark": Quantity(standard.mark, None, 2, 2),
        "most": standard.most,
        "share": Percent(standard.mark / standard.most, 1),
    }
    if standard.error is None:
        yield say("{method}: pass mark {mark} of {most} points ({share})", **facts)
    else:
        yield say(
            "{method}: pass mark {mark} of {most} points ({share}), standard error {error}",
            **facts,
            error=Quantity(standard.error, None, 2, 2),
        )
    if impact:
        passing, students = impact.levels[0].passing, impact.students
        yield count(
            "{n} of {students} students passes",
            "{n} of {students} students pass",
            passing,
            students=students,
        )
        if impact.sem:
            yield count(
                "{n} student is within one SEM ({sem}) of it",
                "{n} students are within one SEM ({sem}) of it",
                len(impact.near),
                sem=Quantity(impact.sem, None, 2, 2),
            )
