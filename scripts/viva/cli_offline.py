"""The command that puts what readers take along into dist/."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from viva.cli_course import layout
from viva.offline import built


@click.command()
@click.option("--site-dir", type=click.Path(), help="The built site; site/ otherwise.")
@click.option("--dist-dir", type=click.Path(), help="Where to put the files; dist/ otherwise.")
def pack(site_dir: str | None, dist_dir: str | None) -> None:
    """Put the downloads of the built site into dist/.

    \b
    Example:
      viva build && viva pack
    """
    root = layout().root
    target = built.target_of(Path(site_dir).resolve() if site_dir else root / "site")
    if not target:
        raise click.ClickException(
            "there is nothing to pack (write docs/offline.md and run: viva build)"
        )
    for path in _copied(target.folder, Path(dist_dir) if dist_dir else root / "dist"):
        click.echo(path)


def _copied(folder: Path, dist: Path) -> list[Path]:
    shutil.rmtree(dist, ignore_errors=True)
    shutil.copytree(folder, dist)
    return sorted(dist.iterdir())


COMMANDS = (pack,)
