"""The MkDocs plugin: hands pages to staging and finishing on MkDocs' own way through a build."""

from __future__ import annotations

import contextlib
import gc
import logging
from html import unescape
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from pathspec.gitignore import GitIgnoreSpec

from viva.base.problems import has_errors, stopped
from viva.base.refused import Refused
from viva.build import edition as editions
from viva.build import finish, printed, stage
from viva.build.edition import UNREAD, Edition
from viva.course.layout import Layout
from viva.course.pages import with_room
from viva.engines import parts, watching
from viva.engines.mkdocs import config as settings
from viva.engines.mkdocs.again import Built, Preview
from viva.engines.mkdocs.conversion import Conversions
from viva.engines.mkdocs.early import Early
from viva.engines.mkdocs.look import without_icons
from viva.site.render import Compiled

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # slow to import, and a build needs none

    from viva.offline import book

log = logging.getLogger("mkdocs.plugins.viva")
LOOKS, LOOKED_AT = 0.1, 10_000
"""A preview looks for what has changed so many seconds apart, or so many files a second."""


class VivaConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in mkdocs.yml; what they say is read by `viva.course.settings`."""

    quizzes = config_options.Optional(config_options.Type(str))
    cache = config_options.Optional(config_options.Type(str))
    engine = config_options.Optional(config_options.Type(str))
    offline = config_options.Optional(config_options.Type(bool))
    content_security = config_options.Optional(config_options.Type((bool, list)))
    sign_off = config_options.Optional(config_options.Type(bool))
    print = config_options.Optional(config_options.Type(dict))
    catalogue = config_options.Optional(config_options.Type(dict))
    course = config_options.Optional(config_options.Type(dict))
    translations = config_options.Optional(config_options.Type(list))
    editions = config_options.Optional(config_options.Type(dict))


class VivaPlugin(BasePlugin[VivaConfig]):  # type: ignore[no-untyped-call]
    """Self-check pages from banks, questions inside modules, citations and glossary."""

    edition: Edition
    serving = False
    built: Built | None = None
    """The last build that went well, for a preview."""
    seen: watching.State = MappingProxyType({})
    """The files of the course as they were when it began."""

    def __init__(self) -> None:
        self.sources: dict[str, book.Source] = {}
        self.made: dict[str, str] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Under `serve` a mistake is shown in the page; otherwise it stops the build."""
        self.serving = command == "serve"
        # What a build makes lives until its end: looking for garbage costs a tenth of its time.
        if not self.serving:
            gc.disable()

    def on_shutdown(self) -> None:
        """Spare what has been made the last look for garbage, just before the program ends."""
        gc.freeze()
        gc.enable()

    @event_priority(100)  # before other plugins, which then see the settings complete
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the course, stop if it is broken, and put the self-checks into the navigation."""
        layout = Layout.of(Path(config.config_file_path).parent)
        self.sources = {}
        if self.serving:
            self.built, self.seen = None, watching.state(layout)
        settings.apply(config, layout.settings, "serve" if self.serving else "build")
        self.early = Early(config)
        read = editions.read(layout, self.serving, self.early)
        self.edition = parts.looked_for(read)
        self._report()
        _add_templates(config)
        without_icons(config.theme)
        config.nav = printed.nav(stage.nav(self.edition, config.nav))
        unlisted = GitIgnoreSpec.from_lines(stage.unlisted(self.edition))
        config.not_in_nav = (config.not_in_nav or GitIgnoreSpec([])) + unlisted
        config.extra["viva"] = parts.landmarks(self.edition)
        return config

    def tell(self, text: str) -> str:
        """A text in the language of the course."""
        return self.edition.course.layout.settings.words.tell(text)

    def _report(self) -> None:
        problems, tell = self.edition.problems, self.tell
        if has_errors(problems) and not self.serving:
            said = [*(one.told for one in problems), stopped(problems)]
            raise PluginError("\n".join(map(tell, said)))
        for problem in problems:
            # A warning that is logged as one would stop a strict build.
            level = logging.ERROR if problem.severity == "error" else logging.INFO
            log.log(level, tell(problem.told))

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """In a preview a page that cannot be read stays, empty, with what is wrong.

        And a first line such as `Note: …` is not taken for a setting of the page.
        """
        written = self.edition.course.pages.get(page.file.src_uri)
        if written and written.front.data is None:
            return written.body or UNREAD
        text = page.file.content_string
        room = with_room(text)
        return None if room == text else room

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the banks as well as the pages, and build as soon as a file is saved."""
        from watchdog.observers.polling import PollingObserver

        if self.serving:
            server.builder = Preview(self, builder)
        server.build_delay = 0.05
        watched = [config.docs_dir, config.config_file_path, *config.theme.dirs]
        again = [path for path in watched if _unwatched(server, path)]
        # MkDocs looks twice a second; who looks at thousands of files has little time between.
        server.observer = PollingObserver(timeout=max(LOOKS, len(self.seen) / LOOKED_AT))
        for path in (*again, str(self.edition.course.layout.quizzes)):
            server.watch(path)
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every page and file that is made from banks, assignments and evidence."""
        self.made = dict(stage.pages(self.edition)) | stage.files(self.edition)
        for path, content in self.made.items():
            files.append(File.generated(config, path, content=content))
        self.early.settle(config)
        self.conversions = Conversions(self.edition.site.cache, config, files, self.early)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation for a preview."""
        self.nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the theme's templates compiled from build to build."""
        env.bytecode_cache = Compiled(self.edition.site.cache)
        self.making = Built(config, files, self.nav, env)
        return env

    @event_priority(-100)  # after other plugins and hooks, whose directives are directives too
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Turn directives into placeholders."""
        path = page.file.src_uri
        written = self.edition.course.pages.get(path)
        if written and self.edition.is_broken(written):
            page.meta = {}  # the theme is not given what it may fail at
            markdown = written.body or UNREAD
        page.meta.update(printed.fields(written.meta if written else page.meta))
        self.conversions.keep(page)
        staged = stage.markdown(self.edition, path, markdown)
        if written and staged != markdown:
            self.early.stage(written.marked, staged)
        return staged

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tell the link checker what finishing will add."""
        ours = finish.anchors(self.edition, page.file.src_uri, html)
        page.present_anchor_ids = (page.present_anchor_ids or set()) | set(ours)
        return html

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put into the finished page what MkDocs does not know."""
        done = finish.finish(output, self.edition, page.file.src_uri, unescape(str(page.title)))
        self.sources[page.file.src_uri] = done.source
        return done.html

    @event_priority(-200)  # after the plugin that writes the search index for reading from disk
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make what readers take along, and keep the cache from growing for ever."""
        from viva.build import security, takeaway
        from viva.engines import licences

        site, tell = Path(config.site_dir), self.tell
        try:
            takeaway.close(self.edition, site, self.sources, licences.of_theme("mkdocs-material"))
        except Refused as refused:
            raise PluginError(tell(refused.told)) from None
        for problem in security.problems(self.edition, site):
            log.warning(tell(problem.told))
        self.built = self.making if self.serving else None


def _add_templates(config: MkDocsConfig) -> None:
    """Let our templates win over the theme's, and a course's own over ours."""
    own = (
        resources.files("viva.engines.mkdocs") / "theme",
        resources.files("viva.engines") / "theme",
    )
    ours = [str(folder) for folder in own]
    dirs = [one for one in config.theme.dirs if one not in ours]
    at = 1 if config.theme.custom_dir else 0
    config.theme.dirs = [*dirs[:at], *ours, *dirs[at:]]


def _unwatched(server: LiveReloadServer, path: str) -> bool:
    """Whether a path was watched; it is not any more."""
    with contextlib.suppress(KeyError):
        server.unwatch(path)
        return True
    return False
