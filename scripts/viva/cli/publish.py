"""The commands that put a course where readers find it.

What a command needs is imported when it runs, as in `cli/grade.py`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from viva.base import files
from viva.base.files.made import LIST
from viva.base.refused import Refused
from viva.base.words import Said, say, shaped
from viva.cli.course import layout
from viva.cli.doctor import told
from viva.cli.site import whole
from viva.cli.talk import echo, many, words
from viva.course import guard
from viva.course.layout import Layout
from viva.course.settings import ADDRESS, FILE
from viva.offline import archive
from viva.offline.doctor.examine import examine
from viva.offline.doctor.sources import Copy, Source, Web
from viva.publish import hosts, upload, workflows

OTHER = say("choose another folder")
OTHER_FILE = say("name another file with --out")
URL = click.option("--url", help="The address at which readers will find the course.")
FOR = click.option(
    "--for", "host", type=click.Choice(hosts.HOSTS), default="any", show_default=True,
    help="Whose files to add: how long browsers keep a file, the page for a lost address.",
)  # fmt: skip


@click.group("publish")
def publish() -> None:
    """Put the course where readers find it: build it, bring what changed, look at the result.

    Nothing that viva did not make is changed or deleted there.
    """


@publish.command("pages")
@click.option("--on", "forge", type=click.Choice(sorted(workflows.FORGES)), help="Whose pages.")
def pages(forge: str | None) -> None:
    """Let GitHub or GitLab build and publish the course whenever you push.

    Writes the one file that they read, and says what to do once by hand.

    \b
    Example:
      viva publish pages --on github
    """
    where = layout()
    kept = workflows.repository(where.root)
    name = forge or kept.forge
    if not name:
        said = say("say whose pages: viva publish pages --on github, or --on gitlab")
        raise Refused(said, misuse=True)
    chosen = workflows.FORGES[name]
    text = workflows.text(name, kept.branch)
    _write_once(where.root / chosen.file, text)
    own = kept.address if name == kept.forge else ""
    address = where.settings.text("site_url") or own or say("the address that it names")
    said = say(
        "{file} tells {name} to build the course and to publish it. Now:",
        file=chosen.file,
        name=chosen.name,
    )
    echo(said)
    for number, step in enumerate(chosen.steps, 1):
        told = words().say(step, file=chosen.file, address=address)
        echo(f"{number}. {told}")
    echo(say("Then look at it: viva doctor ADDRESS"))


def _write_once(path: Path, text: str) -> None:
    if path.is_file() and path.read_text("utf-8") == text:
        return
    if os.path.lexists(path):
        said = say(
            "{path} is there already (rename it, and run this again to compare both)",
            path=path,
        )
        raise Refused(said)
    files.create(path, text)


@publish.command("folder")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@URL
@FOR
def folder(target: Path, url: str | None, host: str) -> None:
    """Bring the course into a folder: a web server's, a shared drive's, a synchronised one.

    \b
    Example:
      viva publish folder /srv/www/ecg --url https://www.example.org/ecg/
    """
    with _built(url, host) as (where, _, site):
        real = guard.outside(target, OTHER, where)
        before = {name for name in site if _is(real / name, site[name])}
        files.outputs(real, site, remedy=OTHER, whole=True)
        said = _brought(len(site) - len(before), len(before))
        echo(shaped("{target}: {said}", target=target, said=said), err=True)
    _look(Copy(target))


@publish.command("sftp")
@click.argument("target", metavar="NAME@HOST:FOLDER")
@URL
@FOR
@click.option("--port", type=click.IntRange(1, 65535), default=22, show_default=True,
              help="Where the server listens.")  # fmt: skip
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Your private key; else those of your agent and of ~/.ssh.")  # fmt: skip
@click.option("--known-hosts", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The keys of hosts; else ~/.ssh/known_hosts.")  # fmt: skip
def sftp(
    target: str, url: str | None, host: str, port: int, key: Path | None, known_hosts: Path | None
) -> None:
    """Bring the course to a server that speaks SFTP: only what changed, each file at one stroke.

    Asks for the password where no key opens the door; VIVA_SFTP_PASSWORD answers for it.

    \b
    Example:
      viva publish sftp ada@www.example.org:public_html/ecg --url https://www.example.org/ecg/
    """
    from viva.publish import servers

    there = servers.address(target, port)
    with (
        _built(url, host) as (_, address, site),
        servers.connected(there, _password, key, known_hosts) as server,
    ):
        brought = upload.bring(server, site)
        said = _brought(len(brought.written), brought.same, len(brought.removed))
        echo(shaped("{target}: {said}", target=server.name, said=said), err=True)
        _look(server)
    if url:
        _look(Web(address))


def _password(asked: str) -> str:
    return os.environ.get("VIVA_SFTP_PASSWORD") or str(click.prompt(asked, hide_input=True))


@publish.command("zip")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@URL
@FOR
def zip_command(out: Path | None, url: str | None, host: str) -> None:
    """Pack the course for a host that takes a zip: Netlify Drop, Cloudflare Pages and others.

    \b
    Example:
      viva publish zip --for netlify --url https://ecg.netlify.app/
    """
    with _built(url, host) as (where, _, site):
        path = out or Path(f"{where.settings.id}-site.zip")
        into = guard.outside(path.parent, OTHER_FILE, where)
        files.outputs(into, {path.name: archive.packed(site)}, remedy=OTHER_FILE)
        echo(path)
    for step in STEPS.get(host, ()):
        echo(step, err=True)
    _look(Copy(path))


STEPS = {
    "netlify": (
        say(
            "1. Open app.netlify.com/drop and drop the zip there, unpacked if it asks for a "
            "folder."
        ),
        say("2. For the next edition open the site, Deploys, and drop the new zip below the list."),
    ),
    "cloudflare": (
        say(
            "1. In Cloudflare open Workers & Pages, Create, Pages, Upload assets, and drop the "
            "zip."
        ),
        say("2. For the next edition open the project, Create deployment, and drop the new zip."),
    ),
}


@publish.command("lms")
@click.option("--scorm", type=click.Choice(["1.2", "2004"]), default="1.2", show_default=True,
              help="Which version of SCORM.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--pass", "passing", type=click.FloatRange(0, 100), default=60, show_default=True,
              help="The percentage that passes.")  # fmt: skip
@click.option("--language", help="Only one of the course's languages, such as de; else all.")
@click.pass_context
def lms(
    ctx: click.Context, scorm: str, out: Path | None, passing: float, language: str | None
) -> None:
    """Pack the course for a learning platform (SCORM), which keeps score and place.

    \b
    Examples:
      viva publish lms --pass 70
      viva publish lms --language de
    """
    from viva.cli.exchange import export_command

    name = {"1.2": "scorm12", "2004": "scorm2004"}[scorm]
    ctx.invoke(export_command, format_=name, banks=(), language=language, out=out, strict=False,
               passing=passing, style="text")  # fmt: skip


@contextmanager
def _built(url: str | None, host: str) -> Iterator[tuple[Layout, str, Mapping[str, bytes]]]:
    """The course, its address, and its site as it will be there with what its host reads."""
    _address(url)
    where = layout()
    address = where.settings.text("site_url")
    if not address:
        said = say("No address is known: write site_url in {file}, or --url.", file=FILE)
        echo(said, err=True)
    with files.temporary() as folder:
        if whole(where, folder / "site"):
            sys.exit(1)
        site = dict(_files(folder / "site"))
        yield where, address, {**site, **hosts.files(host, address)}


def _files(site: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a site by their path, without the list of what viva made here."""
    for path in sorted(site.rglob("*")):
        if path.is_file() and path.name != LIST:
            yield path.relative_to(site).as_posix(), path.read_bytes()


def _address(url: str | None) -> None:
    if url is None:
        return
    if not url.startswith(("https://", "http://")):
        raise Refused(say("{url} is no address (begin it with https://)", url=url), misuse=True)
    os.environ[ADDRESS] = url.rstrip("/") + "/"


def _is(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _brought(new: int, same: int, gone: int = 0) -> Said:
    facts = {"files": many(new, "file"), "same": same}
    if not gone:
        return say("{files} brought, {same} as before.", **facts)
    return say(
        "{files} brought, {same} as before, {deleted} that the course has no more deleted.",
        **facts,
        deleted=many(gone, "file"),
    )


def _look(source: Source) -> None:
    """Say what the doctor finds; a finding ends the command with 1."""
    report = examine(source)
    echo(told(report), err=True)
    if report.findings:
        sys.exit(1)


COMMANDS = (publish,)
