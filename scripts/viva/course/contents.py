"""The navigation of a course whose settings give none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from viva.base.words import ENGLISH, Said, Words, say

HOME = "index.md"
SELF_CHECKS = "self-checks/index.md"
GROUPS: dict[Said, tuple[str, ...]] = {
    say("Study"): ("study/progress.md", "study/review.md", "study/practice.md"),
    say("Reference"): ("summary.md", "glossary.md", "references.md"),
    say("About"): ("about.md", "offline.md", "corrections.md"),
    say("For teachers"): ("faculty/", "assignments/index.md", "evidence.md", "facts.md"),
}
"""What comes after the reading, in order; a folder stands for all that is in it."""
SECTIONS = {"modules": say("Modules"), "cases": say("Cases")}
"""What the folders are called that every course may have; others as their author wrote them."""
READ = "read.md"
LANDMARKS = {
    "home": HOME,
    "about": "about.md",
    "review": "study/review.md",
    "faculty": "faculty/index.md",
}
"""Pages that the theme leads to from every page, where a course has them."""
FOR_TEACHERS = ("faculty/", "assignments/index.md", "evidence.md", "facts.md")
"""What a student's navigation and search leave out, unless its front matter says otherwise."""
TEACHERS, STUDENTS = "teachers", "students"


@dataclass(frozen=True)
class Area:
    """One of the places that a student goes to: a page, and others that belong to it."""

    name: str
    title: Said
    path: str
    others: tuple[str, ...] = ()

    @property
    def pages(self) -> tuple[str, ...]:
        """Its own page, and the others."""
        return (self.path, *self.others)


AREAS = (
    Area("today", say("Today"), HOME),
    Area("read", say("Read"), READ),
    Area("questions", say("Questions"), SELF_CHECKS, ("study/practice.md",)),
    Area("review", say("Review"), "study/review.md", ("study/progress.md",)),
)
LISTED_ELSEWHERE = ("self-checks/", "study/", "assignments/")


def navigation(
    paths: Iterable[str], modules: Collection[str] = (), words: Words = ENGLISH
) -> list[Any]:
    """Home, modules, the author's other pages, then self-checks and whatever else there is."""
    left = sorted(paths, key=_order)
    groups = {words.tell(title): list(_group(left, wanted)) for title, wanted in GROUPS.items()}
    home = [{words.say("Home"): HOME}] if HOME in left else []
    checks = [{words.say("Self-checks"): SELF_CHECKS}] if SELF_CHECKS in left else []
    own = _reading([one for one in left if not _has_its_place(one)], modules, words)
    return [*home, *own, *checks, *({title: pages} for title, pages in groups.items() if pages)]


def landmarks(paths: Collection[str]) -> dict[str, str]:
    """Which of the pages that the theme leads to are there: name to path."""
    return {name: path for name, path in LANDMARKS.items() if path in paths}


def is_for_teachers(path: str, meta: Mapping[str, Any]) -> bool:
    """Whether a page is meant for teachers: `audience` in its front matter, else its place."""
    said = meta.get("audience")
    if said in (TEACHERS, STUDENTS):
        return bool(said == TEACHERS)
    return any(path.startswith(one) if one.endswith("/") else path == one for one in FOR_TEACHERS)


def _order(path: str) -> tuple[Any, ...]:
    """The index of a folder first, then its pages, then its folders; 2 before 10."""
    *folders, name = path.split("/")
    page = (0,) if name == HOME else (1, *_natural(name))
    return (*((2, *_natural(folder)) for folder in folders), page)


def _natural(name: str) -> Iterator[str | int]:
    for part in re.split(r"(\d+)", name):
        yield int(part) if part.isdecimal() else part


def _group(paths: Iterable[str], wanted: Iterable[str]) -> Iterator[Any]:
    for name in wanted:
        if name.endswith("/"):
            yield from _tree((one for one in paths if one.startswith(name)), name)
        elif name in paths:
            yield name


def _has_its_place(path: str) -> bool:
    listed = (HOME, READ, SELF_CHECKS, *chain(*GROUPS.values()))
    return path.startswith(LISTED_ELSEWHERE) or any(
        path.startswith(name) if name.endswith("/") else path == name for name in listed
    )


def _reading(paths: list[str], modules: Collection[str], words: Words) -> list[Any]:
    """What holds a module comes before what holds none."""
    first = {path.partition("/")[0] for path in modules}
    inside = [path for path in paths if path.partition("/")[0] in first]
    others = [path for path in paths if path.partition("/")[0] not in first]
    return [*_tree(inside, words=words), *_tree(others, words=words)]


def _tree(paths: Iterable[str], under: str = "", words: Words = ENGLISH) -> list[Any]:
    """Pages with their folders as sections."""
    found: list[Any] = []
    folders: dict[str, list[str]] = {}
    for path in paths:
        folder, slash, _ = path.removeprefix(under).partition("/")
        if slash:
            folders.setdefault(folder, []).append(path)
        else:
            found.append(path)
    for folder, inside in folders.items():
        title = "" if under else words.tell(SECTIONS.get(folder, ""))
        found.append({title or _title(folder): _tree(inside, f"{under}{folder}/")})
    return found


def _title(folder: str) -> str:
    words = folder.replace("-", " ").replace("_", " ").strip() or folder
    return words[0].upper() + words[1:]
