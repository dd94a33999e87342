"""The files of a course that have texts, with what was read from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from viva import assignments
from viva.bank.question import Question
from viva.base.reader import Source, read
from viva.course.courses import Course
from viva.translation import texts
from viva.translation.texts import Text


@dataclass(frozen=True)
class Sources:
    """A sound course, and its banks and assignments as data."""

    course: Course
    banks: Mapping[str, Source]
    assignments: Mapping[str, Source]
    questions: Mapping[str, Question]
    """Every question by its id, those that only an assignment has included."""

    def texts(self) -> Iterator[tuple[str, list[Text]]]:
        """The texts of each file, by its name; files without any are left out."""
        pages = ((page.name, texts.of_page(page)) for page in self.course.pages.values())
        banks = ((name, texts.of_bank(source)) for name, source in self.banks.items())
        tasks = ((name, texts.of_assignment(one)) for name, one in self.assignments.items())
        settings = self.course.layout.settings
        first = (settings.source.path, texts.of_settings(settings))
        for name, found in (first, *pages, *banks, *tasks):
            if listed := list(found):
                yield name, listed


def of(course: Course) -> Sources:
    """The sources of a course in which nothing is wrong."""
    layout = course.layout
    tasks, _ = assignments.load_all(course)
    given = {one.path: read(layout.root / one.path, one.path) for one in tasks}
    asked = {q.id: q for one in tasks for q in one.questions} | dict(course.questions)
    return Sources(course, course.sources, given, asked)
