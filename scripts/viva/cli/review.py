"""The commands that send questions to reviewers, and write what they said beside them.

What a command needs is imported when it runs, as in `cli/analyse.py`.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from viva.bank.question import STATUSES
from viva.base import files, tables
from viva.base.refused import Refused
from viva.base.words import joined, say, shaped
from viva.cli.course import There, layout, read
from viva.cli.talk import OTHER, echo, many
from viva.course import guard

if TYPE_CHECKING:
    from viva.course.beside import Written
    from viva.review.returned import Returned


@click.group("review")
def review() -> None:
    """Have colleagues review questions: a packet goes out, comments and sign-offs come back."""


@review.command("packet")
@click.argument("questions", nargs=-1)
@click.option(
    "--state", "states", multiple=True, type=click.Choice(STATUSES),
    help="Only questions in this state; several if given again.",
)  # fmt: skip
@click.option("--title", help="Its heading; Review of questions unless you say.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default="review",
    show_default=True, help="Where to write.",
)  # fmt: skip
def packet_command(
    questions: tuple[str, ...], states: tuple[str, ...], title: str | None, out: Path
) -> None:
    """Write a packet for reviewers, as a page and for Word.

    QUESTIONS are ids of banks or questions; without any it is all that are not retired. For each
    it holds the question, the key, the whys, what the linter says, what students did, what was said
    before, and boxes for a state and a comment.

    \b
    Examples:
      viva review packet imaging --state draft --state "in review"
      viva review packet heart-valves heart-sounds --title "Hearts, December"
    """
    from viva.base.cache import Cache
    from viva.cli import checked
    from viva.review import packet
    from viva.review import page as pages
    from viva.site.site import Site
    from viva.theme import Theme

    word = _word()
    course = _sound()
    here = course.layout
    guard.outside(out, OTHER, here)
    asked = packet.chosen(course, questions, states)
    if not asked:
        raise Refused(say("no question is in that state (see them with viva review list)"))
    site = Site(course, Theme(here.overrides), Cache(here.cache))
    heading = title or site.words.say("Review of questions")
    made = packet.packet(site, asked, checked.of(course).flaws, heading)
    contents = {
        "review.html": pages.made(made, here.docs),
        "review.docx": word.made(made, here.docs),
    }
    for path in files.outputs(out, contents, remedy=OTHER):
        echo(str(path))
    said = say(
        "{asked}; read what comes back: viva review read",
        asked=many(len(asked), "question"),
    )
    echo(said, err=True)


def _word() -> Any:
    """The writer of Word documents, if what it needs is installed."""
    try:
        from viva.review import word
    except ModuleNotFoundError as missing:
        said = say(
            'a packet needs {name} (type: pip install "viva-course[paper]")',
            name=missing.name,
        )
        raise Refused(said) from None
    return word


def _sound() -> Any:
    """The course, if nothing in it is broken but assignments: they may ask what is still a draft,
    and this is how it ceases to be one."""
    from viva.assignments.model import files
    from viva.base.problems import has_errors

    course = read(layout())
    own = {course.layout.name(path) for path in files(course.layout)}
    problems = [one for one in course.problems if one.path not in own]
    if has_errors(problems):
        for problem in problems:
            echo(problem.told, err=True)
        raise Refused(say("the course is broken (mend these first; viva check lists them)"))
    return course


@review.command("read")
@click.argument("returned", nargs=-1, required=True, type=There(dir_okay=False))
@click.option("--by", help="Who the reviewer is, where the file does not say.")
@click.option("--date", help="The day of the review, where the file does not say: 2026-12-08.")
def read_command(returned: tuple[Path, ...], by: str | None, date: str | None) -> None:
    """Write what reviewers said into the banks, beside each question, and change nothing else.

    RETURNED are the Word documents that came back, filled in, and files that the page has saved.
    Reading a file twice adds nothing.

    \b
    Example:
      viva review read from-ada.docx review-Ben-Lind.json
    """
    _word()
    from viva.review import signing

    came = [_returned(path, by, date) for path in returned]
    course = _sound()
    found = signing.signed(course, came)
    said = [shaped("{file}: {fault}", file=one.file, fault=it) for one in came for it in one.faults]
    done = list(signing.write(course, found))
    for line in (*said, *found.held, *(line for one in done for line in one.refused)):
        echo(line)
    _tell(*done)
    sys.exit(bool(said or found.held or any(one.refused for one in done)))


def _returned(path: Path, by: str | None, date: str | None) -> Returned:
    """A packet that came back, with a name and a day."""
    from viva.exchange import limits
    from viva.review import returned

    try:
        one = returned.read(limits.opened(path), layout().settings.words)
    except Refused as refused:
        raise Refused(shaped("{path}: {said}", path=path, said=refused.told)) from None
    one = replace(one, by=one.by or by or "", date=one.date or date or "")
    if not one.by:
        said = say(
            "{path}: no reviewer is named (write it in its first table, or say --by)",
            path=path,
        )
        raise Refused(said)
    if not one.date:
        said = say("no day is given (write it in its first table, or say --date)")
        why = joined(one.no_day, said, by="; ") if one.no_day else said
        raise Refused(shaped("{path}: {why}", path=path, why=why))
    return one


def _tell(reviews: Written, states: Written) -> None:
    for path, number in reviews.written.items():
        questions = many(number, "question")
        echo(say("{path}: {questions} reviewed", path=path, questions=questions), err=True)
    if reviews.same:
        same = many(reviews.same, "question")
        echo(say("reviewed before: {questions}", questions=same), err=True)
    for path, number in states.written.items():
        questions = many(number, "question")
        echo(say("{path}: {questions} in a new state", path=path, questions=questions), err=True)
    if states.same:
        same = many(states.same, "question")
        echo(say("in a new state before: {questions}", questions=same), err=True)


@review.command("list")
def list_command() -> None:
    """Print, as a table, the state of each question, and who said what last.

    \b
    Example:
      viva review list > states.csv
    """
    course = read(layout())
    rows: list[tuple[Any, ...]] = [("question", "bank", "state", "signed", "by", "date", "comment")]
    for bank in course.banks:
        for one in bank.questions:
            last = one.reviews[-1] if one.reviews else None
            words = (last.by, last.date, last.comment or "") if last else ("", "", "")
            rows.append((one.id, bank.id, one.status or "", "yes" if one.signed else "", *words))
    echo(tables.text(rows).removeprefix("\ufeff"), nl=False)


COMMANDS = (review,)
