"""The whole course: banks, pages, references, and whether what they say of each other is so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from viva.bank import banks, types
from viva.bank.banks import Bank, LoadedBank
from viva.bank.question import Question
from viva.base import cores, folders
from viva.base.cache import Cache, content_key, program
from viva.base.problems import Problem, has_errors, in_order
from viva.base.reader import Loc, Source
from viva.base.words import say
from viva.course import (
    cards,
    conversion,
    doubts,
    evidence,
    front,
    glossary,
    guard,
    inventory,
    links,
    pages,
    references,
    setup,
    strays,
)
from viva.course.conversion import Converter, Engine
from viva.course.directives import Marked
from viva.course.doubts import Doubts
from viva.course.fields import Checker
from viva.course.layout import Layout
from viva.course.pages import Objective, Page
from viva.course.references import Bibliography

MANY_FILES = 60
CHECKED = {".md", ".bib", ".yml", ".yaml"}


@dataclass(frozen=True)
class Course:
    """Everything that the site is made of, frozen."""

    layout: Layout
    banks: tuple[Bank, ...]
    pages: Mapping[str, Page]
    objectives: Mapping[str, Objective]
    bibliography: Bibliography
    glossary: tuple[glossary.Term, ...]
    evidence: evidence.Evidence
    problems: tuple[Problem, ...]
    converter: Converter = field(repr=False)
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Each bank's file as data with places, by its path."""
    cards: cards.Decks = field(default_factory=dict)
    doubts: Doubts = field(default_factory=Doubts)

    @cached_property
    def checker(self) -> Checker:
        """What says whether a text field is sound."""
        return Checker(self.converter)

    @cached_property
    def aims(self) -> Mapping[str, tuple[Objective, ...]]:
        """The objectives that each page declares, by its path."""
        found: dict[str, list[Objective]] = {}
        for one in self.objectives.values():
            found.setdefault(one.page, []).append(one)
        return {path: tuple(own) for path, own in found.items()}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question that can be embedded, by id; steps of cases are inside their case."""
        return {question.id: question for one in self.banks for question in one.questions}

    def count(self) -> int:
        """How many questions there are, each step of a case counted."""
        return sum(1 for one in self.banks for _ in banks.flat(one.questions))


def load_again(layout: Layout, cache: Cache, engine: Engine | None = None) -> Course:
    """Read a course of which most files have not changed; the same as `load`, only faster."""
    key = content_key(program(), *_state(layout))
    sound = cache.load(key) is not None
    course = load(layout, cache=cache, sound=sound, engine=engine)
    if has_errors(course.problems):
        return load(layout)
    if not sound:
        cache.store(key, b"sound")
    return course


def _state(layout: Layout) -> Iterator[str | bytes]:
    """The text of every file that says something of another, and the name of every other file."""
    for folder in (layout.docs, layout.quizzes):
        for path in folders.files(folder):
            if layout.sittings in path.parents:
                continue
            yield layout.name(path)
            if path.suffix.lower() in CHECKED:
                yield path.read_bytes()


def load(
    layout: Layout,
    on_bank: Callable[[], None] = lambda: None,
    cache: Cache | None = None,
    sound: bool = False,
    engine: Engine | None = None,
    meanwhile: Callable[[Iterable[Page]], None] = lambda _: None,
) -> Course:
    """Read a course. Everything wrong with it is in `problems`, in order.

    `on_bank` is called after each bank, to show progress. What the files of a course known to be
    `sound` say of each other is not checked again. An `engine` that can, converts its pages.
    `meanwhile` is done with the pages while other processes read banks.
    """
    absent = tuple(setup.missing(layout))
    if absent:
        return _nothing(layout, absent)
    inside = inventory.take(layout)
    told: list[Path] = []

    def read(paths: Sequence[Path]) -> list[LoadedBank]:
        made = []
        for path in paths:
            name = layout.name(path)
            one = banks.load_again(path, name, cache) if cache else banks.load(path, name)
            made.append(strays.told(one, layout))
            on_bank()
            told.append(path)
        return made

    converter = conversion.of(layout, cache, engine)
    found = {page.path: page for page in _pages(inside.pages, layout, converter)}

    def look() -> None:
        for page in found.values():
            _ = page.marked
        meanwhile(found.values())

    _convert([page for page in found.values() if not page.is_converted], engine)
    new = cache is None or sum(not banks.is_kept(one, cache) for one in inside.banks) >= MANY_FILES
    loaded = cores.spread(
        read,
        inside.banks,
        MANY_FILES if new else len(inside.banks) + 1,
        meanwhile=look if new else lambda: None,
    )
    for _ in range(len(inside.banks) - len(told)):
        on_bank()  # what another process has read
    bibliography = _bibliography(layout)
    declared, problems = _objectives(found.values())
    decks, faults = cards.load(found.values())
    known = evidence.load(layout.docs, layout.root)
    course = Course(
        layout,
        tuple(one.bank for one in loaded if one.bank),
        found,
        declared,
        bibliography,
        tuple(glossary.terms(found[glossary.PAGE].text)) if glossary.PAGE in found else (),
        known.evidence,
        (),
        converter,
        {one.source.path: one.source for one in loaded},
        decks,
        doubts.of(loaded, found.values(), bibliography, inside.twins),
    )
    problems += [*faults, *(problem for one in loaded for problem in one.problems)]
    problems += [*layout.settings.problems, *setup.problems(layout), *guard.problems(layout)]
    problems += [*converter.problems(layout), *_types()]
    problems += [*bibliography.problems, *known.problems, *inside.problems]
    problems += strays.published(inside.beside, layout)
    if not sound:
        problems += links.problems(course)
    if not (sound or known.problems or bibliography.problems):
        problems += evidence.problems(known, found, bibliography.references)
    return replace(course, problems=tuple(in_order(problems)))


def _convert(found: Sequence[Page], engine: Engine | None) -> None:
    """Find out what stands on pages, if they are so many that all cores are worth it."""

    def work(part: Sequence[Page]) -> list[tuple[Marked, Any]]:
        return [(page.marked, engine and engine.give()) for page in part]

    if len(found) < MANY_FILES:
        return
    for page, (marked, kept) in zip(found, cores.spread(work, found, 0), strict=True):
        page.know(marked)
        if engine:
            engine.take(kept)


def _nothing(layout: Layout, problems: tuple[Problem, ...]) -> Course:
    """A course of which nothing can be read."""
    known, none = Bibliography(), evidence.Evidence({}, ())
    converter, lost = conversion.of(layout), Doubts(everything=True)
    return Course(layout, (), {}, {}, known, (), none, problems, converter, doubts=lost)


def bank_files(layout: Layout) -> list[Path]:
    """The bank files of a course, in folders too, by name."""
    return list(inventory.take(layout).banks)


def _types() -> Iterator[Problem]:
    """What is wrong with the program's own types: no course can be built without all of one."""
    for folder, fault in types.FAULTS.items():
        yield Problem(folder, 1, 1, "SC004", fault)


def _pages(paths: Iterable[Path], layout: Layout, converter: Converter) -> Iterator[Page]:
    for path in paths:
        yield pages.load(path, layout.docs, layout.root, converter)


def _bibliography(layout: Layout) -> Bibliography:
    path = layout.docs / "references.bib"
    return references.load(path, layout.name(path))


def _objectives(found: Any) -> tuple[dict[str, Objective], list[Problem]]:
    declared: dict[str, Objective] = {}
    problems: list[Problem] = []
    for page in found:
        problems += page.front.problems
        problems += front.problems(page)
        for objective in page.objectives:
            if objective.id in declared:
                there = declared[objective.id].page
                message = say(
                    "objective {id} is declared in {there} too (rename one)",
                    id=objective.id,
                    there=there,
                )
                problems.append(page.front.problem(_aim(page, objective.id), "MD502", message))
            declared.setdefault(objective.id, objective)
    return declared, problems


def _aim(page: Page, name: str) -> Loc:
    """Where a page declares an objective last."""
    listed = enumerate(page.meta["objectives"])
    numbers = [n for n, one in listed if isinstance(one, dict) and one.get("id") == name]
    return ("objectives", numbers[-1], "id")
