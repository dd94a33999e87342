"""Directives and citations in the Markdown of a page: found in the source, proved by the converter.

Whatever reads like one is replaced by a mark, the page is converted, and where the mark comes out
tells what it is: alone in its block a directive, in code an example, anywhere else a mistake.
So no page needs an extension of ours, and nothing that reads like a directive is printed unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from viva.course import notes, typed
from viva.course.conversion import Converter
from viva.course.outline import BOXES, CELLS, HEADINGS, MARK, Spot, outline

# `\[viva: x]` is meant to be read, and `[viva](…)` is a link. A line may lack its last bracket.
READS_LIKE = re.compile(
    r"\[(?<!\\\[)(?:[ \t]*viva(?=[\s:;,.=\]：/|({_–—-])[^\[\]\n]*\](?![\[(]|:[ \t]*\S)"
    r"|[ \t]*viva[ \t]*\w*[ \t]*[:：][^\[\]\n]*$"
    r"|@[^\[\]\n]*\](?![\[(]))",
    re.IGNORECASE | re.MULTILINE,
)
# Only if it names a question: `[vvia: x]`, and `viva: x`, `(viva: x)`, `viva: x]` alone on a line.
IN_BRACKETS = re.compile(
    rf"{READS_LIKE.pattern}"
    r"|\[(?<!\\\[)[ \t]*[^\W\d_]{3,6}(?:[ \t]+\w+)?[ \t]*:[ \t]*[\w, \t-]+\](?![\[(:])",
    READS_LIKE.flags,
)
MAY_READ_LIKE = re.compile(
    rf"{IN_BRACKETS.pattern}"
    r"|^[ ]{0,3}(?:[({［【〔「][ \t]*)?viva(?:[ \t]+\w+)?[ \t]*[:：][ \t]*[\w, \t-]+"
    r"[])}］】〕」]?[ \t]*$",
    READS_LIKE.flags,
)
DIRECTIVE = re.compile(r"\[viva(?:[ \t]+(?P<mode>[a-z]+))?(?P<colon>:(?P<ids>[^\]]*))?\]")
CITATION = re.compile(r"\[@([\w:.-]+(?:\s*;\s*@[\w:.-]+)*)\]")
KEY = re.compile(r"@([\w:.-]+)")
BEFORE = re.compile(r"(?:[ \t]*(?:>|(?:[-+*:]|\d+[.)])(?=[ \t])))*[ \t]*")
ATTRIBUTES = re.compile(r"\{:?(?P<said>[^{}]*)\}[ \t]*$")
ASKING = ("checkpoint", "before")
LISTING = ("references", "modules", "contents", "due", "downloads")


@dataclass(frozen=True)
class Directive:
    """`[viva: id, id]` (mode "checkpoint"), `[viva before: id]`, `[viva references]` …"""

    mode: str
    ids: tuple[str, ...]
    line: int
    column: int = 1


@dataclass(frozen=True)
class Citation:
    """`[@key; @key]` in running text."""

    text: str
    keys: tuple[str, ...]
    line: int
    column: int

    def places(self) -> Iterator[tuple[str, int, int]]:
        """Each key with its line and column."""
        for found in KEY.finditer(self.text):
            yield found[1], self.line, self.column + found.start()


@dataclass(frozen=True)
class Found:
    """Something that reads like a directive or a citation. `verdict` says what it is:

    `live`, `spaced` (live once empty lines stand around it), `example`, or what is wrong.
    """

    text: str
    start: int
    line: int
    column: int
    verdict: str
    heading: str = ""

    @property
    def is_live(self) -> bool:
        """Whether it means what it says."""
        return self.verdict in ("live", "spaced")

    @property
    def is_citation(self) -> bool:
        """Whether it cites rather than asks."""
        return self.text.startswith("[@")

    def directive(self) -> Directive | None:
        """The directive that is meant, if it is written as one is."""
        found = DIRECTIVE.fullmatch(self.text)
        if not found:
            return None
        mode, named = found["mode"] or "checkpoint", [*_parts(found["ids"] or "")]
        if (found["colon"] is None) != (mode in LISTING) or ("" in named and named != [""]):
            return None
        return Directive(mode, tuple(filter(None, named)), self.line, self.column)

    def meant(self) -> Directive | Citation | None:
        """What takes its place, if it is sound and live."""
        if not self.is_live:
            return None
        asked = None if self.is_citation else self.directive()
        if asked and (asked.mode in LISTING or (asked.mode in ASKING and asked.ids)):
            return asked
        return self.citation()

    def citation(self) -> Citation | None:
        """The citation that is meant, if it is written as one is."""
        if not CITATION.fullmatch(self.text):
            return None
        return Citation(self.text, tuple(KEY.findall(self.text)), self.line, self.column)


@dataclass(frozen=True)
class Marked:
    """A page's Markdown (without front matter) and what its conversion says of it."""

    text: str
    found: tuple[Found, ...]
    headings: Mapping[str, str]
    """Id to text, in order."""
    ids: frozenset[str]
    lost: tuple[tuple[int, int, str], ...] = ()
    """Line, column and message of what was typed and is not read."""
    tagged: tuple[str, ...] = ()
    """The addresses in HTML that was typed, each once; examples in code are none."""

    @property
    def directives(self) -> tuple[Directive, ...]:
        """The directives that are live and written as they should be."""
        return tuple(one for one in self._meant if isinstance(one, Directive))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations that are live."""
        return tuple(one for one in self._meant if isinstance(one, Citation))

    @property
    def _meant(self) -> Iterator[Directive | Citation | None]:
        return (one.meant() for one in self.found)


IN_TAG = re.compile(
    r"<(?:a|img|video|audio|source|iframe|embed|track)\b[^<>]*?\s(?:href|src|poster)="
    r"""(?P<quote>["'])(?P<address>[^"'<>]+)(?P=quote)""",
    re.IGNORECASE,
)
MARKS = "marks"
"""What the verdicts on a page are kept under."""
Fill = Callable[[Directive | Citation], str]


def read(text: str, converter: Converter, line: int = 1) -> Marked:
    """Read Markdown whose first line is the line of this number in its file."""
    kept = converter.kept(MARKS, text, lambda: _proved(text, converter))
    found = [
        Found(each[0], each.start(), *_place(text, each.start(), line), *verdict)
        for each, verdict in zip(_alike(text), kept["found"], strict=True)
    ]
    lost = tuple((*_place(text, at, line), message) for at, message in kept["lost"])
    ids = frozenset(kept["ids"])
    return Marked(text, tuple(found), kept["headings"], ids, lost, tuple(kept["tagged"]))


def staged(marked: Marked, fill: Fill) -> str:
    """Markdown in which what is live has become what `fill` gives; examples stay as typed.

    For a directive `fill` gives a line of HTML, for a citation HTML that stands in running text.
    """
    text = marked.text
    for one in reversed(marked.found):
        meant = one.meant()
        if isinstance(meant, Citation):
            text = _with_citation(text, one, fill(meant))
        elif meant:
            text = _with_line(text, one.start, one.text, fill(meant), one.verdict == "spaced")
    return text


def _proved(text: str, converter: Converter) -> dict[str, Any]:
    """The verdict on each thing found, the headings and the ids, as JSON holds them."""
    found = list(_alike(text))
    first = max((ord(one) for one in MARK.findall(text)), default=0xEFFFF) + 1
    marks = [chr(first + number) for number in range(len(found))]
    marked = _with_marks(text, found, marks)
    seen = typed.Seen()
    # Citations stand in running text, which is converted anew when they have become numbers.
    cites = any(one[0].startswith("[@") for one in found)
    made = converter.skeleton(marked) if cites else converter.shared(marked)
    html = outline(made, seen)
    verdicts = [
        _verdict(text, one, html.spots.get(mark, []))
        for one, mark in zip(found, marks, strict=True)
    ]
    if any(verdict == "spaced" for verdict, _ in verdicts):
        verdicts = list(_with_room(text, converter, found, marks, verdicts, html.spots))
    unread = list(_lost(marked, seen, found)) if converter.is_known else []
    lost = [(one.at, one.message) for one in notes.mistakes(text, made, unread)]
    told = {"headings": html.headings, "ids": sorted(html.ids), "tagged": _tagged(text, made)}
    return {"found": verdicts, "lost": lost, **told}


def _tagged(text: str, html: str) -> list[str]:
    """The addresses in tags that were typed and are tags on the page."""
    found = dict.fromkeys(one["address"] for one in IN_TAG.finditer(text))
    shown = {one["address"] for one in IN_TAG.finditer(html)} if found else set()
    return [one for one in found if one in shown]


def _alike(text: str) -> Iterator[re.Match[str]]:
    """What may be meant as a directive or a citation; brackets are quick to find."""
    return (MAY_READ_LIKE if "viva" in text.lower() else IN_BRACKETS).finditer(text)


def _lost(marked: str, seen: typed.Seen, found: list[re.Match[str]]) -> Iterator[typed.Lost]:
    """Where in the page something is lost, and how to say it."""
    for one in typed.unseen(marked, seen):
        at = one.at
        for each in found:
            at += len(each[0]) - 1 if each.start() < at else 0
        yield replace(one, at=at, message=MARK.sub("", one.message))


def _with_marks(text: str, found: list[re.Match[str]], marks: list[str]) -> str:
    for one, mark in zip(reversed(found), reversed(marks), strict=True):
        text = f"{text[: one.start()]}{mark}{text[one.end() :]}"
    return text


def _verdict(text: str, one: re.Match[str], spots: list[Spot]) -> tuple[str, str]:
    """What something is, and the id of the heading it stands in."""
    judged = _cited if one[0].startswith("[@") else _asked
    own = _is_own_line(text, one.start(), one.end())
    said = [judged(spot, own) for spot in spots] or ["nowhere"]
    heading = next((spot.heading for spot in spots if spot.heading), "")
    # A heading comes out in a table of contents too.
    best = "live" if one[0].startswith("[@") and "live" in said else said[0]
    return best, heading


def _asked(spot: Spot, own: bool) -> str:
    if spot.kind != "text":
        return spot.kind
    if spot.is_example:
        return "example"
    for kind, elements in (("table", CELLS), ("heading", HEADINGS)):
        if elements & set(spot.around):
            return kind
    if not own or not set(spot.around) <= BOXES:
        return "running"
    return "live" if spot.alone else "spaced"


def _cited(spot: Spot, _: bool) -> str:
    if spot.kind != "text":
        return spot.kind
    if spot.is_example:
        return "example"
    return "link" if "a" in spot.around else "live"


def _is_own_line(text: str, start: int, end: int) -> bool:
    """Whether a line holds nothing else but what starts a list item or a quote."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end:].partition("\n")[0]
    return bool(BEFORE.fullmatch(before)) and not after.strip()


def _with_room(
    text: str,
    converter: Converter,
    found: list[re.Match[str]],
    marks: list[str],
    verdicts: list[tuple[str, str]],
    typed: Mapping[str, list[Spot]],
) -> Iterator[tuple[str, str]]:
    """The verdicts once the directives that lean on other lines have got empty ones around them.

    That may not take them out of their box.
    """
    apart = text
    for one, mark, (verdict, _) in reversed(list(zip(found, marks, verdicts, strict=True))):
        if verdict == "spaced":
            apart = _with_line(apart, one.start(), one[0], mark, True)
        else:
            apart = f"{apart[: one.start()]}{mark}{apart[one.end() :]}"
    spots = outline(converter.skeleton(apart)).spots
    for mark, (verdict, heading) in zip(marks, verdicts, strict=True):
        if verdict == "spaced":
            then = spots.get(mark, [])
            stays = [spot.boxes for spot in then] == [spot.boxes for spot in typed[mark]]
            verdict = "spaced" if stays and then[0].alone else "running"
        yield verdict, heading


def _with_line(text: str, start: int, said: str, new: str, room: bool) -> str:
    """Text with something else on a line, and empty lines around it if there is to be room."""
    begin, end = text.rfind("\n", 0, start) + 1, start + len(said)
    prefix = text[begin:start]
    empty = prefix[: prefix.rfind(">") + 1]
    opens_item = bool(prefix.replace(">", "").strip())
    before = f"{empty}\n" if room and not opens_item else ""
    after = f"\n{empty}" if room else ""
    rest = text[end:].lstrip(" \t") if room else text[end:]
    return f"{text[:begin]}{before}{prefix}{new}{after}{rest}"


def _with_citation(text: str, one: Found, html: str) -> str:
    """A citation close to the word before it. A heading keeps the id that it has without it."""
    begin = text.rfind("\n", 0, one.start) + 1
    before = text[begin : one.start]
    close = before.rstrip(" \t") if before.strip(" \t>") else before
    line, mark, rest = text[one.start + len(one.text) :].partition("\n")
    if one.heading and "{" not in before:
        line = _with_id(line, one.heading)
    return f"{text[:begin]}{close}{html}{line}{mark}{rest}"


def _with_id(end: str, name: str) -> str:
    """The end of a heading's line with its id, unless it names one."""
    found = ATTRIBUTES.search(end)
    if "</h" in end or (found and re.search(r"#|\bid=", found["said"])):
        return end
    if found:
        return f"{end[: found.start()]}{{ #{name} {found['said'].strip()} }}"
    closing = re.search(r"[ \t]*#*[ \t]*$", end)
    at = closing.start() if closing else len(end)
    return f"{end[:at]} {{ #{name} }}{end[at:]}"


def _place(text: str, start: int, line: int) -> tuple[int, int]:
    return line + text.count("\n", 0, start), start - text.rfind("\n", 0, start)


def _parts(named: str) -> Iterator[str]:
    return (part.strip() for part in named.split(","))
