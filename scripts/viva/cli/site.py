"""The commands that make the site: build, serve."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from viva import engines
from viva.base import files
from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.base.words import say
from viva.build.target import proved
from viva.cli import previewed
from viva.cli.course import layout, told
from viva.cli.talk import echo
from viva.cli.translate import translations
from viva.course.layout import Layout

ADDRESS = "127.0.0.1:8000"
PORTS = 100
"""How many ports from there are tried."""


@click.command()
@click.option("--site-dir", type=click.Path(), help="Where to build; else where mkdocs.yml says.")
def build(site_dir: str | None) -> None:
    """Make the site. Stops at the first broken bank or link and leaves the old site as it was.

    Only a site that viva made is replaced; files that others have put into it stay.
    """
    where = layout()
    target = proved(where, Path(site_dir) if site_dir else where.site)
    shown = os.path.relpath(target / "index.html")
    with files.workshop(target) as fresh:
        code = whole(where, fresh)
        if code in (0, engines.PARTLY):
            files.replace(target, fresh)
            echo(say("Built. Open {shown} in a browser.", shown=shown), err=True)
    sys.exit(int(code != 0))


def whole(where: Layout, target: Path) -> int:
    """Build the course in all of its languages into a free folder; the exit code."""
    with translations(where, engine(where), _say) as others:
        return others if others not in (0, engines.PARTLY) else built(where, target)


@click.command()
@click.option("--address", default=ADDRESS, show_default=True, help="Where to listen.")
@click.option("--language", help="Show the course in one of its other languages, such as de.")
@click.pass_context
def serve(ctx: click.Context, address: str, language: str | None) -> None:
    """Preview the site; every save of a page or a bank shows at once.

    Where another preview runs already, this one takes the next free port and says which.
    """
    where = layout()
    is_wished = ctx.get_parameter_source("address") is not ParameterSource.DEFAULT
    with previewed.shown(where, language) as course:
        code = engine(where).serve(course, _free(address, is_wished), _say)
    sys.exit(code)


def _free(address: str, is_wished: bool) -> str:
    """An address to listen at: this one, or the next free port unless just this one is wished."""
    host, _, port = address.rpartition(":")
    if not (host and port.isdecimal() and 0 < int(port) < 65536):
        said = say(
            "{address} is no address (write a host, a colon and a port: 127.0.0.1:8001)",
            address=address,
        )
        raise Refused(said, misuse=True)
    first = int(port)
    found = next((n for n in range(first, min(first + PORTS, 65536)) if not _fault(host, n)), None)
    fault = _fault(host, first) if found != first else None
    if fault is None:
        return address
    if found is None or is_wished:
        said = say(
            "cannot listen at {address}: {reason} (try: viva serve --address {host}:{port})",
            address=address,
            reason=fault,
            host=host,
            port=found or 9000,
        )
        raise Refused(said)
    said = say(
        "{address} is in use: this preview is at http://{host}:{port}/",
        address=address,
        host=host,
        port=found,
    )
    echo(said, err=True)
    return f"{host}:{found}"


def _fault(host: str, port: int) -> str | None:
    """Why nobody can listen there; None if one can."""
    try:
        socket.create_server((host, port)).close()
    except (OSError, OverflowError, UnicodeError) as error:
        return getattr(error, "strerror", None) or str(error)
    return None


def engine(where: Layout) -> engines.Engine:
    """The engine that the course picks, if it can run."""
    found = engines.named(where.settings)
    if isinstance(found, Problem):
        raise Refused(str(found))
    missing = found.missing()
    if missing:
        raise Refused(missing)
    return found


def built(where: Layout, site: Path) -> int:
    """Build into an empty place. What stops it is said in our words, with its place, and once."""
    said = list[str]()
    code = engine(where).build(where, site, said.append)
    for line in said if code in (0, engines.PARTLY) else told(where, said):
        _say(line)
    return code


def _say(text: str) -> None:
    echo(text, err=True)


COMMANDS = (build, serve)
