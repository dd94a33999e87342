"""Names and paths that Windows cannot hold: a course travels in zips and in shared folders."""

from __future__ import annotations

import os
import re
from pathlib import Path

from viva.base.refused import Refused
from viva.base.words import Said, say

DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[1-9¹²³]", re.IGNORECASE)
SIGN = re.compile(r'[<>:"|?*\\]')
HERE = os.name == "nt"
LONGEST = 259
"""How many characters a whole path has at most, with all folders above it."""
AROUND = 79
"""How many of them may be above a course: C:\\Users\\name\\Documents\\teaching and the like."""


def fault(name: str) -> Said | None:
    """Why Windows cannot hold a file or a folder of this name; None if it can."""
    sign = SIGN.search(name)
    if sign:
        return say("it has the sign {sign}", sign=sign[0])
    if name.endswith((".", " ")):
        return say("it ends in a point or a space")
    if DEVICE.fullmatch(name.split(".")[0].rstrip(" ")):
        return say("{name} is the name of a device there", name=name.split(".")[0])
    return None


def unfit(name: str) -> Said | None:
    """The same as a whole sentence, with what to do."""
    why = fault(name)
    if not why:
        return None
    return say(
        "Windows cannot hold a file of this name: {reason} "
        "(rename it: letters, digits, hyphens)",
        reason=why,
    )


def prove(name: str) -> None:
    """Refuses a name for something new that Windows could not hold: a course is shared."""
    if said := unfit(name):
        raise Refused(said)


def too_long(inside: str) -> bool:
    """Whether Windows cannot hold a path inside a course that lies in an ordinary folder."""
    return len(inside) > LONGEST - AROUND


def cut(path: Path | str) -> bool:
    """Whether the system that this runs on cannot hold a path because it is too long."""
    return HERE and len(str(Path(path).absolute())) > LONGEST
