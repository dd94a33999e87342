"""Ids of questions that come from elsewhere: their own, or made from their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 76
"""Letters, so that a number still fits behind."""
FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


def slug(text: str | None) -> str:
    """A text as an id: small letters, digits and hyphens; empty where nothing is left."""
    said = unicodedata.normalize("NFKD", (text or "").lower().translate(FOLDED))
    plain = "".join(sign for sign in said if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", plain)[: LONGEST + 1].strip("-")[:LONGEST].strip("-")


def free(wanted: str, taken: Collection[str]) -> str:
    """The id, with a number where it is taken."""
    number, name = 2, wanted
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


def words(text: str, most: int = 60) -> str:
    """The first words of a text on one line, for a report."""
    said = " ".join(text.split())
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"
