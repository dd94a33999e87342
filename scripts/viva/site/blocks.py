"""The parts of a stem's HTML: what stands before its lead-in, the lead-in, and what that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from viva.course.outline import VOID
from viva.site.terms import TAG

WORDS = ("[a-z]", "vs", "Dr", "Mr", "St", "No", "Mrs", "Fig")
SHORT = "".join(rf"(?<!\b{word}.)" for word in WORDS)
END = re.compile(rf"[.?!]{SHORT}[\"')”’]*(\s+)(?=[\"'“‘(A-Z0-9À-Þ]|$)")
"""Where a sentence ends; `$` is a tag, with which the next one may begin."""
ASKS = re.compile(r"\?[\"')”’]*\s*$")


def elements(html: str) -> list[str]:
    """The outermost elements of HTML as Markdown makes it, in order."""
    found, depth, start = [], 0, 0
    for tag in TAG.finditer(html):
        name = tag["name"]
        if not name or name.lower() in VOID or tag["rest"].endswith("/"):
            depth += 0
        else:
            depth += -1 if tag["end"] else 1
        if depth == 0:
            found.append(html[start : tag.end()].strip())
            start = tag.end()
    rest = html[start:].strip()
    return [*found, rest] if rest else found


def with_lead(html: str) -> tuple[str, str]:
    """All but the last paragraph, and what is inside that; a text without one is all lead-in."""
    found = elements(html)
    places = [n for n, one in enumerate(found) if one.startswith("<p>")]
    if not places:
        return ("", html)
    lead = found.pop(places[-1])
    return "\n".join(found), lead.removeprefix("<p>").removesuffix("</p>")


def with_question(lead: str) -> tuple[str, str, str]:
    """A lead-in in three: before, in and after the sentence that asks.

    That is the last with a question mark, or else the last; a sentence never ends inside a tag.
    """
    cuts = [0, *_ends(lead), len(lead)]
    spans = [span for span in pairwise(cuts) if lead[slice(*span)].strip()]
    asking = [span for span in spans if ASKS.search(TAG.sub("", lead[slice(*span)]))]
    if not spans:
        return lead, "", ""
    start, end = (asking or spans)[-1]
    end = start + len(lead[start:end].rstrip())
    return lead[:start], lead[start:end], lead[end:]


def _ends(html: str) -> Iterator[int]:
    """The places after the sentences that end outside of every element, but for the last."""
    depth, start = 0, 0
    for tag in [*TAG.finditer(html), None]:
        stop = tag.start() if tag else len(html)
        if depth == 0:
            yield from (start + found.end(1) for found in END.finditer(html[start:stop]))
        if tag is None:
            return
        if tag["name"] and tag["name"].lower() not in VOID:
            depth += -1 if tag["end"] else 1
        start = tag.end()


def is_running(html: str) -> bool:
    """Whether HTML holds paragraphs and nothing else."""
    return all(one.startswith("<p>") for one in elements(html))
