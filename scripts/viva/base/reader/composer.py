"""Data with positions out of libyaml's events, and a teacher's words for mistakes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from viva.base.reader.eaten import Loss, Losses
from viva.base.words import Said, say, shaped

MAX_DEPTH = 40
MAX_EXPANDED = 100_000
NAME = re.compile(r" *(?:- +)?[\w-]+")
BRACKET = re.compile(r" *(?:- +)*(?:[\w-]+: +)?[\[{](?=.*[\]}] *$)")
CONTROL = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
ODD = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
"""What looks like a space, or like nothing, and is neither to YAML."""
STRANGE = re.compile(
    rf"[ ]*(?:-[ ]*)*(?:(?P<before>[{ODD}])[ {ODD}]*(?:-|[\w-]+[ ]*[:：])"
    rf"|[\w-]+[ ]*(?:(?P<behind>[{ODD}])[ {ODD}]*:|:(?P<after>[{ODD}])|(?P<colon>：)))"
)
"""A line of a field or an entry with such a sign, or with another colon."""
AT_EDGE = re.compile(rf"[{ODD}]|.*[{ODD}]\Z", re.DOTALL)
HEADER = re.compile(r"[ ]*(?:- +)*[\w-]+[ ]*:[ ]+(?P<sign>[|>])[-+\d]*[ ]*")
"""A field whose text stands on the lines below it."""
BREAKS = "\x85\u2028\u2029"
"""What ends a line for YAML, and comes in with text from other programs."""

Place = tuple[int, int]
NOWHERE = (0, 0)
"""Where places are not noted."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a mapping or list starts, and where each of its keys and values does."""

    start: Place
    keys: dict[str | int, Place] = field(default_factory=dict)
    values: dict[str | int, Place] = field(default_factory=dict)


class Stop(Exception):
    """The rest of the file cannot be read."""

    def __init__(self, line: int, column: int, code: str, message: str) -> None:
        super().__init__(message)
        self.line, self.column, self.code, self.message = line, column, code, message


def stop(line: int, column: int, code: str, message: str) -> NoReturn:
    """The rest of the file cannot be read: say where and why."""
    raise Stop(line, column, code, message)


