"""The blueprint as a table: for the terminal, as CSV, as JSON, and as a page of the site."""

from __future__ import annotations

import csv
import io
import json

from viva.bank.question import LEVEL_NAMES, LEVELS
from viva.base.words import ENGLISH, Said, Words, say
from viva.course.courses import Course
from viva.course.targets import Blueprint, Row, load
from viva.site.render import environment_of
from viva.theme import Theme

__all__ = ["as_csv", "as_json", "as_text", "load", "page"]


def as_text(found: Blueprint, words: Words = ENGLISH) -> str:
    """The table for a terminal, gaps marked with an exclamation mark."""
    every, wanted = words.within("a total", "all"), words.within("questions", "wanted")
    width = max([len(row.objective.id) for row in found.rows], default=9) + 2
    width = max(width, len(words.say("Objective")) + 2)
    names = [words.tell(LEVEL_NAMES[level]) for level in LEVELS]
    head = "".join(f" {name if len(name) < 8 else name[:6] + '.':>7}" for name in names)
    lines = [f"{words.say('Objective'):<{width}}{head}{every:>6} {wanted:>7}"]
    for row in found.rows:
        cells = "".join(f"{row.levels[level] or '·':>8}" for level in LEVELS)
        gaps = f"  ! {words.listed(row.gaps, 'row')}" if row.gaps else ""
        counts = f"{len(row.questions):>6}{row.wanted:>8}"
        lines.append(f"{row.objective.id:<{width}}{cells}{counts}{gaps}")
    cells = "".join(f"{row.count:>8}" for row in found.levels)
    lines += [f"{every:<{width}}{cells}{found.total:>6}", ""]
    lines += [
        f"! {words.tell(LEVEL_NAMES[row.level])}: {words.tell(row.gap)}"
        for row in found.levels
        if row.gap
    ]
    kinds = words.listed([f"{name} {count}" for name, count in found.types.items()], "row")
    types = words.say("types: {types}", types=kinds or words.say("none"))
    return "\n".join([*lines, types, words.tell(_verdict(found))])


def _verdict(found: Blueprint) -> Said:
    return say("gaps in the plan: {gaps}", gaps=found.gaps)


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


def page(course: Course) -> str:
    """A course's blueprint as a Markdown page: tables, with bars drawn under the numbers."""
    found = load(course)
    words = course.layout.settings.words
    environment = environment_of(Theme(course.layout.overrides).loader(), words)
    return environment.get_template("blueprint.md").render(
        found=found,
        verdict=_judged(found, words),
        modules=_by_module(found),
        level_names=LEVEL_NAMES,
        spread=lambda row: _spread(row, words),
        most=_most(found),
    )


def _judged(found: Blueprint, words: Words) -> str:
    if not found.gaps:
        return words.say("No objective and no level is short of its target.")
    return words.count(
        "{n} target is missed; it is marked below.",
        "{n} targets are missed; they are marked below.",
        found.gaps,
    )


def _spread(row: Row, words: Words) -> str:
    """How many of an objective's questions are at each level."""
    found = ((row.levels[level], name) for level, name in LEVEL_NAMES.items() if row.levels[level])
    return words.listed(
        (f"{words.number(many)}\u00a0{words.tell(name)}" for many, name in found), "row"
    )


def _by_module(found: Blueprint) -> list[list[Row]]:
    pages = dict.fromkeys(row.objective.page for row in found.rows)
    return [[row for row in found.rows if row.objective.page == page] for page in pages]


def _most(found: Blueprint) -> dict[str, float]:
    """What the longest bar of each table stands for."""
    shares = [*(row.share for row in found.levels), *(row.wanted or 0 for row in found.levels)]
    counts = [max(len(row.questions), row.wanted) for row in found.rows]
    return {
        "share": max(shares) or 1,
        "questions": max(counts, default=1),
        "type": max(found.types.values(), default=1),
    }
