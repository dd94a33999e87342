"""The browser's files as they are published: one script for all questions, without comments."""

from __future__ import annotations

import shutil
from pathlib import Path

import rcssmin
import rjsmin


def publish(site: Path) -> None:
    """Join and shorten the scripts and styles under `assets/viva` of a built site."""
    folder = site / "assets/viva"
    if not folder.is_dir():
        return
    _join(folder)
    for script in [*folder.glob("*.js"), *folder.glob("study/*.js")]:
        _rewrite(script, rjsmin.jsmin(script.read_text("utf-8")))
    for style in [*folder.glob("*.css"), *folder.glob("study/*.css")]:
        _rewrite(style, rcssmin.cssmin(style.read_text("utf-8")))


def _join(folder: Path) -> None:
    """Every type's script goes behind the common one: one request, and compressed together."""
    types = folder / "types"
    parts = [folder / "viva.js", *sorted(types.glob("*.js"))]
    _rewrite(parts[0], "\n".join(part.read_text("utf-8") for part in parts))
    shutil.rmtree(types, ignore_errors=True)


def _rewrite(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
