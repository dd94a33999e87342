"""Imported questions as the text of a bank, with comments where a person must add something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from viva.bank import types
from viva.base.words import Words, say
from viva.course.courses import Course
from viva.exchange import naming
from viva.exchange.escaping import clean
from viva.exchange.reading import Left, Made
from viva.exchange.yamltext import Comment, comment, entry, scalar

MAX_BANK = 6 * 2**20
"""Characters of a bank's file; what is beyond goes into another."""
INDENT = "  "
WHY = say("why: Why does it tempt? (the file says nothing)")
RIGHT_WHY = say("why: What makes it right? (the file says nothing)")
PART_WHY = say("why: Why is this so? (the file says nothing)")
CHECKS = say("the page that it checks")
OBJECTIVE = say("objective: one of the module's")
UNDESCRIBED = say("alt: say what the picture shows, without giving the answer away")


def texts_of(
    rows: Sequence[str], left: Sequence[Left], bank: str, title: str, course: Course, head: str
) -> Iterator[str]:
    """The text of the bank around its questions, in as many parts as files may be long."""
    start, length = 0, 0
    for number, one in enumerate(rows):
        length += len(one)
        if length > MAX_BANK:
            name = f"{title} ({start + 1}–{number})"
            yield _framed(rows[start:number], (), bank, name, course, head)
            start, length = number, len(one)
    if rows:
        name = title if not start else f"{title} ({start + 1}–{len(rows)})"
        yield _framed(rows[start:], left, bank, name, course, head)


def text_of(rows: Sequence[str], bank: str, course: Course) -> str:
    """The text of the bank, however long it is."""
    return _framed(rows, (), bank, bank, course, "")


def _framed(
    rows: Iterable[str], left: Sequence[Left], bank: str, title: str, course: Course, head: str
) -> str:
    """A bank's text around its questions."""
    module = f"modules/{bank}.md"
    there = module in course.pages
    words = course.layout.settings.words
    line = f"module: {module}" if there else f"# module: {module}     # {words.tell(CHECKS)}"
    top = ["# yaml-language-server: $schema=schema.json", *([comment(head)] if head else [])]
    lines = [*top, f"title: {scalar(title)}", line, "questions:", "\n\n".join(rows)]
    return "\n".join([*lines, *left_lines(left, words)]) + "\n"


def left_lines(left: Sequence[Left], words: Words) -> Iterator[str]:
    """What did not come along, as comments."""
    if left:
        yield ""
        yield comment(words.say("Left out, and why:"), INDENT)
    for one in left:
        said = re.sub(r"\n{2,}", "\n", one.text.strip())
        why = f"{words.tell(one.place)}: {words.tell(one.why)}"
        yield comment(why + (f"\n  {said}" if said else ""), INDENT)


def row(made: Made, words: Words) -> str:
    """The text of a question with what is said above it, and what its author has to add."""
    above = [comment(f"from: {made.asked.source or words.tell(made.asked.place)}", INDENT)]
    above += [comment(f"changed: {words.tell(note)}", INDENT) for note in made.asked.notes]
    return "\n".join([*above, *entry(commented(made.data, words), INDENT)])


def commented(data: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """The data with comments where something is missing."""
    said: dict[str, Any] = {}
    for name, value in data.items():
        asks = isinstance(value, list) and takes_why(str(data["type"]), name)
        said[name] = [_asking(one, words) for one in value] if asks else value
        if name == "type" and "objective" not in data:
            said["objective "] = Comment(words.tell(OBJECTIVE))
        if name == "figure" and value["alt"] == "Picture":
            said[name] = {**value, "alt ": Comment(words.tell(UNDESCRIBED))}
    return said


def _asking(part: Mapping[str, Any], words: Words) -> Mapping[str, Any]:
    """A part of a question that should say why."""
    if "why" in part:
        return part
    judged = "correct" in part or set(part) == {"text"}
    asked = (RIGHT_WHY if part.get("correct") else WHY) if judged else PART_WHY
    return {**part, "why ": Comment(words.tell(asked))}


@cache
def takes_why(kind: str, name: str) -> bool:
    """Whether the entries of a list of a type can say why."""
    field = types.MODELS[kind].model_fields.get(name)
    return field is not None and any(
        "why" in model.model_fields for model in _models(field.annotation)
    )


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation such as `tuple[Option, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def title_of(bank: str) -> str:
    said = bank.replace("-", " ")
    return said[:1].upper() + said[1:]


def plain_title(text: str) -> str:
    """A title without anything that Markdown or YAML would read."""
    said = re.sub(r"[<>\[\]{}*_#`|\\~^$&@!]+", " ", clean(text))
    return naming.words(re.sub(r"\s+", " ", said).strip(" -:."), 80)
