"""The navigation as mkdocs.yml has it: nested lists and mappings of titles to pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from viva.bank.banks import Bank
from viva.base.folders import is_file
from viva.base.problems import Problem, hint
from viva.base.reader import Loc
from viva.base.words import say
from viva.course import contents
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.course.links import MADE, from_root
from viva.site.routes import SELF_CHECKS, check_path

ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
MOST, GROUP = 50, 25
"""A list of more entries is shown in groups of about so many: each page bears the list it is in."""


def paths(nav: Any) -> Iterator[str]:
    """Every page that the navigation lists, in order."""
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from paths(item)


def problems(layout: Layout, pages: Collection[str], sure: bool = True) -> Iterator[Problem]:
    """Every entry of the navigation that leads to no page; `pages` are written or made.

    Where these are not sure to be all, a page that would be made is none that is missing.
    """
    settings = layout.settings
    broken = dict(_faults(settings.nav, ("nav",)))
    for loc, said in broken.items():
        yield settings.source.problem(loc, "CF001", said)
    for path, loc in _placed(settings.nav, ("nav",)):
        name = posixpath.normpath(path)
        if any(loc[: len(wrong)] == wrong for wrong in broken):
            continue
        if path.startswith("/") and not path.startswith("//"):
            folder = layout.doc("")
            yield settings.source.problem(loc, "CF001", from_root(path, folder))
        elif ELSEWHERE.match(path) or name in pages or is_file(layout.docs / name):
            continue
        elif sure or not name.startswith(MADE):
            near = hint(path, pages)
            said = say("there is no page {page} ({hint})", page=layout.doc(name), hint=near)
            yield settings.source.problem(loc, "CF001", said)


def _placed(nav: Any, loc: Loc) -> Iterator[tuple[str, Loc]]:
    if isinstance(nav, str):
        yield nav, loc
    listed = nav.items() if isinstance(nav, dict) else enumerate(_entries(nav))
    for step, item in listed:
        yield from _placed(item, (*loc, step))


def _entries(nav: Any) -> list[Any]:
    return nav if isinstance(nav, list) else []


def _faults(nav: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Where an entry is neither a page nor a title with one or with a list of them."""
    for number, entry in enumerate(_entries(nav)):
        here = (*loc, number)
        if isinstance(entry, dict) and len(entry) == 1:
            ((title, value),) = entry.items()
            if isinstance(value, list):
                yield from _faults(value, (*here, title))
            elif not isinstance(value, str):
                yield here, say(
                    "{title} names no page (write the path of one, or a list of them)", title=title
                )
        elif isinstance(entry, dict):
            yield here, say("an entry has one title (write each on a line of its own, with a -)")
        elif not isinstance(entry, str):
            yield here, say(
                "this is no page (write a path such as modules/knee.md, or a title and it)"
            )


def sections(nav: Any) -> dict[str, list[tuple[str, str]]]:
    """Title and path of every page by the section that lists it; without one, under no title.

    A page's title is empty where the navigation gives none.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for item in nav:
        for title, value in item.items() if isinstance(item, dict) else [("", item)]:
            is_page = isinstance(value, str)
            listed = [(title, value)] if is_page else _flat(value)
            found.setdefault("" if is_page else title, []).extend(listed)
    return found


def _flat(nav: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for item in nav if isinstance(nav, list) else ():
        for title, value in item.items() if isinstance(item, dict) else [("", item)]:
            found += [(title, value)] if isinstance(value, str) else _flat(value)
    return found


def in_reading_order(read: Course, nav: Any) -> list[Bank]:
    """The banks in the order in which their modules are read; others after them by title."""
    order = {path: number for number, path in enumerate(paths(nav))}
    last = len(order)
    return sorted(read.banks, key=lambda bank: (order.get(bank.module or "", last), bank.title))


def with_self_checks(nav: Any, banks: list[Bank]) -> Any:
    """The navigation with every self-check under the entry that names their index."""
    pages = [{bank.title: check_path(bank)} for bank in banks]
    index = f"{SELF_CHECKS}/index.md"

    def grown(item: Any) -> Any:
        if isinstance(item, dict):
            return {title: grown_entry(value) for title, value in item.items()}
        return item

    def grown_entry(value: Any) -> Any:
        if value == index:
            return [index, *pages]
        return [grown(item) for item in value] if isinstance(value, list) else value

    return [grown(item) for item in nav]


def in_groups(nav: Any, title: Callable[[str], str], apart: Collection[str] = ()) -> Any:
    """The navigation without long lists: their entries in groups, named for the first and the last.

    `title` names a page; home, the index of a section and entries with titles `apart` stay out.
    """
    if isinstance(nav, dict):
        return {name: in_groups(value, title) for name, value in nav.items()}
    if not isinstance(nav, list):
        return nav
    listed = [in_groups(item, title) for item in nav]
    if len(listed) <= MOST:
        return listed
    first = 1 if _entry(listed[0])[1].endswith(contents.HOME) else 0
    called = [_entry(item)[0] or title(_entry(item)[1]) for item in listed]
    every = list(zip(called, called, listed, strict=True))[first:]
    own = [one for one in every if one[0] not in apart]
    while len(own) > MOST:
        size = -(-len(own) // -(-len(own) // GROUP))
        parts = [own[at : at + size] for at in range(0, len(own), size)]
        own = [(part[0][0], part[-1][1], _group(part)) for part in parts]
    others = (item for name, _, item in every if name in apart)
    return [*listed[:first], *(item for *_, item in own), *others]


def _group(part: list[tuple[str, str, Any]]) -> dict[str, list[Any]]:
    """Entries under the title of the first and that of the last."""
    return {f"{part[0][0]} – {part[-1][1]}": [item for *_, item in part]}


def _entry(item: Any) -> tuple[str, str]:
    """The title of an entry, if it says one, and its page, if it is one."""
    name, value = next(iter(item.items())) if isinstance(item, dict) and item else ("", item)
    return str(name), value if isinstance(value, str) else ""
