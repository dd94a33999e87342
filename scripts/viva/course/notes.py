"""Footnotes: each is there once, and something refers to it. A text is compared with its HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from html import unescape

from viva.base.words import say
from viva.course.typed import FENCED, Lost

CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:[^\n]|\n(?!\s*\n))*?(?<!`)\1(?!`)")
WRITTEN = re.compile(
    r"^(?P<indent>[ \t>]*)\[\^(?P<name>[^\]\n]+)\]:.*(?:\n[ ]{4}.*)*", re.MULTILINE
)
"""A note as it is written, with its lines."""
DEEP = 4
"""A line so far in may be code, which shows a note."""
REFERENCE = re.compile(r"(?<!\\)\[\^(?P<name>[^\]\s]+)\](?!:)")
SHOWN = re.compile(r"<(?P<code>code|pre)\b.*?</(?P=code)>", re.DOTALL)
MADE = re.compile(r'\sid="fn(?P<used>ref\d*)?:(?:[0-9a-f]{8}-)?(?P<name>[^"]+)"')


def mistakes(text: str, html: str, lost: Collection[Lost] = ()) -> Iterator[Lost]:
    """What is lost of a text, and what is wrong with its notes, each once and in order."""
    found = list(_wrong(text, html)) if "[^" in text else []
    spoilt = [each.span() for each in _twice(text) if found]
    rest = [one for one in lost if not any(a <= one.at < b for a, b in spoilt)]
    yield from sorted([*found, *rest], key=lambda one: one.at)


def _wrong(text: str, html: str) -> Iterator[Lost]:
    ids = [(unescape(each["name"]), bool(each["used"])) for each in MADE.finditer(html)]
    there = {name for name, is_used in ids if not is_used}
    used = {name for name, is_used in ids if is_used}
    first: set[str] = set()
    for each in WRITTEN.finditer(bare(text)):
        name = each["name"]
        said = f"[^{name}]"
        at = each.start("name") - 2
        if name not in there:
            continue
        sure = len(each["indent"]) < DEEP
        if name in first and sure:
            again = say("the note {name} is there twice (give one of them another name)", name=said)
            yield Lost(at, said, again)
        elif name not in used:
            unused = say(
                "nothing refers to the note {name} (write {name} where it belongs, or delete it)",
                name=said,
            )
            yield Lost(at, said, unused)
        first |= {name} if sure else set()
    yield from _absent(text, html, there) if there else ()


def _twice(text: str) -> Iterator[re.Match[str]]:
    """Notes of a name that others have too: whatever else is said of them follows from it."""
    found = list(WRITTEN.finditer(bare(text)))
    many = Counter(each["name"] for each in found if len(each["indent"]) < DEEP)
    yield from (each for each in found if many[each["name"]] > 1)


def _absent(text: str, html: str, there: Collection[str]) -> Iterator[Lost]:
    """References to no note, in a text that has notes; `[^18F]` is no reference."""
    shown = SHOWN.sub("", html)
    for each in REFERENCE.finditer(bare(text)):
        name, said = each["name"], each[0]
        if name.isdecimal() and name not in there and said in shown:
            message = say(
                "there is no note {name} (write {name}: and its text on a line of its own)",
                name=said,
            )
            yield Lost(each.start(), said, message)


def bare(text: str) -> str:
    """A text without its code, everything else in its place."""
    for code in (FENCED, CODE):
        text = code.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text
