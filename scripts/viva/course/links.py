"""What the files of a course say of each other, and whether it is so."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from viva.base import addresses, cores, net
from viva.base.files.paths import real
from viva.base.folders import is_file
from viva.base.problems import Problem, hint
from viva.base.reader import Loc, Source
from viva.base.words import Said, row, say
from viva.course import cards, directives, evidence, fields, misdirected, states, taken, typed
from viva.course.pages import Page

if TYPE_CHECKING:
    from viva.course.courses import Course


Texts = list[tuple[Loc, str]]
"""The texts of a question, each with its place in it."""
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|//", re.IGNORECASE)
# Pages that nobody wrote: each is made from something else.
LONGEST = 120
COPIED = 3
"""So many ids of another bank make a bank its copy."""
BRANCHES = (dict, list)
MANY = 60
"""So many banks are worth another process."""
MADE = ("self-checks/", "study/", "faculty/", "assignments/", "evidence.md", "facts.md")


@dataclass(frozen=True)
class Spot:
    """Where something stands. Its line is looked up when it is told, as it seldom is."""

    source: Source
    loc: Loc

    def __str__(self) -> str:
        return f"{self.source.path}:{self.line()}"

    def line(self) -> int:
        """Its line in the file."""
        return self.source.place(self.loc)[0]


Seen = dict[str, str | Spot]
"""Where each id is used."""


def problems(course: Course, among: Collection[str] | None = None) -> Iterator[Problem]:
    """What a file says of another that is not so. Works on raw data: broken questions count too.

    `among` are the names of files outside of which nothing has changed since all was so.
    """
    seen: Seen = {}
    sources = [one for one in course.sources.values() if isinstance(one.data, dict)]
    for source in sources:
        yield from ids(source, seen)
    others = dict(seen)
    for page in course.pages.values():
        if among is None or page.name in among:
            find = partial(_of_page, page, course, seen, others)
            yield from net.attempt(find, list[Problem](), page.name, say("what is on this page"))
    # After the pages: another process need not read again what is known of them.
    asked = [one for one in sources if among is None or one.path in among]
    yield from cores.spread(partial(_of_banks, course), asked, MANY)


def _of_banks(course: Course, sources: Sequence[Source]) -> list[Problem]:
    """What banks say of the course that is not so, but for their ids."""
    found = [problem for source in sources for problem in _module(source, course)]
    for source in sources:
        found += question_problems(source, course, None)
    return found


def _of_page(
    page: Page, course: Course, seen: Seen, others: Seen
) -> list[Problem]:
    found: list[Problem] = []
    for loc, data in cards.raw(page):
        found += _id(loc, data, page.front, others)
        texts = _texts(data)
        found += _texts_problems(loc, texts, page.front, course)
        found += _reference_problems(loc, data, texts, page.front, course)
    lost = (page.problem(line, column, "MD524", said) for line, column, said in page.marked.lost)
    return [
        *found,
        *_directives(page, seen, course),
        *lost,
        *_formulas(page),
        *taken.problems(page, course),
        *_objectives(page, course),
        *_citations(page, course),
        *_addresses(page, course),
    ]


def question_problems(
    source: Source, course: Course, seen: Seen | None, field: str = "questions"
) -> Iterator[Problem]:
    """What the questions of a file say of the course that is not so. Their ids join `seen`.

    None for ids that have been looked at already.
    """
    for loc, data in _raw_questions(source.data, field=field):
        find = partial(_of_question, loc, data, source, course, seen)
        what = say("question {id}", id=data.get("id"))
        yield from net.attempt(
            find, list[Problem](), source.path, what, Spot(source, loc).line
        )


def _of_question(
    loc: Loc, data: Any, source: Source, course: Course, seen: Seen | None
) -> list[Problem]:
    return [
        *(() if seen is None else _id(loc, data, source, seen)),
        *_links(loc, data, source, course),
        *evidence.tag_problems(course.evidence.facts, source, loc, data),
    ]


def _raw_questions(data: Any, loc: Loc = (), field: str = "questions") -> Iterator[tuple[Loc, Any]]:
    """Every mapping that stands where a question should, steps of cases included."""
    listed = data.get(field) if isinstance(data, dict) else None
    for number, item in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(item, dict):
            here = (*loc, field, number)
            yield here, item
            yield from _raw_questions(item, here, "steps")


def ids(source: Source, seen: Seen) -> Iterator[Problem]:
    """What is wrong with the ids of a bank; a bank that is copied is one mistake."""
    found = [(p, d) for loc, d in _raw_questions(source.data) for p in _id(loc, d, source, seen)]
    places = [str(seen[data["id"]]).rpartition(":")[0] for _, data in found]
    for other in dict.fromkeys(places):
        here = [one for one, place in zip(found, places, strict=True) if place == other]
        if len(here) < COPIED or other == source.path:
            yield from (problem for problem, _ in here)
        else:
            yield replace(here[0][0], message=_copied([data["id"] for _, data in here], other))


def _copied(names: list[str], other: str) -> str:
    return say(
        "the ids of questions are already used in {file}, as in a copy: {ids} "
        "(delete one of the two files, or give the questions of one other ids)",
        file=other, ids=row([*names[:COPIED], *["…"] * (len(names) > COPIED)]),
    )


def _id(loc: Loc, data: Any, source: Source, seen: Seen) -> Iterator[Problem]:
    name = data.get("id")
    if not isinstance(name, str):
        return
    if name in seen:
        message = say(
            "id {name} is already used at {place} (ids are unique in the course)",
            name=name, place=str(seen[name]),
        )
        yield source.problem((*loc, "id"), "MD501", message)
    seen.setdefault(name, Spot(source, (*loc, "id")))


def _module(source: Source, course: Course) -> Iterator[Problem]:
    name = source.data.get("module")
    if isinstance(name, str) and name not in course.pages:
        message = say(
            "there is no page {page} ({hint})",
            page=course.layout.doc(name), hint=hint(name, list(course.pages)),
        )
        yield source.problem(("module",), "MD514", message)


def _links(loc: Loc, data: Any, source: Source, course: Course) -> Iterator[Problem]:
    objective = data.get("objective")
    known = course.objectives
    if isinstance(objective, str) and objective not in known and not course.doubts.objectives:
        near = _objective_hint(objective, course)
        message = say("no module declares the objective {name} ({hint})", name=objective, hint=near)
        yield source.problem((*loc, "objective"), "MD502", message)
    texts = _texts(data)
    yield from _reference_problems(loc, data, texts, source, course)
    yield from _read(loc, data, source, course)
    yield from _figure(loc, data, source, course)
    yield from _texts_problems(loc, texts, source, course)


def _objective_hint(name: str, course: Course) -> str:
    return hint(
        name, list(course.objectives), say("declare it in the module's front matter")
    )


def _reference_problems(
    loc: Loc, data: Any, texts: Texts, source: Source, course: Course
) -> Iterator[Problem]:
    keys = course.bibliography.references
    if course.doubts.references:
        return
    listed = data.get("references")
    for number, name in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(name, str) and name.strip() and name.strip() not in keys:
            message = say(
                "reference {name} is not in {file} ({hint})",
                name=name, file=_bib(course), hint=_key_hint(name, keys),
            )
            yield source.problem((*loc, "references", number), "MD503", message)
    for at, text in texts:
        for name in _cited(course.checker.cited(at, text)) if "[@" in text else ():
            if name not in keys:
                message = say(
                    "[@{name}] is not in {file} ({hint})",
                    name=name, file=_bib(course), hint=_key_hint(name, keys),
                )
                yield source.problem((*loc, *at), "MD503", message)


def _bib(course: Course) -> str:
    return course.layout.doc("references.bib")


def _texts_problems(loc: Loc, texts: Texts, source: Source, course: Course) -> Iterator[Problem]:
    """What the text fields hold that cannot stand there, and links to what is not there."""
    checker = course.checker
    for at, text in texts:
        if checker.is_plain(text):
            continue
        place = (*loc, *at)
        yield from _unread(at, text, source, place, course)
        if not fields.SUSPECT.search(text):
            continue
        for code, message in checker.mistakes(at, text):
            yield source.problem(place, code, message)
        yield from _linked(at, text, source, place, course)


def said_problems(field: str, source: Source, course: Course) -> Iterator[Problem]:
    """What readers would not see of a text of a file's own, and where its links lead nowhere."""
    text = source.data.get(field) if isinstance(source.data, dict) else None
    if isinstance(text, str) and not course.checker.is_plain(text):
        yield from _unread((field,), text, source, (field,), course)
        yield from _linked((field,), text, source, (field,), course)
        yield from _reference_problems((), {}, [((field,), text)], source, course)
        if course.checker.asks(text):
            yield source.problem((field,), "MD516", fields.ASKS)


