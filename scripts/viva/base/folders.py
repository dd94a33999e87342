"""What lies in a folder: every entry once, whatever it is, without hanging at any of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from viva.base.files.paths import real

LEFT = (".", "~$", "#")
"""How names begin that systems and editors give to what is nobody's work."""
SYSTEM = {"thumbs.db", "desktop.ini"}


class Kind(Enum):
    """What an entry is."""

    FILE = "a file"
    FOLDER = "a folder"
    AGAIN = "a link to a folder that is read already, or to one above"
    NOWHERE = "a link that leads nowhere"
    LOCKED = "something that you may not read"
    OTHER = "a pipe, socket or device"


@dataclass(frozen=True)
class Entry:
    """A path and what stands there."""

    path: Path
    kind: Kind

    @property
    def is_left(self) -> bool:
        """Whether a system or an editor has left it, as `.DS_Store`, `~$a.docx` or `a.yml~`."""
        return is_left(self.path.name)


def is_left(name: str) -> bool:
    """Whether a system or an editor makes files of such a name."""
    return name.startswith(LEFT) or name.endswith("~") or name.lower() in SYSTEM


def entries(folder: Path) -> Iterator[Entry]:
    """All that is under a folder, by name, each folder before what is in it.

    Links are followed, into each folder once, and into none above. What systems and editors have
    left is not entered.
    """
    here = real(folder)
    yield from _under(folder, {here, *here.parents})


def inside(folder: Path) -> Iterator[Entry]:
    """What lies in a folder itself, by name."""
    return (Entry(path, _kind(path, set())) for path in sorted(_listed(folder)))


def is_file(path: Path) -> bool:
    """Whether there is a file, for any path that somebody may have typed."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long, or with a sign that no name can have
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder, for any path that somebody may have typed."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def files(folder: Path) -> Iterator[Path]:
    """The files under a folder that can be read and that a person has put there."""
    for entry in entries(folder):
        inside = entry.path.relative_to(folder).parts
        if entry.kind is Kind.FILE and not any(map(is_left, inside)):
            yield entry.path


def _under(folder: Path, seen: set[Path]) -> Iterator[Entry]:
    for path in sorted(_listed(folder)):
        kind = _kind(path, seen)
        yield Entry(path, kind)
        if kind is Kind.FOLDER and not is_left(path.name):
            seen.add(real(path))
            yield from _under(path, seen)


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _kind(path: Path, seen: set[Path]) -> Kind:
    try:
        if path.is_dir():
            again = path.is_symlink() and real(path) in seen
            return Kind.AGAIN if again else _readable(path, os.R_OK | os.X_OK, Kind.FOLDER)
        if path.is_file():
            return _readable(path, os.R_OK, Kind.FILE)
        return Kind.OTHER if path.exists() else Kind.NOWHERE
    except OSError:
        return Kind.NOWHERE


def _readable(path: Path, how: int, kind: Kind) -> Kind:
    return kind if os.access(path, how) else Kind.LOCKED
