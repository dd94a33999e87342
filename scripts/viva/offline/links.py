"""Where the links of a chapter lead inside a book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from viva.offline.book import Book, Chapter
from viva.offline.xhtml import ELSEWHERE

TYPES = {
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
"""The pictures that readers of books and browsers show alike."""
Address = Callable[[Chapter, str], str]
"""The address of an anchor of a chapter; an empty one names the chapter."""


def resolver(book: Book, here: Chapter, address: Address) -> Callable[[str], str | None]:
    """Turns a link of the site into one of the book, or None where the book has no such place."""

    def link(target: str) -> str | None:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            return target
        path = path_from(here, parts.path)
        chapter = book.by_url.get(path) or book.by_url.get(join(path, "index.html"))
        if chapter is None:
            return None
        anchor = unquote(parts.fragment)
        return address(chapter, anchor if anchor in book.anchors[chapter.url] else "")

    return link


def image(here: Chapter, src: str, address: Callable[[str], str | None]) -> str | None:
    """The address of a picture in a book, or None where a book cannot hold it.

    `address` is that of a file of the site; None for one that is not there.
    """
    if src.startswith("data:image/"):
        return src
    path, mark, view = src.partition("#")
    if ELSEWHERE.match(src) or PurePosixPath(path).suffix.lower() not in TYPES:
        return None
    found = address(path_from(here, path))
    return None if found is None else found + mark + view


def path_from(here: Chapter, path: str) -> str:
    """A path that a chapter names, from the site's root."""
    return normpath(join(dirname(here.url), unquote(path))) if path else here.url
