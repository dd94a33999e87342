"""Answers as a table: who chose what, and what mark it got.

Three kinds of input give the same `Responses`:

- a folder that `viva grade` wrote: `responses.csv`, `marks.csv` and `key.csv`;
- a CSV of chosen options with a key, in a row of its own that begins with `key`, or in a file;
- a CSV of marks from 0 to 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viva.base import tables
from viva.base.refused import Refused
from viva.base.tables import WAITS

Marks = NDArray[np.float64]
NOT_ITEMS = frozenset({"total", "sum", "score", "count", "percent", "grade"})


@dataclass(frozen=True)
class Item:
    """A question as the table knows it. `options` maps labels to texts, which may be empty."""

    id: str
    text: str = ""
    key: frozenset[str] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Responses:
    """Marks from 0 to 1, a row for each student and a column for each item."""

    items: tuple[Item, ...]
    marks: Marks
    chosen: Mapping[str, tuple[frozenset[str], ...]]
    """By item, the options that each student chose; absent where there are none."""
    notes: tuple[str, ...] = ()
    """What was left out, and why."""


def load(path: Path, key: Path | None = None) -> Responses:
    """Read answers from a folder or a CSV file. Raises Refused when they cannot be understood."""
    if path.is_dir():
        return _folder(path, key)
    rows = tables.read(path)
    header, body = _header(rows, path)
    key_rows = [row for row in body if row[0].casefold() == "key"]
    if key:
        return _chosen(path, header, body, _key_file(key))
    if len(key_rows) > 1:
        raise Refused(f"there are {len(key_rows)} rows that begin with key (keep one)", path)
    if key_rows:
        items = [Item(n, key=labels(c)) for n, c in zip(header, key_rows[0], strict=True) if c]
        return _chosen(path, header, [row for row in body if row not in key_rows], items[1:])
    return _marks(path, header, body)


def labels(cell: str) -> frozenset[str]:
    """The options that a cell names, such as `B` or `A;C`."""
    return frozenset(part.upper() for part in re.split(r"[;,|\s]+", cell) if part)


def _header(rows: list[list[str]], path: Path) -> tuple[list[str], list[list[str]]]:
    if len(rows) < 2:
        raise Refused("there are no answers (write names of questions, then a row each)", path)
    header = rows[0]
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        column = header.index(min(twice)) + 1
        raise Refused(f"column {min(twice)} is there twice (rename one)", path, 1, column)
    for number, row in enumerate(rows[1:], 2):
        if len(row) > len(header):
            said = f"the row has {len(row)} cells, the first row {len(header)}"
            raise Refused(f"{said} (check the commas)", path, number)
    width = len(header)
    return header, [row + [""] * (width - len(row)) for row in rows[1:]]


def _key_file(path: Path) -> list[Item]:
    """A key: a row for each question (`question,key,text,A,B,…`), or one row under the names."""
    header, body = _header(tables.read(path), path)
    names = [name.casefold() for name in header]
    if names[:2] != ["question", "key"]:
        if len(body) != 1:
            raise Refused("the key is not clear (write the columns question,key)", path)
        return [Item(n, key=labels(c)) for n, c in zip(header, body[0], strict=True) if labels(c)]
    has_text = names[2:3] == ["text"]
    columns = range(3 if has_text else 2, len(header))
    return [
        Item(
            row[0],
            row[2] if has_text else "",
            labels(row[1]),
            {header[n].upper(): row[n] for n in columns if row[n]},
        )
        for row in body
    ]


def _chosen(
    path: Path, header: Sequence[str], body: list[list[str]], key: Sequence[Item]
) -> Responses:
    """Chosen options, marked right when they are exactly those of the key."""
    keyed = {item.id: item for item in key if item.key}
    items = [keyed[name] for name in header if name in keyed]
    if not items:
        raise Refused("no column is named in the key (check the names)", path)
    picks = {item.id: tuple(labels(row[header.index(item.id)]) for row in body) for item in items}
    marks = [[float(picks[item.id][n] == item.key) for item in items] for n in range(len(body))]
    left = [name for name in header[1:] if name not in keyed]
    return _responses(items, marks, picks, _left_out(left, "the key does not name it"))


def _marks(path: Path, header: Sequence[str], body: list[list[str]]) -> Responses:
    """Marks from 0 to 1; an empty cell was left open and counts 0."""
    columns = list(zip(*body, strict=True))
    numbers = [
        n
        for n, name in enumerate(header)
        if name.casefold() not in NOT_ITEMS and all(_is_mark(cell) for cell in columns[n])
    ]
    if not numbers:
        raise Refused("no column holds marks from 0 to 1 (for letters, give --key)", path)
    left = [name for n, name in enumerate(header) if n not in numbers and n > 0]
    marks = [[_mark(row[n]) for n in numbers] for row in body]
    items = [Item(header[n]) for n in numbers]
    return _responses(items, marks, {}, _left_out(left, "it holds more than marks from 0 to 1"))


def _folder(folder: Path, key: Path | None) -> Responses:
    answers, marks = folder / "responses.csv", folder / "marks.csv"
    key = key or folder / "key.csv"
    if not answers.is_file():
        raise Refused("there is no responses.csv (run viva grade, or name a CSV file)", folder)
    if not key.is_file():
        raise Refused("there is no key.csv (name one with --key)", folder)
    if not marks.is_file():
        return load(answers, key)
    header, body = _header(tables.read(answers), answers)
    marked, rows = _header(tables.read(marks), marks)
    if header != marked or [row[0] for row in body] != [row[0] for row in rows]:
        raise Refused("not the students or questions of responses.csv (grade again)", marks)
    graded = _graded(header, body, rows, _key_file(key), marks)
    return replace(graded, notes=(*graded.notes, *_decided(folder / "decisions.csv")))


def _decided(path: Path) -> list[str]:
    """What was decided in a sitting about its questions, on which these marks rest."""
    rows = tables.read(path) if path.is_file() else []
    found = [dict(zip(rows[0], map(tables.typed, row), strict=False)) for row in rows[1:]]
    return [
        f"decision {one['number']}, {one['decision']}: {one['reason']}"
        for one in found
        if one.get("what") in ("void", "also", "key") and one["stands"] == "yes"
    ]


def _graded(
    header: Sequence[str],
    body: list[list[str]],
    rows: list[list[str]],
    key: Sequence[Item],
    path: Path,
) -> Responses:
    """What `viva grade` wrote; a question with a mark that waits for judgement is left out."""
    known = {item.id: item for item in key}
    columns = {name: n for n, name in enumerate(header) if name in known}
    waiting = [name for name, n in columns.items() if any(row[n] == WAITS for row in rows)]
    items = [known[name] for name in columns if name not in waiting]
    if not items:
        raise Refused("no question is marked for everybody (judge the answers first)", path)
    bad = [(number, n) for number, row in enumerate(rows, 2) for n in columns.values()
           if row[n] != WAITS and not _is_mark(row[n])]  # fmt: skip
    if bad:
        raise Refused("a mark is not from 0 to 1 (grade again)", path, bad[0][0], bad[0][1] + 1)
    marks = [[_mark(row[columns[item.id]]) for item in items] for row in rows]
    picks = {
        item.id: tuple(labels(row[columns[item.id]]) for row in body) for item in items if item.key
    }
    return _responses(items, marks, picks, _left_out(waiting, "answers to it wait for judgement"))


def _responses(
    items: Sequence[Item],
    marks: list[list[float]],
    chosen: Mapping[str, tuple[frozenset[str], ...]],
    notes: tuple[str, ...],
) -> Responses:
    matrix = np.asarray(marks, dtype=np.float64).reshape(len(marks), len(items))
    matrix.flags.writeable = False
    return Responses(tuple(items), matrix, chosen, notes)


def _left_out(names: Sequence[str], why: str) -> tuple[str, ...]:
    return tuple(f"column {name!r} is left out: {why}" for name in names if name)


def _is_mark(cell: str) -> bool:
    try:
        return cell == "" or 0 <= float(cell) <= 1
    except ValueError:
        return False


def _mark(cell: str) -> float:
    return float(cell) if cell else 0.0
