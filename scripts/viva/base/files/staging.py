"""Folders that are only being made, in which nobody looks yet."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from viva.base.files import faults, made
from viva.base.files.paths import real
from viva.base.files.single import BESIDE, STALE, put


@contextmanager
def temporary(inside: Path | None = None) -> Iterator[Path]:
    """A folder that is gone afterwards; inside another, where that can be written."""
    home: str | None = None
    if inside is not None:
        with suppress(OSError):
            inside.mkdir(parents=True, exist_ok=True)
            home = str(inside) if faults.is_writable(inside) else None
            _forget_stale(inside)
    with (
        faults.told(),
        tempfile.TemporaryDirectory(prefix=BESIDE, dir=home, ignore_cleanup_errors=True) as name,
    ):
        place = real(Path(name))
        made.keep(place, ())
        yield place


def _forget_stale(inside: Path) -> None:
    """Delete what runs that were killed have left in a folder of ours."""
    for path in inside.glob(f"{BESIDE}????????"):
        if path.is_symlink() or not made.read(path):
            continue
        if time.time() - path.stat().st_mtime > STALE:
            delete(path)


def copy(source: Path, target: Path) -> None:
    """The same file in a folder that is being made: linked where possible, as it may be large."""
    with faults.told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)


def move(source: Path, target: Path) -> None:
    """Give a folder or file of a temporary place another one that is free."""
    with faults.told(target):
        shutil.move(source, target)


def remove(path: Path) -> None:
    """Delete a file of ours, whether it is there or not."""
    with faults.told(path):
        path.unlink(missing_ok=True)


def copy_tree(source: Path, target: Path) -> None:
    """Lay a folder's files over those of one that is being made."""
    with faults.told(target):
        for path in leaves(source):
            if path.is_file():
                put(target / path.relative_to(source), path.read_bytes())


def leaves(folder: Path) -> Iterator[Path]:
    """Every file, link and empty folder under a folder; links are not followed."""
    return (folder / name for name in named(folder))


def named(folder: Path) -> Iterator[str]:
    """The names of the same, from the folder on: of thousands, sooner than their paths."""
    start = str(folder)
    for above, folders, names in os.walk(start):
        links = [one for one in folders if os.path.islink(os.path.join(above, one))]
        here = above[len(start) :].strip(os.sep)
        yield from (os.path.join(here, name) for name in [*names, *links])
        if not folders and not names and here:
            yield here


def delete(folder: Path) -> None:
    """Delete a folder of ours; what cannot go stays, hidden, until the next run."""
    shutil.rmtree(folder, ignore_errors=True)
