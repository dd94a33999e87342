"""What an edit changes in a site that is there already: the pages to make again, and no others.

An edition knows what hangs on what. Where an edit reaches further than text, such as a title in
the navigation or a problem that every page would show, there is no such list: all is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viva.bank.banks import flat
from viva.build import edition as editions
from viva.build import stage
from viva.build.edition import Edition
from viva.course.pages import Page
from viva.site import labels

PAGE = ".md"


@dataclass(frozen=True)
class Edit:
    """An edition after an edit of its files."""

    edition: Edition
    pages: frozenset[str]
    """The pages of which something has changed, by their paths."""
    made: Mapping[str, str]
    """What has changed of all that is made rather than written: path to Markdown or data."""


def of(
    old: Edition,
    paths: Collection[Path],
    made: Mapping[str, str],
    look: Callable[[Edition], Edition] = lambda found: found,
) -> Edit | None:
    """What an edit of these files comes to; None where all has to be made again.

    `made` is all that was made for the old edition, path to text; `look` adds problems that others
    find in an edition, as it did for the old one.
    """
    new = editions.again(old, paths)
    new = look(new) if new else None
    if new is None or _common(old) != _common(new):
        return None
    edited = list(_edited(old, new))
    if any(_figures(before) != _figures(now) for before, now in edited):
        return None
    asked = set(_asked(old, new, edited))
    checks = set(_checks(old, new, asked))
    data = stage.files(new)
    if data.keys() != {path for path in made if not path.endswith(PAGE)}:
        return None
    fresh = dict(stage.checks(new, checks)) | dict(stage.overviews(new)) | data
    changed = {path: text for path, text in fresh.items() if made.get(path) != text}
    pages = {now.path for _, now in edited} | checks | set(_asking(old, new, asked))
    pages |= {path for path in changed if path in new.routes.pages}
    if any(_listed(before) != _listed(now) for before, now in edited):
        pages |= set(_listing(new, fresh))
    return Edit(new, frozenset(pages), changed)


def _common(edition: Edition) -> tuple[Any, ...]:
    """What pages may show of other parts of the course, as far as an edit of text can change it."""
    return (
        edition.contents,
        edition.routes.pages,
        [(bank.id, bank.title, bank.module) for bank in edition.banks],
        {question.type for question in flat(edition.course.questions.values())},
        edition.site.has_formulas,
        [problem for problem in edition.problems if problem.severity != "info"],
    )


def _edited(old: Edition, new: Edition) -> Iterator[tuple[Page, Page]]:
    """Each page that was read again, as it was and as it is."""
    for path, page in new.course.pages.items():
        if page is not old.course.pages[path]:
            yield old.course.pages[path], page


def _figures(page: Page) -> list[str]:
    """The figures on a page whose labels may be cards."""
    return labels.SHOWN.findall(page.body)


def _listed(page: Page) -> tuple[Any, ...]:
    """What lists of pages say of one."""
    return page.minutes, page.said("description"), page.title


def _listing(edition: Edition, made: Mapping[str, str]) -> Iterator[str]:
    """The pages with lists of pages, written or made."""
    for path, page in edition.course.pages.items():
        if any(one.mode in stage.PARTS for one in page.directives):
            yield path
    yield from (path for path, text in made.items() if "[viva " in text)


def _asked(old: Edition, new: Edition, edited: Collection[tuple[Page, Page]]) -> Iterator[str]:
    """The questions that look otherwise than before: their texts, or the name of what they lead to.
    """
    renamed = {place for before, now in edited for place in _renamed(before, now)}
    known = old.course.questions
    for name, question in new.course.questions.items():
        is_same = known.get(name) is question or known.get(name) == question
        if not is_same or (renamed and any(one.read in renamed for one in flat([question]))):
            yield name


def _renamed(before: Page, now: Page) -> Iterator[str]:
    """The sections of a page that are new or called otherwise, as questions name them."""
    for anchor, title in now.headings.items():
        if before.headings.get(anchor) != title:
            yield f"{now.path}#{anchor}"


def _checks(old: Edition, new: Edition, asked: Collection[str]) -> Iterator[str]:
    """The self-checks of banks that were read again, or that ask one of these questions."""
    before = {bank.id: bank for bank in old.banks}
    changed = {bank.id for bank in new.banks if before[bank.id] is not bank}
    for path, bank in new.checks.items():
        if bank.id in changed or any(question.id in asked for question in bank.questions):
            yield path


def _asking(old: Edition, new: Edition, asked: Collection[str]) -> Iterator[str]:
    """The pages that ask one of these questions, and the assignments that are other ones now."""
    for path, page in new.course.pages.items() if asked else ():
        if any(name in asked for one in page.directives for name in one.ids):
            yield path
    for path, assignment in new.assigned.items():
        is_same = old.assigned.get(path) == assignment
        if not is_same or any(question.id in asked for question in assignment.questions):
            yield path
