"""Changing questions in the text of a bank: pieces of it, and every comment stays.

Value by value where that is enough; a question is written anew where its shape changes, with its
comments above it. What cannot be done so is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from viva.base import edits
from viva.base.edits import Edit, Piece, Text
from viva.base.reader import Loc, parse
from viva.base.refused import Refused
from viva.base.words import Words, say
from viva.exchange import writing
from viva.exchange.merging import Wanted
from viva.exchange.reading import Made
from viva.exchange.yamltext import entry, field, read_back, scalar

ASKING = re.compile(r"#\s*(?:why|objective|alt): .*")
"""A comment of ours that asks for what is missing."""
COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
BESIDE = re.compile(r"^[ \t]*[^\s#].*[ \t]#[ \t]", re.MULTILINE)
"""A line with a comment behind what it says."""
QUESTIONS = "questions"


def changed(
    now: Text, wanted: Sequence[Wanted], words: Words
) -> tuple[str, list[Wanted]]:
    """The text with all that fits, and what does not."""
    ways = [(one, _edits(now, one, words)) for one in wanted]
    good, failed = _fitting(now, [(one, way) for one, way in ways if way])
    failed += [one for one, way in ways if not way]
    return edits.applied(now, [e for one in good for e in one]) or now.text, failed


def _fitting(
    now: Text, ways: Sequence[tuple[Wanted, list[list[Edit]]]]
) -> tuple[list[list[Edit]], list[Wanted]]:
    """The first way of each question that gives what was meant; halves are tried apart."""
    if not ways:
        return [], []
    firsts = [way[0] for _, way in ways]
    if edits.applied(now, [edit for one in firsts for edit in one]) is not None:
        return firsts, []
    if len(ways) == 1:
        one, tried = ways[0]
        return _fitting(now, [(one, tried[1:])]) if tried[1:] else ([], [one])
    middle = len(ways) // 2
    (a, b), (c, d) = _fitting(now, ways[:middle]), _fitting(now, ways[middle:])
    return [*a, *c], [*b, *d]


def _edits(now: Text, one: Wanted, words: Words) -> list[list[Edit]]:
    """The ways in which a question may be changed, the gentlest first."""
    fine = _fine(now, one)
    whole = _whole(now, one, words)
    return [way for way in (fine, whole) if way]


def _fine(now: Text, one: Wanted) -> list[Edit]:
    """Value by value, where nothing but values changes and fields are added at the end."""
    if set(one.old) - set(one.new):
        return []
    made: list[Edit] = []
    more: dict[str, Any] = {}
    for name, value in one.new.items():
        if name not in one.old:
            more[name] = value
            continue
        found = list(_value_edits(now, (*one.loc, name), one.old[name], value))
        if any(edit is None for edit in found):
            return []
        made += [edit for edit in found if edit is not None]
    return [*made, *_more(now, one.loc, more)]


def _value_edits(now: Text, loc: Loc, old: Any, new: Any) -> Iterator[Edit | None]:
    """How a value changes; None where its shape does."""
    if read_back(new) == old:
        return
    if isinstance(old, str) and not isinstance(new, (list, Mapping)):
        yield _scalar(now, loc, new)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (a, b) in enumerate(zip(old, new, strict=True)):
            yield from _value_edits(now, (*loc, number), a, b)
    elif isinstance(old, dict) and isinstance(new, Mapping) and not set(old) - set(new):
        for name in old:
            yield from _value_edits(now, (*loc, name), old[name], new[name])
        yield from _more(now, loc, {n: v for n, v in new.items() if n not in old})
    else:
        yield None


def _scalar(now: Text, loc: Loc, new: Any) -> Edit:
    """A scalar in place of another, a block under a bar where there was one."""
    start, end = now.span(loc)
    given = now.text[start:end]
    text = str(new) if isinstance(new, str) else scalar(new)
    if (
        given.startswith(("|", ">"))
        and "\n" in text
        and not given.startswith((">-", "|-", ">+", "|+"))
    ):
        indent = re.search(r"\n([ ]+)\S", given)
        lines = [f"{indent[1] if indent else '    '}{line}".rstrip() for line in text.split("\n")]
        return Edit(loc, f"{text}\n", ((start, end, "\n".join(["|", *lines, ""])),))
    piece = scalar(text)
    return Edit(loc, text, ((start, end, piece + ("\n" if given.endswith("\n") else "")),))


def _more(now: Text, loc: Loc, more: Mapping[str, Any]) -> Iterator[Edit]:
    """New fields behind the last one of a mapping in lines."""
    if not more:
        return
    value = now.value(loc)
    keys = now.source.marks[id(value)].keys
    column = min(column for _, column in keys.values())
    _, end = now.span(loc)
    inside = now.text[end - 1 : end] == "\n"
    at = end if inside else _line_end(now.text, end)
    for name, one in more.items():
        lines = "\n".join(field(name, one, " " * (column - 1)))
        piece: Piece = (at, at, f"{lines}\n" if inside else f"\n{lines}")
        yield Edit((*loc, name), read_back(one), (piece,))


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _past_comments(text: str, end: int, indent: int) -> int:
    """The end of a value and of the comments below it that stand as deep as it does."""
    inside = text[end - 1 : end] == "\n"
    at = end if inside else _line_end(text, end) + 1
    past = at
    while (line := text[past : _line_end(text, past)]).lstrip().startswith("#"):
        if len(line) - len(line.lstrip()) < indent:
            break
        past = _line_end(text, past) + 1
    return end if past == at else past if inside else past - 1


def _whole(now: Text, one: Wanted, words: Words) -> list[Edit]:
    """The question written anew, its comments above it. Not where one stands beside a value."""
    _, column = now.source.place(one.loc)
    start, end = now.span(one.loc)
    end = _past_comments(now.text, end, column - 1)
    given = now.text[start:end]
    if BESIDE.search(given):
        return []
    indent = " " * (column - 3)
    lines = list(entry(writing.commented(one.new, words), indent))
    comments = [line.strip() for line in COMMENT.findall(given) if not ASKING.match(line.strip())]
    text = "\n".join(lines)[len(indent) + 2 :]
    if comments:
        inside = "\n".join(f"{indent}  {line}" for line in comments)
        first, _, rest = text.partition("\n")
        text = f"{first}\n{inside}\n{rest}"
    return [Edit(one.loc, read_back(one.new), ((start, end, text + "\n" * given.endswith("\n")),))]


def added(text: str, name: str, fresh: Sequence[Made], words: Words) -> str:
    """The text with new questions at the end of its list."""
    now = Text(parse(text, name), text)
    listed = now.source.data[QUESTIONS]
    _, column = now.source.place((QUESTIONS, 0))
    _, end = now.span((QUESTIONS, len(listed) - 1))
    end = _past_comments(text, end, column - 1)
    at = end if now.text[end - 1 : end] == "\n" else _line_end(text, end)
    rows = "\n\n".join(writing.row(one, words) for one in fresh)
    indent = " " * (column - 3)
    rows = re.sub(r"^  ", indent, rows, flags=re.MULTILINE)
    before = "" if now.text[end - 1 : end] == "\n" else "\n"
    made = f"{text[:at]}{before}\n{rows}\n{text[at:].removeprefix(chr(10))}"
    read = parse(made, name)
    meant = [*listed, *(read_back(one.data) for one in fresh)]
    if read.problems or read.data != {**now.source.data, QUESTIONS: meant}:
        raise Refused(
            say(
                "new questions cannot be put at the end of the bank (import them into another)",
            ), name
        )
    return made
