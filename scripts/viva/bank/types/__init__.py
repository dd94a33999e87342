"""The types of question: a folder each, found by its name: `single` is the type `single`.

`protocol.py` says what a type is. Here they are found, and here the rest of the program calls them:
it never needs to know of which type a question is.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Union, get_args

from pydantic import Field

from viva.bank.interactions import Interaction
from viva.bank.question import Question
from viva.bank.types import listed
from viva.bank.types.protocol import (
    Fault,
    Filled,
    Incomplete,
    NotOnPaper,
    Part,
    Printed,
    PrintedPart,
    PrintedRow,
    QuestionType,
    Trait,
)
from viva.base import net
from viva.base.reader import Loc
from viva.base.words import say

__all__ = [
    "Fault",
    "Filled",
    "Incomplete",
    "NotOnPaper",
    "Part",
    "Printed",
    "PrintedPart",
    "PrintedRow",
    "Trait",
]

OPEN = "–"
"""An answer that says nothing."""
PLAIN = frozenset({"id", "type", "stem", "reveal", "figure", "src", "alt", "caption"})
"""The fields that a page without key shows of every type."""
FILES = {
    "__init__.py": "write its model and its TYPE",
    "template.html": "write how it looks, complete without scripts",
    "script.js": "write what the browser does when it is answered",
}


def _find() -> tuple[dict[str, QuestionType[Any]], dict[str, str]]:
    """The types by name, and what each folder lacks that is not a whole type."""
    found, faults = {}, {}
    for folder in sorted(resources.files(__name__).iterdir(), key=lambda entry: entry.name):
        if folder.is_dir() and not folder.name.startswith(("_", ".")):
            try:
                found[folder.name.replace("_", "-")] = _type(folder)
            except Incomplete as error:
                faults[_place(folder)] = str(error)
    return found, faults


def _type(folder: Traversable) -> QuestionType[Any]:
    """The type in a folder. Raises Incomplete when a part of it is missing."""
    for file, advice in FILES.items():
        if not folder.joinpath(file).is_file():
            raise Incomplete(f"there is no {file} ({advice})")
    module = _module(folder.name)
    found: Any = vars(module).get("TYPE")
    if QuestionType not in type(found).__mro__:
        raise Incomplete("there is no TYPE (write TYPE = and an object of the type's class)")
    name = folder.name.replace("_", "-")
    if get_args(found.model.model_fields["type"].annotation) != (name,):
        raise Incomplete(f'its model has another type (write type: Literal["{name}"])')
    kind: QuestionType[Any] = found
    return kind


def _module(name: str) -> ModuleType:
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except Incomplete:
        raise
    except Exception as error:
        if os.environ.get(net.TRACE):
            raise
        said = f"its code fails: {net.said_of(error)} (mend it; {net.TRACE}=1 tells where)"
        raise Incomplete(said) from None


def _place(folder: Traversable) -> str:
    """The folder as messages name it."""
    path, here = Path(str(folder)), Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def _one_of(kinds: Iterable[QuestionType[Any]]) -> Any:
    """A question of any of these types, told apart by its field `type`."""
    models = tuple(kind.model for kind in kinds)
    return Annotated[Union[models], Field(discriminator="type")]  # noqa: UP007


TYPES, FAULTS = _find()
MODELS: Mapping[str, type[Question]] = {name: kind.model for name, kind in TYPES.items()}
ANY_QUESTION = _one_of(TYPES.values())
STEP = _one_of(kind for kind in TYPES.values() if Trait.STEPS not in kind.traits)
FIRST = next(name for name, kind in TYPES.items() if Trait.FIRST in kind.traits)

for _kind in TYPES.values():
    if Trait.STEPS in _kind.traits:  # built when one is read: what comes from the cache needs none
        vars(sys.modules[_kind.model.__module__])["Step"] = STEP


def of(question: Question) -> QuestionType[Any]:
    """The type of a question."""
    return TYPES[question.type]


def traits(question: Question) -> frozenset[Trait]:
    """What rules and pages select it by."""
    return of(question).traits


def how(question: Question) -> str:
    """How to answer, in a few words."""
    return of(question).how(question)


def check(question: Question) -> Iterator[Fault]:
    """What is wrong with a question beyond its fields, such as an answer that is not an option."""
    kind = of(question)
    if question.also and not kind.takes_also:
        takers = ", ".join(name for name, one in TYPES.items() if one.takes_also)
        said = say("also is not for this type (it is for {takers})", takers=takers)
        yield ("also",), "KY301", said
    yield from listed.repeated(kind.choices(question), listed.OPTION)
    yield from kind.check(question)


def rekeyed(question: Question, right: Sequence[str]) -> Question | None:
    """The question with other right answers; None where it cannot have them."""
    try:
        changed = of(question).rekeyed(question, right)
    except ValueError:
        return None
    return None if changed is None or any(check(changed)) else changed


def has_key(question: Question) -> bool:
    """Whether a question can be given another key after a test."""
    return type(of(question)).rekeyed is not QuestionType.rekeyed


def granted(question: Question, more: Sequence[str]) -> Question | None:
    """The question with more answers that count as right; None where it cannot have them."""
    changed = question.model_copy(update={"also": (*question.also, *more)})
    return None if any(check(changed)) else changed


def key(question: Question) -> Any:
    """What a browser needs to mark an answer to this question, as JSON."""
    return of(question).key(question)


def steps(question: Question) -> Sequence[Question]:
    """The questions that it is made of; none, unless it is a case."""
    return of(question).steps(question)


def with_step(question: Question, step: Question) -> Question:
    """The question with one of its steps, known by its id, replaced by this one."""
    changed: Question = of(question).with_step(question, step)
    return changed


def names(question: Question) -> Mapping[str, Any]:
    """What every template gets of a question with its key."""
    kind = of(question)
    return {"how": kind.how(question), "data": kind.key(question), **kind.names(question)}


def mark(question: Question, answer: Any) -> float | None:
    """The mark of an answer, 0 to 1. None: nobody but a person can judge it.

    An answer of None was left open and gets 0. Raises AnswerError for an answer that is damaged.
    """
    if answer is None:
        return 0.0
    kind = of(question)
    return kind.mark(question, kind.validated(question, answer))


def doubtful(question: Question, answer: Any) -> bool:
    """Whether a person should see an answer, such as a number that can be read in two ways, before
    it counts as the rule says."""
    return of(question).doubtful(question, answer)


def combined(marks: Sequence[float | None]) -> float | None:
    """The mark of a question made of steps: their mean. None while one of them waits."""
    known = [value for value in marks if value is not None]
    return sum(known) / len(marks) if len(known) == len(marks) else None


def sheet(question: Question) -> dict[str, Any]:
    """What a page without key shows of a question, as plain data.

    A field that neither the list for all types nor the type's own lets through stays behind.
    """
    kind = of(question)
    data: dict[str, Any] = _shown(kind.sheet(question), PLAIN | kind.shown)
    if kind.mixes:
        data[kind.mixes] = [data[kind.mixes][place] for place in kind.order(question)]
    if kind.steps(question):
        data["steps"] = [sheet(step) for step in kind.steps(question)]
    return data


def sheet_names(question: Question) -> Mapping[str, Any]:
    """What every template gets of a question without its key."""
    kind = of(question)
    return {"how": kind.how(question), **kind.sheet_names(question)}


def staying(question: Question) -> frozenset[int]:
    """The author's options that keep their place where others are shuffled."""
    return of(question).staying(question)


