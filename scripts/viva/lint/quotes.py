"""Putting quotes where YAML would cut a text, or could not read it, in the file itself.

Each change is tried on a copy first, and stays only if it gives that one text back and changes
nothing else that the file says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from viva.base.edits import load, save
from viva.base.reader import FRONT_MATTER, Loss, Source, parse, walk
from viva.base.reader.eaten import LINES

CODE, UNREADABLE = "RD011", "RD003"
FIELD = re.compile(
    r"(?P<name>[ ]*(?:- +)*(?:[a-z][a-z_-]*:[ \t]+|(?<=[ ]))(?=\S))(?P<said>[^\n]*?)[ \t]*$"
)
"""A value after its field, or after the sign of its entry. No field is called `Drug`."""
QUOTABLE = re.compile(
    "': ' inside text|text starts with|a backslash inside double|refers to nothing"
)
A_LIST = "a list starts on the line"
NAME = re.compile(r"(?P<name>[\w-]+):[ \t]+$")
MOST = 1000


def fix(path: Path, name: str) -> list[str]:
    """Quote what can be quoted safely in a file; returns a code for each text that is whole now."""
    file = load(path)
    if file is None:
        return []
    start, end = _yaml(file.text, name)
    inside, done = _mended(file.text[start:end], name)
    if done:
        save(file, file.text[:start] + inside + file.text[end:])
    return done


def _yaml(text: str, name: str) -> tuple[int, int]:
    """Where the YAML of a file stands: between two lines of `---` in a page."""
    if not name.endswith(".md"):
        return 0, len(text)
    found = FRONT_MATTER.match(text)
    return found.span(1) if found else (0, 0)


def _mended(text: str, name: str) -> tuple[str, list[str]]:
    done: list[str] = []
    for _ in range(MOST):
        source = parse(text, name)
        better = next(_better(text, source), None)
        if better is None:
            break
        text, code = better
        done.append(code)
    return text, done


def _better(text: str, source: Source) -> Iterator[tuple[str, str]]:
    """The text with one more value as its author meant it."""
    if source.data is None:
        yield from _readable(text, source)
    for loss in source.losses:
        if loss.instead is not None:
            new = text[: loss.start] + loss.instead + text[loss.end :]
            if _only_one_differs(source, parse(new, source.path), loss):
                yield new, CODE


def _readable(text: str, source: Source) -> Iterator[tuple[str, str]]:
    """The text with quotes around what cannot be read, if more of it can be read then."""
    said = source.problems[0].message if source.problems else ""
    if not (QUOTABLE.search(said) or said.startswith(A_LIST)):
        return
    at = source.problems[0].line - 1
    lines = text.split("\n")
    found = FIELD.match(lines[at])
    if not found or not found["said"] or not _is_safe(found, said, lines[at - 1] if at else ""):
        return
    said = found["said"]
    inner = said[1:-1] if said[0] == said[-1] == '"' and len(said) > 1 else said
    doubled = inner.replace("'", "''")
    lines[at] = f"{found['name']}'{doubled}'"
    new = "\n".join(lines)
    then = parse(new, source.path)
    if then.data is not None or then.problems[0].line > at + 1:
        yield new, UNREADABLE


def _is_safe(found: re.Match[str], problem: str, above: str) -> bool:
    """Whether what stands on a line is one text: no part of a longer one, and no list."""
    name = NAME.search(found["name"])
    if not found["name"].strip() and not above.rstrip().endswith(":"):
        return False  # it goes on with the text of the line above
    if problem.startswith(A_LIST) or found["said"][0] in "[{":
        return bool(name and name["name"] in LINES)
    return True


def _only_one_differs(before: Source, after: Source, loss: Loss) -> bool:
    """Whether two readings say the same but for one value, and that one is no longer cut."""
    if after.data is None or len(after.losses) >= len(before.losses):
        return False
    one, other = list(walk(before.data)), list(walk(after.data))
    if [loc for loc, _ in one] != [loc for loc, _ in other]:
        return False
    texts = [(a, b) for (_, a), (_, b) in zip(one, other, strict=True) if isinstance(a, str)]
    return sum(a != b for a, b in texts) <= 1 and loss not in after.losses
