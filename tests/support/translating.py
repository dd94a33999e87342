"""A translation that nobody had to write: every text with a sign before it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from babel.messages.pofile import read_po

from viva.translation import catalogues

SIGN = "ü "


def signed(said: str) -> str:
    """What stands for the translation of a text."""
    return f"| {SIGN}{said[1:]}" if said.startswith("|") else f"{SIGN}{said}"


def fill(folder: Path, language: str, wanted: Callable[[str], bool] = bool) -> None:
    """Translate every text in the files of a language, unless its name is not wanted."""
    for path in folder.rglob(f"*.{language}.po"):
        with path.open("rb") as file:
            known = read_po(file, locale=language)
        for one in known:
            if one.id and wanted(f"{one.context}: {one.id}"):
                one.string = signed(str(one.id))
        path.write_text(catalogues.written(known), encoding="utf-8")
