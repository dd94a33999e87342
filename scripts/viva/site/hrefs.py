"""Links and pictures in the text of pages: whether each leads somewhere, before an engine runs."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from functools import partial
from urllib.parse import unquote

from viva.base import net
from viva.base.folders import is_file
from viva.base.problems import Problem, hint
from viva.base.words import say
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.course.links import ELSEWHERE, MADE
from viva.course.pages import Page
from viva.course.settings import PLUGIN, Settings
from viva.site.routes import Routes

GIVEN = (
    *("assets/viva", "assets/site", "assets/stylesheets/", "assets/javascripts/", "assets/images/"),
    *("downloads/", "search/", "sitemap.xml", "sw.js", "404.html", "licences.txt", "manifest."),
)
"""What a site has besides its pages and the files of its author."""


def problems(course: Course, pages: Collection[str], sure: bool = True) -> Iterator[Problem]:
    """Every link of a page that leads nowhere; `pages` are written or made.

    A course that tells its engine which links to mind is left to the engine. Where the pages are
    not `sure` to be all, one that would be made is none that is missing.
    """
    if "validation" in course.layout.settings.data:
        return
    known = [one for one in course.pages.values() if not course.layout.settings.hides(one.path)]
    for page in known:
        find = partial(_of, page, course, pages, sure)
        yield from net.attempt(find, list[Problem](), page.name, say("the links of this page"))
    tagged = [one for one in known if one.marked.tagged]
    if tagged and _is_ours_alone(course.layout.settings):
        files = frozenset(map(Routes(course.layout.settings.use_directory_urls).file, pages))
        for page in tagged:
            yield from _in_tags(page, course.layout, files)


def _is_ours_alone(settings: Settings) -> bool:
    """Whether nobody else may add files to the site."""
    plugins = {name for name, _ in settings.plugins()}
    return plugins <= {PLUGIN, "search"} and not settings.data.get("hooks")


def _in_tags(page: Page, layout: Layout, files: frozenset[str]) -> Iterator[Problem]:
    """Addresses in HTML that was typed and lead nowhere from where the page will lie."""
    here = posixpath.dirname(Routes(layout.settings.use_directory_urls).file(page.path))
    ours = [folder for folder in (layout.docs, layout.overrides) if folder]
    for target in page.marked.tagged:
        path = unquote(target).partition("#")[0].partition("?")[0]
        if not path or path.startswith("/") or ELSEWHERE.match(target):
            continue
        name = posixpath.normpath(posixpath.join(here, path))
        folder = posixpath.normpath(posixpath.join(name, "index.html"))
        is_there = not name.endswith(".md") and any(is_file(one / name) for one in ours)
        if not is_there and not files & {name, folder} and not name.startswith((*GIVEN, *MADE)):
            known = [posixpath.relpath(one, here or ".") for one in files]
            near = hint(path, known, say("correct the address"))
            said = say("the link {target} leads nowhere ({hint})", target=target, hint=near)
            yield page.problem(_line(page.text, target), 1, "MD515", said, "warning")


def _of(page: Page, course: Course, pages: Collection[str], sure: bool) -> list[Problem]:
    return [
        page.problem(_line(page.text, target), 1, "MD515", said)
        for target in page.links
        if (said := _fault(target, page, course, pages, sure))
    ]


def _fault(
    target: str, page: Page, course: Course, pages: Collection[str], sure: bool
) -> str:
    """Why a link leads nowhere; empty where it leads somewhere, or out of the course."""
    if target.startswith("/") and not target.startswith("//"):
        return say(
            "the link {target} begins with / (write it relative to this page)", target=target
        )
    if ELSEWHERE.match(target) and not target.startswith("#"):
        return ""
    path, _, anchor = unquote(target).partition("#")
    path = path.partition("?")[0]
    there = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
    name = page.path if not path else there
    if not sure and name.startswith(MADE):
        return ""
    if name not in pages and not is_file(course.layout.docs / name):
        near = hint(name, pages, say("correct the address"))
        return say("the link {target} leads nowhere ({hint})", target=target, hint=near)
    known = course.pages.get(name)
    if known and anchor and not _is_there(anchor, known, course):
        near = hint(anchor, known.anchors)
        return say(
            "{name} has no heading #{anchor} ({hint})", name=known.name, anchor=anchor, hint=near
        )
    return ""


def _is_there(anchor: str, page: Page, course: Course) -> bool:
    known = course.bibliography.references
    made = anchor.startswith(("__", "fnref:"))  # of a note that nothing refers to, which is said
    return made or page.has(anchor) or anchor.removeprefix("ref-") in known


def _line(text: str, target: str) -> int:
    at = text.find(target)
    return text.count("\n", 0, max(at, 0)) + 1
