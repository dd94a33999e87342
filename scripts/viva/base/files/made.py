"""Which files of a folder viva made: a list in it says so, and no other file is changed."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from viva.base.files import faults
from viva.base.files.single import READABLE, Content, data, put, together
from viva.base.refused import Refused
from viva.base.words import say

LIST = ".viva-made"
ABOUT = "The files in this folder that viva made. It changes or deletes no other file here."
FORMAT = "viva-made/1"
PLAIN = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*")


@dataclass(frozen=True)
class Made:
    """What viva made in a folder: files by name, each with a hash, or with two, of what it was and
    what it becomes: a run that is killed leaves one of them.

    A folder that is `whole` was made by viva and is replaced by it, with those of its files that
    have no hash.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False

    def listing(self) -> str:
        """The text of the list."""
        found = {"about": ABOUT, "format": FORMAT, "whole": self.whole}
        found["files"] = dict(sorted(self.files.items()))
        return json.dumps(found, indent=1) + "\n"


def read(folder: Path) -> Made | None:
    """What viva made in a folder; None where it made nothing."""
    try:
        return parsed((folder / LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def parsed(text: str) -> Made | None:
    """What a list says; None where it is none of viva's."""
    try:
        found = json.loads(text)
        if found["format"] != FORMAT:
            return None
        given = {str(name): str(value) for name, value in found["files"].items()}
        files = {name: value for name, value in given.items() if _is_inside(name)}
        return Made(files, found["whole"] is True)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_inside(name: str) -> bool:
    """Whether a name leads nowhere else: a list may come with a folder from anywhere."""
    if PLAIN.fullmatch(name):  # as nearly all of thousands
        return True
    path = PurePath(name)
    return bool(path.parts) and ".." not in path.parts and not path.anchor


def keep(folder: Path, names: Iterable[str]) -> None:
    """Say in a folder that is being made that viva made it, with these files."""
    put(folder / LIST, Made(dict.fromkeys(names, ""), whole=True).listing())
    (folder / LIST).chmod(READABLE)


def grow(folder: Path, contents: Mapping[str, Content]) -> None:
    """Add files to a folder that viva made, or replace them, with the list if there is one."""
    now = read(folder)
    files = {folder / name: content for name, content in contents.items()}
    if now:
        for name, path in zip(contents, files, strict=True):
            if name not in now.files and os.path.lexists(path):
                said = say(
                    "{path} was not made by viva, so it was not changed (rename it)",
                    path=path,
                )
                raise Refused(said)
        names = {**now.files, **dict.fromkeys(contents, "")}
        files = {folder / LIST: Made(names, now.whole).listing(), **files}
    together(files)


def outputs(
    folder: Path,
    contents: Mapping[str, Content],
    *,
    remedy: str,
    edited: Collection[str] = (),
    older: Collection[str] = (),
    private: bool = False,
    whole: bool = False,
) -> list[Path]:
    """Write files into a folder, all or none, over none but those that viva made there.

    A file that somebody has changed since is theirs, unless it is one of the `edited`, whose
    changes have been read. The `older` are viva's where there is no list yet. Where the files are
    the `whole` output, what an earlier run made and this one does not is deleted. Returns their
    paths.
    """
    made = read(folder)
    if not made and os.path.lexists(folder / LIST):
        said = say(
            "{folder} is not what viva writes there ({remedy})",
            folder=folder / LIST, remedy=remedy,
        )
        raise Refused(said)
    given = set(older) if made is None else {one for one in edited if one in made.files}
    made = made or Made()
    before = made.files
    with faults.told(folder):
        for name, content in contents.items():
            _prove_way(folder, name, remedy)
            if name not in given:
                _prove_ours(folder, name, data(content), before, remedy)
    now = {name: _hashes(folder, name, content, before) for name, content in contents.items()}
    gone = _gone(folder, before, now) if whole else {}
    kept = {name: value for name, value in before.items() if name not in gone}
    files = {folder / name: content for name, content in contents.items()}
    listing = Made({**kept, **now}, made.whole).listing()
    fresh = {path: content for path, content in files.items() if not _holds(path, content)}
    together({folder / LIST: listing, **fresh}, private=private)
    for name in gone:
        with suppress(OSError):
            (folder / name).unlink()
    return list(files)


def _holds(path: Path, content: Content) -> bool:
    """Whether a file has a content already; then it is not written again."""
    return path.is_file() and path.read_bytes() == data(content)


def _hashes(folder: Path, name: str, content: Content, before: Mapping[str, str]) -> str:
    """How a file is known from now on: as it is, if viva made it, and as it is going to be."""
    path = folder / name
    there = path.read_bytes() if name in before and path.is_file() else b""
    was = [digest(there)] if _knows(before, name, there) else []
    return " ".join(dict.fromkeys([*was, digest(data(content))]))


def _knows(before: Mapping[str, str], name: str, there: bytes) -> bool:
    """Whether a file of this name holds what viva has written."""
    return digest(there) in before.get(name, "").split()


def _prove_way(folder: Path, name: str, remedy: str) -> None:
    """Refuses to write through a link to elsewhere, or where something else than a file is."""
    path = folder / name
    for part in (path, *path.parents):
        if part == folder:
            break
        if part.is_symlink():
            said = say(
                "{part} is a link, which viva did not make ({remedy})",
                part=part, remedy=remedy,
            )
            raise Refused(said)
    if os.path.lexists(path) and not path.is_file():
        raise Refused(say("{path} is in the way ({remedy})", path=path, remedy=remedy))


def _prove_ours(
    folder: Path, name: str, new: bytes, before: Mapping[str, str], remedy: str
) -> None:
    """Refuses to write over a file that viva did not make, or that was changed since."""
    path = folder / name
    if not path.exists():
        return
    there = path.read_bytes()
    if there == new or _knows(before, name, there):
        return
    if name in before:
        said = say(
            "{path} was changed since viva wrote it, so nothing was written "
            "(rename it, or {remedy})",
            path=path, remedy=remedy,
        )
    else:
        said = say(
            "{path} was not made by viva, so nothing was written (rename it, or {remedy})",
            path=path, remedy=remedy,
        )
    raise Refused(said)


def _gone(folder: Path, before: Mapping[str, str], now: Collection[str]) -> dict[str, str]:
    """What an earlier run made as it still is, and this one does not make."""
    left = {name: value for name, value in before.items() if name not in now}
    return {name: value for name, value in left.items() if _is(folder, name, value)}


def _is(folder: Path, name: str, value: str) -> bool:
    """Whether a file is as viva wrote it, in this very folder."""
    path = folder / name
    ways = itertools.takewhile(lambda part: part != folder, (path, *path.parents))
    linked = any(part.is_symlink() for part in ways)
    return not linked and path.is_file() and digest(path.read_bytes()) in value.split()


def digest(content: bytes) -> str:
    """Sixteen hexadecimal digits by which a file is known."""
    return hashlib.sha256(content).hexdigest()[:16]

