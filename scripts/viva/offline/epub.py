"""The book as an EPUB 3, written with zipfile: libraries for it add clocks and random names."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from viva.base.words import ENGLISH, Words
from viva.formulas import marked
from viva.offline import archive, links, xhtml
from viva.offline.asked import PACKAGE
from viva.offline.book import Book, Chapter
from viva.site.render import environment_of

ENDING = ".epub"
IMAGES = "figures/"
UNSAFE = re.compile(r"[^\w./-]")


@dataclass(frozen=True)
class Image:
    """A figure of the book: where it lies in the site, and in the book."""

    site: str

    @property
    def name(self) -> str:
        """Its path in the book, with no sign that a reader's disk may refuse; no two are alike."""
        return IMAGES + UNSAFE.sub(lambda sign: f"~{ord(sign[0]):x}~", self.site)

    @property
    def type(self) -> str:
        """Its media type."""
        return links.TYPES[PurePosixPath(self.site).suffix.lower()]


def write(target: Path, book: Book, site: Path) -> None:
    """Write the EPUB of a book; its figures come from the site."""
    archive.write(target, files(book, site), first="mimetype")


def files(book: Book, site: Path) -> dict[str, bytes]:
    """Every file of the EPUB, by its path."""
    pages, images = _pages(book)
    made = {f"EPUB/{name}": text.encode() for name, text in pages.items()}
    made |= {f"EPUB/{one.name}": (site / one.site).read_bytes() for one in images}
    container = _template("container.xml", ENGLISH).render().encode()
    return {"mimetype": b"application/epub+zip", "META-INF/container.xml": container, **made}


def _pages(book: Book) -> tuple[Mapping[str, str], list[Image]]:
    images: set[Image] = set()
    texts = {one.name: Markup(_chapter(book, one, images)) for one in book.chapters}
    found = sorted(images, key=lambda one: one.name)
    facts, words = _facts(book, found), book.about.words
    facts |= {
        "formulas": {name for name, text in texts.items() if marked.has(text)},
        "formula_style": Markup(marked.style(marked.STYLES[-1:])),
    }
    pages = {
        f"{one.name}.xhtml": _template("chapter.xhtml", words).render(
            facts, chapter=one, text=texts[one.name]
        )
        for one in book.chapters
    }
    for name in ("title.xhtml", "nav.xhtml", "package.opf", "book.css"):
        pages[name] = _template(name, words).render(facts)
    return pages, found


def _facts(book: Book, images: list[Image]) -> dict[str, Any]:
    address = f"viva:{book.about.name}"
    parts = [(title, list(of)) for title, of in groupby(book.chapters, key=lambda one: one.part)]
    return {
        "about": book.about,
        # The same course keeps the same name for ever, in every edition.
        "identifier": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, address)}",
        "revised": book.about.words.day(book.about.revised),
        "parts": parts,
        "chapters": book.chapters,
        "images": images,
    }


def _chapter(book: Book, chapter: Chapter, images: set[Image]) -> str:
    def kept(site: str) -> str:
        found = Image(site)
        images.add(found)
        return found.name

    def address(one: Chapter, name: str) -> str:
        return f"{one.name}.xhtml#{name}" if name else f"{one.name}.xhtml"

    resolve = links.resolver(book, chapter, address)
    image = partial(links.image, chapter, address=kept)
    rules = xhtml.Rules(id=str, link=resolve, image=image, words=book.about.words)
    return xhtml.clean(chapter.html, rules)


def _template(name: str, words: Words) -> Any:
    return _environment(words).get_template(name)


@cache
def _environment(words: Words) -> Environment:
    return environment_of(PackageLoader(*PACKAGE), words)
