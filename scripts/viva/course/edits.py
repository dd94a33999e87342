"""A course after an edit of some of its pages and banks: nothing else is read again.

That is right only while an edited file says to others what it said before. Where it may say more,
such as a new title or a term of the glossary, there is no such course: the whole is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from viva.bank import banks
from viva.bank.banks import Bank, LoadedBank, flat
from viva.base.problems import Problem, has_errors, in_order
from viva.course import front, glossary, links, pages
from viva.course.courses import Course
from viva.course.pages import Page

OWN = ("description", "revised")
"""What front matter says of its page alone, or in lists of pages."""


def after(course: Course, paths: Collection[Path]) -> Course | None:
    """The course with these files as they are now; None where the whole has to be read."""
    if has_errors(course.problems):
        return None
    names = {course.layout.name(path) for path in paths}
    old = {page.name: page for page in course.pages.values() if page.name in names}
    if names - old.keys() - course.sources.keys():
        return None
    read = {page.path: _again(page, course) for page in old.values()}
    loaded = {name: banks.load(course.layout.root / name, name) for name in names - old.keys()}
    found = _with(course, read, loaded)
    is_same = all(_says_the_same(course.pages[path], page) for path, page in read.items())
    if not (found and is_same and found.glossary == course.glossary):
        return None
    problems = [one for one in course.problems if one.path not in names]
    problems += [*links.problems(found, names), *_of_fronts(read.values())]
    whole = replace(found, problems=tuple(in_order(problems)))
    return None if has_errors(whole.problems) else whole


def _again(page: Page, course: Course) -> Page:
    docs, root = course.layout.docs, course.layout.root
    return pages.load(docs / page.path, docs, root, page.converter)


def _with(course: Course, read: dict[str, Page], loaded: dict[str, LoadedBank]) -> Course | None:
    """The course with these pages and banks in the place of what they were."""
    made = {name: one.bank for name, one in loaded.items() if one.bank and not one.problems}
    old = {bank.path: bank for bank in course.banks if bank.path in loaded}
    if loaded.keys() - made.keys() or loaded.keys() - old.keys():
        return None
    cards = {card.id for deck in course.cards.values() for card in deck}
    if not all(_asks_the_same(old[name], bank, cards) for name, bank in made.items()):
        return None
    page = read.get(glossary.PAGE)
    return replace(
        course,
        pages={**course.pages, **read},
        banks=tuple(made.get(bank.path, bank) for bank in course.banks),
        sources={**course.sources, **{name: one.source for name, one in loaded.items()}},
        glossary=tuple(glossary.terms(page.text)) if page else course.glossary,
    )


def _says_the_same(old: Page, new: Page) -> bool:
    """Whether others know of a page what they knew; it may have more places to link to."""
    before, now = (_fields(page) for page in (old, new))
    is_read = not new.front.problems and new.text != ""
    return is_read and before == now and old.title == new.title and old.anchors <= new.anchors


def _fields(page: Page) -> dict[str, Any]:
    return {name: value for name, value in page.meta.items() if name not in OWN}


def _asks_the_same(old: Bank, new: Bank, cards: Collection[str]) -> bool:
    """Whether a bank still has its title, its module and every question that others may ask."""
    before, now = ({one.id for one in flat(bank.questions)} for bank in (old, new))
    is_known = (old.id, old.title, old.module) == (new.id, new.title, new.module)
    return is_known and before <= now and not now & set(cards)


def _of_fronts(read: Collection[Page]) -> Iterator[Problem]:
    for page in read:
        yield from front.problems(page)
