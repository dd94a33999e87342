"""The commands that make the site: build, serve."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from viva.cli.course import layout


@click.command()
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


@click.command()
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


COMMANDS = (build, serve)
