"""A course in several languages: one site inside the other, and the way between their pages."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from viva.base import files
from viva.base.words import of
from viva.build.edition import Edition
from viva.course.settings import Settings
from viva.offline import built, epub

FOLDER = "VIVA_TRANSLATED"
"""Where the sites in the other languages wait for the one that is being built, a folder each."""


def bring(site: Path) -> None:
    """Move the sites in other languages into this one, which then is whole; their books are
    downloads like its own."""
    place = os.environ.get(FOLDER)
    for folder in sorted(Path(place).iterdir()) if place else ():
        _bring_books(folder, site)
        files.move(folder, site / folder.name)


def _bring_books(folder: Path, site: Path) -> None:
    own = folder / built.FOLDER
    for book in own.glob(f"*-{folder.name}{epub.ENDING}"):
        files.put(site / built.FOLDER / book.name, book.read_bytes())
        files.remove(book)
    if own.is_dir() and not any(own.iterdir()):
        files.move(own, folder.with_name(f".{folder.name}"))  # goes with the place


def editions(settings: Settings) -> Mapping[str, str]:
    """The way from the root of this site to that in each language; none where there is one."""
    place = os.environ.get(FOLDER)
    if settings.editions or not place:
        return settings.editions
    there = [one for one in settings.translations if (Path(place) / one).is_dir()]
    return {settings.language: "", **{one: f"{one}/" for one in there}}


def links(edition: Edition, path: str) -> Iterator[dict[str, Any]]:
    """The same page in each of the course's languages, as its readers call them. The first is the
    author's; `address` is empty where nobody knows the site's."""
    root, file = edition.routes.root(path), edition.routes.file(path)
    here, base = edition.settings.language, edition.settings.text("site_url")
    for language, way in editions(edition.settings).items():
        words = of(language)
        yield {
            "language": language,
            "name": _own_name(language),
            "direction": words.direction,
            "url": f"{root}{way}{file}",
            "address": urljoin(base, f"{way}{file}") if base else "",
            "here": language == here,
        }


def _own_name(language: str) -> str:
    """What speakers of a language call it."""
    from babel import Locale  # courses in one language need none

    found = Locale.parse(language.replace("-", "_"))
    return str(found.get_display_name() or language).capitalize()
