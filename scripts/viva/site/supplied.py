"""Pages that a course may write itself and is given where it does not."""

from __future__ import annotations

from collections.abc import Iterator

from viva.course.courses import Course
from viva.site.render import environment_of
from viva.theme import Theme

OFFLINE, REFERENCES, READ = "offline.md", "references.md", "read.md"


def pages(course: Course, theme: Theme) -> dict[str, str]:
    """The Markdown of the pages that the author has not written, by path."""
    environment = environment_of(theme.loader(), course.layout.settings.words)
    return {
        path: environment.get_template(path).render(asks=bool(course.banks))
        for path in paths(course)
    }


def paths(course: Course) -> list[str]:
    """Their paths."""
    return [path for path in _wanted(course) if path not in course.pages]


def _wanted(course: Course) -> Iterator[str]:
    """What there is to read, how to take it along, and where every citation leads."""
    yield READ
    if course.layout.settings.offline:
        yield OFFLINE
    if course.bibliography.references:
        yield REFERENCES
