"""The protocol: on one page the method, its numbers, the pass mark and what follows from it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from jinja2 import PackageLoader

from viva.analysis.report import number
from viva.analysis.standard.impact import CLOSE, Impact
from viva.analysis.standard.methods import Standard
from viva.base import files, tables
from viva.base.tables import Cell
from viva.site.render import environment_of

MOST_NAMED = 40
METHODS = {
    "Angoff": "Judges say of each question how many of 100 students who just deserve to pass would "
    "answer it right; the pass mark is the sum of their means (Angoff 1971, one round).",
    "modified Angoff": "Judges say of each question how many of 100 students who just deserve to "
    "pass would answer it right, see the means and what students did, and say it again; the pass "
    "mark is the sum of the means of the last round (modified Angoff).",
    "Ebel": "Judges sort the questions by relevance and ease, and say for each kind how many of "
    "100 a student who just deserves to pass gets right (Ebel 1972).",
    "Hofstee": "Judges say which pass marks, and how many failing students, they could just "
    "accept; the pass mark is where the line between their limits meets the scores (Hofstee 1983).",
    "Cohen": "The pass mark is a share of the score of the best students, counted from what "
    "guessing brings (Cohen-Schotanus and van der Vleuten 2010).",
    "borderline regression": "At each station the scores are regressed on the examiners’ global "
    "ratings; the pass mark is the sum of the scores of who is rated at the border.",
}


def write(standard: Standard, impact: Impact | None, folder: Path, title: str) -> list[Path]:
    """Write `standard.html`, `.csv` and `.json` into a folder, and return them."""
    made = {
        "standard.html": as_html(standard, impact, title),
        "standard.csv": tables.text(rows(standard, impact)),
        "standard.json": as_json(standard, impact),
    }
    return files.outputs(folder, made, remedy="choose another folder with --out", private=True)


def as_json(standard: Standard, impact: Impact | None) -> str:
    """Every number in full; what is undefined is null."""
    data = {"standard": asdict(standard), "impact": None if impact is None else asdict(impact)}
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def rows(standard: Standard, impact: Impact | None) -> Iterator[Sequence[Cell]]:
    """What was found, a row each."""
    yield ("what", "value", "unit")
    yield ("method", standard.method, "")
    yield ("pass mark", standard.mark, "points")
    yield ("highest score", standard.most, "points")
    yield ("standard error", standard.error, "points")
    for fact in standard.facts:
        yield (fact.name, fact.value, fact.unit or "points" * fact.name.startswith("Pass mark"))
    for judge, mark in (standard.judges or {}).items():
        yield (f"judge {judge}", mark, "points")
    if impact:
        for level in impact.levels:
            yield (f"students who pass at {level.name}", level.passing, f"of {impact.students}")


def as_html(standard: Standard, impact: Impact | None, title: str) -> str:
    """One page that needs no other file and fits on a sheet of A4."""
    environment = environment_of(PackageLoader("viva.analysis", "."))
    environment.filters["number"] = number
    return environment.get_template("standard/protocol.html").render(
        title=title,
        standard=standard,
        impact=impact,
        how=METHODS[standard.method],
        first=math.ceil(standard.mark - CLOSE),
        most_named=MOST_NAMED,
    )


def as_text(standard: Standard, impact: Impact | None) -> Iterator[str]:
    """The result in a few lines."""
    share = 100 * standard.mark / standard.most
    error = "" if standard.error is None else f", standard error {number(standard.error)}"
    yield (
        f"{standard.method}: pass mark {number(standard.mark)} of {standard.most:g} points"
        f" ({number(share, 1)} per cent){error}"
    )
    if impact:
        yield f"{impact.levels[0].passing} of {impact.students} students pass"
        if impact.sem:
            yield f"{len(impact.near)} students are within one SEM ({number(impact.sem)}) of it"
