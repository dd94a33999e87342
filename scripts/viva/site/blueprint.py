"""The blueprint as a table: for the terminal, as CSV, as JSON, and as a page of the site."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from html import escape

from viva.bank.question import LEVELS
from viva.course.courses import Course
from viva.course.targets import Blueprint, LevelRow, Row, load

__all__ = ["as_csv", "as_json", "as_text", "load", "page"]


def as_text(found: Blueprint) -> str:
    """The table for a terminal, gaps marked with an exclamation mark."""
    width = max([len(row.objective.id) for row in found.rows], default=9) + 2
    head = "".join(f"{level[:6]:>8}" for level in LEVELS)
    lines = [f"{'objective':<{width}}{head}{'all':>6}{'wanted':>8}"]
    for row in found.rows:
        cells = "".join(f"{row.levels[level] or '·':>8}" for level in LEVELS)
        gaps = f"  ! {', '.join(row.gaps)}" if row.gaps else ""
        counts = f"{len(row.questions):>6}{row.wanted:>8}"
        lines.append(f"{row.objective.id:<{width}}{cells}{counts}{gaps}")
    cells = "".join(f"{row.count:>8}" for row in found.levels)
    lines += [f"{'all':<{width}}{cells}{found.total:>6}", ""]
    lines += [f"! {row.level}: {row.gap}" for row in found.levels if row.gap]
    kinds = ", ".join(f"{name} {count}" for name, count in found.types.items())
    return "\n".join([*lines, f"types: {kinds or 'none'}", _verdict(found)])


def _verdict(found: Blueprint) -> str:
    return f"{found.gaps} gaps" if found.gaps != 1 else "1 gap"


def as_csv(found: Blueprint) -> str:
    """One row for each objective, one column for each level and type."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [*LEVELS, *found.types]
    writer.writerow(["objective", "text", "module", "level", *names, "all", "wanted", "gap"])
    for row in found.rows:
        counts = [row.levels[n] if n in LEVELS else row.types[n] for n in names]
        about = [row.objective.id, row.objective.text, row.module, row.objective.level or ""]
        end = [len(row.questions), row.wanted, "; ".join(row.gaps)]
        writer.writerow([*map(_inert, about), *counts, *end])
    return out.getvalue()


def _inert(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def as_json(found: Blueprint) -> str:
    """The same for programs."""
    rows = [
        {
            "objective": row.objective.id,
            "module": row.objective.page,
            "level": row.objective.level,
            "levels": {level: row.levels[level] for level in LEVELS},
            "types": dict(row.types),
            "questions": len(row.questions),
            "wanted": row.wanted,
            "gaps": row.gaps,
        }
        for row in found.rows
    ]
    levels = [
        {
            "level": r.level,
            "questions": r.count,
            "share": round(r.share, 1),
            "wanted": r.wanted,
            "gap": r.gap,
        }
        for r in found.levels
    ]
    report = {"objectives": rows, "levels": levels, "types": found.types, "questions": found.total}
    return json.dumps(report, ensure_ascii=False, indent=2)


PAGE = """\
---
title: Blueprint
description: >-
  How many questions test each objective of the course, at which level, and where some are missing.
---

# Blueprint

{total} questions test {objectives} objectives. {verdict} Each step of a case counts as a question.
The targets stand in `blueprint.yml`, beside the banks; `viva blueprint` prints this table and
writes it as CSV or JSON.

## Levels

{levels}

## Objectives

{rows}

## Types

{types}
"""


def page(course: Course) -> str:
    """A course's blueprint as a Markdown page: tables, with bars drawn under the numbers."""
    found = load(course)
    gaps = {0: "No objective and no level is short of its target.", 1: "One target is missed."}
    return PAGE.format(
        total=found.total,
        objectives=len(found.rows),
        verdict=gaps.get(found.gaps, f"{found.gaps} targets are missed; they are marked below."),
        levels=_table("Questions by level", ["Level", "Questions", "Share"], _level_rows(found)),
        rows="\n\n".join(_modules(found)),
        types=_table("Questions by type", ["Type", "Questions"], _type_rows(found)),
    )


def _modules(found: Blueprint) -> Iterator[str]:
    most = max([max(len(row.questions), row.wanted) for row in found.rows], default=1)
    heads = ["Objective", "What it asks", "Questions", "Levels"]
    for page_path in dict.fromkeys(row.objective.page for row in found.rows):
        rows = [row for row in found.rows if row.objective.page == page_path]
        yield _table(rows[0].module, heads, [_objective_cells(row, most) for row in rows])


def _objective_cells(row: Row, most: int) -> list[str]:
    levels = ", ".join(f"{row.levels[n]}&nbsp;{n}" for n in LEVELS if row.levels[n])
    gap = f"<br><strong>Gap: {escape(', '.join(row.gaps))}</strong>" if row.gaps else ""
    count = f"{len(row.questions)}, wanted {row.wanted}"
    return [
        f'<span style="white-space:nowrap">{escape(row.objective.id)}</span>',
        escape(row.objective.text),
        count + _bar(len(row.questions), most, row.wanted),
        (levels or "none") + gap,
    ]


def _level_rows(found: Blueprint) -> list[list[str]]:
    shares = [*(row.share for row in found.levels), *(row.wanted or 0 for row in found.levels)]
    return [_level_cells(row, max(shares) or 1) for row in found.levels]


def _level_cells(row: LevelRow, most: float) -> list[str]:
    wanted = f", wanted {row.wanted:g} %" if row.wanted is not None else ""
    gap = f"<br><strong>Gap: {row.gap}</strong>" if row.gap else ""
    bar = _bar(row.share, most, row.wanted)
    return [row.level.capitalize(), str(row.count), f"{row.share:.0f} %{wanted}{bar}{gap}"]


def _type_rows(found: Blueprint) -> list[list[str]]:
    most = max(found.types.values(), default=1)
    return [[name, f"{count}{_bar(count, most)}"] for name, count in found.types.items()]


def _table(caption: str, heads: list[str], rows: list[list[str]]) -> str:
    """A table whose rows and columns have headers; the bars repeat numbers and are hidden."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{cells[0]}</th>{"".join(f"<td>{c}</td>" for c in cells[1:])}</tr>\n'
        for cells in rows
    )
    return (
        f'<table class="viva-blueprint">\n<caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"
    )


def _bar(value: float, most: float, wanted: float | None = None) -> str:
    """A bar, with a line across it where the target is."""
    width = 100 * value / most
    mark = 100 * min(wanted / most, 1) if wanted else None
    line = f'<path d="M{mark:.1f} 0v12" stroke="currentColor" stroke-width="2"/>' if mark else ""
    return (
        '<br><svg width="104" height="12" viewBox="-2 0 104 12" aria-hidden="true" '
        'style="max-width:none">'
        '<rect width="100" height="8" y="2" fill="currentColor" opacity=".12"/>'
        f'<rect width="{width:.1f}" height="8" y="2" fill="currentColor" opacity=".6"/>{line}</svg>'
    )
