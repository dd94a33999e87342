"""What every command does first: find the course around the current folder, and read it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from viva import assignments, engines
from viva.assignments.model import Assignment
from viva.base.cache import Cache
from viva.base.files.paths import real
from viva.base.problems import Problem, has_errors, in_order, stopped, suggestion
from viva.base.words import Said, say
from viva.build import stage
from viva.cli.talk import echo, words
from viva.course import courses, states, targets
from viva.course.clashes import clashes
from viva.course.courses import Course
from viva.course.layout import Layout
from viva.course.pages import Page
from viva.course.settings import FILE
from viva.engines import defaults, parts
from viva.site import hrefs, navigation, supplied
from viva.site.site import Site
from viva.theme import Theme

PLACE = re.compile(r"(?P<path>[^\s:][^:]*):(?P<line>\d+):\d+: ")
PLACED = re.compile(r"^[A-Z]+\s+-\s+(?=[^\s:][^:]*:\d+:\d+: )")
"""A place behind the level of a line that is logged."""


class There(click.Path):
    """A file or folder that has to be there; of one that is not, what may have been meant."""

    def __init__(self, file_okay: bool = True, dir_okay: bool = True) -> None:
        super().__init__(file_okay=file_okay, dir_okay=dir_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a message with the nearest name in its folder."""
        path = Path(value)
        if not path.exists():
            near = suggestion(path.name, _names(path.parent))
            meant = say("did you mean {word}?", word=path.with_name(near)) if near else None
            said = meant or _away(path)
            raise click.UsageError(
                say("there is no {path} here ({advice})", path=path, advice=said), ctx
            )
        if not (path.is_file() or path.is_dir()):  # a pipe or a device, which may have no end
            raise click.UsageError(
                say("{path} is no ordinary file (choose another name)", path=path), ctx
            )
        super().convert(path, param, ctx)
        return path


def _names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()] if folder.is_dir() else []


def _away(path: Path) -> Said:
    """What to do when nothing here has a name like that."""
    if (Path.cwd() / "mkdocs.yml").is_file():
        return say("check the spelling, or make it")
    return say("go to the folder of your course, or check the spelling")


def layout() -> Layout:
    """The course around the current folder: the nearest one upwards with an mkdocs.yml."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file():
            return Layout.of(folder)
    said = say("there is no mkdocs.yml here or above (go to the folder of your course)")
    raise click.UsageError(said)


def read(where: Layout) -> Course:
    """Load the course with all that is wrong with its parts; a terminal shows progress."""
    faults: list[Problem] = []
    course = _read(where, partial(_look_ahead, where, faults))
    if course.doubts.everything:
        return course
    given, found = assignments.load_all(course)
    made = stage.paths(states.published(course), given)
    found += [*defaults.problems(where.settings), *clashes(course, made)]
    pages = {*course.pages, *made, *supplied.paths(course)}
    sure = not has_errors([*course.problems, *found])
    found += [*parts.problems(course), *navigation.problems(where, pages, sure)]
    found += hrefs.problems(course, pages, sure)
    # What is wrong with the settings is said once: by us, or else by the engine.
    if not any(one.path == FILE for one in (*course.problems, *found)):
        found += faults
    if sure and where.settings.translations:
        from viva.translation import states as translated  # few courses have any

        found += translated.problems(course)
    known = replace(course, problems=tuple(in_order([*course.problems, *found])))
    return targets.checked(known)


def told(where: Layout, said: Sequence[str] = ()) -> list[str]:
    """All that is wrong with a course that was not built.

    The engine has seen some of it, in its own words; what only a build sees has a place too.
    """
    more, problems = [PLACED.sub("", line) for line in said], read(where).problems
    if not has_errors(problems):
        return more
    found = [words().tell(one.told) for one in problems]
    # Of one line, and as in `read` of the settings, what is wrong is said once.
    known = {(one.path, str(one.line)) for one in problems}
    is_set = any(one.path == FILE for one in problems)
    for one, place in ((one, place) for one in more if (place := PLACE.match(one))):
        path, line = place["path"], place["line"]
        if (path, line) not in known and not (is_set and path == FILE):
            found.append(one)
            problems += (Problem(path, int(line), 1, "EN001", one),)
    return [*found, words().tell(stopped(problems))]


def _look_ahead(where: Layout, faults: list[Problem], pages: Iterable[Page]) -> None:
    """What is asked later and hangs on no bank."""
    for page in pages:
        with suppress(Exception):  # who asks for it says so
            _ = where.settings.hides(page.path) or page.links
    if not where.settings.problems:
        faults += engines.problems(where)


def _read(where: Layout, meanwhile: Callable[[Iterable[Page]], None]) -> Course:
    if not sys.stderr.isatty():
        return courses.load(where, meanwhile=meanwhile)
    files = courses.bank_files(where)
    label = words().say("Reading banks")
    with click.progressbar(length=len(files), label=label, file=sys.stderr) as bar:
        return courses.load(where, on_bank=lambda: bar.update(1), meanwhile=meanwhile)


def assignment_of(path: Path) -> tuple[Site, Assignment]:
    """The assignment in a file, and the course around it; its problems end the command."""
    root = next((one for one in real(path).parents if (one / "mkdocs.yml").is_file()), None)
    if root is None:
        said = say("{path} is not in a course (there is no mkdocs.yml above it)", path=path)
        raise click.UsageError(said)
    read = courses.load(Layout.of(root))
    found, problems = assignments.model.load(real(path), read)
    for problem in in_order(problems):
        echo(problem.told)
    if problems:
        sys.exit(1)
    return Site(read, Theme(read.layout.overrides), Cache(read.layout.cache)), found
