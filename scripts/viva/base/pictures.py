"""What a picture says of itself: its kind and its size, read from its first bytes."""

from __future__ import annotations

from typing import Literal

from viva.base.refused import Refused
from viva.base.words import say

Size = tuple[int, int]


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
    raise Refused(say("not a PNG, JPEG, GIF or WebP picture"))


def _pair(order: Literal["big", "little"], length: int, content: bytes, at: int) -> Size:
    """Two numbers of some bytes each. What is cut off is damaged."""
    if len(content) < at + 2 * length:
        raise Refused(say("damaged"))
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
    raise Refused(say("damaged"))


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
