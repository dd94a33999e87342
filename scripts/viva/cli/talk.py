"""What commands say while they work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, Literal, TypeVar

import click

from viva.base.files.paths import real
from viva.base.refused import Refused
from viva.base.words import ENGLISH, Said, Words, count, say
from viva.course.layout import Layout
from viva.course.settings import FILE

T = TypeVar("T")
LANGUAGE = "viva.words"
Thing = Literal[
    "bank", "card", "decision", "file", "mark", "picture", "question", "student", "thing"
]
COUNTED: Mapping[Thing, Callable[[int], Said]] = {
    "bank": lambda n: count("{n} bank", "{n} banks", n),
    "card": lambda n: count("{n} card", "{n} cards", n),
    "decision": lambda n: count("{n} decision", "{n} decisions", n),
    "file": lambda n: count("{n} file", "{n} files", n),
    "mark": lambda n: count("{n} mark", "{n} marks", n),
    "picture": lambda n: count("{n} picture", "{n} pictures", n),
    "question": lambda n: count("{n} question", "{n} questions", n),
    "student": lambda n: count("{n} student", "{n} students", n),
    "thing": lambda n: count("{n} thing", "{n} things", n),
}
OTHER = say("choose another folder with --out")


def words(near: Path | None = None) -> Words:
    """The words of the course that a command is about: it lies around a path, or else around the
    current folder. English outside a course, or where its settings cannot be read."""
    context = click.get_current_context(silent=True)
    known = context.meta if context else {}
    if near is not None or LANGUAGE not in known:
        known[LANGUAGE] = _around(near) or known.get(LANGUAGE) or _around(Path()) or ENGLISH
    found: Words = known[LANGUAGE]
    return found


def _around(path: Path | None) -> Words | None:
    try:
        here = real(path) if path else None
        folders = (here, *here.parents) if here else ()
        root = next((one for one in folders if (one / FILE).is_file()), None)
        return Layout.of(root).settings.words if root else None
    except (Refused, OSError, ValueError):
        return None


def echo(text: Any, err: bool = False, nl: bool = True) -> None:
    """Say something in the language of the course."""
    click.echo(words().tell(text) if isinstance(text, Said) else text, err=err, nl=nl)


def progress(items: Iterable[T], label: str, length: int | None = None) -> Iterator[T]:
    """The items, counted on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    told = words().tell(label)
    with click.progressbar(items, length=length, label=told, file=sys.stderr) as bar:
        yield from bar


PATIENCE = 1.0
"""Seconds before a bar shows."""


class Bar:
    """A bar for work whose size becomes known on the way; none where nobody looks."""

    def __init__(self, label: str) -> None:
        self._label, self._started = words().tell(label), monotonic()
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

    def reach(self, done: int, total: int) -> None:
        """So many are done of all."""
        self._total, self._done = total, done - 1
        self.tick()

    def end(self) -> None:
        """Nothing is left to do."""
        if self._bar is not None:
            self._bar.length = max(1, self._done)
            self._bar.update(self._done - self._bar.pos)
            self._bar.render_progress()  # the last step may have been elsewhere
            self._bar.render_finish()


@contextmanager
def bar(label: str) -> Iterator[Bar]:
    """A bar that ends with the work."""
    made = Bar(label)
    try:
        yield made
    finally:
        made.end()


def many(number: int, thing: Thing) -> Said:
    """`1 file`, `2 files`."""
    return COUNTED[thing](number)
