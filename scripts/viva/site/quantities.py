"""A number and its unit stay on one line: “26.0 mm” is never torn apart."""

from __future__ import annotations

import re

PREFIXED = (
    "(?:[kcdmµμnpMG]|da)?"
    "(?:m|g|L|l|s|mol|osmol|Osm|eq|Eq|U|IU|V|A|W|J|cal|Pa|Hz|T|Bq|Gy|Sv|Da|N|B)"
)
UNIT = rf"(?:{PREFIXED}|min|h|mmHg|cmH2O|mcg|bpm|dB|°[CF]?|%|‰)[²³]?"
# It begins with the space: what begins with a sign is found several times as fast.
GAP = re.compile(rf" (?<=\d )(?={UNIT}(?!\w))")
SHIELDED = re.compile(r"<(pre|code|script|style|textarea|svg)\b.*?</\1>", re.DOTALL)
"""Where a space is as it was typed."""
JOINED = "\u00a0"


def together(html: str) -> str:
    """HTML in which no line ends between a number and its unit."""
    gaps = [found.start() for found in GAP.finditer(html) if not _is_in_tag(html, found.start())]
    if not gaps:
        return html
    shields = [found.span() for found in SHIELDED.finditer(html)]
    if shields:
        gaps = [one for one in gaps if not any(start < one < end for start, end in shields)]
    starts = (0, *(one + 1 for one in gaps))
    return JOINED.join(map(html.__getitem__, map(slice, starts, (*gaps, len(html)))))


def _is_in_tag(html: str, place: int) -> bool:
    """Whether a place is among the attributes of an element, in which no `>` stands."""
    return html.rfind("<", 0, place) > html.rfind(">", 0, place)
