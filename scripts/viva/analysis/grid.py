"""A table of answers, each different cell kept once: a hundred thousand students fit in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from viva.base import tables
from viva.base.refused import Refused
from viva.base.words import say

T = TypeVar("T")
Codes = NDArray[np.int32]
EMPTY = 0
PARQUET = ".parquet"


@dataclass(frozen=True)
class Grid:
    """A row for each student: `first` has the first cell, `codes` says which of `cells` follow."""

    path: Path
    header: tuple[str, ...]
    first: tuple[str, ...]
    codes: Codes
    cells: tuple[str, ...]
    """Each different cell; the first of them is the empty one."""

    def column(self, name: str) -> Codes:
        """Which cell each student has in a column."""
        return np.ascontiguousarray(self.codes[:, self.header.index(name) - 1])

    def each(self, kind: type, read: Callable[[str], T]) -> NDArray[np.generic]:
        """What is read from each different cell."""
        return np.array([read(cell) for cell in self.cells], dtype=kind)

    def row(self, number: int) -> list[str]:
        """The cells of a row as they were written."""
        return [self.first[number], *(self.cells[code] for code in self.codes[number])]

    def only(self, rows: Sequence[int]) -> Grid:
        """The grid with some of its rows."""
        first = tuple(self.first[n] for n in rows)
        return replace(self, first=first, codes=self.codes[np.asarray(rows, dtype=np.intp)])

    def widened(self) -> Grid:
        """The grid with the first column as one more of the others, for tables without names."""
        known = _Known(zip(self.cells, range(len(self.cells)), strict=True))
        first = np.fromiter(map(known.__getitem__, self.first), np.int32, len(self.first))
        codes = np.column_stack([first, self.codes])
        names = tuple(map(str, range(1, len(self.first) + 1)))
        return Grid(self.path, ("", *self.header), names, codes, tuple(known))


class _Known(dict[str, int]):
    """Cells with their codes; a new cell gets the next one."""

    def __missing__(self, cell: str) -> int:
        self[cell] = code = len(self)
        return code


def read(path: Path) -> Grid:
    """The table in a CSV or Parquet file. Raises Refused."""
    rows = _parquet(path) if path.suffix.casefold() == PARQUET else tables.stream(path)
    header = next(iter(rows), None)
    second = next(iter(rows), None)
    if header is None or second is None:
        raise Refused(say("there are no answers (write names of questions, then a row each)"), path)
    _prove(header, path)
    return _gathered(path, header, chain((second,), rows))


def _prove(header: list[str], path: Path) -> None:
    twice = {name for name in header if name and header.count(name) > 1}
    if twice and all(tables.number(name) is not None for name in header):
        said = say("the first row has numbers and no names (write one above: student,q1,q2)")
        raise Refused(said, path, 1)
    if twice:
        column = header.index(min(twice)) + 1
        said = say("column {name} is there twice (rename one)", name=min(twice))
        raise Refused(said, path, 1, column)


def _gathered(path: Path, header: list[str], rows: Iterable[list[str]]) -> Grid:
    width, known, first = len(header), _Known({"": EMPTY}), []
    coded = []
    for number, row in enumerate(rows, 2):
        if len(row) > width:
            said = say(
                "the row has {row} cells, the first row {width} (check the commas)",
                row=len(row),
                width=width,
            )
            raise Refused(said, path, number)
        first.append(row[0])
        cells = row[1:] + [""] * (width - len(row))
        coded.append(np.array([known[cell] for cell in cells], dtype=np.int32))
    codes = np.array(coded, dtype=np.int32).reshape(len(coded), width - 1)
    return Grid(path, tuple(header), tuple(first), codes, tuple(known))


def _parquet(path: Path) -> Iterator[list[str]]:
    """The names, then the rows, as the same table in CSV would have them."""
    try:
        from pyarrow import ArrowInvalid, parquet
    except ModuleNotFoundError:
        said = say('reading Parquet needs pyarrow (type: pip install "viva-course[parquet]")')
        raise Refused(said, path) from None
    try:
        file = parquet.ParquetFile(path)
        yield [str(name) for name in file.schema_arrow.names]
        for batch in file.iter_batches():
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                yield ["" if cell is None else _said(cell) for cell in row]
    except ArrowInvalid as error:
        raise Refused(say("this is not a Parquet file: {error}", error=error), path) from None


def _said(cell: object) -> str:
    """A cell in words: 1.0 is 1, and true and false are marks."""
    number = float(cell) if isinstance(cell, bool | int | float) else None
    return str(cell).strip() if number is None else f"{number:.15g}".replace("nan", "")
