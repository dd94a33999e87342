"""The whole course: banks, pages, references, and whether what they say of each other is so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from viva import bank, cards, evidence, glossary, pages, references
from viva.bank import Bank, Loaded
from viva.cache import Cache, content_key, program
from viva.pages import Objective, Page
from viva.problems import Problem, hint, in_order
from viva.question import Question
from viva.reader import Loc, Source
from viva.references import Bibliography

BLUEPRINT = "blueprint"
# What editors for prose add to a name, or save as unless told otherwise.
PROSE = {".txt", ".rtf", ".doc", ".docx", ".odt"}
CHECKED = {".md", ".bib", ".yml", ".yaml"}
DIRECTIVE_MODES = ("checkpoint", "before")


@dataclass(frozen=True)
class Layout:
    """Where a course keeps its files."""

    root: Path
    docs: Path
    quizzes: Path

    @classmethod
    def of(cls, root: Path) -> Layout:
        """The layout that every course has."""
        return cls(root, root / "docs", root / "quizzes")

    def name(self, path: Path) -> str:
        """A path as messages print it: relative to the course."""
        return path.relative_to(self.root).as_posix()


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
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Each bank's file as data with places, by its path."""
    cards: cards.Decks = field(default_factory=dict)

    @property
    def questions(self) -> dict[str, Question]:
        """Every question that can be embedded, by id; steps of cases are inside their case."""
        return {question.id: question for one in self.banks for question in one.questions}

    def count(self) -> int:
        """How many questions there are, each step of a case counted."""
        return sum(1 for one in self.banks for _ in bank.flat(one.questions))


def load_again(layout: Layout, cache: Cache) -> Course:
    """Read a course of which most files have not changed; the same as `load`, only faster."""
    key = content_key(program(), *_state(layout))
    sound = cache.load(key) is not None
    course = load(layout, cache=cache, sound=sound)
    if course.problems:
        return load(layout)
    if not sound:
        cache.store(key, b"sound")
    return course


def _state(layout: Layout) -> Iterator[str | bytes]:
    """The text of every file that says something of another, and the name of every other file."""
    for folder in (layout.docs, layout.quizzes):
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            yield layout.name(path)
            if path.suffix in CHECKED:
                yield path.read_bytes()


def load(
    layout: Layout,
    on_bank: Callable[[], None] = lambda: None,
    cache: Cache | None = None,
    sound: bool = False,
) -> Course:
    """Read a course. Everything wrong with it is in `problems`, in order.

    `on_bank` is called after each bank, to show progress. What the files of a course known to be
    `sound` say of each other is not checked again.
    """
    loaded = []
    for path in bank_files(layout):
        name = layout.name(path)
        loaded.append(bank.load_again(path, name, cache) if cache else bank.load(path, name))
        on_bank()
    found = {page.path: page for page in _pages(layout)}
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
        tuple(glossary.terms(found["glossary.md"].text)) if "glossary.md" in found else (),
        known.evidence,
        (),
        {one.source.path: one.source for one in loaded},
        decks,
    )
    problems += [*faults, *(problem for one in loaded for problem in one.problems)]
    problems += [*bibliography.problems, *known.problems, *_unread(layout)]
    if not sound:
        problems += _cross_problems(course, loaded)
        problems += evidence.problems(known, found, bibliography.references)
    return Course(**(vars(course) | {"problems": tuple(in_order(problems))}))


def bank_files(layout: Layout) -> list[Path]:
    """The bank files of a course, by name; `blueprint.yml` holds targets and no questions."""
    found = [*layout.quizzes.glob("*.yml"), *layout.quizzes.glob("*.yaml")]
    return sorted(path for path in found if path.stem != BLUEPRINT)


def _unread(layout: Layout) -> Iterator[Problem]:
    """Files that were meant to hold questions and were saved as something else."""
    for path in sorted(layout.quizzes.rglob("*")):
        if path.suffix.lower() in PROSE:
            right = path.name.split(".")[0] + ".yml"
            said = f"this file is not read (save it as plain text and name it {right})"
            yield Problem(layout.name(path), 1, 1, "RD008", said)


def _pages(layout: Layout) -> Iterator[Page]:
    for path in sorted(layout.docs.rglob("*.md")):
        yield pages.load(path, layout.docs, layout.root)


def _bibliography(layout: Layout) -> Bibliography:
    path = layout.docs / "references.bib"
    return references.load(path, layout.name(path))


def _objectives(found: Any) -> tuple[dict[str, Objective], list[Problem]]:
    declared: dict[str, Objective] = {}
    problems: list[Problem] = []
    for page in found:
        problems += page.front.problems
        for number, objective in enumerate(pages.objectives(page)):
            if objective.id in declared:
                there = declared[objective.id].page
                message = f"objective {objective.id} is declared in {there} too (rename one)"
                loc: Loc = ("objectives", number, "id")
                problems.append(page.front.problem(loc, "MD502", message))
            declared.setdefault(objective.id, objective)
    return declared, problems


def _cross_problems(course: Course, loaded: list[Loaded]) -> Iterator[Problem]:
    """What a file says of another that is not so. Works on raw data: broken questions count too."""
    seen: dict[str, str] = {}
    for one in loaded:
        if isinstance(one.source.data, dict):
            yield from _module(one.source, course)
            yield from question_problems(one.source, course, seen)
    taken = dict(seen)
    for page in course.pages.values():
        for loc, data in cards.raw(page):
            yield from _id(loc, data, page.front, taken)
            yield from _reference_problems(loc, data, page.front, course)
        yield from _directives(page, seen)
        yield from _citations(page, course)


