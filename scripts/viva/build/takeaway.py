"""The end of a build: the browser's files, and what readers take along."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from viva.base import dates, files
from viva.base.words import of
from viva.build import keeping, licences, searching, security, translated
from viva.build.edition import OFFLINE, Edition
from viva.formulas import typed
from viva.offline import app, book, finish
from viva.offline.built import Target
from viva.site import assets, sections
from viva.site.navigation import paths


def close(
    edition: Edition, site: Path, sources: Mapping[str, book.Source], shipped: Mapping[str, str]
) -> None:
    """Complete a site whose pages are all finished; `sources` are those of its pages, by path.

    `shipped` are the licences of what the site engine's theme brings.
    """
    assets.publish(
        edition.site.theme, site, not edition.preview, edition.site.words, edition.languages
    )
    _write_data(edition, site, sources, sources)
    translated.bring(site)
    licences.write(site, edition.site.theme, shipped, edition.site.words)
    security.secure(edition, site, sources)
    if edition.routes.has(OFFLINE) and edition.preview:
        finish.preview(site, edition.routes.file(OFFLINE), edition.words(OFFLINE))
    elif edition.is_part_of_app:
        finish.inside(_order(edition, site, sources), _first(edition))
    elif edition.is_taken_along:
        finish.finish(_order(edition, site, sources))
    edition.site.cache.tidy()


def again(
    edition: Edition, site: Path, sources: Mapping[str, book.Source], pages: Collection[str]
) -> None:
    """Bring a preview up to date of which these pages have been made again."""
    _write_data(edition, site, sources, pages)
    if OFFLINE in pages:
        finish.preview(site, edition.routes.file(OFFLINE), edition.words(OFFLINE))


def _write_data(
    edition: Edition, site: Path, sources: Mapping[str, book.Source], pages: Collection[str]
) -> None:
    """Write what the browser searches, and what it shows of these pages on others."""
    for name, text in searching.files(edition, sources):
        files.put(site / name, text)
    html = {path: sources[path].html for path in pages if path in sources}
    for name, text in sections.scripts(edition.course, edition.routes, html):
        files.put(site / name, text)


def _first(edition: Edition) -> str:
    """The page of the original, from the same page of a translation, that tells of downloads."""
    way = next(iter(edition.settings.editions.values()))
    return f"{edition.routes.root(OFFLINE)}{way}{edition.routes.file(OFFLINE)}"


def _order(edition: Edition, site: Path, sources: Mapping[str, book.Source]) -> finish.Order:
    """What is to be made of the pages, in the order of the navigation."""
    read = [sources[path] for path in paths(edition.contents) if path in sources]
    return finish.Order(
        _target(edition, site),
        _app(edition),
        book.compose(_about(edition), read, list(edition.banks), edition.site),
        tuple(keeping.parts(edition, site)),
        edition.course.layout.printed,
    )


def _target(edition: Edition, site: Path) -> Target:
    settings = edition.settings
    page, words = edition.routes.file(OFFLINE), edition.words(OFFLINE)
    target = Target(site, settings.id, page, words, _translation(edition))
    return target.translated({one: of(one) for one in settings.translations})


def _translation(edition: Edition) -> str:
    """The language of a translation, nothing for the original."""
    return edition.settings.language if edition.is_part_of_app else ""


def _app(edition: Edition) -> app.Course:
    settings = edition.settings
    short = str(_extra(edition).get("short_name") or edition.title)
    about = typed.words(settings.text("site_description")) or edition.title
    return app.Course(edition.title, short, about, settings.words, settings.categories)


def _about(edition: Edition) -> book.About:
    settings, extra = edition.settings, _extra(edition)
    return book.About(
        name="-".join(filter(None, (settings.id, _translation(edition)))),
        title=edition.title,
        description=typed.words(settings.text("site_description")),
        author=settings.text("site_author"),
        language=settings.language,
        copyright=settings.text("copyright"),
        caution=str(extra.get("caution") or ""),
        licence=str(extra.get("license") or ""),
        words=settings.words,
        revised=dates.latest(page.said("revised") for page in edition.course.pages.values()),
    )


def _extra(edition: Edition) -> Mapping[str, Any]:
    given = edition.settings.data.get("extra")
    return given if isinstance(given, dict) else {}
