"""Addresses: where a Markdown file of the course is found in the site.

All of them are relative, so that a site works from a disk, from a server's root and below it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import dirname, join

from viva.bank.banks import Bank

SELF_CHECKS, STUDY, ASSIGNMENTS = "self-checks", "study", "assignments"
"""The folders of the pages that are made from banks, for studying, and from assignments."""
INDEXES = ("index", "README")


@dataclass(frozen=True)
class Routes:
    """The addresses of a course, whose pages are files (`ecg.html`) or `folders` (`ecg/`)."""

    folders: bool = False
    pages: frozenset[str] = frozenset()
    """Every page that the site has, by its Markdown file."""
    beside: bool = False
    """Whether links are written as from beside the Markdown file: an engine leads them on."""

    def file(self, path: str) -> str:
        """The HTML file that a Markdown file becomes, from the site's root."""
        stem = path.removesuffix(".md")
        folder, name = dirname(stem), stem.rpartition("/")[2]
        if name in INDEXES:
            return join(folder, "index.html")
        return join(folder, name, "index.html") if self.folders else f"{stem}.html"

    def url(self, path: str) -> str:
        """The address of a page from the site's root; empty for the root itself."""
        file = self.file(path)
        return file.removesuffix("index.html") if self.folders else file

    def root(self, path: str) -> str:
        """The way from a page to the site's root: empty, or `../` once or more."""
        return "../" * (path if self.beside else self.file(path)).count("/")

    def link(self, target: str, root: str) -> str:
        """The link to a file under docs/ and its anchor, from a page `root` away from the root."""
        path, mark, anchor = target.partition("#")
        url = self.url(path) if path.endswith(".md") else path
        return f"{root}{url}{mark}{anchor}" or "./"

    def has(self, path: str) -> bool:
        """Whether the site has a page, so that it may be linked."""
        return path in self.pages


def check_path(bank: Bank) -> str:
    """Where a bank's self-check stands among the pages of the course."""
    return f"{SELF_CHECKS}/{bank.id}.md"


def generated(banks: Iterable[Bank]) -> Iterable[str]:
    """The pages that every course with questions gets."""
    listed = list(banks)
    yield from map(check_path, listed)
    if listed:
        yield f"{SELF_CHECKS}/index.md"
        yield from (f"{STUDY}/{name}.md" for name in ("progress", "review", "practice"))
