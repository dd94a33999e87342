"""The commands that help to write: new, schema."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

import click

from viva.bank import schema, types
from viva.base import files
from viva.base.refused import Refused
from viva.base.words import say
from viva.base.words.catalogue import languages
from viva.cli.course import layout
from viva.cli.talk import echo, words
from viva.course import courses, inventory
from viva.course.layout import Layout
from viva.scaffold import courses as scaffold_courses
from viva.scaffold import questions as scaffold

EXAMPLE = say(
    "What the site itself says is in this language. The pages and questions of the example are "
    "in English, for you to replace."
)


@click.group()
def new() -> None:
    """Start a course or a bank, or add a question, with comments that explain every field."""


@new.command("course")
@click.argument("folder", metavar="NAME", type=click.Path(path_type=Path))
@click.option(
    "--language",
    type=click.Choice(sorted({"en", *languages()})),
    default="en",
    show_default=True,
    help=EXAMPLE,
)
def new_course(folder: Path, language: str) -> None:
    """Write a small, complete course into the new folder NAME.

    \b
    Examples:
      viva new course ecg && cd ecg && viva build
      viva new course ekg --language de
    """
    for path in scaffold_courses.new_course(folder, language):
        echo(path.as_posix())
    words(folder)  # what is said from here on is in the language of the new course
    if language != "en":
        echo(EXAMPLE, err=True)
    said = say("Now go there and look at it: cd {folder}, then viva serve", folder=folder)
    echo(said, err=True)


@new.command("bank")
@click.argument("name")
def new_bank(name: str) -> None:
    """Write the bank quizzes/NAME.yml with one question to replace.

    \b
    Example:
      viva new bank knee
    """
    where = layout()
    line = scaffold.new_bank(name, where)
    _say(inventory.bank_named(name, where), line, where)


@new.command("question")
@click.argument("bank")
@click.argument("kind", metavar="TYPE", type=click.Choice(sorted(types.TYPES)), default=types.FIRST)
def new_question(bank: str, kind: str) -> None:
    """Add a question of TYPE (single, unless you say) at the end of quizzes/BANK.yml.

    A bank in a folder is found by its file's name too.

    \b
    Example:
      viva new question knee matching
    """
    where = layout()
    scaffold.prove_name(bank)
    path = inventory.bank_named(bank, where)
    _say(path, scaffold.add_question(path, kind, courses.load(where)), where)


@new.command("table")
@click.argument("file", metavar="NAME.xlsx", type=click.Path(path_type=Path))
def new_table(file: Path) -> None:
    """Write a workbook to fill in: an example of each type, lists to choose from, instructions.

    \b
    Example:
      viva new table knee.xlsx
    """
    _blanks().new_table(file, words())
    _say_fill(file)


@new.command("word")
@click.argument("file", metavar="NAME.docx", type=click.Path(path_type=Path))
def new_word(file: Path) -> None:
    """Write a Word document to fill in: an example of each way to mark what is right.

    \b
    Example:
      viva new word knee.docx
    """
    _blanks().new_word(file, words())
    _say_fill(file)


def _blanks() -> ModuleType:
    """What writes them, which needs the extra packages of the exchange."""
    try:
        from viva.exchange import blanks
    except ModuleNotFoundError as missing:
        said = say(
            'this needs {name} (type: pip install "viva-course[exchange]")',
            name=missing.name,
        )
        raise Refused(said) from None
    return blanks


def _say_fill(file: Path) -> None:
    echo(file.as_posix())
    echo(say("Now fill it in, then run: viva import {file}", file=file), err=True)


def _say(path: Path, line: int, where: Layout) -> None:
    """Where the new text begins, and what to do with it."""
    echo(f"{where.name(path)}:{line}")
    echo(say("Now replace the example text there, then run: viva check"), err=True)


@click.command("schema")
@click.option("--write", is_flag=True, help="Write quizzes/schema.json instead of printing it.")
def schema_command(write: bool) -> None:
    """Print the JSON Schema with which editors complete and check banks as you type."""
    if not write:
        echo(schema.text(), nl=False)
        return
    where = layout()
    path = where.quizzes / "schema.json"
    if os.path.lexists(path) and not schema.is_schema(path.read_bytes()):
        said = say(
            "{name} is not the schema that viva writes, so it was not changed (rename it)",
            name=where.name(path),
        )
        raise Refused(said)
    files.write(path, schema.text())
    echo(where.name(path))


COMMANDS = (new, schema_command)
