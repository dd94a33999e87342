"""What the cells of a row say, and a question as such cells; `rows` reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from viva.bank.interactions import (
    Choice,
    Gaps,
    Interaction,
    Judgement,
    Number,
    Order,
    Pairs,
    Words,
)
from viva.base.letters import letter
from viva.exchange.escaping import entity

SEPARATED = "; "


@dataclass(frozen=True)
class Cells:
    """What the cells of a row say."""

    options: tuple[str, ...] = ()
    right: str = ""
    whys: tuple[str, ...] = ()
    tolerance: str = ""
    unit: str = ""
    model: str = ""
    names: tuple[str, ...] = ()
    """What the columns of the options are called."""
    stem: str = ""


def as_cells(given: Interaction) -> Cells | None:
    """The cells of a question; None where a row cannot hold it."""
    writer = WRITERS.get(type(given))
    return writer(given) if writer else None


def _choice_cells(asked: Choice) -> Cells:
    options = tuple(one.text for one in asked.options)
    right = ", ".join(letter(n) for n, one in enumerate(asked.options) if one.right)
    return Cells(options, right, tuple(one.why or "" for one in asked.options))


def _judgement_cells(asked: Judgement) -> Cells:
    options = tuple(one.text for one in asked.statements)
    right = ", ".join("T" if one.answer else "F" for one in asked.statements)
    return Cells(options, right, tuple(one.why or "" for one in asked.statements))


def _pairs_cells(asked: Pairs) -> Cells:
    used = {one.answer for one in asked.prompts}
    pairs = [f"{_flat(one.text)} -> {asked.options[one.answer]}" for one in asked.prompts]
    more = [f"-> {text}" for place, text in enumerate(asked.options) if place not in used]
    return Cells((*pairs, *more), "", tuple(one.why or "" for one in asked.prompts))


def _number_cells(asked: Number) -> Cells:
    slack = f" ± {asked.tolerance:.15g}" if asked.tolerance else ""
    unit = f" {asked.unit}" if asked.unit else ""
    return Cells((), f"{asked.answer:.15g}{slack}{unit}")


def _words_said(asked: Words) -> str:
    right, wrong = map(_listed, asked.accept), map(_listed, asked.reject)
    return SEPARATED.join([*right, *(f"!{one}" for one in wrong)])


def _listed(word: str) -> str:
    """A word in which nothing begins another one."""
    return _hidden("!", word[:1]) + _hidden(";/", word[1:])


def _flat(text: str) -> str:
    """A prompt that holds no arrow."""
    return text.replace("->", "-&gt;").replace("=>", "=&gt;").replace("→", entity("→"))


def _offered(text: str) -> str:
    """An option of a gap that neither ends nor looks marked: its slashes, and a star before it."""
    leaning = re.sub(r"^(\*+)(.+?)\1", lambda found: found[0].replace("*", "_"), text)
    return _hidden("*", leaning[:1]) + _hidden("/", leaning[1:])


def _hidden(signs: str, text: str) -> str:
    return "".join(entity(sign) if sign in signs else sign for sign in text)


def _gaps_cells(asked: Gaps) -> Cells:
    options = []
    for gap in asked.gaps:
        if isinstance(gap.filled, Words):
            options.append(_words_said(gap.filled))
        else:
            offered = gap.filled.options
            options.append(" / ".join(f"{'*' * one.right}{_offered(one.text)}" for one in offered))
    stem = asked.text
    for number_ in range(len(asked.gaps)):
        stem = stem.replace(Gaps.mark(number_), f"{{{number_ + 1}}}")
    return Cells(tuple(options), "", tuple(gap.why or "" for gap in asked.gaps), stem=stem)


WRITERS: dict[type, Callable[..., Cells]] = {
    Choice: _choice_cells,
    Judgement: _judgement_cells,
    Pairs: _pairs_cells,
    Order: lambda asked: Cells(asked.items),
    Number: _number_cells,
    Words: lambda asked: Cells((), _words_said(asked), model=asked.model or ""),
    Gaps: _gaps_cells,
}
