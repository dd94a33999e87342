"""Ids on a page that something else has too: another part of it, or the site's own scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from viva.bank.banks import flat
from viva.base.problems import Problem
from viva.base.words import say
from viva.course import fields, glossary, notes
from viva.course.glossary import Term
from viva.course.pages import Page

if TYPE_CHECKING:
    from viva.course.courses import Course

ANOTHER = say("rename the heading, or give it an id: ## Heading { #another-id }")
KEPT = re.compile(
    r"__(?:analytics|config|consent|drawer|nav[_\d]*|palette(?:_\d+)?|search|settings|toc)"
    r"|viva-(?:clearing|finish|objectives)"
)
"""What scripts and labels of the site find their own parts by."""
GIVEN = re.compile(
    r"\{:?[^{}\n]*?#(?P<own>[^\s{}]+)[^{}\n]*\}|<[^<>]*\sid=[\"']?(?P<html>[^\s\"'<>]+)"
)
"""An id that somebody typed."""


def problems(page: Page, course: Course) -> Iterator[Problem]:
    """Each with its place on the page; a link, a browser or a script would find the wrong one."""
    yield from _questions(page, course)
    yield from _objectives(page)
    yield from _kept(page)
    yield from _twice(page)
    if page.path == glossary.PAGE:
        yield from _terms(page)


def declared(page: Page) -> list[Any]:
    """What a page declares as objectives, sound or not."""
    found = page.meta.get("objectives")
    return found if isinstance(found, list) else []


def _questions(page: Page, course: Course) -> Iterator[Problem]:
    taken, asked = page.marked.ids, course.questions
    for one in page.directives:
        for question in flat([asked[name] for name in one.ids if name in asked]):
            if question.id in taken:
                yield page.problem(one.line, one.column, "MD501", _also(question.id))


def _objectives(page: Page) -> Iterator[Problem]:
    for number, objective in enumerate(declared(page)):
        name = objective.get("id") if isinstance(objective, dict) else None
        if isinstance(name, str) and name in page.marked.ids:
            yield page.front.problem(("objectives", number, "id"), "MD501", _also(name))


def _also(name: str) -> str:
    return say(
        "a heading on this page is #{name} too ({advice})", name=name, advice=ANOTHER
    )


def _kept(page: Page) -> Iterator[Problem]:
    terms = glossary.terms(page.text) if page.path == glossary.PAGE else ()
    for name in sorted(page.marked.ids | {term.anchor for term in terms}):
        if KEPT.fullmatch(name):
            message = say(
                "the site itself needs the id #{name} (write another here: { #another-id })",
                name=name,
            )
            yield page.problem(*_place(page, name), "MD501", message)


def _twice(page: Page) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for name, at in _given(page):
        line, column = _spot(page, at)
        if name in seen and name in page.marked.ids:
            message = say(
                "the id #{name} is on this page twice, first on line {line} (give one another)",
                name=name, line=str(seen[name]),
            )
            yield page.problem(line, column, "MD501", message, "warning")
        seen.setdefault(name, line)


def _terms(page: Page) -> Iterator[Problem]:
    """Terms and abbreviations that explain two things: readers are told the first."""
    seen: dict[str, int] = {}
    found = zip(glossary.TERM.finditer(page.text), glossary.terms(page.text), strict=True)
    for line, term in ((page.text.count("\n", 0, at.start()) + 1, term) for at, term in found):
        again = [name for name in _names(term) if name in seen][-1:]
        for name in again:
            message = say(
                "{name} is in the glossary twice, first on line {line} (keep one)",
                name=term.short if name == term.short else term.name, line=str(seen[name]),
            )
            yield page.problem(line, 1, "MD501", message, "warning")
        seen = {**dict.fromkeys(_names(term), line), **seen}


def _names(term: Term) -> tuple[str, ...]:
    return tuple(filter(None, (term.anchor, term.short)))


def _given(page: Page) -> Iterator[tuple[str, int]]:
    """Each id that was typed, and where."""
    for found in GIVEN.finditer(notes.bare(page.body)):
        kind = str(found.lastgroup)
        yield found[kind], found.start(kind)


def _place(page: Page, name: str) -> tuple[int, int]:
    """Where an id was typed, or the line that says what the heading says that has it."""
    places = [at for given, at in _given(page) if given == name]
    said, at = page.headings.get(name, ""), 0
    for line in page.body.splitlines(keepends=True) if said else ():
        places += [at + len(line) - len(line.lstrip("# "))] if said in fields.spoken(line) else []
        at += len(line)
    return _spot(page, places[0]) if places else (1, 1)


def _spot(page: Page, at: int) -> tuple[int, int]:
    """Line and column of a place in the body of a page."""
    at += len(page.text) - len(page.body)
    return page.text.count("\n", 0, at) + 1, at - page.text.rfind("\n", 0, at)
