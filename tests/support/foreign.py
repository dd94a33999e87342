"""English words of ours in what a course in another language shows."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from docx import Document
from openpyxl import load_workbook

from viva.base.words.catalogue import languages

PLACE = re.compile(r"\{\w+\}")
WORDS = re.compile(r"[A-Za-z’]{2,}")
TOLD = ("aria-label", "title", "alt", "placeholder", "content", "aria-description")
"""Attributes that somebody reads or hears."""
SHAPES = "script, style, code, svg title"


@cache
def translated(language: str) -> Mapping[str, tuple[str, ...]]:
    """Every English message that says something else in the language, and what it says."""
    with languages()[language].open("rb") as file:
        found: dict[str, tuple[str, ...]] = {}
        for one in read_po(file):
            ids = one.id if one.pluralizable else (one.id,)
            forms = one.string if one.pluralizable else (one.string,)
            if one.id and all(forms):
                found |= {text: tuple(forms) for text in ids if text not in forms}
    return found


def parts(message: str) -> Iterator[str]:
    """What a message says between its places, where that is more than one word."""
    for part in PLACE.split(message):
        if len(WORDS.findall(part)) > 1:
            yield " ".join(part.split()).strip(" .,:;()")


@cache
def wanted(language: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What must not be said: phrases that may not stand anywhere, and single words that may not
    be all that is said in one place. Each with its message."""
    phrases: dict[str, str] = {}
    words: dict[str, str] = {}
    for message, forms in translated(language).items():
        own = " ".join(forms)
        phrases |= {part: message for part in parts(message) if part not in own}
        if not PLACE.search(message) and WORDS.search(message):
            words[message] = message
    return phrases, words


def left(language: str, said: Iterable[str], theirs: str) -> list[str]:
    """The messages that are found in English; not what the course's author says too (`theirs`)."""
    texts = {" ".join(one.split()) for one in said}
    phrases, words = wanted(language)
    whole = "\n".join(sorted(texts))
    found = {
        message
        for part, message in phrases.items()
        if part in whole and part not in theirs and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole)
    }
    found |= {words[text] for text in texts & words.keys() if text not in theirs}
    return sorted(found)


def of_html(html: str) -> Iterator[str]:
    """What a page says: each text by itself, each sentence of a paragraph, and what is heard."""
    soup = BeautifulSoup(html, "html.parser")
    for one in soup.find_all(True):
        yield from (str(one[name]) for name in TOLD if one.get(name))
    for one in soup.select(SHAPES):
        one.decompose()
    yield from soup.stripped_strings
    yield from (one.get_text(" ") for one in soup.find_all(["p", "li", "td", "th", "label", "dd"]))


SAID = re.compile(r'\b(?:say|count|within)\(\s*"((?:[^"\\\n]|\\.)*)"')


def of_script(script: str) -> Iterator[str]:
    """What a published script says."""
    yield from SAID.findall(script)


def of_word(data: bytes) -> Iterator[str]:
    """What a document for Word says, its foot and its title too."""
    document = Document(io.BytesIO(data))
    yield document.core_properties.title
    lines = [*document.paragraphs, *document.sections[0].footer.paragraphs]
    lines += [line for table in document.tables for row in table.rows
              for cell in row.cells for line in cell.paragraphs]  # fmt: skip
    for line in lines:
        yield line.text
        yield from (run.text.strip() for run in line.runs)


def of_workbook(data: bytes) -> Iterator[str]:
    """What a workbook says, its sheets' names too."""
    book = load_workbook(io.BytesIO(data))
    yield from book.sheetnames
    for sheet in book:
        yield from (str(cell.value) for row in sheet for cell in row if cell.value is not None)
