"""One page of feedback for each student: marks and answers; with release, also what is right."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import PackageLoader
from markupsafe import Markup

from viva.assignments.grading import Graded, Result
from viva.assignments.remarks import FOR_TEACHERS
from viva.assignments.submissions import Bad, failed
from viva.bank import types
from viva.bank.question import Question
from viva.bank.types import Trait
from viva.base.visible import alike
from viva.base.words import Words
from viva.course.fields import spoken
from viva.formulas import marked as formulas
from viva.site.direction import in_body
from viva.site.policy import secured
from viva.site.render import environment_of, marked_up
from viva.site.site import Site

LINK = re.compile(r"</?a\b[^>]*>")
SAFE = re.compile(r"[^a-z0-9]+")
LONGEST = 60
FOLDER = "feedback"
RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
"""Names that Windows keeps for devices, whatever their ending."""


@dataclass(frozen=True)
class Part:
    """What is the same for every student: a question, and its key where it is released."""

    question: Question
    stem: Markup
    before: Markup
    """The blocks that stand before the stem."""
    key: Markup | None
    notes: tuple[str, ...]
    """What was decided about the question after the test."""


@dataclass(frozen=True)
class Row:
    """A question with one student's answer."""

    part: Part
    answer: str
    mark: float | None
    counts: bool


@dataclass(frozen=True)
class Feedback:
    """A student's page and the name of its file, or why it could not be made."""

    name: str
    html: str = ""
    bad: Bad | None = None


def pages(graded: Graded, site: Site, release: bool) -> Iterator[Feedback]:
    """A page for each student, one after the other; one that fails never stops the others."""
    keys = _Keys(site)
    parts = [
        keys.part(question, release, graded.notes.get(question.id, ()))
        for question in graded.assignment.questions
    ]
    environment = environment_of(PackageLoader("viva.assignments", "."), site.words)
    template = environment.get_template("feedback.html")
    style = Markup(formulas.style()) if any(map(_has_formula, parts)) else None
    names = file_names([result.submission.identifier for result in graded.results])
    for result, name in zip(graded.results, names, strict=True):
        path = f"{FOLDER}/{name}.html"
        try:
            html = template.render(
                assignment=graded.assignment,
                result=result,
                rows=list(_rows(parts, result, site.words)),
                passed=result.passed(graded.assignment.pass_mark),
                released=release,
                formula_style=style,
                remarks=[one.said for one in result.remarks if one.code not in FOR_TEACHERS],
            )
        except Exception as error:
            yield Feedback(path, bad=failed(result.submission.file, error))
        else:
            yield Feedback(path, secured(in_body(html, site.words.direction)))


def _has_formula(part: Part) -> bool:
    return any(formulas.has(html) for html in (part.stem, part.before, part.key or ""))


def file_names(identifiers: Sequence[str]) -> list[str]:
    """A name for each identifier, no two alike for a system that does not tell case apart."""
    names: dict[str, None] = {}
    for identifier in identifiers:
        name, number = file_name(identifier), 2
        while name in names:
            name, number = f"{file_name(identifier)}-{number}", number + 1
        names[name] = None
    return list(names)


def file_name(identifier: str) -> str:
    """A name that every system takes, and seldom another identifier's."""
    same = alike(identifier)
    name = SAFE.sub("-", same).strip("-")[:LONGEST].rstrip("-")
    if name == same and name and not RESERVED.fullmatch(name):
        return name
    tail = hashlib.sha256(same.encode()).hexdigest()[:8]
    return f"{name}-{tail}".strip("-")


def _rows(parts: Sequence[Part], result: Result, words: Words) -> Iterator[Row]:
    for part, marked in zip(parts, result.marks, strict=True):
        answer = words.tell(types.words(part.question, marked.given))
        said = answer if Trait.TYPED in types.traits(part.question) else spoken(answer)
        yield Row(part, said, marked.mark, marked.counts)


class _Keys:
    """Renders what is said after an answer with the course's own templates, without links."""

    def __init__(self, site: Site) -> None:
        frame = site.theme.template("answer-key.html") or ""
        loader = site.theme.loader({"question.html": frame})
        self._environment = environment_of(loader, site.words)
        self._context = site.context("")

    def part(self, question: Question, release: bool, notes: tuple[str, ...]) -> Part:
        key = self.key(question) if release else None
        stem = self._context.words.say(question.stem)
        before, lead = (Markup(LINK.sub("", html)) for html in self._context.blocks(stem))
        return Part(question, lead, before, key, notes)

    def key(self, question: Question) -> Markup:
        template = self._environment.get_template(f"types/{question.type}.html")
        html = template.render(
            question=question,
            context=self._context,
            level=3,
            **marked_up(self._context),
            steps=[(step, self.key(step)) for step in types.steps(question)],
            **types.names(question),
        )
        return Markup(LINK.sub("", html))
