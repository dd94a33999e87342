"""The command that brings questions in from other systems.

What it needs is imported when it runs: XML and spreadsheets would slow every other command.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viva.base.refused import Refused
from viva.base.words import Said, joined, say, shaped
from viva.cli.course import There, layout
from viva.cli.talk import bar, echo, many

if TYPE_CHECKING:
    from viva.exchange.importing import Finding, Kind, Report

SOME = 3
"""So many places are named before the rest are counted."""


@click.command("import")
@click.argument("file", type=There(dir_okay=False))
@click.option(
    "--bank", metavar="NAME", help="The bank to write; named after the file, unless said."
)
@click.option("--from", "form", metavar="FORMAT", help="What the file is, where viva cannot tell.")
@click.option(
    "--update",
    is_flag=True,
    help="Replace the questions of the bank by id, and keep what you added to them.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would come of it; write nothing.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the report.",
)
def import_command(
    file: Path, bank: str | None, form: str | None, update: bool, dry_run: bool, style: str
) -> None:
    """Bring questions in from FILE: from Word, a spreadsheet, another system, or Anki.

    A new bank is written into quizzes/, with a comment wherever you have to add something. What
    changed on the way and what was left out is said, with its place in the file.

    \b
    Examples:
      viva import exam.docx --bank knee
      viva import questions.xlsx --dry-run
      viva import moodle.xml --bank knee --update
    """
    try:
        from viva.course import courses
        from viva.exchange import importing, updating
    except ModuleNotFoundError as missing:
        said = say(
            'importing needs {name} (type: pip install "viva-course[exchange]")',
            name=missing.name,
        )
        raise Refused(said) from None

    name = importing.bank_name(file, bank)
    course = courses.load(layout())
    with bar(say("Importing {file}", file=file.name)) as seen:
        make = updating.plan if update else importing.plan
        # Each question is read, and then checked.
        made = make(file, course, name, form, seen.tick, lambda many: seen.expect(2 * many))
    if not dry_run:
        importing.write(made)
    tell(made.report, style, dry_run)
    sys.exit(not made.report.paths)


def tell(report: Report, style: str, dry_run: bool) -> None:
    """The paths on stdout, what happened on stderr."""
    if style == "json":
        echo(report.as_json())
        return
    for line in grouped(report):
        echo(line, err=True)
    echo(summary(report), err=True)
    for path in report.paths:
        echo(path)
    if dry_run:
        echo(say("Nothing was written (leave out --dry-run to write it)."), err=True)
    elif report.paths:
        echo(say("Now add what each line with # asks for, then run: viva check"), err=True)


def grouped(report: Report) -> Iterator[Said]:
    """A line for each thing to know; what is the same of many questions is said once."""
    from viva.exchange import importing

    alike: dict[tuple[Kind, str], list[Finding]] = {}
    for one in report.findings:
        alike.setdefault((one.kind, one.message), []).append(one)
    for (kind, message), found in alike.items():
        if len(found) <= SOME:
            yield from (one.told for one in found)
            continue
        places = ", ".join(one.place for one in found[:SOME])
        yield shaped(
            "{questions}: {kind}: {message} ({places}, …)",
            questions=many(len(found), "question"),
            kind=importing.KINDS[kind],
            message=message,
            places=places,
        )


def summary(report: Report) -> Said:
    """How many came, in a sentence."""
    changed, gone = report.count("changed"), report.count("left out")
    whole = report.questions - gone - changed
    parts = [
        say(
            "{questions}: {whole} as they were, {changed} changed, {gone} left out",
            questions=many(report.questions, "question"),
            whole=whole,
            changed=changed,
            gone=gone,
        )
    ]
    parts += [many(report.cards, "card")] if report.cards else []
    parts += [many(report.pictures, "picture")] if report.pictures else []
    if report.updated or report.added or report.same:
        numbers = {"replaced": report.updated, "added": report.added, "same": report.same}
        parts.append(say("{replaced} replaced, {added} added, {same} as before", **numbers))
    return joined(*parts, by="; ")


COMMANDS = (import_command,)
