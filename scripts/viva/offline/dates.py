"""The one day that an edition carries: the latest on which any of its pages was revised."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

EARLIEST = date(1980, 1, 1)


def latest(days: Iterable[object]) -> str:
    """The latest of the days, as in 2026-11-22; a day long ago where there is none."""
    return max((day for day in days if isinstance(day, date)), default=EARLIEST).isoformat()


def in_words(day: str) -> str:
    """A day as people write it, or nothing where no page tells one."""
    read = date.fromisoformat(day)
    return "" if read == EARLIEST else f"{read.day} {read.strftime('%B %Y')}"
