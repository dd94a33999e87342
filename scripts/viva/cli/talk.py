"""What commands say while they work."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click

from viva.base.refused import Refused
from viva.base.words import ENGLISH, Words
from viva.course.layout import Layout
from viva.course.settings import FILE

T = TypeVar("T")
LANGUAGE = "viva.words"
OTHER = "choose another folder with --out"


def words(near: Path | None = None) -> Words:
    """The words of the course that a command is about: it lies around a path, or else around the
    current folder. English outside a course, or where its settings cannot be read."""
    context = click.get_current_context(silent=True)
    known = context.meta if context else {}
    if near is not None or LANGUAGE not in known:
        known[LANGUAGE] = _around(near) or known.get(LANGUAGE) or _around(Path.cwd()) or ENGLISH
    found: Words = known[LANGUAGE]
    return found


def _around(path: Path | None) -> Words | None:
    here = path.resolve() if path else None
    folders = (here, *here.parents) if here else ()
    root = next((one for one in folders if (one / FILE).is_file()), None)
    try:
        return Layout.of(root).settings.words if root else None
    except Refused:
        return None


def echo(text: str, err: bool = False) -> None:
    """Say something in the language of the course."""
    click.echo(words().tell(text), err=err)


def progress(items: Iterable[T], label: str, length: int | None = None) -> Iterator[T]:
    """The items, counted on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
        yield from bar


PATIENCE = 1.0
"""Seconds before a bar shows."""


class Bar:
    """A bar for work whose size becomes known on the way; none where nobody looks."""

    def __init__(self, label: str) -> None:
        self._label, self._started = label, monotonic()
        self._watched = sys.stderr.isatty()
        self._bar: Any = None
        self._total = self._done = 0

    def expect(self, many: int) -> None:
        """There are so many more to do."""
        self._total += many

    def tick(self) -> None:
        """One is done."""
        self._done += 1
        if not self._watched or (self._bar is None and monotonic() - self._started < PATIENCE):
            return
        if self._bar is None:
            self._bar = click.progressbar(length=1, label=self._label, file=sys.stderr)
        self._bar.length = max(self._total, self._done)
        self._bar.update(self._done - self._bar.pos)

    def end(self) -> None:
        """Nothing is left to do."""
        if self._bar is not None:
            self._bar.length = max(1, self._done)
            self._bar.update(self._done - self._bar.pos)
            self._bar.render_finish()


@contextmanager
def bar(label: str) -> Iterator[Bar]:
    """A bar that ends with the work."""
    made = Bar(label)
    try:
        yield made
    finally:
        made.end()


def many(count: int, thing: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {thing}{'s' * (count != 1)}"
