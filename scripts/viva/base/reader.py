"""YAML in, plain data with positions out. The only module that touches YAML.

libyaml's events are composed here rather than by PyYAML, for three reasons: every scalar stays the
text that its author typed (an option `No`, `1.0` or `2019-10-01`), nothing recurses (a deeply
nested file cannot overflow the stack), and limits are checked before anything is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from viva.base.problems import Problem

MAX_BYTES = 8 * 2**20
MAX_DEPTH = 40
MAX_EXPANDED = 100_000
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
NAME = re.compile(r" *(?:- +)?[\w-]+")
CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Place = tuple[int, int]
Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Marks:
    """Where a mapping or list starts, and where each of its keys and values does."""

    start: Place
    keys: dict[str | int, Place] = field(default_factory=dict)
    values: dict[str | int, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A file as data. `data` is None when it could not be read: `problems` says why."""

    path: str
    data: Any
    marks: dict[int, Marks]
    problems: tuple[Problem, ...] = ()

    def place(self, loc: Loc, key: bool = False) -> Place:
        """Line and column of a value, or of its field name; of the nearest parent if absent."""
        node, place = self.data, (1, 1)
        for step in loc:
            marks = self.marks.get(id(node))
            if marks is None or step not in marks.values:
                continue
            place = (marks.keys if key else marks.values).get(step, marks.values[step])
            node = node[step]
        return place

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


class _Stop(Exception):
    """The rest of the file cannot be read."""

    def __init__(self, line: int, column: int, code: str, message: str) -> None:
        super().__init__(message)
        self.line, self.column, self.code, self.message = line, column, code, message


def read(path: Path, name: str | None = None) -> Source:
    """Read a YAML file. Never raises for anything that is in the file."""
    name = name or path.as_posix()
    try:
        return parse(_text(path), name)
    except _Stop as stop:
        return _failed(name, stop)


def read_front_matter(path: Path, name: str | None = None) -> Source:
    """Read the YAML between the `---` lines at the top of a Markdown file ({} if there is none)."""
    name = name or path.as_posix()
    try:
        text = _text(path)
    except _Stop as stop:
        return _failed(name, stop)
    found = FRONT_MATTER.match(text)
    return parse("\n" + found[1], name) if found else Source(name, {}, {})


def parse(text: str, name: str) -> Source:
    """Compose YAML text into dicts, lists and strings."""
    composer = _Composer()
    try:
        _refuse_control_characters(text)
        data = composer.compose(text)
    except _Stop as stop:
        return _failed(name, stop)
    except yaml.MarkedYAMLError as error:
        return _failed(name, _syntax(error, text))
    found = tuple(Problem(name, *problem) for problem in composer.problems)
    return Source(name, data, composer.marks, found)


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


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def _failed(name: str, stop: _Stop) -> Source:
    problem = Problem(name, stop.line, stop.column, stop.code, stop.message)
    return Source(name, None, {}, (problem,))


def _text(path: Path) -> str:
    size = path.stat().st_size
    if size > MAX_BYTES:
        much = f"{size / 2**20:.0f} MB"
        _stop(1, 1, "RD002", f"file is {much} (split it: at most {MAX_BYTES // 2**20} MB a file)")
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace").replace("\r\n", "\n")
        line, column = _line_column(before)
        _stop(line, column, "RD001", "a character is not UTF-8 (save the file as UTF-8)")


def _stop(line: int, column: int, code: str, message: str) -> NoReturn:
    raise _Stop(line, column, code, message)


def _line_column(before: str) -> Place:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _refuse_control_characters(text: str) -> None:
    found = CONTROL.search(text)
    if found:
        line, column = _line_column(text[: found.start()])
        code = f"U+{ord(found[0]):04X}"
        _stop(line, column, "RD001", f"invisible control character {code} (delete it)")


