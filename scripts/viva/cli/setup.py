"""The command that says what is there, and gets what is missing."""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click

from viva.base.words import Said, say, shaped
from viva.cli.talk import echo
from viva.engines import mkdocs
from viva.formulas import engine as formulas
from viva.formulas.engine import Mistake
from viva.offline import browser
from viva.theme import ASSETS

EXTRAS = {
    "paper": (say("For exams on paper"), ("typst", "docx")),
    "exchange": (
        say("For questions from and to other systems"),
        ("genanki", "lxml", "nh3", "typst"),
    ),
    "sftp": (say("For publishing by SFTP"), ("paramiko",)),
}
"""What is installed apart, what for, and by which packages it is known."""
FONTS = ("site/fonts", "viva/vendor/temml")
GET = ("-m", "playwright", "install", "chromium")
ADVICE = {
    "Windows": say("install Chrome, or Edge, which Windows brings along"),
    "Darwin": say("install Chrome from google.com/chrome"),
    "Linux": say("install it: sudo apt install chromium"),
}
WAIT = 900


@click.command()
def setup() -> None:
    """Say what viva finds on this computer, and get the browser that the PDF needs.

    Ends with 1 if something is missing without which viva cannot work.

    \b
    Example:
      viva setup
    """
    version = platform.python_version()
    said = say("Python {version} on {system}: fine.", version=version, system=platform.system())
    echo(said)
    found = [_engine(), _formulas(), _fonts()]
    for line in (*_browser(), *_extras()):
        echo(line)
    sys.exit(0 if all(found) else 1)


def _say(what: Said, missing: str | None) -> bool:
    echo(shaped("{part}: {state}", part=what, state=missing or say("fine.")))
    return missing is None


def _engine() -> bool:
    return _say(say("Pages, made by MkDocs"), mkdocs.missing())


def _formulas() -> bool:
    try:
        formulas.mathml("x")
    except (ImportError, Mistake) as error:
        said = say("{error} (type: pip install --upgrade viva-course)", error=str(error))
        return _say(say("Formulas"), said)
    return _say(say("Formulas"), None)


def _fonts() -> bool:
    """They come with viva: nothing has to be installed on this computer."""
    kept = [Path(str(ASSETS)) / folder for folder in FONTS]
    there = all(any(folder.glob("*.woff2")) for folder in kept)
    again = say("missing (type: pip install --force-reinstall --no-deps viva-course)")
    return _say(say("Fonts, which come with viva"), None if there else again)


def _browser() -> Iterator[Said]:
    path = browser.find()
    if path is None and find_spec("playwright"):
        yield say("A browser for the PDF: none yet, getting one…")
        path = browser.find() if _got() else None
    advice = ADVICE.get(platform.system(), ADVICE["Linux"])
    if path:
        yield say("A browser for the PDF: {path}", path=path)
    else:
        yield say(
            "A browser for the PDF: none; everything else works without it ({advice})",
            advice=advice,
        )


def _got() -> bool:
    try:
        command = [sys.executable, *GET]
        return subprocess.run(command, capture_output=True, timeout=WAIT).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _extras() -> Iterator[Said]:
    for name, (what, packages) in EXTRAS.items():
        absent = [one for one in packages if find_spec(one) is None]
        missing = say('not installed (type: pip install "viva-course[{extra}]")', extra=name)
        yield shaped("{part}: {state}", part=what, state=missing if absent else say("fine."))


COMMANDS = (setup,)
