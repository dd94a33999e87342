"""The browser's files as they are published: few of them, joined from parts, without comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import rcssmin
import rjsmin

from viva.base import files
from viva.base.words import ENGLISH, LETTERS, Words
from viva.base.words.scripts import translated
from viva.site.render import APART
from viva.theme import Theme

FOLDER, LOOK = "assets/viva", "assets/site"
SPOKEN = (FOLDER, f"{LOOK}/app")
"""The folders whose scripts say something."""
PARTS = {
    "viva.js": (
        *(f"viva/{name}.js" for name in ("question", "reveal", "printed", "answer")),
        "types/*.js",
    ),
    "viva.css": (
        "viva/answers.css",
        "types/*.css",
        *(f"viva/{name}.css" for name in ("feedback", "paper", "bar")),
    ),
    "types/short-answer.js": ("viva/folding.js",),
    "types/cloze.js": ("viva/folding.js",),
    "assignment.js": ("assignment/kept.js",),
    "study/store.js": (
        *(f"study/store/{name}.js" for name in ("shape", "open")),
        "score.js",
        "study/session.js",
    ),
    "study/record.js": ("study/journal.js",),
    "study/state.js": ("study/course.js",),
    "study/runner.js": (
        *(f"study/run/{name}.js" for name in ("kept", "exam")),
        "study/tools.js",
        *(f"study/run/{name}.js" for name in ("line", "timer", "sums", "result")),
        *(f"study/run/{name}.js" for name in ("drawer", "check")),
    ),
    "study/files.js": ("study/store/erase.js",),
    "study/ask.js": ("study/run/cards.js",),
    "study/practice.js": ("study/practice/modules.js", "study/practice/decks.js"),
    "study/progress.js": ("study/progress/charts.js", "study/progress/past.js"),
    "study/runner.css": ("study/study/tools.css",),
    "study/progress.css": ("study/offer.css",),
    "assignment.css": ("study/offer.css",),
    "study/study.css": ("study/study/practice.css",),
    "shell.js": ("words.js", "reading/starter.js"),
    "reading/marks.js": ("reading/marks/page.js",),
    "/site.css": ("/shell.css", "/search.css"),
}
"""What goes behind each file, in order: rules of style that come later win. `types/*` stands for
the types that are not loaded apart, a slash for the look of the whole site."""
SHORTEN = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}


def publish(
    theme: Theme,
    site: Path,
    shorten: bool = True,
    words: Words = ENGLISH,
    others: Iterable[Words] = (),
) -> None:
    """Write the theme's files into a built site; a preview keeps them as they were written.

    Pages in another language than the site have files of their own: see `folder`.
    """
    written = theme.assets()
    for name, content in published(written, shorten, words).items():
        files.put(site / name, content)
    for other in others:
        for name, content in published(written, shorten, other).items():
            home = next((home for home in SPOKEN if name.startswith(f"{home}/")), None)
            if home and name.endswith(tuple(SHORTEN)):
                files.put(site / folder(other, home) / name.removeprefix(f"{home}/"), content)


def published(
    written: Mapping[str, bytes], shorten: bool = True, words: Words = ENGLISH
) -> dict[str, bytes]:
    """The files as browsers get them: parts joined behind the file that needs them, in the words
    of a language, shortened."""
    made = dict(written)
    parts = {here(name): list(_joined(more, written)) for name, more in PARTS.items()}
    for name, more in parts.items():
        made[name] = b"\n".join(written[part] for part in (name, *more))
    gone = {part for more in parts.values() for part in more}
    kept = {name: _said(name, content, words) for name, content in made.items() if name not in gone}
    return {name: _short(name, data) for name, data in kept.items()} if shorten else kept


def folder(words: Words | None = None, home: str = FOLDER) -> str:
    """Where the files are that speak another language than the site, or the site's own."""
    return f"{home}-{words.language}" if words else home


def here(name: str) -> str:
    """The path of a file that `PARTS` names, from the site's root."""
    return f"{LOOK}{name}" if name.startswith("/") else f"{FOLDER}/{name}"


def _joined(parts: Iterable[str], written: Iterable[str]) -> Iterator[str]:
    for part in map(here, parts):
        paths = [PurePosixPath(name) for name in sorted(written) if fnmatchcase(name, part)]
        yield from (str(path) for path in paths if "*" not in part or path.stem not in APART)


def _said(name: str, content: bytes, words: Words) -> bytes:
    """A script of ours in the words of a language, a style with the letters of its options."""
    path = PurePosixPath(name)
    if words == ENGLISH or path.suffix not in SHORTEN or "vendor" in path.parts:
        return content
    text = content.decode()
    return (translated(text, words) if path.suffix == ".js" else _lettered(text, words)).encode()


def _lettered(style: str, words: Words) -> str:
    letters = words.say(LETTERS)
    symbols = " ".join(f'"{letter}"' for letter in letters.split())
    return style.replace(LETTERS, symbols) if letters != LETTERS else style


def _short(name: str, content: bytes) -> bytes:
    path = PurePosixPath(name)
    is_ours = path.is_relative_to(FOLDER) or path.parent == PurePosixPath(LOOK)
    if not is_ours or "vendor" in path.parts or path.suffix not in SHORTEN:
        return content
    return str(SHORTEN[path.suffix](content.decode())).encode()
