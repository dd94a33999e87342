"""Names for other systems: the same in every export, never made from a text that may change."""

from __future__ import annotations

import hashlib
import re

from viva.course.layout import Layout

NCNAME = re.compile(r"[^\W\d][\w.-]*")


def prefix(layout: Layout) -> str:
    """What every name of a course begins with: a name that XML accepts."""
    name = layout.settings.id
    return name if NCNAME.fullmatch(name) else f"c-{name}"


def number(*parts: str) -> int:
    """A number of 31 bits for systems that count what they keep, always the same for a name."""
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return int.from_bytes(digest[:4]) & 0x3FFFFFFF | 1 << 30


def edition(*parts: str | bytes) -> str:
    """Six signs that change when what is exported does."""
    seen = hashlib.sha256()
    for part in parts:
        seen.update(part.encode() if isinstance(part, str) else part)
    return seen.hexdigest()[:6]


def option(place: int) -> str:
    """An option, by its place."""
    return f"o{place}"
