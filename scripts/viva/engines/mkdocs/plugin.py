"""The MkDocs plugin: the only package that knows the site engine."""

from __future__ import annotations

import contextlib
import gc
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from viva import assignments
from viva.assignments import page as sheets
from viva.base.cache import Cache
from viva.base.problems import Problem, has_errors, in_order
from viva.course import courses
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.engines.mkdocs.conversion import Conversions
from viva.engines.mkdocs.navigation import (
    SELF_CHECKS,
    check_path,
    in_reading_order,
    with_self_checks,
)
from viva.site import embed, images, metadata, study
from viva.site.embed import Embed
from viva.site.markup import CourseMarkdown, Where
from viva.site.render import Compiled, scripts
from viva.site.site import Site
from viva.theme import Theme

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # slow to import, and a build needs none

    from viva.offline import book

log = logging.getLogger("mkdocs.plugins.viva")
REFERENCES = re.compile(r"^\[viva references\][ \t]*$", re.MULTILINE)
FIGURE = re.compile(r'(<figure[^>]*>\s*<p>)(<img [^>]*?src="([^"#]+)[^"]*"[^>]*>)(</p>)')
ZOOM = r'\1<a class="viva-zoom" href="\3">\2</a>\4'
OFFLINE = "offline.md"
"""A course with this page can be taken along."""


class VivaConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in mkdocs.yml."""

    quizzes = config_options.Type(str, default="quizzes")
    cache = config_options.Type(str, default=".cache/viva")


class VivaPlugin(BasePlugin[VivaConfig]):  # type: ignore[no-untyped-call]
    """Self-check pages from banks, questions inside modules, citations and glossary."""

    course: Course
    site: Site
    serving = False

    def __init__(self) -> None:
        self.where = Where()
        self.embeds: dict[str, list[Embed]] = {}
        self.sources: dict[str, book.Source] = {}

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

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the course, stop if it is broken, and put the self-checks into the navigation."""
        root = Path(config.config_file_path).parent
        layout = Layout.of(root)
        cache = Cache(layout.cache)
        read = courses.load_again(layout, cache)
        self.assignments, found = assignments.load_all(read)
        self.course = replace(read, problems=tuple(in_order([*read.problems, *found])))
        self._report()
        own = config.theme.custom_dir
        self.theme = Theme(Path(own) if own else None)
        self.site = Site(self.course, self.theme, cache)
        _add_templates(config)
        self.sheets = sheets.Pages(self.site, config.site_name)
        self._add_markdown(config)
        self.banks = in_reading_order(self.course, config.nav)
        self.checks = {bank.module: bank for bank in reversed(self.banks)}
        self.check_pages = {check_path(bank): bank for bank in self.banks}
        if config.nav:
            config.nav = with_self_checks(config.nav, self.banks)
        return config

    def _report(self) -> None:
        problems = self.course.problems
        if has_errors(problems) and not self.serving:
            said = "\n".join(map(str, problems))
            count = f"{len(problems)} problem{'s' * (len(problems) > 1)}"
            raise PluginError(f"{said}\n{count}: nothing was built.")
        for problem in problems:
            log.error(str(problem))

    def _add_markdown(self, config: MkDocsConfig) -> None:
        """A rebuild under `serve` starts from the same settings: replace what is there."""
        kept = [e for e in config.markdown_extensions if not isinstance(e, CourseMarkdown)]
        ours = CourseMarkdown(self.course.bibliography, self.course.glossary, self.where)
        config.markdown_extensions = [*kept, ours]  # type: ignore[list-item]

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the banks as well as the pages, and build as soon as a file is saved."""
        from watchdog.observers.polling import PollingObserver

        server.build_delay = 0.05
        watched = [config.docs_dir, config.config_file_path, *config.theme.dirs]
        again = [path for path in watched if _unwatched(server, path)]
        server.observer = PollingObserver(timeout=0.1)  # MkDocs looks twice a second
        for path in (*again, str(self.course.layout.quizzes)):
            server.watch(path)
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every page and file that is made from banks, assignments and evidence."""
        for path, content in self._made(config.site_name):
            files.append(File.generated(config, path, content=content))
        self.urls = {file.src_uri: file.url for file in files.documentation_pages()}
        self.conversions = Conversions(self.site.cache, config, files)
        return files

    def _made(self, title: str) -> Iterator[tuple[str, str]]:
        """Path and text of the files that no author wrote."""
        for path, bank in self.check_pages.items():
            yield path, embed.self_check_page(bank)
        if self.banks:
            yield f"{SELF_CHECKS}/index.md", embed.index_page(self.banks)
        yield from self.site.evidence_pages().items()
        yield from sheets.pages(self.assignments).items()
        if "faculty/index.md" in self.course.pages:
            yield from _faculty_pages(self.course).items()
        if self.banks:
            yield from self._study(title)

    def _study(self, title: str) -> Iterator[tuple[str, str]]:
        """The pages on which students follow their progress, and the data these read."""
        for name in study.TITLES:
            content = study.page(name, self.course, self.banks, title, self.theme)
            yield f"{study.FOLDER}/{name}.md", content
        yield from self.site.kept(
            title, lambda: dict(study.files(self.site, self.banks, title))
        ).items()

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the theme's templates compiled from build to build."""
        env.bytecode_cache = Compiled(self.site.cache)
        return env

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Turn directives into placeholders."""
        self.conversions.keep(page)
        self.where.root = _root(page.file.src_uri)
        self.where.is_glossary = page.file.src_uri == "glossary.md"
        page.viva = self._facts(page, config.site_name)  # type: ignore[attr-defined]
        if "[viva" not in markdown:
            return markdown
        markdown = REFERENCES.sub(lambda _: self.site.references_list(), markdown)
        return embed.with_placeholders(markdown)

    def _facts(self, page: Page, title: str) -> dict[str, Any]:
        """What the templates know of a page: reading time, its self-check, the course's id."""
        path = page.file.src_uri
        source, check = self.course.pages.get(path), self.checks.get(path)
        return {
            "course": study.course_id(title) if self.banks else None,
            "minutes": source.minutes if source else None,
            "objectives": page.meta.get("objectives"),
            "self_check": check
            and {"url": self.urls[check_path(check)], "title": f"{check.title}: self-check"},
        }

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give the search index the stems, the link checker the anchors, and figures a zoom."""
        found = embed.embeds(html, self.site.questions)
        self.embeds[page.file.src_uri] = found
        declared = page.meta.get("objectives") or []
        anchors = {item["id"] for item in declared if isinstance(item, dict) and "id" in item}
        anchors |= {name for one in found for name in one.ids}
        page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors
        return FIGURE.sub(ZOOM, embed.with_stems(html, found))

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put the questions into the finished page, and problems on top of it under `serve`."""
        path, root = page.file.src_uri, _root(page.url)
        found = self.embeds.pop(path, [])
        output = self._with_questions(output, found, root, config.site_name)
        output = self._with_study(output, path, root, config.site_name)
        for one in self.assignments:
            if path == sheets.path(one):
                output = sheets.with_assignment(output, one, self.sheets.html(one, root), root)
        if self._is_taken_along():
            self._take(page, found)
            output = _in_head(output, _app_tags(root))
        output = _in_head(output, self._metadata(page, config))
        if self.course.problems:
            output = output.replace("<article", f"{_panel(self.course.problems)}<article", 1)
        return images.prepared(output, (Path(config.docs_dir) / page.file.dest_uri).parent)

    def _with_questions(self, html: str, found: list[Embed], root: str, title: str) -> str:
        if not found:
            return html
        html = embed.with_questions(html, lambda n: self.site.html(found[n], root))
        questions = [question for one in found for question in one.questions]
        html = embed.with_assets(html, root, scripts(questions))
        return study.with_store(html, root, title)

    def _with_study(self, html: str, path: str, root: str, title: str) -> str:
        folder, _, name = path.removesuffix(".md").partition("/")
        if self.banks and folder == study.FOLDER and name in study.TITLES:
            return study.with_assets(html, name, self.course, root, title)
        return html

    def _metadata(self, page: Page, config: MkDocsConfig) -> str:
        path = page.file.src_uri
        source, bank = self.course.pages.get(path), self.check_pages.get(path)
        common = {"inLanguage": "en-GB", "license": config.extra.get("license")}
        common["isPartOf"] = config.site_name
        if source and page.meta.get("objectives"):
            return metadata.as_script(metadata.of_module(source, self.course, common))
        if bank:
            return metadata.as_script(metadata.of_self_check(bank, self.course, common))
        return ""

    def _is_taken_along(self) -> bool:
        return OFFLINE in self.urls and not self.serving

    def _take(self, page: Page, found: list[Embed]) -> None:
        from viva.engines.mkdocs import takeaway

        self.sources[page.file.src_uri] = takeaway.source(page, found)

    @event_priority(-200)  # after the plugin that writes the search index for reading from disk
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make what readers take along, and keep the cache from growing for ever."""
        from viva.site import assets

        site = Path(config.site_dir)
        assets.publish(self.theme, site, shorten=not self.serving)
        if OFFLINE in self.urls:
            from viva.engines.mkdocs import takeaway
            from viva.offline import finish

            if self.serving:
                finish.preview(site)
            else:
                finish.finish(takeaway.order(config, self.site, self.banks, self.sources))
        self.site.cache.tidy()


def _add_templates(config: MkDocsConfig) -> None:
    """Let our templates win over the theme's, and a course's own over ours."""
    ours = str(resources.files("viva.engines.mkdocs") / "theme")
    dirs = [one for one in config.theme.dirs if one != ours]
    at = 1 if config.theme.custom_dir else 0
    config.theme.dirs = [*dirs[:at], ours, *dirs[at:]]


def _faculty_pages(read: Course) -> dict[str, str]:
    """What a course with a guide for teachers gets besides."""
    # Imported here, so that a build which does not need them starts sooner.
    from viva import lint
    from viva.site import blueprint

    made = lint.pages() | {"blueprint.md": blueprint.page(read)}
    return {f"faculty/{name}": text for name, text in made.items()}


def _app_tags(root: str) -> str:
    from viva.offline import app

    return app.tags(root)


def _unwatched(server: LiveReloadServer, path: str) -> bool:
    """Whether a path was watched; it is not any more."""
    with contextlib.suppress(KeyError):
        server.unwatch(path)
        return True
    return False


def _root(path: str) -> str:
    """From a page, as a file or an address, to the folder of all pages."""
    return "../" * path.count("/")


def _in_head(html: str, tags: str) -> str:
    return html.replace("</head>", f"{tags}</head>", 1)


def _panel(problems: tuple[Problem, ...]) -> str:
    """The problems as a box for the author who previews the site."""
    items = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
    title = f"Problems to fix before the site can be built: {len(problems)}"
    inside = f'<p class="admonition-title">{title}</p><ul>{items}</ul>'
    return f'<aside class="admonition failure">{inside}</aside>'
