"""Pages of an author that stand where viva puts a page of its own."""

from __future__ import annotations

from collections.abc import Iterable

from viva.base.problems import Problem
from viva.base.words import say
from viva.course.courses import Course


def clashes(course: Course, made: Iterable[str]) -> list[Problem]:
    """A problem for each page of the author's that a generated page would replace."""
    return [
        Problem(course.pages[path].front.path, 1, 1, "BD001", _said(path))
        for path in sorted(made)
        if path in course.pages
    ]


def _said(path: str) -> str:
    return say(
        "viva makes the page {path} itself, so this one would be lost (rename this file)", path=path
    )
