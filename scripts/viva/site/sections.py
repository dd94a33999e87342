"""Pages as scripts: what a question says to read again is shown over it, without leaving it.

A page that is opened from a disk may fetch nothing, so the text of each page comes as a script.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from viva.bank.banks import flat
from viva.course.courses import Course
from viva.site.routes import Routes

FOLDER = "assets/viva/pages"


def stem(file: str) -> str:
    """A page's address without what servers and disks add to it."""
    return file.removesuffix("index.html").removesuffix(".html").rstrip("/") or "index"


def named(course: Course) -> set[str]:
    """The pages that a question or a card says to read again."""
    every = flat(tuple(course.questions.values()))
    read = {question.read.partition("#")[0] for question in every if question.read}
    return read | set(course.cards)


def scripts(course: Course, routes: Routes, pages: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Path and text of a script for each of these pages, whose HTML is given by their paths."""
    for path in sorted(named(course) & set(pages)):
        name = stem(routes.file(path))
        text = json.dumps(pages[path], ensure_ascii=False)
        known = json.dumps(name, ensure_ascii=False)
        assigned = f"(window.vivaPages ??= {{}})[{known}] = {text};\n"
        yield f"{FOLDER}/{name}.js", assigned
