"""What YAML takes from a text that its author typed: signs that mean something to YAML alone.

A text such as `Grade #1 sign` is cut without a word: YAML reads a comment, a tag, an anchor, an
escape, or one line where there were several. Here each of them is found where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from viva.base.words import Said, say, shaped

Place = tuple[int, int]
CODE = "RD011"

COMMENT = re.compile(r"[ \t]+(?P<said>#(?P<space>[ \t]?)[^\n]*)")
BELOW = re.compile(r"\n(?P<indent>[ ]+)(?P<said>#(?P<space>(?![\s#])|\#+(?!\s))[^\n]*)")
"""What looks like a comment on a line of its own, and has no space after its sign."""
STARTS = re.compile(r"[ ]*(?:- +)*")
WIDE = re.compile(r" {2,}#[ \t]|\t[ \t]*#[ \t]")
"""How one writes a comment behind a value: apart from it."""
NAMES = frozenset(
    (
        *("id", "type", "module", "objective", "level", "correct", "read", "references", "src"),
        *("shuffle", "keep", "status", "reviewed", "revised", "due", "open", "questions", "hide"),
        *("tolerance", "minutes", "draw", "seed", "points", "ignore", "panel", "p", "r", "n"),
    )
)
"""Fields of names, choices and numbers: whatever follows one of these is a comment."""
LINES = frozenset(
    (
        *("text", "stem", "why", "explanation", "hint", "front", "back", "title", "description"),
        *("label", "alt", "caption", "theme", "vignette", "reveal", "hypothesis", "finding"),
        *("instructions", "says"),
    )
)
"""Fields of one text that students read."""
LISTS = frozenset(("accept", "reject", "items", "options"))
"""Fields of several."""
TEXTS = LINES | LISTS | {"tags"}
"""In all of them `beta-blocker #1` is one text."""
ONE_WORD = re.compile(r"true|false|[a-z0-9]+(?:-[a-z0-9]+)+")
STANDARD = re.compile(r"tag:yaml\.org,2002:(?:str|int|float|bool|null|timestamp|seq|map|set)")
NAMED = re.compile(r"[!&]\S*")
ESCAPE = re.compile(
    r"\\(?P<sign>\n|.)"
    r"(?P<rest>(?<=x)[\da-fA-F]{2}|(?<=u)[\da-fA-F]{4}|(?<=U)[\da-fA-F]{8}|[A-Za-z]*)"
)
"""With the number of a character, or with the letters that make a word of it."""
DRIVE = re.compile(r"(?<![A-Za-z])[A-Za-z]:\Z")
"""Before the first folder of a path on Windows."""
TAG = say("“{text}” is a tag to YAML and left out (put the whole text in quotes)")
ANCHOR = say("“{text}” is an anchor to YAML and left out (put the whole text in quotes)")
UNSEEN = say("a character that nobody sees")
LOST_ESCAPES = {
    "a": UNSEEN,
    "b": UNSEEN,
    "e": UNSEEN,
    "f": UNSEEN,
    "v": UNSEEN,
    "0": UNSEEN,
    " ": say("a space"),
    "N": say("a line break"),
    "L": say("a line break"),
    "P": say("a line break"),
    "_": say("a space"),
}
FORMULAS = {
    "n": (
        say("a line break"),
        re.compile(r"nu|ne|neq|neg|nabla|not|notin|ni|nmid|nsim|nleq|ngeq|nexists"),
    ),
    "t": (
        say("a tab"),
        re.compile(r"tau|theta|times|text\w*|to|tan|tanh|tilde|therefore|tfrac|top|triangle\w*"),
    ),
    "r": (say("a line break"), re.compile(r"rho|right\w*|rm|Re|rangle|root|rceil|rfloor")),
}
"""Escapes that one may mean; with the letters after them they make a sign of a formula."""
ITEM = re.compile(r"[ \t]*(?:(?P<bullet>[-+*•])|\d{1,3}[.)])[ \t]+(?P<said>\S)")
ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
SET_APART = re.compile(r"\n[^\S\n]*(?:\n|[-+*•|]|\d{1,3}[.)][ \t])")
"""Without a line that begins so or is empty, nothing is lost when lines are read as one."""
THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
CLOSE = re.compile(r"[\d.]*\d,\S.*")
"""A number that a comma follows closely: `0,5` or `47,XXY`."""
FOLDED = re.compile(r"\\\n[ \t]*\Z")
"""Where programs break a line between words: a space begins the next with a backslash."""
CUT = 30


@dataclass(frozen=True)
class Loss:
    """What YAML takes from one value, where, and how the value is written so that it stays."""

    line: int
    column: int
    message: str
    start: int
    end: int
    instead: str | None
    """What the author's text from `start` to `end` has to become; None if that is not sure."""

    def row(self) -> tuple[int, int, str, str]:
        """Line, column, code and message."""
        return self.line, self.column, CODE, self.message


