"""The outermost elements of some HTML: what stands before a question's lead-in, and the lead-in."""

from __future__ import annotations

from viva.course.outline import VOID
from viva.site.terms import TAG


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


def is_running(html: str) -> bool:
    """Whether HTML holds paragraphs and nothing else."""
    return all(one.startswith("<p>") for one in elements(html))
