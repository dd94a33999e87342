"""A preview after a save: the pages that an edit has changed are made again, and no others.

MkDocs keeps nothing of a build but its files. What it needs to make single pages of it is kept
here, and its own steps for a page are taken once more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from viva.base import net
from viva.base.words import say
from viva.build import edits, security, takeaway
from viva.build.edits import Edit
from viva.course.settings import FILE, PLUGIN
from viva.engines import parts, watching

if TYPE_CHECKING:
    from viva.engines.mkdocs.plugin import VivaPlugin

log = logging.getLogger("mkdocs.plugins.viva")


@dataclass(frozen=True)
class Built:
    """What a build of MkDocs has made on its way."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment


class Preview:
    """Makes a site again after each save: of what has changed, or whole where that is not all."""

    def __init__(self, plugin: VivaPlugin, whole: Callable[[], None]) -> None:
        self._plugin, self._whole = plugin, whole

    def __call__(self) -> None:
        """What the server of MkDocs calls whenever a file has been saved."""
        plugin = self._plugin
        before, plugin.seen = plugin.seen, watching.state(plugin.edition.course.layout)
        paths = watching.edited(before, plugin.seen) or frozenset()
        made = net.attempt(partial(_edit, plugin, paths), False, FILE, say("the preview"))
        if not made:
            self._whole()


def _edit(plugin: VivaPlugin, paths: Collection[Path]) -> bool:
    """Make again what an edit of these files has changed; whether that was all of it."""
    built = plugin.built
    if not paths or built is None or _others_take_part(built.config):
        return False
    edit = edits.of(plugin.edition, paths, plugin.made, parts.looked_for)
    if edit is None:
        return False
    plugin.edition = edit.edition
    plugin.made = {**plugin.made, **edit.made}
    if not _make(built, edit):
        return False
    site, written = Path(built.config.site_dir), edit.pages & plugin.edition.course.pages.keys()
    takeaway.again(plugin.edition, site, plugin.sources, edit.pages)
    for problem in security.problems(plugin.edition, site, written):
        log.warning(plugin.tell(problem.told))
    log.debug("Made again: %s", ", ".join(sorted(edit.pages)))
    return True


def _others_take_part(config: MkDocsConfig) -> bool:
    """Whether anybody else has a word in the build, who may look at all pages together."""
    return bool(config.hooks or config.extra_templates or set(config.plugins) - {PLUGIN})


def _make(built: Built, edit: Edit) -> bool:
    """Make the pages and files of an edit; not if the navigation would have to say otherwise."""
    config, files = built.config, built.files
    for path, text in edit.made.items():
        file = files.get_file_from_path(path)
        assert file is not None
        file.content_string = text
        if not file.is_documentation_page():
            file.copy_file()
    shown = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
    changed = [file for file in shown if file.src_uri in edit.pages]
    titles = [_named(file.page) for file in changed]
    for file in changed:
        assert file.page is not None
        build._populate_page(file.page, config, files)
    if titles != [_named(file.page) for file in changed]:
        return False
    for file in changed:
        assert file.page is not None
        excluded = file.inclusion is InclusionLevel.DRAFT
        build._build_page(file.page, config, shown, built.nav, built.env, excluded=excluded)
    for file in shown:
        assert file.page is not None
        file.page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    return True


def _named(page: Page | None) -> str:
    """What the navigation calls a page."""
    return str(page.title) if page else ""