def question_problems(
    source: Source, course: Course, seen: dict[str, str], field: str = "questions"
) -> Iterator[Problem]:
    """What the questions of a file say of the course that is not so. Their ids join `seen`."""
    for loc, data in _raw_questions(source.data, field=field):
        yield from _id(loc, data, source, seen)
        yield from _links(loc, data, source, course)
        yield from evidence.tag_problems(course.evidence.facts, source, loc, data)


def _raw_questions(data: Any, loc: Loc = (), field: str = "questions") -> Iterator[tuple[Loc, Any]]:
    """Every mapping that stands where a question should, steps of cases included."""
    listed = data.get(field) if isinstance(data, dict) else None
    for number, item in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(item, dict):
            here = (*loc, field, number)
            yield here, item
            yield from _raw_questions(item, here, "steps")


def _id(loc: Loc, data: Any, source: Source, seen: dict[str, str]) -> Iterator[Problem]:
    name = data.get("id")
    if not isinstance(name, str):
        return
    line, _ = source.place((*loc, "id"))
    if name in seen:
        message = f"id {name} is already used at {seen[name]} (ids are unique in the course)"
        yield source.problem((*loc, "id"), "MD501", message)
    seen.setdefault(name, f"{source.path}:{line}")


def _module(source: Source, course: Course) -> Iterator[Problem]:
    name = source.data.get("module")
    if isinstance(name, str) and name not in course.pages:
        message = f"there is no page docs/{name} ({hint(name, list(course.pages))})"
        yield source.problem(("module",), "MD514", message)


def _links(loc: Loc, data: Any, source: Source, course: Course) -> Iterator[Problem]:
    objective = data.get("objective")
    if isinstance(objective, str) and objective not in course.objectives:
        message = f"no module declares the objective {objective} "
        message += f"({_objective_hint(objective, course)})"
        yield source.problem((*loc, "objective"), "MD502", message)
    yield from _reference_problems(loc, data, source, course)
    yield from _read(loc, data, source, course)
    yield from _figure(loc, data, source, course)


def _objective_hint(name: str, course: Course) -> str:
    near = hint(name, list(course.objectives))
    return near if near.startswith("did you") else "declare it in the module's front matter"


def _reference_problems(loc: Loc, data: Any, source: Source, course: Course) -> Iterator[Problem]:
    keys = course.bibliography.references
    listed = data.get("references")
    for number, name in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(name, str) and name not in keys:
            message = f"reference {name} is not in docs/references.bib ({_key_hint(name, keys)})"
            yield source.problem((*loc, "references", number), "MD503", message)
    cites = "[@" in str(data)
    for at, text in _texts(data) if cites else ():
        for name in _cited(text):
            if name not in keys:
                message = f"[@{name}] is not in docs/references.bib ({_key_hint(name, keys)})"
                yield source.problem((*loc, *at), "MD503", message)


def _key_hint(name: str, keys: Mapping[str, Any]) -> str:
    near = hint(name, list(keys))
    return near if near.startswith("did you") else "add it there"


def _texts(data: Any, at: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text of a question; a case's steps are questions of their own."""
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, dict):
        for name, value in data.items():
            if name != "steps":
                yield from _texts(value, (*at, name))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*at, number))


def _cited(text: str) -> list[str]:
    found = pages.CITATION.findall(text) if "[@" in text else []
    return [part.strip().removeprefix("@") for one in found for part in one.split(";")]


def _read(loc: Loc, data: Any, source: Source, course: Course) -> Iterator[Problem]:
    target = data.get("read")
    if not isinstance(target, str):
        return
    path, _, anchor = target.partition("#")
    page = course.pages.get(path)
    at = (*loc, "read")
    if page is None:
        message = f"there is no page docs/{path} ({hint(path, list(course.pages))})"
        yield source.problem(at, "MD514", message)
    elif anchor and anchor not in page.anchors:
        message = f"docs/{path} has no heading #{anchor} ({hint(anchor, page.anchors)})"
        yield source.problem(at, "MD514", message)


def _figure(loc: Loc, data: Any, source: Source, course: Course) -> Iterator[Problem]:
    figure = data.get("figure")
    src = figure.get("src") if isinstance(figure, dict) else None
    if not isinstance(src, str) or not src.strip():
        return
    path = (course.layout.docs / src.partition("#")[0]).resolve()
    if not path.is_relative_to(course.layout.docs.resolve()) or not path.is_file():
        message = f"there is no file docs/{src} (check the name; src is relative to docs/)"
        yield source.problem((*loc, "figure", "src"), "MD515", message)


def _directives(page: Page, ids: Mapping[str, str]) -> Iterator[Problem]:
    for directive in page.directives:
        if directive.mode not in DIRECTIVE_MODES:
            message = (
                f"unknown directive viva {directive.mode} (write [viva: …] or [viva before: …])"
            )
            yield page.problem(directive.line, 1, "MD516", message)
        if not directive.ids:
            message = "the directive names no question (write [viva: question-id])"
            yield page.problem(directive.line, 1, "MD516", message)
        for name in directive.ids:
            if name not in ids:
                message = f"there is no question {name} ({hint(name, list(ids))})"
                yield page.problem(directive.line, 1, "MD516", message)


def _citations(page: Page, course: Course) -> Iterator[Problem]:
    keys = course.bibliography.references
    for name, line, column in page.citations():
        if name not in keys:
            message = f"[@{name}] is not in docs/references.bib ({_key_hint(name, keys)})"
            yield page.problem(line, column, "MD503", message)
