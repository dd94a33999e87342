"""Every document of every version of an assignment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from viva.assignments import papers
from viva.assignments.model import Assignment
from viva.base.letters import letter
from viva.base.words import ENGLISH, LETTERS, Words
from viva.paper import content, docx, fonts, pdf
from viva.paper.content import Kind
from viva.site.site import Site

KINDS: tuple[Kind, ...] = get_args(Kind)
MAKERS = {"pdf": pdf.made, "docx": docx.made}


@dataclass(frozen=True)
class Copies:
    """What to print."""

    versions: int = 1
    seed: str = "1"
    large: bool = False
    formats: tuple[str, ...] = ("pdf", "docx")


def documents(assignment: Assignment, site: Site, copies: Copies) -> Iterator[tuple[str, bytes]]:
    """The documents one after the other, each with its file's name."""
    markdown = site.context("")
    docs = site.course.layout.docs
    known = fonts.of(site.course.layout)
    size = "-large" if copies.large else ""
    for version in range(copies.versions):
        paper = content.paper(assignment, version, copies.seed, markdown)
        if "pdf" in copies.formats:
            fonts.check(paper, known)
        for kind in KINDS:
            for ending in copies.formats:
                name = f"{assignment.id}-{letter(version)}-{kind}{size}.{ending}"
                yield name, MAKERS[ending](paper, kind, docs, copies.large, known)


def kept(assignment: Assignment, copies: Copies, words: Words = ENGLISH) -> tuple[str, str]:
    """The file that keeps what stands where on each version: its name and its text."""
    versions = {
        letter(version): content.places(assignment, version, copies.seed, words)
        for version in range(copies.versions)
    }
    letters = words.say(LETTERS).split() if words.say(LETTERS) != LETTERS else ()
    return papers.name(assignment), papers.text(assignment, versions, letters)
