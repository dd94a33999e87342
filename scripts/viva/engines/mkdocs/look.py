"""The theme as MkDocs asks for its templates, without a walk through its icons at each build."""

from __future__ import annotations

import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.theme import Theme


class Shown(FileSystemLoader):
    """Loads every template, and lists those that may be published: nothing hidden ever is.

    Material hides fourteen thousand icons, and MkDocs compares each with ten patterns.
    """

    def list_templates(self) -> list[str]:
        """The names of all templates but hidden ones."""
        return sorted({name for folder in self.searchpath for name in _names(str(folder))})


def without_icons(theme: Theme) -> None:
    """Let a theme list its templates as `Shown` does."""
    plain = theme.get_env

    def get_env() -> Environment:
        made = plain()
        made.loader = Shown(theme.dirs)
        return made

    theme.get_env = get_env  # type: ignore[method-assign]


def _names(folder: str) -> list[str]:
    found = []
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        within = Path(at).relative_to(folder)
        found += [(within / name).as_posix() for name in names if not name.startswith(".")]
    return found
