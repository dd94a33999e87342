"""The command that puts two sittings on one scale.

What a command needs is imported when it runs, as in `cli/analyse.py`.
"""

from __future__ import annotations

from pathlib import Path

import click

from viva.base import files, tables
from viva.base.files.paths import real
from viva.base.refused import Refused
from viva.base.words import say
from viva.cli.analyse import results_of
from viva.cli.course import There
from viva.cli.talk import OTHER, echo, words
from viva.course import guard


@click.command("link")
@click.argument("first", type=There())
@click.argument("second", type=There())
@click.option("--key", type=There(dir_okay=False), help="The right options, if both are letters.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="link",
    show_default=True,
    help="Where to write.",
)
@click.option("--without", default="", help="Questions that do not count as shared: a,b,c.")
def link_command(first: Path, second: Path, key: Path | None, out: Path, without: str) -> None:
    """Say which score in SECOND is worth as much as one in FIRST, by the questions they share.

    Both are what `viva analyse` takes. Shared are questions with the same name. A warning is given
    where fewer than ten are, and where one has become harder or easier than the others. A page says
    what was found, and tables hold it.

    \b
    Example:
      viva link results-2025 results-2026
    """
    from viva.analysis import linking, responses

    folders = [results_of(path) for path in (first, second)]
    read = [responses.load(path, key) for path in folders]
    decided = responses.marked_by(folders[0]) ^ responses.marked_by(folders[1])
    names = [name.strip() for name in without.split(",")]
    found = linking.link(read[0], read[1], names, {name for name, _ in decided})
    if isinstance(found, str):
        raise Refused(say("these cannot be linked: {reason}", reason=found))
    guard.outside(out, OTHER, marks=True)
    called = real(first).stem, real(second).stem
    made = {
        "link.html": linking.as_html(found, *called, words()),
        "questions.csv": tables.text(tables.told(linking.rows(found), words())),
        "scores.csv": tables.text(linking.scale(found)),
    }
    written = files.outputs(out, made, remedy=OTHER, private=True)
    for line in linking.as_text(found, *called):
        echo(line)
    echo(str(written[0]), err=True)


COMMANDS = (link_command,)
