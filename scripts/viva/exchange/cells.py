"""What the cells of a row say, and a question as such cells; `rows` reads them."""

from __future__ import annotations

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
    pairs = [f"{one.text} -> {asked.options[one.answer]}" for one in asked.prompts]
    more = [f"-> {text}" for place, text in enumerate(asked.options) if place not in used]
    return Cells((*pairs, *more), "", tuple(one.why or "" for one in asked.prompts))


def _number_cells(asked: Number) -> Cells:
    slack = f" ± {asked.tolerance:.15g}" if asked.tolerance else ""
    unit = f" {asked.unit}" if asked.unit else ""
    return Cells((), f"{asked.answer:.15g}{slack}{unit}")


def _words_said(asked: Words) -> str:
    return SEPARATED.join([*asked.accept, *(f"!{one}" for one in asked.reject)])


def _gaps_cells(asked: Gaps) -> Cells:
    options = []
    for gap in asked.gaps:
        if isinstance(gap.filled, Words):
            options.append(_words_said(gap.filled))
        else:
            options.append(" / ".join(f"{'*' * one.right}{one.text}" for one in gap.filled.options))
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
