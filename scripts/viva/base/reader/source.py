"""A YAML file as plain data that know their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from viva.base.problems import Problem
from viva.base.reader.composer import (
    Composer,
    Marks,
    Place,
    Stop,
    Unplaced,
    line_column,
    refuse_control_characters,
    refuse_tabs,
    stop,
    syntax,
)
from viva.base.reader.eaten import Loss
from viva.base.words import Quantity, say

MAX_BYTES = 8 * 2**20
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)

Loc = tuple[str | int, ...]

NOWHERE = say("this is a link that leads nowhere (put the file there, or delete the link)")
NO_FILE = say("this is a pipe, socket or device and not a file (delete it)")
_UTF_16 = say("this text is in UTF-16 (save it as plain text in UTF-8)")
OTHERS = {
    b"{\\rtf": say(
        "this is a document with formats (RTF) and not plain text (save it as plain text in UTF-8)"
    ),
    b"PK\x03\x04": say(
        "this is a document of an office program or a zip, and no text "
        "(save it as plain text in UTF-8)"
    ),
    b"\xd0\xcf\x11\xe0": say(
        "this is a document of an office program, and no text (save it as plain text in UTF-8)"
    ),
    b"%PDF-": say("this is a PDF, and no text (use the file that it was made from)"),
    b"\xff\xfe": _UTF_16,
    b"\xfe\xff": _UTF_16,
}
"""How files begin that carry the ending of another kind, and what to do."""
FOREIGN = re.compile(
    r"\A\s*<(?:!doctype|html|\?xml|quiz\b)|^ANSWER:[ \t]*[A-Z]\s*$|^::[^:\n]*::[^\n{]*\{"
    r"|^[^\n{]*\{[ \t\n]*[=~][^}]*\}",
    re.IGNORECASE | re.MULTILINE,
)
"""Text of other formats for questions, and of web pages."""
_FOREIGN = say(
    "this is a web page, or questions of another format, and no YAML "
    "(bring them in with viva import)"
)


class Places(Mapping[int, Marks]):
    """Where the lists and mappings of a text's data stand, by identity.

    The text is read once more when the first place is asked for: of most files none ever is.
    """

    def __init__(self, text: str, data: Any) -> None:
        self._text, self._data = text, data

    @cached_property
    def _found(self) -> dict[int, Marks]:
        again = Composer(self._text, placed=True)
        pairs = zip(_branches(self._data), _branches(again.compose()), strict=True)
        return {id(ours): again.marks[id(theirs)] for ours, theirs in pairs}

    def __getstate__(self) -> dict[str, Any]:
        """What was found goes by identity, which another process does not know."""
        return {"_text": self._text, "_data": self._data}

    def __getitem__(self, node: int) -> Marks:
        return self._found[node]

    def __iter__(self) -> Iterator[int]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _branches(data: Any) -> Iterator[Any]:
    """Every list and mapping of the data, in one order, each once."""
    seen: set[int] = set()
    waiting = [data]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list) and id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting += node.values() if isinstance(node, dict) else node


@dataclass(frozen=True)
class Source:
    """A file as data. `data` is None when it could not be read: `problems` says why."""

    path: str
    data: Any
    marks: Mapping[int, Marks]
    problems: tuple[Problem, ...] = ()
    losses: tuple[Loss, ...] = ()
    """What YAML takes from its texts."""
    written: Any = None
    """The data that the marks are about, where `data` was made from it."""

    def place(self, loc: Loc, key: bool = False) -> Place:
        """Line and column of a value, or of its field name; of the nearest parent if absent."""
        node, place = self.data if self.written is None else self.written, (1, 1)
        for step in loc:
            marks = self.marks.get(id(node))
            if marks is None or step not in marks.values:
                continue
            place = (marks.keys if key else marks.values).get(step, marks.values[step])
            node = node[step]
        return place

    def typed(self, loc: Loc) -> str | None:
        """The text of a value as its author typed it, whatever the data were made of it."""
        node = self.data if self.written is None else self.written
        for step in loc:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return None
        return node if isinstance(node, str) else None

    def problem(self, loc: Loc, code: str, message: str, key: bool = False) -> Problem:
        """A problem at a place in this file."""
        line, column = self.place(loc, key)
        return Problem(self.path, line, column, code, message, question=self.question(loc))

    def question(self, loc: Loc) -> str | None:
        """The id of the innermost question that contains a place."""
        node, found = self.data, None
        for step in loc:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                continue
            if isinstance(node, dict) and "type" in node and isinstance(node.get("id"), str):
                found = node["id"]
        return found


def read(path: Path, name: str | None = None) -> Source:
    """Read a YAML file. Never raises for anything that is in the file."""
    name = name or path.as_posix()
    try:
        text = text_of(path)
    except Stop as end:
        return failed(name, end)
    source = parse(text, name)
    is_ours = isinstance(source.data, dict | list) or "\nquestions:" in text
    if not is_ours and FOREIGN.search(text):
        return failed(name, Stop(1, 1, "RD001", _FOREIGN))
    return source


def read_front_matter(path: Path, name: str | None = None) -> Source:
    """Read the YAML between the `---` lines at the top of a Markdown file ({} if there is none)."""
    name = name or path.as_posix()
    try:
        return front_matter(text_of(path), name)
    except Stop as end:
        return failed(name, end)


def front_matter(text: str, name: str) -> Source:
    """The YAML at the top of a Markdown text ({} if there is none)."""
    try:
        refuse_control_characters(text)
        found = FRONT_MATTER.match(text)
        refuse_tabs("\n" + found[1] if found else "")
    except Stop as end:
        return failed(name, end)
    return parse("\n" + found[1], name) if found else Source(name, {}, {})


def parse(text: str, name: str) -> Source:
    """Compose YAML text into dicts, lists and strings."""
    try:
        refuse_control_characters(text)
        composer, data = _composed(text)
    except Stop as end:
        return failed(name, end)
    except yaml.MarkedYAMLError as error:
        return failed(name, syntax(error, text))
    lost = (loss.row() for loss in composer.losses)
    found = tuple(Problem(name, *problem) for problem in (*composer.problems, *lost))
    return Source(name, data, Places(text, data), found, tuple(composer.losses))


def _composed(text: str) -> tuple[Composer, Any]:
    """The data of a text, and what composed them: with places where mistakes need these."""
    composer = Composer(text, placed=False)
    try:
        return composer, composer.compose()
    except Unplaced:
        composer = Composer(text, placed=True)
        return composer, composer.compose()


def extents(text: str) -> dict[Place, Place]:
    """Where each value ends that starts at a place; a block ends with the last thing in it.

    A mapping starts where its first field name does: the place is the mapping's.
    """
    ends: dict[Place, Place] = {}
    starts: list[Place] = []
    last = (1, 1)
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        first, after = _place(event.start_mark), _place(event.end_mark)
        if isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
            ends[first] = last = after
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            starts.append(first)
            last = after
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            # A block has no closing bracket: its end event lies at whatever comes next.
            last = after if after != first else last
            ends[starts.pop()] = last
    return ends


def failed(name: str, stop: Stop) -> Source:
    """A file that could not be read, with the reason."""
    problem = Problem(name, stop.line, stop.column, stop.code, stop.message)
    return Source(name, None, {}, (problem,))


def read_text(path: Path, name: str) -> str | Problem:
    """The text of a file that is no YAML, lines ending in `\\n`, or why it cannot be read."""
    try:
        text = text_of(path)
        refuse_control_characters(text)
    except Stop as end:
        return failed(name, end).problems[0]
    return text


def text_of(path: Path) -> str:
    """The text of a file, lines ending in `\\n`. Raises Stop."""
    raw = _bytes_of(path)
    for start, said in OTHERS.items():
        if raw.startswith(start):
            stop(1, 1, "RD001", said)
    if b"\0\0" in (raw[:4:2], raw[1:4:2]):  # two letters of ASCII in four bytes
        stop(1, 1, "RD001", _UTF_16)
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace").replace("\r\n", "\n")
        line, column = line_column(before)
        stop(line, column, "RD001", say("a character is not UTF-8 (save the file as UTF-8)"))


def _bytes_of(path: Path) -> bytes:
    """What is in a file. A pipe is not opened: nobody may ever write into it. Raises Stop."""
    try:
        if not path.is_file():
            stop(1, 1, "RD009", NOWHERE if path.is_symlink() and not path.exists() else NO_FILE)
        size = path.stat().st_size
        if size > MAX_BYTES:
            said = say(
                "file is {size} (split it: at most {most} a file)",
                size=Quantity(size / 2**20, "MB", most=0), most=Quantity(MAX_BYTES // 2**20, "MB"),
            )
            stop(1, 1, "RD002", said)
        return path.read_bytes()
    except OSError as error:
        said = say("the file cannot be read: {error} (allow reading it)", error=error.strerror)
        stop(1, 1, "RD009", said)


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def walk(data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    """Every mapping, list and text of the data with its location, parents first."""
    yield loc, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk(value, (*loc, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from walk(value, (*loc, index))
