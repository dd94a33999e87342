"""What is done when all pages are written."""

from __future__ import annotations

from dataclasses import dataclass

from viva.offline import app, archive, built, downloads
from viva.offline.built import ZIP, Target


@dataclass(frozen=True)
class Order:
    """What to make, and for which site."""

    target: Target
    course: app.Course


def preview(order: Order) -> None:
    """A preview offers no downloads, and drives out an app that was installed at its address."""
    downloads.tell(order.target, downloads.LATER)
    app.write_no_worker(order.target.site)


def finish(order: Order) -> None:
    """Make what readers take along, and list it on its page."""
    target = order.target
    app.write_manifest(target.site, order.course)
    pack(target)
    seal(target)


def pack(target: Target) -> None:
    """Write the zip of the site: everything that a reader can open, in one folder."""
    files = built.contents(target.site)
    page = files[downloads.PAGE].decode()
    files[downloads.PAGE] = downloads.fill(page, downloads.UNPACKED).encode()
    # A folder shown by a server is a site, and becomes an app like any other.
    files[app.WORKER] = app.worker(files).encode()
    archive.write(target.file(ZIP), {f"{target.name}/{name}": data for name, data in files.items()})


def seal(target: Target) -> None:
    """List the downloads that are there; after that no file of the site may change."""
    downloads.tell(target, downloads.listed(target))
    app.write_worker(target)