@dataclass
class Losses:
    """Looks at each scalar of a text while it is composed."""

    text: str
    found: list[Loss] = field(default_factory=list)
    anchors: dict[str, Loss] = field(default_factory=dict)
    flow: bool = False
    """Whether a bracket is open."""
    _brackets: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.may_have_comments = " #" in self.text or "\t#" in self.text
        self._may_go_on = self.may_have_comments and bool(BELOW.search(self.text))

    def scalar(self, event: Any, name: Callable[[], str | None]) -> None:
        """A value, and what tells its field; none for the name of a field itself."""
        if not event.style and self.may_have_comments:
            self.plain(event, event.end_mark.index, name)
        elif event.style == '"':
            self._escapes(event)
        elif event.style in ("|", ">") and not event.value.strip():
            self._header(event)
        if event.tag is not None and not STANDARD.fullmatch(event.tag):
            self.found.append(self._named(event, TAG))
        if event.anchor is not None:
            self.anchors[event.anchor] = self._named(event, ANCHOR)
        if event.style != "|" and event.start_mark.line != event.end_mark.line:
            self.found += self._folded(event, name())

    def opened(self, event: Any) -> None:
        """A mapping or a list begins; a tag before it was meant as text."""
        self._brackets.append(self.flow)
        self.flow = bool(event.flow_style)
        if event.tag is not None and not STANDARD.fullmatch(event.tag):
            self.found.append(self._named(event, TAG))

    def closed(self) -> None:
        """A mapping or a list ends."""
        self.flow = self._brackets.pop()

    def listed(self, event: Any, before: Any, name: str | None) -> None:
        """Two entries of a list in brackets that may have been one number."""
        first = before.start_mark if name in LISTS else before.end_mark
        start = first.index if name in LISTS else first.index - 1
        piece = self.text[start : event.end_mark.index]
        number = CLOSE if name in LISTS else THOUSANDS
        if number.fullmatch(piece):
            mark = before.start_mark
            said = self.text[mark.index : event.end_mark.index]
            message = say(
                "{text} is read as two entries (put it in quotes; or a space after the comma)",
                text=said,
            )
            self.found.append(self._loss(mark.line, mark.column, message, before, event, _quoted))

    def done(self, used: set[str]) -> list[Loss]:
        """All that was lost. An anchor that something refers to is meant as one."""
        unused = [loss for anchor, loss in self.anchors.items() if anchor not in used]
        return [*self.found, *unused]

    def plain(self, event: Any, at: int, name: Callable[[], str | None]) -> None:
        """A value without quotes that ends at a place, and what may have been cut from it."""
        after = self.text[at : at + 1]
        if after == "\n":
            if not self._may_go_on:
                return
            found = BELOW.match(self.text, at)
            if found and event.value and len(found["indent"]) > self._indent(event.start_mark):
                self._cut(event, found, name())
            return
        if after not in (" ", "\t") and self.text[at - 1 : at] not in (" ", "\t"):
            return
        at = len(self.text[:at].rstrip(" \t")) if not event.value else at
        found = COMMENT.match(self.text, at)
        if found:
            self._cut(event, found, name())

    def _indent(self, mark: Any) -> int:
        """Where the field or the entry begins whose value begins at a mark."""
        line = self.text[mark.index - mark.column : mark.index]
        found = STARTS.match(line)
        start = found.end() if found else 0
        return start if line[start:].strip() else line.rfind("-")

    def _cut(self, event: Any, found: re.Match[str], name: str | None) -> None:
        """Say what YAML takes for a comment, unless it is one."""
        if _is_comment(found, event.value, name):
            return
        line = self.text.count("\n", 0, found.start("said")) + 1
        column = found.start("said") - self.text.rfind("\n", 0, found.start("said"))
        said = _short(found["said"])
        message = say(
            "“{text}” is a comment to YAML and left out (put the whole text in quotes)", text=said
        )
        start = event.start_mark.index if event.value else found.start("said")
        whole = self.text[start : found.end("said")].rstrip()
        instead = None if self.flow else _quoted(whole)
        self.found.append(Loss(line, column, message, start, start + len(whole), instead))

    def _header(self, event: Any) -> None:
        """`>5` alone: to YAML the text stands on the lines below, and there are none."""
        start = event.start_mark.index
        said = self.text[start:].partition("\n")[0].rstrip()
        message = say(
            "“{text}” begins a text of several lines to YAML (put it in quotes)", text=said
        )
        place = event.start_mark.line + 1, event.start_mark.column + 1
        end = start + len(said)
        self.found.append(Loss(*place, message, start, end, _quoted(said)))

    def _escapes(self, event: Any) -> None:
        start = event.start_mark.index
        raw = self.text[start : event.end_mark.index]
        for each in ESCAPE.finditer(raw) if "\\" in raw else ():
            what = _lost_by(each, raw)
            if what and not (each["sign"] == " " and FOLDED.search(raw, 0, each.start())):
                line = event.start_mark.line + raw.count("\n", 0, each.start()) + 1
                at = start + each.start()
                column = at - self.text.rfind("\n", 0, at)
                said = each[0]
                message = say(
                    "{text} means {thing} between double quotes (write \\{text})",
                    text=said, thing=what,
                )
                self.found.append(Loss(line, column, message, at, at, "\\"))

    def _named(self, event: Any, what: Said) -> Loss:
        mark = event.start_mark
        said = NAMED.match(self.text, mark.index)
        shown = said[0] if said else self.text[mark.index : mark.index + 1]
        message = shaped(what, text=shown)
        sure = hasattr(event, "value") and not event.style and not self.flow
        if sure and not event.value:  # the tag or the anchor is all there is
            end = mark.index + len(shown)
            return Loss(mark.line + 1, mark.column + 1, message, mark.index, end, _quoted(shown))
        return self._loss(mark.line, mark.column, message, event, event, _quoted if sure else None)

    def _loss(
        self, line: int, column: int, message: str, first: Any, last: Any, how: Any
    ) -> Loss:
        start, end = first.start_mark.index, last.end_mark.index
        instead = how(self.text[start:end]) if how else None
        return Loss(line + 1, column + 1, message, start, end, instead)

    def _folded(self, event: Any, name: str | None) -> Iterator[Loss]:
        """The lines of a value that come out as one, where that changes what they say."""
        start, end = event.start_mark.index, event.end_mark.index
        raw = self.text[start:end].rstrip()
        if not SET_APART.search(raw):
            return
        quoted = event.style in ("'", '"')
        lines = (raw[1:-1] if quoted else raw).split("\n")[1 if event.style == ">" else 0 :]
        lost = _joined(lines, event.value, quoted)
        if lost is None:
            return
        number, what = lost
        line = event.start_mark.line + number + (2 if event.style == ">" else 1)
        column = len(lines[number]) - len(lines[number].lstrip()) + 1 if number else 1
        field = name or "text"
        message = say(
            "{fault} (write {field}: | and all of the text on the lines below it)",
            fault=what, field=field,
        )
        instead = None if self.flow else _literal(raw, event.style)
        yield Loss(line, column, message, start, start + len(raw), instead)


