"""A preview of a course with MkDocs, without the server: what it shows, and whether it was quick."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from viva.engines.mkdocs.__main__ import load

ADDRESS = "http://127.0.0.1:8000/"


class Preview:
    """A course as its author sees it after each save."""

    def __init__(self, course: Path) -> None:
        self.course, self.site = course, course / "site"
        with self._within():
            self._build()
            config = self._config
            server = LiveReloadServer(self._build, "127.0.0.1", 0, str(self.site))
            config.plugins.on_serve(server, config=config, builder=self._build)
            server.server_close()
            self.plugin, self._builder = config.plugins["viva"], server.builder

    def _build(self) -> None:
        self._config = load(site_dir=str(self.site))
        self._config.plugins.on_startup(command="serve", dirty=False)
        self._config.site_url = ADDRESS
        build(self._config, serve_url=ADDRESS)

    @contextmanager
    def _within(self) -> Iterator[None]:
        """In the folder of the course; plugins live as long as a preview, and this one has its own."""
        plugins, before = dict(MkDocsConfig._schema)["plugins"].plugin_cache, Path.cwd()
        others = dict(plugins)
        plugins.clear()
        plugins.update(getattr(self, "_plugins", {}))
        os.chdir(self.course)
        try:
            yield
        finally:
            os.chdir(before)
            self._plugins = dict(plugins)
            plugins.clear()
            plugins.update(others)

    def edit(self, change: Callable[[Path], None]) -> bool:
        """Save an edit of the course; whether only what it changed was made again."""
        with self._within():
            change(self.course)
            before = self.plugin.built
            self._builder()
            return before is not None and self.plugin.built is before

    def rebuild(self) -> None:
        """Make the whole site anew."""
        with self._within():
            self._build()

    def files(self) -> dict[str, bytes]:
        """Every file of the site."""
        found = (path for path in sorted(self.site.rglob("*")) if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in found}
