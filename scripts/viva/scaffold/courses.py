"""What `viva new course` writes: a small course that builds, for a teacher to replace."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from viva.base import files, windows
from viva.base.refused import Refused
from viva.base.words import say
from viva.course import guard

FILES = resources.files("viva.scaffold") / "course"
TITLE, LANGUAGE = "@TITLE@", "@LANGUAGE@"
NAMED = {"gitignore": ".gitignore"}
"""A package does not carry every name."""
ABBREVIATION = 3
"""A name of up to so many letters is written in capitals, as ECG is."""


def new_course(folder: Path, language: str = "en") -> list[Path]:
    """Write a complete course into an empty or new folder, for a site that says what is its own in
    a language. Returns what was written."""
    title = _title(folder)
    guard.outside(folder, say("choose another place"))
    with files.told(folder):
        if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
            said = say(
                "{folder} is there already and not empty (choose another name)",
                folder=folder,
            )
            raise Refused(said)
    return files.together(
        {
            folder / NAMED.get(name, name): _filled(file.read_text("utf-8"), title, language)
            for name, file in _files(FILES)
        }
    )


def _filled(text: str, title: str, language: str) -> str:
    return text.replace(TITLE, title).replace(LANGUAGE, language)


def _title(folder: Path) -> str:
    """The name of the course, from that of its folder."""
    words = folder.name.replace("-", " ").replace("_", " ").split()
    name = " ".join(words)
    if not name.replace(" ", "").isalnum():
        said = say(
            "{name} cannot be the name of a course (use letters, digits and hyphens, as in viva "
            "new course ecg)",
            name=repr(folder.name),
        )
        raise Refused(said)
    windows.prove(folder.name)
    return name.upper() if len(name) <= ABBREVIATION else name[0].upper() + name[1:]


def _files(folder: Traversable, under: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _files(entry, f"{under}{entry.name}/")
        else:
            yield f"{under}{entry.name}", entry
