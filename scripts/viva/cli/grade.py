"""The command that marks what students send back.

What a command needs is imported when it runs: openpyxl would slow every other command.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from viva.base.refused import Refused
from viva.cli.course import There, assignment_of
from viva.cli.talk import OTHER, many, progress
from viva.course import guard

if TYPE_CHECKING:
    from viva.assignments.grading import Graded


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
    from viva.assignments import feedback, gradebooks, grading, uploads
    from viva.assignments.submissions import read_all

    site, chosen = assignment_of(assignment)
    guard.outside(out, OTHER, site.course.layout)
    table = judgements or out / gradebooks.JUDGE
    judged = gradebooks.read_judgements(table) if table.is_file() else {}
    files = progress(uploads.gather(submissions), "Reading files")
    graded = grading.grade(chosen, *read_all(files, chosen), judged, accept_changed)
    for bad in graded.bad:
        click.echo(f"{bad.file}: {bad.reason}")
    if not graded.results:
        where = ", ".join(map(str, submissions))
        said = f"nobody to mark: no answer file for {chosen.id} is in {where}"
        raise Refused(f"{said} (put there what your students sent)")
    made = feedback.pages(graded, site, release)
    pages = dict(progress(made, "Writing feedback", len(graded.results)))
    gradebooks.write(graded, out, pages, table)
    _say(graded, out)


def _say(graded: Graded, out: Path) -> None:
    """What to do next, and what was done."""
    from viva.assignments.gradebooks import JUDGE, waiting
    from viva.assignments.remarks import Code, has

    left = len(waiting(graded))
    if left:
        said = f"answers that wait for you: {left}. Write a mark beside each in {out / JUDGE}"
        click.echo(f"{said}, then run this again")
    changed = sum(has(one.remarks, Code.CHANGED) for one in graded.results)
    if changed:
        said = f"students who answered questions that were edited since: {changed}"
        click.echo(f"{said}. Restore the questions, or say --accept-changed")
    students, bad = many(len(graded.results), "student"), many(len(graded.bad), "file")
    click.echo(f"{students} marked, {bad} not counted: {out / 'results.xlsx'}", err=True)


COMMANDS = (grade,)
