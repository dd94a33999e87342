"""What `viva check` has to say, kept: a course in which nothing has changed is not read again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from viva import lint
from viva.base import folders
from viva.base.cache import Cache, content_key, installed, program
from viva.base.problems import Problem
from viva.base.words import kept, say
from viva.cli import course as cli_course
from viva.cli import proofread
from viva.cli.talk import bar
from viva.course.courses import CHECKED, Course
from viva.course.layout import Layout


@dataclass(frozen=True)
class Checked:
    """What is wrong with the files of a course and what its rules found, and how much was read."""

    layout: Layout
    mistakes: tuple[Problem, ...]
    flaws: tuple[Problem, ...]
    banks: int
    questions: int


def check(layout: Layout) -> Checked:
    """Check a course, or say again what was found when it was the same."""
    cache = Cache(layout.cache)
    key = content_key("check", program(), installed(), *_state(layout))
    known = cache.load(key)
    if known is not None:
        return _thawed(layout, json.loads(known))
    found = of(cli_course.read(layout))
    if not any(problem.code.startswith("VV") for problem in found.mistakes):
        cache.store(key, json.dumps(_frozen(found), ensure_ascii=False).encode())
    return found


def of(course: Course) -> Checked:
    """Check a course that has been read."""
    with bar(say("Checking questions")) as seen:
        flaws = tuple(lint.check(course, seen.reach))
    mistakes = (*course.problems, *proofread.problems(course))
    return Checked(course.layout, mistakes, flaws, len(course.banks), course.count())


def _state(layout: Layout) -> Iterator[str | bytes]:
    """Every file's name, and what stands in those that say something of another."""
    for path in sorted(layout.root.glob("*.y*ml")):
        yield path.name
        yield path.read_bytes()
    for folder in filter(None, (layout.docs, layout.quizzes, layout.overrides)):
        for entry in folders.entries(folder):
            yield f"{entry.path} {entry.kind}"
            if entry.kind is folders.Kind.FILE and _is_read(entry.path.suffix, folder, layout):
                yield entry.path.read_bytes()


def _is_read(suffix: str, folder: Any, layout: Layout) -> bool:
    return folder == layout.overrides or suffix.lower() in {*CHECKED, ".svg", ".po"}


def _frozen(found: Checked) -> dict[str, Any]:
    listed = {"mistakes": _rows(found.mistakes), "flaws": _rows(found.flaws)}
    return listed | {"banks": found.banks, "questions": found.questions}


def _rows(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    names = [one.name for one in fields(Problem)]
    return [{name: kept.data(getattr(one, name)) for name in names} for one in problems]


def _thawed(layout: Layout, data: dict[str, Any]) -> Checked:
    mistakes, flaws = (
        tuple(Problem(**{name: kept.value(one) for name, one in row.items()}) for row in data[name])
        for name in ("mistakes", "flaws")
    )
    return Checked(layout, mistakes, flaws, data["banks"], data["questions"])
