"""Fields that the program writes beside questions, and nothing else in their files changes.

    - id: heart-valves
      statistics: {p: 0.62, r: 0.31, n: 48}

A field gets a line of its own under the id, or stands where it stood. Comments and layout stay.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viva.base.edits import Edit, Piece, Text, applied, load, save
from viva.base.reader import Loc, Source, parse, read
from viva.base.refused import Refused
from viva.base.words import say
from viva.course.layout import Layout

HOLDERS = ("questions", "private")
BRACE = re.compile(r"(?:[&!]\S*\s+)*\{")
DASH = re.compile(r"(?:\A|\n)( *)- +\Z")
"""How an entry of a list begins on a line of its own."""
PLAIN = re.compile(r"-?[a-z0-9]+(?:[.-][a-z0-9]+)*")
LONG = 100

Merge = Callable[[Any, Any], Any]
"""What a field is to hold, from what it held, or None, and what is new."""


@dataclass(frozen=True)
class Written:
    """How many questions of each file have something new, and what could not be written."""

    written: Mapping[str, int]
    refused: tuple[str, ...]
    same: int
    """How many held it before."""


def write(
    layout: Layout, paths: Iterable[Path], found: Mapping[str, Any], field: str, merged: Merge
) -> Written:
    """Write a field beside questions, by id; each file is written whole or not."""
    written: Counter[str] = Counter()
    refused: list[str] = []
    missing, same = dict(found), 0
    for path in paths:
        name = layout.name(path)
        here = {one: loc for one, loc in _questions(read(path, name)) if one in missing}
        if here:
            wanted = {loc: missing.pop(one) for one, loc in here.items()}
            done, said = _write(path, name, wanted, field, merged)
            written[name] += done
            refused += said
            same += len(here) - done - len(said)
    refused += [say("{id}: no question of this course has this id", id=one) for one in missing]
    return Written(+written, tuple(refused), same)


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
    path: Path, name: str, wanted: Mapping[Loc, Any], field: str, merged: Merge
) -> tuple[int, list[str]]:
    """How many questions of a file have new numbers, and what is said of the others."""
    file = load(path)
    if file is None:
        place = f"{name}:1:1"
        said = say("{place}: lines end in different ways (save the file again)", place=place)
        return 0, [said]
    source = parse(file.text, name)
    if source.problems:
        return 0, [problem.told for problem in source.problems]
    now = Text(source, file.text)
    whole = {loc: merged(now.value(loc).get(field), new) for loc, new in wanted.items()}
    fresh = {loc: new for loc, new in whole.items() if now.value(loc).get(field) != new}
    text, left = _changed(now, fresh, field)
    if text != file.text:
        try:
            save(file, text)
        except Refused as refused:  # the other files can do without this one
            return 0, [refused.told]
    return len(fresh) - len(left), [_cannot(source, loc, fresh[loc], field) for loc in left]


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
    return say(
        "{place}: {field} of {question} cannot be written without changing more "
        "(write {field}: {value} yourself)",
        place=f"{source.path}:{line}:{column}",
        field=field, question=source.question(loc), value=_flow(new),
    )


def _edits(now: Text, loc: Loc, new: Any, field: str) -> list[Edit]:
    """The ways in which a field may be written, the likeliest first."""
    question, here = now.value(loc), (*loc, field)
    old = question.get(field)
    ways = _appended(now, here, old, new)
    ways += _replaced(now, here, old, new) if field in question else []
    ways += [(piece,) for piece in _inserted(now, loc, new, field)]
    return [Edit(here, new, way) for way in ways]


def _appended(now: Text, loc: Loc, old: Any, new: Any) -> list[tuple[Piece, ...]]:
    """New entries at the end of a list whose other entries stay as they are written."""
    if not (isinstance(old, list) and old and new[: len(old)] == old):
        return []
    start, end = now.span((*loc, len(old) - 1))
    more = [_flow(one) for one in new[len(old) :]]
    dash = DASH.search(now.text[:start])
    if dash is None:
        return [((end, end, "".join(f", {one}" for one in more)),)]
    ending = _line_end(now.text, end)
    return [((ending, ending, "".join(f"\n{dash[1]}- {one}" for one in more)),)]


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
    ending = _line_end(now.text, after)
    own_line = (ending, ending, _lines(field, new, " " * (column - 1)))
    in_braces = (after, after, f", {field}: {_flow(new)}")
    return [in_braces] if BRACE.match(now.text, now.span(loc)[0]) else [own_line]


def _line_end(text: str, place: int) -> int:
    ending = text.find("\n", place)
    return len(text) if ending < 0 else ending


def _lines(field: str, new: Any, indent: str) -> str:
    """A field on a line of its own; a list that would be a long one has a line for each entry."""
    line = f"\n{indent}{field}: {_flow(new)}"
    if len(line) <= LONG or not isinstance(new, list):
        return line
    return f"\n{indent}{field}:" + "".join(f"\n{indent}  - {_flow(one)}" for one in new)


def _flow(new: Any) -> str:
    """A value as YAML in one line."""
    if isinstance(new, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(value)}" for name, value in new.items()) + "}"
    if isinstance(new, list):
        return "[" + ", ".join(map(_flow, new)) + "]"
    return new if PLAIN.fullmatch(new) else json.dumps(new, ensure_ascii=False)