def _unread(
    at: Loc, text: str, source: Source, place: Loc, course: Course
) -> Iterator[Problem]:
    for one in course.checker.lost(at, text):
        yield _lost(one, text, source.problem(place, "MD524", one.message), course)
    for one in course.checker.formulas(at, text):
        yield _lost(one, text, source.problem(place, "MD525", one.message), course)


def _linked(
    at: Loc, text: str, source: Source, place: Loc, course: Course
) -> Iterator[Problem]:
    for element, target in course.checker.links(at, text):
        wrong = addresses.fault(target)
        if wrong:
            yield source.problem(place, "MD515", wrong)
        elif not ELSEWHERE.match(target):
            yield from _target(unquote(target), element, place, source, course)


def _lost(one: typed.Lost, text: str, problem: Problem, course: Course) -> Problem:
    """The problem where the lost words stand in the file, as far as they stand there as typed."""
    words = one.said.split(" ")[0] if one.said else ""
    lines = (course.layout.root / problem.path).read_text("utf-8-sig").splitlines()
    skipped = text.count(words, 0, one.at) if words else 0
    column = problem.column - 1
    for number, line in enumerate(lines[problem.line - 1 :], problem.line):
        for found in re.finditer(re.escape(words), line[column:]):
            if not skipped:
                return replace(problem, line=number, column=column + found.start() + 1)
            skipped -= 1
        column = 0
    return problem


