"""Pages whose Markdown was converted before are not converted again: half of a build's time.

MkDocs has no event around the conversion, so that a page's own `render` is put behind the cache.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from viva.base.cache import Cache, content_key, installed, program

if TYPE_CHECKING:
    from viva.engines.mkdocs.early import Early

LOG = logging.getLogger("mkdocs")
# What these make of a page hangs on other files too.
READ_FILES = frozenset({"pymdownx.b64", "pymdownx.emoji", "pymdownx.snippets"})


class Conversions:
    """The converted pages of a course, by everything that shapes them."""

    def __init__(self, cache: Cache, config: MkDocsConfig, files: Files, early: Early) -> None:
        self._cache, self._early = cache, early
        self._sure = all(is_sure(each) for each in config.markdown_extensions)
        self._surroundings = _surroundings(config, files) if self._sure else ""

    def keep(self, page: Page) -> None:
        """Let a page look into the cache when it is asked to convert its Markdown."""
        if self._sure:
            page.render = partial(self._render, page)  # type: ignore[method-assign]

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        key = content_key(self._surroundings, page.file.src_uri, page.markdown or "")
        kept = self._cache.load(key)
        if kept is not None:
            _restore(page, json.loads(kept), files)
            return
        with _said() as said, self._one_instance():
            if not self._early.render(page, config, files):
                Page.render(page, config, files)
        if not said:  # a warning has to come again with the next build
            self._cache.store(key, json.dumps(_state(page)).encode())

    @contextmanager
    def _one_instance(self) -> Iterator[None]:
        """MkDocs makes the Markdown library ready for every page anew; once is enough."""
        theirs = vars(pages)
        theirs["markdown"] = SimpleNamespace(**vars(markdown) | {"Markdown": self._early.ready})
        try:
            yield
        finally:
            theirs["markdown"] = markdown


def is_sure(extension: Any) -> bool:
    """Whether an extension makes the same of the same text, as far as we know it."""
    if not isinstance(extension, str) or extension in READ_FILES:
        return False
    return extension.startswith(("pymdownx.", "viva.")) or _is_built_in(extension)


def _is_built_in(extension: str) -> bool:
    name = extension.removeprefix("markdown.extensions.")
    return "." not in name and find_spec(f"markdown.extensions.{name}") is not None


def _surroundings(config: MkDocsConfig, files: Files) -> str:
    """A hash of all that shapes a page's HTML besides its Markdown."""
    settings = (config.validation, config.use_directory_urls)
    # Links are resolved against the other files, and what is wrong with them is said or not.
    others = sorted((file.src_uri, file.url, str(file.inclusion)) for file in files)
    return content_key(
        program(),
        installed(),
        shape(config),
        json.dumps(settings, default=_named, sort_keys=True),
        json.dumps([others, LOG.getEffectiveLevel()]),
    )


def shape(config: MkDocsConfig) -> str:
    """What the Markdown library is given: extensions and their settings."""
    names = [str(each) for each in config.markdown_extensions if isinstance(each, str)]
    return json.dumps([names, config.mdx_configs], default=_named, sort_keys=True)


def _named(value: Any) -> str:
    """A function or a setting of MkDocs in a form that stays the same from run to run."""
    name = getattr(value, "__qualname__", None)
    return f"{value.__module__}.{name}" if name else repr(value)


@contextmanager
def _said() -> Iterator[list[str]]:
    """What MkDocs says meanwhile."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    LOG.addHandler(handler)
    try:
        yield said
    finally:
        LOG.removeHandler(handler)


def _state(page: Page) -> dict[str, Any]:
    """What a conversion leaves in a page."""
    links = (page.links_to_anchors or {}).items()
    return {
        "content": page.content,
        "toc": [_token(link) for link in page.toc],
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": {file.src_uri: anchors for file, anchors in links},
    }


def _restore(page: Page, state: dict[str, Any], files: Files) -> None:
    page.content = state["content"]
    page.toc = get_toc(state["toc"])
    page._title_from_render = state["title"]
    page.present_anchor_ids = set(state["anchors"])
    found = ((files.get_file_from_path(path), links) for path, links in state["links"].items())
    page.links_to_anchors = {file: links for file, links in found if file}


def _token(link: AnchorLink) -> dict[str, Any]:
    children = [_token(child) for child in link.children]
    return {"name": link.title, "id": link.id, "level": link.level, "children": children}
