"""The one day that an edition carries: the latest on which any of its pages was revised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

EARLIEST = date(1980, 1, 1)


def latest(days: Iterable[object]) -> str:
    """The latest of the days, as in 2026-11-22; a day long ago where there is none."""
    return max(_read(days), default=EARLIEST).isoformat()


def _read(days: Iterable[object]) -> Iterator[date]:
    for day in days:
        try:
            yield date.fromisoformat(str(day))
        except ValueError:
            continue
