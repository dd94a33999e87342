"""The lines of a text with questions, and the key that may stand at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

NUMBERED = re.compile(
    r"\s*(?:(?:question|frage|q|aufgabe|item|nr\.?|no\.?)\s*)?(\d{1,4})\s*[.):]\s*", re.I
)


ANSWER = re.compile(
    r"\s*(?:correct\s+|right\s+|richtige\s+)?(?:answers?(?:\s+keys?)?|key|antwort(?:en)?|l[oö]sung(?:en)?|richtig"
    r"|solutions?|r[eé]ponses?|respuestas?|ans)\s*[:=]\s*(.*)",
    re.I | re.S,
)


KEY = re.compile(
    r"\s*(?:answer\s*keys?|answers|key|l[oö]sungen|l[oö]sungsschl[uü]ssel|antworten|solutions?"
    r"|corrig[eé]|solutionnaire|respuestas)\s*:?\s*",
    re.I,
)


IN_KEY = re.compile(
    r"(\d{1,4})\s*[.):=\-–]*\s*([A-Ha-h](?:\s*[,+&/]\s*[A-Ha-h])*|true|false|[TF])(?![\w])", re.I
)


@dataclass(frozen=True)
class Line:
    """A paragraph: its words, its HTML, and how it stands in a list."""

    words: str
    html: str
    where: str
    number: int | None = None
    """Of a numbered list: its number, where the word processor counts."""
    level: int | None = None
    """How deep it stands in a list."""
    is_lettered: bool = False
    marked: bool = False
    """All of it is bold, or coloured, or underlined."""
    is_heading: bool = False


def split(lines: Sequence[Line]) -> tuple[Sequence[Line], dict[str, str]]:
    """The text without the key at its end, and the key."""
    at = next((n for n, one in enumerate(lines) if KEY.fullmatch(one.words) and n > 1), None)
    if at is None:
        return _key_line(lines)
    key: dict[str, str] = {}
    for line in lines[at + 1 :]:
        number = f"{line.number}. " if line.number and not NUMBERED.match(line.words) else ""
        key |= {found[1]: found[2] for found in IN_KEY.finditer(number + line.words)}
    return (lines[:at], key) if key else (lines, {})


def _key_line(lines: Sequence[Line]) -> tuple[Sequence[Line], dict[str, str]]:
    """The same, where the key is one line: Answers: 1 B, 2 A."""
    for at, line in enumerate(lines):
        answer = ANSWER.fullmatch(line.words)
        told = answer[1] if answer else ""
        found = list(IN_KEY.finditer(told))
        if len(found) > 1 and not re.sub(r"[\s,;.|/]+", "", IN_KEY.sub("", told)):
            return [*lines[:at], *lines[at + 1 :]], {one[1]: one[2] for one in found}
    return lines, {}