def line_column(before: str) -> Place:
    """Where a text ends."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def refuse_control_characters(text: str) -> None:
    """Nothing is read that nobody can see."""
    found = CONTROL.search(text)
    if found:
        line, column = line_column(text[: found.start()])
        code = f"U+{ord(found[0]):04X}"
        if found[0] in BREAKS:
            said = say("invisible line break {code} (delete it)", code=code)
        else:
            said = say("invisible control character {code} (delete it)", code=code)
        stop(line, column, "RD001", said)


class Unplaced(Exception):
    """What has to be said needs a place, and none was noted."""


class Composer:
    """Builds data from events with an explicit stack; knows how big each anchor is expanded.

    Where it is not `placed` it notes no places, which is a third quicker.
    """

    def __init__(self, text: str, placed: bool) -> None:
        self.root: Any = None
        self._placed = placed
        self.marks: dict[int, Marks] = {}
        self.problems: list[tuple[int, int, str, str]] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open: list[_Open] = []
        self.expanded = 0
        self.losses: list[Loss] = []
        self._text, self._eaten = text, Losses(text)
        self._documents, self._used = 0, set[str]()
        self._before: Any = None  # the event before this one

    def compose(self) -> Any:
        """The data of the text. Raises Stop, Unplaced, or what libyaml says is wrong."""
        takes = {
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.DocumentStartEvent: self._document,
        }
        for event in iter(yaml.CSafeLoader(self._text).get_event, None):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif take := takes.get(kind):
                mark: Any = event.start_mark
                take(event, (mark.line + 1, mark.column + 1))
            else:
                continue
            self._before = event
        self.losses = self._eaten.done(self._used)
        return self.root

    def _field(self) -> str | None:
        """The name of the field whose value comes next; None where a name comes next."""
        for one in reversed(self.open):
            if one.key is not None:
                return one.key[0]
            if not one.is_list:
                return None
        return ""

    def _document(self, event: Any, place: Place) -> None:
        self._documents += 1
        if self._documents > 1:
            said = say("a second document starts here (remove the line ---)")
            stop(*place, "RD003", said)

    def _scalar(self, event: Any) -> None:
        """Nine of ten events, so that the usual ways are told apart here: a field and its text."""
        start, parent = event.start_mark, self.open[-1] if self.open else None
        place = (start.line + 1, start.column + 1) if self._placed else NOWHERE
        is_name = parent is not None and not parent.is_list and parent.key is None
        if event.style or event.tag or event.anchor:
            self._eaten.scalar(event, self._field)
        elif not is_name:  # a name is one line, and what follows it is its colon
            end = event.end_mark
            if start.line != end.line:
                self._eaten.scalar(event, self._field)
            elif self._eaten.may_have_comments:
                self._eaten.plain(event, end.index, self._field)
        if parent is None or event.anchor:
            self._add(event.value, place, event.anchor, 1)
            return
        parent.size += 1
        if is_name:
            parent.key = event.value, place
        elif parent.is_list:
            if self._eaten.flow and type(self._before) is yaml.ScalarEvent:
                self._eaten.listed(event, self._before, self._field())
            self._item(parent, event.value, place)
        else:
            self._pair(parent, event.value, place)

    def _start(self, event: Any, place: Place) -> None:
        self._eaten.opened(event)
        if len(self.open) >= MAX_DEPTH:
            said = say("nested more than {n} levels deep (flatten it)", n=MAX_DEPTH)
            stop(*place, "RD006", said)
        is_list = type(event) is yaml.SequenceStartEvent
        value: Any = [] if is_list else {}
        marks = Marks(place) if self._placed else None
        if marks:
            self.marks[id(value)] = marks
        self.open.append(_Open(value, marks, event.anchor, is_list))
        if event.anchor:
            self.anchors[event.anchor] = (_UNFINISHED, 0)

    def _end(self, event: Any, place: Place) -> None:
        done = self.open.pop()
        self._eaten.closed()
        self._add(done.value, done.marks.start if done.marks else place, done.anchor, done.size)

    def _alias(self, event: Any, place: Place) -> None:
        name = str(event.anchor)
        self._used.add(name)
        value, size = self._named(name, place)
        self._add(value, place, None, size)

    def _named(self, name: str, place: Place) -> tuple[Any, int]:
        value, size = self.anchors.get(name, (None, 0))
        if not size and value is not _UNFINISHED:
            said = say(
                "*{name} refers to nothing (put the text in quotes; or define &{name} above)",
                name=name,
            )
            stop(*place, "RD005", said)
        if value is _UNFINISHED:
            stop(*place, "RD005", say("*{name} contains itself (write the value out)", name=name))
        self.expanded += size
        if self.expanded > MAX_EXPANDED:
            said = say("aliases (*name) expand to too much (write the values out)")
            stop(*place, "RD005", said)
        return value, size

    def _add(self, value: Any, place: Place, anchor: str | None, size: int) -> None:
        if anchor:
            self.anchors[anchor] = (value, size)
        if not self.open:
            self.root = value
            return
        parent = self.open[-1]
        parent.size += size
        if parent.is_list:
            self._item(parent, value, place)
        elif parent.key is not None:
            self._pair(parent, value, place)
        elif isinstance(value, str):
            parent.key = value, place
        elif not self._placed:
            raise Unplaced
        else:
            said = say("a field name cannot be a list or mapping (put quotes around it)")
            stop(*place, "RD003", said)

    def _item(self, parent: _Open, value: Any, place: Place) -> None:
        if parent.marks:
            parent.marks.values[len(parent.value)] = place
        parent.value.append(value)

    def _pair(self, parent: _Open, value: Any, place: Place) -> None:
        assert parent.key is not None
        (key, key_place), parent.key = parent.key, None
        if not key.isascii() and AT_EDGE.match(key):
            self._refuse(key, key_place)
        marks, merged = parent.marks, parent.merged
        if key == "<<":
            self._merge(parent, value, place)
        elif key in parent.value and (not merged or key not in merged):
            if not marks:
                raise Unplaced
            first = marks.keys[key][0]
            message = say(
                "{name} is written twice (it is already on line {line}: keep one)",
                name=key, line=str(first),
            )
            self.problems.append((*key_place, "RD004", message))
        else:
            parent.value[key] = value
            if marks:
                marks.keys[key], marks.values[key] = key_place, place
            if merged:
                merged.discard(key)

    def _refuse(self, key: str, place: Place) -> NoReturn:
        """A field's name that begins or ends with what nobody sees is meant to be another."""
        if not self._placed:
            raise Unplaced
        first = re.match(f"[{ODD}]", key)
        column = place[1] if first else place[1] + len(key) - 1
        stop(place[0], column, "RD003", _no_space(key[0] if first else key[-1]))

    def _merge(self, parent: _Open, value: Any, place: Place) -> None:
        for other in value if isinstance(value, list) else [value]:
            if not isinstance(other, dict):
                if not self._placed:
                    raise Unplaced
                said = say("<<: needs the name of a mapping (write <<: *name)")
                stop(*place, "RD003", said)
            ours, theirs = parent.marks, self.marks.get(id(other))
            parent.merged = parent.merged or set()
            for key in other:
                if key not in parent.value:
                    parent.value[key] = other[key]
                    parent.merged.add(key)
                    if ours and theirs:
                        ours.keys[key], ours.values[key] = theirs.keys[key], theirs.values[key]


