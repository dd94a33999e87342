"""What of a course's translations is out of date or cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from babel.messages.catalog import Catalog

from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.base.words import count, say
from viva.course.courses import Course
from viva.translation import catalogues, sources
from viva.translation.sources import Sources


def known(read: Sources, language: str) -> dict[str, Catalog | Problem]:
    """The translations of every file into a language, by the file's name."""
    catalogues.locale(language)  # a name of files only when it is one of a language
    where = read.course.layout
    found = {}
    for name, _ in read.texts():
        path = catalogues.beside(where.root / name, language)
        found[name] = catalogues.read(path, where.name(path), language)
    return found


def problems(course: Course) -> Iterator[Problem]:
    """What is wrong with the translations that are built with a sound course."""
    settings = course.layout.settings
    if not settings.translations:
        return
    read = sources.of(course)
    for language in settings.translations:
        try:
            yield from _of(read, language)
        except Refused as refused:
            said = say("translations: {refused}", refused=refused)
            yield settings.source.problem(("plugins",), "CF001", said)


def _of(read: Sources, language: str) -> Iterator[Problem]:
    where = read.course.layout
    found = known(read, language)
    yield from _strays(read, language)
    for name, texts in read.texts():
        one = found[name]
        if isinstance(one, Problem):
            yield one
            continue
        old = sum(catalogues.is_stale(one, text) for text in texts)
        if old:
            path = where.name(catalogues.beside(where.root / name, language))
            said = count(
                "{n} text has been edited since the translation (run: viva translate update)",
                "{n} texts have been edited since the translation (run: viva translate update)",
                old,
            )
            yield Problem(path, 1, 1, "TR002", said, "warning")


def _strays(read: Sources, language: str) -> Iterator[Problem]:
    """Translations of a file that is not there, perhaps because it was renamed."""
    where = read.course.layout
    wanted = {catalogues.beside(where.root / name, language) for name, _ in read.texts()}
    lying = {
        path
        for folder in (where.docs, where.quizzes)
        for path in folder.rglob(f"*.{language}{catalogues.ENDING}")
    }
    for path in sorted(lying - wanted):
        said = say(
            "this translates no page or bank that is there (name it like the one it is of: "
            "heart.{language}.po beside heart.md; or delete it)",
            language=language,
        )
        yield Problem(where.name(path), 1, 1, "TR003", said, "warning")
