"""What the system refuses, as a sentence that says what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from viva.base import windows
from viva.base.refused import Refused

AGAIN = "and run this again"
ROOM = f"delete what you no longer need, {AGAIN}"
NAMED = "the name has a letter that this system does not allow"
CLOSE = f"close it in your other programs, or allow writing, {AGAIN}"
SAID: Mapping[str, tuple[str, str]] = {
    "ENOSPC": ("the disk is full", ROOM),
    "EDQUOT": ("your share of the disk is used up", ROOM),
    "EFBIG": ("it is larger than this disk allows", f"choose another place, {AGAIN}"),
    "ENAMETOOLONG": ("the name is too long", "choose a shorter one"),
    "EINVAL": (NAMED, "choose another name"),
    "EILSEQ": (NAMED, "choose another name"),
    "EISDIR": ("there is a folder of this name", "choose another name"),
    "ENOTDIR": ("a part of this path is a file and no folder", "choose another place"),
    "ENOENT": ("it is not there", f"check the spelling, {AGAIN}"),
    "EEXIST": ("it is there already", "choose another name"),
    "ENOTEMPTY": ("the folder is not empty", f"close what writes there, {AGAIN}"),
    "EACCES": ("", CLOSE),
    "EPERM": ("", CLOSE),
    "EBUSY": ("another program is using it", f"close it there, {AGAIN}"),
    "ETXTBSY": ("another program is using it", f"close it there, {AGAIN}"),
    "EROFS": ("this disk can only be read", "choose a place on another one"),
    "ELOOP": ("its links lead round in a circle", "delete the link, or choose another name"),
    "EMFILE": ("too many files are open", f"close other programs, {AGAIN}"),
    "ENFILE": ("too many files are open", f"close other programs, {AGAIN}"),
    "EIO": ("the disk reports a fault", "save your work elsewhere, and have the disk looked at"),
}
"""What is wrong and what to do, by the name of an error, since no system knows all of them."""
KNOWN = {getattr(errno, name): said for name, said in SAID.items() if hasattr(errno, name)}
LONG = (
    f"with all its folders it is longer than the {windows.LONGEST} characters of Windows",
    f"move the course nearer to the root of the disk, or choose shorter names, {AGAIN}",
)


def refused(error: OSError, path: Path | str | None = None, what: str = "written") -> Refused:
    """The sentence for an error of the system; of its own file, unless another is named."""
    where = path if path is not None else error.filename or "something"
    other = (error.strerror or str(error) or type(error).__name__, "choose another place")
    why, remedy = LONG if _is_cut(error, where) else KNOWN.get(error.errno or 0, other)
    return Refused(f"{where} cannot be {what}{': ' if why else ''}{why} ({remedy})")


def _is_cut(error: OSError, where: Path | str) -> bool:
    """Whether a path is too long: Windows only says that it is not there, of what stands beside."""
    return windows.cut(where) or bool(error.filename and windows.cut(error.filename))


@contextmanager
def told(path: Path | str | None = None) -> Iterator[None]:
    """Whatever the system refuses in here becomes a sentence."""
    try:
        yield
    except OSError as error:
        raise refused(error, path) from error


def is_writable(path: Path) -> bool:
    """Whether its owner lets anybody write it: to an administrator the system allows all."""
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & 0o222)


def prove_writable(real: Path, path: Path) -> None:
    """Refuses a file that is read-only, in a folder that is, or no ordinary file.

    `real` is where the path leads when links are followed.
    """
    if real.is_dir():
        raise refused(IsADirectoryError(errno.EISDIR, ""), path)
    if os.path.lexists(real):
        if not real.is_file():
            real.stat()  # a link that leads nowhere says so itself
            raise Refused(f"{path} is no ordinary file (choose another name)")
        if not is_writable(real):
            raise Refused(f"{path} is read-only, so it was not changed (allow writing first)")
    prove_folder(real.parent, path)


def prove_folder(folder: Path, path: Path) -> None:
    """Refuses a folder that is read-only, or that could not be made because one above it is."""
    if windows.cut(path):
        raise refused(OSError(errno.ENAMETOOLONG, ""), path)
    while not os.path.lexists(folder):
        folder = folder.parent
    if not folder.is_dir():
        raise refused(NotADirectoryError(errno.ENOTDIR, ""), path)
    if not is_writable(folder):
        said = f"{path} was not written: the folder {folder} is read-only (allow writing first)"
        raise Refused(said)