_UNFINISHED = object()


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been met."""

    value: Any
    marks: Marks | None
    anchor: str | None
    is_list: bool
    key: tuple[str, Place] | None = None
    size: int = 1
    merged: set[str] | None = None
    """The fields that come from a mapping of another name."""


# libyaml's words, and a teacher's.
_SAYINGS = (
    (
        "mapping values are not allowed",
        say("': ' inside text (put the text in \"straight quotes\")"),
    ),
    (
        "expected node content",
        say("text starts with a comma or a closing bracket (put it in quotes)"),
    ),
    ("document start", say("a line of ... ends the file before its end (remove it)")),
    ("cannot start any token", say("text starts with a reserved character (put it in quotes)")),
    ("could not find expected ':'", say("a field name has no colon after it (write name: value)")),
    ("did not find expected key", say("the indentation does not fit the lines above (line it up)")),
    (
        "did not find expected '-'",
        say("a list item does not line up with the others (line up the -)"),
    ),
    ("expected comment or line break", say("text starts with > or | (put the text in quotes)")),
    ("alphabetic or numeric", say("text starts with * or & (put the text in quotes)")),
    ("mapping keys are not allowed", say("text starts with ? (put the text in quotes)")),
    (
        "block sequence entries are not",
        say(
            "a list starts on the line of its name (use a new line; or quotes, if it is a text)"
        ),
    ),
    (
        "unexpected end of stream",
        say(
            "a quotation mark is never closed (close it; or put the other kind around the text)"
        ),
    ),
    (
        "did not find expected ',' or",
        say(
            "a bracket is never closed, or a comma is missing (close it; quotes around a text)"
        ),
    ),
    ("found undefined alias", say("* at the start of text (put the text in quotes)")),
    ("expected tag URI", say("text starts with ! (put the text in quotes)")),
    ("expected whitespace or line break", say("text starts with ! (put the text in quotes)")),
    ("expected hexdecimal number", say("a backslash inside double quotes (use single quotes)")),
    ("unknown escape character", say("a backslash inside double quotes (use single quotes)")),
    (
        "invalid Unicode character",
        say("this escape is the number of no character (write the character itself)"),
    ),
    ("unexpected document indicator", say("a line of --- or ... inside text (remove it)")),
)
# These are noticed only where the next thing starts; the mistake is where this one began.
_LATE = (
    *("expected ':'", "unexpected end of stream"),
    *("expected comment or line break", "alphabetic or numeric character"),
)
_TAB = "a tab stands between words (use a space)"
_AFTER = ("expected key", "expected '-' indicator")
_CROOKED = say(
    "this line does not fit the one above (line it up; or the one above lacks ': ' or '- ')"
)
_BRACKET = say("text starts with a bracket (put all of the text in quotes)")
_QUOTED = say("text goes on after its closing quotation mark (put the other kind around it)")
_WIDE = say("： is no colon to YAML (write : and a space)")
_OUTSIDE = say(
    "the text under {sign} begins no further in than its name (put two more spaces before it)"
)
_COLON = say("text starts with : (put the text in quotes)")


def _no_space(sign: str) -> Said:
    return say(
        "the character {code} is no space to YAML (write a space in its place, or delete it)",
        code=f"U+{ord(sign):04X}",
    )


def _strange(lines: list[str], first: int, last: int) -> Stop | None:
    """The sign for which another was typed, near a place that makes no sense."""
    for number in range(max(first - 2, 0), last):
        found = STRANGE.match(lines[number])
        if found:
            kind = str(found.lastgroup)
            column = found.start(kind) + 1
            if kind == "colon":
                return Stop(number + 1, column, "RD003", _WIDE)
            return Stop(number + 1, column, "RD003", _no_space(found[kind]))
    return None


def _above(lines: list[str], number: int) -> str:
    """The last line that says something before a line."""
    return next((one for one in reversed(lines[: number - 1]) if one.strip()), "")


def refuse_tabs(text: str) -> None:
    """Site engines read YAML more strictly: where a tab ends it, they print it as a text."""
    if "\t" not in text:
        return
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        found = syntax(error, text)
        if found.code == "RD007" and not text.split("\n")[found.line - 1][: found.column].isspace():
            found = Stop(found.line, found.column, "RD007", _TAB)
        raise found from None


def syntax(error: yaml.MarkedYAMLError, text: str) -> Stop:
    """A teacher's words for what libyaml says."""
    mark = error.problem_mark or error.context_mark
    lines = [*text.split("\n"), ""]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    here = lines[min(line, len(lines)) - 1]
    if "\t" in here[: len(here) - len(here.lstrip())] or here[column - 1 : column] == "\t":
        column = here.index("\t") + 1
        return Stop(line, column, "RD007", say("a tab in the indentation (use spaces)"))
    said = str(error.problem or error.context)
    first = min(line, error.context_mark.line + 1 if error.context_mark else line)
    strange = _strange(lines, first, line)
    if strange:
        return strange
    if error.context_mark and said.endswith(_LATE):
        line, column = error.context_mark.line + 1, error.context_mark.column + 1
        above = HEADER.fullmatch(_above(lines, line))
        if said.endswith("expected ':'") and above:
            return Stop(line, column, "RD003", shaped(_OUTSIDE, sign=above["sign"]))
    elif "mapping values" in said and NAME.fullmatch(here[: column - 1]):
        return Stop(line, len(here) - len(here.lstrip()) + 1, "RD003", _CROOKED)
    elif "hexdecimal number" in said:
        column = here.rfind("\\", 0, column) + 1
    elif "did not find expected ',' or" in said and error.context_mark:
        if error.context_mark.line + 1 < line:  # noticed only where something else begins
            line, column = error.context_mark.line + 1, error.context_mark.column + 1
    elif said.endswith(_AFTER) and here[column - 1 :][:1] == ":":
        return Stop(line, column, "RD003", _COLON)
    elif said.endswith(_AFTER) and here[: column - 1].strip(" -"):
        opened = BRACKET.match(here[: column - 1])
        if opened:
            return Stop(line, opened.end(), "RD003", _BRACKET)
        return Stop(line, column, "RD003", _QUOTED)
    elif "expected '-'" in said and not here.lstrip().startswith("-"):
        said = "did not find expected key"
    for theirs, ours in _SAYINGS:
        if theirs in said or theirs in str(error.context):
            return Stop(line, column, "RD003", ours)
    ours = say("this is not valid YAML: {error} (check the punctuation)", error=said)
    return Stop(line, column, "RD003", ours)
