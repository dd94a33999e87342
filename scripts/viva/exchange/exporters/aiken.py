"""Aiken: one best answer in plain text, and nothing else."""

from __future__ import annotations

import re

from viva.bank import interactions as ways
from viva.base.letters import letter
from viva.base.words import row, say
from viva.exchange.export import MOODLE, Job, Writers, writers
from viva.exchange.items import Item
from viva.exchange.losses import LeftOut

TITLE = say("Aiken, plain text")
CLIENT = "Aiken"
ENDING = ".aiken.txt"
KEEPS = say("one best answer as plain text: stem, options, right answer; no whys, no pictures")
STEPS = (
    say("In Moodle open your course, then More, Question bank, Import, “Aiken format”."),
    say("If you can choose the format, take moodle-xml: it keeps everything."),
)
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
        raise LeftOut(say("Aiken takes one right option"), MOODLE)
    if question.figure:
        raise LeftOut(say("{client} carries no picture", client=CLIENT), MOODLE)
    stem = job.html.plain(question.stem)
    if OPTION.match(stem) or len(given.options) > MOST:
        said = say("Aiken takes its stem for an option, or has too few letters")
        raise LeftOut(said, MOODLE)
    if question.explanation or question.hint or any(one.why for one in given.options):
        said = say("whys, explanation and hint stay behind ({instead})", instead=MOODLE)
        job.near(item, said)
    letters = list(map(letter, range(len(given.options))))
    pairs = list(zip(letters, given.options, strict=True))
    lines = [f"{at}) {job.html.plain(one.text)}" for at, one in pairs]
    right, *also = (at for at, one in pairs if one.right)
    if also:
        said = say(
            "its second right answer {letters} counts as wrong ({instead})",
            letters=row(also), instead=MOODLE,
        )
        job.near(item, said)
    return "\n".join((stem, *lines, f"ANSWER: {right}", ""))


WRITERS: Writers[str] = writers(_choice)
