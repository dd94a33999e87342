"""What is done when all pages are written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from viva.offline import app, archive, built, downloads, epub, onepage
from viva.offline.book import Book
from viva.offline.built import ZIP, Target


@dataclass(frozen=True)
class Order:
    """What to make, and for which site."""

    target: Target
    course: app.Course
    book: Book
    printed: Path
    """Where the book waits as one page until a browser prints it."""


def preview(site: Path, page: str) -> None:
    """A preview offers no downloads, and drives out an app that was installed at its address."""
    downloads.tell(site / page, downloads.LATER)
    app.write_no_worker(site)


def finish(order: Order) -> None:
    """Make what readers take along, and list it on its page."""
    target = order.target
    app.write_manifest(target.site, order.course)
    pack(target)
    epub.write(target.file(epub.ENDING), order.book, target.site)
    order.printed.parent.mkdir(parents=True, exist_ok=True)
    order.printed.write_text(onepage.html(order.book, "../"), "utf-8", newline="\n")
    seal(target)


def pack(target: Target) -> None:
    """Write the zip of the site: everything that a reader can open, in one folder."""
    files = built.contents(target.site)
    page = built.text(files[target.page])
    files[target.page] = downloads.fill(page, downloads.UNPACKED).encode()
    # A folder shown by a server is a site, and becomes an app like any other.
    files[app.WORKER] = app.worker(files).encode()
    files[app.PLAN] = app.plan(files, target.page).encode()
    archive.write(target.file(ZIP), {f"{target.name}/{name}": data for name, data in files.items()})


def seal(target: Target) -> None:
    """List the downloads that are there; after that no file of the site may change."""
    downloads.tell(target.site / target.page, downloads.listed(target))
    app.write_worker(target)
