"""The browser's files as they are published: one script for all questions, without comments."""

from __future__ import annotations

from pathlib import Path

import rcssmin
import rjsmin

from viva.render import APART

SHARED = ("measure",)
"""Types whose own script an assignment uses too."""


def publish(site: Path, shorten: bool = True) -> None:
    """Join, and shorten unless it is a preview, the files under `assets/viva` of a built site."""
    folder = site / "assets/viva"
    if not folder.is_dir():
        return
    types = folder / "types"
    _join(folder / "assignment.js", [types / f"{name}.js" for name in SHARED])
    joined = [path for path in sorted(types.glob("*.js")) if path.stem not in APART]
    _join(folder / "viva.js", joined)
    for path in joined:
        path.unlink()
    record = folder / "study/record.js"
    _join(folder / "study/store.js", [record])
    record.unlink(missing_ok=True)
    if shorten:
        _shorten(folder)


def _shorten(folder: Path) -> None:
    for script in [
        path for name in ("", "types", "study") for path in (folder / name).glob("*.js")
    ]:
        _rewrite(script, rjsmin.jsmin(script.read_text("utf-8")))
    for style in [*folder.glob("*.css"), *folder.glob("study/*.css")]:
        _rewrite(style, rcssmin.cssmin(style.read_text("utf-8")))


def _join(first: Path, others: list[Path]) -> None:
    """Scripts go behind the one that they need: one request, and compressed together."""
    parts = [part for part in (first, *others) if part.is_file()]
    if first in parts:
        _rewrite(first, "\n".join(part.read_text("utf-8") for part in parts))


def _rewrite(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
