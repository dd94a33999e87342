"""Lists in lists: an entry that begins below the text of another belongs to it.

Markdown's first parsers want four spaces for that, all others take two. With fewer than four a list
in a list is flat here, and what belongs to what is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

ENTRY = re.compile(r"(?P<indent> *)(?P<mark>[-+*]|\d{1,2}[.)])(?P<gap> {1,4})(?=\S)")
INNER = re.compile(r"^ {2,}(?:[-+*]|\d{1,2}[.)]) +\S", re.MULTILINE)
BOX = re.compile(r" *(?:!!!|\?\?\?\+?|===[!+]?|///) ?[\w\"]")
STEP = 4


class Entry(NamedTuple):
    """An entry of a list: where its sign and its text begin, and where the sign will begin."""

    indent: int
    text: int
    new: int


def deepened(text: str) -> str:
    """Markdown in which each list in a list begins four spaces further in than that one."""
    if not INNER.search(text):
        return text
    lines = text.split("\n")
    for start, end in _lists(lines):
        lines[start:end] = _steps(lines[start:end])
    return "\n".join(lines)


def _lists(lines: list[str]) -> Iterator[tuple[int, int]]:
    """From where to where lists go: until a line to their left that follows an empty one."""
    number = 0
    while number < len(lines):
        found = ENTRY.match(lines[number])
        if not found:
            number += 1
            continue
        end = _end(lines, number, len(found["indent"]))
        if _may_begin(lines, number, len(found["indent"])):
            yield number, end
        number = end


def _may_begin(lines: list[str], number: int, indent: int) -> bool:
    """Whether an indent is one of a list, and not of code: deep ones stand in boxes."""
    if indent < STEP:
        return True
    above = (lines[n] for n in range(number - 1, -1, -1))
    outer = (line for line in above if line.strip() and _indent(line) < indent)
    return bool(BOX.match(next(outer, "")))


def _end(lines: list[str], start: int, indent: int) -> int:
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        entry = ENTRY.match(line)
        if _indent(line) < indent or (
            _indent(line) <= indent and not entry and not lines[number - 1].strip()
        ):
            return number
    return len(lines)


def _steps(lines: list[str]) -> list[str]:
    """The lines of a list; as they are where each step in it is one of four spaces already."""
    made, open_, is_close, first = list[str](), list[Entry](), False, 0
    for line in lines:
        indent = _indent(line)
        found = ENTRY.match(line)
        if not line.strip():
            first = -1
        elif first < 0:
            first = indent
        if found:
            while len(open_) > 1 and indent < open_[-1].indent:
                open_.pop()
            if indent < first:  # else it would be read as an entry of the list before it
                made.append("")
                is_close, first = True, indent
            if open_ and _is_below(indent, open_[-1]):
                new = open_[-1].new + STEP
                is_close |= indent - open_[-1].indent < STEP
                open_.append(Entry(indent, found.end(), new))
            else:
                new = open_[-1].new if open_ else indent
                open_[-1:] = [Entry(indent, found.end(), new)]
            made.append(" " * new + line[indent:])
        elif line.strip() and indent:
            around = [one for one in open_ if indent >= one.text] or open_[:1]
            further = around[-1].new + STEP - around[-1].text
            made.append(" " * max(0, indent + further) + line[indent:])
        else:
            made.append(line)
    return made if is_close else lines


def _is_below(indent: int, entry: Entry) -> bool:
    """Whether what begins at an indent belongs to an entry."""
    return indent >= min(entry.text, entry.indent + STEP)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
