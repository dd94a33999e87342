"""The command `viva`: results on stdout, talk on stderr; exit 0 fine, 1 problems, 2 wrong use."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from typing import Any

import click

from viva.bank import types
from viva.base import files, net
from viva.base.refused import Refused
from viva.cli.help import Context, speak, spoken
from viva.cli.talk import echo, words

TOPICS: Mapping[str, str] = {
    "analyse": "analyse",
    "blueprint": "lint",
    "build": "site",
    "check": "lint",
    "doctor": "doctor",
    "export": "exchange",
    "feedback": "analyse",
    "grade": "grade",
    "history": "history",
    "import": "bring",
    "link": "link",
    "new": "new",
    "pack": "offline",
    "print": "paper",
    "publish": "publish",
    "review": "review",
    "rules": "lint",
    "schema": "new",
    "serve": "site",
    "setup": "setup",
    "sitting": "sitting",
    "standard": "standard",
    "translate": "translate",
}
"""Every command, and the module of this package that has it, which is read when it is asked for."""
EXAMPLES = """\b
Examples:
  viva new course ecg            start a course in the folder ecg
  viva check                     look for mistakes in every bank and page
  viva rules KY302               explain a rule for questions
  viva new bank knee             start quizzes/knee.yml
  viva new question knee single  add a question to it
  viva serve                     preview, fresh after every save
  viva build                     make the site in site/
  viva review packet knee        have colleagues look at its questions
  viva sitting new week-1        keep a class, its marks and your decisions together
  viva import exam.docx          make a bank of the questions in a Word file
  viva export moodle-xml         take the questions to Moodle
  viva pack                      put its zip and its books into dist/
  viva publish zip               build the course for a host that takes a zip
  viva translate init de         begin a German translation of the course
  viva setup                     say what is there, and get the browser that the PDF needs
  viva doctor https://…          look at the site where it is published
"""


class Commands(click.Group):
    """The commands. What one of them refuses ends it with its sentence, and no traceback."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in order."""
        return sorted(TOPICS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name. The module is read now: most commands need few of them."""
        if cmd_name in TOPICS and cmd_name not in self.commands:
            topic = importlib.import_module(f"{__name__}.{TOPICS[cmd_name]}")
            for command in topic.COMMANDS:
                self.add_command(spoken(command))
        return self.commands.get(cmd_name)

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command; what click says of a wrong call is in the language of the course."""
        speak()
        return super().main(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and say what was left out because viva itself failed."""
        try:
            result = super().invoke(ctx)
        except Refused as refused:
            end = click.UsageError if refused.misuse else click.ClickException
            raise end(words().tell(refused.told)) from None
        except SystemExit as end:
            sys.exit(_left_out() or end.code)
        except click.ClickException as error:
            vars(error)["message"] = words().tell(error.message)
            raise
        except (click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            if error.errno == errno.EPIPE or os.environ.get(net.TRACE):
                raise  # who reads what we print has gone
            _left_out()
            said = files.refused(error, read=True)
            raise click.ClickException(words().tell(said.told)) from None
        except Exception as error:
            if os.environ.get(net.TRACE):
                raise
            _left_out()
            report = words().tell(net.REPORT)
            raise click.ClickException(f"{net.said_of(error)} ({report})") from None
        if _left_out():
            sys.exit(1)
        return result


def _left_out() -> bool:
    """Print what was left out and is not told yet; whether anything was."""
    found = net.caught()
    for problem in found:
        echo(problem.told, err=True)
    return bool(net.failed() or found)


@click.group(
    cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="viva-course", prog_name="viva")
def main() -> None:
    """Turn Markdown modules and YAML quiz banks into a course site with self-checks."""
    # A pipe on Windows knows few letters: what it lacks must not end a command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    for folder, fault in types.FAULTS.items():
        echo(f"{folder}: {fault}", err=True)
    if types.FAULTS:
        sys.exit(2)
