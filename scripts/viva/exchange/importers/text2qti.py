"""text2qti: plain text with numbers, letters, a star before what is right, dots before feedback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from viva.bank.interactions import Interaction, Pick
from viva.base.refused import Refused
from viva.base.words import say
from viva.exchange.images import apart
from viva.exchange.limits import Incoming
from viva.exchange.naming import words as first_words
from viva.exchange.numbers import decimal
from viva.exchange.praise import without_praise
from viva.exchange.reading import (
    LINE,
    Asked,
    Desk,
    Left,
    Read,
    entry,
    judged,
    number,
    one_of,
    placed,
    some_of,
    together,
    words,
)
from viva.exchange.texts import NotThere, Texts

TITLE = "text2qti"
QUESTION = re.compile(r"(\d+)[.)]\s+(.*)")
CHOICE = re.compile(r"(\*?)([a-zA-Z])\)\s+(.*)")
BOX = re.compile(r"\[(\*?| )\]\s+(.*)")
TYPED = re.compile(r"\*\s+(.*)")
NUMBER = re.compile(r"=\s+(.*)")
ANSWERED = re.compile(r"\*[a-zA-Z]\)\s|\[\*\]\s|\*\s{2,}\S|=\s+(?:\S.*\+-|[\[\d])")
ESSAY = re.compile(r"_{3,}|\^{3,}")
FEEDBACK = re.compile(r"(\.\.\.|\+|-|!)\s+(.*)")
HEADED = re.compile(r"(Quiz title|Quiz description|Title|Points|Text title|Text)\s*:\s*(.*)", re.I)
RANGE = re.compile(r"\[\s*(.+?)\s*,\s*(.+?)\s*\]")
NEAR = re.compile(r"(\S+)\s*\+-\s*(\S+?)(%?)")
SKIPPED = re.compile(
    r"GROUP|END_GROUP|pick:|points per question:|shuffle answers:|show |one question|can't go"
)


@dataclass
class Block:
    """A question on its way. `told` is what is said always, right and wrong."""

    line: int
    stem: list[str]
    title: str = ""
    options: list[list[str]] = field(default_factory=list)
    """Of each option: how it is marked, its text, and what is said about it."""
    told: dict[str, str] = field(default_factory=dict)
    form: str = ""


def sniff(file: Incoming) -> bool:
    """Whether a number, letters and a star stand where they should."""
    if file.content[:2] == b"PK" or file.content.lstrip()[:1] == b"<":
        return False
    lines = file.text.split("\n")
    return any(map(ANSWERED.match, lines)) and any(map(QUESTION.match, lines))


def read(file: Incoming, desk: Desk) -> Read:
    """Every question of the file."""
    title = ""
    entries: list[Asked | Left] = []
    for one in _blocks(file.text):
        if isinstance(one, str):
            title = one
        else:
            desk.tick()
            entries.append(_entry(one, desk))
    if not entries:
        raise Refused(say("no question was found (begin each with its number and a full stop)"))
    return Read(title, tuple(entries))


def _blocks(text: str) -> Iterator[Block | str]:
    block: Block | None = None
    title, last, fence = "", "", False
    for number_, line in enumerate(text.split("\n"), 1):
        said = line.strip()
        fence = fence != said.startswith("```")
        found, headed = QUESTION.match(line), HEADED.match(line)
        if fence:
            last = _goes_on(block, line, last)
        elif headed:
            if headed[1].lower() == "quiz title":
                yield headed[2]
            title = headed[2] if headed[1].lower() == "title" else title
        elif not said or said.startswith("%") or SKIPPED.match(line):
            last = _goes_on(block, "", last) if not said else last
        elif found:
            if block:
                yield block
            block, title, last = Block(number_, [found[2]], title), "", "stem"
        elif block:
            last = _part(block, line, last)
    if block:
        yield block


def _part(block: Block, line: str, last: str) -> str:
    """Add a line to a question; returns what a line that follows goes on with."""
    choice, box, feedback = CHOICE.match(line), BOX.match(line), FEEDBACK.match(line)
    typed, given = TYPED.match(line), NUMBER.match(line)
    if choice or box:
        mark = choice[1] if choice else box[1].strip() if box else ""
        block.form = block.form or ("choice" if choice else "boxes")
        block.options.append([mark, choice[3] if choice else box[2] if box else "", ""])
        return "option"
    if feedback:
        if block.options and last in ("option", "why"):
            block.options[-1][2] = f"{block.options[-1][2]}\n{feedback[2]}".strip()
            return "why"
        block.told[feedback[1]] = feedback[2]
        return feedback[1]
    if typed or given:
        block.form = "typed" if typed else "number"
        block.options.append(["*", typed[1] if typed else given[1] if given else "", ""])
        return "option"
    if ESSAY.fullmatch(line.strip()):
        block.form = "essay"
        return "essay"
    return _goes_on(block, line, last)


def _goes_on(block: Block | None, line: str, last: str) -> str:
    """A line that belongs to what was before it."""
    said = line.strip()
    if block is None:
        return last
    if last == "stem":
        block.stem.append(said)
    elif last in ("option", "why") and said and block.options:
        at = 1 if last == "option" else 2
        block.options[-1][at] = f"{block.options[-1][at]}\n{said}"
    elif last in block.told and said:
        block.told[last] = f"{block.told[last]}\n{said}"
    return last


def _entry(block: Block, desk: Desk) -> Asked | Left:
    said = "\n".join(block.stem).strip()
    where = placed(LINE, block.line, first_words(block.title or said, 40))
    made = entry(where, lambda texts: _asked(block, said, texts), desk.texts(), said)
    return replace(made, place=where)


def _asked(block: Block, said: str, texts: Texts) -> Asked:
    stem, figure = apart(texts.of_markdown(said))
    if not stem:
        raise NotThere(say("it asks nothing"))
    told = [block.told[sign] for sign in ("...", "+", "!") if sign in block.told]
    explanation = together(*(one for one in map(texts.of_markdown, told) if without_praise(one)))
    if "-" in block.told:
        texts.note(say("what was said about wrong answers is left out"))
    before, asked = _interaction(block, stem, texts)
    name = block.title or texts.words(said.replace("<", " "))
    return Asked("", before, asked, name=name, figure=figure, explanation=explanation)


def _line(text: str, texts: Texts) -> str:
    return " ".join(texts.of_markdown(text).split())


def _interaction(block: Block, stem: str, texts: Texts) -> tuple[str, Interaction]:
    if block.form == "essay":
        raise NotThere(say("an essay needs a person to mark it"))
    if not block.options:
        raise NotThere(say("it has no answer"))
    if block.form == "typed":
        return stem, words([texts.words(one[1]) for one in block.options], (), texts)
    if block.form == "number":
        return stem, _number(block.options[0][1], texts)
    right = sum(bool(one[0]) for one in block.options)
    several = block.form == "boxes"
    share = 1 / max(1, right)
    picks = [
        Pick(_line(one[1], texts), share if one[0] else -share * several, texts.of_markdown(one[2]))
        for one in block.options
    ]
    if not several and [one.text.lower() for one in picks] in (
        ["true", "false"],
        ["false", "true"],
    ):
        chosen = next(one for one in picks if one.right)
        return judged(stem, chosen.text.lower() == "true", together(*(p.why or "" for p in picks)))
    return stem, some_of(picks, texts) if several else one_of(picks, texts)


def _number(said: str, texts: Texts) -> Interaction:
    between, near = RANGE.fullmatch(said.strip()), NEAR.fullmatch(said.strip())
    if between:
        low, high = decimal(between[1]), decimal(between[2])
        pair = None if low is None or high is None else ((low + high) / 2, abs(high - low) / 2)
    elif near:
        value, slack = decimal(near[1]), decimal(near[2])
        share = abs(value or 0.0) / 100 if near[3] else 1.0
        pair = None if value is None else (value, (slack or 0.0) * share)
    else:
        value = decimal(said)
        pair = None if value is None else (value, 0.0)
    if pair is None:
        raise NotThere(say("its right answer “{text}” is not a number", text=said))
    return number([(*pair, 1.0)], texts)
