"""The command that takes questions to other systems: export.

What a command needs is imported when it runs: other commands start without it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viva.bank.banks import Bank, flat
from viva.base import files
from viva.base.problems import has_errors
from viva.base.refused import Refused
from viva.base.words import say
from viva.cli import course as cli_course
from viva.cli import translate
from viva.cli.site import built, whole
from viva.cli.talk import bar, echo, many, words
from viva.course import courses, guard, states
from viva.course.courses import Course
from viva.course.layout import Layout

if TYPE_CHECKING:
    from viva.exchange.export import Exporter, Options
    from viva.exchange.losses import Tally


OTHER = say("name another file with --out")


@click.command("export")
@click.argument("format_", metavar="[FORMAT]", required=False)
@click.option("--bank", "banks", multiple=True, help="Only this bank; again for more.")
@click.option(
    "--language", help="The questions in one of the course's other languages, such as de."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--strict", is_flag=True, help="Fail if anything was lost on the way.")
@click.option(
    "--pass",
    "passing",
    type=click.FloatRange(0, 100),
    default=60,
    show_default=True,
    help="SCORM: the percentage that passes.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to say what was lost.",
)
def export_command(
    format_: str | None,
    banks: tuple[str, ...],
    language: str | None,
    out: Path | None,
    strict: bool,
    passing: float,
    style: str,
) -> None:
    """Take questions to another system. Without FORMAT: the formats, and what survives in each.

    \b
    Examples:
      viva export
      viva export moodle-xml --bank anatomy --out anatomy.xml
      viva export anki
      viva export scorm12 --bank anatomy --pass 80
    """
    try:
        from viva.exchange import export, losses
    except ModuleNotFoundError as missing:
        said = say(
            'exchange needs {name} (type: pip install "viva-course[exchange]")',
            name=missing.name,
        )
        raise Refused(said) from None

    if format_ is None:
        _list()
        return
    exporter = export.named(format_)
    where = cli_course.layout()
    with _in_language(_sound(where), language) as course:
        chosen = export.chosen(course, banks)
        path = out or Path(_name(course, banks, language) + exporter.ENDING)
        with _site(course.layout, exporter, not banks and not language) as site:
            options = export.Options(passing / 100, site, path.suffix)
            data, tally = _exported(course, chosen, exporter, options)
    if tally.written:
        folder = guard.outside(path.parent, OTHER, where)
        files.outputs(folder, {path.name: data}, remedy=OTHER)
    if style == "json":
        echo(losses.as_json(format_, str(path), tally))
    else:
        _say(exporter, path, tally)
    sys.exit(1 if not tally.written or (strict and tally.losses) else 0)


def _list() -> None:
    """Every format, and what survives in it."""
    from viva.exchange import export

    width = max(map(len, export.names()))
    for name in export.names():
        exporter = export.named(name)
        keeps = words().tell(exporter.KEEPS)
        echo(f"{name:{width}}  {words().tell(exporter.TITLE)}: {keeps}")
    echo(say("viva export FORMAT makes the file, and says where to click next."), err=True)


def _sound(where: Layout) -> Course:
    """The course, if nothing in it is broken."""
    course = courses.load(where)
    if has_errors(course.problems):
        for problem in course.problems:
            echo(problem.told, err=True)
        raise Refused(say("nothing was exported (mend these first; viva check lists them)"))
    shown = states.published(course)
    if hidden := len(course.questions) - len(shown.questions):
        said = say("{questions} left out: drafts, or retired", questions=many(hidden, "question"))
        echo(said, err=True)
    return shown


@contextmanager
def _in_language(course: Course, language: str | None) -> Iterator[Course]:
    """The course in one of its other languages; what is said of a question names its own file."""
    if language in (None, course.layout.settings.language):
        yield course
        return
    with files.temporary(course.layout.cache) as place:
        made = _sound(translate.write(str(language), place / "course", is_alone=True))
        yield replace(made, sources={**made.sources, **course.sources})


@contextmanager
def _site(where: Layout, exporter: Exporter, is_whole: bool) -> Iterator[Path | None]:
    """The site, freshly built, for a format that takes our own pages along; a whole one is in all
    languages of the course."""
    if not getattr(exporter, "NEEDS_SITE", False):
        yield None
        return
    with files.temporary() as folder:
        site = folder / "site"
        code = (whole if is_whole else built)(where, site)
        if code:
            sys.exit(code)
        yield site


def _name(course: Course, banks: Sequence[str], language: str | None) -> str:
    """What the file is called unless somebody says so: as its bank, or as the course."""
    from viva.exchange import ids

    name = banks[0] if len(banks) == 1 else ids.prefix(course.layout)
    return f"{name}-{language}" if language else name


def _exported(
    course: Course, banks: Sequence[Bank], exporter: Exporter, options: Options
) -> tuple[bytes, Tally]:
    from viva.exchange import export

    with bar(say("Exporting")) as seen:
        seen.expect(sum(1 for bank in banks for _ in flat(bank.questions)))
        return export.export(course, banks, exporter, options, seen.tick)


def _say(exporter: Exporter, path: Path, tally: Tally) -> None:
    """The path on stdout; what was lost, how many, and what to click next on stderr."""
    from viva.exchange.losses import in_order

    for loss in in_order(tally.losses):
        echo(loss.told, err=True)
    echo(tally.told, err=True)
    if not tally.written:
        echo(say("Nothing was written."), err=True)
        return
    echo(str(path))
    for number, step in enumerate(exporter.STEPS, 1):
        echo(f"{number}. {words().tell(step)}", err=True)


COMMANDS = (export_command,)