class _Composer:
    """Builds data from events with an explicit stack; knows how big each anchor is expanded."""

    def __init__(self) -> None:
        self.marks: dict[int, Marks] = {}
        self.problems: list[tuple[int, int, str, str]] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open: list[_Open] = []
        self.expanded = 0

    def compose(self, text: str) -> Any:
        root: Any = None
        documents = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            mark: Any = event.start_mark
            place = (mark.line + 1, mark.column + 1)
            if isinstance(event, yaml.ScalarEvent):
                root = self._add(event.value, place, event.anchor, 1, root)
            elif isinstance(event, yaml.AliasEvent):
                value, size = self._alias(str(event.anchor), place)
                root = self._add(value, place, None, size, root)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._start({} if isinstance(event, yaml.MappingStartEvent) else [], event, place)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                done = self.open.pop()
                root = self._add(done.value, done.place, done.anchor, done.size, root)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    _stop(*place, "RD003", "a second document starts here (remove the line ---)")
        return root

    def _start(self, value: Any, event: Any, place: Place) -> None:
        if len(self.open) >= MAX_DEPTH:
            _stop(*place, "RD006", f"nested more than {MAX_DEPTH} levels deep (flatten it)")
        self.marks[id(value)] = Marks(place)
        self.open.append(_Open(value, place, event.anchor))
        if event.anchor:
            self.anchors[event.anchor] = (_UNFINISHED, 0)

    def _alias(self, name: str, place: Place) -> tuple[Any, int]:
        value, size = self.anchors.get(name, (None, 0))
        if not size and value is not _UNFINISHED:
            _stop(*place, "RD005", f"*{name} refers to nothing (define &{name} above)")
        if value is _UNFINISHED:
            _stop(*place, "RD005", f"*{name} contains itself (write the value out)")
        self.expanded += size
        if self.expanded > MAX_EXPANDED:
            _stop(*place, "RD005", "aliases (*name) expand to too much (write the values out)")
        return value, size

    def _add(self, value: Any, place: Place, anchor: str | None, size: int, root: Any) -> Any:
        if anchor:
            self.anchors[anchor] = (value, size)
        if not self.open:
            return value
        parent = self.open[-1]
        parent.size += size
        if isinstance(parent.value, list):
            self.marks[id(parent.value)].values[len(parent.value)] = place
            parent.value.append(value)
        elif parent.key is None:
            parent.key = self._key(value, place)
        else:
            self._pair(parent, value, place)
        return root

    def _key(self, value: Any, place: Place) -> tuple[str, Place]:
        if isinstance(value, str):
            return value, place
        _stop(*place, "RD003", "a field name cannot be a list or mapping (put quotes around it)")

    def _pair(self, parent: _Open, value: Any, place: Place) -> None:
        assert parent.key is not None
        (key, key_place), parent.key = parent.key, None
        marks = self.marks[id(parent.value)]
        if key == "<<":
            self._merge(parent, value, place)
        elif key in marks.keys and key not in parent.merged:
            first = marks.keys[key][0]
            message = f"{key} is written twice (it is already on line {first}: keep one)"
            self.problems.append((*key_place, "RD004", message))
        else:
            parent.value[key] = value
            marks.keys[key], marks.values[key] = key_place, place
            parent.merged.discard(key)

    def _merge(self, parent: _Open, value: Any, place: Place) -> None:
        for other in value if isinstance(value, list) else [value]:
            if not isinstance(other, dict):
                _stop(*place, "RD003", "<<: needs the name of a mapping (write <<: *name)")
            ours, theirs = self.marks[id(parent.value)], self.marks[id(other)]
            for key in other:
                if key not in parent.value:
                    parent.value[key] = other[key]
                    parent.merged.add(key)
                    ours.keys[key], ours.values[key] = theirs.keys[key], theirs.values[key]


_UNFINISHED = object()


@dataclass
class _Open:
    """A mapping or list whose end has not been met."""

    value: Any
    place: Place
    anchor: str | None
    key: tuple[str, Place] | None = None
    size: int = 1
    merged: set[str] = field(default_factory=set)


# libyaml's words, and a teacher's.
_SAYINGS = (
    ("mapping values are not allowed", "': ' inside text (put the text in \"straight quotes\")"),
    ("cannot start any token", "text starts with a reserved character (put it in quotes)"),
    ("could not find expected ':'", "a field name has no colon after it (write name: value)"),
    ("did not find expected key", "the indentation does not fit the lines above (line it up)"),
    ("did not find expected '-'", "a list item does not line up with the others (line up the -)"),
    ("block sequence entries are not", "a list starts on the line of its name (use a new line)"),
    ("unexpected end of stream", "a quotation mark is never closed (close it)"),
    ("did not find expected ',' or", "a bracket is never closed, or a comma is missing (close it)"),
    ("found undefined alias", "* at the start of text (put the text in quotes)"),
    ("unknown escape character", "a backslash inside double quotes (use single quotes)"),
    ("unexpected document indicator", "a line of --- or ... inside text (remove it)"),
)
# These are noticed only where the next thing starts; the mistake is where this one began.
_LATE = ("expected ':'", "unexpected end of stream")
_CROOKED = "this line does not fit the one above (line it up; or the one above lacks ': ' or '- ')"
_QUOTED = "text goes on after its closing quotation mark (put the other kind around it)"


def _syntax(error: yaml.MarkedYAMLError, text: str) -> _Stop:
    mark = error.problem_mark or error.context_mark
    lines = [*text.split("\n"), ""]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    here = lines[min(line, len(lines)) - 1]
    if "\t" in here[: len(here) - len(here.lstrip())] or here[column - 1 : column] == "\t":
        column = here.index("\t") + 1
        return _Stop(line, column, "RD007", "a tab in the indentation (use spaces)")
    said = str(error.problem or error.context)
    if error.context_mark and said.endswith(_LATE):
        line, column = error.context_mark.line + 1, error.context_mark.column + 1
    elif "mapping values" in said and NAME.fullmatch(here[: column - 1]):
        return _Stop(line, len(here) - len(here.lstrip()) + 1, "RD003", _CROOKED)
    elif "expected key" in said and here[: column - 1].strip(" -"):
        return _Stop(line, column, "RD003", _QUOTED)
    elif "expected '-'" in said and not here.lstrip().startswith("-"):
        said = "did not find expected key"
    for theirs, ours in _SAYINGS:
        if theirs in said or theirs in str(error.context):
            return _Stop(line, column, "RD003", ours)
    return _Stop(line, column, "RD003", f"this is not valid YAML: {said} (check the punctuation)")


def walk(data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    """Every mapping, list and text of the data with its location, parents first."""
    yield loc, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk(value, (*loc, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from walk(value, (*loc, index))
