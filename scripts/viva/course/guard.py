"""What is an author's own: no command writes its output into a part of a course."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from viva.base.files.paths import is_same, is_within, real
from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.base.words import say
from viva.course.layout import Layout
from viva.course.settings import FILE, PLUGIN

OWN = say("choose a folder of its own, or delete the line cache under {section}", section=PLUGIN)


def outside(
    folder: Path, remedy: str, layout: Layout | None = None, *, marks: bool = False
) -> Path:
    """The folder, where its files may be added to: in no part of this course or of any other.

    Students' `marks` may lie among the sittings. Raises `Refused` with the remedy.
    """
    found = real(folder)
    for course in _courses(found, layout):
        if marks and is_within(found, real(course.sittings)):
            continue
        for part in course.parts:
            if is_within(found, real(part)):
                named = course.name(part)
                said = say(
                    "{folder} is, or lies in, the folder {name} of the course ({remedy})",
                    folder=folder,
                    name=named,
                    remedy=remedy,
                )
                raise Refused(said)
    return found


def covers(folder: Path, layout: Layout) -> bool:
    """Whether a course, or a part of it that lies elsewhere, is in a folder or is it."""
    own = (layout.root, *layout.parts)
    return any(is_within(real(part), real(folder)) for part in own)


def problems(layout: Layout) -> Iterator[Problem]:
    """A cache that the settings put among the author's files, where it is not kept."""
    if layout.cache != layout.wished_cache:
        said = say(
            "the cache cannot be kept in {name} ({advice})",
            name=layout.name(layout.wished_cache),
            advice=OWN,
        )
        yield layout.settings.source.problem(("plugins",), "CF001", said)


def _courses(found: Path, layout: Layout | None) -> Iterator[Layout]:
    if layout:
        yield layout
    for root in (found, *found.parents):
        if (root / FILE).is_file() and not (layout and is_same(root, real(layout.root))):
            yield Layout.of(root)
