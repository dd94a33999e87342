"""Canvas, New Quizzes, which take points by answer."""

from __future__ import annotations

from viva.base.words import say
from viva.exchange import canvas, canvas_package
from viva.exchange.export import Job
from viva.exchange.qti12 import PICTURES

TITLE = "Canvas, New Quizzes"
CLIENT = "Canvas"
ENDING = "-canvas-new.zip"
KEEPS = say("as canvas, and script concordance with points by answer")
STEPS = (
    say("In Canvas open your course, then Settings, Import Course Content."),
    say(
        "Choose “QTI .zip file”, pick the zip, tick “Import existing quizzes as New Quizzes”, "
        "Import."
    ),
    say("In script concordance questions look whether “Vary points by answer” is on."),
)


def address(name: str) -> str:
    """A picture that lies in the package."""
    return canvas.FILEBASE + PICTURES + name


def write(job: Job) -> bytes:
    """The package."""
    return canvas_package.package(job, canvas.NEW)
