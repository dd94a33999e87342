"""Addresses of the web that an author typed: one that no program can read stops it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from viva.base.words import Said, say

WHOLE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
FOUND = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^\s<>\"']+", re.IGNORECASE)
"""What may be an address in a text."""
IN_TAGS = re.compile(r"""\s(?:href|src)=["']?((?:[a-z]+:)?//[^"'\s>]+)""", re.IGNORECASE)
"""Addresses in tags, which Markdown passes on as they are."""


def fault(address: str) -> Said | None:
    """What is wrong with an address that names a host, and what to do; None where nothing is."""
    if not WHOLE.match(address):
        return None
    try:
        parts = urlsplit(address)
        found = (parts.port is None or bool(parts.hostname)) and _is_host(parts.hostname or "")
    except ValueError:
        found = False
    if found:
        return None
    return say("{address} is no address (copy it anew from your browser)", address=address)


def _is_host(name: str) -> bool:
    """Whether a name may be that of a host. Raises ValueError where its letters cannot."""
    name.encode("idna")
    return not any(sign.isspace() for sign in name)
