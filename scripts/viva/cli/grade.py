"""The command that marks what students send back.

What a command needs is imported when it runs: openpyxl would slow every other command.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viva.base.refused import Refused
from viva.cli.course import There, assignment_of
from viva.cli.talk import OTHER, many, progress
from viva.course import guard

if TYPE_CHECKING:
    from viva.assignments.grading import Graded
    from viva.site.site import Site


@click.command("grade")
@click.argument("assignment", type=There(dir_okay=False))
@click.argument("submissions", nargs=-1, required=True, type=There())
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="results",
    show_default=True,
    help="Where to write the results.",
)
@click.option(
    "--judgements",
    type=There(dir_okay=False),
    help="The table of answers with your marks; to-judge.csv in the results unless you say.",
)
@click.option("--release", is_flag=True, help="Print right answers and whys on the feedback pages.")
@click.option("--accept-changed", is_flag=True, help="Mark answers to questions edited since, too.")
def grade(
    assignment: Path,
    submissions: tuple[Path, ...],
    out: Path,
    judgements: Path | None,
    release: bool,
    accept_changed: bool,
) -> None:
    """Mark what students sent back for ASSIGNMENT.

    SUBMISSIONS are files, folders or zips, as a learning platform gives them. Files that cannot be
    marked are named with the reason; the others are marked.

    \b
    Examples:
      viva grade quizzes/assignments/week-1.yml submissions/ --out results
      viva grade quizzes/assignments/week-1.yml download.zip --release
    """
    from viva.assignments import gradebooks, grading, identity, judging, uploads
    from viva.assignments.submissions import read_all

    site, chosen = assignment_of(assignment)
    guard.outside(out, OTHER, site.course.layout, marks=True)
    table, decided = judgements or out / gradebooks.JUDGE, out / gradebooks.DECIDE
    judged = judging.read(table) if table.is_file() else None
    decisions = identity.read(decided) if decided.is_file() else {}
    typed: dict[str, str] = {}
    files = uploads.apart(progress(uploads.gather(submissions), "Reading files"), typed)
    sent = read_all(files, chosen)
    rulings = grading.Rulings(decisions, typed)
    graded = grading.grade(chosen, *sent, judged, accept_changed, rulings)
    for bad in graded.bad:
        click.echo(f"{bad.file}: {bad.reason}")
    if not graded.results and not graded.held:
        where = ", ".join(map(str, submissions))
        said = f"nobody to mark: no answer file for {chosen.id} is in {where}"
        raise Refused(f"{said} (put there what your students sent)")
    failed = _write(graded, site, out, release, table)
    _say(graded, out, table)
    sys.exit(failed or any(bad.is_ours for bad in graded.bad))


def _write(graded: Graded, site: Site, out: Path, release: bool, table: Path) -> bool:
    """Write tables and pages together, and return whether a page could not be made."""
    from viva.assignments import feedback, gradebooks

    made = feedback.pages(graded, site, release)
    pages = list(progress(made, "Writing feedback", len(graded.results)))
    gradebooks.write(graded, out, {one.name: one.html for one in pages if not one.bad}, table)
    bad = [one.bad for one in pages if one.bad]
    for one in bad:
        click.echo(f"{one.file}: {one.reason}")
    return bool(bad)


def _say(graded: Graded, out: Path, table: Path) -> None:
    """What to do next, and what was done."""
    from viva.assignments import gradebooks
    from viva.assignments.remarks import Code, has

    _say_origin(graded, out)
    for row in gradebooks.unused(graded):
        what = f"{row.question}: {row.answer!r}" if row.question else f"row {row.name}"
        click.echo(f"{table}: {what} has a mark, but no answer waits for it (delete the row?)")
    left = len(gradebooks.waiting(graded))
    if left:
        said = f"answers that wait for you: {left}. Write a mark beside each in {table}"
        click.echo(f"{said}, then run this again")
    changed = sum(has(one.remarks, Code.CHANGED) for one in graded.results)
    if changed:
        said = f"students who answered questions that were edited since: {changed}"
        click.echo(f"{said}. Restore the questions, or say --accept-changed")
    students, bad = many(len(graded.results), "student"), many(len(graded.bad), "file")
    click.echo(f"{students} marked, {bad} not counted: {out / 'results.xlsx'}", err=True)


def _say_origin(graded: Graded, out: Path) -> None:
    """Files that are not whose they say, and those that wait for a decision."""
    from viva.assignments.gradebooks import DECIDE
    from viva.assignments.remarks import ORIGIN

    for result in graded.results:
        for one in result.remarks:
            if one.code in ORIGIN:
                click.echo(f"{result.submission.file}: {one}")
    for doubt in graded.held:
        for one in doubt.why:
            click.echo(f"{doubt.submission.file}: {one}")
    held = len({one.submission.student for one in graded.held})
    if held:
        said = f"students without marks until you decide which file counts: {held}"
        what = f"Write yes or no beside each file in {out / DECIDE}"
        click.echo(f"{said}. {what}, then run this again")


COMMANDS = (grade,)
