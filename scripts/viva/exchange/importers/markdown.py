"""Quizzes in Markdown: mkdocs-quiz, LiaScript, and plain task lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from viva.bank.interactions import Gap, Interaction, Pick, Words
from viva.base.refused import Refused
from viva.base.words import say
from viva.exchange import gaps
from viva.exchange.gaps import HOLE
from viva.exchange.images import apart
from viva.exchange.limits import Incoming
from viva.exchange.naming import words as first_words
from viva.exchange.reading import LINE, Asked, Desk, Left, Read, entry, one_of, placed, some_of
from viva.exchange.reading import words as typed_words
from viva.exchange.texts import NotThere, Texts

TITLE = "Markdown (mkdocs-quiz, LiaScript)"
TAGGED = re.compile(r"^[ \t]*<quiz>[ \t]*$(.*?)^[ \t]*</quiz>[ \t]*$", re.DOTALL | re.MULTILINE)
TASK = re.compile(r"^\s*[-*+]\s*\[([ xX])\]\s+(.*)$")
LIA = re.compile(r"^\s*(?:[-*+]\s+)?\[(\(([ xX])\)|\[([ xX])\])\]\s*(.*)$")
LIA_TEXT = re.compile(r"^\s*\[\[([^\[\]]+)\]\]\s*$")
LIA_HINT = re.compile(r"^\s*\[\[\?\]\]\s*(.*)$")
LIA_TICKS = re.compile(r"\[(?:\([ xX]\)|\[[ xX]\])\]")
"""By this a page is told to be LiaScript, where double brackets in a line are a gap and no link."""
LIA_INLINE = re.compile(r"\[\[([^\[\]]+)\]\]")
EXPLAINED = re.compile(r"^\s*(?:\*{3,}|-{3,})\s*$")
HEADING = re.compile(r"^#{1,6}\s+")
FENCE = re.compile(r"^\s*(```+|~~~+)")
OLD = re.compile(r"^\s*(question|answer-correct|answer|content)\s*:\s*(.*)$")
RIGHT = re.compile(r"\(([^()]+)\)")


@dataclass
class Block:
    """A question on its way."""

    line: int
    stem: list[str] = field(default_factory=list)
    options: list[tuple[bool, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    several: bool = False
    typed: str = ""
    begun: bool = False

    @property
    def asks(self) -> bool:
        """Whether something is to be answered."""
        return bool(self.options or self.typed)


def sniff(file: Incoming) -> bool:
    """Whether there is a list to tick in it."""
    if file.content[:2] == b"PK" or file.ending not in (".md", ".markdown", ".txt", ".qmd"):
        return False
    return any(one.asks for one in _blocks(file.text))


def read(file: Incoming, desk: Desk) -> Read:
    """Every question of the page."""
    blocks = [one for one in _blocks(file.text) if one.asks]
    if not blocks:
        raise Refused(say("no question was found (- [x] marks what is right, - [ ] what is wrong)"))
    title = next(
        (HEADING.sub("", line) for line in file.text.split("\n") if HEADING.match(line)), ""
    )
    return Read(title, tuple(_entry(one, desk) for one in blocks))


def _blocks(text: str) -> Iterator[Block]:
    """The questions: between tags where there are some, else list by list."""
    if TAGGED.search(text):
        for found in TAGGED.finditer(text):
            yield from _tagged(found[1], text.count("\n", 0, found.start(1)) + 1)
        return
    yield from _listed(text)


def _tagged(text: str, line: int) -> Iterator[Block]:
    """A question between tags; older pages name their parts."""
    block = Block(line)
    old = False
    for one in text.split("\n"):
        named = OLD.match(one)
        task = TASK.match(one)
        if named and named[1] == "question":
            old, block.stem = True, [named[2]]
        elif named and named[1].startswith("answer"):
            block.options.append((named[1].endswith("correct"), named[2]))
        elif named:
            old, block.told = True, [named[2]]
        elif task:
            block.options.append((task[1] != " ", task[2]))
        elif EXPLAINED.match(one) and block.options:
            continue
        elif block.options or block.told:
            block.told.append(one)
        elif not old:
            block.stem.append(one)
    block.several = sum(right for right, _ in block.options) > 1
    if not block.options and any(LIA_INLINE.search(one) for one in block.stem):
        block.typed = "in text"
    yield block


def _listed(text: str) -> Iterator[Block]:
    """A question before each list to tick, as LiaScript and task lists have it."""
    block, fence, state, is_lia = Block(1), "", "stem", bool(LIA_TICKS.search(text))
    for number, line in enumerate(text.split("\n"), 1):
        mark = FENCE.match(line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        found = None if fence or mark else LIA.match(line) or TASK.match(line)
        typed = None if fence or mark else LIA_TEXT.match(line)
        hint = LIA_HINT.match(line)
        if hint and block.asks:
            block.hints.append(hint[1])
        elif found:
            block.options.append(_option(found, block))
            state = "options"
        elif typed and not typed[1].startswith(("X", " ", "?")):
            block.typed, state = typed[1], "options"
        elif is_lia and not fence and not block.asks and LIA_INLINE.search(line):
            block.stem.append(line)
            block.typed, state = "in text", "options"
        elif EXPLAINED.match(line) and block.asks and state in ("options", "told"):
            state = "told" if state == "options" else "done"
        elif state == "told":
            block.told.append(line)
        elif block.asks and line.strip():
            yield block
            block, state = Block(number, [line]), "stem"
            if is_lia and LIA_INLINE.search(line):
                block.typed, state = "in text", "options"
        elif HEADING.match(line):
            block = Block(number)
        else:
            if line.strip() and not block.begun:
                block.line, block.begun = number, True
            block.stem.append(line)
    yield block


def _option(found: re.Match[str], block: Block) -> tuple[bool, str]:
    if found.re is TASK:
        block.several = True
        return found[1] != " ", found[2]
    block.several = block.several or found[3] is not None
    return (found[2] or found[3]) not in (" ", None), found[4]


def _entry(block: Block, desk: Desk) -> Asked | Left:
    desk.tick()
    said = "\n".join(block.stem).strip()
    where = placed(LINE, block.line, first_words(said, 40))
    made = entry(where, lambda texts: _asked(block, said, texts), desk.texts(), said)
    return replace(made, place=where)


def _asked(block: Block, said: str, texts: Texts) -> Asked:
    if block.typed == "in text":
        stem, asked = _blanks(said, texts)
        return Asked("", stem, asked, explanation=texts.of_markdown("\n".join(block.told)))
    stem, figure = apart(texts.of_markdown(_last_part(said)))
    if not stem:
        raise NotThere(say("it asks nothing"))
    hint = texts.of_markdown(block.hints[0]) if block.hints else ""
    return Asked(
        place="",
        stem=stem,
        interaction=_interaction(block, texts),
        name=texts.words(stem.replace("<", " ")),
        figure=figure,
        explanation=texts.of_markdown("\n".join(block.told)),
        hint=hint,
    )


def _last_part(said: str) -> str:
    """What belongs to a question: the text since the last heading, at most its last three parts."""
    parts = [one for one in re.split(r"\n\s*\n", said) if one.strip()]
    return "\n\n".join(parts[-3:])


def _interaction(block: Block, texts: Texts) -> Interaction:
    if block.typed:
        return _typed(block.typed, texts)
    right = sum(r for r, _ in block.options)
    share = 1 / max(1, right)
    several = block.several and right != 1
    picks = [
        Pick(_line(text, texts), share if r else -share * several) for r, text in block.options
    ]
    return some_of(picks, texts) if several else one_of(picks, texts)


def _line(text: str, texts: Texts) -> str:
    return " ".join(texts.of_markdown(text).split())


def _typed(text: str, texts: Texts) -> Interaction:
    """`[[word]]` is typed, `[[a | (b) | c]]` chosen."""
    parts = [one.strip() for one in text.split("|")]
    if len(parts) == 1:
        return typed_words([texts.words(text)], (), texts)
    return one_of(_offered(text, texts), texts)


def _offered(text: str, texts: Texts) -> list[Pick]:
    """What can be chosen from between bars, the right one in round brackets."""
    parts = [one.strip() for one in text.split("|")]
    return [Pick(_line(one.strip("()"), texts), float(bool(RIGHT.fullmatch(one)))) for one in parts]


def _blanks(said: str, texts: Texts) -> tuple[str, Interaction]:
    """A text with `[[word]]` where a gap is."""
    found = [one[1] for one in LIA_INLINE.finditer(said)]
    numbers = iter(range(len(found)))
    marked = LIA_INLINE.sub(lambda _: f"{HOLE}{next(numbers)}{HOLE}", said.replace(HOLE, ""))
    filled = [_gap(one, texts) for one in found]
    return gaps.filled_text(texts.of_markdown(marked), filled)


def _gap(text: str, texts: Texts) -> Gap:
    if any(RIGHT.fullmatch(one.strip()) for one in text.split("|")):
        choice = one_of(_offered(text, texts), texts, alone=True)
        return Gap(choice, next(one.text for one in choice.options if one.right))
    accept = tuple(gaps.typed(texts.words(one)) for one in text.split("|") if one.strip())
    if not accept:
        raise NotThere(say("no answer to a gap is right"))
    return Gap(Words(accept), accept[0])
