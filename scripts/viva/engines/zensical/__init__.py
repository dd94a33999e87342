"""Zensical, by the makers of Material for MkDocs: without plugins, which it does not need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from viva.course.layout import Layout
from viva.engines import Say, preview, staged
from viva.engines.installed import absent
from viva.engines.staged import SETTINGS, Driver, Said

COLOUR = re.compile(r"\x1b\[[0-9;]*m")  # written to pipes too, whatever NO_COLOR says
WARNING = re.compile(r"^Warning: (.+)\n\s*╭─\[ (.+):(\d+):(\d+) \]", re.MULTILINE)
FAILED = re.compile(r"^\w*Error: (.+)$", re.MULTILINE)
# Its sentence for the strict mode says nothing that the warnings do not.
ABORTED = "Aborted because --strict flag is set"


def missing() -> str | None:
    """What keeps Zensical from running."""
    return absent("zensical")


def faults(layout: Layout) -> Iterator[tuple[str, str]]:
    """What it refuses is found when it runs."""
    return iter(())


def build(layout: Layout, site: Path, say: Say) -> int:
    """Build a course strictly into an empty place."""
    return staged.build(DRIVER, layout, site, say)


def serve(layout: Layout, address: str, say: Say) -> int:
    """Show a course in a browser until it is stopped."""
    return preview.serve(DRIVER, layout, address, say)


def _settings(full: dict[str, Any]) -> dict[str, Any]:
    """Material's look without its search; plugins of others mean nothing here."""
    theme = {**full["theme"], "name": "zensical", "variant": "classic"}
    return {**full, "theme": theme, "plugins": [{"search": {"enabled": False}}]}


def _read(log: str) -> Iterator[Said]:
    text = COLOUR.sub("", log)
    for found in WARNING.finditer(text):
        yield Said(found[1], found[2], int(found[3]), int(found[4]))
    for found in FAILED.finditer(text):
        if found[1] != ABORTED:
            yield Said(found[1])


# Its cache does not see that the code of an extension has changed: hence --clean.
ARGUMENTS = ("build", "--clean", "--strict", "-f", SETTINGS)
DRIVER = Driver("zensical", ARGUMENTS, "zensical", _settings, _read, leads=True)
