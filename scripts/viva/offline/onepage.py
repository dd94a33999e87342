"""The book as one HTML page, which a browser prints."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from jinja2 import PackageLoader
from markupsafe import Markup

from viva.formulas import marked
from viva.offline import links, xhtml
from viva.offline.asked import PACKAGE
from viva.offline.book import Book, Chapter
from viva.site.direction import in_body
from viva.site.render import environment_of

DIGITS = {"٠": ", arabic-indic", "۰": ", persian"}
"""How a style counts pages in the digits of a language, by the zero among them."""


def html(book: Book, root: str) -> str:
    """The whole book; `root` leads from the page to the site, for figures and letters."""
    words = book.about.words
    environment = environment_of(PackageLoader(*PACKAGE), words)
    parts = [
        (title, [(one, Markup(_chapter(book, one, root))) for one in chapters])
        for title, chapters in _parts(book)
    ]
    made = environment.get_template("book.html").render(
        formulas=any(marked.has(text) for _, chapters in parts for _, text in chapters),
        about=book.about, parts=parts, root=root, revised=words.day(book.about.revised),
        digits=DIGITS.get(words.number(0), ""),
    )  # fmt: skip
    return in_body(made, words.direction)


def _parts(book: Book) -> Iterator[tuple[str, list[Chapter]]]:
    for title, chapters in groupby(book.chapters, key=lambda one: one.part):
        yield title, list(chapters)


def _chapter(book: Book, chapter: Chapter, root: str) -> str:
    rules = xhtml.Rules(
        id=lambda name: _anchor(chapter, name),
        link=links.resolver(book, chapter, lambda one, name: f"#{_anchor(one, name)}"),
        image=lambda src: links.image(chapter, src, lambda path: root + path),
        deeper=1,
        words=book.about.words,
    )
    return xhtml.clean(chapter.html, rules)


def _anchor(chapter: Chapter, name: str) -> str:
    return f"{chapter.name}--{name}" if name else chapter.name
