"""The messages of a script: found in its text, and put into another language there.

A published script holds its messages in the language of the pages that load it, so no page loads a
catalogue. Messages are literals in double quotes: `say("…")`, `count("one …", "{n} …", n)` and
`within("context", "…")`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from viva.base.words import Words

TEXT = r'"(?:[^"\\\n]|\\.)*"'
CALL = re.compile(rf"\b(say|count|within)\(\s*({TEXT})(?:\s*,\s*({TEXT}))?")

TRIED = (*range(200), 1000, 1_000_000)
"""So many things show each form that whole numbers can have."""

@dataclass(frozen=True)
class Call:
    """One message of a script: what is called, its literals, and on which line."""

    name: str
    texts: tuple[str, ...]
    line: int

def calls(script: str) -> Iterator[Call]:
    """Every message of a script."""
    for found in CALL.finditer(script):
        texts = _texts(found)
        if found[1] == "say" or len(texts) == 2:
            yield Call(found[1], texts, script.count("\n", 0, found.start()) + 1)

def translated(script: str, words: Words) -> str:
    """A script with its messages in a language."""
    return CALL.sub(lambda found: _call(found, words), script) if words.language != "en" else script

def _texts(found: re.Match[str]) -> tuple[str, ...]:
    given = found.groups()[1 : 2 if found[1] == "say" else 3]
    return tuple(json.loads(text) for text in given if text)

def _call(found: re.Match[str], words: Words) -> str:
    texts = _texts(found)
    if found[1] == "say":
        rest = found[0][found.end(2) - found.start() :]
        return f"say({_literal(words.say(texts[0]))}{rest}"
    if len(texts) < 2:
        return found[0]
    if found[1] == "within":
        return f'within("", {_literal(words.within(*texts))}'
    return f'count({_literal(forms(words, *texts))}, ""'

def forms(words: Words, one: str, many: str) -> dict[str, str]:
    """What a language says of so many things, by the browser's names for the forms."""
    from viva.base.words import cldr

    rule = cldr.locale(words.language, "en").plural_form
    found = {rule(n): words.catalogue.many(one, many, n) for n in TRIED}
    return {"other": words.catalogue.many(one, many, 0.5)} | found

def _literal(value: str | dict[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False)
