"""The browser's files as they are published: few of them, joined from parts, without comments."""

from __future__ import annotations

from pathlib import Path

import rcssmin
import rjsmin

from viva.render import APART

SHARED = ("measure",)
"""Types whose own script an assignment uses too."""
PARTS = {
    "viva.js": ("viva/summary.js",),
    "viva.css": tuple(
        f"viva/{name}.css" for name in ("answers", "figures", "feedback", "paper", "bar")
    ),
    "assignment.js": ("assignment/answers.js", "assignment/outline.js", "study/journal.js"),
    "study/store.js": ("study/journal.js", "study/record.js"),
    "study/exam.js": tuple(
        f"study/exam/{name}.js" for name in ("drafts", "sheet", "timer", "result")
    ),
    "study/practice.js": ("study/practice/cards.js", "study/practice/exam.js"),
    "study/study.css": tuple(f"study/study/{name}.css" for name in ("tools", "exam", "practice")),
}
"""What goes behind each file, in order: rules of style that come later win."""


def publish(site: Path, shorten: bool = True) -> None:
    """Join, and shorten unless it is a preview, the files under `assets/viva` of a built site."""
    folder = site / "assets/viva"
    if not folder.is_dir():
        return
    for name, parts in PARTS.items():
        _join(folder / name, [folder / part for part in parts])
    _remove([folder / part for parts in PARTS.values() for part in parts])
    types = folder / "types"
    _join(folder / "assignment.js", [types / f"{name}.js" for name in SHARED])
    joined = [path for path in sorted(types.glob("*.js")) if path.stem not in APART]
    _join(folder / "viva.js", joined)
    _remove(joined)
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
    """Files go behind the one that they need: one request, and compressed together."""
    parts = [part for part in (first, *others) if part.is_file()]
    if first in parts:
        _rewrite(first, "\n".join(part.read_text("utf-8") for part in parts))


def _remove(joined: list[Path]) -> None:
    """Parts have gone into their file; a folder that held nothing else goes too."""
    for path in joined:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in joined}:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _rewrite(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
