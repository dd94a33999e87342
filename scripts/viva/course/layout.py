"""Where a course keeps its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """Where a course keeps its files."""

    root: Path
    docs: Path
    quizzes: Path

    @classmethod
    def of(cls, root: Path) -> Layout:
        """The layout that every course has."""
        return cls(root, root / "docs", root / "quizzes")

    def name(self, path: Path) -> str:
        """A path as messages print it: relative to the course."""
        return path.relative_to(self.root).as_posix()
