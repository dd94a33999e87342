"""Markdown that leaves words alone says what it says without that."""

from __future__ import annotations

from typing import ClassVar

import markdown
import pytest
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor

from viva.course import alone

EXTENSIONS = (
    *("abbr", "attr_list", "def_list", "footnotes", "md_in_html", "smarty", "tables", "toc"),
    *("pymdownx.magiclink", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tilde"),
)
TEXTS = {
    "words": "# The left atrium\n\nIt is behind, in the middle.\n\n- one\n- two, three\n",
    "cells": "| a | b |\n|---|---|\n| left | right, again |\n| *left* | H~2~O |\n",
    "an abbreviation": "# HTML\n\n- HTML is there.\n- `HTML`\n\n*[HTML]: a language\n",
    "an abbreviation in code": "```\nHTML\n```\n\n    HTML\n\n*[HTML]: a language\n",
    "signs": 'It\'s "here" -- and 1st … (c) www.example.org a_b_c *d*, e.\n',
    "lines": "One line  \nand the next\nand one more\n",
    "a list of terms": "Atrium\n:   A room.\n",
}


def instance() -> markdown.Markdown:
    return markdown.Markdown(extensions=list(EXTENSIONS))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_html_is_the_same(text):
    md = instance()
    alone.leave(md)
    assert md.convert(text) == instance().convert(text)


class Noting(InlineProcessor):
    """A pattern that takes nothing and notes which texts it is tried on."""

    __module__ = "viva.noting"
    seen: ClassVar[list[str]] = []

    def handleMatch(self, m, data):
        self.seen.append(data)
        return None, None, None


def test_words_are_not_searched():
    md = instance()
    md.inlinePatterns.register(Noting("[a-z]+"), "noting", 1)
    alone.leave(md)
    md.convert("- one, two.\n- three *four* 5\n")
    assert any(text.startswith("three") for text in Noting.seen)
    assert not any("one" in text for text in Noting.seen)


class Words(SimpleTagInlineProcessor):
    """A pattern of somebody else's, which takes words."""


def test_a_pattern_that_nobody_knows_sees_every_text():
    md = instance()
    md.inlinePatterns.register(Words("(s)(hout)", "b"), "words", 1)
    alone.leave(md)
    assert "<b>hout</b>" in md.convert("- shout\n")
