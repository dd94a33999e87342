"""The analysis as files: a page that needs nothing else, a table and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from jinja2 import PackageLoader

from viva.analysis import advice, plots, rasch
from viva.analysis.statistics import Analysis
from viva.base import files, tables
from viva.base.tables import Cell
from viva.base.words import ENGLISH, Said, Words, joined, say, shaped
from viva.site.policy import secured
from viva.site.render import environment_of

COLUMNS = ("p", "p_low", "p_high", "discrimination", "r_rest", "alpha_without", "left_open")
MORE = ("r_low", "r_high", "not_reached", "p_reached")
SCALE = ("b", "se", "infit", "outfit")


def write(analysis: Analysis, folder: Path, title: str, words: Words = ENGLISH) -> list[Path]:
    """Write `analysis.html`, `.csv` and `.json` into a folder, and return them."""
    made = {
        "analysis.html": as_html(analysis, title, words),
        "analysis.csv": tables.text(tables.told(rows(analysis), words)),
        "analysis.json": as_json(analysis),
    }
    return files.outputs(folder, made, remedy=say("choose another folder with --out"), private=True)


def as_json(analysis: Analysis) -> str:
    """Every number in full; what is undefined is null."""
    data = asdict(analysis)
    for item, facts in zip(data["items"], analysis.items, strict=True):
        item["flags"] = [asdict(flag) for flag in advice.flags(facts, analysis.students)]
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def rows(analysis: Analysis) -> Iterator[Sequence[Cell]]:
    """A row for each question; what is undefined is an empty cell."""
    yield ("question", *COLUMNS, "advice", *MORE, *SCALE)
    placed = {} if analysis.rasch is None else {one.id: one for one in analysis.rasch.items}
    for item in analysis.items:
        flags = [flag.text for flag in advice.flags(item, analysis.students)]
        said = joined(*flags, by="; ") if flags else ""
        numbers, more = ([getattr(item, name) for name in names] for names in (COLUMNS, MORE))
        scale = [getattr(placed.get(item.id), name, None) for name in SCALE]
        yield (item.id, *numbers, said, *more, *scale)


def as_text(analysis: Analysis) -> Iterator[Said]:
    """What to look at, a line each."""
    for item in analysis.items:
        for flag in advice.flags(item, analysis.students):
            if analysis.students >= advice.ENOUGH:
                values = {"id": item.id, "flag": flag.text, "chance": flag.false_alarm}
                shape = "{id}: {flag} ({chance})" if flag.false_alarm else "{id}: {flag}"
                yield shaped(shape, **values)


def as_html(analysis: Analysis, title: str, words: Words = ENGLISH) -> str:
    """One page that needs no other file."""
    environment = environment_of(PackageLoader("viva.analysis", "."), words)
    environment.filters["number"] = partial(number, words=words)
    page = environment.get_template("report.html").render(
        title=title,
        analysis=analysis,
        general=advice.general(analysis),
        flags=[advice.flags(item, analysis.students) for item in analysis.items],
        scores=plots.scores(analysis),
        questions=plots.questions(analysis),
        placed=plots.placed(analysis),
        fits=rasch.FITS,
        plots=plots,
    )
    return secured(page)


def number(value: float | None, places: int = 2, words: Words = ENGLISH) -> str:
    """A number as the page prints it; a dash for what is undefined."""
    return "–" if value is None else words.number(value, places, places)
