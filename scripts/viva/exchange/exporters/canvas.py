"""Canvas, Classic Quizzes."""

from __future__ import annotations

from viva.base.words import say
from viva.exchange import canvas, canvas_package
from viva.exchange.export import Job
from viva.exchange.qti12 import PICTURES

TITLE = "Canvas, Classic Quizzes"
CLIENT = "Canvas"
ENDING = "-canvas.zip"
KEEPS = say(
    "choices, true/false, matching, lists in a text, with pictures and whys; typed answers and "
    "places in figures nearly; no ordering, script concordance, measurements or hints"
)
STEPS = (
    say("In Canvas open your course, then Settings, Import Course Content."),
    say("Choose “QTI .zip file”, pick the zip, and click Import; each bank becomes a quiz."),
    say("Leave “Import existing quizzes as New Quizzes” unticked."),
)


def address(name: str) -> str:
    """A picture that lies in the package."""
    return canvas.FILEBASE + PICTURES + name


def write(job: Job) -> bytes:
    """The package."""
    return canvas_package.package(job, canvas.CLASSIC)
