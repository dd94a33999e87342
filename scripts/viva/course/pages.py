"""Markdown pages as far as questions need to know them: objectives, anchors, directives, citations.

What stands where is never guessed from the text: the page is converted as its engine does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from viva.base import net
from viva.base.problems import Problem, Severity
from viva.base.reader import FRONT_MATTER, Source, read_front_matter, read_text
from viva.base.words import say
from viva.course import directives, glossary
from viva.course.conversion import Converter
from viva.course.directives import Directive, Marked
from viva.formulas import typed

UNREAD = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|\[(?<=^\[)viva[^\]]*\]|/(?<=^/)//.*$|\[@[^\]]*\]|\]\([^)]*\)"
    r"|\{[^}]*\}|<[^>]*>|&\w+;|`[^`]*`",
    re.MULTILINE,
)
SETTING = re.compile(r"[ ]{0,3}[\w-]+:")
EMPTY = say("the page is empty (write a # heading and its text, or delete the file)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Objective:
    """What a reader can do after a module."""

    id: str
    text: str
    level: str | None
    page: str


@dataclass(frozen=True)
class Page:
    """A Markdown page. `path` is relative to the docs folder, `name` as messages print it."""

    path: str
    name: str
    text: str
    front: Source
    converter: Converter = field(repr=False, compare=False)

    @property
    def meta(self) -> Mapping[str, Any]:
        """The front matter, {} where there is none or it is broken."""
        return self.front.data if isinstance(self.front.data, dict) else {}

    @property
    def title(self) -> str:
        """What the page is called: in its front matter, in its first heading, or its file."""
        given = self.meta.get("title")
        if isinstance(given, str) and given.strip():
            return typed.words(given.strip())
        return next(iter(self.headings.values()), self.path)

    def said(self, name: str) -> str:
        """A field of the front matter that is a text, empty where there is none; a formula in it
        is a line of text."""
        given = self.meta.get(name)
        return typed.words(given) if isinstance(given, str) else ""

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """The objectives that the front matter declares; broken ones as far as they can be told."""
        declared = self.meta.get("objectives")
        listed = declared if isinstance(declared, list) else []
        return tuple(
            Objective(item["id"], _text(item, "text") or "", _text(item, "level"), self.path)
            for item in listed
            if isinstance(item, dict) and isinstance(item.get("id"), str)
        )

    @cached_property
    def body(self) -> str:
        """The Markdown without the front matter."""
        return self.text[self._skipped :]

    @cached_property
    def marked(self) -> Marked:
        """What the page's conversion says of its directives, citations, headings and ids."""
        line = self.text.count("\n", 0, self._skipped) + 1
        nothing = Marked(self.body, (), {}, frozenset())
        read = partial(directives.read, self.body, self.converter, line)
        return net.attempt(read, nothing, self.name, say("what is on this page"))

    @property
    def is_converted(self) -> bool:
        """Whether an earlier run has converted it."""
        return self.converter.has(directives.MARKS, self.body)

    def know(self, marked: Marked) -> None:
        """Take what another process has found out."""
        vars(self)["marked"] = marked

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The addresses that its text links to or shows, each once; but for those in raw HTML."""
        may_link = "](" in self.body or "]:" in self.body
        found = self.converter.links(self.body) if may_link else []
        return tuple(dict.fromkeys(filter(None, found)))

    @property
    def headings(self) -> Mapping[str, str]:
        """Anchor to heading text, in order."""
        return {name: typed.words(said) for name, said in self.marked.headings.items()}

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every id that a link to this page may name: what it embeds and declares has one too."""
        made = [name for directive in self.directives for name in directive.ids]
        made += [objective.id for objective in self.objectives]
        if self.path == glossary.PAGE:
            made += [term.anchor for term in glossary.terms(self.text)]
        return self.marked.ids | {*made}

    def has(self, anchor: str) -> bool:
        """Whether a link may name an id; of a page that cannot be read nobody knows."""
        return anchor in self.anchors or (self.front.data is None and not self.text)

    @property
    def directives(self) -> tuple[Directive, ...]:
        """The questions that the page embeds."""
        return self.marked.directives

    def citations(self) -> Iterator[tuple[str, int, int]]:
        """Each cited key with its line and column."""
        for cited in self.marked.citations if "[@" in self.text else ():
            yield from cited.places()

    @cached_property
    def minutes(self) -> int:
        """Reading time at 200 words a minute, at least one."""
        words: int = self.converter.kept("words", self.body, lambda: len(self.words()))
        return max(1, round(words / 200))

    def words(self) -> list[str]:
        """The words that a reader reads: no front matter, markup, formulas or citations."""
        parts = typed.parts(self.body)
        text = " ".join(part for part, is_formula in parts if not is_formula)
        return WORD.findall(UNREAD.sub(" ", text))

    @property
    def _skipped(self) -> int:
        found = FRONT_MATTER.match(self.text)
        return found.end() if found else 0

    def problem(
        self, line: int, column: int, code: str, message: str, severity: Severity = "error"
    ) -> Problem:
        """A problem at a place in this page."""
        return Problem(self.name, line, column, code, message, severity)


def load(path: Path, docs: Path, root: Path, converter: Converter) -> Page:
    """Read a page. What is wrong in its front matter is in `front.problems`."""
    name = path.relative_to(root).as_posix()
    front = read_front_matter(path, name)
    text = read_text(path, name)
    text = "" if isinstance(text, Problem) else text
    if not text.strip() and not front.problems:
        front, text = Source(name, None, {}, (Problem(name, 1, 1, "RD003", EMPTY),)), ""
    return Page(path.relative_to(docs).as_posix(), name, text, front, converter)


def with_room(text: str) -> str:
    """The text of a page that cannot be taken for settings: engines leave out a first `Note: …`."""
    plain = not FRONT_MATTER.match(text) and SETTING.match(text)
    return f"\n{text}" if plain else text


def _text(item: Mapping[str, Any], name: str) -> str | None:
    found = item.get(name)
    return found if isinstance(found, str) else None
