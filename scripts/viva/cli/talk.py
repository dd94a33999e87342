"""What commands say while they work."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

T = TypeVar("T")
OTHER = "choose another folder with --out"


def progress(items: Iterable[T], label: str, length: int | None = None) -> Iterator[T]:
    """The items, counted on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
        yield from bar


def many(count: int, thing: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {thing}{'s' * (count != 1)}"
