"""Where a site is built: never over what viva did not make."""

from __future__ import annotations

import os
from pathlib import Path

from viva.base import files
from viva.base.refused import Refused
from viva.base.words import say
from viva.course import guard
from viva.course.layout import Layout
from viva.course.settings import FILE

REMEDY = say("choose another folder: site_dir in {file}, or --site-dir", file=FILE)


def proved(layout: Layout, target: Path) -> Path:
    """The folder, absolute, if a site may be built there; the site that lies in it is replaced.

    Raises `Refused` where the course would be lost, or something that viva did not make.
    """
    with files.told(target):
        if target.is_symlink():
            said = say(
                "{target} is a link to {folder} (name that folder itself: site_dir in {file}, "
                "or --site-dir)",
                target=target,
                folder=target.readlink(),
                file=FILE,
            )
            raise Refused(said)
        found = guard.outside(target, REMEDY, layout)
        if guard.covers(found, layout):
            said = say(
                "{target} holds the course, and would be replaced ({remedy})",
                target=target,
                remedy=REMEDY,
            )
            raise Refused(said)
        if os.path.lexists(found) and not (found.is_dir() and files.is_ours(found)):
            said = say(
                "{target} holds something that viva did not make ({remedy})",
                target=target,
                remedy=REMEDY,
            )
            raise Refused(said)
    return found