def _is_comment(found: re.Match[str], value: str, name: str | None) -> bool:
    """Whether what looks like a comment behind a value is one, rather than more of its text."""
    if name is None or name in NAMES or (name not in TEXTS and ONE_WORD.fullmatch(value)):
        return True
    return bool(WIDE.match(found[0])) and bool(value)


def _lost_by(found: re.Match[str], raw: str) -> str | None:
    """What an escape becomes that was meant as text; None for one that is meant."""
    sign, rest = found["sign"], found["rest"]
    if sign in LOST_ESCAPES:
        return LOST_ESCAPES[sign]
    if sign in "xuU":
        return UNSEEN if _is_hidden(chr(int(rest, 16))) else None
    what, formula = FORMULAS.get(sign, ("", None))
    is_meant = formula and (formula.fullmatch(sign + rest) or DRIVE.search(raw, 0, found.start()))
    return what if is_meant else None


def _is_hidden(sign: str) -> bool:
    """Whether nobody can be shown a character: no program reads a file that has it."""
    return unicodedata.category(sign) in ("Cc", "Cn", "Cs") and sign not in "\t\n\r"


def _joined(lines: list[str], value: str, quoted: bool) -> tuple[int, str] | None:
    """Which line of a folded value is lost as a line, and what happens to it."""
    kept = {one.strip() for one in value.split("\n")}
    items = [n for n, one in enumerate(lines) if n and ITEM.match(one) and one.strip() not in kept]
    if len(items) > 1 or any(_is_item(lines[n]) for n in items):
        return items[0], say("the lines of a list are read as one")
    for number, one in enumerate(lines):
        if number and ROW.fullmatch(one) and one.strip() not in kept:
            return number, say("the lines of a table are read as one")
    if quoted:  # programs write a line break so
        return None
    for n in range(1, len(lines) - 1):  # two empty lines make a paragraph, one makes none
        before, here, after = (one.strip() for one in lines[n - 1 : n + 2])
        if before and not here and after and f"{before}\n{after}" in value:
            return n, say("an empty line is left out, so that two paragraphs become one")
    return None


def _is_item(line: str) -> bool:
    found = ITEM.match(line)
    return bool(found and found["bullet"] and not found["said"].isdigit())


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _literal(raw: str, style: str | None) -> str | None:
    """A folded value with `|`, which keeps its lines."""
    if style == ">":
        return f"|{raw[1:]}"
    first, *rest = raw.split("\n")
    indents = [len(one) - len(one.lstrip(" ")) for one in rest if one.strip()]
    if style or not indents or min(indents) != indents[0]:
        return None
    body = "\n".join([" " * min(indents) + first.rstrip(), *rest])
    return f"|\n{body}"


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= CUT else f"{text[:CUT].rstrip()}…"
