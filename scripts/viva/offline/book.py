"""The course as a book: chapters in reading order, the questions after them, the answers last.

What stands on several pages of the site, such as a question inside a module, stands once in the
book, and everywhere else is a reference to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from viva.bank import types
from viva.bank.banks import Bank
from viva.base.words import ENGLISH, Words
from viva.offline.asked import Asked, Printer
from viva.site import embed, search
from viva.site.embed import Embed
from viva.site.routes import check_path
from viva.site.search import Section
from viva.site.site import Site

ID = re.compile(r'\sid="([^"]+)"')
REFERENCE_PAGES = ("summary.md", "glossary.md", "references.md", "about.md")


@dataclass(frozen=True)
class Source:
    """A page of the site as it was before its questions came in."""

    path: str
    """Where the page was read from, such as `modules/knee.md`."""
    url: str
    title: str
    html: str
    embeds: tuple[Embed, ...]
    objectives: tuple[str, ...]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Its sections, as a search finds them."""
        return tuple(search.sections(self.html))


@dataclass(frozen=True)
class Chapter:
    """One chapter; its links are those of the page of the site that has this address."""

    part: str
    url: str
    title: str
    html: str

    @property
    def name(self) -> str:
        """A name that no other chapter has, fit for a file or an anchor."""
        return self.url.removesuffix(".html").removesuffix("/index").replace("/", "-")


@dataclass(frozen=True)
class About:
    """What stands on the title page."""

    name: str
    title: str
    description: str
    author: str
    language: str
    copyright: str
    caution: str
    licence: str
    revised: str
    """The latest day on which a page was revised, as in 2026-11-22."""
    words: Words = ENGLISH


@dataclass(frozen=True)
class Book:
    """A course from its title to its last answer."""

    about: About
    chapters: tuple[Chapter, ...]
    anchors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Address of a chapter to every id in it."""

    @cached_property
    def by_url(self) -> Mapping[str, Chapter]:
        """Each chapter by its address."""
        return {one.url: one for one in self.chapters}


def compose(about: About, sources: Iterable[Source], banks: list[Bank], site: Site) -> Book:
    """The book of a course whose pages are given in the order in which they are read."""
    chapters = tuple(_Composer(list(sources), banks, site).chapters())
    anchors = {one.url: frozenset(ID.findall(one.html)) for one in chapters}
    return Book(about, chapters, anchors)


class _Composer:
    """Knows which page a case is told on, and the number of every other question."""

    def __init__(self, sources: list[Source], banks: list[Bank], site: Site) -> None:
        self._modules = [source for source in sources if source.objectives]
        self._cases = [source for source in sources if _tells_a_case(source)]
        found = {source.path: source for source in sources}
        self._back = [found[path] for path in REFERENCE_PAGES if path in found]
        self._banks, self._site = banks, site
        told = {q.id: one for one in self._cases for e in one.embeds for q in e.questions}
        self._asked = _places(banks, told, site)
        self._printer = Printer(site, self._asked)

    def chapters(self) -> Iterator[Chapter]:
        words = self._site.words
        for source in self._modules:
            yield self._chapter(words.say("Modules"), source, source.title)
        for source in self._cases:
            yield self._chapter(words.say("Cases"), source, source.title)
        yield from self._questions()
        yield from self._answers()
        for source in self._back:
            yield self._chapter(words.say("Summary and reference"), source, source.title)

    def _chapter(self, part: str, source: Source, title: str) -> Chapter:
        root = "../" * source.url.count("/")
        html = embed.with_questions(source.html, lambda n: self._embed(source, n, root))
        if source.objectives:
            html = html.replace("</h1>", f"</h1>{self._printer.objectives(source.objectives)}", 1)
        return Chapter(part, source.url, title, html)

    def _embed(self, source: Source, number: int, root: str) -> str:
        found = source.embeds[number]
        places = [self._asked[question.id] for question in found.questions]
        if any(place.url == source.url for place in places):
            return "".join(self._printer.ask(question, root) for question in found.questions)
        return self._printer.pointer(found.mode, places, root)

    def _questions(self) -> Iterator[Chapter]:
        words = self._site.words
        for bank in self._banks:
            url = self._site.routes.file(check_path(bank))
            root = self._site.routes.root(check_path(bank))
            asked = [q for q in bank.questions if self._asked[q.id].url == url]
            if asked:
                title = words.say("Questions: {title}", title=bank.title)
                texts = "".join(self._printer.ask(question, root) for question in asked)
                html = f"<h1>{escape(title)}</h1>{texts}"
                yield Chapter(words.say("Questions"), url, title, html)

    def _answers(self) -> Iterator[Chapter]:
        words = self._site.words
        for bank in self._banks:
            title = words.say("Answers: {title}", title=bank.title)
            keys = "".join(self._printer.answer(question, "../") for question in bank.questions)
            part = words.say("Answers")
            yield Chapter(part, _answers(bank), title, f"<h1>{escape(title)}</h1>{keys}")


def _places(banks: list[Bank], told: Mapping[str, Source], site: Site) -> dict[str, Asked]:
    """Where every question is asked and answered, and what it is called there."""
    found, number = {}, 0
    words, routes = site.words, site.routes
    for bank in banks:
        for question in bank.questions:
            source = told.get(question.id)
            if source:
                label, url = source.title, source.url
            else:
                number += 1
                label = words.say("Question {n}", n=number)
                url = routes.file(check_path(bank))
            found[question.id] = Asked(question.id, label, url, _answers(bank), bool(source))
    return found


def _tells_a_case(source: Source) -> bool:
    questions = [question for one in source.embeds for question in one.questions]
    is_page = all(one.mode == "checkpoint" for one in source.embeds)
    of_case = any(types.steps(question) for question in questions)
    return is_page and of_case and not source.objectives


def _answers(bank: Bank) -> str:
    return f"answers/{bank.id}.html"
