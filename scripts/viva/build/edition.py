"""An edition: a course read for one build, with all that its pages will need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from viva import assignments
from viva.assignments import Assignment
from viva.assignments import page as sheets
from viva.bank.banks import Bank
from viva.base.cache import Cache
from viva.base.problems import Problem, in_order
from viva.base.words import Direction, Words, direction, of
from viva.course import contents, courses, edits, states
from viva.course.clashes import clashes
from viva.course.conversion import Engine
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.course.pages import Page
from viva.course.settings import Settings
from viva.formulas import typed
from viva.site import navigation, portions, study, supplied
from viva.site.portions import Portion
from viva.site.routes import Routes
from viva.site.site import Site
from viva.theme import Theme

OFFLINE = "offline.md"
"""A course with this page can be taken along."""
UNREAD = "This page cannot be read.\n"
"""What a preview shows of a page whose text nobody can read."""


@dataclass(frozen=True)
class Edition:
    """A course read for one build. A preview shows its problems and makes no downloads."""

    course: Course
    assignments: tuple[Assignment, ...]
    site: Site
    banks: tuple[Bank, ...]
    """In the order in which their modules are read."""
    contents: Any
    """The navigation as the settings have it, or the usual one where they have none."""
    preview: bool = False
    whole: Course | None = None
    """The course as it was read, with what its readers do not see."""

    @property
    def settings(self) -> Settings:
        """What the course says of itself."""
        return self.course.layout.settings

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the course and its assignments."""
        return self.course.problems

    @property
    def routes(self) -> Routes:
        """The addresses of the pages."""
        return self.site.routes

    def words(self, path: str) -> Words:
        """The words of the interface on a page: in its own language, or in that of the course."""
        tag = self.tag(path)
        return of(tag) if tag else self.site.words

    def tag(self, path: str) -> str:
        """The language of a page that has another than the course; a self-check speaks as its
        module does."""
        bank = self.checks.get(path)
        page = self.course.pages.get((bank.module or "") if bank else path)
        named = page.said("lang") if page else ""
        return named if named != self.settings.language else ""

    def direction(self, path: str) -> Direction:
        """Where the lines of a page begin."""
        tag = self.tag(path)
        return direction(tag) if tag else self.site.words.direction

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The languages of pages that have another than the course."""
        return tuple(filter(None, dict.fromkeys(map(self.tag, self.course.pages))))

    @cached_property
    def languages(self) -> tuple[Words, ...]:
        """The words of those pages, where they are not the words of the course."""
        found = dict.fromkeys(map(of, self.tags))
        return tuple(words for words in found if words != self.site.words)

    def beside(self) -> Edition:
        """The same for an engine that leads links in HTML on from beside the Markdown file."""
        routes = replace(self.routes, beside=True)
        return replace(self, site=self.site.again(self.course, routes))

    @property
    def title(self) -> str:
        """The name of the course."""
        return typed.words(self.settings.name)

    @cached_property
    def portions(self) -> Mapping[str, Portion]:
        """What stands on the page of each self-check, by the path of the page."""
        found = (portion for bank in self.banks for portion in portions.portions(bank))
        return {portion.path: portion for portion in found}

    def portions_of(self, bank: Bank) -> list[Portion]:
        """The pages of a bank, in order."""
        return [one for one in self.portions.values() if one.bank.id == bank.id]

    @cached_property
    def checks(self) -> Mapping[str, Bank]:
        """The bank of each self-check with the questions of its page, by the path of the page."""
        return {path: portion.bank for path, portion in self.portions.items()}

    @cached_property
    def check_of(self) -> Mapping[str | None, Bank]:
        """The first bank that checks a module, by the module's path."""
        return {bank.module: bank for bank in reversed(self.banks)}

    @cached_property
    def assigned(self) -> Mapping[str, Assignment]:
        """The assignment of each assignment's page, by the path of the page."""
        return {sheets.path(one): one for one in self.assignments}

    @cached_property
    def writer(self) -> sheets.Pages:
        """What writes the questions of assignments."""
        return sheets.Pages(self.site)

    @cached_property
    def studies(self) -> Mapping[str, str]:
        """The name of each study page, by its path; none where there is nothing to study."""
        return {study.path(name): name for name in study.TITLES} if self.banks else {}

    @cached_property
    def modules(self) -> tuple[Page, ...]:
        """The pages with objectives, in the order of the navigation, then by name."""
        nav = self.settings.nav
        order = {path: place for place, path in enumerate(navigation.paths(nav))}
        found = (page for page in self.course.pages.values() if page.objectives)
        return tuple(sorted(found, key=lambda page: (order.get(page.path, len(order)), page.path)))

    def is_broken(self, page: Page) -> bool:
        """Whether something is wrong in a page's file; only a preview gets as far as showing it."""
        return page.name in self._broken

    @cached_property
    def _broken(self) -> frozenset[str]:
        return frozenset(one.path for one in self.problems if one.severity == "error")

    def is_module(self, path: str) -> bool:
        """Whether a page has objectives."""
        return path in self._places

    def after(self, module: str | None) -> Page | None:
        """The module that comes after another, if one does."""
        place = self._places.get(module, len(self.modules)) + 1
        return self.modules[place] if place < len(self.modules) else None

    @cached_property
    def _places(self) -> Mapping[str | None, int]:
        """The place of each module among them, by its path."""
        return {page.path: place for place, page in enumerate(self.modules)}

    def is_for_teachers(self, path: str) -> bool:
        """Whether a page is no student's business."""
        page = self.course.pages.get(path)
        return contents.is_for_teachers(path, page.meta if page else {})

    @property
    def is_taken_along(self) -> bool:
        """Whether its pages become an app, a zip and books."""
        return self._is_for_taking_along and not self.settings.editions

    @property
    def is_part_of_app(self) -> bool:
        """Whether its pages, a translation, are taken along with the original."""
        return self._is_for_taking_along and bool(self.settings.editions)

    @property
    def _is_for_taking_along(self) -> bool:
        wanted = self.settings.options.get("offline") is not False
        return wanted and self.routes.has(OFFLINE) and not self.preview