def _target(
    target: str, element: str, place: Loc, source: Source, course: Course
) -> Iterator[Problem]:
    """A link or an image of a text is relative to docs/, wherever the text is shown."""
    path, _, anchor = target.partition("#")
    path = path.partition("?")[0]
    page = course.pages.get(path)
    if page and anchor and not page.has(anchor) and not _is_reference(anchor, course):
        name = course.layout.doc(path)
        message = say(
            "{name} has no heading #{anchor} ({hint})",
            name=name, anchor=anchor, hint=hint(anchor, page.anchors),
        )
        yield source.problem(place, "MD514", message)
    if page or path.startswith(MADE):
        return
    if element == "a" and path.endswith(".md"):
        message = say(
            "there is no page {page} ({hint})",
            page=course.layout.doc(path), hint=hint(path, list(course.pages)),
        )
        yield source.problem(place, "MD514", message)
    elif not _is_file(path, course):
        yield source.problem(place, "MD515", _no_file(path, course))


def _is_reference(anchor: str, course: Course) -> bool:
    return anchor.removeprefix("ref-") in course.bibliography.references


def _is_file(src: str, course: Course) -> bool:
    docs = course.layout.docs
    return is_file(docs / src) and real(docs / src).is_relative_to(real(docs))


def _key_hint(name: str, keys: Mapping[str, Any]) -> str:
    return hint(name, list(keys), say("add it there"))


def _texts(data: Any) -> Texts:
    """Every text of a question in Markdown, and what else cites; a case's steps are questions of
    their own."""
    found: Texts = []
    if isinstance(data, dict | list):
        _collect(data, (), "", found)
    return found


def _collect(data: Any, at: Loc, field: str, found: Texts) -> None:
    is_mapping = isinstance(data, dict)
    entries: Iterable[tuple[Any, Any]] = data.items() if is_mapping else enumerate(data)
    for step, value in entries:
        name = step if is_mapping else field
        if isinstance(value, str):
            if name in fields.MARKDOWN or "[@" in value:
                found.append(((*at, step), value))
        elif step != "steps" and isinstance(value, BRANCHES):
            _collect(value, (*at, step), name, found)


def _cited(text: str) -> list[str]:
    found = directives.CITATION.findall(text) if "[@" in text else []
    return [part.strip().removeprefix("@") for one in found for part in one.split(";")]


