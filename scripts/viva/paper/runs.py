"""Text with its looks, taken from the HTML of a field."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True)
class Run:
    """A piece of text of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False


Runs = tuple[Run, ...]

LOOKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic"}


class _Runs(HTMLParser):
    """Collects text with its look. What prints badly, such as the numbers of references, is left
    out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Run] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data(" ")
        elif tag not in ("img", "hr"):
            self.open.append("cite" if "viva-cite" in (dict(attrs).get("class") or "") else tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag not in ("img", "hr", "br"):
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if "cite" in self.open or not data:
            return
        looks = {LOOKS[tag]: True for tag in self.open if tag in LOOKS}
        raised, lowered = "sup" in self.open, "sub" in self.open
        self.found.append(Run(data, raised=raised, lowered=lowered, **looks))


def runs(html: str) -> Runs:
    """Inline HTML as pieces of text."""
    parser = _Runs()
    parser.feed(html)
    parser.close()
    return tuple(parser.found)
