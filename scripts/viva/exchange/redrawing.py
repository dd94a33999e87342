"""Pictures from outside: their kind and size are read, then they are drawn anew as PNG.

What is kept is what the typesetter drew: no metadata, no script, no trick of a file that is two
kinds at once. SVG is a program, and stays out.
"""

from __future__ import annotations

from typing import Literal

from viva.base import files
from viva.base.refused import Refused
from viva.exchange.limits import MEGABYTE

MAX_BYTES = 10 * MEGABYTE
MAX_PIXELS = 50_000_000
WIDEST = 1600
"""Pixels: what a page shows sharply. Larger pictures are drawn smaller."""
Size = tuple[int, int]


def redrawn(content: bytes) -> tuple[bytes, Size, bool]:
    """A picture as PNG, its size, and whether it is smaller than it was. Raises Refused."""
    if len(content) > MAX_BYTES:
        raise Refused(f"larger than {MAX_BYTES // MEGABYTE} MB")
    wide, high = size(content)
    if wide < 1 or high < 1 or wide * high > MAX_PIXELS:
        raise Refused(f"more than {MAX_PIXELS // 1_000_000} million pixels")
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
            raise Refused("damaged") from None
    if not isinstance(made, bytes):
        raise Refused("damaged")
    return made


def size(content: bytes) -> Size:
    """Width and height that a picture claims. Raises Refused for what is none of the four kinds."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _pair("big", 4, content, 16)
    if content.startswith((b"GIF87a", b"GIF89a")):
        return _pair("little", 2, content, 6)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content)
    raise Refused("not a PNG, JPEG, GIF or WebP picture")


def _pair(order: Literal["big", "little"], length: int, content: bytes, at: int) -> Size:
    """Two numbers of some bytes each. What is cut off is damaged."""
    if len(content) < at + 2 * length:
        raise Refused("damaged")
    first, second = content[at : at + length], content[at + length : at + 2 * length]
    return int.from_bytes(first, order), int.from_bytes(second, order)


def _jpeg(content: bytes) -> Size:
    """The size in the first segment that describes a frame."""
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            break
        kind = content[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            high, wide = _pair("big", 2, content, at + 5)
            return wide, high
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    raise Refused("damaged")


def _webp(content: bytes) -> Size:
    kind = content[12:16]
    if kind == b"VP8X":
        wide = int.from_bytes(content[24:27], "little") + 1
        return wide, int.from_bytes(content[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    wide, high = _pair("little", 2, content, 26)
    return wide & 0x3FFF, high & 0x3FFF
