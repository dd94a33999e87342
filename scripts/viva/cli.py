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

from viva import cli_assess, course, problems, scaffold, schema, types
from viva.course import Course, Layout
from viva.problems import Problem

EXAMPLES = """\b
Examples:
  viva check                     look for mistakes in every bank and page
  viva new bank knee             start quizzes/knee.yml
  viva new question knee single  add a question to it
  viva serve                     preview, fresh after every save
  viva build                     make the site in site/
"""
COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("viva-course"), prog_name="viva")
def main() -> None:
    """Turn Markdown modules and YAML quiz banks into a course site with self-checks."""


def _layout() -> Layout:
    """The course around the current folder: the nearest one upwards with an mkdocs.yml."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file():
            return Layout.of(folder)
    raise click.UsageError("there is no mkdocs.yml here or above (go to the folder of your course)")


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to print what is found.",
)
def check(files: tuple[Path, ...], style: str) -> None:
    """Look for mistakes in every bank and page, or in FILES only.

    \b
    Examples:
      viva check
      viva check quizzes/imaging.yml
      viva check --format json > report.json
    """
    read = _read(_layout())
    found = _within(read.problems, files, read.layout)
    if style == "json":
        click.echo(problems.as_json(found, len(read.banks), read.count()))
    else:
        for problem in found:
            click.echo(problems.as_github(problem) if style == "github" else _coloured(problem))
    click.echo(_summary(found, read), err=True)
    sys.exit(problems.has_errors(found))


def _read(layout: Layout) -> Course:
    """Load the course, with a progress bar on a terminal."""
    files = course.bank_files(layout)
    if not sys.stderr.isatty():
        return course.load(layout)
    with click.progressbar(length=len(files), label="Reading banks", file=sys.stderr) as bar:
        return course.load(layout, on_bank=lambda: bar.update(1))


def _within(found: tuple[Problem, ...], files: tuple[Path, ...], layout: Layout) -> list[Problem]:
    root = layout.root.resolve()
    wanted = [file.resolve() for file in files]
    return [
        problem
        for problem in found
        if not wanted or any((root / problem.path).is_relative_to(file) for file in wanted)
    ]


def _coloured(problem: Problem) -> str:
    place = click.style(f"{problem.path}:{problem.line}:{problem.column}:", bold=True)
    code = click.style(problem.code, fg=COLOURS[problem.severity])
    return f"{place} {problem.message} {code}"


def _summary(found: list[Problem], read: Course) -> str:
    amount = f"{len(read.banks)} banks, {read.count()} questions"
    many = len(found)
    said = "no problems" if not many else f"{many} problem" + "s" * (many > 1)
    return f"{amount}: {said}"


@main.command()
@click.option("--site-dir", type=click.Path(), help="Where to build; site/ otherwise.")
def build(site_dir: str | None) -> None:
    """Make the site. Stops at the first broken bank or link and leaves the old site as it was."""
    target = Path(site_dir).resolve() if site_dir else _layout().root / "site"
    fresh = target.with_name(f".{target.name}-new")
    code = _mkdocs("build", "--strict", "--site-dir", str(fresh))
    if code == 0:
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
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
        return subprocess.run(command, cwd=_layout().root, env=quiet, check=False).returncode
    # With --quiet, MkDocs would no longer count warnings, and --strict would let them pass.
    with subprocess.Popen(
        command, cwd=_layout().root, env=quiet, stderr=subprocess.PIPE, encoding="utf-8"
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
    layout = _layout()
    path = layout.quizzes / f"{name}.yml"
    _made(path, layout, lambda: scaffold.new_bank(name, layout))


@new.command("question")
@click.argument("bank")
@click.argument("kind", metavar="TYPE", type=click.Choice(sorted(types.TYPES)), default="single")
def new_question(bank: str, kind: str) -> None:
    """Add a question of TYPE (single, unless you say) at the end of quizzes/BANK.yml.

    \b
    Example:
      viva new question knee matching
    """
    layout = _layout()
    path = layout.quizzes / f"{bank}.yml"
    _made(path, layout, lambda: scaffold.add_question(path, kind, course.load(layout)))


def _made(path: Path, layout: Layout, make: Callable[[], int]) -> None:
    try:
        line = make()
    except scaffold.Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{layout.name(path)}:{line}")
    click.echo("Now replace the example text there, then run: viva check", err=True)


@main.command("schema")
@click.option("--write", is_flag=True, help="Write quizzes/schema.json instead of printing it.")
def schema_command(write: bool) -> None:
    """Print the JSON Schema with which editors complete and check banks as you type."""
    if not write:
        click.echo(schema.text(), nl=False)
        return
    layout = _layout()
    path = layout.quizzes / "schema.json"
    path.write_text(schema.text(), "utf-8", newline="\n")
    click.echo(layout.name(path))


for command in cli_assess.COMMANDS:
    main.add_command(command)
