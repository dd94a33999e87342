"""QTI 2.1, a package of items and tests."""

from __future__ import annotations

from viva.base.words import say
from viva.exchange.export import Job
from viva.exchange.qti import package
from viva.exchange.qti.elements import PICTURES
from viva.offline.archive import packed

TITLE = "QTI 2.1"
CLIENT = "QTI"
ENDING = "-qti21.zip"
KEEPS = say("all kinds but measurements, with pictures and whys; typed answers nearly; no hints")
STEPS = (
    say(
        "In your test system choose Import, then QTI, and pick the zip; there is no need to "
        "unpack it."
    ),
    say("Each bank arrives as a test, its questions as items."),
)


def address(name: str) -> str:
    """A picture that lies beside the items."""
    return PICTURES + name


def write(job: Job) -> bytes:
    """The package."""
    return packed(package.package(job, package.TWO))
