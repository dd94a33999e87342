"""What an analysis found, written into the banks beside each question, so that they remember.

    - id: heart-valves
      history: [{sitting: 2026-week-2, n: 48, p: 0.62, r: 0.31, decision: "C is right too: …"}]
      statistics: {p: 0.62, r: 0.31, n: 48}

The latest analysis replaces an earlier one; a question that it does not know keeps what it has. The
history grows by an entry for each sitting.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from viva.assignments import model as assignments
from viva.base.refused import Refused
from viva.base.words import say
from viva.course import beside, courses
from viva.course.beside import Written
from viva.course.layout import Layout

STATISTICS, HISTORY = "statistics", "history"

Facts = Mapping[str, str]
"""The numbers, and words, as they are written."""


def facts(path: Path) -> dict[str, Facts]:
    """What an `analysis.json` found, by question. Raises Refused."""
    try:
        found = json.loads(path.read_text("utf-8"))
        students = int(found["students"])
        return {str(one["id"]): _facts(one["p"], one["r_rest"], students) for one in found["items"]}
    except (ValueError, KeyError, TypeError):
        raise Refused(say("this is not what viva analyse wrote (run it again)"), path) from None


def _facts(p: float, r: float | None, students: int) -> Facts:
    known = {"p": p} | ({} if r is None else {"r": r})
    return {name: f"{round(value, 2) + 0:.2f}" for name, value in known.items()} | {
        "n": str(students)
    }


def entries(
    found: Mapping[str, Facts], sitting: str, decisions: Mapping[str, str]
) -> dict[str, Facts]:
    """What the history of each question gets: its numbers, and what was decided in the sitting."""
    return {
        name: {"sitting": sitting}
        | {key: numbers[key] for key in ("n", "p", "r") if key in numbers}
        | ({"decision": decisions[name]} if name in decisions else {})
        for name in dict.fromkeys((*found, *decisions))
        for numbers in (found.get(name, {}),)
    }


def record(layout: Layout, found: Mapping[str, Facts], field: str = STATISTICS) -> Written:
    """Write numbers beside the questions that have them; each file is written whole or not."""
    paths = (*courses.bank_files(layout), *assignments.files(layout))
    merged = _dated if field == HISTORY else _replaced
    return beside.write(layout, paths, found, field, merged)


def _replaced(_: Any, new: Facts) -> Facts:
    return dict(new)


def _dated(old: Any, new: Facts) -> list[Any]:
    """The entries of other sittings, and this one in its place, or at the end."""
    before = old if isinstance(old, list) else []
    places = [n for n, one in enumerate(before) if _sitting(one) == new["sitting"]]
    return [dict(new) if n in places else one for n, one in enumerate(before)] + (
        [] if places else [dict(new)]
    )


def _sitting(entry: Any) -> str | None:
    return entry.get("sitting") if isinstance(entry, dict) else None
