"""What the course's books and archives take of a build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from viva.bank.banks import Bank
from viva.engines.mkdocs.navigation import paths
from viva.offline import app, book, dates, finish
from viva.offline.built import Target
from viva.site.embed import Embed
from viva.site.site import Site
from viva.site.study import course_id


def source(page: Page, found: list[Embed]) -> book.Source:
    """What a book takes of a page."""
    aims = page.meta.get("objectives") or []
    return book.Source(
        path=page.file.src_uri,
        url=page.file.url,
        title=str(page.title),
        html=page.content or "",
        embeds=tuple(found),
        objectives=tuple(one["text"] for one in aims if isinstance(one, dict) and "text" in one),
    )


def order(
    config: MkDocsConfig, site: Site, banks: list[Bank], sources: Mapping[str, book.Source]
) -> finish.Order:
    """What is to be made of the pages of a build, in the order of the navigation."""
    name = course_id(config.site_name)
    listed = paths(config.nav) if config.nav else sources
    read = [sources[path] for path in listed if path in sources]
    return finish.Order(
        Target(Path(config.site_dir), name),
        _app(config),
        book.compose(_about(config, site, name), read, banks, site),
        site.course.layout.root / finish.PRINTED,
    )


def _app(config: MkDocsConfig) -> app.Course:
    title = config.site_name
    short = config.extra.get("short_name", title)
    return app.Course(title, short, config.site_description or title, _language(config))


def _about(config: MkDocsConfig, site: Site, name: str) -> book.About:
    return book.About(
        name=name,
        title=config.site_name,
        description=config.site_description or "",
        author=config.site_author or "",
        language=_language(config),
        copyright=config.copyright or "",
        caution=config.extra.get("caution", ""),
        licence=config.extra.get("license", ""),
        revised=dates.latest(page.meta.get("revised") for page in site.course.pages.values()),
    )


def _language(config: MkDocsConfig) -> str:
    return str(config.theme.get("language", "en"))
