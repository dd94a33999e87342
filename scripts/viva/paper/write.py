"""Every document of every version of an assignment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from viva.assignments.model import Assignment
from viva.paper import content, docx, pdf
from viva.paper.pdf import Kind
from viva.site.site import Site

KINDS: tuple[Kind, ...] = get_args(Kind)
WRITERS = {"pdf": pdf.write, "docx": docx.write}


@dataclass(frozen=True)
class Copies:
    """What to print."""

    versions: int = 1
    seed: str = "1"
    large: bool = False
    formats: tuple[str, ...] = ("pdf", "docx")


def write(assignment: Assignment, site: Site, folder: Path, copies: Copies) -> Iterator[Path]:
    """Write the documents one after the other, and say each one's path."""
    folder.mkdir(parents=True, exist_ok=True)
    markdown = site.context("")
    docs = site.course.layout.docs
    size = "-large" if copies.large else ""
    for version in range(copies.versions):
        paper = content.paper(assignment, version, copies.seed, markdown)
        for kind in KINDS:
            for ending in copies.formats:
                path = folder / f"{assignment.id}-{paper.version}-{kind}{size}.{ending}"
                WRITERS[ending](path, paper, kind, docs, copies.large)
                yield path
