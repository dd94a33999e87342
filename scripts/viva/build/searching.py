"""The pages of an edition as they are found by a search."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from viva.bank import types
from viva.build.edition import Edition
from viva.course import glossary
from viva.offline.book import Source
from viva.site import lookup, search, sections
from viva.site.lookup import Place
from viva.site.search import Entry, Kind, Section

REFERENCES = "references.md"


def files(edition: Edition, sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    """The data of the search, from the pages as they were before their questions came in."""
    read = {path: _entry(edition, path, one) for path, one in sorted(sources.items())}
    entries = {path: entry for path, entry in read.items() if entry}
    short = search.abbreviations(edition.course.glossary)
    if edition.preview or not lookup.is_large(entries.values()):  # a preview is made again at once
        whole = {"pages": search.rows(entries.values()), "short": short}
        yield search.DATA, lookup.script("window.vivaSearch", whole)
        return
    places = _places(edition, entries)
    for path, data in lookup.files(places, short):
        name = f"(window.vivaSearchParts??={{}})[{json.dumps(path)}]"
        yield path or search.DATA, lookup.script(name if path else "window.vivaSearch", data)


def _places(edition: Edition, entries: Mapping[str, Entry]) -> list[Place]:
    """A module with its self-checks is one place, any other page too."""
    together: dict[str, list[Entry]] = {}
    for path, entry in entries.items():
        bank = edition.checks.get(path)
        together.setdefault((bank.module or path) if bank else path, []).append(entry)
    return [Place(place_of(edition, path), tuple(listed)) for path, listed in together.items()]


def place_of(edition: Edition, path: str) -> str:
    """What the file of a module, or another page, is called."""
    return sections.stem(edition.routes.file(path))


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
    if path in edition.checks:  # how it opens says the same on each
        return (Section("", "", ""), *source.sections[1:])
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
