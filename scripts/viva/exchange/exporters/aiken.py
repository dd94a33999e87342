"""Aiken: one best answer in plain text, and nothing else."""

from __future__ import annotations

import re

from viva.bank import interactions as ways
from viva.base.letters import letter
from viva.base.words import say
from viva.exchange.export import Job, Writers, writers
from viva.exchange.items import Item
from viva.exchange.losses import LeftOut

TITLE = "Aiken, plain text"
CLIENT = "Aiken"
ENDING = ".aiken.txt"
KEEPS = say("one best answer as plain text: stem, options, right answer; no whys, no pictures")
STEPS = (
    say("In Moodle open your course, then More, Question bank, Import, “Aiken format”."),
    say("If you can choose the format, take moodle-xml: it keeps everything."),
)
INSTEAD = "use viva export moodle-xml"
OPTION = re.compile(r"[A-Z][).]\s|ANSWER:", re.IGNORECASE)
"""How a line begins that is an option, or the answer."""
MOST = 26


def write(job: Job) -> bytes:
    """All questions, with an empty line between them."""
    made = [said for bank in job.banks for _, said in job.written(bank, WRITERS)]
    return ("\n".join(made)).encode()


def _choice(job: Job, item: Item, given: ways.Choice) -> str:
    question = item.question
    if given.several:
        raise LeftOut("Aiken takes one right option", INSTEAD)
    if question.figure:
        raise LeftOut("Aiken carries no picture", INSTEAD)
    stem = job.html.plain(question.stem)
    if OPTION.match(stem) or len(given.options) > MOST:
        raise LeftOut("Aiken takes its stem for an option, or has too few letters", INSTEAD)
    if question.explanation or question.hint or any(one.why for one in given.options):
        job.near(item, f"whys, explanation and hint stay behind ({INSTEAD})")
    letters = list(map(letter, range(len(given.options))))
    pairs = list(zip(letters, given.options, strict=True))
    lines = [f"{at}) {job.html.plain(one.text)}" for at, one in pairs]
    right, *also = (at for at, one in pairs if one.right)
    if also:
        job.near(item, f"its second right answer {', '.join(also)} counts as wrong ({INSTEAD})")
    return "\n".join((stem, *lines, f"ANSWER: {right}", ""))


WRITERS: Writers[str] = writers(_choice)
