"""A course as the rules see it: its banks, what assignments keep for themselves, its objectives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from viva.assignments import model as assignments
from viva.bank import types
from viva.bank.banks import Bank, validate
from viva.bank.question import Question
from viva.bank.types import Trait
from viva.base.reader import Loc, Source, read
from viva.course import inventory, states, targets
from viva.course.courses import Course
from viva.course.targets import Blueprint
from viva.lint.item import Home, Item
from viva.lint.lazy import lazy


@dataclass(frozen=True)
class BankView:
    """A bank with the items of all its questions, steps of cases included."""

    bank: Bank
    source: Source
    items: tuple[Item, ...]

    @lazy
    def singles(self) -> tuple[Item, ...]:
        """The questions with one best answer."""
        return tuple(item for item in self.items if item.has(Trait.ONE_RIGHT) and item.key)


@dataclass(frozen=True)
class ObjectiveView:
    """An objective with its place and the questions that test it."""

    id: str
    text: str
    level: str | None
    source: Source
    loc: Loc
    items: tuple[Item, ...]


@dataclass(frozen=True)
class CourseView:
    """The whole course as the rules see it."""

    course: Course
    banks: tuple[BankView, ...]
    private: tuple[BankView, ...] = ()
    """The questions of each assignment that no bank holds."""

    @lazy
    def every(self) -> tuple[BankView, ...]:
        """Everything that holds questions."""
        return (*self.banks, *self.private)

    @lazy
    def items(self) -> tuple[Item, ...]:
        """Every question and step of the course and its assignments."""
        return tuple(item for bank in self.every for item in bank.items)

    @lazy
    def blueprint(self) -> Blueprint:
        """What the course wants to ask, against what it asks."""
        return targets.load(self.course)

    @lazy
    def objectives(self) -> tuple[ObjectiveView, ...]:
        """Every objective that a page declares, with the questions that every student can see."""
        testing: dict[str, list[Item]] = {}
        for item in (item for bank in self.banks for item in bank.items):
            if item.question.objective and not item.has(Trait.STEPS):
                testing.setdefault(item.question.objective, []).append(item)
        return tuple(_objectives(self.course, testing))


def _objectives(course: Course, testing: Mapping[str, list[Item]]) -> Iterator[ObjectiveView]:
    for page in course.pages.values():
        declared = page.meta.get("objectives")
        for number, item in enumerate(declared if isinstance(declared, list) else []):
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                said, level = str(item.get("text", "")), item.get("level")
                loc = ("objectives", number)
                tests = tuple(testing.get(item["id"], ()))
                yield ObjectiveView(item["id"], said, level, page.front, loc, tests)


def view(course: Course) -> CourseView:
    """The course with every sound question of every bank and assignment in its place."""
    kept = (states.without(bank, {"retired"}) for bank in course.banks)
    banks = (bank_view(bank, course.sources[bank.path], course) for bank in kept)
    paths = assignments.files(course.layout)
    sources = (read(path, course.layout.name(path)) for path in paths)
    private = (file_view(source, course) for source in sources)
    return CourseView(course, tuple(banks), tuple(filter(None, private)))


def file_view(source: Source, course: Course) -> BankView | None:
    """The questions of a file: of a bank, or those that an assignment keeps for itself."""
    path = course.layout.root / source.path
    is_assignment = inventory.is_assignment(path, course.layout)
    read_as = assignments.private if is_assignment else validate
    bank, _ = read_as(source, path.stem)
    if bank is None:
        return None
    if not is_assignment:
        return bank_view(bank, source, course)
    named = replace(bank, id=f"{assignments.FOLDER}/{bank.id}")
    return bank_view(named, source, course, "private")


def bank_view(bank: Bank, source: Source, course: Course, field: str = "questions") -> BankView:
    """A bank with every sound question in its place under a field."""
    places = dict(_places(source.data, (), field))
    known = frozenset(term.short for term in course.glossary if term.short)
    home = Home(bank, source, course, known)
    return BankView(bank, source, tuple(_items(bank.questions, places, home, None)))


def _places(data: Any, loc: Loc, field: str) -> Iterator[tuple[str, Loc]]:
    """The place of each id; of an id that is there twice, the first one that is left."""
    listed = data.get(field)
    for number, entry in reversed(list(enumerate(listed if isinstance(listed, list) else []))):
        if isinstance(entry, dict):
            here = (*loc, field, number)
            yield str(entry.get("id", "")).strip(), here
            yield from _places(entry, here, "steps")


def _items(
    questions: Sequence[Question], places: Mapping[str, Loc], home: Home, case: Item | None
) -> Iterator[Item]:
    for question in questions:
        item = Item(question, places[question.id], home, case)
        yield item
        yield from _items(types.steps(question), places, home, item)
