"""MkDocs with Material, the engine unless a course says otherwise.

`plugin` hands pages to staging and finishing on MkDocs' own way through a build, so that plain
`mkdocs build` and other people's plugins work as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from viva.course.layout import Layout
from viva.engines.installed import overwritten

# The theme's notice about its successor says nothing to an author. A pipe of Windows is not UTF-8.
SURROUNDINGS = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}


def missing() -> str | None:
    """What keeps MkDocs from running."""
    return overwritten("mkdocs-material")


def faults(layout: Layout) -> Iterator[tuple[str, str]]:
    """What MkDocs says of the settings, as it would before a build."""
    from viva.engines.mkdocs import config  # slow to import, and only a check needs it

    return config.faults(layout.root)


def build(layout: Layout, site: Path, say: Callable[[str], None]) -> int:
    """Build strictly, and say no more than what is noteworthy."""
    # With --quiet, MkDocs would no longer count warnings, and --strict would let them pass.
    command = [*_mkdocs("build"), "--strict", "--site-dir", str(site)]
    with subprocess.Popen(
        command,
        cwd=layout.root,
        env=os.environ | SURROUNDINGS,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as run:
        for line in _noteworthy(run.stderr or ()):
            say(line.rstrip("\n"))
    return run.returncode


def serve(layout: Layout, address: str, say: Callable[[str], None]) -> int:
    """MkDocs' own server, which reloads the page in the browser."""
    command = [*_mkdocs("serve"), "--dev-addr", address]
    surroundings = os.environ | SURROUNDINGS
    return subprocess.run(command, cwd=layout.root, env=surroundings, check=False).returncode


def _mkdocs(verb: str) -> list[str]:
    return [sys.executable, "-m", "viva.engines.mkdocs", verb]


def _noteworthy(lines: Iterable[str]) -> Iterator[str]:
    """Warnings and errors, without the steps of an ordinary build."""
    shown = True
    for line in lines:
        if not line.startswith(" "):
            shown = not line.startswith(("INFO", "DEBUG"))
        if shown:
            yield line
