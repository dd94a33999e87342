"""Text with its looks, taken from the HTML of a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser

from viva.base.words import Direction
from viva.site.direction import MEASURED, sides_of


@dataclass(frozen=True)
class Run:
    """A piece of text of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    formula: str = ""
    """The MathML of a formula, of which the text is what it says."""


Runs = tuple[Run, ...]
BREAK = Run("\n")
"""The end of a line."""


@dataclass(frozen=True)
class Table:
    """A table: its rows of cells, of which the first ones may be its head."""

    rows: tuple[tuple[Runs, ...], ...]
    head: int = 0
    """How many rows name the columns."""


Block = Runs | Table

BLOCKS = {"p", "div", "ul", "ol", "li", "tr", "pre", "blockquote", "dt", "dd", "details", "summary"}
ITEM = re.compile(r"\s*(?:•|\d+\.)?\s*")
"""What is no paragraph yet."""
MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
"""Letters without a shape, of either direction."""
CELLS = ("td", "th")
SPACE = re.compile(r"[ \t]*\n\s*")
"""The end of a line in the source of a text, which is no end of a line on paper."""
HEADED = {"admonition-title": "b", "viva-cites": "cite", "viva-cite": "cite"}
"""Classes that mean as much as an element: the title of a box is bold, a number is left out."""
LOOKS = {
    **dict.fromkeys(("strong", "b", "summary", "dt"), "bold"),
    **dict.fromkeys(("em", "i"), "italic"),
}


class _Runs(HTMLParser):
    """Collects text with its look. What prints badly, such as the numbers of references, is left
    out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Run] = []
        self.open: list[str] = []
        self.formula: list[str] | None = None
        self.told = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "math":
            self.formula, self.told = [], dict(attrs).get("alttext") or ""
        if self.formula is not None:
            self.formula.append(self.get_starttag_text() or "")
        elif tag == "br":
            self.line()
        elif tag == "img":
            self.handle_data(_named(dict(attrs).get("alt")))
        elif tag != "hr":
            named = (HEADED.get(one) for one in (dict(attrs).get("class") or "").split())
            self.open.append(next(filter(None, named), tag))

    def line(self) -> None:
        """The end of a line; of two, the second makes no other line."""
        if self.found and self.found[-1] != BREAK:
            self.found.append(BREAK)

    def handle_endtag(self, tag: str) -> None:
        if self.formula is not None:
            self.formula.append(f"</{tag}>")
            if tag == "math":
                made, self.formula = "".join(self.formula), None
                self.found.append(Run(self.told, formula=made))
        elif self.open and tag not in ("img", "hr", "br"):
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.formula is not None:
            self.formula.append(escape(data, quote=False))
        if self.formula is not None or "cite" in self.open or not data:
            return
        looks = {LOOKS[tag] for tag in self.open if tag in LOOKS}
        raised, lowered = "sup" in self.open, "sub" in self.open
        data = data if "pre" in self.open else SPACE.sub(" ", data)
        self.found.append(Run(data, "bold" in looks, "italic" in looks, raised, lowered))


def _named(alt: str | None) -> str:
    """What stands for a picture in a text; paper shows the figure of a question only."""
    return f"[{alt}]" if alt else ""


class _Paragraphs(_Runs):
    """Begins anew where a block does; items of lists and cells of tables keep their places."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[Block] = []
        self.numbers: list[int | None] = []
        self.rows: list[list[Runs]] = []
        self.head = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.formula is not None:
            return super().handle_starttag(tag, attrs)
        if tag in BLOCKS or tag == "table":
            self.end()
        if tag == "tr":
            self.rows.append([])
        if tag in ("ol", "ul"):
            start = dict(attrs).get("start") or "1"
            first = int(start) if start.isdecimal() else 1
            self.numbers.append(first - 1 if tag == "ol" else None)
        elif tag == "li" and self.numbers:
            last = self.numbers[-1]
            self.numbers[-1] = None if last is None else last + 1
            self.found.append(Run("• " if last is None else f"{last + 1}. "))
        return super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        is_head = tag == "th" and "thead" in self.open
        super().handle_endtag(tag)
        if tag in CELLS and self.rows:
            self.head = len(self.rows) if is_head else self.head
            self.rows[-1].append(tuple(self.found))
            self.found = []
        elif tag == "table":
            self.table()
        elif tag in BLOCKS:
            self.end()
        if tag in ("ol", "ul") and self.numbers:
            self.numbers.pop()

    def handle_data(self, data: str) -> None:
        if self.formula is not None:
            super().handle_data(data)
        elif "pre" in self.open:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self.end()
                super().handle_data(line)
        elif data.strip():
            super().handle_data(data)
        elif not ("table" in self.open or ITEM.fullmatch(self.said())):
            super().handle_data(" ")

    def line(self) -> None:
        """The second end of a line ends a paragraph, but for one in a cell."""
        is_second = self.found[-1:] == [BREAK] and not any(cell in self.open for cell in CELLS)
        super().line()
        if is_second:
            self.found.pop()
            self.end()

    def said(self) -> str:
        """The text of the paragraph so far."""
        return "".join(run.text for run in self.found)

    def table(self) -> None:
        """The rows so far as a table, as wide as the widest of them."""
        width = max(map(len, self.rows), default=0)
        if width:
            rows = tuple((*row, *[()] * (width - len(row))) for row in self.rows)
            self.done.append(Table(rows, self.head))
        self.rows, self.head = [], 0

    def end(self) -> None:
        """A paragraph, if anything stands in it. A bullet alone waits for its text, and a cell of
        a table is no paragraph."""
        if any(cell in self.open for cell in CELLS):
            self.found += [Run(" ")] if self.said()[-1:].strip() else []
        elif not ITEM.fullmatch(self.said()):
            self.done.append(tuple(self.found))
            self.found = []


