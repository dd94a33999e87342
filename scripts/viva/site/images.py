"""Images keep their place while they load, and wait to load until their reader comes near."""

from __future__ import annotations

import re
from os.path import normpath
from pathlib import Path

from viva.base import pictures
from viva.base.refused import Refused

IMAGE = re.compile(r"<img\b[^>]*?(?=\s*/?>)")
LOCAL = re.compile(r'\ssrc="([^"#:]+\.(?:svg|png|jpe?g|gif|webp))(?:#[^"]*)?"')
SIZE = re.compile(rb'<svg\b[^>]*?\swidth="([\d.]+)"\s+height="([\d.]+)"')
FIGURE = re.compile(
    r'((?:<figure[^>]*>\s*)?<p>)(<img (?![^>]*\bclass=)[^>]*?src="([^"#:]+)[^"]*"[^>]*>)(</p>)'
)
"""An image that has a paragraph for itself; one with a class has work of its own."""
ZOOM = r'\1<a class="viva-zoom" href="\3"DATA>\2</a>\4'
LABELS = b'id="unlabelled"'
"""What an SVG that can hide its labels has: addressed as `NAME.svg#unlabelled`, it does."""
HEAD = 1000  # bytes in which an image has said its size
LONG = 2**19  # the same for a JPEG, before whose size much else may stand
Size = tuple[float, float]


def prepared(html: str, folder: Path) -> str:
    """HTML whose images say what they can: local ones their size, all but the first of the
    article that they may load late. `folder` is where the page's links start from."""
    html = IMAGE.sub(lambda found: _sized(found[0], folder), html)
    before, article, inside = html.partition("<article")
    first = IMAGE.search(inside)
    if not first:
        return html
    rest = IMAGE.sub(lambda found: _late(found[0]), inside[first.end() :])
    return before + article + inside[: first.end()] + rest


def zoomed(html: str, folder: Path) -> str:
    """HTML whose figures are links to their own files, which the viewer opens over the page."""

    def linked(found: re.Match[str]) -> str:
        has = _hides(Path(normpath(folder / found[3])))
        return found.expand(ZOOM.replace("DATA", " data-labels" if has else ""))

    return FIGURE.sub(linked, html) if "<img" in html else html


def _hides(path: Path) -> bool:
    return path.suffix == ".svg" and path.is_file() and LABELS in path.read_bytes()


def _late(tag: str) -> str:
    return tag if " loading=" in tag else f'{tag} loading="lazy"'


def _sized(tag: str, folder: Path) -> str:
    found = None if " width=" in tag else LOCAL.search(tag)
    # Normalised as text, because the folder of a generated page does not exist under docs/.
    known = size(Path(normpath(folder / found[1]))) if found else None
    return tag + (f' width="{known[0]}" height="{known[1]}"' if known else "")


def size(path: Path) -> Size | None:
    """The width and height of an image's file, if it tells them."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        head = file.read(LONG if path.suffix in (".jpg", ".jpeg") else HEAD)
    if path.suffix == ".svg":
        found = SIZE.search(head)
        return (_number(found[1]), _number(found[2])) if found else None
    try:
        return pictures.size(head)
    except Refused:
        return None


def _number(text: bytes) -> float:
    return int(text) if text.isdigit() else float(text)
