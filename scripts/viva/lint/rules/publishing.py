"""MD510, MD512, MD519: whose the pictures are, which language it is, where the sources are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from viva.base.folders import is_file
from viva.base.reader import read
from viva.base.words import say
from viva.lint.item import Item
from viva.lint.rule import Flaw, rule
from viva.lint.text import many
from viva.lint.views import CourseView

CREDIT = re.compile(
    r"\bCC[ -]?(?:BY|0)\b|licen[cs]e|©|copyright|courtesy|permission|consent|public domain|credit"
    r"|\b(?:drawn|photographed|image|photo|drawing|figure) by\b|\badapted from\b|\[@",
    re.IGNORECASE,
)
INSIDE = re.compile(rb"creativecommons\.org|cc:license|dc:rights|xmpRights|SPDX-License", re.I)
LARGEST = 2**24
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@rule("MD510", "warning")
def picture_without_licence(item: Item) -> Iterator[Flaw]:
    """Nothing says whose picture this is, and on what terms it is shown.

    Looked for in the caption, in the file (its metadata), in a file of the same name with the
    ending `.license` beside it, and in a file `LICENSE` in its folder. A patient's picture needs
    consent as well, and the same places to say so.

    Bad:
        figure:
          src: assets/photos/heart.svg
          alt: A heart from in front
          caption: A heart.
    Good:
        figure:
          src: assets/photos/heart.svg
          alt: A heart from in front
          caption: A heart. Drawn by A. Rao, CC BY 4.0.
    Source: REUSE Specification (licensing information of each file).
    Measured: exact, a text that is not there.
    """
    figure = item.question.figure
    if figure is None or CREDIT.search(figure.caption or ""):
        return
    path = item.course.layout.docs / figure.src.partition("#")[0]
    if is_file(path) and not _has_licence(path, path.stat().st_mtime_ns):
        message = say(
            "nothing says whose picture this is (add a credit and licence to its caption)"
        )
        yield Flaw(("figure", "src"), message)


@cache
def _has_licence(path: Path, _: int) -> bool:
    """Whether a file, or one beside it, names a licence; asked once for each state of the file."""
    if path.with_name(f"{path.name}.license").is_file() or any(path.parent.glob("LICEN[SC]E*")):
        return True
    with path.open("rb") as file:
        return bool(INSIDE.search(file.read(LARGEST)))


@rule("MD512", "info", scope="course")
def no_language(course: CourseView) -> Iterator[Flaw]:
    """The course does not say which language it is written in.

    Screen readers pronounce by it, and browsers hyphenate by it. It is one for the whole course.

    Bad:
        site:
          site_name: The heart
    Good:
        site:
          site_name: The heart
          theme: {name: material, language: en}
    Source: WCAG 2.2, 3.1.1 (language of page).
    Measured: exact, a setting that is not there.
    """
    path = course.course.layout.root / "mkdocs.yml"
    if not path.is_file():
        return
    source = read(path, path.name)
    theme = source.data.get("theme") if isinstance(source.data, dict) else None
    if source.data is not None and not (isinstance(theme, dict) and theme.get("language")):
        message = say("the course has no language (write theme: with name: and language: en)")
        yield Flaw(("theme",), message, source=source)


@rule("MD519", "info", scope="course")
def source_without_trace(course: CourseView) -> Iterator[Flaw]:
    """A source of questions whose record has neither a year nor an address.

    Told once, at the first question that rests on it.

    Bad:
        bibliography: "@misc{rao, author={Rao, A.}, title={On the heart}}"
        references: [rao]
    Good:
        bibliography: "@misc{rao, author={Rao, A.}, title={On the heart}, year={2015}}"
        references: [rao]
    Source: HONcode principle 4 (attribution).
    Measured: exact, fields that are not there.
    """
    known = course.course.bibliography.references
    resting: dict[str, list[tuple[Item, int]]] = defaultdict(list)
    for item in course.items:
        for number, key in enumerate(item.question.references):
            resting[key].append((item, number))
    for key, places in resting.items():
        source = known.get(key)
        if source and not source.link and not YEAR.search(source.text):
            item, number = places[0]
            loc = (*item.loc, "references", number)
            message = say(
                "{key}, cited by {places}, has neither year nor address (add what you have seen)",
                key=key,
                places=many(len(places), "question"),
            )
            yield Flaw(loc, message, source=item.source)
