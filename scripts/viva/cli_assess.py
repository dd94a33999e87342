"""The commands of `viva` that mark assignments and judge their questions.

What a command needs is imported when it runs: NumPy and openpyxl would slow every other command.
"""

from __future__ import annotations

from pathlib import Path

import click


@click.command("analyse")
@click.argument("answers", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
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
    from viva.analysis.tables import Refused

    try:
        read = responses.load(answers, key)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    for note in read.notes:
        click.echo(note, err=True)
    found = statistics.analyse(read)
    folder = out or (answers if answers.is_dir() else answers.with_name(f"{answers.stem}-analysis"))
    written = report.write(found, folder, title or answers.resolve().stem)
    for line in report.as_text(found):
        click.echo(line)
    alpha = report.number(found.alpha)
    said = f"{found.students} students, {found.questions} questions, alpha {alpha}: {written[0]}"
    click.echo(said, err=True)


COMMANDS = (analyse,)
