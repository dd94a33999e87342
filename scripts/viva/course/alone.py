"""Texts that are only words are not searched for markup, which takes half of Markdown's time.

Every pattern of every extension is tried on each text of a page: on headings, items and cells too,
of which most are letters and commas.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

WORDS = re.compile(r"[^\W\d_]+(?:[ ,]{1,2}[^\W\d_]+)*\.?")
"""Letters and what separates words: no pattern of the extensions that we know takes any of it."""
KNOWN = ("markdown.", "pymdownx.", "viva.")
NAME = "viva-alone"


def leave(md: Markdown) -> None:
    """Have an instance leave texts alone that are only words."""
    # Just before and just behind what tries the patterns.
    md.treeprocessors.register(_Leave(md), NAME, 21)
    md.treeprocessors.register(_Return(md), f"{NAME}-no-more", 19.995)


class _Words(AtomicString):
    """Text that was left alone here, not by others."""


class _Leave(Treeprocessor):
    def run(self, root: Element) -> None:
        patterns = self.md.inlinePatterns
        if not all(type(one).__module__.startswith(KNOWN) for one in patterns):
            return
        for element in root.iter():
            if element.text and WORDS.fullmatch(element.text):
                element.text = _Words(element.text)


class _Return(Treeprocessor):
    """Others are to find text as they always do: abbreviations are looked for in words."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if isinstance(element.text, _Words):
                element.text = str(element.text)
