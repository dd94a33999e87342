"""The book as an EPUB 3, written with zipfile: libraries for it add clocks and random names."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from viva.base.files import put
from viva.base.folders import is_file
from viva.base.words import ENGLISH, Words
from viva.formulas import marked
from viva.offline import archive, links, xhtml
from viva.offline.asked import PACKAGE
from viva.offline.book import Book, Chapter
from viva.offline.built import Content
from viva.site.direction import in_body
from viva.site.render import environment_of

ENDING, TYPE = ".epub", "mimetype"
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
    put(target, archive.streamed(_files(book, site), TYPE))


def _files(book: Book, site: Path) -> Iterator[tuple[str, Content]]:
    """Every file of the EPUB, a chapter after the other: a book may be larger than the memory."""
    images: set[Image] = set()
    formulas: set[str] = set()
    yield TYPE, b"application/epub+zip"
    yield "META-INF/container.xml", _template("container.xml", ENGLISH).render().encode()
    style = {"formula_style": Markup(marked.style(marked.STYLES[-1:]))}
    about = {"about": book.about, "formulas": formulas, **style}
    template = _template("chapter.xhtml", book.about.words)
    for one in book.chapters:
        text = Markup(_chapter(book, one, images, site))
        if marked.has(text):
            formulas.add(one.name)
        page = template.render(about, chapter=one, text=text)
        yield f"EPUB/{one.name}.xhtml", in_body(page, book.about.words.direction).encode()
    found = sorted(images, key=lambda one: one.name)
    facts = about | _facts(book, found)
    for name in ("title.xhtml", "nav.xhtml", "package.opf", "book.css"):
        page = _template(name, book.about.words).render(facts)
        # The entries of a table of contents are links, and nothing around them.
        turned = page if name == "nav.xhtml" else in_body(page, book.about.words.direction)
        yield f"EPUB/{name}", turned.encode()
    yield from ((f"EPUB/{one.name}", site / one.site) for one in found)


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


def _chapter(book: Book, chapter: Chapter, images: set[Image], site: Path) -> str:
    def kept(path: str) -> str | None:
        if not is_file(site / path):  # HTML that was typed may name anything
            return None
        found = Image(path)
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
