"""The list of what readers can take along, on the page that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath

from viva.offline.built import FOLDER, ZIP, Target

HERE = re.compile(r'<div class="?viva-downloads-here"?>.*?</div>', re.DOTALL)
UNPACKED = "<p>You are reading the unpacked folder: you have the whole course already.</p>"
LATER = "<p>The files to download are made when the course is built: <code>viva build</code>.</p>"
KINDS = {
    ZIP: ("The whole course as a folder", "a zip file to unpack"),
    ".epub": ("The whole course as a book", "an EPUB for e-readers and reading apps"),
    ".pdf": ("The whole course as a PDF", "to read or to print"),
}


def listed(target: Target) -> str:
    """The downloads that are there, as a list of links."""
    return f'<ul class="viva-downloads">{"".join(_items(target))}</ul>'


def fill(page: str, html: str) -> str:
    """The page with the list in its place; a list that was there before gives way."""
    return HERE.sub(lambda _: f'<div class="viva-downloads-here">{html}</div>', page)


def _items(target: Target) -> Iterator[str]:
    for ending, (title, kind) in KINDS.items():
        file = target.file(ending)
        if file.is_file():
            href = escape(str(PurePosixPath(FOLDER, file.name)))
            told = f"{kind}, {megabytes(file.stat().st_size)}"
            yield f'<li><a href="{href}" download>{title}</a> ({told})</li>'


def megabytes(size: int) -> str:
    """A size as people read it: 2.3 MB, never torn apart."""
    return f"{max(size / 1e6, 0.1):.1f}\u00a0MB"
