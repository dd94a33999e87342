"""What is an author's own: no command writes its output into a part of a course."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from viva.base.refused import Refused
from viva.course.layout import Layout
from viva.course.settings import FILE

OVERRIDES = "overrides"
"""What the folder is called as a rule, whether the settings name it already or not."""


def real(path: Path) -> Path:
    """Where a path leads when every link is followed, whether there is anything or not."""
    return Path(os.path.realpath(path))


def outside(folder: Path, remedy: str, layout: Layout | None = None) -> Path:
    """The folder, where its files may be added to: in no part of this course or of any other.

    Raises `Refused` with the remedy.
    """
    found = real(folder)
    for course in _courses(found, layout):
        for part in parts(course):
            if _is_within(found, real(part)):
                named = course.name(part)
                said = f"{folder} is, or lies in, the folder {named} of the course"
                raise Refused(f"{said} ({remedy})")
    return found


def covers(folder: Path, layout: Layout) -> bool:
    """Whether a course, or a part of it that lies elsewhere, is in a folder or is it."""
    own = (layout.root, *parts(layout))
    return any(_is_within(real(part), real(folder)) for part in own)


def parts(layout: Layout) -> Iterator[Path]:
    """The folders of a course that its author fills, and its history."""
    yield from (layout.docs, layout.quizzes, layout.root / OVERRIDES, layout.root / ".git")
    if layout.overrides:
        yield layout.overrides


def _courses(found: Path, layout: Layout | None) -> Iterator[Layout]:
    if layout:
        yield layout
    for root in (found, *found.parents):
        if (root / FILE).is_file() and not (layout and _is_same(root, real(layout.root))):
            yield Layout.of(root)


def _is_within(path: Path, folder: Path) -> bool:
    return any(_is_same(above, folder) for above in (path, *path.parents))


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one folder, on systems too that do not tell `Docs` from `docs`."""
    if _plain(one) == _plain(other):
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False


def _plain(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()
