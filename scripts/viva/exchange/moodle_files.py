"""What lies inside the questions of Moodle XML: files in base64, and markers on a picture."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from viva.bank.interactions import Region, Spot
from viva.base.pictures import size
from viva.base.words import say
from viva.exchange import gaps
from viva.exchange.images import Image
from viva.exchange.texts import NotThere, Texts

FILES = "@@PLUGINFILE@@"


def unpacked(text: str) -> bytes | None:
    """What base64 holds; None if it is none."""
    try:
        return base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        return None


def marked_place(one: Any, texts: Texts) -> tuple[Spot, Image]:
    """Markers on a picture: a hotspot if there is one marker with one place."""
    drags, drops = one.findall("drag"), one.findall("drop")
    right = [drop for drop in drops if (drop.findtext("choice") or "0").strip() != "0"]
    if len(drags) != 1 or len(right) != 1:
        raise NotThere(say("it has several markers"))
    file = one.find("file")
    content = unpacked(file.text or "") if file is not None else None
    if file is None or content is None:
        raise NotThere(say("its picture is not in the file"))
    image = texts.picture(f"{FILES}/{file.get('name') or 'picture.png'}", "")
    if image is None:
        raise NotThere(say("its picture cannot be used"))
    wide, high = size(content)
    regions = tuple(_region(drop, n, wide, high, texts) for n, drop in enumerate(drops, 1))
    at = drops.index(right[0])
    if len(regions) == 1:
        regions = (*regions, _elsewhere(regions[0]))
        texts.note(say(
            "a second place was added, since a hotspot here has two or more: look at it",
        ))
    return Spot(regions, at), image


def _region(drop: Any, place: int, wide: int, high: int, texts: Texts) -> Region:
    points = _outline((drop.findtext("shape") or "").strip(), drop.findtext("coords") or "")
    inside = tuple((min(1.0, max(0.0, x / wide)), min(1.0, max(0.0, y / high))) for x, y in points)
    if len(inside) < 3:
        raise NotThere(say("a place in its picture has no outline"))
    return Region(f"Place {place}", tuple((round(x, 4), round(y, 4)) for x, y in inside))


def _outline(shape: str, coords: str) -> list[tuple[float, float]]:
    """The corners of a place in pixels."""
    found = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", coords)]
    if shape == "circle" and len(found) >= 3:
        return gaps.ring(found[0], found[1], found[2], found[2])
    if shape in ("rectangle", "rect") and len(found) >= 4:
        x, y, w, h = found[:4]
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    return list(zip(found[::2], found[1::2], strict=False))


def _elsewhere(region: Region) -> Region:
    """A small place in the corner that is farthest from a region."""
    x = sum(p[0] for p in region.points) / len(region.points)
    y = sum(p[1] for p in region.points) / len(region.points)
    left, top = (0.0, 0.9)[x < 0.5], (0.0, 0.9)[y < 0.5]
    corners = ((left, top), (left + 0.1, top), (left + 0.1, top + 0.1), (left, top + 0.1))
    return Region("Place 2", tuple((round(a, 4), round(b, 4)) for a, b in corners))
