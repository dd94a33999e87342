"""The pages that viva makes, by path, and pages of an author that stand in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from viva.base.problems import Problem
from viva.course.courses import Course

STUDY = ("progress", "review", "practice")
TEACHERS = "faculty/index.md"
"""A course with this page gets the pages for teachers besides."""


def paths(course: Course, assignments: Iterable[str], rules: Iterable[str]) -> Iterator[str]:
    """The path of every generated page that no author may write.

    `assignments` are ids; `rules` are the paths of the pages about rules, under `faculty/`.
    """
    if course.banks:
        yield "self-checks/index.md"
        yield from (f"self-checks/{bank.id}.md" for bank in course.banks)
        yield from (f"study/{name}.md" for name in STUDY)
    ids = list(assignments)
    if ids:
        yield "assignments/index.md"
        yield from (f"assignments/{name}.md" for name in ids)
    if TEACHERS in course.pages:
        yield from (f"faculty/{name}" for name in (*rules, "blueprint.md"))
    if course.evidence.claims:
        yield "evidence.md"
    if course.evidence.facts:
        yield "facts.md"


def clashes(course: Course, made: Iterable[str]) -> list[Problem]:
    """Pages of the author's that a generated page would replace."""
    return [
        Problem(course.pages[path].front.path, 1, 1, "BD001", _said(path))
        for path in made
        if path in course.pages
    ]


def _said(path: str) -> str:
    return f"viva makes a page {path} itself, so this one would be lost (give it another name)"
