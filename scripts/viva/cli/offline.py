"""The command that puts what readers take along into dist/."""

from __future__ import annotations

from pathlib import Path

import click

from viva.base import files
from viva.base.refused import Refused
from viva.base.words import of, say
from viva.build.target import proved
from viva.cli.course import layout
from viva.cli.talk import echo
from viva.course import guard
from viva.course.layout import Layout
from viva.offline import archive, browser, built, finish, printing
from viva.offline.built import ZIP, Target
from viva.site.routes import Routes

OTHER = say("choose another folder with --dist-dir")
NO_BROWSER = say(
    "The PDF is left out: no Chromium or Chrome was found "
    "(install one, or name yours: VIVA_BROWSER=/path/to/chrome viva pack)."
)

NO_BOOK = say("The PDF is left out: its text is not here (run viva build, and then this again).")


@click.command()
@click.option("--site-dir", type=click.Path(), help="The built site; else that of viva build.")
@click.option("--dist-dir", type=click.Path(), help="Where to put the files; dist/ otherwise.")
def pack(site_dir: str | None, dist_dir: str | None) -> None:
    """Put the downloads of the built site into dist/, and print its PDF if there is a browser.

    \b
    Example:
      viva build && viva pack
    """
    where = layout()
    site = proved(where, Path(site_dir) if site_dir else where.site)
    dist = Path(dist_dir) if dist_dir else where.root / "dist"
    guard.outside(dist, OTHER, where)
    page = Routes(where.settings.use_directory_urls).file("offline.md")
    languages = {one: of(one) for one in where.settings.translations}
    target = built.target_of(site, page, where.settings.words, languages)
    if not target:
        said = say(
            "there is nothing to pack in {name}/ ({remedy})",
            name=where.name(site),
            remedy=_remedy(where),
        )
        raise Refused(said)
    _print(target, where)
    finish.seal(target)
    for path in _copied(target, dist):
        echo(path)


def _remedy(where: Layout) -> str:
    if where.settings.offline:
        return say("run: viva build")
    return say("under viva in mkdocs.yml write offline: true, and run: viva build")


def _print(target: Target, where: Layout) -> None:
    """Print the PDF in every language if a browser can; a course without it is whole."""
    chromium = browser.find()
    if not chromium:
        echo(NO_BROWSER, err=True)
        return
    for one in (target, *target.translations):
        _print_book(one, where.printed_in(one.language), chromium)


def _print_book(target: Target, page: Path, chromium: str) -> None:
    if not page.is_file():
        echo(NO_BOOK, err=True)
        return
    try:
        printing.print_book(target, page, chromium)
    except Refused as failed:
        said = say(
            "The PDF is left out: {program} could not print it ({reason}).",
            program=chromium,
            reason=failed.told,
        )
        echo(said, err=True)


def _copied(target: Target, dist: Path) -> list[Path]:
    """The downloads beside the files of others; those that an earlier run put there go."""
    found = {path.name: path.read_bytes() for path in sorted(target.downloads())}
    older = found if archive.is_ours(dist / target.file(ZIP).name, f"{target.name}/") else ()
    return files.outputs(dist, found, remedy=OTHER, older=older, whole=True)


COMMANDS = (pack,)
