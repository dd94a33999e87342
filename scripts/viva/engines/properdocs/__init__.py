"""ProperDocs with MaterialX: what became of MkDocs and of its most used theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from viva.course.layout import Layout
from viva.engines import Say, preview, staged
from viva.engines.installed import absent, overwritten
from viva.engines.staged import SETTINGS, Driver, Said

INSTALL = """it needs an environment of its own; type:
  python3 -m venv properdocs
  properdocs/bin/pip install viva-course properdocs
  properdocs/bin/pip install --force-reinstall --no-deps mkdocs-materialx
  properdocs/bin/viva build"""
MESSAGE = re.compile(r"^(?:WARNING|ERROR) +-  (.*)((?:\n +- .*)*)$", re.MULTILINE)
"""A message, and the list that may follow it."""
NAMED = re.compile(r"Doc file '([^']+)'")


def missing() -> str | None:
    """What keeps ProperDocs from running."""
    lacking = absent("properdocs", "mkdocs-materialx", how=INSTALL)
    return lacking or overwritten("mkdocs-materialx")


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
    """The theme by its name."""
    return {
        **full,
        "theme": {**full["theme"], "name": "materialx"},
        "plugins": [],
        "extra_css": ["assets/engine.css", *full.get("extra_css", [])],
    }


def _read(log: str) -> Iterator[Said]:
    for found in MESSAGE.finditer(log):
        named = NAMED.match(found[1])
        listed = ", ".join(line.strip(" -") for line in found[2].split("\n")[1:])
        yield Said(f"{found[1]} {listed}".rstrip(), named[1] if named else "")


# It counts warnings for its strict mode only where they are logged: never with --quiet.
ARGUMENTS = ("build", "--clean", "--strict", "-f", SETTINGS)
DRIVER = Driver("properdocs", ARGUMENTS, "mkdocs-materialx", _settings, _read)
