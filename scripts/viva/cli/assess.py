"""The commands of `viva` that mark assignments and judge their questions.

What a command needs is imported when it runs: NumPy and openpyxl would slow every other command.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from viva.assignments import Assignment
from viva.assignments.model import load
from viva.base.cache import Cache
from viva.cli import course as cli_course
from viva.cli.course import There
from viva.course import courses
from viva.course.layout import Layout
from viva.site.site import Site
from viva.theme import Theme

if TYPE_CHECKING:
    from viva.assignments.grading import Graded

T = TypeVar("T")


@click.command("analyse")
@click.argument("answers", type=There())
@click.option(
    "--key",
    type=There(dir_okay=False),
    help="The right options: a CSV with the columns question,key.",
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write the report."
)
@click.option("--title", help="What to call the test in the report.")
def analyse(answers: Path, key: Path | None, out: Path | None, title: str | None) -> None:
    """Say which questions told students apart, and which need another look.

    ANSWERS is a folder that `viva grade` wrote, or a CSV file: a row for each student, a column for
    each question. In it are chosen options, with a row that begins with the word key, or marks from
    0 to 1.

    \b
    Examples:
      viva analyse results/
      viva analyse answers.csv --key key.csv --out report
    """
    from viva.analysis import report, responses, statistics
    from viva.base.tables import Refused

    try:
        read = responses.load(answers, key)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    for note in read.notes:
        click.echo(note, err=True)
    found = statistics.analyse(read)
    folder = out or (answers if answers.is_dir() else answers.with_name(f"{answers.stem}-analysis"))
    with _writing():
        written = report.write(found, folder, title or answers.resolve().stem)
    for line in report.as_text(found):
        click.echo(line)
    alpha = report.number(found.alpha)
    said = f"{found.students} students, {found.questions} questions, alpha {alpha}: {written[0]}"
    click.echo(said, err=True)


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
    from viva.base.tables import Refused

    site, chosen = _assignment(assignment)
    table = judgements or out / gradebooks.JUDGE
    try:
        judged = gradebooks.read_judgements(table) if table.is_file() else {}
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    files = _progress(uploads.gather(submissions), "Reading files")
    graded = grading.grade(chosen, *read_all(files, chosen), judged, accept_changed)
    for bad in graded.bad:
        click.echo(f"{bad.file}: {bad.reason}")
    if not graded.results:
        where = ", ".join(map(str, submissions))
        said = f"nobody to mark: no answer file for {chosen.id} is in {where}"
        raise click.ClickException(f"{said} (put there what your students sent)")
    with _writing():
        gradebooks.write(graded, out)
        pages = feedback.write(graded, site, out / "feedback", release)
        for _ in _progress(pages, "Writing feedback", len(graded.results)):
            pass
    _say(graded, out)


def _assignment(path: Path) -> tuple[Site, Assignment]:
    """The assignment in a file, and the course around it; its problems end the command."""
    root = next((one for one in path.resolve().parents if (one / "mkdocs.yml").is_file()), None)
    if root is None:
        raise click.UsageError(f"{path} is not in a course (there is no mkdocs.yml above it)")
    read = courses.load(Layout.of(root))
    found, problems = load(path.resolve(), read)
    for problem in problems:
        click.echo(str(problem))
    if found is None or problems:
        sys.exit(1)
    return Site(read, Theme(read.layout.overrides), Cache(read.layout.cache)), found


@contextmanager
def _writing() -> Iterator[None]:
    """A file that another program holds open is named, as Windows lets nobody else write it."""
    try:
        yield
    except PermissionError as error:
        said = f"{error.filename} cannot be written"
        raise click.ClickException(
            f"{said} (close it in your other programs and run this again)"
        ) from None


def _progress(items: Iterable[T], label: str, length: int | None = None) -> Iterator[T]:
    """The items, counted on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
        yield from bar


def _say(graded: Graded, out: Path) -> None:
    """What to do next, and what was done."""
    from viva.assignments.gradebooks import JUDGE, waiting

    left = len(waiting(graded))
    if left:
        said = f"answers that wait for you: {left}. Write a mark beside each in {out / JUDGE}"
        click.echo(f"{said}, then run this again")
    changed = sum(any("has changed since" in r for r in one.remarks) for one in graded.results)
    if changed:
        said = f"students who answered questions that were edited since: {changed}"
        click.echo(f"{said}. Restore the questions, or say --accept-changed")
    students, bad = _many(len(graded.results), "student"), _many(len(graded.bad), "file")
    click.echo(f"{students} marked, {bad} not counted: {out / 'results.xlsx'}", err=True)


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}{'s' * (count != 1)}"


@click.command("feedback")
@click.argument("results", type=There(file_okay=False))
def feedback_command(results: Path) -> None:
    """Write what an analysis found beside each question, so that the bank remembers.

    RESULTS is the folder with the analysis.json of `viva analyse`. Each question gets a field such
    as statistics: {p: 0.62, r: 0.31, n: 48}: the mean mark, the correlation with the rest of the
    test, the number of students. Nothing else in your files changes, and students never see it.

    \b
    Example:
      viva feedback results
    """
    from viva.analysis import record
    from viva.base.tables import Refused

    found = results / "analysis.json"
    if not found.is_file():
        raise click.ClickException(f"{results} has no analysis.json (run viva analyse first)")
    try:
        done = record.record(cli_course.layout(), record.facts(found))
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    for said in done.refused:
        click.echo(said)
    for path, count in done.written.items():
        click.echo(f"{path}: {_many(count, 'question')}", err=True)
    if done.same:
        click.echo(f"as before: {_many(done.same, 'question')}", err=True)
    sys.exit(bool(done.refused))


@click.command("print")
@click.argument("assignment", type=There(dir_okay=False))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="paper",
    show_default=True,
    help="Where to write.",
)
@click.option(
    "--versions",
    type=click.IntRange(1, 26),
    default=1,
    show_default=True,
    help="How many versions; all but the first shuffle the options.",
)
@click.option("--seed", default="1", show_default=True, help="Another seed, another shuffle.")
@click.option("--large", is_flag=True, help="Large print: 18 points.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["pdf", "docx", "both"]),
    default="both",
    show_default=True,
    help="What to write.",
)
def print_command(
    assignment: Path, out: Path, versions: int, seed: str, large: bool, style: str
) -> None:
    """Put ASSIGNMENT on paper: exam, key and answer sheet.

    \b
    Examples:
      viva print quizzes/assignments/week-1.yml
      viva print quizzes/assignments/week-1.yml --versions 2 --seed 2026 --format pdf
      viva print quizzes/assignments/week-1.yml --large
    """
    try:
        from viva.paper import write
    except ModuleNotFoundError as missing:
        said = f'printing needs {missing.name} (type: pip install "viva-course[paper]")'
        raise click.ClickException(said) from None
    from viva.base.tables import Refused

    site, chosen = _assignment(assignment)
    formats = ("pdf", "docx") if style == "both" else (style,)
    made = write.write(chosen, site, out, write.Wanted(versions, seed, large, formats))
    try:
        with _writing():
            for path in _progress(made, "Writing", versions * len(formats) * len(write.KINDS)):
                click.echo(str(path))
    except Refused as refused:
        raise click.ClickException(str(refused)) from None


COMMANDS = (analyse, grade, feedback_command, print_command)
