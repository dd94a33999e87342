"""The book as a PDF, printed by Chromium: tagged, with bookmarks and page numbers."""

from __future__ import annotations

import re
from pathlib import Path

from viva.base import files
from viva.base.files.paths import real
from viva.offline import browser

DATE = re.compile(rb"\(D:\d{14}")
NODE = re.compile(rb"\(node(\d{8})\)")


def write(chromium: str, page: Path, target: Path, day: str) -> None:
    """Print a page; the file says that it was made on the given day, whenever that was."""
    browser.run(
        chromium,
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        "--export-tagged-pdf",
        f"--print-to-pdf={real(target)}",
        real(page).as_uri(),
        makes=target,
    )
    files.put(target, numbered(dated(target.read_bytes(), day)))


def dated(data: bytes, day: str) -> bytes:
    """The PDF with its dates set; they stay as long as they were, so that nothing in it moves."""
    digits = day.replace("-", "").encode() + b"000000"
    return DATE.sub(lambda _: b"(D:" + digits, data)


def numbered(data: bytes) -> bytes:
    """The PDF with the names of its nodes, which follow the browser's moods, counted from 1."""
    names = sorted(set(NODE.findall(data)))
    numbers = {name: b"(node%08d)" % number for number, name in enumerate(names, 1)}
    return NODE.sub(lambda found: numbers[found[1]], data)
