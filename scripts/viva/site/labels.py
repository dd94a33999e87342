"""Labelled figures as flashcards: one label is hidden, and its name is asked.

A figure takes part when it is an SVG with a group of the class `labels`, and a page with objectives
shows it. A label is a text that follows its line (class `lead`) or the dot at its end (`dot`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from viva.course.courses import Course

SHOWN = re.compile(r"!\[[^\]]*\]\(\s*([^)\s#]+\.svg)")
SVG = "{http://www.w3.org/2000/svg}"
SIZE = re.compile(r"font:\s*(?:\d+\s+)?([\d.]+)px")
USUAL_SIZE, LINE, LETTER = 16.0, 1.25, 0.6
"""Where a figure does not say its size, and what a line and a letter take of it."""
NAME = re.compile(r"[^\W\d_]{3,}")
FEWEST = 3


@dataclass(frozen=True)
class Label:
    """A name in a figure, and the box around it, in shares of the figure's width and height."""

    page: str
    src: str
    name: str
    box: tuple[float, float, float, float]


def labels(course: Course) -> Iterator[Label]:
    """Every label of the figures that modules show, each figure once."""
    seen: set[str] = set()
    for path, page in course.pages.items():
        for found in SHOWN.finditer(page.body if page.meta.get("objectives") else ""):
            src = _resolved(path, found[1])
            if src not in seen and (course.layout.docs / src).is_file():
                seen.add(src)
                yield from _of(course.layout.docs / src, path, src)


def _resolved(page: str, src: str) -> str:
    """The path of a figure under docs/, as a page names it."""
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / src).parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _of(file: Path, page: str, src: str) -> list[Label]:
    """The labels of one figure; none where there are too few to ask for one."""
    text = file.read_text("utf-8", "replace")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return []  # whoever checks figures tells of it
    view = [float(part) for part in root.get("viewBox", "").replace(",", " ").split()]
    if len(view) != 4 or not view[2] or not view[3]:
        return []
    size = float(found[1]) if (found := SIZE.search(text)) else USUAL_SIZE
    groups = [one for one in root.iter(f"{SVG}g") if "labels" in one.get("class", "").split()]
    every = [_name(one) for one in root.iter(f"{SVG}text")]
    # A name that stands twice would be told by the other one.
    named = {_name(one): one for one in _led(groups) if every.count(_name(one)) == 1}
    made = [Label(page, src, name, _box(one, view, size)) for name, one in named.items()]
    return made if len(made) >= FEWEST else []


def _lines(text: ElementTree.Element) -> list[str]:
    own = [text.text or "", *(part.tail or "" for part in text)]
    parts = [own[0], *("".join(part.itertext()) for part in text), *own[1:]]
    return [part.strip() for part in parts if part.strip()]


def _name(text: ElementTree.Element) -> str:
    return " ".join(_lines(text)).replace("- ", "")


def _is_name(text: str) -> bool:
    """A measure has a number in it, and is no name."""
    return bool(NAME.search(text)) and not any(letter.isdigit() for letter in text)


def _led(groups: list[ElementTree.Element]) -> Iterator[ElementTree.Element]:
    """The texts to which a line leads."""
    for group in groups:
        for before, one in pairwise(group.iter()):
            is_led = {"lead", "dot"} & set(before.get("class", "").split())
            if one.tag == f"{SVG}text" and is_led and _is_name(_name(one)):
                yield one


def _box(
    text: ElementTree.Element, view: list[float], size: float
) -> tuple[float, float, float, float]:
    """Where a text stands, with some room: from its anchor, its lines and its letters."""
    lines = _lines(text)
    width = max(map(len, lines)) * LETTER * size
    height = len(lines) * LINE * size
    x, y = float(text.get("x", "0")), float(text.get("y", "0"))
    left = x - {"end": width, "middle": width / 2}.get(text.get("text-anchor", "start"), 0)
    top = y - size
    share = (
        (left - view[0]) / view[2],
        (top - view[1]) / view[3],
        width / view[2],
        height / view[3],
    )
    return tuple(round(one, 4) for one in share)  # type: ignore[return-value]


def by_name(found: Iterator[Label]) -> Mapping[str, Label]:
    """Labels by an id that stays while figure and name do."""
    return {f"label:{PurePosixPath(one.src).stem}:{one.name.lower()}": one for one in found}
