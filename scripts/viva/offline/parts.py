"""The parts of a large course that a reader may leave out: its modules, each with its self-check,
pictures and films, and the pictures and films of other single pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from viva.offline import built
from viva.offline.built import Content

ADDRESS = re.compile(r'\s(?:src|href|poster|data)="([^"#?]+)')
TITLE = re.compile(r"<title>([^<]*)</title>")
NEEDED = {".html", ".css", ".js", ".json", ".woff2", ".webmanifest", ".xml", ".txt", ""}
"""What pages share, whoever shows it: text, looks, questions, search."""


@dataclass(frozen=True)
class Part:
    """A page, and the files that nobody needs who leaves it out."""

    page: str
    title: str
    files: tuple[str, ...]
    section: str = ""
    """Where the navigation has it."""


def parts(files: Mapping[str, Content], modules: Sequence[Part] = ()) -> list[Part]:
    """The modules, as far as their files are there, then other pages with media of their own."""
    owners = {file: one.page for one in modules for file in one.files}
    shown: dict[str, set[str]] = {}
    titles: dict[str, str] = {}
    for name in sorted(files):
        if name.endswith(".html"):
            text, owner = built.text(files[name]), owners.get(name, name)
            shown.setdefault(owner, set()).update(set(_media(name, text)) & files.keys())
            titles[name] = _title(text)
    times = Counter(file for found in shown.values() for file in found)
    own = {page: {file for file in found if times[file] == 1} for page, found in shown.items()}
    known = [
        replace(one, files=_sorted(set(one.files) & files.keys() | own.pop(one.page, set())))
        for one in modules
    ]
    others = (Part(page, titles[page], _sorted(found)) for page, found in own.items() if found)
    return [one for one in (*known, *others) if one.files]


def sizes(files: Mapping[str, Content], parts: Sequence[Part]) -> list[int]:
    """How many bytes each part takes; parts that need one file share it."""
    users = Counter(name for part in parts for name in part.files)
    return [
        round(sum(built.size(files[name]) / users[name] for name in part.files)) for part in parts
    ]


def _sorted(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _media(page: str, text: str) -> Iterator[str]:
    for address in ADDRESS.findall(text):
        parts = urlsplit(unescape(address))
        if not parts.netloc and not parts.scheme and PurePosixPath(parts.path).suffix not in NEEDED:
            yield normpath(join(dirname(page), unquote(parts.path)))


def _title(text: str) -> str:
    found = TITLE.search(text)
    return unescape(found[1]).partition(" - ")[0].strip() if found else ""
