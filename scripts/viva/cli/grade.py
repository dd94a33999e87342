"""The command that marks what students send back.

What a command needs is imported when it runs: openpyxl would slow every other command.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from viva.base.refused import Refused
from viva.base.words import say, shaped
from viva.cli.course import There, assignment_of
from viva.cli.talk import OTHER, echo, many, progress
from viva.course import guard

if TYPE_CHECKING:
    from viva.assignments.grading import Graded
    from viva.site.site import Site


@click.command("grade")
@click.argument("assignment", type=There())
@click.argument("submissions", nargs=-1, type=There())
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write the results; the folder results unless you say.",
)
@click.option(
    "--judgements",
    type=There(dir_okay=False),
    help="The table of answers with your marks; to-judge.csv in the results unless you say.",
)
@click.option("--release", is_flag=True, help="Print right answers and whys on the feedback pages.")
@click.option("--accept-changed", is_flag=True, help="Mark answers to questions edited since, too.")
@click.option("--diff", is_flag=True, help="Of a sitting: say whose mark each decision changed.")
@click.option("--by", help="Of a sitting: who decided what stands in its tables.")
def grade(
    assignment: Path,
    submissions: tuple[Path, ...],
    out: Path | None,
    judgements: Path | None,
    release: bool,
    accept_changed: bool,
    diff: bool,
    by: str | None,
) -> None:
    """Mark what students sent back for ASSIGNMENT.

    SUBMISSIONS are files, folders or zips, as a learning platform gives them, or a table of answers
    on paper with the file week-1-papers.json of viva print. Files that cannot be marked are named
    with the reason; the others are marked.

    In place of both, name the folder of a sitting (viva sitting new).

    \b
    Examples:
      viva grade quizzes/assignments/week-1.yml submissions/ --out results
      viva grade quizzes/assignments/week-1.yml download.zip --release
      viva grade quizzes/assignments/week-1.yml scan.csv paper/week-1-papers.json
      viva grade quizzes/sittings/2026-week-1
      viva grade quizzes/sittings/2026-week-1 --diff
    """
    if assignment.is_dir():
        if submissions or judgements or out:
            said = say(
                "a sitting has its own files, judgements and results (name its folder alone)"
            )
            raise Refused(said, misuse=True)
        return _sitting(assignment, release, accept_changed, diff, by)
    if not submissions:
        raise Refused(say("no submissions are named (name files, folders or zips)"), misuse=True)
    if diff or by:
        raise Refused(say("--diff and --by are for a sitting (name its folder)"), misuse=True)
    _loose(assignment, submissions, out or Path("results"), judgements, release, accept_changed)


def _loose(
    assignment: Path,
    submissions: tuple[Path, ...],
    out: Path,
    judgements: Path | None,
    release: bool,
    accept_changed: bool,
) -> None:
    """Mark loose files and folders."""
    from viva.assignments import gradebooks, grading, identity, intake, judging, uploads

    site, chosen = assignment_of(assignment)
    guard.outside(out, OTHER, site.course.layout, marks=True)
    table, decided = judgements or out / gradebooks.JUDGE, out / gradebooks.DECIDE
    judged = judging.read(table) if table.is_file() else None
    decisions = identity.read(decided) if decided.is_file() else {}
    typed: dict[str, str] = {}
    files = uploads.apart(progress(uploads.gather(submissions), say("Reading files")), typed)
    sent = intake.read_all(files, chosen)
    rulings = grading.Rulings(decisions, typed)
    graded = grading.grade(chosen, *sent, judged, accept_changed, rulings)
    where = ", ".join(map(str, submissions))
    failed = _finish(graded, site, out, release, where, table)
    sys.exit(failed)


def _sitting(folder: Path, release: bool, accept_changed: bool, diff: bool, by: str | None) -> None:
    """Mark a sitting, or say what its decisions have changed."""
    from viva.assignments.gradebooks import JUDGE
    from viva.cli import sitting
    from viva.sittings.folder import FILE, is_sitting

    if not is_sitting(folder):
        said = say(
            "{folder} is no sitting: it has no {file} (viva sitting new begins one)",
            folder=folder,
            file=FILE,
        )
        raise Refused(said)
    if diff:
        return sitting.differences(folder, accept_changed)
    found, site, graded = sitting.mark(folder, by, accept_changed)
    table = found.results / JUDGE
    more = sitting.tables_of(found, graded, site.words)
    failed = _finish(graded, site, found.results, release, str(found.received), table, more)
    sitting.summed(found, graded)
    sys.exit(failed)


def _finish(
    graded: Graded,
    site: Site,
    out: Path,
    release: bool,
    where: str,
    table: Path,
    more: Mapping[str, str] = MappingProxyType({}),
) -> bool:
    """Write and say everything, with `more` tables; returns whether the program failed at any."""
    for bad in graded.bad:
        echo(bad.told)
    if not graded.results and not graded.held:
        said = say(
            "nobody to mark: no answer file for {id} is in {folder} (put there what your students "
            "sent)",
            id=graded.assignment.id,
            folder=where,
        )
        raise Refused(said)
    failed = _write(graded, site, out, release, table, more)
    _say(graded, out, table)
    return failed or any(bad.is_ours for bad in graded.bad)


def _write(
    graded: Graded, site: Site, out: Path, release: bool, table: Path, more: Mapping[str, str]
) -> bool:
    """Write tables and pages together, and return whether a page could not be made."""
    from viva.assignments import feedback, gradebooks

    made = feedback.pages(graded, site, release)
    pages = list(progress(made, say("Writing feedback"), len(graded.results)))
    html = {one.name: one.html for one in pages if not one.bad}
    gradebooks.write(graded, out, {**html, **more}, table, site.words)
    bad = [one.bad for one in pages if one.bad]
    for one in bad:
        echo(one.told)
    return bool(bad)


def _say(graded: Graded, out: Path, table: Path) -> None:
    """What to do next, and what was done."""
    from viva.assignments import gradebooks
    from viva.assignments.remarks import Code, has

    _say_origin(graded, out)
    for row in gradebooks.unused(graded):
        if row.is_recorded:
            continue  # it stands among the decisions of the sitting
        what = (
            say("{question}: “{answer}”", question=row.question, answer=row.answer)
            if row.question
            else say("row {row}", row=row.name)
        )
        said = say(
            "{table}: {place} has a mark, but no answer waits for it (delete the row?)",
            table=table,
            place=what,
        )
        echo(said)
    left = len(gradebooks.waiting(graded))
    if left:
        said = say(
            "answers that wait for you: {left}. Write a mark beside each in {table}, then run "
            "this again",
            left=left,
            table=table,
        )
        echo(said)
    changed = sum(has(one.remarks, Code.CHANGED) for one in graded.results)
    if changed:
        said = say(
            "students who answered questions that were edited since: {changed}. Restore the "
            "questions, or say --accept-changed",
            changed=changed,
        )
        echo(said)
    students, bad = many(len(graded.results), "student"), many(len(graded.bad), "file")
    said = say(
        "{students} marked, {files} not counted: {path}",
        students=students,
        files=bad,
        path=out / "results.xlsx",
    )
    echo(said, err=True)


def _say_origin(graded: Graded, out: Path) -> None:
    """Files that are not whose they say, and those that wait for a decision."""
    from viva.assignments.gradebooks import DECIDE
    from viva.assignments.remarks import ON_PAPER, ORIGIN

    for result in graded.results:
        for one in result.remarks:
            if one.code in ORIGIN | ON_PAPER:
                echo(shaped("{file}: {remark}", file=result.submission.file, remark=one.said))
    for doubt in graded.held:
        for one in doubt.why:
            echo(shaped("{file}: {remark}", file=doubt.submission.file, remark=one.said))
    held = len({one.submission.student for one in graded.held})
    if held:
        said = say(
            "students without marks until you decide which file counts: {students}. Write yes or "
            "no beside each file in {file}, then run this again",
            students=held,
            file=out / DECIDE,
        )
        echo(said)


COMMANDS = (grade,)
