"""The PDF of a site, printed once for the same book."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from viva.offline import built, pdf
from viva.offline.built import Target

ENDING = ".pdf"
REVISED = re.compile(r'<meta name="revised" content="(\d{4}-\d\d-\d\d)">')


def print_book(target: Target, page: Path, chromium: str) -> None:
    """Put the PDF among the downloads, from the page that the build left for it."""
    text = page.read_text("utf-8")
    kept = page.with_name(f"{_key(target, text, chromium)}{ENDING}")
    if not kept.is_file():
        _print(target, text, chromium, kept)
    shutil.copyfile(kept, target.file(ENDING))


def _key(target: Target, text: str, chromium: str) -> str:
    """A hash of all that shapes the PDF: the book, the files it may show, the browser."""
    told = hashlib.sha256(f"{chromium} {Path(chromium).resolve().stat().st_mtime}{text}".encode())
    for name, data in built.contents(target.site).items():
        if name.startswith("assets/"):
            told.update(name.encode())
            for block in built.blocks(data):
                told.update(block)
    return told.hexdigest()[:16]


def _print(target: Target, text: str, chromium: str, kept: Path) -> None:
    """Print the page where its links lead to figures and letters, and leave no trace there."""
    page, fresh = target.folder / ".book.html", kept.with_suffix(".new")
    day = REVISED.search(text)
    assert day, "the page of the book tells its day"
    try:
        page.write_text(text, "utf-8", newline="\n")
        pdf.write(chromium, page, fresh, day[1])
    finally:
        page.unlink(missing_ok=True)
    for old in kept.parent.glob(f"*{ENDING}"):
        old.unlink()
    fresh.rename(kept)
