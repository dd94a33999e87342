"""The pages of an edition as they are found by a search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from viva.bank import types
from viva.build.edition import Edition
from viva.course import glossary
from viva.offline.book import Source
from viva.site import search
from viva.site.search import Entry, Kind, Section

REFERENCES = "references.md"


def script(edition: Edition, sources: Mapping[str, Source]) -> str:
    """The data of the search, from the pages as they were before their questions came in."""
    entries = (_entry(edition, path, one) for path, one in sorted(sources.items()))
    return search.script(filter(None, entries), edition.course.glossary)


def _entry(edition: Edition, path: str, source: Source) -> Entry | None:
    wish = _wish(edition, path)
    if wish.get("exclude") or path in edition.studies or path in edition.assigned:
        return None
    boost = wish.get("boost", 1)
    weight = float(boost) if isinstance(boost, int | float) and boost > 0 else 1.0
    found = _read(edition, path, source)
    kind, url = _kind(edition, path, source), edition.routes.url(path)
    return Entry(kind, url, source.title, found, weight)


def _wish(edition: Edition, path: str) -> Mapping[str, Any]:
    """What a page's front matter says of the search."""
    page = edition.course.pages.get(path)
    said = page.meta.get("search") if page else None
    return said if isinstance(said, dict) else {}


def _read(edition: Edition, path: str, source: Source) -> tuple[Section, ...]:
    if path == glossary.PAGE:
        return (Section("", "", ""), *search.terms(edition.course.glossary))
    if path == REFERENCES:  # a hundred of them would fill the screen
        return (Section("", "", ""),)
    return source.sections


def _kind(edition: Edition, path: str, source: Source) -> Kind:
    if edition.is_for_teachers(path):
        return "teacher"
    if path == glossary.PAGE:
        return "term"
    if path in edition.checks:
        return "check"
    if edition.is_module(path):
        return "module"
    asked = (question for one in source.embeds for question in one.questions)
    return "story" if any(types.steps(question) for question in asked) else "page"
