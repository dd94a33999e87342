"""What is wrong with the directives and citations of a page, and what their author should write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from viva.base.problems import hint
from viva.course.directives import ASKING, LISTING, READS_LIKE, Found, Marked

WORDS = re.compile(r"[^\W_][\w-]*")
FIRST = re.compile(r"\W*(?:viva|[^\W\d_]+)", re.IGNORECASE)
ALONE = "alone on a line of its own, with an empty line before and after it"


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


def miscited(marked: Marked) -> Iterator[tuple[int, int, str]]:
    """Line, column and message of each citation that cannot be read, or stands where none can."""
    for one in marked.found:
        if one.is_citation and one.verdict not in ("example", "comment", "nowhere"):
            if not one.citation():
                yield one.line, one.column, f"{one.text} cites nothing (write [@key] or [@a; @b])"
            elif not one.is_live:
                where = "a link" if one.verdict == "link" else "a tag or the text of an image"
                yield one.line, one.column, f"{one.text} stands in {where} (write it after that)"


def _faults(one: Found, ids: Mapping[str, Any], sure: bool) -> Iterator[str]:
    asked = one.directive()
    if asked is None:
        if not READS_LIKE.match(one.text) and not ids.keys() & set(_named(one)):
            return
        yield f"{one.text.strip()} is not a directive as it is written ({_meant(one, ids)})"
    elif asked.mode not in (*ASKING, *LISTING):
        yield f"unknown directive viva {asked.mode} (write [viva: …] or [viva before: …])"
    elif asked.mode in ASKING and not asked.ids:
        yield "the directive names no question (write [viva: question-id])"
    elif not one.is_live:
        yield f"{one.text} {WRONG_PLACE[one.verdict]}"
    else:
        for name in asked.ids if sure else ():
            if name not in ids:
                yield f"there is no question {name} ({hint(name, list(ids))})"


WRONG_PLACE = {
    "running": f"stands in running text (write it {ALONE}, indented as the box or list around it)",
    "table": f"stands in a table (write it below the table, {ALONE})",
    "heading": f"stands in a heading (write it below the heading, {ALONE})",
    "comment": "stands in a comment and does nothing (delete it, or take it out of the comment)",
    "attribute": f"stands inside a tag or the text of an image (write it {ALONE})",
    "nowhere": f"does not come out on the page (write it {ALONE})",
}


def _named(one: Found) -> list[str]:
    """The words that may be ids of questions."""
    return [word.lower() for word in WORDS.findall(FIRST.sub("", one.text, count=1))]


def _meant(one: Found, ids: Mapping[str, Any]) -> str:
    """What the author of something that is no directive should write."""
    words = _named(one)
    first = words[0] if words else ""
    if first in LISTING:
        return f"write [viva {first}]"
    mode = " before" if first == "before" else ""
    named = words[1:] if mode else words
    right = f"write [viva{mode}: {', '.join(named) or 'question-id'}]"
    if any(name in ids for name in named) or not named or ":" in one.text:
        return right
    return f"{right}; for words in brackets write \\{one.text}"
