"""MkDocs for a course whose settings need not name viva: python -m viva.engines.mkdocs.

MkDocs takes its plugins and its theme before any plugin can speak: its reading is wrapped.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import click
import mkdocs.config
from mkdocs.__main__ import cli
from mkdocs.commands import serve
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from viva import engines
from viva.base import files, net
from viva.base.files.paths import real
from viva.base.problems import Problem, in_order, stopped
from viva.course import setup
from viva.course.layout import Layout
from viva.course.settings import FILE
from viva.engines import PARTLY
from viva.engines.defaults import completed
from viva.engines.mkdocs.config import INSTEAD, Content, read, with_what_is_there

ABORTED = "Aborted with a BuildError!"


class Unusable(Abort):
    """Settings that MkDocs cannot use."""


USED: list[bytes] = []
"""The settings that MkDocs could use last."""


def load(config_file: Any = None, **options: Any) -> MkDocsConfig:
    """The settings in the current folder, with the plugins and the theme that a course needs.

    What keeps MkDocs from using them is told with its line, and not in MkDocs' words. A preview
    goes on with those before, and shows it on its pages.
    """
    INSTEAD.clear()
    try:
        config = _loaded(config_file, **options)
    except (Exception, SystemExit):
        told = _told(Layout.of(Path())) or "\n".join(KEPT.said)
        if not told:
            raise
        if not USED:
            raise Unusable(told) from None
        click.echo(told, err=True)
        INSTEAD.append(USED[-1])
        path = real(Path(FILE))
        return _loaded(Content(USED[-1], path), config_file_path=str(path), **options)
    finally:
        KEPT.said.clear()
    USED[:] = [Path(FILE).read_bytes()]
    return config


def _loaded(config_file: Any, **options: Any) -> MkDocsConfig:
    full = completed(read(Path(FILE)))
    own = {"plugins": full["plugins"], "theme": with_what_is_there(full["theme"], Path())}
    return load_config(config_file, **options | own)


def _told(layout: Layout) -> str:
    """What is wrong with the settings; empty where nothing is."""
    found: list[Problem] = [*layout.settings.problems, *setup.missing(layout)]
    found = found or list(setup.problems(layout)) or list(engines.problems(layout))
    wrong = in_order([one for one in found if one.severity == "error"])
    if not wrong:
        return ""
    said = (*(one.told for one in wrong), stopped(wrong))
    return "\n".join(map(layout.settings.words.tell, said))


class _Kept(logging.Filter):
    """Keeps what MkDocs says of settings that it cannot use: mostly `load` tells it better."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        """Errors are kept; all else is printed."""
        if record.levelno < logging.ERROR:
            return True
        self.said.append(record.getMessage())
        return False


KEPT = _Kept()


def main() -> None:
    """MkDocs' own command line, whose end tells what viva had to leave out."""
    Abort.show = _end  # type: ignore[assignment, method-assign]
    mkdocs.config.load_config = serve.load_config = load  # type: ignore[attr-defined]
    logging.getLogger("mkdocs.config").addFilter(KEPT)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        cli(prog_name="mkdocs")
    except SystemExit as end:
        sys.exit(end.code or _left_out())
    except OSError as error:
        sys.exit(f"ERROR   -  {files.refused(error)}")
    except Exception as error:  # a page, a plugin or a template failed: MkDocs has named it
        if os.environ.get(net.TRACE):
            raise
        sys.exit(f"ERROR   -  {net.said_of(error)} (mend it; {net.TRACE}=1 tells where it was)")


def _end(end: Abort, *_: Any, **__: Any) -> None:
    """How a build ends belongs to the talk; where a plugin has said why, it says nothing."""
    if end.format_message() != ABORTED:
        click.echo(end.format_message(), err=True)


def _left_out() -> int:
    found = net.caught()
    for problem in found:
        print(problem, file=sys.stderr)
    return PARTLY if found else 0


def _end_with(parent: int) -> None:
    """Nobody waits for what a command that was killed has started."""
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


if __name__ == "__main__":
    main()
