"""Texts with gaps in QTI 1.2, in the ways in which platforms write them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from viva.bank.interactions import Interaction
from viva.base.words import say
from viva.exchange import gaps
from viva.exchange.gaps import HOLE, Given, Place
from viva.exchange.qti12_given import (
    Scores,
    labels_of,
    material,
    said_of,
    stem_html,
)
from viva.exchange.sources import every, first, local
from viva.exchange.texts import NotThere, Texts

Responses = Sequence[Any]


def holes(item: Any, responses: Responses) -> str | None:
    """The text with a mark for each gap, if the answers belong into it; else None."""
    stem = stem_html(item)
    names = [str(one.get("ident")).removeprefix("response_") for one in responses]
    is_named = len(names) > 1 or str(responses[0].get("ident")) != names[0]
    if is_named and all(f"[{name}]" in stem for name in names):
        for place, name in enumerate(names):
            stem = stem.replace(f"[{name}]", f"{HOLE}{place}{HOLE}", 1)
        return stem
    typed = all(local(one) in ("response_str", "response_num") for one in responses)
    return _interleaved(item, responses) if typed and len(responses) > 1 else None


def bracketed(item: Any, scores: Scores, texts: Texts) -> tuple[str, Interaction, Any]:
    """A text whose gaps are named in brackets, and in the processing only."""
    stem, names = stem_html(item), dict.fromkeys(name for name, _ in scores.shares)
    if not names or not all(name.startswith("[") and name in stem for name in names):
        raise NotThere(say("there is nothing to answer"))
    for place, name in enumerate(names):
        stem = stem.replace(name, f"{HOLE}{place}{HOLE}", 1)
    places = [
        Place(
            "SA",
            tuple(Given(1.0, escape(v, quote=False), "") for n, v in scores.shares if n == name),
        )
        for name in names
    ]
    return gaps.marked(stem, places, texts)


def _interleaved(item: Any, responses: Responses) -> str:
    """Material and fields to fill in, in the order in which they stand."""
    places = {id(one): n for n, one in enumerate(responses)}
    parts = []
    for one in first(item, "presentation").iter():
        if id(one) in places:
            parts.append(f"{HOLE}{places[id(one)]}{HOLE}")
        elif local(one) == "material" and not any(id(a) in places for a in one.iterancestors()):
            parts.append(material(one))
    return " ".join(parts)


def filled(
    text: str, responses: Responses, scores: Scores, feedback: dict[str, str], texts: Texts
) -> tuple[str, Interaction, Any]:
    places = [_place(one, scores, feedback) for one in responses]
    return gaps.marked(text, places, texts)


def _place(response: Any, scores: Scores, feedback: dict[str, str]) -> Place:
    name = str(response.get("ident"))
    known = {v: share for (r, v), share in scores.shares.items() if r == name and share > 0}
    labels = labels_of(response)
    if local(response) != "response_lid":
        return Place("SA", tuple(Given(1.0, escape(v, quote=False), "") for v in known))
    chosen = [
        Given(1.0 if i in known else 0.0, html, said_of(name, i, scores, feedback))
        for i, html in labels
    ]
    is_open = all(i in known for i, _ in labels) and not _is_menu(response)
    return Place("SA" if is_open else "MC", tuple(chosen))


def _is_menu(response: Any) -> bool:
    return any(
        one.get("answer_type") in ("dropdown", "wordbank")
        for one in every(response, "response_label")
    )
