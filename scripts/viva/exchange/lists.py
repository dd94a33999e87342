"""Questions in running text: a stem, options below it, and the right ones marked, or named in a
line of their own or in a key at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from viva.base.letters import letter
from viva.base.words import say
from viva.exchange import rows
from viva.exchange.cells import Cells
from viva.exchange.images import apart
from viva.exchange.keys import ANSWER, NUMBERED, Line, split
from viva.exchange.naming import words as first_words
from viva.exchange.reading import Asked, Desk, Left, entry
from viva.exchange.texts import NotThere, Texts

OPTION = re.compile(r"\s*\(?([A-Ha-h])\s*[.):]\s+|\s*\(([A-Ha-h])\)\s*")
TICK = re.compile(r"\s*(?:\*+|✓|✔|☑|☒|\[[xX✓]\]|→|=>)\s*")
EMPTY_BOX = re.compile(r"\s*(?:☐|□|○|\[\s?\])\s*")
TICK_BEHIND = re.compile(
    r"\s*(?:\*+|✓|✔|☑|\((?:correct|right|richtig|x|true answer|answer|r|korrekt)\))\s*$", re.I
)
TOLD = re.compile(
    r"\s*(explanation|rationale|feedback|erkl[aä]rung|begr[uü]ndung|comment|kommentar|discussion|why"
    r"|objective|lernziel|level|bloom|tags?|hint|hinweis)\s*[:=]\s*(.*)",
    re.I | re.S,
)
BARE = re.compile(r"\s*([A-H])\s+\S")
VERDICT = re.compile(r"\s*\((true|false|t|f|richtig|falsch|wahr|vrai|faux)\)\s*$", re.I)
FIELDS = {
    **dict.fromkeys(("objective", "lernziel"), "objective"),
    **dict.fromkeys(("level", "bloom"), "level"),
    **dict.fromkeys(("tag", "tags"), "tags"),
    **dict.fromkeys(("hint", "hinweis"), "hint"),
}


@dataclass(frozen=True)
class Offered:
    """An option as it stands."""

    name: str
    html: str
    marked: bool
    ticked: bool


@dataclass
class Block:
    """A question on its way."""

    where: str
    number: str = ""
    stem: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    options: list[Offered] = field(default_factory=list)
    right: str = ""
    told: dict[str, str] = field(default_factory=dict)


Find = Callable[[str], bytes | None]


def read(lines: Sequence[Line], desk: Desk, find: Find) -> list[Asked | Left]:
    """The questions of a text. What asks nothing, such as a title, is passed over."""
    body, key = split(lines)
    found = [_judged(_lettered(one)) for one in _blocks(body)]
    if not any(one.options or one.right or one.number in key for one in found):
        return []
    blocks = [one for one in found if one.options or one.right or one.number]
    desk.expect(len(blocks))
    entries = []
    for one in blocks:
        desk.tick()
        one.right = one.right or key.get(one.number, "")
        entries.append(_entry(one, desk, find))
    return entries


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    block: Block | None = None
    for line in lines:
        if not line.words.strip() and not re.search(r"<img\b", line.html):
            continue
        if line.is_heading:
            if block:
                yield block
            block = None
            continue
        told, answer = TOLD.fullmatch(line.words), ANSWER.fullmatch(line.words)
        if block and answer and (block.stem or block.options):
            block.right = answer[1].strip()
        elif block and told and (block.options or block.right):
            _tell(block, told, line)
        elif block and block.stem and _is_option(line, block):
            block.options.append(_offered(line, len(block.options)))
        elif block is None or _starts(line, block):
            if block:
                yield block
            block = _begun(line)
        elif (block.options or block.right) and line.words.rstrip().endswith(":"):
            yield block
            block = None
        elif block.options or block.right:
            block.told["explanation"] = f"{block.told.get('explanation', '')}\n{line.html}".strip()
        else:
            block.stem.append(line.html)
            block.said.append(line.words)
    if block:
        yield block


def _lettered(block: Block) -> Block:
    """Lines that begin with A, B, C without a dot are options, where the answer is one of these."""
    said = [BARE.match(one) for one in block.said]
    at = next((n for n, one in enumerate(said) if one and one[1] == "A"), 0)
    names = [one[1] if one else "" for one in said[at:]]
    if block.options or not at or "".join(names) != "ABCDEFGH"[: len(names)]:
        return block
    if block.right.strip().upper() not in names:
        return block
    lines = zip(block.stem[at:], names, strict=True)
    block.options = [Offered(name, _without(html, name), False, False) for html, name in lines]
    block.stem, block.said = block.stem[:at], block.said[:at]
    return block


def _judged(block: Block) -> Block:
    """A statement that says itself, at its end, whether it is true: (True)."""
    found = VERDICT.search(block.said[-1]) if block.said else None
    if not found or block.options or block.right:
        return block
    block.right = found[1]
    block.stem[-1] = _without_behind(block.stem[-1], found[0])
    block.said[-1] = block.said[-1][: found.start()]
    return block


def _tell(block: Block, told: re.Match[str], line: Line) -> None:
    name = FIELDS.get(told[1].lower(), "explanation")
    html = re.sub(r"^(\s*(?:<[^>]*>)*\s*)[^:=<]*(?:</[^>]*>)*\s*[:=]\s*", r"\1", line.html, count=1)
    block.told[name] = told[2].strip() if name in ("objective", "level", "tags") else html


def _is_option(line: Line, block: Block) -> bool:
    if OPTION.match(line.words) or EMPTY_BOX.match(line.words):
        return True
    if TICK.match(line.words) and not NUMBERED.match(line.words):
        return True
    if NUMBERED.match(line.words) and line.level is None:
        return False
    if line.level is None:
        return False
    return line.is_lettered or line.level > 0 or line.number is None


def _starts(line: Line, block: Block) -> bool:
    """Whether a paragraph begins the next question."""
    if NUMBERED.match(line.words) or (line.number is not None and line.level == 0):
        return True
    return (
        bool(block.options or block.right)
        and not line.words.strip().startswith("(")
        and (not block.number or line.words.rstrip().endswith("?"))
    )


def _begun(line: Line) -> Block:
    found = NUMBERED.match(line.words)
    number = found[1] if found else str(line.number or "")
    html = _without(line.html, found[0]) if found else line.html
    return Block(line.where, number, [html], [line.words[found.end() :] if found else line.words])


def _offered(line: Line, place: int) -> Offered:
    """An option without its letter and its marks."""
    words, html, ticked, name = line.words, line.html, False, letter(place)
    for pattern in (TICK, EMPTY_BOX, OPTION, TICK, EMPTY_BOX):
        found = pattern.match(words)
        if found and found.end() < len(words) and _alone(found, words):
            ticked = ticked or pattern is TICK
            name = (found[1] or found[2]).upper() if pattern is OPTION else name
            words, html = words[found.end() :], _without(html, found[0])
    behind = TICK_BEHIND.search(words)
    if behind and _alone(behind, words):
        ticked, html = True, _without_behind(html, behind[0])
    return Offered(name, html, line.marked, ticked)


def _alone(mark: re.Match[str], words: str) -> bool:
    """Whether a star is a mark: there is no other, as there is around a word that is stressed."""
    return mark[0].count("*") == words.count("*") or "*" not in mark[0]


def _without(html: str, words: str) -> str:
    """HTML without the words that it begins with."""
    signs = [re.escape(_entity(sign)) for sign in words.strip()]
    gap = r"(?:\s|<[^>]*>)*"
    found = re.match(gap + gap.join(signs) + r"\s*", html)
    if not found:
        return html
    return "".join(re.findall(r"<[^>]*>", found[0])) + html[found.end() :]


def _without_behind(html: str, words: str) -> str:
    signs = [re.escape(_entity(sign)) for sign in words.strip()]
    gap = r"(?:\s|<[^>]*>)*"
    return re.sub(gap.join(signs) + rf"({gap})$", r"\1", html)


def _entity(sign: str) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(sign, sign)


def _entry(block: Block, desk: Desk, find: Find) -> Asked | Left:
    said = "\n".join(one for one in block.said if one.strip())
    where = f"{block.where} “{first_words(said, 40)}”"
    texts = desk.texts(find)
    return replace(entry(where, lambda texts: _asked(block, texts), texts, said), place=where)


def _asked(block: Block, texts: Texts) -> Asked:
    stem, figure = apart(
        "\n\n".join(filter(None, (texts.block(_plain(one)) for one in block.stem)))
    )
    if not stem:
        raise NotThere(say("it asks nothing"))
    right, by_mark = _right(block)
    options = tuple(
        texts.line(_unmarked(one.html) if by_mark else _plain(one.html)) for one in block.options
    )
    cells = Cells(options, right, stem=stem, names=tuple(o.name.lower() for o in block.options))
    before, asked = rows.asked("", cells, texts, _as_is, _as_is)
    told = {
        name: value if name in ("objective", "level", "tags") else texts.block(value)
        for name, value in block.told.items()
    }
    return Asked(
        place="",
        stem=before,
        interaction=asked,
        name=texts.words(" ".join(block.said).replace("<", " ")),
        figure=figure,
        explanation=told.get("explanation", ""),
        hint=told.get("hint", ""),
        tags=tuple(t.strip() for t in re.split(r"[,;]", told.get("tags", "")) if t.strip()),
        level=told.get("level", "").lower(),
        objective=told.get("objective", ""),
    )


def _as_is(text: str) -> str:
    return text


def _right(block: Block) -> tuple[str, bool]:
    """The right options: as a line or the key says, ticked, or set apart; whether by its look."""
    ticked = [one.name for one in block.options if one.ticked]
    marked = [one.name for one in block.options if one.marked]
    if block.right:
        return block.right, False
    if ticked and len(ticked) < len(block.options):
        return ", ".join(ticked), False
    if marked and len(marked) < len(block.options):
        return ", ".join(marked), True
    if not block.options:
        raise NotThere(say("it has no options and no answer"))
    raise NotThere(
        say(
            "none of its options is marked as right "
            "(mark the right option: in bold, with a star, or with a line Answer: B)"
        )
    )


def _plain(html: str) -> str:
    """HTML whose whole text is bold, without that."""
    found = re.fullmatch(r"\s*<b>((?:(?!</?b>).)*)</b>\s*", html, re.S)
    return found[1] if found else html


def _unmarked(html: str) -> str:
    """The HTML of an option that was set apart because it is right."""
    return re.sub(r"</?(?:b|u)>", "", html)
