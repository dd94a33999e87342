"""The commands that judge the questions of a test that was taken: analyse, feedback.

What a command needs is imported when it runs: NumPy would slow every other command.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viva.base.files.paths import real
from viva.base.refused import Refused
from viva.base.words import say, shaped
from viva.cli.course import There, layout
from viva.cli.talk import OTHER, echo, many, words
from viva.course import guard

if TYPE_CHECKING:
    from viva.analysis.record import Facts
    from viva.course.beside import Written
    from viva.course.layout import Layout


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
@click.option(
    "--missing",
    metavar="CODES",
    help="Cells that mean no answer, such as NA,99; without it the usual ones are recognised.",
)
@click.option(
    "--shuffled",
    is_flag=True,
    help="Each student had another order of questions: nobody can be said not to have got there.",
)
def analyse(
    answers: Path,
    key: Path | None,
    out: Path | None,
    title: str | None,
    missing: str | None,
    shuffled: bool,
) -> None:
    """Say which questions told students apart, and which need another look.

    ANSWERS is a sitting, a folder that `viva grade` wrote, or a CSV or Parquet file: a row for each
    student, a column for each question. In it are chosen options, with a row that begins with the
    word key, or marks from 0 to 1.

    \b
    Examples:
      viva analyse results/
      viva analyse answers.csv --key key.csv --out report
      viva analyse answers.csv --missing NA,99
    """
    from viva.analysis import report, responses, statistics

    words(answers)
    title = title or real(answers).stem
    answers = results_of(answers)
    codes = None if missing is None else [code.strip() for code in missing.split(",")]
    read = responses.load(answers, key, missing=codes, in_order=not shuffled)
    for note in read.notes:
        echo(note, err=True)
    found = statistics.analyse(read)
    folder = out or (answers if answers.is_dir() else answers.with_name(f"{answers.stem}-analysis"))
    guard.outside(folder, OTHER, marks=True)
    written = report.write(found, folder, title, words(answers))
    for line in report.as_text(found):
        echo(line)
    alpha = report.number(found.alpha, words=words())
    said = say(
        "{students}, {questions}, alpha {alpha}: {written}",
        students=many(found.students, "student"),
        questions=many(found.questions, "question"),
        alpha=alpha,
        written=written[0],
    )
    echo(said, err=True)


def results_of(path: Path) -> Path:
    """The folder with the results of a sitting; any other path as it is."""
    from viva.sittings.folder import RESULTS, is_sitting

    return path / RESULTS if is_sitting(path) else path


@click.command("feedback")
@click.argument("results", type=There(file_okay=False))
def feedback_command(results: Path) -> None:
    """Write what an analysis found beside each question, so that the bank remembers.

    RESULTS is a sitting, or the folder with the analysis.json of `viva analyse`. Each question gets
    a field such as statistics: {p: 0.62, r: 0.31, n: 48}: the mean mark, the correlation with the
    rest of the test, the number of students; of a sitting also an entry in its history, with what
    was decided about the question. Nothing else in your files changes, and students never see it.

    \b
    Example:
      viva feedback results
    """
    from viva.analysis import record

    found = results_of(results) / "analysis.json"
    if not found.is_file():
        said = say("{results} has no analysis.json (run viva analyse first)", results=results)
        raise Refused(said)
    numbers = record.facts(found)
    here = layout()
    passes = [record.record(here, numbers)]
    if found.parent != results:
        passes.append(_history(here, results, numbers))
    for done in passes:
        for refused in done.refused:
            echo(refused)
        for path, count in done.written.items():
            questions = many(count, "question")
            echo(shaped("{path}: {questions}", path=path, questions=questions), err=True)
        if done.same:
            echo(say("as before: {questions}", questions=many(done.same, "question")), err=True)
    sys.exit(any(done.refused for done in passes))


def _history(here: Layout, sitting: Path, numbers: dict[str, Facts]) -> Written:
    """Add the sitting to the history of its questions, with what was decided about them."""
    from viva.analysis import record
    from viva.sittings import folder, reports

    read, problems = folder.load(sitting, here)
    if read is None or problems:
        raise Refused(problems[0].told)
    decided = reports.by_question(read.decisions, here.settings.words)
    entries = record.entries(numbers, read.name, decided)
    return record.record(here, entries, record.HISTORY)


COMMANDS = (analyse, feedback_command)
