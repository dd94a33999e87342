"""The command `viva`: results on stdout, talk on stderr; exit 0 fine, 1 problems, 2 wrong use."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path

import click

from viva import engines
from viva.bank import schema, types
from viva.base.problems import Problem
from viva.cli import assess, lint, offline
from viva.cli.course import layout
from viva.course import courses
from viva.course.layout import Layout
from viva.scaffold import courses as scaffold_courses
from viva.scaffold import questions as scaffold

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
"""


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("viva-course"), prog_name="viva")
def main() -> None:
    """Turn Markdown modules and YAML quiz banks into a course site with self-checks."""
    # A pipe on Windows knows few letters: what it lacks must not end a command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


@main.command()
@click.option("--site-dir", type=click.Path(), help="Where to build; else where mkdocs.yml says.")
def build(site_dir: str | None) -> None:
    """Make the site. Stops at the first broken bank or link and leaves the old site as it was."""
    where = layout()
    target = Path(site_dir).resolve() if site_dir else where.site
    fresh = target.with_name(f".{target.name}-new")
    shutil.rmtree(fresh, ignore_errors=True)
    code = _engine(where).build(where, fresh, _say)
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
    where = layout()
    sys.exit(_engine(where).serve(where, address, _say))


def _engine(where: Layout) -> engines.Engine:
    """The engine that the course picks, if it can run."""
    found = engines.named(where.settings)
    if isinstance(found, Problem):
        raise click.ClickException(str(found))
    missing = found.missing()
    if missing:
        raise click.ClickException(missing)
    return found


def _say(words: str) -> None:
    click.echo(words, err=True)


@main.group()
def new() -> None:
    """Start a course or a bank, or add a question, with comments that explain every field."""


@new.command("course")
@click.argument("folder", metavar="NAME", type=click.Path(path_type=Path))
def new_course(folder: Path) -> None:
    """Write a small, complete course into the new folder NAME.

    \b
    Example:
      viva new course ecg && cd ecg && viva build
    """
    try:
        written = scaffold_courses.new_course(folder)
    except scaffold.Refused as refused:
        raise click.ClickException(str(refused)) from None
    for path in written:
        click.echo(path.as_posix())
    click.echo(f"Now go there and look at it: cd {folder}, then viva serve", err=True)


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
