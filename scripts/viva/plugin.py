"""The MkDocs plugin: the only module that knows the site engine."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from viva import assets, assignments, course, embed, images, metadata, study
from viva.assignments import page as sheets
from viva.bank import Bank
from viva.cache import Cache
from viva.course import Course, Layout
from viva.embed import Embed
from viva.markup import CourseMarkdown, Where
from viva.offline import app, book, dates, finish
from viva.offline.built import Target
from viva.problems import Problem, has_errors, in_order
from viva.render import scripts
from viva.site import Site

log = logging.getLogger("mkdocs.plugins.viva")
FOLDER = "self-checks"
REFERENCES = re.compile(r"^\[viva references\][ \t]*$", re.MULTILINE)
FIGURE = re.compile(r'(<figure[^>]*>\s*<p>)(<img [^>]*?src="([^"#]+)[^"]*"[^>]*>)(</p>)')

ZOOM = r'\1<a class="viva-zoom" href="\3">\2</a>\4'


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

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the course, stop if it is broken, and put the self-checks into the navigation."""
        root = Path(config.config_file_path).parent
        layout = Layout(root, Path(config.docs_dir), root / self.config.quizzes)
        cache = Cache(root / self.config.cache)
        read = course.load_again(layout, cache)
        self.assignments, found = assignments.load_all(read)
        self.course = replace(read, problems=tuple(in_order([*read.problems, *found])))
        self._report()
        overrides = Path(config.theme.custom_dir or root / "overrides")
        self.site = Site(self.course, overrides, cache)
        self.sheets = sheets.Pages(self.site, config.site_name)
        self._add_markdown(config)
        self.banks = _in_reading_order(self.course, config.nav)
        if config.nav:
            config.nav = _with_self_checks(config.nav, self.banks)
        return config

    def _report(self) -> None:
        problems = self.course.problems
        if has_errors(problems) and not self.serving:
            said = "\n".join(map(str, problems))
            raise PluginError(f"{said}\n{len(problems)} problems: nothing was built.")
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
        server.build_delay = 0.05
        server.watch(str(self.course.layout.quizzes))
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a page for each bank and the list of them."""
        for bank in self.banks:
            path = f"{FOLDER}/{bank.id}.md"
            files.append(File.generated(config, path, content=embed.self_check_page(bank)))
        if self.banks:
            content = embed.index_page(self.banks)
            files.append(File.generated(config, f"{FOLDER}/index.md", content=content))
        for path, content in self.site.evidence_pages().items():
            files.append(File.generated(config, path, content=content))
        for path, content in sheets.pages(self.assignments).items():
            files.append(File.generated(config, path, content=content))
        if "faculty/index.md" in self.course.pages:
            for path, content in _faculty_pages(self.course).items():
                files.append(File.generated(config, path, content=content))
        if self.banks:
            self._add_study(files, config)
        self.urls = {file.src_uri: file.url for file in files.documentation_pages()}
        return files

    def _add_study(self, files: Files, config: MkDocsConfig) -> None:
        """The pages on which students follow their progress, and the data these read."""
        title, templates = config.site_name, self.site.templates
        for name in study.TITLES:
            content = study.page(name, self.course, self.banks, title, templates)
            files.append(File.generated(config, f"{study.FOLDER}/{name}.md", content=content))
        data = self.site.kept(title, lambda: dict(study.files(self.site, self.banks, title)))
        for path, content in data.items():
            files.append(File.generated(config, path, content=content))

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Turn directives into placeholders."""
        self.where.root = _root(page.file.src_uri)
        self.where.is_glossary = page.file.src_uri == "glossary.md"
        page.viva = self._facts(page, config.site_name)  # type: ignore[attr-defined]
        if "[viva" not in markdown:
            return markdown
        markdown = REFERENCES.sub(lambda _: self.site.references_list(), markdown)
        return embed.with_placeholders(markdown)

    def _facts(self, page: Page, title: str) -> dict[str, Any]:
        """What the templates know of a page: reading time, its self-check, the course's id."""
        source = self.course.pages.get(page.file.src_uri)
        checks = (bank for bank in self.banks if bank.module == page.file.src_uri)
        check = next(checks, None)
        return {
            "course": study.course_id(title) if self.banks else None,
            "minutes": source.minutes() if source else None,
            "objectives": page.meta.get("objectives"),
            "self_check": check
            and {
                "url": self.urls[f"{FOLDER}/{check.id}.md"],
                "title": f"{check.title}: self-check",
            },
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
        found = self.embeds.pop(page.file.src_uri, [])
        root = _url_root(page.url)
        self.sources[page.file.src_uri] = _source(page, found)
        if found:
            output = embed.with_questions(output, lambda n: self.site.html(found[n], root))
            questions = [question for one in found for question in one.questions]
            output = embed.with_assets(output, root, scripts(questions))
            output = study.with_store(output, root, config.site_name)
        folder, _, name = page.file.src_uri.removesuffix(".md").partition("/")
        if self.banks and folder == study.FOLDER and name in study.TITLES:
            output = study.with_assets(output, name, self.course, root, config.site_name)
        for one in self.assignments:
            if page.file.src_uri == sheets.path(one):
                output = sheets.with_assignment(output, one, self.sheets.html(one, root), root)
        if "offline.md" in self.urls and not self.serving:
            output = output.replace("</head>", f"{app.tags(root)}</head>", 1)
        output = output.replace("</head>", f"{self._metadata(page, config)}</head>", 1)
        if self.course.problems:
            output = output.replace("<article", f"{_panel(self.course.problems)}<article", 1)
        return images.sized(output, (Path(config.docs_dir) / page.file.dest_uri).parent)

    def _metadata(self, page: Page, config: MkDocsConfig) -> str:
        path = page.file.src_uri
        source = self.course.pages.get(path)
        common = {"inLanguage": "en-GB", "license": config.extra.get("license")}
        common["isPartOf"] = config.site_name
        if source and page.meta.get("objectives"):
            return metadata.as_script(metadata.of_module(source, self.course, common))
        checks = (bank for bank in self.banks if path == f"{FOLDER}/{bank.id}.md")
        for bank in checks:
            return metadata.as_script(metadata.of_self_check(bank, self.course, common))
        return ""

    @event_priority(-200)  # after the plugin that writes the search index for reading from disk
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make what readers take along, and keep the cache from growing for ever."""
        assets.publish(Path(config.site_dir), shorten=not self.serving)
        if "offline.md" in self.urls:
            site = Path(config.site_dir)
            finish.preview(site) if self.serving else finish.finish(self._taken_along(config))
        self.site.cache.tidy()

    def _taken_along(self, config: MkDocsConfig) -> finish.Order:
        title = config.site_name
        short = config.extra.get("short_name", title)
        language = config.theme.get("language", "en")
        name = study.course_id(title)
        about = book.About(
            name=name,
            title=title,
            description=config.site_description or "",
            author=config.site_author or "",
            language=language,
            copyright=config.copyright or "",
            caution=config.extra.get("caution", ""),
            licence=config.extra.get("license", ""),
            revised=dates.latest(page.meta.get("revised") for page in self.course.pages.values()),
        )
        order = _paths(config.nav) if config.nav else self.sources
        read = [self.sources[path] for path in order if path in self.sources]
        return finish.Order(
            Target(Path(config.site_dir), name),
            app.Course(title, short, config.site_description or title, language),
            book.compose(about, read, self.banks, self.site),
            self.course.layout.root / finish.PRINTED,
        )


def _source(page: Page, found: list[Embed]) -> book.Source:
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


def _faculty_pages(read: Course) -> dict[str, str]:
    """What a course with a guide for teachers gets besides."""
    # Imported here, so that a build which does not need them starts sooner.
    from viva import blueprint, lint

    return {"faculty/rules.md": lint.page(), "faculty/blueprint.md": blueprint.page(read)}


def _root(src_uri: str) -> str:
    """From a source page to the docs folder."""
    return "../" * src_uri.count("/")


def _url_root(url: str) -> str:
    """From a built page to the site's root."""
    return "../" * url.count("/")


def _panel(problems: tuple[Problem, ...]) -> str:
    """The problems as a box for the author who previews the site."""
    items = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
    title = f"Problems to fix before the site can be built: {len(problems)}"
    inside = f'<p class="admonition-title">{title}</p><ul>{items}</ul>'
    return f'<aside class="admonition failure">{inside}</aside>'


def _paths(nav: Any) -> Iterator[str]:
    """Every page that the navigation lists, in order."""
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _paths(item)


def _in_reading_order(read: Course, nav: Any) -> list[Bank]:
    """The banks in the order in which their modules are read; others after them by title."""
    order = {path: number for number, path in enumerate(_paths(nav))}
    last = len(order)
    return sorted(read.banks, key=lambda bank: (order.get(bank.module or "", last), bank.title))


def _with_self_checks(nav: Any, banks: list[Bank]) -> Any:
    """The navigation with every self-check under the entry that names their index."""
    pages = [{bank.title: f"{FOLDER}/{bank.id}.md"} for bank in banks]
    index = f"{FOLDER}/index.md"

    def grown(item: Any) -> Any:
        if isinstance(item, dict):
            return {title: grown_entry(value) for title, value in item.items()}
        return item

    def grown_entry(value: Any) -> Any:
        if value == index:
            return [index, *pages]
        return [grown(item) for item in value] if isinstance(value, list) else value

    return [grown(item) for item in nav]
