"""The command `viva`: results on stdout, talk on stderr; exit 0 fine, 1 problems, 2 wrong use."""

from __future__ import annotations

import errno
import sys
from importlib.metadata import version
from io import TextIOWrapper
from typing import Any

import click

from viva.bank import types
from viva.base import files
from viva.base.refused import Refused
from viva.cli import analyse, doctor, grade, link, lint, new, offline, paper, site, standard

EXAMPLES = """\b
Examples:
  viva new course ecg            start a course in the folder ecg
  viva check                     look for mistakes in every bank and page
  viva rules KY302               explain a rule for questions
  viva new bank knee             start quizzes/knee.yml
  viva new question knee single  add a question to it
  viva serve                     preview, fresh after every save
  viva build                     make the site in site/
  viva pack                      put its zip and its books into dist/
  viva doctor https://…          look at the site where it is published
"""


class Commands(click.Group):
    """The commands. What one of them refuses ends it with its sentence, and no traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Refused as refused:
            end = click.UsageError if refused.misuse else click.ClickException
            raise end(str(refused)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # who reads what we print has gone
                raise
            said = files.refused(error, what="read or written")
            raise click.ClickException(str(said)) from None


@click.group(
    cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(version("viva-course"), prog_name="viva")
def main() -> None:
    """Turn Markdown modules and YAML quiz banks into a course site with self-checks."""
    # A pipe on Windows knows few letters: what it lacks must not end a command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    for folder, fault in types.FAULTS.items():
        click.echo(f"{folder}: {fault}", err=True)
    if types.FAULTS:
        sys.exit(2)


for topic in (site, new, lint, grade, analyse, standard, link, paper, offline, doctor):
    for command in topic.COMMANDS:
        main.add_command(command)
