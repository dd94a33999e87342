"""Questions and answers as a book prints them, from the same templates as on the site."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from viva.bank import types
from viva.bank.question import Question
from viva.site.render import Mode, environment_of, lead_in, marked_up
from viva.site.site import Site

# On paper every step of a case is open.
NEXT = re.compile(r'(<details class="viva-next">)<summary>.*?</summary>')
PACKAGE = ("viva.offline", "templates")


@dataclass(frozen=True)
class Asked:
    """Where the book asks a question and where it answers it."""

    id: str
    label: str
    url: str
    answers: str
    is_told: bool
    """It is a case with a chapter of its own."""


class Printer:
    """Prints questions, answers and references to them; `root` leads to the site's root."""

    def __init__(self, site: Site, places: Mapping[str, Asked]) -> None:
        self._site, self._places = site, places
        self._parts = environment_of(PackageLoader(*PACKAGE), site.words)
        self._asking = _environment(site, self._parts, "ask.html")
        self._answering = _environment(site, self._parts, "answer.html")

    def objectives(self, texts: Sequence[str]) -> str:
        """What a reader can do after a module."""
        return self._parts.get_template("objectives.html").render(objectives=texts)

    def pointer(self, mode: Mode, places: Sequence[Asked], root: str) -> str:
        """A line that sends the reader to questions which are asked elsewhere."""
        template = self._parts.get_template("pointer.html")
        return template.render(mode=mode, places=places, root=root)

    def ask(self, question: Question, root: str) -> str:
        """A question with room for an answer."""
        place = self._places[question.id]
        level = 2 if place.is_told else 1
        label = "" if place.is_told else place.label
        html = self._print(self._asking, question, label, level, root)
        return NEXT.sub(r"\1", str(html))  # in Markup, what a group brings would be escaped

    def answer(self, question: Question, root: str) -> str:
        """What is right, and why, for a question and each of its steps."""
        place = self._places[question.id]
        return self._print(self._answering, question, place.label, 2, root, place)

    def _print(
        self,
        environment: Environment,
        question: Question,
        label: str,
        level: int,
        root: str,
        place: Asked | None = None,
    ) -> Markup:
        context = self._site.context(root)

        def again(step: Question, label: str, level: int) -> Markup:
            return self._print(environment, step, label, level, root)

        names: dict[str, Any] = {
            "context": context,
            **marked_up(context),
            "ask": again,
            "references": self._site.course.bibliography.references,
        }
        template = environment.get_template(f"types/{question.type}.html")
        html = template.render(
            names,
            question=question,
            **lead_in(context, question.stem),
            steps=types.steps(question),
            **types.names(question),
            label=label,
            level=level,
            place=place,
            root=root,
        )
        return Markup(html)


def _environment(site: Site, parts: Environment, frame: str) -> Environment:
    """The site's templates of all types, in another frame: blocks that it lacks are left out."""
    assert parts.loader
    source, _, _ = parts.loader.get_source(parts, frame)
    return environment_of(site.theme.loader({"question.html": source}), site.words)
