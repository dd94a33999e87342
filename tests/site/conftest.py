"""The built course as parsed pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag


@dataclass(frozen=True)
class Page:
    """One HTML file of the built course; faults are reported under its name."""

    site: Path
    path: Path

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.path.read_text(encoding="utf-8"), "html.parser")

    @property
    def name(self) -> str:
        return self.path.relative_to(self.site).as_posix()

    @cached_property
    def ids(self) -> list[str]:
        return [str(tag["id"]) for tag in self.soup.find_all(id=True)]

    @property
    def has_question(self) -> bool:
        return bool(self.soup.find(["viva-question", "viva-quiz"]))

    def addresses(self) -> Iterator[tuple[Tag, str]]:
        """Every address that the page links to or loads, with its tag."""
        for attribute in ("href", "src", "poster", "data", "action"):
            for tag in self.soup.find_all(attrs={attribute: True}):
                yield tag, str(tag[attribute])
        for tag in self.soup.find_all(srcset=True):
            for candidate in str(tag["srcset"]).split(","):
                yield tag, candidate.split()[0]


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Page]:
    """Every page of the built course."""
    found = [Page(site, path) for path in sorted(site.rglob("*.html"))]
    assert found
    return found
