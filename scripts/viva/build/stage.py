"""Staging: what an engine gets beside the author's own files, as plain Markdown and plain data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from viva.assignments import Assignment
from viva.assignments import page as sheets
from viva.build.edition import Edition
from viva.course import contents
from viva.course.courses import Course
from viva.site import embed, navigation, study, supplied
from viva.site.routes import SELF_CHECKS, check_path

FACULTY = "faculty/index.md"
"""A course with this page has a part for teachers, with the rules and the blueprint."""
PART = re.compile(r"^\[viva (references|modules|due|downloads)\][ \t]*$", re.MULTILINE)


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Path and Markdown of every page that no author wrote."""
    for path, bank in edition.checks.items():
        yield path, embed.self_check_page(bank)
    if edition.banks:
        yield f"{SELF_CHECKS}/index.md", embed.index_page(edition.banks)
    yield from edition.site.evidence_pages().items()
    yield from sheets.pages(edition.assignments).items()
    yield from supplied.pages(edition.course, edition.site.theme).items()
    if FACULTY in edition.course.pages:
        yield from _faculty(edition.course).items()
    for path, name in edition.studies.items():
        course, theme = edition.course, edition.site.theme
        yield path, study.page(name, course, list(edition.banks), edition.title, theme)


def paths(course: Course, assignments: tuple[Assignment, ...]) -> set[str]:
    """The paths of the same pages, before there is an edition, less those one may write oneself."""
    found = {check_path(bank) for bank in course.banks}
    if course.banks:
        found |= {f"{SELF_CHECKS}/index.md", *map(study.path, study.TITLES)}
    found |= set(sheets.pages(assignments))
    found |= {"evidence.md"} if course.evidence.claims else set()
    found |= {"facts.md"} if course.evidence.facts else set()
    return found | (set(_faculty_paths()) if FACULTY in course.pages else set())


def files(edition: Edition) -> dict[str, str]:
    """The data that the study pages load, path to text."""
    if not edition.banks:
        return {}
    site, banks, title = edition.site, list(edition.banks), edition.title
    return site.kept(title, lambda: dict(study.files(site, banks, title)))


def nav(edition: Edition, given: Any) -> Any:
    """The navigation, or the usual one where none is given, with every self-check in its place."""
    return navigation.with_self_checks(given or edition.contents, list(edition.banks))


def landmarks(edition: Edition) -> dict[str, str]:
    """The addresses of the pages that an engine's theme leads to, by name, where they exist."""
    found = contents.landmarks(edition.routes.pages)
    return {name: edition.routes.url(path) for name, path in found.items()}


def markdown(edition: Edition, path: str, text: str) -> str:
    """The Markdown of the page at a path as an engine gets it: directives have become HTML."""
    if "[viva" not in text:
        return text
    text = PART.sub(lambda found: f"\n{part(edition, path, found[1])}\n", text)
    return embed.with_placeholders(text)


def part(edition: Edition, path: str, name: str) -> str:
    """What stands on a page for `[viva NAME]`."""
    return PARTS[name](edition, edition.routes.root(path))


def _references(edition: Edition, root: str) -> str:
    known = edition.course.bibliography.references.values()
    listed = sorted(known, key=lambda one: one.number)
    return edition.site.part("references.html", references=listed)


def _modules(edition: Edition, root: str) -> str:
    """The pages with objectives, in the order in which they are read."""
    listed = [
        {
            "url": edition.routes.link(page.path, root),
            "title": page.title,
            "about": page.meta.get("description"),
        }
        for page in edition.modules
    ]
    return edition.site.part("modules.html", modules=listed)


def _due(edition: Edition, root: str) -> str:
    """What is due today, for a course that has something to review."""
    if not edition.banks:
        return ""
    review = edition.routes.link(study.path("review"), root)
    course = study.course_id(edition.title)
    return edition.site.part("due.html", review=review, course=course, root=root)


def _downloads(edition: Edition, root: str) -> str:
    """Where the list of downloads will stand when they are made."""
    return '<div class="viva-downloads-here"></div>'


PARTS: Mapping[str, Callable[[Edition, str], str]] = {
    "references": _references,
    "modules": _modules,
    "due": _due,
    "downloads": _downloads,
}
"""What a page may ask for by a directive, besides questions."""


def _faculty(course: Course) -> dict[str, str]:
    # Imported here, so that a build which does not need them starts sooner.
    from viva import lint
    from viva.site import blueprint

    made = lint.pages() | {"blueprint.md": blueprint.page(course)}
    return {f"faculty/{name}": text for name, text in made.items()}


def _faculty_paths() -> list[str]:
    from viva.lint import manual

    own = [f"rules/{family.page}.md" for family in manual.FAMILIES.values()]
    return [f"faculty/{name}" for name in ("rules.md", "blueprint.md", *own)]
