"""The files of a course as a preview sees them: which have changed since it looked last."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from viva.base import folders
from viva.course.layout import Layout
from viva.course.settings import FILE

State = Mapping[Path, tuple[int, int]]
"""When each file was written last, and how long it is."""


def state(layout: Layout) -> State:
    """The state of every file that a site is made of."""
    return dict(_files(layout))


def edited(before: State, now: State) -> frozenset[Path] | None:
    """The files that have changed; None where some have come or gone."""
    if before.keys() != now.keys():
        return None
    return frozenset(path for path, seen in now.items() if before[path] != seen)


def _files(layout: Layout) -> Iterator[tuple[Path, tuple[int, int]]]:
    for folder in filter(None, (layout.docs, layout.quizzes, layout.overrides)):
        for path in (*folders.files(folder), layout.root / FILE):
            if layout.sittings not in path.parents:
                with contextlib.suppress(OSError):  # one that goes meanwhile is none
                    found = path.stat()
                    yield path, (found.st_mtime_ns, found.st_size)
