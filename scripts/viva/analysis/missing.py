"""Cells that mean that nobody answered: recognised where they can mean nothing else, and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np

from viva.analysis.grid import EMPTY, Grid
from viva.base.words import Listed, Said, count, row, say

USUAL = frozenset({"NA", "N/A", "NAN", "NULL", ".", "-", "–", "—", "99", "999", "-9", "-99"})
"""What programs and people write for no answer."""
AMONG_LETTERS = frozenset({"0", "00", "*", "?", "_"})
"""What they write for it where every option is a letter; elsewhere these may be answers."""
NAMED = 5


def emptied(
    grid: Grid, columns: Iterable[str], codes: Collection[str] | None, real: Collection[str]
) -> tuple[Grid, tuple[Said, ...]]:
    """The grid with nothing where a cell of a column means no answer, and what is said of it.

    Without `codes` the usual ones are recognised, unless an option is called so (`real`).
    """
    usual = USUAL | (AMONG_LETTERS if real and all(map(str.isalpha, real)) else frozenset())
    wanted = usual - set(real) if codes is None else {code.upper() for code in codes}
    gone = {n for n, cell in enumerate(grid.cells) if n != EMPTY and cell.upper() in wanted}
    places = [grid.header.index(name) - 1 for name in columns]
    found = {n: int((grid.codes[:, places] == n).sum()) for n in sorted(gone)}
    counts = {grid.cells[n]: count for n, count in found.items() if count}
    if not counts:
        return grid, ()
    fresh = np.where(np.isin(grid.codes, list(gone)), EMPTY, grid.codes).astype(np.int32)
    return replace(grid, codes=fresh), (_said(counts, codes is None),)


def _said(counts: dict[str, int], guessed: bool) -> Said:
    codes = row(_cells(code, number) for code, number in counts.items())
    if not guessed:
        return say("read as no answer: {codes}", codes=codes)
    return say(
        "read as no answer: {codes} (if one of them is an answer, name the others with --missing)",
        codes=codes,
    )


def _cells(code: str, cells: int) -> Said:
    return count("“{code}” ({n} cell)", "“{code}” ({n} cells)", cells, code=code)


def strange(counts: dict[str, int], keyed: Collection[str]) -> tuple[Said, ...]:
    """What is said of labels that look like codes for no answer, where keys are letters."""
    letters = all(label.isalpha() for label in keyed)
    odd = [label for label in counts if letters and not any(map(str.isalpha, label))]
    return tuple(
        say(
            "{label} is taken for a wrong option (if it means no answer: --missing {code})",
            label=_cells(label, counts[label]),
            code=label,
        )
        for label in sorted(odd)
    )


def present(grid: Grid, columns: Iterable[str]) -> tuple[list[int], tuple[Said, ...]]:
    """The rows of students who answered anything at all, and what is said of the others."""
    places = [grid.header.index(name) - 1 for name in columns]
    there = (grid.codes[:, places] != EMPTY).any(axis=1)
    gone = [grid.first[n] for n in np.flatnonzero(~there)]
    students = _few(gone)
    said = say("set aside, because every answer is missing: {students}", students=students)
    return np.flatnonzero(there).tolist(), (said,) if gone else ()


def _few(names: Sequence[str]) -> Listed:
    more = len(names) - NAMED
    return Listed((*names[:NAMED], *([say("{n} more", n=more)] if more > 0 else [])))


def twins(students: Sequence[str]) -> tuple[Said, ...]:
    """Who has more than one row."""
    twice = [name for name, rows in Counter(students).items() if rows > 1 and name]
    said = say("more than one row, each counted as a student: {students}", students=_few(twice))
    return (said,) if twice else ()
