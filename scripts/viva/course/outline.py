"""What the HTML of a page says of its source: headings, ids, and where each mark came out.

A mark is a character that no author types. It is put into the source in the place of something that
may mean a directive or a citation; where it stands in the HTML tells what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol

MARK = re.compile("[\U000f0000-\U0010fffd]")


def names(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta source track wbr")
EXAMPLES = names("code pre kbd samp tt script style textarea")
HEADINGS = names("h1 h2 h3 h4 h5 h6")
CELLS = names("td th")
BOXES = names(
    "p div ul ol li dl dd blockquote details section article aside header footer main figure "
    "fieldset form"
)
"""What may hold questions."""
BLOCKS = HEADINGS | CELLS | BOXES
BLOCKS |= names("dt pre table thead tbody tfoot tr caption summary nav figcaption hr")
MATHS = "arithmatex"
KINDS = names("admonition arithmatex details footnote highlight tabbed-set")
"""Classes that tell what a block is."""


@dataclass(frozen=True)
class Spot:
    """Where a mark came out: the elements around it, and whether it is all that its block says."""

    kind: str
    """`text`, `comment` or `attribute`."""
    around: tuple[str, ...] = ()
    alone: bool = False
    heading: str = ""
    """The id of the heading that it stands in."""

    @property
    def is_example(self) -> bool:
        """Code, maths and the like are shown as they are typed."""
        return any(one in EXAMPLES or one == MATHS for one in self.around)

    @property
    def boxes(self) -> tuple[str, ...]:
        """The elements around it without its own paragraph."""
        return tuple(one for one in self.around if one != "p")


class Watcher(Protocol):
    """Hears of the elements and texts of some HTML, in order."""

    def start(self, tag: str, given: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, data: str) -> None: ...


@dataclass
class Outline(HTMLParser):
    """Reads HTML once. Whoever wants to hear of each element and text as well is `watching`."""

    watching: Watcher | None = None
    headings: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Each address that the HTML links to or shows, with the name of its element."""
    spots: dict[str, list[Spot]] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    """The outermost elements, by what they are, in order; empty for text that stands in none."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, dict[str, str]]] = []
        self._run: list[str] = []
        self._waiting: list[tuple[str, Spot]] = []
        self._title: list[str] = []
        self._in_heading = False

    def updatepos(self, i: int, j: int) -> int:
        """Nobody asks for lines, and counting them takes a tenth of the time."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        given = {name: value or "" for name, value in attrs}
        if self.watching:
            self.watching.start(tag, given)
        self._address(tag, given)
        for value in given.values():
            self._marks(value, Spot("attribute"))
        if not self._open:
            known = [one for one in given.get("class", "").split() if one in KINDS]
            self.blocks.append(known[0] if known else tag)
        if tag in BLOCKS:
            self._end_of_run()
        if tag in HEADINGS:
            self._title, self._in_heading = [], True
        if tag not in VOID:
            self._open.append((tag, given))

    def _address(self, tag: str, given: dict[str, str]) -> None:
        if given.get("id"):
            self.ids.add(given["id"])
        if tag == "a" and given.get("name"):
            self.ids.add(given["name"])
        for name in ("href", "src"):
            if given.get(name):
                self.links.append((tag, given[name]))

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and whatever was left open inside it."""
        if self.watching:
            self.watching.end(tag)
        if tag in BLOCKS:
            self._end_of_run()
        if tag in HEADINGS:
            self._in_heading = False
        if tag not in [name for name, _ in self._open]:
            return
        while self._open:
            name, given = self._open.pop()
            if name in HEADINGS and given.get("id"):
                self.headings.setdefault(given["id"], " ".join("".join(self._title).split()))
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        """Text."""
        if self.watching:
            self.watching.data(data)
        if not self._open and data.strip():
            self.blocks.append("")
        self._run.append(data)
        if self._in_heading and not self._is_permalink():
            self._title.append(MARK.sub("", data))
        if not data.isascii() and MARK.search(data):
            self._marks(data, Spot("text", tuple(self._around()), False, self._heading()))

    def handle_comment(self, data: str) -> None:
        """A comment is no text."""
        self._marks(data, Spot("comment"))

    def handle_decl(self, decl: str) -> None:
        """`<!…>` is no text either."""
        self._marks(decl, Spot("comment"))

    def handle_pi(self, data: str) -> None:
        """Nor is `<?…>`."""
        self._marks(data, Spot("comment"))

    def close(self) -> None:
        """The end."""
        super().close()
        self._end_of_run()

    def _marks(self, text: str, spot: Spot) -> None:
        for mark in MARK.findall(text):
            self._waiting.append((mark, spot))

    def _end_of_run(self) -> None:
        """What stands between two borders of blocks is known now."""
        if self._waiting:
            said = "".join(self._run).strip()
            for mark, spot in self._waiting:
                full = Spot(spot.kind, spot.around, said == mark, spot.heading)
                self.spots.setdefault(mark, []).append(full)
        self._waiting, self._run = [], []

    def _around(self) -> Iterator[str]:
        for name, given in self._open:
            yield MATHS if MATHS in given.get("class", "").split() else name

    def _heading(self) -> str:
        return next((a.get("id", "") for name, a in self._open if name in HEADINGS), "")

    def _is_permalink(self) -> bool:
        """Whether this is the sign that links to a heading, which is no part of its text."""
        here = self._heading()
        return bool(here) and any(
            (name == "a" and given.get("href") == f"#{here}")
            or (name == "sup" and given.get("id", "").startswith("fnref"))
            for name, given in self._open
        )


def outline(html: str, watching: Watcher | None = None) -> Outline:
    """What some HTML says."""
    found = Outline(watching)
    found.feed(html)
    found.close()
    return found
