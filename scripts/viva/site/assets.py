"""The browser's files as they are published: few of them, joined from parts, without comments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import rcssmin
import rjsmin

from viva.site.render import APART
from viva.theme import Theme

FOLDER = "assets/viva"
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
    common = [name for name in sorted(files) if _is_common(name)]
    parts = {_here(name): [_here(part) for part in more] for name, more in PARTS.items()}
    parts[_here("assignment.js")] += [_here(f"types/{name}.js") for name in SHARED]
    parts[_here("viva.js")] += common
    for name, more in parts.items():
        made[name] = b"\n".join(files[part] for part in (name, *more))
    gone = {part for more in PARTS.values() for part in map(_here, more)} | set(common)
    kept = {name: content for name, content in made.items() if name not in gone}
    return {name: _short(name, data) for name, data in kept.items()} if shorten else kept


def _here(name: str) -> str:
    return f"{FOLDER}/{name}"


def _is_common(name: str) -> bool:
    """Whether it is the script of a type that every page with questions loads."""
    path = PurePosixPath(name)
    return path.parent.as_posix() == _here("types") and path.stem not in APART


def _short(name: str, content: bytes) -> bytes:
    path = PurePosixPath(name)
    is_ours = path.is_relative_to(FOLDER) and "vendor" not in path.parts
    if not is_ours or path.suffix not in SHORTEN:
        return content
    return str(SHORTEN[path.suffix](content.decode())).encode()
