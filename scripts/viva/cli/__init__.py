"""The command `viva`: results on stdout, talk on stderr; exit 0 fine, 1 problems, 2 wrong use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import click

from viva.bank import schema, types
from viva.cli import assess, lint, offline
from viva.cli.course import layout
from viva.course import courses
from viva.course.layout import Layout
from viva.scaffold import questions as scaffold

EXAMPLES = """\b
Examples:
  viva check                     look for mistakes in every bank and page
  viva rules KY302               explain a rule for questions
  viva new bank knee             start quizzes/knee.yml
  viva new question knee single  add a question to it
  viva serve                     preview, fresh after every save
  viva build                     make the site in site/
  viva pack                      put its zip and its books into dist/
"""


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("viva-course"), prog_name="viva")
def main() -> None:
    """Turn Markdown modules and YAML quiz banks into a course site with self-checks."""


@main.command()
@click.option("--site-dir", type=click.Path(), help="Where to build; site/ otherwise.")
def build(site_dir: str | None) -> None:
    """Make the site. Stops at the first broken bank or link and leaves the old site as it was."""
    target = Path(site_dir).resolve() if site_dir else layout().site
    fresh = target.with_name(f".{target.name}-new")
    code = _mkdocs("build", "--strict", "--site-dir", str(fresh))
    if code == 0:
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
        shown = os.path.relpath(target / "index.html")
        click.echo(f"Built. Open {shown} in a browser.", err=True)
    shutil.rmtree(fresh, ignore_errors=True)
    sys.exit(code)


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(address: str) -> None:
    """Preview the site; every save of a page or a bank shows at once."""
    sys.exit(_mkdocs("serve", "--dev-addr", address))


def _mkdocs(*arguments: str) -> int:
    command = [sys.executable, "-m", "mkdocs", *arguments]
    # The theme's notice about its successor says nothing to an author.
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    if arguments[0] == "serve":
        return subprocess.run(command, cwd=layout().root, env=quiet, check=False).returncode
    # With --quiet, MkDocs would no longer count warnings, and --strict would let them pass.
    with subprocess.Popen(
        command, cwd=layout().root, env=quiet, stderr=subprocess.PIPE, encoding="utf-8"
    ) as run:
        for line in _noteworthy(run.stderr or ()):
            click.echo(line, err=True, nl=False)
    return run.returncode


def _noteworthy(lines: Iterable[str]) -> Iterator[str]:
    """Warnings and errors, without the steps of an ordinary build."""
    shown = True
    for line in lines:
        if not line.startswith(" "):
            shown = not line.startswith(("INFO", "DEBUG"))
        if shown:
            yield line


@main.group()
def new() -> None:
    """Start a bank or add a question to one, with comments that explain every field."""


@new.command("bank")
@click.argument("name")
def new_bank(name: str) -> None:
    """Write the bank quizzes/NAME.yml with one question to replace.

    \b
    Example:
      viva new bank knee
    """
    where = layout()
    path = where.quizzes / f"{name}.yml"
    _made(path, where, lambda: scaffold.new_bank(name, where))


@new.command("question")
@click.argument("bank")
@click.argument("kind", metavar="TYPE", type=click.Choice(sorted(types.TYPES)), default="single")
def new_question(bank: str, kind: str) -> None:
    """Add a question of TYPE (single, unless you say) at the end of quizzes/BANK.yml.

    \b
    Example:
      viva new question knee matching
    """
    where = layout()
    path = where.quizzes / f"{bank}.yml"
    _made(path, where, lambda: scaffold.add_question(path, kind, courses.load(where)))


def _made(path: Path, where: Layout, make: Callable[[], int]) -> None:
    try:
        line = make()
    except scaffold.Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{where.name(path)}:{line}")
    click.echo("Now replace the example text there, then run: viva check", err=True)


@main.command("schema")
@click.option("--write", is_flag=True, help="Write quizzes/schema.json instead of printing it.")
def schema_command(write: bool) -> None:
    """Print the JSON Schema with which editors complete and check banks as you type."""
    if not write:
        click.echo(schema.text(), nl=False)
        return
    where = layout()
    path = where.quizzes / "schema.json"
    path.write_text(schema.text(), "utf-8", newline="\n")
    click.echo(where.name(path))


for command in (*lint.COMMANDS, *assess.COMMANDS, *offline.COMMANDS):
    main.add_command(command)
