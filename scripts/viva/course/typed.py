"""What was typed is what is read: a text beside its HTML, less the markup of Markdown.

Both are walked side by side. Whatever is typed and not shown has to be markup where it stands;
whatever is shown and not typed has to be something that Markdown adds, such as the number of a
note. All else is lost, and is said: this is the net under everything that nobody thought of.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from viva.base.letters import UNSPACED
from viva.base.reader import CONTROL
from viva.base.words import Said, say
from viva.course.outline import VOID, names, outline
from viva.formulas.linear import LOWERED, RAISED

# Emphasis around whole words and nothing else: what most marked-up fields hold. To convert it by
# hand costs a hundredth of a run of the Markdown library, which gives the same HTML. Patterns that
# begin with a sign are found ten times as fast as those that begin with what stands before it.
EMPHASIS = re.compile(
    r"\*(?<![\w*]\*)(\*?)(?=[\w(])([^*_`\[\]<>&^~|\\#!{}\n+=]*[\w).,;:?%°])\*\1(?![\w*])"
)
CLEAN = re.compile(
    rf"{EMPHASIS.pattern}|\[@[\w:.; @-]+\]|\[[\w ,.()'’–-]+\]\([\w./#:-]+\)"
    r"|(?<=[A-Za-z)])~\d+~(?!\d)|(?<=\w)\^[-−+]?\d+[-−+]?\^(?![\w^])|[&=+](?=\s)|\s[<>](?=\s)|!(?=\s|$)"
)
"""What is plainly markup, or plainly none: with this and words alone nothing can be lost."""
SKIPPED = names("script style template title")
ADDED = names(
    "headerlink footnote-ref footnote-backref viva-cites toc admonition-title linenos "
    "caption-prefix filename"
)
"""Classes of what Markdown adds to what was typed."""
WORD = re.compile(r"[^\W_]+")
LETTER = re.compile(f"[{UNSPACED}]")
"""One of a script in which a word ends where the next begins: emphasis has letters around it."""
SPACE = re.compile(r"[\s\u200b\ufeff]+")
PLAIN = re.compile(r"(?:[^\n*_~^`\[\]<>{}|\\#&$]+|\n(?=[^\W\d_]))+")
"""What is mostly no markup."""
SMART = {
    **dict.fromkeys("“”„", ('"', "``", "''")),
    **dict.fromkeys("‘’‚", ("'", "`")),
    "–": ("--",),
    "—": ("---", "--"),
    "…": ("...", ". . ."),
    "«": ("<<",),
    "»": (">>",),
}
"""Signs of good print, and how one types them where an extension makes them."""
MATHS = "pymdownx.arithmatex"
KNOWN = names(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes md_in_html meta "
    "nl2br sane_lists smarty tables toc pymdownx.arithmatex pymdownx.betterem "
    "pymdownx.blocks.admonition pymdownx.blocks.caption pymdownx.blocks.details pymdownx.caret "
    "pymdownx.details pymdownx.extra "
    "pymdownx.highlight pymdownx.inlinehilite pymdownx.mark pymdownx.saneheaders "
    "pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde "
    "viva.course.boxes viva.course.literal"
)
"""Extensions whose markup is known here; others may show anything in the place of anything."""
# Markup by the character that it begins with; `line` begins a line, within quotes and lists too.
LINE = re.compile(
    r"""
      \#{1,6}(?=[ \t]) | [-+*](?=[ \t]) | >(?=[ \t>]|$|\S) | :(?=[ \t])
    | (?:!!!|\?\?\?\+?|===[!+]?)[ ]?
      (?:[\w -]*"|[\w-]*(?:[ ]+(?:inline|end))*[ ]*$) | (?:[-*_][ \t]*){3,}$ | [=-]{2,}[ \t]*$
    | (?:```+|~~~+)[^\n]* | ///[^\n]*(?:\n(?:[ ]{4}[^\n]+|[ \t]*[a-z]+:[^\n]*))*
    | \*\[[^\]\n]+\]:[^\n]*
    | \[(?!\^)[^\[\]\n]+\]:[ \t]*\S+[ \t]*
      (?:\n?[ \t]*(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$
    | \|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$ | \[TOC\] | \$\$ | \[\^[^\]\s]+\]:
    """,
    re.VERBOSE | re.MULTILINE,
)
INLINE = re.compile(
    r"""
      <!--(?P<comment>.*?)--> | <(?=[A-Za-z][\w+.-]*:|[^\s<>]+@) | </?[A-Za-z][^<>]*> | >(?=\W|$|\w)
    | !?\[\^[^\]\s]+\] | \[@[^\[\]\n]*\] | !?\[
    | \]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*(?:\n[^()\n]*)?\) | \]\[[^\[\]\n]*\] | \]
    | `+ | \| | \\(?=[^\w\s]|_) | \#+(?=[ \t]*(?:\n|$)) | \{:?[^{}\n]*\}
    | "(?=[ \t]*(?:\n|$))
    | \*{1,3} | _{1,3} | ~~?(?!~) | \^\^?(?!\^) | ==(?!=) | \+\+(?!\+) | \$\$?
    """,
    re.VERBOSE | re.DOTALL,
)
NUMBER = re.compile(r"(\d{1,9})[.)](?=[ \t])")
FORMULA = re.compile(r"\\[()\[\]]")
BOX = re.compile(r"(?:!!!|\?\?\?\+?)[ ]?[\w-]+[ ][\w -]*$", re.MULTILINE)
"""A box with a title of several words and without quotes: the first of them is its kind."""
COUNTED = re.compile(r"(\d+)\.")
DEFINITION = re.compile(r"(?P<star>\*?)\[(?P<label>[^\]\n^]+)\]:")
ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
FENCED = re.compile(r"^([ ]*)(`{3,}|~{3,})[^`\n]*\n.*?(?:^\1\2[`~]*[ ]*$|\Z)", re.M | re.S)
"""A block of code, and all that follows a fence which nothing ends."""
NOTE = re.compile(
    r"^(?P<indent>[ ]*)\[\^[^\]\s]+\]:.*"
    r"(?:\n(?:(?P=indent)[ ]{4}.*|[ \t]*(?=\n(?P=indent)[ ]{4})|(?![ ]*\[\^)[ ]*\S.*))*",
    re.MULTILINE,
)
DEEP = 4
"""A note so far in stands in a box or a list, or is an example in a block of code."""
BEFORE = re.compile(r"[ \t]*(?:(?:>|[-+*:]|\d{1,9}[.)]|\#{1,6}|!!!.*?\")[ \t]*)*")
LOOK = 400
AGREE = 4
TRIES = 4000
DOUBTS = 50
ON_LINE = str.maketrans(
    {high: sign for signs in (RAISED, LOWERED) for sign, high in signs.items()} | {"−": "-"}
)
"""What a heading shows raised or lowered, as it was typed between `^` or `~`."""


@dataclass(frozen=True)
class Lost:
    """Something typed at a place of a text that its readers do not see, and what to do."""

    at: int
    said: str
    message: str


@dataclass
class Seen:
    """The characters of some HTML that a reader sees, without spaces."""

    text: list[str] = field(default_factory=list)
    added: list[bool] = field(default_factory=list)
    """Whether a character may have come from Markdown rather than from the author."""
    _open: list[tuple[str, bool, bool]] = field(default_factory=list)
    """Each open element: its name, whether what it says is added, and whether it is never seen."""
    _counts: list[int | None] = field(default_factory=list)

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element; a list gives numbers, an image its words."""
        if tag == "img":
            self._say(given.get("alt", ""))
        if tag in VOID:
            return
        if tag in ("ol", "ul"):
            start = given.get("start", "1")
            self._counts.append((int(start) if start.isdecimal() else 1) if tag == "ol" else None)
        added, skipped = self._open[-1][1:] if self._open else (False, False)
        kinds = given.get("class", "").split()
        added = added or tag == "summary" or not ADDED.isdisjoint(kinds)
        self._open.append((tag, added, skipped or tag in SKIPPED))
        if tag == "li" and self._counts and self._counts[-1] is not None:
            number = self._counts[-1]
            self.text.append(f"{number}.")
            self.added += [True] * len(self.text[-1])
            self._counts[-1] = number + 1

    def end(self, tag: str) -> None:
        """The end of an element, and of whatever was left open inside it."""
        if tag in ("ol", "ul") and self._counts:
            self._counts.pop()
        if any(tag == name for name, _, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def data(self, data: str) -> None:
        """Text."""
        self._say(data)

    def _say(self, text: str) -> None:
        _, added, skipped = self._open[-1] if self._open else ("", False, False)
        if not skipped:
            said = _bare(text)
            self.text.append(said)
            self.added += [added] * len(said)


def lost(text: str, html: str, comments: bool = True) -> list[Lost]:
    """What of a Markdown text its HTML does not show. `comments` may stand in it unseen."""
    seen = Seen()
    outline(html, seen)
    return unseen(text, seen, comments)


def unseen(text: str, seen: Seen, comments: bool = True) -> list[Lost]:
    """What of a Markdown text is not among what its readers see."""
    text, shown = text.translate(ON_LINE), "".join(seen.text).translate(ON_LINE)
    found = list(_Walk(text, shown, seen.added, comments).lost())
    if found and any(len(note["indent"]) >= DEEP for note in NOTE.finditer(text)):
        other = list(_Walk(text, shown, seen.added, comments, deep=True).lost())
        return min(found, other, key=len)
    return found


def is_known(extensions: Iterable[tuple[str, Mapping[str, Any]]]) -> bool:
    """Whether the markup of all these extensions is known here."""
    return all(
        name in KNOWN and (name != MATHS or bool(options.get("generic")))
        for name, options in extensions
    )


def _bare(text: str) -> str:
    """A text without its spaces, those that nobody sees included."""
    bare = "".join(text.split())  # ten times as fast as a pattern
    return bare if bare.isascii() else SPACE.sub("", bare)


def _meant(entity: str) -> str:
    """What an entity of HTML shows; nothing for a space, and where there is no such character."""
    return "" if _is_forbidden(entity) else _bare(unescape(entity))


def _is_forbidden(text: str) -> bool:
    """Whether a text begins with the number of a character that nobody can be shown."""
    found = ENTITY.match(text)
    said = unescape(found[0]) if found else "-"
    return not said or said == "\ufffd" or bool(CONTROL.match(said))


def _seen_most(place: tuple[int, int]) -> tuple[int, int]:
    """What makes one way better than another: that more of what is shown was typed."""
    return place[1], place[0]


def _notes_last(text: str, deep: bool) -> tuple[str, list[int]]:
    """A text with its footnotes at the end, as they are shown, and where each character was."""
    places = list(range(len(text)))
    if "[^" not in text:
        return text, places
    bare = FENCED.sub(lambda code: " " * len(code[0]), text)
    found = NOTE.finditer(bare)
    notes = [one.span() for one in found if deep or len(one["indent"]) < DEEP]
    moved = {n for start, end in notes for n in range(start, end)}
    order = [n for n in places if n not in moved]
    made = [text[n] for n in order]
    for start, end in notes:
        order += [start, *range(start, end)]
        made += ["\n", *text[start:end]]
    return "".join(made), order


class _Walk:
    """Two texts side by side, with the ways not taken at each doubt."""

    def __init__(
        self, text: str, shown: str, added: list[bool], comments: bool, deep: bool = False
    ) -> None:
        self.text, self.places = _notes_last(text, deep)
        self.shown, self.added, self.comments = shown, added, comments
        self.tries = 0

    def lost(self) -> Iterator[Lost]:
        """Everything that is lost, in order."""
        i = j = 0
        while True:
            i, j, done = self._walk(i, j)
            if done:
                return
            loss, i, j = self._loss(i, j)
            if loss:
                yield loss

    def _walk(self, i: int, j: int) -> tuple[int, int, bool]:
        """As far as both go together; the furthest place, and whether it is the end."""
        doubts = deque[tuple[int, int]](maxlen=DOUBTS)
        best = (i, j)
        while True:
            i = self._spaces(i)
            if i >= len(self.text) and self._rest_is_added(j):
                return i, j, True
            step = self._same(i, j)
            if step:
                other = self._markup(i, j) if step[0] - i == 1 else 0
                if other:
                    doubts.append((i + other, j))
                if j < len(self.shown) and self.added[j]:
                    doubts.append((i, self._after_added(j)))
                i, j = step
            elif other := self._markup(i, j):
                if j < len(self.shown) and self.added[j]:
                    doubts.append((i, self._after_added(j)))
                i += other
            elif j < len(self.shown) and self.added[j]:
                j += 1
            else:
                best = max(best, (i, j), key=_seen_most)
                self.tries += 1
                if not doubts or self.tries > TRIES:
                    return *best, False
                i, j = doubts.pop()

    def _after_added(self, j: int) -> int:
        while j < len(self.shown) and self.added[j]:
            j += 1
        return j

    def _spaces(self, i: int) -> int:
        found = SPACE.match(self.text, i)
        return found.end() if found else i

    def _rest_is_added(self, j: int) -> bool:
        return all(self.added[j:])

    def _same(self, i: int, j: int) -> tuple[int, int] | None:
        """Where both go on after what is the same in both."""
        if i >= len(self.text) or j >= len(self.shown):
            return None
        run = PLAIN.match(self.text, i)
        if run and self.shown.startswith(said := _bare(run[0]), j):
            return run.end(), j + len(said)
        number = NUMBER.match(self.text, i) if self.added[j] else None
        if number and self._at_edge(i):
            shown = COUNTED.match(self.shown, j)
            if shown and number[1] in ("1", shown[1]):
                return number.end(), shown.end()
        word = WORD.match(self.text, i)
        if word and self.shown.startswith(word[0], j):
            return word.end(), j + len(word[0])
        entity = ENTITY.match(self.text, i)
        said = _meant(entity[0]) if entity else ""
        if entity and said and said != entity[0] and self.shown.startswith(said, j):
            return entity.end(), j + len(said)
        if FORMULA.match(self.text, i) and FORMULA.match(self.shown, j):
            return i + 2, j + 2
        if self.text[i] == self.shown[j]:
            return i + 1, j + 1
        if self.text[i] == "$" and FORMULA.match(self.shown, j):
            return i + (2 if self.text.startswith("$$", i) else 1), j + 2
        for smart in SMART.get(self.shown[j], ()):
            if self.text.startswith(smart, i):
                return i + len(smart), j + 1
        return None

    def _at_edge(self, i: int) -> bool:
        start = self.text.rfind("\n", 0, i) + 1
        found = BEFORE.fullmatch(self.text, start, i)
        return bool(found)

    def _markup(self, i: int, j: int) -> int:
        """How many characters of markup stand at a place."""
        if i >= len(self.text):
            return 0
        if self._at_edge(i):
            found = LINE.match(self.text, i)
            if found:
                return len(found[0]) if self._is_used(found[0]) else 0
        entity = ENTITY.match(self.text, i)
        if entity and not _meant(entity[0]) and not _is_forbidden(entity[0]):  # a space
            return len(entity[0])
        found = INLINE.match(self.text, i)
        if not found or (found["comment"] is not None and not self.comments):
            return 0
        return len(found[0]) if self._is_meant(found) else 0

    def _is_used(self, line: str) -> bool:
        """Whether a definition explains or leads anywhere; other lines always count."""
        found = DEFINITION.match(line)
        if not found:
            return True
        again = found["label"] if found["star"] else f"[{found['label']}]"
        return self.text.casefold().count(again.casefold()) > 1

    def _is_meant(self, found: re.Match[str]) -> bool:
        """Signs within a word or a number are no markup, but for marked letters and indices, and
        where words stand without spaces."""
        sign = found[0][0]
        before = self.text[found.start() - 1] if found.start() else " "
        after = self.text[found.end() : found.end() + 1] or " "
        within = before.isalnum() and after.isalnum()
        if sign == "*" and within and not LETTER.search(before + after):
            head = self.text[:found.start()].rsplit(None, 1)[-1]
            return bool(re.match(r"\W*\*", head))
        if sign == "_":
            return not within
        return sign != "#" or not self._at_edge(found.start())

    def _loss(self, i: int, j: int) -> tuple[Lost | None, int, int]:
        """What is lost at a place, and where both go on together."""
        while j and self.added[j - 1]:  # what was passed over in vain
            j -= 1
        box = BOX.match(self.text, i)
        if box and self.added[j : j + 1] == [True]:
            a, b = box.end(), self._after_added(j)
            return self._said(i, a, j, b), a, b
        for size in range(1, LOOK):
            for ahead in range(size + 1):
                a, b = i + ahead, j + size - ahead
                if a <= len(self.text) and b <= len(self.shown) and self._meets(a, b):
                    return self._said(i, a, j, b), a, b
        a, b = len(self.text), len(self.shown)
        return self._said(i, a, j, b), a, b

    def _meets(self, a: int, b: int) -> bool:
        """Whether both go on together from here, for some characters or to the end."""
        start = b
        while b - start < AGREE:
            a = self._spaces(a)
            if a >= len(self.text):
                return self._rest_is_added(b)
            step, markup = self._same(a, b), self._markup(a, b)
            if step:
                a, b = step
            elif markup:
                a += markup
            else:
                return False
        return True

    def _said(self, i: int, a: int, j: int, b: int) -> Lost | None:
        typed = " ".join(self.text[i:a].split())
        read = self.shown[j:b]
        if not typed:  # a name of a figure, of a box, of a file of code
            return None
        at = self.places[i] if i < len(self.places) else max(len(self.places) - 1, 0)
        return Lost(at, typed, self._message(i, typed, read))

    def _message(self, i: int, typed: str, read: str) -> Said:
        short = typed if len(typed) <= 30 else f"{typed[:30].rstrip()}…"
        line = self.text[self.text.rfind("\n", 0, i) + 1 :].partition("\n")[0]
        number = NUMBER.match(self.text, i)
        if number and self._at_edge(i) and read:
            return say(
                "the list counts on, so that {text} is not shown (write {instead})",
                text=number[0], instead=f"{number[1]}\\.",
            )
        if BOX.match(typed):
            return say(
                "“{text}” is shown as “{shown}” (put the title of a box in quotes)",
                text=short, shown=read[:30],
            )
        if DEFINITION.match(typed):
            return say(
                "“{text}” explains nothing in this text "
                "(delete it, or write a backslash before it)",
                text=short,
            )
        if typed.startswith("<!--"):
            return say("a comment is not shown here (delete it, or write \\<!--)")
        if _is_forbidden(typed):
            return say(
                "{text} is the number of no character that can be shown "
                "(write the character itself, or a backslash before the &)",
                text=short,
            )
        if line.count("|") > 1:
            return say(
                "“{text}” is not shown: its row has more cells than the head "
                "(write \\| for a sign)",
                text=short,
            )
        if typed and read:
            return say(
                "“{text}” is shown as “{shown}” (write a backslash before the sign)",
                text=short, shown=read[:30],
            )
        return say(
            "“{text}” is not shown (write a backslash before the sign, or use `code`)", text=short
        )
