"""A course, copied away from this checkout and built there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import commands
from host import Host, Quiet
from viva.offline import app

ROOT = Path(__file__).resolve().parents[2]
NEUTRAL = ROOT / "tests/neutral"
FORMULAS = ROOT / "tests/formulas"
PARTS = ("mkdocs.yml", "docs", "quizzes", "overrides")
"""What a course consists of; one may do without the last two."""


def copied(course: Path, folder: Path) -> Path:
    """A copy of a course, in which a build may write; returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        if (course / part).is_dir():
            shutil.copytree(course / part, folder / part)
        elif (course / part).is_file():
            shutil.copy(course / part, folder)
    return folder


def build(folder: Path, site: Path) -> Path:
    """Build the course in a folder as `mkdocs build --strict` does; returns its site."""
    done = commands.mkdocs("build", "--strict", "--site-dir", site, cwd=folder)
    assert done.returncode == 0, done.stderr
    return site


def unpack(site: Path, folder: Path) -> Path:
    """The site as a reader unpacks it; returns the one folder in its zip."""
    (zipped,) = (site / "downloads").glob("*-offline.zip")
    with ZipFile(zipped) as packed:
        packed.extractall(folder)
    (unpacked,) = folder.iterdir()
    return unpacked


@contextmanager
def served(site: Path, folder: Path, handler: type[Quiet] = Quiet) -> Iterator[Host]:
    """The site on a server, without the worker that would fetch all of it for every new reader."""
    (folder / "course").mkdir()
    for entry in site.iterdir():
        if entry.name != app.WORKER:
            (folder / "course" / entry.name).symlink_to(entry)
    started = Host(folder, handler)
    yield started
    started.stop()
