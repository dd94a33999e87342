"""Places in a picture, as an item of QTI has them."""

from __future__ import annotations

import re
from typing import Any

from viva.bank.interactions import Region, Spot
from viva.base.words import say
from viva.exchange import gaps
from viva.exchange.images import Image
from viva.exchange.numbers import decimal
from viva.exchange.qti.given import Answer, worth
from viva.exchange.texts import NotThere, Texts


def spot(interaction: Any, answer: Answer, texts: Texts) -> tuple[Spot, Image]:
    """The places of a hotspot, one of them right, and its picture."""
    picture = next((one for one in interaction.iter("img", "object")), None)
    if picture is None:
        raise NotThere(say("its picture is not in the file"))
    src = picture.get("src") or picture.get("data") or ""
    wide, high = decimal(picture.get("width")), decimal(picture.get("height"))
    image = texts.picture(src, picture.get("alt") or picture.text or "")
    if image is None or not wide or not high:
        raise NotThere(say("its picture cannot be used"))
    choices = list(interaction.iter("hotspotChoice"))
    known = {*answer.right, *worth(answer)}
    right = [n for n, one in enumerate(choices) if one.get("identifier") in known]
    if len(right) != 1 or len(choices) < 2:
        raise NotThere(say("a hotspot here has two or more places, and one of them is right"))
    regions = tuple(_region(one, n, wide, high) for n, one in enumerate(choices, 1))
    return Spot(regions, right[0]), image


def _region(choice: Any, place: int, wide: float, high: float) -> Region:
    found = [decimal(one) or 0.0 for one in re.findall(r"-?[\d.]+", choice.get("coords") or "")]
    shape = choice.get("shape")
    if shape == "circle" and len(found) >= 3:
        corners = gaps.ring(found[0], found[1], found[2], found[2])
    elif shape == "ellipse" and len(found) >= 4:
        corners = gaps.ring(*found[:4])
    elif shape == "rect" and len(found) >= 4:
        left, top, right, bottom = found[:4]
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    else:
        corners = list(zip(found[::2], found[1::2], strict=False))
    inside = [(min(1.0, max(0.0, x / wide)), min(1.0, max(0.0, y / high))) for x, y in corners]
    if len(inside) < 3:
        raise NotThere(say("a place in its picture has no outline"))
    label = choice.get("hotspotLabel") or choice.get("ariaLabel") or f"Place {place}"
    return Region(label, tuple((round(x, 4), round(y, 4)) for x, y in inside))
