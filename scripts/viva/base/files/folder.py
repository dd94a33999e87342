"""Folders that viva made, exchanged whole: old one aside, new one in, then the old one gone.

A new folder is made in a workshop beside its place. A run that is killed leaves its workshop, which
the next one finds: it puts back what was moved aside, and clears up.
"""

from __future__ import annotations

import glob
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from viva.base.files import faults, made
from viva.base.files.made import LIST
from viva.base.files.single import BESIDE, OPEN, READABLE, make_folders
from viva.base.files.staging import copy, delete, named
from viva.base.refused import Refused
from viva.base.words import say

try:
    import fcntl
except ImportError:  # Windows, which does not let anybody delete an open file
    fcntl = None  # type: ignore[assignment]

NEW, OLD, GONE = "new", "old", "gone"
BUILT = "assets/viva/viva.js"
"""What every site of viva has, and those from before the list too."""
WEB = {".html", ".js", ".css", ".json", ".xml", ".gz", ".map", ".svg", ".png", ".jpg", ".jpeg"}
WEB |= {".webp", ".gif", ".ico", ".woff", ".woff2", ".webmanifest", ".epub", ".zip", ".pdf"}
TRIES = 5  # at one place, with others who build there at the same time
YOUNG = 10  # seconds in which a workshop may not have been locked yet


def is_ours(folder: Path) -> bool:
    """Whether viva made a folder: its list is in it, or it is a site from before there were lists.

    Of an empty folder, and of one with hidden files only, which stay, nothing can be lost.
    """
    found = made.read(folder)
    if found and found.whole:
        return True
    if all(path.name.startswith(".") for path in folder.iterdir()):
        return not (folder / LIST).exists()
    return _was_built(folder)


def _was_built(folder: Path) -> bool:
    """Whether it is a site from before there were lists: our script, and a page that loads it."""
    pages = folder.rglob("*.html") if (folder / BUILT).is_file() else ()
    return any(BUILT.encode() in page.read_bytes() for page in pages if page.is_file())


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """A place for the new content of a folder, which `replace` then puts there.

    It lies beside the folder, or inside where nothing may be written beside. What is in it at the
    end is gone, unless it is all that is left of the old folder: that is put back.
    """
    with faults.told(target):
        home, above = _home(target)
        for one in (target.parent, target):
            _clear_up(target, one)
    try:
        with _place(target, home) as place:
            yield place / NEW
    finally:
        for folder in reversed(above):
            with suppress(OSError):  # it holds what was made, as it should
                folder.rmdir()


@contextmanager
def _place(target: Path, home: Path) -> Iterator[Path]:
    """A folder of ours that is locked while somebody works in it, and gone afterwards."""
    with faults.told(target):
        place = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=home))
        try:
            made.keep(place, ())
            lock = _locked(place)
        except BaseException:  # a disk so full that not even the list finds room
            delete(place)
            raise
    try:
        yield place
    finally:
        _put_back(target, place)
        if lock:
            lock.close()
        delete(place)


def _prefix(target: Path) -> str:
    """How the names of the workshops of a folder begin."""
    return f"{BESIDE}{target.name[:100]}-"


def _home(target: Path) -> tuple[Path, list[Path]]:
    """Where the workshop stands, and the folders that were made for it."""
    above = target.parent
    while not os.path.lexists(above):
        above = above.parent
    if above.is_dir() and faults.is_writable(above):
        return target.parent, make_folders(target.parent)
    if target.is_dir() and faults.is_writable(target):
        return target, []
    faults.prove_folder(target.parent, target)
    raise Refused(say("{target} cannot be written (choose another folder)", target=target))


def _locked(place: Path) -> IO[bytes] | None:
    """Say that somebody is at work in a workshop; the system takes it back when they die."""
    held = (place / LIST).open("rb")
    if fcntl:
        with suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return held
        held.close()
        return None
    return held


def _clear_up(target: Path, home: Path) -> None:
    """Clear the workshops of runs that were killed."""
    for place in sorted(home.glob(f"{glob.escape(_prefix(target))}????????")):
        with suppress(OSError):
            if place.is_symlink() or made.read(place) is None:
                continue
            if time.time() - place.stat().st_mtime < YOUNG and not (place / NEW).exists():
                continue
            lock = _locked(place)
            if lock:
                _put_back(target, place)
                lock.close()
                delete(place)


