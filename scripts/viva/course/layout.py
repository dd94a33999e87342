"""Where a course keeps its files."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from viva.base.files import BESIDE
from viva.base.files.paths import is_within, real
from viva.base.reader import Source
from viva.course import settings
from viva.course.settings import Settings

QUIZZES, CACHE = "quizzes", ".cache/viva"
SITTINGS = "sittings"
OVERRIDES = "overrides"
"""What the folder is called as a rule, whether the settings name it already or not."""


@dataclass(frozen=True)
class Layout:
    """Where a course keeps its files, as its settings say. Every command asks here."""

    root: Path
    docs: Path
    quizzes: Path
    settings: Settings = field(
        default_factory=lambda: Settings(Source(settings.FILE, {}, {})), compare=False
    )

    @classmethod
    def of(cls, root: Path) -> Layout:
        """The layout of the course whose settings lie in a folder."""
        read = settings.load(root)
        docs = root / (read.text("docs_dir") or "docs")
        return cls(root, docs, root / str(read.options.get("quizzes") or QUIZZES), read)

    @property
    def site(self) -> Path:
        """Where the site is built."""
        return self.root / (self.settings.text("site_dir") or "site")

    @property
    def sittings(self) -> Path:
        """Where classes, what they sent and their marks lie: no part of the course, and private."""
        return self.quizzes / SITTINGS

    @property
    def parts(self) -> tuple[Path, ...]:
        """The folders that the author fills, and their history."""
        named = (self.docs, self.quizzes, self.overrides, self.root / OVERRIDES, self.root / ".git")
        return tuple(path for path in named if path)

    @property
    def wished_cache(self) -> Path:
        """Where the settings want to keep what was made before."""
        return self.root / str(self.settings.options.get("cache") or CACHE)

    @property
    def cache(self) -> Path:
        """Where is kept what was made before: never among the author's files."""
        wished = real(self.wished_cache)
        own = any(is_within(wished, real(part)) for part in self.parts)
        if own or is_within(real(self.root), wished):
            return self.root / CACHE
        return self.wished_cache

    @property
    def printed(self) -> Path:
        """Where the course as one page waits until a browser prints it."""
        return self.printed_in("")

    def printed_in(self, language: str) -> Path:
        """The same of a translation."""
        return (self.cache_of(language) if language else self.cache) / f"{BESIDE}book" / "book.html"

    def cache_of(self, language: str) -> Path:
        """The cache of a translation."""
        cache = real(self.cache)
        return cache.with_name(f"{cache.name}-{language}")

    @property
    def overrides(self) -> Path | None:
        """The folder of files that win over those of the theme, if the settings name one."""
        given = self.settings.theme.get("custom_dir")
        return self.root / str(given) if given else None

    def doc(self, path: str) -> str:
        """A file that pages may link to, as messages print it: with the folder of the pages."""
        return self.name(self.docs / path)

    def name(self, path: Path) -> str:
        """A path as messages print it: relative to the course."""
        return Path(os.path.relpath(path, self.root)).as_posix()
