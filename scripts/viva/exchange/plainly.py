"""HTML of paragraphs, lists of lines, emphasis and links, which is most of what comes in, made
Markdown fast."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from viva.exchange.escaping import clean, entity, escaped

PLAIN = re.compile(
    r"(?:[^<>]|</?(?:p|b|strong|em|i|ul|li)>|</a>"
    r"|<a href=\"https?://[^\"<>]*\"(?: [a-z]+=\"[^\"<>]*\")*>)*"
)
PARAGRAPH = re.compile(r"</?p>")
LIST = re.compile(r"<ul>\s*((?:<li>(?:[^<]|<(?!/?(?:li|ul|p)>))*</li>\s*)+)</ul>")
ENTRY = re.compile(r"<li>(.*?)</li>", re.DOTALL)
INLINE = re.compile(r"<(b|strong|em|i)>([^<>]*)</\1>|<a href=\"([^\"]+)\"[^<>]*>([^<>]*)</a>")

LINKED = "\ue002"
"""Stands before a link until it is known whether a sign before would make a picture of it."""


def plainly(source: str, extra: str) -> str | None:
    """HTML of nothing but these, a hundred times faster; None for any other."""
    if not PLAIN.fullmatch(source):
        return None
    made = []
    for number, part in enumerate(LIST.split(source)):
        found = [_list(part, extra)] if number % 2 else _paragraphs(part, extra)
        if None in found:
            return None
        made += [one for one in found if one]
    return settled("\n\n".join(made))


def _paragraphs(source: str, extra: str) -> list[str | None]:
    return [_line(block, extra) for block in PARAGRAPH.split(source)]


def _list(source: str, extra: str) -> str | None:
    entries = [_line(one, extra) for one in ENTRY.findall(source)]
    return "\n".join(f"- {one}" for one in entries if one) if None not in entries else None


def _line(block: str, extra: str) -> str | None:
    """Text with emphasis and links; None if anything else is in it."""
    if "<" in INLINE.sub("", block):
        return None
    return re.sub(" {2,}", " ", "".join(_pieces(block, extra))).strip(" ")


def _pieces(block: str, extra: str) -> Iterator[str]:
    end, begins = 0, True
    for found in INLINE.finditer(block):
        yield _kept(block[end : found.start()], extra, begins)
        yield _emphasised(found, extra) if found[1] else _linked(found, extra)
        end, begins = found.end(), False
    yield _kept(block[end:], extra, begins)


def _emphasised(found: re.Match[str], extra: str) -> str:
    said = _kept(found[2], extra, False)
    sign = "**" if found[1] in ("b", "strong") else "*"
    bare = said.strip(" ")
    before, _, behind = said.partition(bare) if bare else (said, "", "")
    return f"{before}{sign}{bare}{sign}{behind}" if bare else said


def _linked(found: re.Match[str], extra: str) -> str:
    said = " ".join(_kept(found[4], extra, False).split())
    return linked(said, html.unescape(found[3])) if said else ""


def linked(said: str, href: str) -> str:
    """A link in Markdown that is not `settled`."""
    return f"{LINKED}[{said}]({address(href)})"


def settled(text: str) -> str:
    """Markdown whose links are no pictures."""
    return text.replace(f"!{LINKED}", entity("!")).replace(LINKED, "")


def address(href: str) -> str:
    """An address as it may stand in Markdown."""
    return re.sub(r"[\s<>()\[\]\\`*{}\"']", lambda found: f"%{ord(found[0]):02X}", clean(href))


def _kept(source: str, extra: str, begins: bool) -> str:
    """Escaped text with the space before and behind it."""
    text = html.unescape(source)
    said = escaped(spaced(text), extra, begins)
    return (
        f"{' ' * text[:1].isspace()}{said}{' ' * text[-1:].isspace()}" if said else " " * bool(text)
    )


def spaced(text: str) -> str:
    """Text as HTML shows it: white space is one space, and a fixed one only inside words."""
    said = re.sub(r"[ \t\n\r\f]+", " ", text)
    if "\xa0" in said:
        said = re.sub(r" \xa0|\xa0(?=[ \xa0]|$)|^\xa0", " ", said)
        said = re.sub(r" {2,}", " ", said)
    return said.strip(" ")
