"""Files: beside their place first, then renamed, so that nobody ever finds half a file."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from viva.base.files import faults
from viva.base.files.paths import real
from viva.base.refused import Refused
from viva.base.words import say

READABLE, OPEN = 0o644, 0o755
"""What a web server needs of files and folders; the umask of whoever builds does not count."""
PRIVATE = 0o600
"""What a person's umask may take nothing from: marks are nobody else's business."""
BESIDE = ".viva-"
"""How the names of what is on its way begin. Nobody else's file is called so."""
STALE = 3600  # seconds after which what a killed run has left may go

Content = str | bytes


def write(path: Path, content: Content) -> None:
    """Put text (UTF-8, lines as given) or bytes into a file: all of it, or nothing.

    Folders above it are made, a link is followed, the file keeps its mode and its owner. Raises
    `Refused`, with what to do, where the file may not be written.
    """
    together({path: content})


def create(path: Path, content: Content) -> None:
    """Write a new file. Refused where anything of this name is there, be it a link to nowhere."""
    if os.path.lexists(path):
        raise Refused(say("{path} is there already (choose another name)", path=path))
    together({path: content}, fresh=True)


def put(path: Path, content: Content) -> None:
    """Write a file into a folder that is only being made, where nobody looks yet."""
    with faults.told(path):
        try:
            _begin(path, content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            _begin(path, content)
        except FileExistsError:
            path.unlink(missing_ok=True)  # it may be a link to an author's file
            _begin(path, content)


def _begin(path: Path, content: Content) -> None:
    """Write a file that is not there. Asking first takes longer than to write a small one."""
    with path.open("xb") as file:
        file.write(data(content))


def data(content: Content) -> bytes:
    """What stands in the file."""
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def together(
    contents: Mapping[Path, Content], fresh: bool = False, private: bool = False
) -> list[Path]:
    """Write files all or none: whatever goes wrong, they are as before. Returns their paths.

    `fresh` files are not there yet; `private` ones are for their owner if the umask says so.
    """
    steps: list[_Step] = []
    made: list[Path] = []
    try:
        for path in contents:
            with faults.told(path):
                faults.prove_writable(real(path), path)
        for path, content in contents.items():
            with faults.told(path):
                place = real(path)
                made += make_folders(place.parent, private)
                steps.append(_Step(place, _beside(place, data(content), private), place.exists()))
        for number, step in enumerate(steps):
            with faults.told(step.real):
                steps[number] = step.taken(fresh, is_last=number + 1 == len(steps))
    except BaseException:
        _back(steps, made)
        raise
    _forget(steps)
    return list(contents)


@dataclass(frozen=True)
class _Step:
    """A file on its way: what is new beside its place, and once it is there, what was old."""

    real: Path
    new: Path
    replaces: bool
    old: Path | None = None
    done: bool = False

    def taken(self, fresh: bool, is_last: bool) -> _Step:
        """The new one in its place, the old one aside until nothing can go wrong any more."""
        if fresh:
            _exclusively(self.new, self.real)
            return replace(self, done=True)
        old = _aside(self.real) if self.replaces and not is_last else None
        try:
            self.new.replace(self.real)
        except OSError:
            if old:
                old.unlink()
            raise
        return replace(self, old=old, done=True)


def _exclusively(new: Path, real: Path) -> None:
    """Give the new file its name, unless somebody was quicker."""
    try:
        os.link(new, real)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        new.replace(real)
    new.unlink(missing_ok=True)


def _aside(real: Path) -> Path:
    """The old file under a second name."""
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=BESIDE)
    os.close(handle)
    Path(name).unlink()
    try:
        os.link(real, name)
    except OSError:  # a disk without hard links
        try:
            shutil.copy2(real, name)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    return Path(name)


def _back(steps: Sequence[_Step], made: Iterable[Path]) -> None:
    """All as it was before."""
    for step in reversed(steps):
        with suppress(OSError):
            if step.done and step.old:
                step.old.replace(step.real)
            elif step.done:
                step.real.unlink()
        with suppress(OSError):
            step.new.unlink(missing_ok=True)
    for folder in sorted(made, reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _forget(steps: Iterable[_Step]) -> None:
    """Delete what was old, and what runs that were killed have left beside it."""
    for folder in {step.real.parent for step in steps if step.replaces}:
        with suppress(OSError):
            oldest = time.time() - STALE
            for path in folder.glob(f"{BESIDE}????????"):
                if path.is_file() and path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)
    for step in steps:
        if step.old:
            with suppress(OSError):
                step.old.unlink(missing_ok=True)


def _beside(real: Path, content: bytes, private: bool) -> Path:
    """The new content under another name in the same folder, on the disk."""
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=BESIDE)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            if real.exists():  # an author's text outlives a power cut
                out.flush()
                os.fsync(out.fileno())
        _like(path, real, private)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _like(path: Path, real: Path, private: bool) -> None:
    """Give a new file the mode and, where the system lets us, the owner of the old one."""
    if not real.exists():
        path.chmod(PRIVATE | (READABLE & ~umask()) if private else READABLE)
        return
    old = real.stat()
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(path, old.st_uid, old.st_gid)
    path.chmod(stat.S_IMODE(old.st_mode))


def umask() -> int:
    """What the system takes away from the modes of new files."""
    found = os.umask(0o077)
    os.umask(found)
    return found


def make_folders(folder: Path, private: bool = False) -> list[Path]:
    """Make a folder with all above it, and return the new ones."""
    missing = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = folder.parent
    made = list(reversed(missing))
    for path in made:
        path.mkdir(exist_ok=True)
        if not private:
            path.chmod(OPEN)
    return made
