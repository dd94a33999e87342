"""Answers as people write them: letters for a table, words for a page.

An answer to a type that is not named here is written as the type itself says it, or as JSON, which
loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from viva.assignments.uploads import plain
from viva.bank import types
from viva.bank.question import Question
from viva.bank.types.script_concordance import SCALE

SCALE_WORDS = (
    "much less likely",
    "less likely",
    "neither more nor less likely",
    "more likely",
    "much more likely",
)
OPEN = "–"


def letter(number: int) -> str:
    """A, B, C and so on."""
    return chr(ord("A") + number) if number < 26 else str(number + 1)


def options(question: Question) -> dict[str, str]:
    """The labels and texts of what can be chosen; {} where nothing is."""
    if question.type == "script-concordance":
        return {f"{value:+d}" if value else "0": SCALE_WORDS[n] for n, value in enumerate(SCALE)}
    if question.type not in ("single", "multiple", "hotspot"):
        return {}
    things: Sequence[Any] = getattr(question, "options", ()) or getattr(question, "regions", ())
    texts = (getattr(thing, "text", None) or thing.label for thing in things)
    return {letter(number): text for number, text in enumerate(texts)}


def key(question: Question) -> str:
    """The labels of what is right, such as `B` or `A;C`; nothing for types without options."""
    labels = list(options(question))
    if not labels:
        return ""
    data: Any = types.key(question)
    if question.type == "script-concordance":
        most = max(data["panel"])
        return ";".join(labels[n] for n, votes in enumerate(data["panel"]) if votes == most)
    if question.type == "hotspot":
        ids = [region.id for region in getattr(question, "regions", ())]
        return labels[ids.index(data["answer"])]
    if question.type == "multiple":
        return ";".join(labels[n] for n in data["correct"])
    right: int = data["correct"]
    return labels[right]


def code(question: Question, answer: Any) -> str:
    """An answer in a cell of a table; empty when it was left open."""
    if answer is None:
        return ""
    return CODES.get(question.type, _json)(question, answer)


def words(question: Question, answer: Any) -> str:
    """An answer as the student would say it."""
    if answer is None:
        return OPEN
    say = WORDS.get(question.type)
    return say(question, answer) if say else types.words(question, answer) or code(question, answer)


def _json(_: Question, answer: Any) -> str:
    return plain(json.dumps(answer, ensure_ascii=False))


def _typed(_: Question, answer: Any) -> str:
    return plain(str(answer))


def _each(parts: Iterable[Any], say: Callable[[Any], str], between: str = ";") -> str:
    return between.join("-" if part is None else say(part) for part in parts)


def _region(question: Question, answer: str) -> int | None:
    ids = [region.id for region in getattr(question, "regions", ())]
    return ids.index(answer) if answer in ids else None


def _place(question: Question, answer: str) -> str:
    number = _region(question, answer)
    return "outside" if number is None else letter(number)


def _place_words(question: Question, answer: str) -> str:
    number = _region(question, answer)
    if number is None:
        return "outside"
    return f"{letter(number)}, {getattr(question, 'regions', ())[number].label}"


def _steps(question: Question, answer: Any) -> str:
    pairs = zip(getattr(question, "steps", ()), answer, strict=True)
    return " | ".join(code(step, part) for step, part in pairs)


def _texts(question: Question) -> list[str]:
    things = getattr(question, "options", ())
    return [thing.text for thing in things]


CODES: dict[str, Callable[[Question, Any], str]] = {
    "single": lambda _, answer: letter(answer),
    "multiple": lambda _, answer: _each(sorted(answer), letter),
    "true-false": lambda _, answer: _each(answer, lambda part: "T" if part else "F"),
    "matching": lambda _, answer: _each(answer, letter),
    "ordering": lambda question, answer: _each(_authored(question, answer), lambda n: str(n + 1)),
    "hotspot": _place,
    "script-concordance": lambda _, answer: f"{answer:+d}" if answer else "0",
    "numeric": _typed,
    "short-answer": _typed,
    "case": _steps,
}
WORDS: dict[str, Callable[[Question, Any], str]] = {
    "single": lambda question, answer: _texts(question)[answer],
    "multiple": lambda question, answer: (
        _each(sorted(answer), lambda n: _texts(question)[n], "; ") or OPEN
    ),
    "true-false": lambda _, answer: _each(answer, lambda part: "true" if part else "false", ", "),
    "matching": lambda question, answer: _each(answer, lambda n: _texts(question)[n], "; "),
    "ordering": lambda question, answer: _each(
        _authored(question, answer), lambda n: getattr(question, "items", ())[n], "; "
    ),
    "hotspot": _place_words,
    "script-concordance": lambda _, answer: SCALE_WORDS[SCALE.index(answer)],
}


def _authored(question: Question, answer: list[int]) -> list[int]:
    """An ordering answer as the author counts the items."""
    from viva.bank.types.ordering import Ordering, shown

    assert isinstance(question, Ordering)
    return [shown(question)[place] for place in answer]
