"""The browser's files as they are published: few of them, joined from parts, without comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import rcssmin
import rjsmin

from viva.site.render import APART
from viva.theme import Theme

FOLDER = "assets/viva"
PARTS = {
    "viva.js": ("score.js", "viva/summary.js", "viva/answer.js", "viva/folding.js", "types/*.js"),
    "viva.css": (
        "viva/answers.css",
        "types/*.css",
        *(f"viva/{name}.css" for name in ("feedback", "paper", "bar")),
    ),
    "study/store.js": ("score.js", "study/session.js"),
    "study/record.js": ("study/journal.js",),
    "study/runner.js": (
        "study/tools.js",
        *(f"study/run/{name}.js" for name in ("line", "timer", "result", "check")),
    ),
    "study/ask.js": ("study/run/cards.js",),
    "study/practice.js": ("study/practice/decks.js",),
    "study/runner.css": ("study/study/tools.css",),
    "study/study.css": ("study/study/practice.css",),
}
"""What goes behind each file, in order: rules of style that come later win. `types/*` stands for
the types that are not loaded apart."""
SHORTEN = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}


def publish(theme: Theme, site: Path, shorten: bool = True) -> None:
    """Write the theme's files into a built site; a preview keeps them as they were written."""
    for name, content in published(theme.assets(), shorten).items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def published(files: Mapping[str, bytes], shorten: bool = True) -> dict[str, bytes]:
    """The files as browsers get them: parts joined behind the file that needs them, shortened."""
    made = dict(files)
    parts = {_here(name): list(_joined(more, files)) for name, more in PARTS.items()}
    for name, more in parts.items():
        made[name] = b"\n".join(files[part] for part in (name, *more))
    gone = {part for more in parts.values() for part in more}
    kept = {name: content for name, content in made.items() if name not in gone}
    return {name: _short(name, data) for name, data in kept.items()} if shorten else kept


def _here(name: str) -> str:
    return f"{FOLDER}/{name}"


def _joined(parts: Iterable[str], files: Iterable[str]) -> Iterator[str]:
    for part in map(_here, parts):
        paths = [PurePosixPath(name) for name in sorted(files) if fnmatchcase(name, part)]
        yield from (str(path) for path in paths if "*" not in part or path.stem not in APART)


def _short(name: str, content: bytes) -> bytes:
    path = PurePosixPath(name)
    is_ours = path.is_relative_to(FOLDER) and "vendor" not in path.parts
    if not is_ours or path.suffix not in SHORTEN:
        return content
    return str(SHORTEN[path.suffix](content.decode())).encode()
