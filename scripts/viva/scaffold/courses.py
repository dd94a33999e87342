"""What `viva new course` writes: a small course that builds, for a teacher to replace."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from viva.base.refused import Refused

FILES = resources.files("viva.scaffold") / "course"
TITLE = "@TITLE@"
NAMED = {"gitignore": ".gitignore"}
"""A package does not carry every name."""
ABBREVIATION = 3
"""A name of up to so many letters is written in capitals, as ECG is."""


def new_course(folder: Path) -> list[Path]:
    """Write a complete course into an empty or new folder. Returns what was written."""
    title = _title(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} is there already and not empty (choose another name)")
    written = []
    for name, file in _files(FILES):
        path = folder / NAMED.get(name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.read_text("utf-8").replace(TITLE, title), "utf-8", newline="\n")
        written.append(path)
    return written


def _title(folder: Path) -> str:
    """The name of the course, from that of its folder."""
    words = folder.name.replace("-", " ").replace("_", " ").split()
    name = " ".join(words)
    if not name.replace(" ", "").isalnum():
        said = "use letters, digits and hyphens, as in viva new course ecg"
        raise Refused(f"{folder.name!r} cannot be the name of a course ({said})")
    return name.upper() if len(name) <= ABBREVIATION else name[0].upper() + name[1:]


def _files(folder: Traversable, under: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _files(entry, f"{under}{entry.name}/")
        else:
            yield f"{under}{entry.name}", entry
