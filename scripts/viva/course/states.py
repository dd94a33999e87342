"""What becomes of a question by its state: students see no draft, and nothing that is retired."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from viva.bank.banks import Bank
from viva.base.problems import Problem, Severity
from viva.base.words import Said, say, shaped
from viva.course.pages import Page

if TYPE_CHECKING:
    from viva.course.courses import Course

HIDDEN: Mapping[str | None, tuple[Said, Severity]] = {
    "retired": (
        say("question {name} is retired, and no page shows it (take it out here)"), "error"
    ),
    "draft": (
        say("question {name} is a draft: students do not see it here yet (finish it)"), "warning"
    ),
}
"""The states of questions that students do not see, and what is said where a page asks for one."""


def published(course: Course, drafts: bool = False) -> Course:
    """The course with the questions that students see; a preview shows drafts too.

    A bank of which nothing is left has no page.
    """
    hidden = HIDDEN.keys() - ({"draft"} if drafts else set())
    if all(q.status not in hidden for bank in course.banks for q in bank.questions):
        return course
    left = (without(bank, hidden) for bank in course.banks)
    return replace(course, banks=tuple(bank for bank in left if bank.questions))


def without(bank: Bank, hidden: Collection[str | None]) -> Bank:
    """The bank without the questions in some states; the same bank where it has none of them."""
    left = tuple(q for q in bank.questions if q.status not in hidden)
    return bank if len(left) == len(bank.questions) else replace(bank, questions=left)


def problems(page: Page, course: Course) -> Iterator[Problem]:
    """Questions that a page asks for and students do not see."""
    asked = course.questions
    for one in page.directives:
        for name in one.ids:
            status = asked[name].status if name in asked else None
            if status in HIDDEN:
                message, severity = HIDDEN[status]
                said = shaped(message, name=name)
                yield page.problem(one.line, one.column, "MD516", said, severity)
