"""Numbers as people type them."""

from __future__ import annotations

import re

from viva.base import tables


def decimal(text: str | None) -> float | None:
    """A number with a decimal point or comma, its thousands perhaps apart."""
    said = re.sub(r"[\s'\u00a0\u202f]", "", text or "").replace("−", "-")
    comma, point = said.rfind(","), said.rfind(".")
    if comma >= 0 and point >= 0:
        group = "," if point > comma else "."
        said = said.replace(group, "").replace(",", ".")
    elif said.count(",") == 1:
        said = said.replace(",", ".")
    value = tables.number(said)
    return value if value is not None and abs(value) < 1e300 else None
