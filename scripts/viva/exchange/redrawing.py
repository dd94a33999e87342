"""Pictures from outside: their kind and size are read, then they are drawn anew as PNG.

What is kept is what the typesetter drew: no metadata, no script, no trick of a file that is two
kinds at once. SVG is a program, and stays out.
"""

from __future__ import annotations

from viva.base import files
from viva.base.pictures import Size, size
from viva.base.refused import Refused
from viva.base.words import say
from viva.exchange.limits import MEGABYTE

MAX_BYTES = 10 * MEGABYTE
MAX_PIXELS = 50_000_000
DAMAGED = say("it is damaged")
WIDEST = 1600
"""Pixels: what a page shows sharply. Larger pictures are drawn smaller."""


def redrawn(content: bytes) -> tuple[bytes, Size, bool]:
    """A picture as PNG, its size, and whether it is smaller than it was. Raises Refused."""
    if len(content) > MAX_BYTES:
        raise Refused(say("larger than {size} MB", size=MAX_BYTES // MEGABYTE))
    wide, high = size(content)
    if wide < 1 or high < 1 or wide * high > MAX_PIXELS:
        raise Refused(say("more than {n} million pixels", n=MAX_PIXELS // 1000000))
    shrunk = min(1.0, WIDEST / max(wide, high))
    across, down = max(1, round(wide * shrunk)), max(1, round(high * shrunk))
    return _drawn(content, (across, down)), (across, down), shrunk < 1


def _drawn(content: bytes, area: Size) -> bytes:
    import typst

    across, down = area
    with files.temporary() as folder:
        files.put(folder / "picture", content)
        files.put(
            folder / "main.typ",
            f"#set page(width: {across}pt, height: {down}pt, margin: 0pt, fill: none)\n"
            f'#image("picture", width: {across}pt, height: {down}pt)\n',
        )
        try:
            made = typst.compile(
                str(folder / "main.typ"),
                root=str(folder),
                format="png",
                ppi=72.0,
                ignore_system_fonts=True,
                timestamp=0,
            )
        except Exception:  # whatever the typesetter says of a picture, it could not draw it
            raise Refused(DAMAGED) from None
    if not isinstance(made, bytes):
        raise Refused(DAMAGED)
    return made
