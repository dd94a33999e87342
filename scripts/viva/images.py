"""Images keep their place while they load: a page says the size that an SVG says of itself."""

from __future__ import annotations

import re
from os.path import normpath
from pathlib import Path

IMAGE = re.compile(r'<img (?![^>]*\bwidth=)[^>]*?\bsrc="([^"#:]+\.svg)(?:#[^"]*)?"')
SIZE = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)"\s+height="([\d.]+)"')
HEAD = 1000  # bytes in which an SVG has said its size


def sized(html: str, folder: Path) -> str:
    """HTML whose local SVG images have width and height; `folder` is where its links start from."""
    # Normalised as text, because the folder of a generated page does not exist under docs/.
    return IMAGE.sub(lambda found: found[0] + _size(Path(normpath(folder / found[1]))), html)


def _size(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8", errors="replace") as file:
        found = SIZE.search(file.read(HEAD))
    return f' width="{found[1]}" height="{found[2]}"' if found else ""
