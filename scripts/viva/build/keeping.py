"""What a browser keeps of a large course, module by module: which files go with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    shared = study.files_by_module(site)
    for page in edition.modules:
        own = [page.path, *(one.path for one in checks.pop(page.path, ()))]
        yield _part(edition, own, page.title, section.get(page.path, ""), shared.get(page.path, ()))
    for place, portions in checks.items():
        own, title = [one.path for one in portions], portions[0].bank.title
        yield _part(edition, own, title, "", shared.get(place, ()))


def _checks_by_place(edition: Edition) -> dict[str, list[Portion]]:
    """The self-checks of each module, and of each bank without one."""
    found: dict[str, list[Portion]] = {}
    for portion in edition.portions.values():
        found.setdefault(portion.bank.module or portion.bank.id, []).append(portion)
    return found


def _part(
    edition: Edition, paths: Sequence[str], title: str, section: str, more: Iterable[str]
) -> Part:
    pages = [edition.routes.file(path) for path in paths]
    drawers = (f"{sections.FOLDER}/{sections.stem(page)}.js" for page in pages)
    asked = (edition.portions[path].script for path in paths if path in edition.portions)
    own = [*pages, *drawers, *asked, lookup.place_file(sections.stem(pages[0])), *more]
    ways = ("", *(f"{language}/" for language in edition.settings.translations))
    return Part(pages[0], title, tuple(f"{way}{name}" for way in ways for name in own), section)
