"""The words of a text in the one form in which a search compares them.

`theme/assets/viva/search.js` makes the same: what changes there changes here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from viva.base.letters import UNSPACED

SPELLING = (
    ("[ao]+e", "e", 0),
    ("our$", "or", 1),
    ("([iy])s(e[dsr]?|ing|ation)$", r"\1z\2", 1),
    ("(cent|fib|lit|met|calib)re$", r"\1er", 1),
    ("l{2,}(ed|ing)$", r"l\1", 1),
    ("sulph", "sulf", 1),
)
ENDINGS = (
    ("^(.{3,})ies$", r"\1y", 1),
    ("^(.{2,}(?:ss|x|ch|sh))es$", r"\1", 1),
    ("^(.{2,}[^siu])s$", r"\1", 1),
    ("^(.{4,}?)(?:ing|ed)$", r"\1", 1),
    ("^(.{4,})e$", r"\1", 1),
)
LATIN = (("^(.{3,})ae$", r"\1a", 1), ("^(.{3,}l)i$", r"\1us", 1))
FORMS = [(re.compile(form), by, times) for form, by, times in (*LATIN, *SPELLING, *ENDINGS)]
MARKS = "".join(chr(n) for n in range(0x300, 0x10000) if unicodedata.category(chr(n))[0] == "M")
ONE = rf"[^\W_]+(?:[{re.escape(MARKS)}][^\W_]*)*"
WORD = re.compile(rf"{ONE}(?:[-‐‑–’'.]{ONE})*")
CLOSE = re.compile(f"([{UNSPACED}]+)")
ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0640\u200c\u200d]"
)
LETTERS = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"}
)
ARTICLE = re.compile("^(?:[وبكف]?ال|لل)(?=.{3})")
HYPHEN = re.compile("[-‐‑–’'.]")
DIGIT = re.compile("[0-9]")


@cache
def plain(word: str) -> str:
    """A word in small letters, without accents and Arabic article."""
    bare = ACCENTS.sub("", unicodedata.normalize("NFKD", word).lower())
    return ARTICLE.sub("", unicodedata.normalize("NFC", bare).translate(LETTERS))


@cache
def folded(word: str) -> str:
    """A word as it is compared: British as American, plural as singular."""
    made = plain(word)
    if DIGIT.search(made):
        return made
    for form, by, times in FORMS:
        made = form.sub(by, made, count=times)
    return made


def words(text: str, short: Mapping[str, str]) -> Iterator[str]:
    """The words of a text, folded; `short` says what abbreviations stand for, in plain letters."""
    for found in WORD.finditer(text):
        whole = found[0]
        if CLOSE.search(whole):
            yield from map(folded, _apart(whole))
            continue
        parts = HYPHEN.split(whole)
        yield from map(folded, parts)
        if len(parts) > 1:
            yield folded("".join(parts))
        long = short.get(plain(whole))
        if long:
            yield from (folded(part[0]) for part in WORD.finditer(long))


def _apart(whole: str) -> Iterator[str]:
    """What stands without spaces, as pairs of letters; a letter alone and the rest as they are."""
    for run in filter(None, CLOSE.split(whole)):
        if not CLOSE.search(run) or len(run) == 1:
            yield run
        else:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
