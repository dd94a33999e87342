"""The types of question, found by file name: `single.py` is the type `single`.

A type's module gives:

- a frozen model, the one subclass of `Question` in it, whose `type` is the name of the type;
- `key(question)`: the JSON that a browser needs to mark an answer;
- `mark(question, answer)`: from 0 to 1, or None where only the student can judge;
- `EXAMPLE`: its own fields in a question to fill in, as `viva new question` writes them;
- if it likes, `check(question)`: places and messages for what the model alone cannot refuse;
- if it likes, `words(question, answer)`: an answer as its student would say it;
- if it likes, `on_paper(question)`: what is printed of it beside its stem and figure.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union

from pydantic import Field

from viva.bank.question import Question
from viva.base.reader import Loc

Fault = tuple[Loc, str, str]
"""Where in the question, the rule's code, and the message."""


@dataclass(frozen=True)
class Printed:
    """A question on paper: what to do in a few words, what to know, what stands after the line to
    write on, and the right answer."""

    how: str
    note: str
    line: str
    answer: str


def _find() -> dict[str, Any]:
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {
        name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}")
        for name in names
        if not name.startswith("_")
    }


def model(name: str) -> type[Question]:
    """The model of a type."""
    found = vars(TYPES[name]).values()
    return next(
        thing
        for thing in found
        if isinstance(thing, type)
        and issubclass(thing, Question)
        and thing.__module__ == TYPES[name].__name__
    )


def key(question: Question) -> Any:
    """What a browser needs to mark an answer to this question, as JSON."""
    return TYPES[question.type].key(question)


def mark(question: Question, answer: Any) -> float | None:
    """The mark of an answer, 0 to 1. None: nobody but the student can judge it.

    An answer of None was left open and gets 0. Raises AnswerError for an answer that is damaged.
    """
    return 0.0 if answer is None else TYPES[question.type].mark(question, answer)


def check(question: Question) -> Iterator[Fault]:
    """What is wrong with a question beyond its fields, such as an answer that is not an option."""
    found = getattr(TYPES[question.type], "check", None)
    return found(question) if found else iter(())


def on_paper(question: Question) -> Printed | None:
    """What is printed of a question, if its type says so itself."""
    found = getattr(TYPES[question.type], "on_paper", None)
    return found(question) if found else None


def words(question: Question, answer: Any) -> str | None:
    """An answer as its student would say it, if the type says so itself."""
    found = getattr(TYPES[question.type], "words", None)
    return found(question, answer) if found else None


TYPES = _find()
MODELS = {name: model(name) for name in TYPES}


def _one_of(models: list[type[Question]]) -> Any:
    """A question of any of these types, told apart by its field `type`."""
    return Annotated[Union[tuple(models)], Field(discriminator="type")]  # noqa: UP007


MODELS["case"].model_rebuild(
    _types_namespace={"Step": _one_of([MODELS[name] for name in TYPES if name != "case"])}
)
ANY_QUESTION = _one_of(list(MODELS.values()))
