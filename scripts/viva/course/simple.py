"""Paragraphs and lists of words, emphasis, links and escaped signs: most texts of several lines.

What Markdown makes of them is known without a run of the library, which takes a hundred times
longer: nothing is lost, no block is a heading, and each link is where it stands.
"""

from __future__ import annotations

import re

from viva.course.typed import CLEAN

BEGINS = re.compile(r"(?:- )?(?:(?!\d+[.)])[\w\"'“‘„«(\[]|\*{1,2}[\w(]|\\)|$")
"""How a line begins that begins no other block."""
HARMLESS = re.compile(r"\\[\\`*_{}\[\]#+.!>-]|!(?!\[)|&(?!#?\w+;)")
LINK = re.compile(
    r"(?<![!\]\\])\[[^\[\]\n<>*`\\{}~^$|!#]+\]"
    r"\((https?://[\w./#:%?=&;,@+-]+|[\w./#:-]+)\)(?![(\[{])"
)


def is_simple(text: str, plain: re.Pattern[str]) -> bool:
    """Whether a text is no more than that; `plain` is what no extension of the course changes."""
    return all(BEGINS.match(line) and plain.fullmatch(_bare(line)) for line in text.split("\n"))


def _bare(line: str) -> str:
    """A line without what is plainly markup."""
    return CLEAN.sub("", HARMLESS.sub("x", LINK.sub("", line)))


def links(text: str) -> list[str]:
    """The addresses of a simple text."""
    return LINK.findall(text)


def has_list(text: str) -> bool:
    """Whether a line of a simple text is an entry of a list."""
    return text.startswith("- ") or "\n- " in text
