"""The command that puts an assignment on paper.

What a command needs is imported when it runs: typesetting would slow every other command.
"""

from __future__ import annotations

from pathlib import Path

import click

from viva.base import files
from viva.base.refused import Refused
from viva.base.words import row, say
from viva.cli.course import There, assignment_of
from viva.cli.talk import OTHER, echo, progress
from viva.course import guard


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
        from viva.paper import content, write
    except ModuleNotFoundError as missing:
        said = say(
            'printing needs {name} (type: pip install "viva-course[paper]")',
            name=missing.name,
        )
        raise Refused(said) from None

    site, chosen = assignment_of(assignment)
    guard.outside(out, OTHER, site.course.layout, marks=True)
    formats = ("pdf", "docx") if style == "both" else (style,)
    copies = write.Copies(versions, seed, large, formats)
    made = write.documents(chosen, site, copies)
    count = versions * len(formats) * len(write.KINDS)
    contents: dict[str, str | bytes] = dict(progress(made, "Typesetting", count))
    contents |= [write.kept(chosen, copies, site.words)]
    for path in files.outputs(out, contents, remedy=OTHER):
        echo(str(path))
    if versions > 1 and (same := content.unmoved(chosen.questions)):
        echo(say(SAME, questions=row(same)), err=True)


SAME = say(
    "in the same order in every version, because options refer to each other, stand in an order or "
    "are named by their letters: {questions}"
)

COMMANDS = (print_command,)
