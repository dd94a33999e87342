"""What is wrong with the directives and citations of a page, and what their author should write."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from viva.base.problems import hint
from viva.base.words import say, shaped
from viva.course.directives import ASKING, LISTING, READS_LIKE, Found, Marked

WORDS = re.compile(r"[^\W_][\w-]*")
FIRST = re.compile(r"\W*(?:viva|[^\W\d_]+)", re.IGNORECASE)
ALONE = say("alone on a line of its own, with an empty line before and after it")


def mistakes(
    marked: Marked, ids: Mapping[str, Any], sure: bool = True
) -> Iterator[tuple[int, int, str]]:
    """Line, column and message of each directive that asks nothing; `ids` are the questions'.

    Where these are not sure to be all, a question that is not among them is none that is missing.
    """
    for one in marked.found:
        if not one.is_citation and one.verdict != "example":
            for message in _faults(one, ids, sure):
                yield one.line, one.column, message


def repeated(marked: Marked, ids: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """The same of each question that is asked twice in the same way: a link would know but one."""
    asked: dict[tuple[str, str], int] = {}
    for one in marked.directives:
        for name in one.ids if one.mode in ASKING else ():
            line = asked.get((one.mode, name))
            asked.setdefault((one.mode, name), one.line)
            if line and name in ids:
                said = say(
                    "this page asks {name} in line {line} already (delete one of them)",
                    name=name, line=line,
                )
                yield one.line, one.column, said


def miscited(marked: Marked) -> Iterator[tuple[int, int, str]]:
    """Line, column and message of each citation that cannot be read, or stands where none can."""
    for one in marked.found:
        if one.is_citation and one.verdict not in ("example", "comment", "nowhere"):
            if not one.citation():
                said = say("{text} cites nothing (write [@key] or [@a; @b])", text=one.text)
                yield one.line, one.column, said
            elif not one.is_live:
                said = IN_LINK if one.verdict == "link" else IN_TAG
                yield one.line, one.column, shaped(said, text=one.text)


IN_LINK = say("{text} stands in a link (write it after that)")
IN_TAG = say("{text} stands in a tag or the text of an image (write it after that)")


def _faults(one: Found, ids: Mapping[str, Any], sure: bool) -> Iterator[str]:
    asked = one.directive()
    if asked is None:
        if not READS_LIKE.match(one.text) and not ids.keys() & set(_named(one)):
            return
        yield say(
            "{text} is not a directive as it is written ({advice})",
            text=one.text.strip(), advice=_meant(one, ids),
        )
    elif asked.mode not in (*ASKING, *LISTING):
        yield say(
            "unknown directive viva {name} (write [viva: …] or [viva before: …])", name=asked.mode
        )
    elif asked.mode in ASKING and not asked.ids:
        yield say("the directive names no question (write [viva: question-id])")
    elif not one.is_live:
        yield shaped(WRONG_PLACE[one.verdict], text=one.text, place=ALONE)
    else:
        for name in asked.ids if sure else ():
            if name not in ids:
                near = hint(name, list(ids))
                yield say("there is no question {name} ({hint})", name=name, hint=near)


WRONG_PLACE = {
    "running": say(
        "{text} stands in running text (write it {place}, indented as the box or list around it)"
    ),
    "table": say("{text} stands in a table (write it below the table, {place})"),
    "heading": say("{text} stands in a heading (write it below the heading, {place})"),
    "comment": say(
        "{text} stands in a comment and does nothing (delete it, or take it out of the comment)"
    ),
    "attribute": say("{text} stands inside a tag or the text of an image (write it {place})"),
    "nowhere": say("{text} does not come out on the page (write it {place})"),
}


def _named(one: Found) -> list[str]:
    """The words that may be ids of questions."""
    return [word.lower() for word in WORDS.findall(FIRST.sub("", one.text, count=1))]


def _meant(one: Found, ids: Mapping[str, Any]) -> str:
    """What the author of something that is no directive should write."""
    words = _named(one)
    first = words[0] if words else ""
    if first in LISTING:
        return say("write {text}", text=f"[viva {first}]")
    mode = " before" if first == "before" else ""
    named = words[1:] if mode else words
    right = f"[viva{mode}: {', '.join(named) or 'question-id'}]"
    if any(name in ids for name in named) or not named or ":" in one.text:
        return say("write {text}", text=right)
    return say(
        "write {text}; for words in brackets write {words}", text=right, words=f"\\{one.text}"
    )
