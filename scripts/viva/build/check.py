"""Links of a finished site, for engines that do not look at all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from viva.base.files.paths import real
from viva.base.problems import Problem
from viva.base.words import say
from viva.build.edition import Edition
from viva.build.finish import ARTICLE

LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
NAMED = re.compile(r"^the link to (\S+) leads nowhere")
ID = re.compile(r'\s(?:id|name)="?([^"\s>]+)')


def links(edition: Edition, site: Path) -> Iterator[Problem]:
    """Every link in the text of a page that leads nowhere, with the line that likely has it."""
    for path in sorted(edition.routes.pages):
        file = site / edition.routes.file(path)
        for target in _targets(file) if file.is_file() else ():
            if not _leads_somewhere(target, file, site):
                yield _problem(edition, path, target)


def _targets(file: Path) -> list[str]:
    article = ARTICLE.search(file.read_text("utf-8"))
    found = LINK.findall(article[2]) if article else []
    return list(dict.fromkeys(map(unescape, found)))


def _problem(edition: Edition, path: str, target: str) -> Problem:
    message = say("the link to {target} leads nowhere (correct the address)", target=target)
    page = edition.course.pages.get(path)
    if page is None:
        docs = edition.course.layout.docs
        return Problem(edition.course.layout.name(docs / path), 1, 1, "EN001", message)
    return page.problem(line(page.text, target), 1, "EN001", message)


def _leads_somewhere(target: str, file: Path, site: Path) -> bool:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return True
    place = real(file.parent / unquote(parts.path)) if parts.path else file
    place = place / "index.html" if place.is_dir() else place
    if not place.is_relative_to(real(site)) or not place.is_file():
        return False
    anchor = unquote(parts.fragment)
    return not anchor or place.suffix != ".html" or anchor in _ids(place)


@cache
def _ids(file: Path) -> frozenset[str]:
    return frozenset(ID.findall(file.read_text("utf-8")))


def named(problem: Problem) -> list[str]:
    """The part of a problem's link by which the author has most likely written it."""
    found = NAMED.search(problem.message)
    return [_stem(found[1])] if found and _stem(found[1]) else []


def _stem(target: str) -> str:
    return unquote(urlsplit(target).path.rstrip("/").rpartition("/")[2]).removesuffix(".html")


def line(text: str, target: str) -> int:
    """The line of a page in which the target, or its last part, is named."""
    wanted = _stem(target) or target.lstrip("#")
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if wanted in line), 1)
