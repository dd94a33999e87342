"""The commands that make the site: build, serve."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path

import click

from viva import engines
from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.build.target import proved, replace
from viva.cli.course import layout
from viva.course.layout import Layout


@click.command()
@click.option("--site-dir", type=click.Path(), help="Where to build; else where mkdocs.yml says.")
def build(site_dir: str | None) -> None:
    """Make the site. Stops at the first broken bank or link and leaves the old site as it was."""
    where = layout()
    target = proved(where, Path(site_dir) if site_dir else where.site)
    fresh = target.with_name(f".{target.name}-new")
    shutil.rmtree(fresh, ignore_errors=True)
    code = _engine(where).build(where, fresh, _say)
    if code in (0, engines.PARTLY):
        replace(target, fresh)
        shown = os.path.relpath(target / "index.html")
        click.echo(f"Built. Open {shown} in a browser.", err=True)
    shutil.rmtree(fresh, ignore_errors=True)
    sys.exit(int(code != 0))


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(address: str) -> None:
    """Preview the site; every save of a page or a bank shows at once."""
    where = layout()
    _prove_free(address)
    sys.exit(_engine(where).serve(where, address, _say))


def _prove_free(address: str) -> None:
    """Refuses an address that nobody can listen at."""
    host, _, port = address.rpartition(":")
    if not (host and port.isdecimal() and 0 < int(port) < 65536):
        said = f"{address} is no address (write a host, a colon and a port: 127.0.0.1:8001)"
        raise Refused(said, misuse=True)
    try:
        socket.create_server((host, int(port))).close()
    except OSError as error:
        other = f"{host}:{int(port) + 1 if int(port) < 65535 else 8000}"
        said = f"cannot listen at {address}: {error.strerror} (try: viva serve --address {other})"
        raise Refused(said) from None


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
