"""What cannot be known while a file is broken: its mistake is told, and none that follows from it.

A bank that cannot be read may hold any question, so nothing is said of questions that are missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from viva.bank.banks import LoadedBank, flat
from viva.base.problems import Problem, has_errors, suggestion
from viva.course import links
from viva.course.front import Aim, is_unread
from viva.course.pages import Page
from viva.course.references import Bibliography

Errors = tuple[Problem, ...]
OBJECTIVES = "objectives"


@dataclass(frozen=True)
class Doubts:
    """What may be there although it was not found."""

    banks: Mapping[str, Errors] = field(default_factory=dict)
    """The mistakes of each bank that has some, by its id."""
    questions: Mapping[str, Errors] = field(default_factory=dict)
    """Those of its bank, for each question that is there and broken, by its id."""
    unread: Errors = ()
    """Those of the banks whose questions cannot be told."""
    objectives: bool = False
    references: bool = False
    everything: bool = False
    """Whether nothing of the course was found."""

    def of_question(self, name: str) -> Errors:
        """The mistakes because of which a question may be missing."""
        return self.questions.get(name) or self.unread

    def of_bank(self, name: str | None) -> Errors:
        """The mistakes because of which a bank, or any of them, may lack questions."""
        if name is None:
            return tuple(chain.from_iterable(self.banks.values()))
        return self.banks.get(name, ())


def of(
    loaded: Collection[LoadedBank], pages: Collection[Page], known: Bibliography, left: Errors = ()
) -> Doubts:
    """The doubts about a course whose files have been read, and why some were `left` out."""
    wrong = [one for one in loaded if has_errors(one.problems)]
    broken = {name: one.problems for one in wrong for name in _broken(one)}
    untold = (p for one in wrong if None in _ids(one) for p in one.problems)
    unread = (*left, *untold, *_taken(loaded))
    return Doubts(
        {Path(one.path).stem: (one,) for one in left} | {one.id: one.problems for one in wrong},
        broken,
        unread,
        _are_twice(pages) or any(map(_hides_objectives, pages)),
        bool(known.problems) and not known.references,
    )


def _taken(loaded: Iterable[LoadedBank]) -> Iterator[Problem]:
    """Ids that are used twice: one of the two may be meant to be a missing one."""
    seen: links.Seen = {}
    for one in loaded:
        if isinstance(one.source.data, dict):
            yield from links.ids(one.source, seen)


def _broken(one: LoadedBank) -> Iterator[str]:
    """The ids in a bank's file that belong to no sound question."""
    sound = {question.id for question in flat(one.bank.questions)} if one.bank else set()
    yield from (name for name in _ids(one) if name is not None and name not in sound)


def _ids(one: LoadedBank) -> list[str | None]:
    """The id of each question in a bank's file; None for what cannot be told."""
    data = one.source.data
    listed = data.get("questions") if isinstance(data, dict) else None
    return [*_named(listed)] if isinstance(listed, list) else [None]


def _named(listed: list[Any]) -> Iterator[str | None]:
    for item in listed:
        name = item.get("id") if isinstance(item, dict) else None
        yield name.strip() if isinstance(name, str) and name.strip() else None
        steps = item.get("steps") if isinstance(item, dict) else None
        yield from _named(steps) if isinstance(steps, list) else ()


def _are_twice(pages: Iterable[Page]) -> bool:
    """Whether an objective is declared twice: one of the two may be meant to be a missing one."""
    names = [one.id for page in pages for one in page.objectives]
    return len(names) > len(set(names))


def _hides_objectives(page: Page) -> bool:
    """Whether a page may declare objectives that cannot be read."""
    if page.front.problems:
        return True
    declared = page.meta.get(OBJECTIVES)
    if declared is None:  # a field that was meant to be it
        unread = not page.meta and is_unread(page)
        return unread or any(suggestion(str(name), (OBJECTIVES,)) for name in page.meta)
    return not (isinstance(declared, list) and all(map(_is_sound, declared)))


def _is_sound(objective: Any) -> bool:
    try:
        Aim.model_validate(objective)
    except ValidationError:
        return False
    return True
