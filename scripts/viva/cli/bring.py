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
from viva.cli.course import There, layout
from viva.cli.talk import bar, many

if TYPE_CHECKING:
    from viva.exchange.importing import Finding, Report

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
        said = f'importing needs {missing.name} (type: pip install "viva-course[exchange]")'
        raise Refused(said) from None

    name = importing.bank_name(file, bank)
    course = courses.load(layout())
    with bar(f"Importing {file.name}") as seen:
        make = updating.plan if update else importing.plan
        # Each question is read, and then checked.
        made = make(file, course, name, form, seen.tick, lambda many: seen.expect(2 * many))
    if not dry_run:
        importing.write(made)
    say(made.report, style, dry_run)
    sys.exit(not made.report.paths)


def say(report: Report, style: str, dry_run: bool) -> None:
    """The paths on stdout, what happened on stderr."""
    if style == "json":
        click.echo(report.as_json())
        return
    for line in grouped(report):
        click.echo(line, err=True)
    click.echo(summary(report), err=True)
    for path in report.paths:
        click.echo(path)
    if dry_run:
        click.echo("Nothing was written (leave out --dry-run to write it).", err=True)
    elif report.paths:
        click.echo("Now add what each line with # asks for, then run: viva check", err=True)


def grouped(report: Report) -> Iterator[str]:
    """A line for each thing to know; what is the same of many questions is said once."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for one in report.findings:
        alike.setdefault((one.kind, one.message), []).append(one)
    for (kind, message), found in alike.items():
        if len(found) <= SOME:
            yield from map(str, found)
            continue
        places = ", ".join(one.place for one in found[:SOME])
        yield f"{many(len(found), 'question')}: {kind}: {message} ({places}, …)"


def summary(report: Report) -> str:
    """How many came, in a sentence."""
    changed, gone = report.count("changed"), report.count("left out")
    whole = report.questions - gone - changed
    said = f"{many(report.questions, 'question')}: {whole} as they were, {changed} changed, "
    parts = [f"{said}{gone} left out"]
    parts += [f"{many(report.cards, 'card')}"] if report.cards else []
    parts += [f"{many(report.pictures, 'picture')}"] if report.pictures else []
    if report.updated or report.added or report.same:
        parts += [f"{report.updated} replaced, {report.added} added, {report.same} as before"]
    return "; ".join(parts)


COMMANDS = (import_command,)
