"""What a browser keeps of a large course, module by module: which files go with each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from viva.build.edition import Edition
from viva.offline.parts import Part
from viva.site import lookup, navigation, sections, study
from viva.site.portions import Portion


def parts(edition: Edition, site: Path) -> Iterator[Part]:
    """Each module with what goes with it: its self-checks, and what scripts load of both."""
    listed = navigation.sections(edition.contents)
    section = {path: title for title, rows in listed.items() for _, path in rows}
    checks = _checks_by_place(edition)
    shared = _shared(edition, site)
    for page in edition.modules:
        own = [page.path, *(one.path for one in checks.pop(page.path, ()))]
        yield _part(edition, own, page.title, section.get(page.path, ""), page.path, shared)
    for place, portions in checks.items():
        own = [one.path for one in portions]
        yield _part(edition, own, portions[0].bank.title, "", place, shared)


def _checks_by_place(edition: Edition) -> dict[str, list[Portion]]:
    """The self-checks of each module, and of each bank without one."""
    found: dict[str, list[Portion]] = {}
    for portion in edition.portions.values():
        found.setdefault(portion.bank.module or portion.bank.id, []).append(portion)
    return found


Shared = Mapping[str, Mapping[str, str]]
"""The file with the data of each module, in each language of the course by its folder."""


def _shared(edition: Edition, site: Path) -> Shared:
    ways = ("", *(f"{language}/" for language in edition.settings.translations))
    return {way: study.parts_by_module(site / way) for way in ways}


def _part(
    edition: Edition, paths: Sequence[str], title: str, section: str, place: str, shared: Shared
) -> Part:
    pages = [edition.routes.file(path) for path in paths]
    stems = [sections.stem(page) for page in pages]
    asked = [edition.portions[path].script for path in paths if path in edition.portions]
    drawers = [f"{sections.FOLDER}/{stem}.js" for stem in stems]
    own = [*pages, *drawers, *asked, *map(lookup.place_file, stems)]
    files = [f"{way}{name}" for way in shared for name in own]
    files += [f"{way}{known[place]}" for way, known in shared.items() if place in known]
    return Part(pages[0], title, tuple(files), section)