def _read(loc: Loc, data: Any, source: Source, course: Course) -> Iterator[Problem]:
    target = data.get("read")
    if not isinstance(target, str):
        return
    path, _, anchor = target.partition("#")
    page = course.pages.get(path)
    at = (*loc, "read")
    if page is None:
        message = say(
            "there is no page {page} ({hint})",
            page=course.layout.doc(path), hint=hint(path, list(course.pages)),
        )
        yield source.problem(at, "MD514", message)
    elif anchor and not page.has(anchor):
        name = course.layout.doc(path)
        message = say(
            "{name} has no heading #{anchor} ({hint})",
            name=name, anchor=anchor, hint=hint(anchor, page.anchors),
        )
        yield source.problem(at, "MD514", message)


def _figure(loc: Loc, data: Any, source: Source, course: Course) -> Iterator[Problem]:
    figure = data.get("figure")
    src = figure.get("src") if isinstance(figure, dict) else None
    if not isinstance(src, str) or not src.strip():
        return
    if not _is_file(src.partition("#")[0], course):
        yield source.problem((*loc, "figure", "src"), "MD515", _no_file(src, course))


def _no_file(path: str, course: Course) -> Said:
    """Why there is nothing at a path that should be relative to docs/."""
    docs, shown = course.layout.doc(""), path[:LONGEST] + "…" * (len(path) > LONGEST)
    if ELSEWHERE.match(path):
        return say(
            "{address} is on another host (save the file under {folder}/)",
            address=shown, folder=f"{docs}/assets",
        )
    if path.startswith("/"):
        return from_root(shown, docs)
    if os.path.normpath(path).startswith(".."):
        return say(
            "{path} is not under {folder}/ (put the file there; paths are relative to {folder}/)",
            path=shown, folder=docs,
        )
    return say(
        "there is no file {folder}/{path} (check the name; paths are relative to {folder}/)",
        path=shown, folder=docs,
    )


def from_root(path: str, docs: str) -> Said:
    """That a path begins where the server's files do, and not where the course's pages do."""
    return say("{path} begins with / (write it relative to {folder}/)", path=path, folder=docs)


def _directives(page: Page, ids: Mapping[str, Any], course: Course) -> Iterator[Problem]:
    sure = not course.doubts.unread
    for line, column, message in misdirected.mistakes(page.marked, ids, sure):
        yield page.problem(line, column, "MD516", message)
    for line, column, message in misdirected.repeated(page.marked, ids):
        yield page.problem(line, column, "MD516", message, "warning")
    yield from states.problems(page, course)


def _addresses(page: Page, course: Course) -> Iterator[Problem]:
    """Links out of the course that no program can read: they would stop the site engine."""
    if not any(map(addresses.fault, addresses.FOUND.findall(page.body))):
        return
    in_tags = addresses.IN_TAGS.findall(page.body)
    for target in dict.fromkeys([*course.converter.links(page.body), *in_tags]):
        wrong = addresses.fault(target)
        if wrong:
            line = page.text.count("\n", 0, max(page.text.find(target), 0)) + 1
            yield page.problem(line, 1, "MD515", wrong)


def _formulas(page: Page) -> Iterator[Problem]:
    text, skipped = page.text, len(page.text) - len(page.body)
    for one in fields.unread(page.body):
        at = skipped + one.at
        column = at - text.rfind("\n", 0, at)
        yield page.problem(text.count("\n", 0, at) + 1, column, "MD525", one.message)


def _objectives(page: Page, course: Course) -> Iterator[Problem]:
    for number, objective in enumerate(taken.declared(page)):
        text = objective.get("text") if isinstance(objective, dict) else None
        loc = ("objectives", number, "text")
        if not isinstance(text, str):
            continue
        for one in course.checker.lost(("label",), text):
            yield _lost(one, text, page.front.problem(loc, "MD524", one.message), course)
        for one in course.checker.formulas(("label",), text):
            yield _lost(one, text, page.front.problem(loc, "MD525", one.message), course)


def _citations(page: Page, course: Course) -> Iterator[Problem]:
    keys = course.bibliography.references
    for line, column, message in misdirected.miscited(page.marked):
        yield page.problem(line, column, "MD503", message)
    for name, line, column in () if course.doubts.references else page.citations():
        if name not in keys:
            message = say(
                "[@{name}] is not in {file} ({hint})",
                name=name, file=_bib(course), hint=_key_hint(name, keys),
            )
            yield page.problem(line, column, "MD503", message)
