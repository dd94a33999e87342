"""What formats put behind a question because they have no other place for it, put back.

Our own exports write whys of parts as a list, a model answer and the source of a panel as
paragraphs. Whoever wrote them in the same way meant the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from viva.bank.interactions import Gaps, Interaction, Judgement, Pairs, Panel, Spot, Words
from viva.base.words import Words as Language
from viva.base.words import say
from viva.exchange import labels
from viva.exchange.reading import Asked

THEME = re.compile(r"\*\*(.+)\*\*")
BULLET = "- "
TOKEN = re.compile(r"\\.|&#?\w+;|[*_]+|\s+|.")
END = re.compile(r"(?:[*_]+:?|:)[*_]*\s+")


def restored(asked: Asked, is_ours: bool, words: Language) -> Asked:
    """A question with its whys beside its parts again. Of one that is ours, what every export adds
    to the explanation is taken away too."""
    blocks = [one for one in asked.explanation.split("\n\n") if one]
    if is_ours:
        blocks = _without_ends(blocks, words)
    handler = HANDLERS.get(type(asked.interaction))
    if isinstance(asked.interaction, Words):
        given, blocks = _words(asked.interaction, blocks, words)
    else:
        told = (asked.interaction, blocks)
        given, blocks = handler(asked.interaction, blocks) if handler else told
    made = replace(asked, interaction=given, explanation="\n\n".join(blocks))
    return _with_theme(made) if is_ours and isinstance(given, Pairs) else made


def _without_ends(blocks: Sequence[str], words: Language) -> list[str]:
    """Without what to read again and the list of references."""
    kept = list(blocks)
    heads = (labels.REFERENCES, words.tell(labels.REFERENCES))
    if len(kept) > 1 and kept[-2] in heads and kept[-1].startswith(BULLET):
        kept = kept[:-2]
    return [one for one in kept if not labels.inside(labels.READ_AGAIN, words, one)]


def _with_theme(asked: Asked) -> Asked:
    first, _, rest = asked.stem.partition("\n\n")
    found = THEME.fullmatch(first)
    given = asked.interaction
    if not found or not rest or not isinstance(given, Pairs):
        return asked
    return replace(asked, stem=rest, interaction=replace(given, theme=found[1]))


def _listed(blocks: list[str], heads: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The whys of a list whose items begin with these heads, and the blocks without it."""
    for at, block in enumerate(blocks):
        lines = [line[len(BULLET) :] for line in block.split("\n") if line.startswith(BULLET)]
        if not lines or len(lines) != len(block.split("\n")):
            continue
        whys = [next(filter(None, (_rest(line, head) for line in lines)), "") for head in heads]
        if sum(map(bool, whys)) == len(lines):
            return whys, [*blocks[:at], *blocks[at + 1 :]]
    return None


def _rest(line: str, head: str) -> str:
    """What a line says behind its head, which stands out: in bold, or before a colon."""
    wanted, said = _bare(head), ""
    for token in TOKEN.finditer(line):
        if said == wanted:
            break
        said += _meant(token[0])
        if not wanted.startswith(said):
            return ""
    else:
        return ""
    end = END.match(line, token.start())
    return line[end.end() :] if end and wanted else ""


def _bare(text: str) -> str:
    """The words of Markdown, whichever way it is written."""
    return "".join(_meant(token) for token in TOKEN.findall(text))


def _meant(token: str) -> str:
    if token[0] in "*_" or token.isspace():
        return "" if token[0] in "*_" else " "
    return token[1:] if token[0] == "\\" else unescape(token)


def _pairs(given: Any, blocks: list[str]) -> tuple[Interaction, list[str]]:
    heads = [f"{one.text} **{given.options[one.answer]}**" for one in given.prompts]
    found = _listed(blocks, heads)
    if found is None or any(one.why for one in given.prompts):
        return given, blocks
    prompts = zip(given.prompts, found[0], strict=True)
    return replace(given, prompts=tuple(replace(p, why=w or None) for p, w in prompts)), found[1]


def _judged(given: Any, blocks: list[str]) -> tuple[Interaction, list[str]]:
    found = _listed(blocks, [one.text for one in given.statements])
    if found is None or any(one.why for one in given.statements):
        return given, blocks
    parts = zip(given.statements, found[0], strict=True)
    return replace(given, statements=tuple(replace(s, why=w or None) for s, w in parts)), found[1]


def _gaps(given: Any, blocks: list[str]) -> tuple[Interaction, list[str]]:
    found = _listed(blocks, [f"**{one.right}:**" for one in given.gaps])
    found = found or _listed(blocks, [f"**{one.right}**" for one in given.gaps])
    if found is None or any(one.why for one in given.gaps):
        return given, blocks
    parts = zip(given.gaps, found[0], strict=True)
    return replace(given, gaps=tuple(replace(g, why=w or None) for g, w in parts)), found[1]


def _words(given: Words, blocks: list[str], words: Language) -> tuple[Interaction, list[str]]:
    models = {one: labels.inside(labels.MODEL, words, one) for one in blocks}
    found = [one for one, model in models.items() if model]
    if len(found) != 1 or given.model:
        return given, blocks
    return replace(given, model=models[found[0]]), [one for one in blocks if one != found[0]]


def _panel(given: Any, blocks: list[str]) -> tuple[Interaction, list[str]]:
    """The source of the votes is told last."""
    if given.source or not blocks:
        return replace(given, source=given.source or say(
            "Who voted is not told in the file.",
        )), blocks
    return replace(given, source=blocks[-1]), blocks[:-1]


def _spot(given: Any, blocks: list[str]) -> tuple[Interaction, list[str]]:
    """The right place is told in bold."""
    told = [one for one in blocks if THEME.fullmatch(one)]
    label = given.regions[given.answer].label
    if len(told) != 1 or not label.startswith("Place "):
        return given, blocks
    name = THEME.fullmatch(told[0])
    assert name
    regions = tuple(
        replace(one, label=name[1]) if n == given.answer else one
        for n, one in enumerate(given.regions)
    )
    return replace(given, regions=regions), [one for one in blocks if one != told[0]]


HANDLERS: dict[type, Callable[[Any, list[str]], tuple[Interaction, list[str]]]] = {
    Pairs: _pairs,
    Judgement: _judged,
    Gaps: _gaps,
    Panel: _panel,
    Spot: _spot,
}
