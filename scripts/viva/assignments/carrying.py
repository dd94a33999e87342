"""What a person has added to a table of ours stays in it when it is written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from viva.base import tables
from viva.base.tables import Cell

NAME, REASON = "row", "reason"
"""By which its rows are known, and the column of ours that we leave to whoever decides."""


def carried(path: Path, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows of a table, with the columns that somebody has added in the file that is there, and
    with the reasons that they gave."""
    first, *rest = rows
    there = tables.read(path, any_encoding=True) if path.is_file() else []
    before = _by_name(there)
    own = [str(name) for name in first]
    named = {name.casefold(): name for row in there[:1] for name in row}
    filled = {name for row in before.values() for name, cell in row.items() if cell}
    more = [name for name in named if name in filled and name not in own]
    yield (*first, *(named[name] for name in more))
    for row in rest:
        was = before.get(str(row[0]), {})
        yield (*_with_reason(own, row, was), *(was.get(name, "") for name in more))


def _by_name(there: Sequence[Sequence[str]]) -> dict[str, Mapping[str, str]]:
    """The cells of each row by the names of their columns, of which the first counts."""
    header = [name.casefold() for name in there[0]] if there else []
    if NAME not in header:
        return {}
    pairs = ([*zip(header, map(tables.typed, row), strict=False)] for row in there[1:])
    every = [dict(reversed(row)) for row in pairs]
    return {row.get(NAME, "").upper(): row for row in every}


def _with_reason(
    own: Sequence[str], row: Sequence[Cell], was: Mapping[str, str]
) -> Iterator[Cell]:
    for name, cell in zip(own, row, strict=True):
        yield was.get(REASON, "") if name == REASON and not cell else cell
