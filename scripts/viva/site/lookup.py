"""What a student can search in a large course, in parts: a search loads those that it needs.

`search-data.js` then has the places (a module with its self-checks, or another page) and where the
words are divided. A file of words says in which places each word stands, in headings and in texts;
a place has a file with its sections, as a small course has all of them in one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from viva.site import folded
from viva.site.search import Entry, rows

WHOLE = 1_000_000
"""A course of so many characters comes in parts."""
SHARE = 40_000
"""About so many characters are in a file of words."""
FOLDER = "assets/viva/search"
Found = dict[str, tuple[list[int], list[int]]]
"""Numbers of the places in which a word stands, in headings and in texts."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Place:
    """Pages that are found together, and the name of their file."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def file(self) -> str:
        """Where its sections are."""
        return place_file(self.name)


def place_file(name: str) -> str:
    """Where the sections of a place are."""
    return f"{FOLDER}/places/{name}.js"


def is_large(entries: Iterable[Entry]) -> bool:
    """Whether a course is searched in parts."""
    texts = (len(part.text) + len(part.heading) for one in entries for part in one.sections)
    return sum(texts) > WHOLE


def files(
    places: Sequence[Place], short: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Path and data of each file but the first, and of that at last, under no path."""
    shares = list(_shares(_found(places, short)))
    for number, share in enumerate(shares):
        yield f"{FOLDER}/words/{number}.js", share
    for place in places:
        yield place.file, {"pages": rows(place.entries)}
    yield "", {
        "short": short,
        "places": [[one.name, *sorted({entry.kind for entry in one.entries})] for one in places],
        "words": [next(iter(share)) for share in shares],
    }


def _found(places: Sequence[Place], short: Mapping[str, str]) -> Found:
    """The numbers of the places in which each word stands: in a heading, in a text."""
    plain = {folded.plain(name): long for name, long in short.items()}
    fold = cache(lambda whole: tuple(folded.words(whole, plain)))  # most stand on many pages
    found: Found = {}
    for number, place in enumerate(places):
        for kind, texts in enumerate(_texts(place)):
            written = {whole for text in texts for whole in folded.WORD.findall(text)}
            for word in {word for whole in written for word in fold(whole)} - {""}:
                found.setdefault(word, ([], []))[kind].append(number)
    return found


def _texts(place: Place) -> tuple[list[str], list[str]]:
    """Headings and texts; a stem of a self-check is no heading."""
    headings: list[str] = []
    texts: list[str] = []
    for one in place.entries:
        headings.append(one.title)
        for part in one.sections:
            (texts if one.kind == "check" else headings).append(part.heading)
            texts.append(part.text)
    return headings, texts


def _shares(found: Found) -> Iterator[dict[str, Any]]:
    """The words in the order in which a browser compares text, some in each file."""
    share: dict[str, Any] = {}
    filled = 0
    for word in sorted(found, key=lambda one: one.encode("utf-16-be")):
        if filled > SHARE:
            yield share
            share, filled = {}, 0
        share[word] = [runs(numbers) for numbers in found[word]]
        filled += len(word) + sum(map(len, share[word])) + 10
    if share:
        yield share


def runs(numbers: Sequence[int]) -> str:
    """Rising numbers as text: runs of them, to the base of 36, such as `0-2 5`."""
    ends = [at for at, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1]
    bounds = [0, *ends, len(numbers)] if numbers else []
    return " ".join(_run(numbers[at], numbers[end - 1]) for at, end in pairwise(bounds))


def _run(first: int, last: int) -> str:
    return _based(first) if first == last else f"{_based(first)}-{_based(last)}"


def _based(number: int) -> str:
    rest, digit = divmod(number, 36)
    return (_based(rest) if rest else "") + DIGITS[digit]


def script(name: str, data: Any) -> str:
    """Data as a classic script; `name` is what scripts call it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"{name}={text};\n"
