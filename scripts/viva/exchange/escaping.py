"""Text that somebody else typed, as Markdown that shows exactly this text.

Banks are trusted, so nothing that comes from outside may mean something there: no tag, no emphasis,
no citation, no list, no directive. Only what would mean something is changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from viva.formulas import typed

UNREAD = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufeff\ue000\ue002]"
)
"""What a bank may not hold: control characters, and what marks gaps and links on the way."""
SIGNS = re.compile(r"[\\`*_<&\[{~^]")
QUIET = re.compile(r"\[(?![@^!\s=]|viva|.\])[^\[\]\n<&`\\]*\](?=[^(\[:\s])", re.IGNORECASE)
"""Brackets that mean nothing: closed, and something ordinary follows."""
KEPT = "\ue000"
PUT = re.compile(f"{KEPT}(\\d+){KEPT}")
CLOSING = re.compile(r"(?<!\s)\$(?!\d)")
"""A dollar that could end a formula: without one there is none, and money stays as it is."""
TEX = re.compile(r"(?<!\\)(?:\\\([^\n]+?\\\)|\\\[[^\n]+?\\\]|\$\$(?=\S)[^\n$]+(?<=\S)\$\$)")
"""A formula as other systems have it; one dollar is money there as often as not."""
BLOCK = re.compile(r"(?<!\\)((?:\\\\)*)\\\[([^\n]+?)\\\]")
Replacement = str | Callable[[re.Match[str]], str]
STARTS: tuple[tuple[re.Pattern[str], Replacement], ...] = (
    (re.compile(r"([-+])(?=\s|$|[-|:]+[-|: ]*$)"), r"\\\1"),
    (re.compile(r"(\d{1,9})([.)])(?=\s|$)"), r"\1\\\2"),
    (re.compile(r"(#{1,6})(?=\s|$)"), r"\\\1"),
    (re.compile(r"(>|!!!)"), r"\\\1"),
    (
        re.compile(r"\?(?=\?\?)|=(?==*\s*$)|=(?===)|/(?=//)|~(?=~~)|:(?=\s)|:(?=[-|: ]+$)|\|"),
        lambda found: entity(found[0]),
    ),
)
"""What a line begins with when it is a list, a heading, a quotation, a table, a box or a line."""


def entity(sign: str) -> str:
    """A sign as HTML writes it where it must not mean anything."""
    return f"&#{ord(sign)};"


def clean(text: str) -> str:
    """Text without what nobody can see and no bank may hold."""
    return UNREAD.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n\n"))


def escaped(text: str, extra: str = "", begins: bool = True) -> str:
    """Markdown that shows a text. `extra` are signs that mean something in this course only;
    `begins` says whether the text begins a line."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        if not is_read(found[0]):
            return found[0]
        kept.append(_formula(found[0]))
        return f"{KEPT}{len(kept) - 1}{KEPT}"

    lines = TEX.sub(keep, clean(text).expandtabs(4)).split("\n")
    made = (_line(one.strip(" "), extra, begins or n > 0) for n, one in enumerate(lines))
    return PUT.sub(lambda found: kept[int(found[1])], "\n".join(made))


def is_read(formula: str) -> bool:
    """Whether what stands between the signs of TeX is a formula, and not a text like others."""
    return typed.mistake(formula) is None


def _formula(found: str) -> str:
    """A formula that holds no tag, whoever reads it."""
    said = re.sub(r"<(?=[a-zA-Z/!?])", "< ", found[2:-2])
    return rf"\[{said}\]" if found[0:2] == r"\[" else rf"\({said}\)"


def within_lines(text: str) -> str:
    """Markdown whose formulas stand in their lines, but for those that are whole paragraphs of
    several."""
    parts = text.split("\n\n")
    return "\n\n".join(
        part
        if len(parts) > 1 and BLOCK.fullmatch(part)
        else BLOCK.sub(lambda found: rf"{found[1]}\({found[2]}\)", part)
        for part in parts
    )


def _line(text: str, extra: str, begins: bool) -> str:
    made = _signs(text) if SIGNS.search(text) else text
    for sign in extra:
        made = made.replace(sign, entity(sign)) if sign not in "&#;$" else made
    made = CLOSING.sub(entity("$"), made)
    for pattern, replacement in STARTS if begins else ():
        found = pattern.match(made)
        if found:
            said = replacement(found) if callable(replacement) else found.expand(replacement)
            return said + made[found.end() :]
    return made


def _signs(text: str) -> str:
    quiet = {found.start() for found in QUIET.finditer(text)}
    return "".join(
        _sign(text, at, at in quiet) if sign in "\\`*_<&[{~^" else sign
        for at, sign in enumerate(text)
    )


def _sign(text: str, at: int, is_quiet: bool) -> str:
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    is_harmless = is_quiet or _HARMLESS[sign](text, at, before, after)
    return sign if is_harmless else _WRITTEN[sign]


_HARMLESS: dict[str, Callable[[str, int, str, str], bool]] = {
    "\\": lambda text, at, before, after: after.isalnum(),
    "`": lambda text, at, before, after: False,
    "*": lambda text, at, before, after: before == " " and after == " ",
    "_": lambda text, at, before, after: before.isalnum() and after.isalnum(),
    "<": lambda text, at, before, after: bool(after) and (after in " =" or after.isdigit()),
    "&": lambda text, at, before, after: not re.match(r"&(?:#?\w*;|#?\w*$)", text[at:]),
    "[": lambda text, at, before, after: False,
    "{": lambda text, at, before, after: bool(before.strip()) and after not in "+-~=>:.#",
    "~": lambda text, at, before, after: False,
    "^": lambda text, at, before, after: False,
}
_WRITTEN = {
    "\\": "\\\\",
    "`": "\\`",
    "*": "\\*",
    "_": "\\_",
    "<": "&lt;",
    "&": "&amp;",
    "[": entity("["),
    "{": entity("{"),
    "~": "\\~",
    "^": "\\^",
}