def each(block: Block, change: Callable[[Runs], Runs]) -> Block:
    """A paragraph with what a function makes of it, or a table whose cells are changed so."""
    if not isinstance(block, Table):
        return change(block)
    return replace(block, rows=tuple(tuple(map(change, row)) for row in block.rows))


def turned(found: Runs, direction: Direction) -> Runs:
    """Text that keeps its order on paper that runs in a direction: “25 m on the ground.” and, in a
    sentence of the other letters, “25 mm” stand between signs that nobody sees."""
    sides = {side for run in found if not run.formula for side in sides_of(run.text)}
    other = sides - {direction}
    if len(sides) == 1 and other:
        mark = Run(MARKS[other.pop()])
        return (mark, *found, mark)
    if direction == "ltr":
        return found
    return tuple(
        run if run.formula else replace(run, text=MEASURED.sub(_between, run.text)) for run in found
    )


def _between(found: re.Match[str]) -> str:
    return f"{MARKS['ltr']}{found[0]}{MARKS['ltr']}"


def runs(html: str) -> Runs:
    """Inline HTML as pieces of text."""
    parser = _Runs()
    parser.feed(html)
    parser.close()
    return tuple(parser.found)


def lines(html: str) -> Runs:
    """HTML with blocks as one piece of text, each of their paragraphs, and each row of a table, on
    a line of its own."""
    found = [line for block in paragraphs(html) for line in _lines(block)]
    return tuple(one for line in found for one in (BREAK, *line))[1:]


def _lines(block: Block) -> Iterator[Runs]:
    if not isinstance(block, Table):
        yield block
        return
    for row in block.rows:
        yield tuple(one for cell in row if cell for one in (Run(" | "), *cell))[1:]


def paragraphs(html: str) -> tuple[Block, ...]:
    """HTML with blocks as paragraphs, one for each item of a list, and tables."""
    parser = _Paragraphs()
    parser.feed(html)
    parser.close()
    parser.end()
    return tuple(parser.done)
