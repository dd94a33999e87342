"""The PDF of a site, printed once for the same book."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from viva.base import files
from viva.base.files.paths import real
from viva.offline import built, pdf
from viva.offline.built import Target

ENDING = ".pdf"
OURS = re.compile(r"[0-9a-f]{16}\.pdf")
REVISED = re.compile(r'<meta name="revised" content="(\d{4}-\d\d-\d\d)">')


def print_book(target: Target, page: Path, chromium: str) -> None:
    """Put the PDF among the downloads, from the page that the build left for it."""
    text = page.read_text("utf-8")
    kept = page.with_name(f"{_key(target, text, chromium)}{ENDING}")
    if not kept.is_file():
        _print(target, text, chromium, kept)
    path = target.file(ENDING)
    files.grow(target.site, {path.relative_to(target.site).as_posix(): kept.read_bytes()})


def _key(target: Target, text: str, chromium: str) -> str:
    """A hash of all that shapes the PDF: the book, the files it may show, the browser."""
    told = hashlib.sha256(f"{chromium} {real(Path(chromium)).stat().st_mtime}{text}".encode())
    for name, data in built.contents(target.site).items():
        if name.startswith(target.assets):
            told.update(name.encode())
            for block in built.blocks(data):
                told.update(block)
    return told.hexdigest()[:16]


def _print(target: Target, text: str, chromium: str, kept: Path) -> None:
    """Print the page where its links lead to figures and letters, and leave no trace there."""
    page = target.folder / f"{files.BESIDE}book.html"
    day = REVISED.search(text)
    assert day, "the page of the book tells its day"
    with files.temporary() as folder:
        fresh = folder / kept.name
        try:
            files.write(page, text)
            pdf.write(chromium, page, fresh, day[1])
        finally:
            files.remove(page)
        for old in kept.parent.glob(f"*{ENDING}"):
            if OURS.fullmatch(old.name):
                files.remove(old)
        files.write(kept, fresh.read_bytes())
