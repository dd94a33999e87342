"""What the words of a translation break, told at their place in its `.po` file.

A translated course is read as any other. What is wrong with it and not with the original comes from
a translation, in a file that nobody sees: the text that stands there leads back to its own.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from viva.base import files
from viva.base.problems import Problem, has_errors, in_order
from viva.base.refused import Refused
from viva.base.words import say
from viva.cli import course as cli_course
from viva.course.courses import Course
from viva.course.layout import Layout

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

    from viva.translation.sources import Sources
    from viva.translation.staged import Staging

AROUND = 40
"""What is wrong with a field beside a text, such as a gap, leads up to that text."""
MADE = re.compile(r"(?P<folder>docs|quizzes)/(?P<path>.+)")


def problems(course: Course) -> list[Problem]:
    """What is wrong with the translations of a course with which nothing else is wrong."""
    layout = course.layout
    if not layout.settings.translations or has_errors(course.problems):
        return []
    from viva.translation import sources

    read = sources.of(course)
    found: list[Problem] = []
    with files.temporary(layout.cache) as place:
        for language in layout.settings.translations:
            try:
                found += _read(read, language, place / language)
            except Refused as refused:  # it cannot even be written
                said = say("translations: {refused}", refused=refused)
                found.append(layout.settings.source.problem(("plugins",), "CF001", said))
    return in_order(found)


def _read(read: Sources, language: str, folder: Path) -> list[Problem]:
    from viva.translation import staged, states

    listed = states.known(read, language).items()
    known = {name: one for name, one in listed if not isinstance(one, Problem)}
    staging = staged.Staging(read, language, folder, known)
    return of(staging, staged.write(staging))


def of(staging: Staging, anew: Layout) -> list[Problem]:
    """What is wrong with a course that was written in another language."""
    return in_order(filter(None, (_placed(one, staging) for one in cli_course.read(anew).problems)))


def _placed(problem: Problem, staging: Staging) -> Problem | None:
    """A problem at the place of its text; a mere warning only where that text is a translation."""
    layout, original = staging.layout, staging.sources.course
    made = MADE.fullmatch(problem.path)
    if made is None:
        return problem if problem.severity == "error" else None
    from viva.translation import catalogues

    path = {"docs": layout.docs, "quizzes": layout.quizzes}[made["folder"]] / made["path"]
    name = layout.name(path)
    if any((one.path, one.message) == (name, problem.message) for one in original.problems):
        return None
    file = catalogues.beside(path, staging.language)
    known, lines = staging.known.get(name), _lines(staging.folder / problem.path)
    near = lines[max(0, problem.line - AROUND) : problem.line][::-1]
    if problem.severity != "error":
        near = near[:1]
    line = next(filter(None, (_line(known, file, text) for text in near)), None)
    if line is None and problem.severity != "error":
        return None
    where = layout.name(file) if file.is_file() else name
    return replace(problem, path=where, line=line or 1, column=1)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8-sig").splitlines() if path.is_file() else []


def _line(known: Catalog | None, file: Path, text: str) -> int | None:
    """The line of the translation that stands in a line of the course."""
    there = [one for one in known or () if one.id and one.string and _stands(one.string, text)]
    if not there or not file.is_file():
        return None
    best = max(there, key=lambda one: len(str(one.string)))
    lines = _lines(file)
    after = range(best.lineno or 1, len(lines) + 1)
    return next((n for n in after if lines[n - 1].startswith("msgstr")), best.lineno)


def _stands(said: object, text: str) -> bool:
    parts = (part.strip() for part in str(said).splitlines())
    return any(
        part and (part in text or json.dumps(part, ensure_ascii=False)[1:-1] in text)
        for part in parts
    )
