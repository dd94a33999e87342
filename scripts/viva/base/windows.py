"""Names that Windows cannot hold: a course travels in zips and in folders that are shared."""

from __future__ import annotations

import re

DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[1-9¹²³]", re.IGNORECASE)
SIGN = re.compile(r'[<>:"|?*\\]')


def fault(name: str) -> str | None:
    """Why Windows cannot hold a file or a folder of this name; None if it can."""
    sign = SIGN.search(name)
    if sign:
        return f"it has the sign {sign[0]}"
    if name.endswith((".", " ")):
        return "it ends in a point or a space"
    if DEVICE.fullmatch(name.split(".")[0].rstrip(" ")):
        return f"{name.split('.')[0]} is the name of a device there"
    return None
