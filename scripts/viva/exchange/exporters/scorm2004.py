"""SCORM 2004: our own pages, which tell the marks."""

from __future__ import annotations

from viva.base.words import say
from viva.exchange.export import Job
from viva.exchange.scorm.package import NEW, package

TITLE = "SCORM 2004"
CLIENT = "SCORM 2004"
ENDING = "-scorm2004.zip"
NEEDS_SITE = True
KEEPS = say(
    "everything: our own pages with score, status, answers and time; --pass sets what passes"
)
STEPS = (
    say("In Moodle add an activity, SCORM package, and drop the file in; do not unpack it."),
    say(
        "Under Appearance let it open in a new window or at full width; grade by the highest "
        "attempt."
    ),
    say("Students need nothing else: the system keeps score and place for each of them apart."),
)


def write(job: Job) -> bytes:
    """The package."""
    return package(job, NEW)