def _put_back(target: Path, place: Path) -> None:
    """If the folder is nowhere but aside, or parts of it, back into its place with it."""
    for old in sorted(place.glob(f"{OLD}-*")):
        with suppress(OSError):
            if place.parent == target:
                for path in old.iterdir():
                    if not os.path.lexists(target / path.name):
                        path.rename(target / path.name)
            elif not os.path.lexists(target):
                old.rename(target)


def replace(target: Path, fresh: Path) -> None:
    """Put a new folder in the place of one that viva made; files of others, and hidden ones, stay.

    If the last step fails, the old one is there as before. `fresh` lies in the folder's workshop.
    """
    with faults.told(target):
        if os.path.lexists(target) and not (target.is_dir() and is_ours(target)):
            said = say(
                "{target} holds something that viva did not make (choose another folder)",
                target=target,
            )
            raise Refused(said)
        _readable(fresh)
        names = sorted(name.replace(os.sep, "/") for name in named(fresh))
        if target.is_dir():
            _carry(target, fresh)
        made.keep(fresh, names)
        _exchange(target, fresh)


def _exchange(target: Path, fresh: Path) -> None:
    """Both renamed; where the system lets nobody rename the old one, what is in them."""
    for number in range(TRIES):
        old = fresh.parent / f"{OLD}-{number}"
        if target.is_dir():
            try:
                target.rename(old)
            except FileNotFoundError:
                pass
            except OSError:  # a mount point, or a folder that another program holds
                _exchange_inside(target, fresh)
                return
        try:
            fresh.rename(target)
            return
        except OSError:
            if not os.path.lexists(target) and old.is_dir():
                old.rename(target)
                raise
            if number + 1 == TRIES:
                raise


def _exchange_inside(target: Path, fresh: Path) -> None:
    """Exchange what is in two folders, entry by entry, and back again where that fails."""
    with _place(target, target) as place:
        new, old = place / NEW, place / f"{OLD}-0"
        shutil.move(fresh, new)
        old.mkdir()
        taken: list[tuple[Path, Path]] = []
        try:
            for path in [one for one in target.iterdir() if not _is_place(one)]:
                _take(path, old / path.name, taken)
            for path in list(new.iterdir()):
                _take(path, target / path.name, taken)
            _take(old, place / GONE, taken)
        except BaseException:
            for source, now in reversed(taken):
                now.rename(source)
            raise


def _is_place(path: Path) -> bool:
    return path.name.startswith(BESIDE) and path.name != LIST


def _take(source: Path, to: Path, taken: list[tuple[Path, Path]]) -> None:
    source.rename(to)
    taken.append((source, to))


def _carry(target: Path, fresh: Path) -> None:
    """Into the new folder what others have put into the old one, as links where the disk can."""
    found = made.read(target) or made.Made()
    for name in named(target):
        if name.startswith(BESIDE) or os.path.lexists(os.path.join(fresh, name)):
            continue
        path = target / name
        hidden = any(part.startswith(".") for part in name.split(os.sep))
        value = found.files.get(name.replace(os.sep, "/"))
        ours = value == "" if found.whole else value is None and path.suffix.lower() in WEB
        if hidden or not ours:
            _carried(path, fresh, target, Path(name))


def _carried(path: Path, fresh: Path, target: Path, name: Path) -> None:
    """A file, a link or an empty folder, in folders with the modes that they had."""
    for above in reversed(name.parents[:-1]):
        if (fresh / above).is_file():
            raise Refused(say("{path} is in the way of the new site (move it away)", path=path))
        if not (fresh / above).exists():
            (fresh / above).mkdir()
            shutil.copymode(target / above, fresh / above)
    if path.is_symlink():
        (fresh / name).symlink_to(path.readlink())
    elif path.is_dir():
        (fresh / name).mkdir()
        shutil.copymode(path, fresh / name)
    else:
        copy(path, fresh / name)


def _readable(folder: Path) -> None:
    """What a web server may read, whatever the umask; what is somebody else's too stays."""
    for above, _, names in os.walk(folder):
        here = Path(above)
        here.chmod(here.stat().st_mode & 0o7777 | OPEN)
        for path in (os.path.join(above, name) for name in names):
            found = os.lstat(path)
            mode = found.st_mode & 0o7777
            if found.st_nlink == 1 and not stat.S_ISLNK(found.st_mode) and mode | READABLE != mode:
                os.chmod(path, mode | READABLE)
