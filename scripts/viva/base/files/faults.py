"""What the system refuses, as a sentence that says what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from viva.base import windows
from viva.base.refused import Refused
from viva.base.words import Said, say

ROOM = say("delete what you no longer need, and run this again")
NAMED = say("the name has a letter that this system does not allow")
CLOSE = say("close it in your other programs, or allow writing, and run this again")
SAID: Mapping[str, tuple[Said | None, Said]] = {
    "ENOSPC": (say("the disk is full"), ROOM),
    "EDQUOT": (say("your share of the disk is used up"), ROOM),
    "EFBIG": (
        say("it is larger than this disk allows"),
        say("choose another place, and run this again"),
    ),
    "ENAMETOOLONG": (say("the name is too long"), say("choose a shorter one")),
    "EINVAL": (NAMED, say("choose another name")),
    "EILSEQ": (NAMED, say("choose another name")),
    "EISDIR": (say("there is a folder of this name"), say("choose another name")),
    "ENOTDIR": (say("a part of this path is a file and no folder"), say("choose another place")),
    "ENOENT": (say("it is not there"), say("check the spelling, and run this again")),
    "EEXIST": (say("it is there already"), say("choose another name")),
    "ENOTEMPTY": (
        say("the folder is not empty"),
        say("close what writes there, and run this again"),
    ),
    "EACCES": (None, CLOSE),
    "EPERM": (None, CLOSE),
    "EBUSY": (say("another program is using it"), say("close it there, and run this again")),
    "ETXTBSY": (say("another program is using it"), say("close it there, and run this again")),
    "EROFS": (say("this disk can only be read"), say("choose a place on another one")),
    "ELOOP": (
        say("its links lead round in a circle"),
        say("delete the link, or choose another name"),
    ),
    "EMFILE": (say("too many files are open"), say("close other programs, and run this again")),
    "ENFILE": (say("too many files are open"), say("close other programs, and run this again")),
    "EIO": (
        say("the disk reports a fault"),
        say("save your work elsewhere, and have the disk looked at"),
    ),
}
"""What is wrong and what to do, by the name of an error, since no system knows all of them."""
KNOWN: Mapping[int, tuple[str | None, Said]] = {
    getattr(errno, name): said for name, said in SAID.items() if hasattr(errno, name)
}
ROOMLESS = {getattr(errno, name, 0) for name in ("ENOSPC", "EDQUOT", "EFBIG", "EROFS")} - {0}
"""What never comes of reading: of a copy, its place is meant and not its original."""
LONG = (
    say("with all its folders it is longer than Windows allows"),
    say("move the course nearer to the root of the disk, or shorten names, and run this again"),
)


def refused(error: OSError, path: Path | str | None = None, *, read: bool = False) -> Refused:
    """The sentence for an error of the system; of its own file, unless another is named. `read`
    says that nobody knows whether it was to be read or written."""
    named = error.filename2 if error.errno in ROOMLESS else None
    where = path if path is not None else named or error.filename or say("something")
    other = error.strerror or str(error) or type(error).__name__, say("choose another place")
    why, remedy = LONG if _is_cut(error, where) else KNOWN.get(error.errno or 0, other)
    facts = {"file": where, "reason": why, "remedy": remedy}
    if read:
        if why is None:
            return Refused(say("{file} cannot be read or written ({remedy})", **facts))
        return Refused(say("{file} cannot be read or written: {reason} ({remedy})", **facts))
    if why is None:
        return Refused(say("{file} cannot be written ({remedy})", **facts))
    return Refused(say("{file} cannot be written: {reason} ({remedy})", **facts))


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
            raise Refused(say("{path} is no ordinary file (choose another name)", path=path))
        if not is_writable(real):
            said = say(
                "{path} is read-only, so it was not changed (allow writing first)",
                path=path,
            )
            raise Refused(said)
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
        said = say(
            "{path} was not written: the folder {folder} is read-only (allow writing first)",
            path=path,
            folder=folder,
        )
        raise Refused(said)
