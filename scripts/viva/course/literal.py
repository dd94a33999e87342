"""An extension of Markdown: signs of a text stay signs, lists and tables are what they look like.

Markdown and HTML take `ALT <ULN and AST >ULN` for a tag and `4*10^9/L and 11*10^9/L` for italics.
Here, before anything else reads them, signs that cannot be meant as markup become characters that
nobody types; the last step turns these back. So no other part of Markdown needs to know of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from html.entities import html5
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import INLINE_PLACEHOLDER_RE, STX

from viva.base.letters import UNSPACED
from viva.course import alone, nesting, raised, tags
from viva.course.slugs import Anchors
from viva.course.tags import ATTRIBUTE, TAG
from viva.course.typed import FENCED
from viva.formulas import typed

NAME = "viva.course.literal"
SIGNS = "<>*_~^{[(#+-.!?=$&|`:)\\"
HIDE = {ord(sign): chr(0xFDD0 + number) for number, sign in enumerate(SIGNS)}
SHOW = {ord(hidden): escape(chr(sign)) for sign, hidden in HIDE.items()}
HIDDEN = re.compile("[\ufdd0-\ufdef]")
COVERED = {ord(sign): HIDE[ord(sign)] for sign in "<&|`*_^~$"}

RAW = "script|style|pre|textarea|svg|math|template"
FILE = r"\.[A-Za-z][A-Za-z0-9]{1,4}(?:[#?][^\s()]*)?"
LEADS = (
    r"\.{0,2}/|[A-Za-z][A-Za-z0-9+.-]+:\S|[^\s()]*(?:\#|/[)\s]|\.[A-Za-z][A-Za-z0-9]{1,9}(?![\w.]))"
    r"|[^\s()]{2,}\.[A-Za-z](?![\w.])"
)
"""What an address has: `i.v.`, `p<0.05` and `1:1000` behind brackets are no addresses."""
ADDRESS = (
    rf"[ \t]*(?:<[^<>\n]*>|(?={LEADS})(?:[^\s()]|\([^\s()]*\))+"
    rf"|[^\n()]*{FILE})(?:\s+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)"
)
TITLE = r"""(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\))"""
PAGE = rf"(?:[a-z][a-z0-9+.-]*:(?=\S)|//?|\.\.?/|\#)\S+|\S+?{FILE}"
CODE = r"(?<![`\\\w])(?P<ticks>`+)(?!`)(?:[^\n]|\n(?!\s*\n))*?(?<!`)(?P=ticks)(?!`)"

INNER = r"[^*\n<>$&`\[\]{}|\\_~^#"
WITHIN = (
    rf"(?<=[{UNSPACED}])(?P<many>\*\*\*?)(?![\s*]){INNER}]+(?<!\s)(?P=many)(?!\*)"
    rf"|(?<=[{UNSPACED}])\*(?![\s*]){INNER}、。，；]+(?<!\s)\*(?!\*)"
    rf"|(?<![\w*])(?P<few>\*{{1,3}})(?![\s*]){INNER}]+(?<!\s)(?P=few)(?=[{UNSPACED}])"
)
"""Emphasis between letters of a script without spaces, where a word can begin and end anywhere."""

TOKEN = re.compile(
    rf"""
    (?=[\x02\\`<*~^{{(\[$\#!?>=&_] | ^[ /+\-\d])
    (?: (?P<path>(?<=(?<!\w)[A-Za-z]:)\\[\w*%.~][^\s?"<>|`]*
      | (?<!\S)\\\\\w[\w.$-]*\\\w[^\s*?"<>|`]*)
  | (?P<escaped>\\[<&])
  | (?P<within>(?<=[/\#?=&.:-])_+(?=\w))
  | (?P<formula>{typed.BLOCK}|{typed.LINE})
  | (?P<kept>\x02[^\x03]*\x03 | \\[^\sA-Za-z0-9] | {CODE}
      | (?i:<(?P<raw>{RAW})\b[^>]*>.*?</(?P=raw)\s*>) | <!--.*?-->
      | <[A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*> | <[^<>\s!]+@[^@<>\s]+\.[^@<>\s]+>
      | ^///[^\n]*(?:\n(?:[ ]{{4}}[^\n]*|[ \t]*[a-z]+:[^\n]*))*
      | ^[ ]{{0,3}}\[[^\[\]\n^]+\]:[ \t]*<?(?:{PAGE})>?[ \t]*(?:\n?[ \t]*{TITLE}[ \t]*)?$
      | (?<=\])\({ADDRESS}
      | (?<=\])\[[^\[\]\n]*\]
      | \{{:?[ \t]*{ATTRIBUTE}(?:\s+{ATTRIBUTE})*[ \t]*\}} | \{{(?:\+\+|--|==|~~|>>)
      | (?<=\*/)\*(?=\S)[^*/\n]*(?<!\s)\*(?![\w*])
      | (?<![\w*])\*[^\W\d_]+\*(?!\*) | (?<![\w*])\*\*[\w.,/-]+\*\*(?!\*)
      | {WITHIN}
    )
  | (?P<name>(?<![\w_])_(?:[^\W_]+_+)+[^\W_]+_+(?!\w) | (?<![\w_])__[^\W_]+__(?=\.[A-Za-z]))
  | (?P<known>{TAG})
  | (?P<less><)
  | (?P<definition>^[ ]{{0,3}}\[(?=[^\[\]\n^]+\]:))
  | (?P<link>(?<=\])\()
  | (?P<brace>\{{)
  | (?P<power>(?<=\w)\*\*(?=\d) | (?<=\d)~~(?=\d) | (?<=\d)\^\^(?=\d))
  | (?P<star>(?<=[\w)\]/%°])(?<!\*)\*(?!\*)(?=[\w(\[]|[.−-]\d)|(?<=['"′″])\*(?=\d))
  | (?P<after>(?<=[\w)\]%.])(?<!\*)\*{{1,3}}(?![\w*]))
  | (?P<sub>(?<!~)~(?!~)(?P<low>[^\s~]+)~(?!~))
  | (?P<sup>(?<!\^)\^(?!\^)(?P<high>[^\s^]+)\^(?!\^))
  | (?P<more>^[ ]*> | (?<=[-+*.)>:\s][ ])>)
  | (?P<item>^[ ]{{0,3}}(?:[-+*](?=[ ]+)|\d{{3,}}\.(?=[ ])|\d{{1,2}}\)(?=[ ])))
  | (?P<deep>^[ ]{{4,}}[-+](?=[ ]+[\d.]))
  | (?P<number>(?<=[-+*.)][ ])\#{{1,6}}(?=[ ]))
  | (?P<box>^[ ]*(?:!!!|\?\?\?\+?)(?=[ ]?[\w-]))
  | (?P<hash>^[ ]{{0,3}}\#{{1,6}}(?=[^\s\#]))
  | (?P<closing>(?<=[^\s\#\\])\#+(?=[ \t]*$))
  | (?P<line>^[=-]{{1,2}}(?=[ \t]*$))
  | (?P<money>\$)
  | (?P<prime>(?<=\w)`)
  | (?P<slash>\\(?=[ \t]))
  | (?P<entity>&(?=[\w\#]))
  | (?P<blank>^[ ]{{0,3}}_{{4,}}(?=[ \t]*$))
    )
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
SUSPECT = re.compile(r"[<*~^{(#>!?$`&\\_]|^[ ]{0,3}(?:[-+=]|\d{1,3}[.)]|\[)", re.MULTILINE)

ITEM = r"[ ]{0,3}(?:[-+*]|\d{1,2}[.)])[ \t]+\S"
UNDER = re.compile(
    r"\n(?:(?=[ ]{0,3}(?:[-+*]|1[.)])[ \t]+\S)"
    r"|(?=[ ]{0,3}\d{1,2}[.)][ \t]+\S[^\n]*\n[ ]{0,3}\d{1,2}[.)][ \t]+\S)"
    r"|(?=[ ]{0,3}[^\n]*\|[^\n]*\n[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+(?:\n|$)))"
)
DEFINED = re.compile(
    r"^[ ]{0,3}:[ ]+\S[^\n]*\n(?:[ ]+[^\n]+\n)*(?=[^\s:][^\n]*\n[ ]{0,3}:[ ]+\S)", re.MULTILINE
)
LOCATION = re.compile(r"(?<![^\s(\[\"'])(?:[a-z][a-z0-9+.-]*://|www\.|(?:~|\.{1,2})?/)\S*\Z", re.I)
"""The beginning of an address that stands in a text by itself."""
OPENING = re.compile(r"(?<![\w)\]%.*\\])\*+(?=[^\s*])")
CLOSING = re.compile(r"(?<=[^\s*\\])\*+(?!\w|\*)")
BRACKETED = re.compile(r"^[ ]*\d{1,2}\)[ ]", re.MULTILINE)
SIGN = "".join(HIDE[ord(sign)] for sign in "<>+-")
MARKER = re.compile(
    r"(?P<dot>[•·‣◦▪●○–—](?=[ \t]+\S)|[•‣◦▪●○→✓✔✗✘☐☑](?=[ \t]*\S)|[-–](?=[^\W\d_]))"
    rf"|(?P<sign>[{SIGN}≤≥](?=[ \t]*\S))"
    r"|\(?(?:[a-zA-Z]|[ivx]{1,4}|\d{1,2})[.)][ \t]+\S"
)
GREATER = re.compile(r"=|[^\W_]|[ \t]*[=≥]?[ \t]*[-−+]?\d|>*[ \t]*(?:\n|\Z)")
"""What follows a `>` that means more than something."""
SIGNED = re.compile(r"^([ ]{0,3}[-+])[ ]", re.MULTILINE)
FOOTNOTE = re.compile(r"^[ ]{0,3}\*{2,3}[ ]+\S", re.MULTILINE)
"""`** p<0.01` under a table, where `* p<0.05` stands too."""
LIMIT = re.compile(
    r"[ ]*(?:>[ ]+(?=[<>≤≥]))?[<>≤≥](?:[A-Z]{2,}\b|[ ]*=?[ ]*[-−+]?\d(?!\d*[.)][ ]))"
)
"""A line that gives a limit, as `>65 years` and `>ULN`; `> 1. one` quotes a list."""
ENTRY = re.compile(r"[ ]*(?:[-+*]|\d{1,9}[.)])[ ]")
SHORT = 50
NEAR = 300
"""How much of a text on each side tells what an end of line means."""
SENTENCE = (".", ",", ";", ":", "?", "!", "-", "–", "(", "/")


class Literal(Extension):
    """Signs that are no markup are shown as they were typed."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take part in every step."""
        self.md = md
        md.registerExtension(self)
        # After fences of code are put away, before HTML is looked for.
        md.preprocessors.register(_Hide(md), "viva-hide", 23)
        md.postprocessors.register(_Show(md), "viva-show", -100)
        md.inlinePatterns.register(_Lines(r"\n", md), "viva-lines", 20)
        md.parser.blockprocessors.register(_Headings(md.parser), "hashheader", 70)
        raised.register(md)
        md.treeprocessors.register(Anchors(md), "viva-anchors", 6)  # before the table of contents
        md.parser.blockprocessors.register(_Under(md.parser), "viva-under", 12)
        # Before definitions are looked for.
        md.parser.blockprocessors.register(_Terms(md.parser), "viva-terms", 26)
        alone.leave(md)

    def reset(self) -> None:
        """Lists are read as typed, whatever other extensions have made of them."""
        for name in ("olist", "ulist"):
            if name in self.md.parser.blockprocessors:
                _count_as_typed(self.md.parser.blockprocessors[name])


def makeExtension(**options: Any) -> Literal:
    """What Markdown asks a module for."""
    return Literal(**options)


def hidden(text: str) -> str:
    """Markdown in which the signs that are no markup are characters that nobody types."""
    return TOKEN.sub(_hide, text) if SUSPECT.search(text) else text


def shown(html: str) -> str:
    """HTML with the signs back in their places."""
    return html.translate(SHOW) if HIDDEN.search(html) else html


class _Hide(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return hidden(nesting.deepened("\n".join(lines))).split("\n")


class _Show(Postprocessor):
    def run(self, text: str) -> str:
        return shown(text)


class _Headings(HashHeaderProcessor):
    """A heading has a space after its signs."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})[ \t]+(?=\S)(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)"
    )


class _Under(BlockProcessor):
    """A list or a table right under a line of text begins a block of its own."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(UNDER.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = UNDER.search(block)
        assert found
        blocks[:0] = [block[: found.start()], block[found.end() :]]


class _Terms(BlockProcessor):
    """A term right under what is said of another begins a block of its own."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(DEFINED.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = DEFINED.search(block)
        assert found
        blocks[:0] = [block[: found.end()].rstrip("\n"), block[found.end() :]]


class _Lines(InlineProcessor):
    """Lines that were meant as lines are kept: items with signs of their own, short lines."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        before = self._typed(data[max(0, m.start() - NEAR) : m.start()])
        if not is_kept(before, self._typed(data[m.end() : m.end() + NEAR])):
            return None, None, None
        return Element("br"), m.start(), m.end()

    def _typed(self, data: str) -> str:
        """A piece of text as it was before ends of lines and other markup were put away."""
        return INLINE_PLACEHOLDER_RE.sub(self._put_away, data) if STX in data else data

    def _put_away(self, found: re.Match[str]) -> str:
        """What stands for an element that was made already."""
        assert self.md is not None
        made = self.md.treeprocessors["inline"].stashed_nodes.get(found[1], "")  # type: ignore[attr-defined]
        if isinstance(made, str):
            return made
        return "\n" if made.tag == "br" else "".join(made.itertext())


def is_kept(text: str, rest: str) -> bool:
    """Whether the end of line between a text and the rest of its paragraph is meant to be seen."""
    before = text[text.rfind("\n") + 1 :].strip()
    after, _, then = rest.lstrip(" ").partition("\n")
    kind, last, following = _marker(after), _marker(before), _marker(then.partition("\n")[0])
    if kind and (kind in (last, following) or kind != "sign"):
        return kind in (last, following)
    if after.startswith(STX) or (after.startswith("{") and after.rstrip().endswith("}")):
        return False  # code, or a list of attributes
    if not before or not after or before.endswith(SENTENCE) or last:
        return bool(before and after and last and last == following)
    fits = len(before) + 1 + len(after.split(" ")[0]) < SHORT
    return fits and not after[0].islower() and len(after) < SHORT


def _marker(line: str) -> str:
    """The kind of sign by which a line begins like an item; empty for other lines."""
    found = MARKER.match(line.strip())
    return (found.lastgroup or "letter") if found else ""


def _count_as_typed(processor: Any) -> None:
    """A list begins at the number that was typed, whether a stop or a bracket follows it."""
    processor.LAZY_OL = False
    for name in ("RE", "CHILD_RE", "INDENT_RE"):
        pattern = getattr(processor, name).pattern
        setattr(processor, name, re.compile(pattern.replace(r"\d+\.", r"\d{1,9}[.)]")))


def _hide(found: re.Match[str]) -> str:
    kind, text = found.lastgroup or "", found[0]
    if kind == "formula":
        return _formula(found)
    if kind == "escaped":
        return text[1:].translate(HIDE)
    # Groups inside others end before them: the outermost is the last to end.
    judge = JUDGES.get(kind)
    return text if judge is None or judge(found) else text.translate(HIDE)


def _formula(found: re.Match[str]) -> str:
    """A formula of which nothing but the signs around it can be taken for markup.

    One that stands on lines of its own is a block; two dollars in a line make no other formula
    than one.
    """
    formula, text = found[0], found.string
    bare = formula.lstrip()
    if bare.startswith("\\begin"):
        return formula.translate(COVERED)
    size = 2 if bare[:2] in ("$$", "\\(", "\\[") else 1
    inside = formula[size:-size].translate(HIDE)
    if bare[:2] not in ("$$", "\\["):
        return formula[:size] + inside + formula[-size:]
    before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    after, _, following = text[found.end() :].partition("\n")
    if before.strip() or after.strip():
        return f"\\({inside}\\)"
    above = text[: found.start() - len(before)].rstrip(" ")
    start = "" if not above or above.endswith("\n\n") else f"\n{before}"
    end = "\n" if following.split("\n")[0].strip() else ""
    return f"{start}{formula[:size]}{inside}{formula[-size:]}{end}"


def formulas(text: str) -> Iterator[re.Match[str]]:
    """The formulas of a Markdown text, with the signs around them; none in code."""
    if not typed.SIGNS.search(text):
        return
    for found in TOKEN.finditer(FENCED.sub(lambda code: " " * len(code[0]), text)):
        if found.lastgroup == "formula":
            yield found


def _closes(found: re.Match[str]) -> bool:
    """Whether a star behind a word ends what another has begun: `7.5*` does not."""
    text = found.string
    start = text.rfind("\n\n", 0, found.start()) + 1
    last = text.rfind("*", start, found.start())
    if last < 0:
        return False
    first = len(text[start : last + 1].rstrip("*")) + start
    if OPENING.match(text, first):  # the usual case, and quick
        return True
    here = text[start : found.start()]
    return len(OPENING.findall(here)) > len(CLOSING.findall(here))


def _is_apart(found: re.Match[str]) -> bool:
    """`https://example.org/_x_` is an address with its signs; `and/_or_` is none."""
    text, end = found.string, found.start()
    return not LOCATION.search(text, max(text.rfind("\n", 0, end), 0, end - NEAR), end)


def _is_sub(found: re.Match[str]) -> bool:
    before, after = _around(found)
    if not before or before.isdigit() or not (before.isalpha() or before in ")]*_^\x03"):
        return False
    return not after.isdigit() and not (after.isalpha() and found["low"].isalpha())


def _is_sup(found: re.Match[str]) -> bool:
    before, after = _around(found)
    if not re.search(r"[^\W_]|[-+−*°′']", found["high"]):
        return False
    if after.isdigit() or re.search(r"\w[+*/=−-]\w|^[^\[]*\]", found["high"]):
        return False
    return not (before.isalnum() and after.isalpha() and found["high"].isalpha())


def _around(found: re.Match[str]) -> tuple[str, str]:
    text = found.string
    return text[found.start() - 1 : found.start()] if found.start() else "", text[
        found.end() : found.end() + 1
    ]


def _is_quote(found: re.Match[str]) -> bool:
    """A `>` before a number, right before a word, or alone is a sign, unless lines are quoted."""
    text, end = found.string, found.end()
    if not GREATER.match(text, end):
        return True
    start = text.rfind("\n", 0, end) + 1
    depth = text.count(">", start, end)
    here, *below = text[start:].split("\n", 2)[:2]
    above = text[:start].split("\n")[-2:-1]
    quoted = [line for line in (*above, *below) if _depth(line) >= depth]
    return bool(quoted) and not all(LIMIT.match(line) for line in (here, *quoted))


def _depth(line: str) -> int:
    """How many signs of a quotation a line begins with."""
    return line[: len(line) - len(line.lstrip(" >"))].count(">")


def _is_item(found: re.Match[str]) -> bool:
    """A lone `- 5` or `2019. Was` is text; so is a star that explains another one."""
    text, mark = found.string, found[0].strip()
    if mark.endswith(")"):
        return len(BRACKETED.findall(text)) > 1
    if mark[:-1].isdigit():
        return False
    if mark == "*" and FOOTNOTE.search(text):
        return False
    if mark in "+-" and _is_signed(found):
        return False
    if _begins(mark, text) > 1:
        return True
    if mark == "+":  # `+ ve`: nobody makes a list of one entry so
        return False
    if mark == "*":
        return not re.search(r"(?<=[\w)%])\*(?![\w*])", text)
    return not re.match(r"[ ]+[\d.]", text[found.end() :])


def _is_deep(found: re.Match[str]) -> bool:
    """`- 5 mm` alone in a box is a number; under an entry of a list it is one of another list."""
    text, start = found.string, found.start()
    above = [line for line in text[:start].split("\n")[-4:] if line.strip()][-1:]
    below = text[found.end() :].split("\n", 2)[1:2]
    return any(ENTRY.match(line) for line in (*above, *below))


def _is_signed(found: re.Match[str]) -> bool:
    """`+ quick` in the same lines as `- dear` says what is for and what against."""
    text, at = found.string, found.start()
    start, end = text.rfind("\n\n", 0, at), text.find("\n\n", at)
    block = text[max(start, 0) : end if end >= 0 else None]
    signed = set(SIGNED.findall(block))
    return any(f"{indent}-" in signed for indent in (one[:-1] for one in signed if one[-1] == "+"))


@lru_cache(maxsize=4)
def _begins(mark: str, text: str) -> int:
    """How many lines of a text begin with a mark: asked for each of them."""
    return len(re.findall(rf"^[ ]{{0,3}}{re.escape(mark)}[ ]", text, re.MULTILINE))


def _is_box(found: re.Match[str]) -> bool:
    """A box has a title in quotes, or something in it."""
    line, _, rest = found.string[found.end() :].partition("\n")
    indent = len(found[0]) - len(found[0].lstrip())
    return '"' in line or rest.lstrip("\n").startswith(" " * (indent + 4))


def _is_closing(found: re.Match[str]) -> bool:
    """`# Grade C#` ends in a sign."""
    text = found.string
    return not text[text.rfind("\n", 0, found.start()) + 1 :].lstrip(" ").startswith("#")


def _is_entity(found: re.Match[str]) -> bool:
    """`&beta;` is one; `R&D;` is none."""
    name = found.string[found.end() :].partition(";")[0] + ";"
    return name in html5 or bool(re.fullmatch(r"#(?:\d+|[xX][0-9a-fA-F]+);", name))


def _never(found: re.Match[str]) -> bool:
    return False


JUDGES: dict[str, Callable[[re.Match[str]], bool]] = {
    "path": _never,
    "within": _is_apart,
    "name": _never,
    "known": tags.is_tag,
    "less": _never,
    "definition": _never,
    "link": _never,
    "brace": _never,
    "power": _never,
    "star": _never,
    "after": _closes,
    "sub": _is_sub,
    "sup": _is_sup,
    "more": _is_quote,
    "item": _is_item,
    "deep": _is_deep,
    "number": _never,
    "box": _is_box,
    "hash": _never,
    "closing": _is_closing,
    "line": _never,
    "money": _never,
    "prime": _never,
    "slash": _never,
    "entity": _is_entity,
    "blank": _never,
}
"""For each kind of sign whether it is markup; what has no judge always is."""
