"""What is done when all pages are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from viva.base import files
from viva.base.words import ENGLISH, Words
from viva.offline import app, archive, built, downloads, epub, onepage
from viva.offline.book import Book
from viva.offline.built import ZIP, Target
from viva.offline.parts import Part


@dataclass(frozen=True)
class Order:
    """What to make, and for which site."""

    target: Target
    course: app.Course
    book: Book
    modules: tuple[Part, ...]
    """With what goes with each: of a large course they are kept one by one."""
    printed: Path
    """Where the book waits as one page until a browser prints it."""


def preview(site: Path, page: str, words: Words = ENGLISH) -> None:
    """A preview offers no downloads, and drives out an app that was installed at its address."""
    there = site / page
    files.put(there, downloads.fill(there.read_text("utf-8"), downloads.later(words)))
    app.write_no_worker(site)


def inside(order: Order, url: str) -> None:
    """A site inside another makes its books, and leads to the downloads of that, which has all."""
    target = order.target
    there = target.site / target.page
    made = downloads.elsewhere(target.words, url)
    files.put(there, downloads.fill(there.read_text("utf-8"), made))
    _write_books(order)


def finish(order: Order) -> None:
    """Make what readers take along, and list it on its page."""
    target = order.target
    app.write_manifest(target.site, order.course)
    pack(target, order.modules)
    _write_books(order)
    seal(target, order.modules)


def _write_books(order: Order) -> None:
    target = order.target
    epub.write(target.file(epub.ENDING), order.book, target.site)
    files.write(order.printed, onepage.html(order.book, target.to_books))


def pack(target: Target, modules: Sequence[Part] = ()) -> None:
    """Write the zip of the site: everything that a reader can open, in one folder."""
    found = built.contents(target.site)
    page = built.text(found[target.page])
    found[target.page] = downloads.fill(page, downloads.unpacked(target.words)).encode()
    # A folder shown by a server is a site, and becomes an app like any other.
    found |= app.made(found, target.page, modules)
    archive.write(target.file(ZIP), {f"{target.name}/{name}": data for name, data in found.items()})


def seal(target: Target, modules: Sequence[Part] | None = None) -> None:
    """List the downloads that are there; after that no file of the site may change.

    Without `modules` the parts stay what they were.
    """
    found = built.contents(target.site)
    lists = {target.page: downloads.listed(target)}
    lists |= {one.page: downloads.translated(one, target) for one in target.translations}
    pages = {
        page: downloads.fill(built.text(found[page]), html).encode() for page, html in lists.items()
    }
    full = {**found, **pages}
    apart = app.known(target.site) if modules is None else modules
    made = {**pages, **app.made(full, target.page, apart)}
    # Together: a worker that does not know a page by its content would keep neither.
    files.together({target.site / name: content for name, content in made.items()})
