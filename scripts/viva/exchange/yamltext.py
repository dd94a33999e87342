"""YAML as a teacher would write it: data as text that reads back as exactly these data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from viva.exchange.escaping import clean

PLAIN = re.compile(r"[^\s!&*\-?:,\[\]{}#|>@`\"'%=~](?:[^\n\r\t:#]|:(?=\S)|(?<=\S)#)*")
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
STEP = "  "
FLAT = ("tags", "references", "ignore", "also")
"""Lists of short words, on one line."""


class Comment(str):
    """A line that starts with #, where a field might stand."""


def scalar(value: Any) -> str:
    """A text, number or truth on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return format(value, ".15g")
    text = str(value)
    if PLAIN.fullmatch(text) and text == text.strip() and text not in ("null", "Null", "NULL"):
        return text
    if "\n" not in text and not ODD.search(text) and ("\\" in text or '"' in text):
        return "'" + text.replace("'", "''") + "'"
    quoted = json.dumps(text, ensure_ascii=False)
    return ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def comment(text: str, indent: str = "") -> str:
    """Lines that start with #."""
    return "\n".join(f"{indent}# {line}".rstrip() for line in clean(text).split("\n"))


def field(name: str, value: Any, indent: str) -> Iterator[str]:
    """The lines of a field and its value."""
    if isinstance(value, Comment):
        yield comment(value, indent)
    elif isinstance(value, Mapping):
        yield f"{indent}{name}:"
        yield from fields(value, indent + STEP)
    elif isinstance(value, (list, tuple)):
        yield from _listed(name, value, indent)
    elif isinstance(value, str) and _is_block(value):
        yield f"{indent}{name}: |"
        yield from (f"{indent}{STEP}{line}".rstrip() for line in value.split("\n"))
    else:
        yield f"{indent}{name}: {scalar(value)}"


def fields(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    """The lines of a mapping; comments stand where they are."""
    for name, value in data.items():
        yield from field(name, value, indent)


def entry(value: Any, indent: str) -> Iterator[str]:
    """The lines of an entry of a list, with its dash."""
    if isinstance(value, Mapping):
        lines = list(fields(value, indent + STEP))
        first = next(n for n, line in enumerate(lines) if not line.lstrip().startswith("#"))
        yield from (line[len(STEP) :] for line in lines[:first])
        yield f"{indent}- {lines[first].lstrip()}"
        yield from lines[first + 1 :]
    elif isinstance(value, (list, tuple)):
        yield f"{indent}- {flow(value)}"
    else:
        yield f"{indent}- {scalar(value)}"


def flow(values: Sequence[Any]) -> str:
    """A list on one line."""
    said = (flow(v) if isinstance(v, (list, tuple)) else _within(v) for v in values)
    return "[" + ", ".join(said) + "]"


def _within(value: Any) -> str:
    """A scalar that stands in a list on one line."""
    text = scalar(value)
    bare = isinstance(value, str) and text == value
    return (
        json.dumps(value, ensure_ascii=False) if bare and re.search(r"[,\[\]{}:]", text) else text
    )


def _listed(name: str, values: Sequence[Any], indent: str) -> Iterator[str]:
    """A list: of numbers and short words on one line, else an entry on each."""
    if all(not isinstance(one, (str, Mapping)) for one in values) or name in FLAT:
        yield f"{indent}{name}: {flow(values)}"
        return
    yield f"{indent}{name}:"
    for one in values:
        yield from entry(one, indent + STEP)


def _is_block(text: str) -> bool:
    """Whether a text of several lines can stand under a bar as it is."""
    lines = text.split("\n")
    sound = text == text.strip() and not ODD.search(text) and "\t" not in text
    return len(lines) > 1 and sound and all(line == line.rstrip() for line in lines)


def read_back(value: Any) -> Any:
    """Data as the reader gives them: every scalar is a text, and a block ends with its line."""
    if isinstance(value, Mapping):
        return {n: read_back(v) for n, v in value.items() if not isinstance(v, Comment)}
    if isinstance(value, (list, tuple)):
        return [read_back(one) for one in value]
    if isinstance(value, str):
        return f"{value}\n" if _is_block(value) else value
    return scalar(value)
