"""What commands say while they work."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from viva.base.refused import Refused

T = TypeVar("T")


@contextmanager
def writing() -> Iterator[None]:
    """A file that another program holds open is named, as Windows lets nobody else write it."""
    try:
        yield
    except PermissionError as error:
        said = f"{error.filename} cannot be written"
        raise Refused(f"{said} (close it in your other programs and run this again)") from None


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
