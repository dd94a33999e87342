"""What is raised or lowered in a heading is text: 10⁶ for `10^6^`.

Titles, navigation and tables of contents take the text of a heading alone, and would say 106.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER, STX

from viva.formulas.marked import set_off

HEADING = re.compile("h[1-6]")
TAGS = ("sup", "sub")
TYPED = re.compile(
    r"{0}(?P<said>[^{1}]+){0}".format(HTML_PLACEHOLDER % r"(\d+)", STX)
)
"""Text between two tags that were typed as HTML, which Markdown has put away."""


class Raised(Treeprocessor):
    """Writes it so in every heading."""

    def run(self, root: Element) -> None:
        """Of elements, and of tags that were typed."""
        for one in root.iter():
            if isinstance(one.tag, str) and HEADING.fullmatch(one.tag):
                for part in list(one.iter()):
                    _flatten(part)
                    part.text = self._typed(part.text)
                    part.tail = self._typed(part.tail) if part is not one else part.tail

    def _typed(self, text: str | None) -> str | None:
        return TYPED.sub(self._plain, text) if text and STX in text else text

    def _plain(self, found: re.Match[str]) -> str:
        opened, closed = (self.md.htmlStash.rawHtmlBlocks[int(found[n])] for n in (1, 3))
        how = next((tag for tag in TAGS if (opened, closed) == (f"<{tag}>", f"</{tag}>")), "")
        before = found.string[: found.start()][-1:]
        return set_off(how, found["said"], before) if how else found[0]


def _flatten(parent: Element) -> None:
    before: Element | None = None
    for child in list(parent):
        so_far = (parent.text if before is None else before.tail) or ""
        is_plain = child.tag in TAGS and not len(child) and not child.attrib and child.text
        said = set_off(str(child.tag), child.text or "", so_far[-1:]) if is_plain else child.text
        if said == child.text:
            before = child
            continue
        parent.remove(child)
        text = f"{so_far}{said}{child.tail or ''}"
        if before is None:
            parent.text = text
        else:
            before.tail = text


def register(md: Markdown) -> None:
    """Before headings get their ids and are put into the table of contents."""
    md.treeprocessors.register(Raised(md), "viva-raised", 7)
