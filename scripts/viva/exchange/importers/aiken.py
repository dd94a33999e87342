"""Aiken: a stem, lettered options, and a line ANSWER."""

from __future__ import annotations

import re
import unicodedata

from viva.bank.interactions import Pick
from viva.base.words import say
from viva.exchange.limits import Incoming
from viva.exchange.naming import words as first_words
from viva.exchange.reading import LINE, Asked, Desk, Left, Read, entry, one_of, placed, some_of
from viva.exchange.texts import NotThere, Texts

TITLE = "Aiken"
NO_KEY = say("it has no line ANSWER: with the letter of the right option")
OPTION = re.compile(r"\s*([A-Za-zＡ-Ｚ])(?:[.)]\s+|[．）、]\s*)(.*)")
KEY = re.compile(
    r"\s*(?:ANSWER|ANTWORT|R[ÉE]PONSE|RESPUESTA|RISPOSTA|RESPOSTA|ANTWOORD)\s*[:：]"
    r"\s*([A-ZＡ-Ｚ](?:\s*[,;]\s*[A-ZＡ-Ｚ])*)\s*$",
    re.IGNORECASE,
)


def sniff(file: Incoming) -> bool:
    """Whether every question ends with its answer."""
    if file.content[:2] == b"PK" or file.content.lstrip()[:1] == b"<":
        return False
    lines = file.text.split("\n")
    return any(map(KEY.match, lines)) and any(map(OPTION.match, lines))


def read(file: Incoming, desk: Desk) -> Read:
    """Every question of the file; a line that belongs to none is part of the next stem."""
    entries: list[Asked | Left] = []
    stem: list[str] = []
    options: list[tuple[str, str]] = []
    begin, is_apart = 1, False
    for number, line in enumerate(file.text.split("\n"), 1):
        option, key = OPTION.match(line), KEY.match(line)
        if options and is_apart and line.strip() and not option and not key:
            entries.append(Left(placed(LINE, begin), NO_KEY, " ".join(stem)))
            stem, options = [], []
        is_apart = not line.strip()
        if key:
            desk.tick()
            entries.append(_entry(stem, options, key[1], begin, desk))
            stem, options = [], []
        elif option and (stem or options):
            options.append((_letter(option[1]), option[2]))
        elif line.strip() and options:
            options[-1] = (options[-1][0], f"{options[-1][1]} {line.strip()}")
        elif line.strip() or stem:
            begin = begin if stem else number
            stem.append(line.strip())
    if stem and options:
        entries.append(Left(placed(LINE, begin), NO_KEY, " ".join(stem)))
    return Read("", tuple(entries))


def _letter(said: str) -> str:
    """A letter in the form that all are compared in."""
    return unicodedata.normalize("NFKC", said).upper()


def _entry(
    stem: list[str], options: list[tuple[str, str]], key: str, line: int, desk: Desk
) -> Asked | Left:
    said = "\n".join(stem).strip()
    where = placed(LINE, line, first_words(said, 40))
    right = set(map(_letter, re.findall(r"[^\s,;]", key)))

    def make(texts: Texts) -> Asked:
        if not said:
            raise NotThere(say("it asks nothing"))
        picks = [Pick(texts.plain_line(o), float(name in right), None) for name, o in options]
        asked = one_of(picks, texts) if len(right) == 1 else some_of(picks, texts)
        return Asked(where, texts.plain(said), asked, name=texts.words(said.replace("<", " ")))

    return entry(where, make, desk.texts(), said)
