"""The glossary: a definition list in `glossary.md`, whose terms explain themselves elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from markdown.extensions.toc import slugify, slugify_unicode

from viva.course import fields

PAGE = "glossary.md"
TERM = re.compile(
    r"^(?P<term>(?![-+*>][ \t]|#+[ \t]|!!!|!\[|\?\?\?|===|///)[^\s:|].*?)[ \t]*\n"
    r"(?:[ \t]*\n)?:[ \t]+"
    r"(?P<said>.+(?:\n(?![ \t]*:[ \t])(?!\S.*\n(?:[ \t]*\n)?:[ \t])[ \t]*\S.*)*)$",
    re.MULTILINE,
)
"""A term and the first paragraph that is said of it."""
SHORT = re.compile(r"^(?P<name>.+?)\s*\((?P<short>[A-Z][\w/-]*[A-Z0-9]\w*|[A-Z]{2,})\)$")
ATTRIBUTES = re.compile(r"(?<=[^\s\w])\{:?[ \t]*[#.:][^}]*\}")
OWN = re.compile(r"\{:?[^}]*#(?P<id>[^\s}]+)[^}]*\}[ \t]*$")


@dataclass(frozen=True)
class Term:
    """A term, its abbreviation if it has one, and its definition as plain text."""

    name: str
    short: str | None
    definition: str
    own: str | None = None
    """The id that its author gave it, as in `Adduction { #term-adduction }`."""

    @property
    def title(self) -> str:
        """The term as the glossary prints it."""
        return f"{self.name} ({self.short})" if self.short else self.name

    @property
    def anchor(self) -> str:
        """The id of the term on the glossary page."""
        if self.own:
            return self.own
        slug = slugify_unicode if _lost(self.name) else slugify
        return f"term-{slug(self.name, '-')}"


def terms(text: str) -> Iterator[Term]:
    """The terms of a glossary page."""
    for found in TERM.finditer(text):
        title = _unmarked(OWN.sub("", found["term"]))
        short = SHORT.match(title)
        name = short["name"] if short else title
        own = OWN.search(found["term"])
        said = _unmarked(found["said"])
        yield Term(name, short["short"] if short else None, said, own["id"] if own else None)


def anchors(text: str) -> dict[str, str]:
    """The id of each term of a glossary page, by the line of Markdown that it is."""
    found = zip(TERM.finditer(text), terms(text), strict=True)
    return {one["term"].strip(): term.anchor for one, term in found}


def _lost(name: str) -> bool:
    """Whether a name has letters that are none of ASCII's, even without their accents."""
    apart = unicodedata.normalize("NFKD", name)
    return any(one.isalnum() and not one.isascii() for one in apart)


def _unmarked(text: str) -> str:
    return " ".join(fields.spoken(ATTRIBUTES.sub("", text)).split())


def abbreviations(glossary: Iterator[Term] | tuple[Term, ...]) -> dict[str, str]:
    """Each abbreviation with what it stands for."""
    return {term.short: term.name for term in glossary if term.short}
