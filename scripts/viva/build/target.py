"""Where a site is built: never over what viva did not make."""

from __future__ import annotations

import shutil
from pathlib import Path

from viva.base.refused import Refused
from viva.course.layout import Layout
from viva.course.settings import FILE

MADE = "assets/viva"
"""What every site of viva has, and what else a folder hardly has."""


def proved(layout: Layout, target: Path) -> Path:
    """The folder, absolute, if a site may be built there; whatever lies in it is then replaced.

    Raises `Refused` where the course would be lost, or something that viva did not make.
    """
    real = target.resolve()
    root = layout.root.resolve()
    if root.is_relative_to(real):
        raise _refused(f"{target} holds the course, and would be replaced")
    for folder in filter(None, (layout.docs, layout.quizzes, layout.overrides)):
        own = folder.resolve()
        if real.is_relative_to(own) or own.is_relative_to(real):
            raise _refused(
                f"{target} is, or lies in, the folder {layout.name(folder)} of the course"
            )
    if real.exists() and not _is_replaceable(real, real == layout.site.resolve()):
        raise _refused(f"{target} holds something that viva did not make")
    return real


def replace(target: Path, fresh: Path) -> None:
    """Put a new site in the place of the old one, whose hidden files (such as `.git`) stay."""
    for path in target.glob(".*") if target.is_dir() else ():
        if not (fresh / path.name).exists():
            shutil.move(path, fresh / path.name)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def _is_replaceable(folder: Path, is_named: bool) -> bool:
    """Whether nothing is lost. Any site may lie where the settings say that the site is."""
    if not folder.is_dir():
        return False
    if not any(not path.name.startswith(".") for path in folder.iterdir()):
        return True
    return (folder / MADE).is_dir() or (is_named and (folder / "index.html").is_file())


def _refused(said: str) -> Refused:
    return Refused(f"{said} (choose another folder: site_dir in {FILE}, or --site-dir)")
