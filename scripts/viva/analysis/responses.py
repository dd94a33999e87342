"""Answers as a table: who chose what, and what mark it got.

Three kinds of input give the same `Responses`:

- a folder that `viva grade` wrote: `responses.csv`, `marks.csv` and `key.csv`;
- a table of chosen options with a key, in a row of its own that begins with `key`, or in a file;
- a table of marks from 0 to 1, with points or commas in them.

Cells that mean no answer count 0; students without any answer are set aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viva.analysis import grid as grids
from viva.analysis import missing as gaps
from viva.analysis.grid import EMPTY, Grid
from viva.assignments.headings import KEYS
from viva.base import tables
from viva.base.refused import Refused
from viva.base.tables import WAITS
from viva.base.words import Said, say

Marks = NDArray[np.float64]
Flags = NDArray[np.bool_]
Key = Sequence["Item"]
NOT_ITEMS = frozenset({"total", "sum", "score", "count", "percent", "grade"})
PEOPLE = frozenset({"", "student", "students", "id", "name", "identifier", "number", "no", "nr"})


@dataclass(frozen=True)
class Item:
    """A question as the table knows it. `options` maps labels to texts, which may be empty."""

    id: str
    text: str = ""
    key: frozenset[str] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Picks:
    """What was chosen of one question: each different choice once, and which of them is whose."""

    choices: tuple[frozenset[str], ...]
    whose: NDArray[np.intp]

    @classmethod
    def of(cls, each: Iterable[frozenset[str]]) -> Picks:
        """The choices of the students, one after the other."""
        listed = list(each)
        known = {one: n for n, one in enumerate(dict.fromkeys(listed))}
        return cls(tuple(known), np.array([known[one] for one in listed], dtype=np.intp))

    def each(self) -> tuple[frozenset[str], ...]:
        """What each student chose."""
        return tuple(self.choices[n] for n in self.whose)

    def where(self, wanted: Iterable[bool]) -> Flags:
        """For each student whether a choice is wanted, given for each different choice."""
        return np.asarray(np.fromiter(wanted, np.bool_, len(self.choices))[self.whose])


@dataclass(frozen=True)
class Responses:
    """Marks from 0 to 1, a row for each student and a column for each item."""

    items: tuple[Item, ...]
    marks: Marks
    chosen: Mapping[str, Picks]
    """By item, what the students chose; absent where there are no options."""
    notes: tuple[str, ...] = ()
    """What was left out, and why."""
    blank: Flags | None = None
    """Where there is no answer; None if the table does not tell."""
    students: tuple[str, ...] = ()
    in_order: bool = True
    """Whether everybody got the questions in the order of the columns."""

    @cached_property
    def unreached(self) -> Flags | None:
        """Where a student has not got to: after the last answer, but for the question next to it.

        That one was seen and left, as far as anybody can tell.
        """
        if self.blank is None or not self.in_order:
            return None
        answered_later = np.logical_or.accumulate(~self.blank[:, ::-1], axis=1)[:, ::-1]
        found = ~answered_later
        found[:, 1:] &= found[:, :-1].copy()
        found[:, 0] = False
        return np.asarray(found)


def load(
    path: Path,
    key: Path | None = None,
    *,
    missing: Collection[str] | None = None,
    in_order: bool = True,
) -> Responses:
    """Read answers from a folder or a table. Raises Refused when they cannot be understood.

    `missing` names the cells that mean no answer; None recognises the usual ones.
    """
    if path.is_dir():
        return _folder(path, key, missing, in_order)
    grid = grids.read(path)
    rows = [n for n, name in enumerate(grid.first) if name.casefold() in KEYS]
    if key:
        return _chosen(grid, _key_file(key), missing, in_order)
    if len(rows) > 1:
        said = say("there are {rows} rows that begin with key (keep one)", rows=len(rows))
        raise Refused(said, path)
    if rows:
        cells = zip(grid.header[1:], grid.row(rows[0])[1:], strict=True)
        items = [Item(name, key=labels(cell)) for name, cell in cells if labels(cell)]
        others = grid.only([n for n in range(len(grid.first)) if n not in rows])
        return _chosen(others, items, missing, in_order)
    return _marks(grid, missing, in_order)


def labels(cell: str) -> frozenset[str]:
    """The options that a cell names, such as `B` or `A;C`."""
    return frozenset(part.upper() for part in re.split(r"[;,|\s]+", cell) if part)


def _key_file(path: Path) -> list[Item]:
    """A key: a row for each question (`question,key,text,A,B,…`), or one row under the names."""
    grid = grids.read(path)
    header, body = grid.header, [grid.row(n) for n in range(len(grid.first))]
    names = [name.casefold() for name in header]
    if names[:2] != ["question", "key"]:
        if len(body) != 1:
            raise Refused(say("the key is not clear (write the columns question,key)"), path)
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
    grid: Grid, key: Key, missing: Collection[str] | None, in_order: bool
) -> Responses:
    """Chosen options, marked right when they are exactly those of the key."""
    keyed = {item.id: item for item in key if item.key}
    names = [name for name in grid.header[1:] if name in keyed]
    if not names:
        raise Refused(say("no column is named in the key (check the names)"), grid.path)
    items = [keyed[name] for name in names]
    grid, notes = _there(grid, names, missing, _real(items))
    picks = {name: _picks(grid, name) for name in names}
    marks = np.column_stack(
        [picks[item.id].where(one == item.key for one in picks[item.id].choices) for item in items]
    ).astype(np.float64)
    left = [name for name in grid.header[1:] if name not in keyed]
    notes += (*_strange(items, picks), *_left_out(left, NOT_IN_KEY))
    return _responses(grid, items, marks, picks, notes, in_order)


def _real(items: Key) -> frozenset[str]:
    """Every label that some question has for an option."""
    return frozenset().union(*(item.key | set(item.options) for item in items))


def _strange(items: Key, picks: Mapping[str, Picks]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for picked in picks.values():
        for number, count in enumerate(np.bincount(picked.whose, minlength=len(picked.choices))):
            counts.update(dict.fromkeys(picked.choices[number], int(count)))
    return gaps.strange(counts, _real(items))


def _there(
    grid: Grid, names: Sequence[str], missing: Collection[str] | None, real: Collection[str]
) -> tuple[Grid, tuple[str, ...]]:
    """The students who answered anything, with nothing in cells that mean no answer."""
    if not grid.first:
        raise Refused(say("there are no students (write a row for each of them)"), grid.path)
    grid, recognised = gaps.emptied(grid, names, missing, real)
    rows, away = gaps.present(grid, names)
    if not rows:
        said = say("nobody answered anything (are these the answers to this test?)")
        raise Refused(said, grid.path)
    return grid.only(rows), (*recognised, *away)


def _picks(grid: Grid, name: str) -> Picks:
    codes, whose = np.unique(grid.column(name), return_inverse=True)
    return Picks(tuple(labels(grid.cells[code]) for code in codes), whose.astype(np.intp))


def _marks(grid: Grid, missing: Collection[str] | None, in_order: bool) -> Responses:
    """Marks from 0 to 1; an empty cell was left open and counts 0."""
    if grid.header[0].casefold() not in PEOPLE and all(_is_mark(one) for one in grid.first):
        grid = grid.widened()
    grid, recognised = gaps.emptied(grid, grid.header[1:], missing, ())
    fine = grid.each(np.bool_, _is_mark)
    names = [
        name
        for n, name in enumerate(grid.header[1:])
        if name.casefold() not in NOT_ITEMS and fine[grid.codes[:, n]].all()
    ]
    if not names or not any((grid.column(name) != EMPTY).any() for name in names):
        raise _no_marks(grid, fine)
    odd = tuple(_odd(grid, name, fine) for name in grid.header[1:] if name and name not in names)
    grid, away = _there(grid, names, (), ())
    notes = (*recognised, *away, *odd)
    items, marks = [Item(name) for name in names], _numbers(grid, names)
    return _responses(grid, items, marks, {}, notes, in_order)


def _no_marks(grid: Grid, fine: NDArray[np.generic]) -> Refused:
    """That no column can be read, at the first cell that is no mark."""
    said = say("no column holds marks from 0 to 1 (for letters, give --key)")
    rows, columns = np.nonzero(np.asarray(fine)[grid.codes] == 0)
    if not rows.size:
        return Refused(said, grid.path)
    place = int(rows[0]) + 2, int(columns[0]) + 2
    cell = grid.cells[grid.codes[rows[0], columns[0]]]
    if tables.number(cell) is not None:
        said = say(
            "no column holds marks from 0 to 1: {cell} is none (divide points by the most that a "
            "question brings; marks below 0 cannot be analysed)",
            cell=cell,
        )
    return Refused(said, grid.path, *place)


def _odd(grid: Grid, name: str, fine: NDArray[np.generic]) -> str:
    """Why a column is left out: for its name, or for the first cell that is no mark."""
    found = np.flatnonzero(fine[grid.column(name)] == 0)
    if not found.size or name.casefold() in NOT_ITEMS:
        return say(NO_MARKS, name=name)
    cell = repr(grid.cells[grid.column(name)[found[0]]])
    return say(NO_MARK_THERE, name=name, cell=cell, row=int(found[0]) + 2)


def _numbers(grid: Grid, names: Sequence[str]) -> Marks:
    values = grid.each(np.float64, lambda cell: _mark(cell) if _is_mark(cell) else 0.0)
    places = [grid.header.index(name) - 1 for name in names]
    return np.asarray(values[grid.codes[:, places]], dtype=np.float64)


def _folder(
    folder: Path, key: Path | None, missing: Collection[str] | None, in_order: bool
) -> Responses:
    answers, marks = folder / "responses.csv", folder / "marks.csv"
    key = key or folder / "key.csv"
    if not answers.is_file():
        raise Refused(say("there is no responses.csv (run viva grade, or name a CSV file)"), folder)
    if not key.is_file():
        raise Refused(say("there is no key.csv (name one with --key)"), folder)
    if not marks.is_file():
        return load(answers, key, missing=missing, in_order=in_order)
    given, marked = grids.read(answers), grids.read(marks)
    if (given.header, given.first) != (marked.header, marked.first):
        raise Refused(say("not the students or questions of responses.csv (grade again)"), marks)
    graded = _graded(given, marked, _key_file(key), in_order)
    return replace(graded, notes=(*graded.notes, *_decided(folder / "decisions.csv")))


def decisions(path: Path) -> list[dict[str, str]]:
    """What stands of the decisions in a sitting about its questions; none where there is no file.
    Each is a row by the names of its columns."""
    rows = tables.read(path) if path.is_file() else []
    found = [dict(zip(rows[0], map(tables.typed, row), strict=False)) for row in rows[1:]]
    kinds = ("void", "also", "key")
    return [one for one in found if one.get("what") in kinds and one["stands"] == "yes"]


def marked_by(folder: Path) -> frozenset[tuple[str, str]]:
    """What was decided in a sitting on how its questions are marked: each with the decision. A
    question that was voided is in no table; one of which a step was, is."""
    found = decisions(folder / "decisions.csv")
    telling = (one for one in found if one["what"] != "void" or one["void"] == "yes")
    return frozenset((one["question"].partition("/")[0], one["decision"]) for one in telling)


def _decided(path: Path) -> list[str]:
    """What was decided in a sitting about its questions, on which these marks rest."""
    return [
        say(
            "decision {number}, {decision}: {reason}",
            number=one["number"],
            decision=one["decision"],
            reason=one["reason"],
        )
        for one in decisions(path)
    ]


def _graded(given: Grid, marked: Grid, key: Key, in_order: bool) -> Responses:
    """What `viva grade` wrote; a question with a mark that waits for judgement is left out."""
    known = {item.id: item for item in key}
    names = [name for name in given.header if name in known]
    waits, fine = marked.each(np.bool_, WAITS.__eq__), marked.each(np.bool_, _is_mark)
    waiting = [name for name in names if waits[marked.column(name)].any()]
    items = [known[name] for name in names if name not in waiting]
    if not items:
        said = say("no question is marked for everybody (judge the answers first)")
        raise Refused(said, marked.path)
    for item in items:
        if (bad := np.flatnonzero(fine[marked.column(item.id)] == 0)).size:
            row, column = int(bad[0]) + 2, marked.header.index(item.id) + 1
            raise Refused(say("a mark is not from 0 to 1 (grade again)"), marked.path, row, column)
    chosen = [item.id for item in items]
    there, notes = _there(given, chosen, (), ())
    rows, _ = gaps.present(given, chosen)
    marked = marked.only(rows)
    picks = {item.id: _picks(there, item.id) for item in items if item.key}
    notes += _left_out(waiting, IN_WAIT)
    return _responses(there, items, _numbers(marked, chosen), picks, notes, in_order)


def _responses(
    grid: Grid,
    items: Key,
    marks: Marks,
    chosen: Mapping[str, Picks],
    notes: tuple[str, ...],
    in_order: bool,
) -> Responses:
    blank = grid.codes[:, [grid.header.index(item.id) - 1 for item in items]] == EMPTY
    marks.flags.writeable = False
    notes += gaps.twins(grid.first)
    return Responses(tuple(items), marks, chosen, notes, blank, grid.first, in_order)


NOT_IN_KEY = say("column “{name}” is left out: the key does not name it")
NO_MARKS = say("column “{name}” is left out: it holds more than marks from 0 to 1")
NO_MARK_THERE = say(
    "column “{name}” is left out: {cell} in row {row} is no mark from 0 to 1 (if it means no "
    "answer, name it with --missing)"
)
IN_WAIT = say("column “{name}” is left out: answers to it wait for judgement")


def _left_out(names: Sequence[str], why: Said) -> tuple[Said, ...]:
    return tuple(say(why, name=name) for name in names if name)


def _is_mark(cell: str) -> bool:
    try:
        return cell == "" or 0 <= _mark(cell) <= 1
    except ValueError:
        return False


def _mark(cell: str) -> float:
    """A mark, with a point or a comma in it."""
    return float(cell.replace(",", ".")) if cell else 0.0
