"""What an analysis found, written into the banks beside each question, so that they remember.

    - id: heart-valves
      history: [{sitting: 2026-week-2, n: 48, p: 0.62, r: 0.31, decision: "C is right too: …"}]
      statistics: {p: 0.62, r: 0.31, n: 48}

The latest analysis replaces an earlier one; a question that it does not know keeps what it has. The
history grows by an entry for each sitting.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viva.assignments import model as assignments
from viva.base.edits import Edit, Piece, Text, applied, load, save
from viva.base.reader import Loc, Source, parse, read
from viva.base.refused import Refused
from viva.course import courses
from viva.course.layout import Layout

STATISTICS, HISTORY = "statistics", "history"
HOLDERS = ("questions", "private")
BRACE = re.compile(r"(?:[&!]\S*\s+)*\{")

Facts = Mapping[str, str]
"""The numbers, and words, as they are written."""
PLAIN = re.compile(r"-?[a-z0-9]+(?:[.-][a-z0-9]+)*")


@dataclass(frozen=True)
class Recorded:
    """How many questions of each file now have new numbers, and what could not be written."""

    written: Mapping[str, int]
    refused: tuple[str, ...]
    same: int
    """How many had these numbers before."""


def facts(path: Path) -> dict[str, Facts]:
    """What an `analysis.json` found, by question. Raises Refused."""
    try:
        found = json.loads(path.read_text("utf-8"))
        students = int(found["students"])
        return {str(one["id"]): _facts(one["p"], one["r_rest"], students) for one in found["items"]}
    except (ValueError, KeyError, TypeError):
        raise Refused("this is not what viva analyse wrote (run it again)", path) from None


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


def record(layout: Layout, found: Mapping[str, Facts], field: str = STATISTICS) -> Recorded:
    """Write numbers beside the questions that have them; each file is written whole or not."""
    written: Counter[str] = Counter()
    refused: list[str] = []
    missing, same = dict(found), 0
    for path in (*courses.bank_files(layout), *assignments.files(layout)):
        name = layout.name(path)
        here = {one: loc for one, loc in _questions(read(path, name)) if one in missing}
        if here:
            wanted = {loc: missing.pop(one) for one, loc in here.items()}
            done, said = _write(path, name, wanted, field)
            written[name] += done
            refused += said
            same += len(here) - done - len(said)
    refused += [f"{one}: no question of this course has this id" for one in missing]
    return Recorded(+written, tuple(refused), same)


def _questions(source: Source) -> Iterator[tuple[str, Loc]]:
    """Every id with the place of its question; steps of cases too."""
    for field in HOLDERS:
        yield from _listed(source.data, (), field)


def _listed(data: Any, loc: Loc, field: str) -> Iterator[tuple[str, Loc]]:
    listed = data.get(field) if isinstance(data, dict) else None
    for number, one in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            here = (*loc, field, number)
            yield one["id"].strip(), here
            yield from _listed(one, here, "steps")


def _write(
    path: Path, name: str, wanted: Mapping[Loc, Facts], field: str
) -> tuple[int, list[str]]:
    """How many questions of a file have new numbers, and what is said of the others."""
    file = load(path)
    if file is None:
        return 0, [f"{name}:1:1: lines end in different ways (save the file again)"]
    source = parse(file.text, name)
    if source.problems:
        return 0, [str(problem) for problem in source.problems]
    now = Text(source, file.text)
    merged = {loc: _merged(now.value(loc), new, field) for loc, new in wanted.items()}
    fresh = {loc: new for loc, new in merged.items() if now.value(loc).get(field) != new}
    text, left = _changed(now, fresh, field)
    if text != file.text:
        try:
            save(file, text)
        except Refused as refused:  # the other files can do without this one
            return 0, [str(refused)]
    return len(fresh) - len(left), [_cannot(source, loc, fresh[loc], field) for loc in left]


def _merged(question: Any, new: Facts, field: str) -> Any:
    """What the field is to hold: the numbers, or the entries of other sittings and this one."""
    if field == STATISTICS:
        return dict(new)
    old = question.get(field)
    before = old if isinstance(old, list) else []
    places = [n for n, one in enumerate(before) if _sitting(one) == new["sitting"]]
    return [dict(new) if n in places else one for n, one in enumerate(before)] + (
        [] if places else [dict(new)]
    )


def _sitting(entry: Any) -> str | None:
    return entry.get("sitting") if isinstance(entry, dict) else None


def _changed(now: Text, wanted: Mapping[Loc, Any], field: str) -> tuple[str, list[Loc]]:
    """The text with all numbers, or with those that change nothing else; and the others."""
    edits = {loc: _edits(now, loc, new, field) for loc, new in wanted.items()}
    together = applied(now, (one[0] for one in edits.values() if one))
    if together is not None and all(edits.values()):
        return together, []
    good: list[Edit] = []
    left = dict(edits)
    while fitting := _fitting(now, good, left):
        left = {loc: ways for loc, ways in left.items() if loc not in fitting}
    return applied(now, good) or now.text, list(left)


def _fitting(now: Text, good: list[Edit], left: Mapping[Loc, list[Edit]]) -> set[Loc]:
    """Where one of the ways fits those that are good already; it joins them."""
    found = set()
    for loc, ways in left.items():
        for way in ways:
            if applied(now, [*good, way]) is not None:
                good.append(way)
                found.add(loc)
                break
    return found


def _cannot(source: Source, loc: Loc, new: Any, field: str) -> str:
    line, column = source.place((*loc, "id"))
    said = f"the numbers of {source.question(loc)} cannot be written without changing more"
    return f"{source.path}:{line}:{column}: {said} (write {field}: {_flow(new)} yourself)"


def _edits(now: Text, loc: Loc, new: Any, field: str) -> list[Edit]:
    """The ways in which the numbers may be written, the likeliest first."""
    question = now.value(loc)
    ways = _replaced(now, (*loc, field), question[field], new) if field in question else []
    ways += [(piece,) for piece in _inserted(now, loc, new, field)]
    return [Edit((*loc, field), new, way) for way in ways]


def _replaced(now: Text, loc: Loc, old: Any, new: Any) -> list[tuple[Piece, ...]]:
    """Number by number where they are the same ones; else all at once, unless a comment is lost."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        changed = (name for name in new if old[name] != new[name])
        return [tuple((*now.span((*loc, name)), new[name]) for name in changed)]
    start, end = now.span(loc)
    gap = " " if start == end else ""
    return [] if "#" in now.text[start:end] else [((start, end, gap + _flow(new)),)]


def _inserted(now: Text, loc: Loc, new: Any, field: str) -> list[Piece]:
    """A line of its own under the id, or a field after it where the question is in braces."""
    marks = now.source.marks[id(now.value(loc))]
    _, column = marks.keys["id"]
    after = now.span((*loc, "id"))[1]
    ending = now.text.find("\n", after)
    ending = len(now.text) if ending < 0 else ending
    own_line = (ending, ending, f"\n{' ' * (column - 1)}{field}: {_flow(new)}")
    in_braces = (after, after, f", {field}: {_flow(new)}")
    return [in_braces] if BRACE.match(now.text, now.span(loc)[0]) else [own_line]


def _flow(new: Any) -> str:
    """A value as YAML in one line."""
    if isinstance(new, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(value)}" for name, value in new.items()) + "}"
    if isinstance(new, list):
        return "[" + ", ".join(map(_flow, new)) + "]"
    return new if PLAIN.fullmatch(new) else json.dumps(new, ensure_ascii=False)
