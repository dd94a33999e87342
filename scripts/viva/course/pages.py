"""Markdown pages as far as questions need to know them: objectives, anchors, directives, citations.

Pages are scanned as text, without a site engine, so that `viva check` answers at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from markdown.extensions.toc import slugify, unique

from viva.base.problems import Problem
from viva.base.reader import FRONT_MATTER, Source, read_front_matter

FENCE = re.compile(r"^[ ]{0,3}(```|~~~)")
HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$")
ATTRIBUTES = re.compile(r"\s*\{:?\s*([^}]*)\}\s*$")
ID_ATTRIBUTE = re.compile(r"(?:^|\s)#([\w:.-]+)|\bid=[\"']?([\w:.-]+)")
DIRECTIVE = re.compile(r"^\[viva(?P<mode>[ \t]+[a-z]+)?:(?P<ids>[^\]]*)\][ \t]*$")
CITATION = re.compile(r"\[@([\w:.-]+(?:\s*;\s*@[\w:.-]+)*)\]")
UNREAD = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|^\[viva[^\]]*\]|^///.*$|\[@[^\]]*\]|\]\([^)]*\)|\{[^}]*\}|<[^>]*>|&\w+;|`[^`]*`",
    re.MULTILINE,
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Objective:
    """What a reader can do after a module."""

    id: str
    text: str
    level: str | None
    page: str


@dataclass(frozen=True)
class Directive:
    """A line `[viva: id, id]` (mode "checkpoint") or `[viva before: id]` (mode "before")."""

    mode: str
    ids: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Page:
    """A Markdown page. `path` is relative to the docs folder, `name` as messages print it."""

    path: str
    name: str
    text: str
    front: Source

    @property
    def meta(self) -> Mapping[str, Any]:
        """The front matter, {} where there is none or it is broken."""
        return self.front.data if isinstance(self.front.data, dict) else {}

    @cached_property
    def headings(self) -> dict[str, str]:
        """Anchor to heading text, in order."""
        return dict(_headings(self.text))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every id that a link to this page may name."""
        return frozenset(self.headings) | {a or b for a, b in ID_ATTRIBUTE.findall(self.text)}

    @cached_property
    def directives(self) -> tuple[Directive, ...]:
        """The questions that the page embeds."""
        return tuple(directive for _, directive in directives(self.text))

    def citations(self) -> Iterator[tuple[str, int, int]]:
        """Each cited key with its line and column."""
        for number, line in _prose(self.text) if "[@" in self.text else ():
            for found in CITATION.finditer(line):
                for part in re.finditer(r"@([\w:.-]+)", found[0]):
                    yield part[1], number, found.start() + part.start() + 1

    @cached_property
    def minutes(self) -> int:
        """Reading time at 200 words a minute, at least one."""
        return max(1, round(len(self.words()) / 200))

    def words(self) -> list[str]:
        """The words that a reader reads: no front matter, markup, directives or citations."""
        return WORD.findall(UNREAD.sub(" ", FRONT_MATTER.sub("", self.text)))

    def problem(self, line: int, column: int, code: str, message: str) -> Problem:
        """A problem at a place in this page."""
        return Problem(self.name, line, column, code, message)


def load(path: Path, docs: Path, root: Path) -> Page:
    """Read a page. What is wrong in its front matter is in `front.problems`."""
    name = path.relative_to(root).as_posix()
    front = read_front_matter(path, name)
    text = "" if front.data is None else path.read_text("utf-8-sig")
    return Page(path.relative_to(docs).as_posix(), name, text, front)


def directives(text: str) -> Iterator[tuple[int, Directive]]:
    """The directives of Markdown text, each with the index of its line."""
    for number, line in _prose(text):
        found = DIRECTIVE.match(line)
        if found:
            mode = (found["mode"] or "checkpoint").strip()
            ids = tuple(part.strip() for part in found["ids"].split(",") if part.strip())
            yield number - 1, Directive(mode, ids, number)


def objectives(page: Page) -> Iterator[Objective]:
    """The objectives that a page declares in its front matter."""
    declared = page.meta.get("objectives")
    for item in declared if isinstance(declared, list) else []:
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            text = str(item.get("text", ""))
            yield Objective(item["id"], text, item.get("level"), page.path)


def _prose(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines outside the front matter and code blocks."""
    found = FRONT_MATTER.match(text)
    skip = found[0].count("\n") if found else 0
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        mark = FENCE.match(line)
        if number > skip and not mark and not fence:
            yield number, line
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]


def _headings(text: str) -> Iterator[tuple[str, str]]:
    used: set[str] = set()
    for _, line in _prose(text):
        found = HEADING.match(line)
        if not found:
            continue
        attributes = ATTRIBUTES.search(found[1])
        title = _plain(ATTRIBUTES.sub("", found[1]))
        own = ID_ATTRIBUTE.search(attributes[1]) if attributes else None
        yield (own[1] or own[2]) if own else unique(slugify(title, "-"), used), title


def _plain(title: str) -> str:
    """A heading without its markup."""
    title = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", title)
    return re.sub(r"[*_`~^]|<[^>]+>", "", title).strip()
