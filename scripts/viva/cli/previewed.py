"""A course in one of its other languages, as a preview shows it: written anew after every save."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from viva.base import files, folders
from viva.base.refused import Refused
from viva.cli import translate
from viva.cli.talk import echo
from viva.course.layout import Layout
from viva.engines import watching

PAUSE = 0.5
"""Seconds between looks at the files."""
_State = dict[Path, tuple[int, int]]


@contextmanager
def shown(where: Layout, language: str | None) -> Iterator[Layout]:
    """The course that a preview shows: the author's own, or what its translation makes of it."""
    if language is None:
        yield where
        return
    with files.temporary(where.cache) as place:
        course = place / "course"
        before = _state(where)  # what is saved from here on is seen
        made = translate.write(language, course)
        ended = threading.Event()
        given = (where, language, course, ended, before)
        follower = threading.Thread(target=_follow, args=given, daemon=True)
        follower.start()
        try:
            yield made
        finally:
            ended.set()
            follower.join()


def _follow(
    where: Layout, language: str, course: Path, ended: threading.Event, before: _State
) -> None:
    """Bring what has been saved into the folder that the preview watches, until it ends."""
    while not ended.wait(PAUSE):
        now = _state(where)
        if now == before:
            continue
        before = now
        try:
            with files.temporary(course.parent) as fresh:
                translate.write(language, fresh / "course")
                renew(fresh / "course", course)
        except Refused as refused:  # the preview goes on with what it has
            echo(refused.told, err=True)


def _state(where: Layout) -> _State:
    """What changes with any file of the course or of its translations."""
    names = {path: path.stat() for path in where.root.glob("*.po")}
    own = {path: (found.st_mtime_ns, found.st_size) for path, found in names.items()}
    return {**watching.state(where), **own}


def renew(fresh: Path, course: Path) -> None:
    """Make a folder as another is, touching only the files that differ."""
    new = {path.relative_to(fresh): path.read_bytes() for path in folders.files(fresh)}
    for path in folders.files(course):
        if path.relative_to(course) not in new:
            files.remove(path)
    for name, content in new.items():
        path = course / name
        if not path.is_file() or path.read_bytes() != content:
            files.write(path, content)
