"""The commands that make the site: build, serve."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from viva import engines
from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.cli.course import layout
from viva.course.layout import Layout


@click.command()
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


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(address: str) -> None:
    """Preview the site; every save of a page or a bank shows at once."""
    where = layout()
    sys.exit(_engine(where).serve(where, address, _say))


def _engine(where: Layout) -> engines.Engine:
    """The engine that the course picks, if it can run."""
    found = engines.named(where.settings)
    if isinstance(found, Problem):
        raise Refused(str(found))
    missing = found.missing()
    if missing:
        raise Refused(missing)
    return found


def _say(words: str) -> None:
    click.echo(words, err=True)


COMMANDS = (build, serve)
