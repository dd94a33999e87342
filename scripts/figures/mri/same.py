"""Whether two files of the reader say the same: other processors round the last digit otherwise.

Distances may differ by 0.1 mm, outlines by 0.3 mm, pictures by one grey value on average. What is
alike keeps the bytes that are there, so that a second machine changes nothing.
"""

from __future__ import annotations

import base64
import io
import json
import re
from typing import Any

import numpy as np
from PIL import Image

from figures.mri.outlines import polygon

DISTANCE, OUTLINE = 0.1 + 1e-9, 0.3  # mm
GREY = 1.0  # on average over a picture
HANDED = re.compile(r"(?:mriIndex|\])=(.*);", re.DOTALL)  # to the page, as `pack` writes it
EDGE = 4  # pixels by which a box may differ


def alike(name: str, old: bytes, new: bytes) -> bool:
    """Whether the new content of a file differs from the old one by rounding only."""
    if old == new:
        return True
    if name.endswith(".webp"):
        return _pictures(old, new)
    return _values(_content(old), _content(new))


def _content(script: bytes) -> Any:
    return json.loads(HANDED.search(script.decode())[1])


def _values(old: Any, new: Any) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_values(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return _lists(old, new)
    if isinstance(old, str) and isinstance(new, str) and old.startswith("M"):
        return new.startswith("M") and polygon(old).hausdorff_distance(polygon(new)) <= OUTLINE
    if isinstance(old, int | float) and isinstance(new, int | float):
        return abs(old - new) <= DISTANCE
    return bool(old == new)


def _lists(old: list[Any], new: list[Any]) -> bool:
    if len(old) == 5 and isinstance(old[4], str):  # a box and its picture
        close = all(abs(a - b) <= EDGE for a, b in zip(old[:4], new[:4], strict=True))
        return close and (old[:4] != new[:4] or _pictures(*map(base64.b64decode, (old[4], new[4]))))
    return len(old) == len(new) and all(map(_values, old, new))


def _pictures(old: bytes, new: bytes) -> bool:
    one, other = (np.asarray(Image.open(io.BytesIO(each)).convert("L"), float)
                  for each in (old, new))
    return one.shape == other.shape and float(np.abs(one - other).mean()) <= GREY