def read(layout: Layout, preview: bool = False, engine: Engine | None = None) -> Edition:
    """Read a course for a build. What is wrong with it is in `problems`.

    An `engine` that can, converts pages for us and for itself at once.
    """
    cache = Cache(layout.cache)
    course = courses.load_again(layout, cache, engine)
    return _edition(course, Theme(layout.overrides), cache, preview)


def again(edition: Edition, paths: Collection[Path]) -> Edition | None:
    """An edition after an edit of these files; None where the whole has to be read again."""
    course = edits.after(edition.whole, paths) if edition.whole else None
    if course is None:
        return None
    known = [course.layout.root / one.path for one in edition.assignments]
    made = _edition(course, edition.site.theme, edition.site.cache, edition.preview, known)
    return replace(made, site=edition.site.again(made.course, made.routes))


def _edition(
    course: Course,
    theme: Theme,
    cache: Cache,
    preview: bool,
    given: Collection[Path] | None = None,
) -> Edition:
    layout, whole = course.layout, course
    found, problems = assignments.load_all(course, keep=preview, paths=given)
    course = states.published(course, drafts=preview)
    made = _generated(course, found)
    problems = [*course.problems, *problems, *clashes(course, made)]
    course = replace(course, problems=tuple(in_order(problems)))
    if preview:
        course = replace(course, banks=(*course.banks, *_kept(course)))
    made = _generated(course, found)
    shown = partial(_is_shown, layout.settings, preview)
    read = {path: page for path, page in course.pages.items() if shown(path)}
    pages = frozenset({*read, *filter(shown, (*made, *supplied.paths(course)))})
    banks = tuple(_of_shown(bank, read) for bank in course.banks)
    course = replace(course, pages=read, banks=banks)
    modules = {objective.page for objective in course.objectives.values()}
    nav = layout.settings.nav or contents.navigation(
        pages, modules, layout.settings.words
    )
    ordered = navigation.in_reading_order(course, nav)
    routes = Routes(layout.settings.use_directory_urls, pages)
    site = Site(course, theme, cache, routes)
    return Edition(course, found, site, tuple(ordered), nav, preview, whole)


def _kept(course: Course) -> Iterator[Bank]:
    """An empty bank for each that cannot be read: in a preview its page stays, with what is wrong.
    """
    there = {bank.id for bank in course.banks}
    for name, problems in course.doubts.banks.items():
        if name not in there:
            yield Bank(name, problems[0].path, name, None, None, ())


def _of_shown(bank: Bank, pages: Mapping[str, Page]) -> Bank:
    """A bank without its module, where that is not published."""
    is_hidden = bank.module and bank.module not in pages
    return replace(bank, module=None) if is_hidden else bank


def _is_shown(settings: Settings, preview: bool, path: str) -> bool:
    """Whether the settings do not leave a page out."""
    return not settings.hides(path, preview)


def _generated(course: Course, found: tuple[Assignment, ...]) -> set[str]:
    """The paths of the pages that are made rather than written."""
    from viva.build import stage  # it needs an edition for their texts

    return stage.paths(course, found)