def order(question: Question) -> list[int]:
    """Which of the author's options or items stands in each place of a page without key."""
    return of(question).order(question)


def answer(question: Question, given: Any) -> Any:
    """What a page without key gave, in the author's terms.

    Nothing else looks at an answer before. Raises AnswerError for what the page cannot give.
    """
    if given is None:
        return None
    kind = of(question)
    return kind.validated(question, kind.from_sheet(question, given))


def words(question: Question, answer: Any) -> str:
    """An answer as its student would say it; a dash where it says nothing."""
    return (answer is not None and of(question).words(question, answer)) or OPEN


def code(question: Question, answer: Any) -> str:
    """An answer in a cell of a table; empty when it was left open."""
    return "" if answer is None else of(question).code(question, answer)


def options(question: Question) -> Mapping[str, str]:
    """The labels and texts of what can be chosen; none where nothing is."""
    return of(question).options(question)


def right(question: Question) -> Sequence[str]:
    """The labels of what is right; none for types without options."""
    return of(question).right(question)


def model_answer(question: Question) -> str:
    """What a person who judges an answer compares it with."""
    return of(question).model_answer(question)


def printed(question: Question, order: Sequence[int]) -> Printed:
    """What stands on paper, with entries that are mixed in the given order."""
    return of(question).printed(question, order)


def several_marks(question: Question) -> bool:
    """Whether a row of the answer sheet may hold several marks."""
    return of(question).several_marks


def from_paper(question: Question, order: Sequence[int], rows: Sequence[Filled]) -> Any:
    """What filled-in rows of the answer sheet answer, in the author's terms; None where all are
    open. Raises AnswerError, or NotOnPaper where no table can hold an answer."""
    return of(question).from_paper(question, order, rows) if any(rows) else None


def authored(question: Question, answer: Any) -> Any:
    """An answer that is in the author's terms already. Raises AnswerError for one that is none."""
    return None if answer is None else of(question).validated(question, answer)


def interaction(question: Question) -> Interaction | None:
    """How it is answered, in terms that formats share; None where no other format has it."""
    return of(question).interaction(question)


def fields(given: Interaction) -> tuple[str, Mapping[str, Any]] | None:
    """The type that takes a question of another system, by name, and its fields; None if none."""
    for name, kind in TYPES.items():
        found = kind.fields(given)
        if found is not None:
            return name, found
    return None


def running(question: Question) -> Iterator[tuple[Loc, str]]:
    """The running text before the answer, in reading order."""
    return of(question).running(question)


def choices(question: Question) -> Iterator[Part]:
    """The listed options."""
    return of(question).choices(question)


def parts(question: Question) -> Iterator[Part]:
    """What else is read before the answer: statements, prompts, items, places."""
    return of(question).parts(question)


def _shown(data: Any, fields: frozenset[str]) -> Any:
    if isinstance(data, Mapping):
        return {name: _shown(value, fields) for name, value in data.items() if name in fields}
    return [_shown(value, fields) for value in data] if isinstance(data, list) else data
