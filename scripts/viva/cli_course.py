"""What every command does first: find the course around the current folder, and read it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from viva import assignments, course, targets
from viva.course import Course, Layout


def layout() -> Layout:
    """The course around the current folder: the nearest one upwards with an mkdocs.yml."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file():
            return Layout.of(folder)
    raise click.UsageError("there is no mkdocs.yml here or above (go to the folder of your course)")


def read(where: Layout) -> Course:
    """Load the course and check its assignments and blueprint; a terminal shows progress."""
    return targets.checked(assignments.checked(_read(where)))


def _read(where: Layout) -> Course:
    files = course.bank_files(where)
    if not sys.stderr.isatty():
        return course.load(where)
    with click.progressbar(length=len(files), label="Reading banks", file=sys.stderr) as bar:
        return course.load(where, on_bank=lambda: bar.update(1))
