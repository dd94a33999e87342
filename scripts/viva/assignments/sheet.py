"""A question as a student may see it before the marks: without its key, and in an order that
tells nothing.

What is let through is listed; a new field stays behind until it is put on the list. Everything that
could be worked out from the page is kept off it too: the hash covers only what is shown, and
mixed items stand in an order that does not depend on the one in which their author wrote them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from viva.bank.question import AnswerError, Question
from viva.bank.types.ordering import Ordering
from viva.bank.types.ordering import shown as self_check_order

SHOWN = frozenset(
    {"id", "type", "stem", "theme", "unit", "hypothesis", "finding", "vignette", "reveal"}
    | {"figure", "src", "alt", "caption", "text", "points", "millimetres"}
    | {"options", "statements", "prompts", "items", "regions", "steps"}
)
MIXED = ("items", "options")


def sheet(question: Question) -> dict[str, Any]:
    """What the page shows of a question, as plain data."""
    data: dict[str, Any] = _shown(question.model_dump(mode="json"))
    for name in MIXED:
        if name in data:
            data[name] = [data[name][place] for place in order(question)]
    if "regions" in data:
        data["regions"] = [
            {"id": number, "label": f"Place {_letter(number)}", "points": region["points"]}
            for number, region in enumerate(data["regions"])
        ]
    if "steps" in data:
        data["steps"] = [sheet(step) for step in getattr(question, "steps", ())]
    return data


def digest(question: Question) -> str:
    """Twelve hexadecimal digits that change when what the page shows does, and only then.

    It does not cover the key: a hash of few possible keys could be tried out. So a key may be
    corrected after the answers are in.
    """
    text = json.dumps(sheet(question), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def order(question: Question) -> list[int]:
    """Which of the author's items or options stands in each place of the page."""
    things: Sequence[Any] = getattr(question, "items", ()) or getattr(question, "options", ())
    places = list(range(len(things)))
    if not (isinstance(question, Ordering) or question.shuffle):
        return places
    texts = [thing if isinstance(thing, str) else thing.text for thing in things]

    def chance(place: int) -> bytes:
        return hashlib.sha256(f"{question.id} {texts[place]}".encode()).digest()

    return sorted(places, key=chance)


def answer(question: Question, given: Any) -> Any:
    """The page's answer as marking wants it. Raises AnswerError for what the page cannot give."""
    if given is None:
        return None
    if question.type == "case":
        return _steps(question, given)
    if question.type == "hotspot":
        regions = getattr(question, "regions", ())
        return regions[_place(given, len(regions))].id
    places = order(question)
    if isinstance(question, Ordering):
        shown = self_check_order(question)
        return [shown.index(places[_place(one, len(places))]) for one in _list(given)]
    return _original(given, places) if question.shuffle and places else given


def _shown(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {name: _shown(value) for name, value in data.items() if name in SHOWN}
    if isinstance(data, list):
        return [_shown(value) for value in data]
    return data


def _steps(question: Question, given: Any) -> list[Any]:
    steps = getattr(question, "steps", ())
    if len(_list(given)) != len(steps):
        raise AnswerError("the answer has another number of steps than the case")
    return [answer(step, part) for step, part in zip(steps, given, strict=True)]


def _original(given: Any, places: list[int]) -> Any:
    """One choice, or a list of them, as the author counts the options."""
    if isinstance(given, list):
        return [None if one is None else places[_place(one, len(places))] for one in given]
    return places[_place(given, len(places))]


def _list(given: Any) -> list[Any]:
    if not isinstance(given, list):
        raise AnswerError("the answer is not a list")
    return given


def _place(given: Any, length: int) -> int:
    if type(given) is not int or not 0 <= given < length:
        raise AnswerError(f"the answer is not a number from 0 to {length - 1}")
    return given


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else str(number + 1)
