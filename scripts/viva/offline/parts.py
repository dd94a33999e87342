"""The parts of a large course that a reader may leave out: pictures and films of single pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from viva.offline import built
from viva.offline.built import Content

ADDRESS = re.compile(r'\s(?:src|href|poster|data)="([^"#?]+)')
TITLE = re.compile(r"<title>([^<]*)</title>")
NEEDED = {".html", ".css", ".js", ".json", ".woff2", ".webmanifest", ".xml", ".txt", ""}
"""What every part of a course may need: text, looks, questions, search."""


@dataclass(frozen=True)
class Part:
    """The media that one page alone shows."""

    page: str
    title: str
    files: tuple[str, ...]


def parts(files: Mapping[str, Content]) -> list[Part]:
    """The part of each page that has media of its own, in the order of the pages' addresses."""
    texts = {name: built.text(content) for name, content in files.items() if name.endswith(".html")}
    shown = {name: sorted(set(_media(name, text)) & files.keys()) for name, text in texts.items()}
    times = Counter(file for found in shown.values() for file in found)
    own = {name: tuple(file for file in found if times[file] == 1) for name, found in shown.items()}
    return [Part(name, _title(texts[name]), found) for name, found in sorted(own.items()) if found]


def _media(page: str, text: str) -> Iterator[str]:
    for address in ADDRESS.findall(text):
        parts = urlsplit(unescape(address))
        if not parts.netloc and not parts.scheme and PurePosixPath(parts.path).suffix not in NEEDED:
            yield normpath(join(dirname(page), unquote(parts.path)))


def _title(text: str) -> str:
    found = TITLE.search(text)
    return unescape(found[1]).partition(" - ")[0].strip() if found else ""
