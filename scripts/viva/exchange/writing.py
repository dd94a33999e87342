"""Imported questions as a bank: YAML that loads without a problem, with comments where a person
must add something.

What the bank's own rules refuse is left out with their reason, so nothing is written that does not
load. The text is read back before anybody sees it, and has to give the data that were meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from viva.bank import banks, types
from viva.bank.mistakes import model_problems
from viva.bank.question import LEVELS, Question
from viva.base.problems import Problem
from viva.base.reader import Source, parse
from viva.course import links
from viva.course.courses import Course
from viva.exchange import naming
from viva.exchange.reading import Asked, Left, Read
from viva.exchange.restoring import restored
from viva.exchange.yamltext import Comment, comment, entry, read_back, scalar
from viva.site.study import course_id

MAX_BANK = 6 * 2**20
"""Characters of a bank's file; what is beyond goes into another."""
INDENT = "  "
WHY = Comment("why: Why does it tempt? (the file says nothing)")
RIGHT_WHY = Comment("why: What makes it right? (the file says nothing)")
PART_WHY = Comment("why: Why is this so? (the file says nothing)")
OBJECTIVE = Comment("objective: one of the module's")
UNDESCRIBED = Comment("alt: say what the picture shows, without giving the answer away")
NOT_YET = "MD515"
"""The code of a picture that is not there: ours are written after the text was found sound."""


@dataclass(frozen=True)
class Made:
    """A question of ours: its data as an author writes them, and what it was."""

    id: str
    asked: Asked
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Composed:
    """What is to be written, and what is left out. `parts` are the texts of one bank or more."""

    parts: tuple[str, ...]
    made: tuple[Made, ...]
    left: tuple[Left, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def compose(
    read: Read, bank: str, course: Course, head: str, kept: Mapping[str, str] | None = None
) -> Composed:
    """The bank of a file. `kept` are ids of questions that are already there, by their source."""
    made, left = _made(read, bank, course, kept or {})
    sound, refused = _sound(made, bank, course)
    left = [*left, *refused]
    title = plain_title(read.title) or _title(bank)
    parts = tuple(_texts(sound, left, bank, title, course, head))
    pictures = {name: content for one in sound for name, content in one.asked.pictures.items()}
    return Composed(parts, tuple(sound), tuple(left), pictures)


def _made(
    read: Read, bank: str, course: Course, kept: Mapping[str, str]
) -> tuple[list[Made], list[Left]]:
    ours = _taken(course)
    taken = ours - set(kept.values())
    own = f"{course_id(course.layout.settings.name)}-"
    made: list[Made] = []
    left: list[Left] = []
    for number, one in enumerate(read.entries, 1):
        if isinstance(one, Left):
            left.append(one)
            continue
        source = naming.slug(one.source.removeprefix(own))
        one = restored(one, source in ours)
        wanted = source or naming.slug(one.name[:48]) or str(number)
        wanted = f"{bank}-{wanted}" if wanted.isdigit() else wanted
        name = kept.get(one.source) or naming.free(wanted, taken)
        given = types.fields(one.interaction)
        if given is None:
            left.append(Left(one.place, "no type of question here takes it", one.stem))
            continue
        taken.add(name)
        made.append(_with_objective(Made(name, one, _data(name, one, *given)), course))
    return made, left


def _taken(course: Course) -> set[str]:
    """Every id of the course."""
    used = {question.id for bank in course.banks for question in banks.flat(bank.questions)}
    return used | {card.id for deck in course.cards.values() for card in deck}


def _data(name: str, asked: Asked, kind: str, own: Mapping[str, Any]) -> dict[str, Any]:
    """A question as an author writes it, in the order in which it is read."""
    figure = {"figure": {"src": asked.figure.src, "alt": asked.figure.alt}} if asked.figure else {}
    said = {
        "explanation": asked.explanation,
        "hint": asked.hint,
        "tags": list(asked.tags),
        "shuffle": asked.shuffle,
    }
    level = {"level": asked.level} if asked.level in LEVELS else {}
    first = {"id": name, "type": kind} | level | {"stem": asked.stem} | figure
    return first | dict(own) | {name: value for name, value in said.items() if value}


def _with_objective(made: Made, course: Course) -> Made:
    """A question whose objective the course declares; any other stays among the tags."""
    named = [made.asked.objective, *(t.partition("objective:")[2] for t in made.asked.tags)]
    known = [one.strip() for one in named if one.strip() in course.objectives]
    if not known:
        return made
    tags = [tag for tag in made.asked.tags if tag != f"objective:{known[0]}"]
    head = {"id": made.id, "type": made.data["type"], "objective": known[0]}
    data = head | {name: value for name, value in made.data.items() if name not in head}
    data.pop("tags", None)
    return replace(made, data=data | ({"tags": tags} if tags else {}))


def _sound(made: list[Made], bank: str, course: Course) -> tuple[list[Made], list[Left]]:
    """The questions that load without a problem; the others with the first that they have."""
    left: list[Left] = []
    while made:
        text = _text(made, (), "", bank, course)
        wrong = _problems(text, made, bank, course)
        if not wrong:
            return made, left
        left += [Left(made[n].asked.place, said, made[n].asked.stem) for n, said in wrong.items()]
        made = [one for number, one in enumerate(made) if number not in wrong]
    return made, left


def _problems(text: str, made: Sequence[Made], bank: str, course: Course) -> dict[int, str]:
    """What is wrong with each question, by its number."""
    source = parse(text, f"{bank}.yml")
    if source.problems or not isinstance(source.data, dict):
        return _unreadable(made)
    wrong: dict[int, str] = {}
    for number, (data, one) in enumerate(zip(source.data["questions"], made, strict=True)):
        if data != read_back(one.data):
            wrong[number] = "its text would not read back as it is"
        else:
            wrong |= {number: said for said in _faults(data, source)}
    seen: dict[str, str] = {}
    places = {one.id: number for number, one in enumerate(made)}
    for problem in links.question_problems(source, course, seen):
        if problem.code not in (NOT_YET, "MD501"):
            wrong.setdefault(places.get(problem.question or "", 0), problem.message)
    return wrong


def _unreadable(made: Sequence[Made]) -> dict[int, str]:
    """Of a bank that cannot be read: the questions that cannot be read alone."""
    alone = {}
    for number, one in enumerate(made):
        source = parse("\n".join(entry(one.data, "")), "one.yml")
        if source.problems or source.data != [read_back(one.data)]:
            alone[number] = "its text cannot be written as YAML"
    return alone or dict.fromkeys(range(len(made)), "its text cannot be written as YAML")


def _faults(data: Any, source: Source) -> Iterator[str]:
    model = types.MODELS[data["type"]]
    try:
        question: Question = model.model_validate(data)
    except ValidationError as error:
        yield from (one.message for one in list(model_problems(error, (), source, model))[:1])
        return
    yield from (message for _, _, message in list(types.check(question))[:1])


def _texts(
    made: Sequence[Made],
    left: Sequence[Left],
    bank: str,
    title: str,
    course: Course,
    head: str,
) -> Iterator[str]:
    """The text of the bank, in as many parts as files may be long."""
    start, length = 0, 0
    rows = ["\n".join(question_lines(one)) for one in made]
    for number, row in enumerate(rows):
        length += len(row)
        if length > MAX_BANK:
            yield _framed(rows[start:number], (), bank, f"{title} ({start + 1}–{number})", course, head)
            start, length = number, len(row)
    if rows:
        name = title if not start else f"{title} ({start + 1}–{len(rows)})"
        yield _framed(rows[start:], left, bank, name, course, head)


def _text(
    made: Sequence[Made], left: Sequence[Left], title: str, bank: str, course: Course
) -> str:
    rows = ["\n".join(question_lines(one)) for one in made]
    return _framed(rows, left, bank, title or bank, course, "")


def _framed(
    rows: Iterable[str], left: Sequence[Left], bank: str, title: str, course: Course, head: str
) -> str:
    """A bank's text around its questions."""
    module = f"modules/{bank}.md"
    there = module in course.pages
    line = f"module: {module}" if there else f"# module: {module}     # the page that it checks"
    top = ["# yaml-language-server: $schema=schema.json", *([comment(head)] if head else [])]
    lines = [*top, f"title: {scalar(title)}", line, "questions:", "\n\n".join(rows)]
    return "\n".join([*lines, *left_lines(left)]) + "\n"


def left_lines(left: Sequence[Left]) -> Iterator[str]:
    """What did not come along, as comments."""
    if left:
        yield ""
        yield comment("Left out, and why:", INDENT)
    for one in left:
        said = re.sub(r"\n{2,}", "\n", one.text.strip())
        yield comment(f"{one.place}: {one.why}" + (f"\n  {said}" if said else ""), INDENT)


def question_lines(made: Made) -> list[str]:
    """A question with what is said above it, and what its author has to add."""
    above = [comment(f"from: {made.asked.source or made.asked.place}", INDENT)]
    above += [comment(f"changed: {note}", INDENT) for note in made.asked.notes]
    return [*above, *entry(_commented(made.data), INDENT)]


def _commented(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with comments where something is missing."""
    said: dict[str, Any] = {}
    for name, value in data.items():
        asks = isinstance(value, list) and takes_why(str(data["type"]), name)
        said[name] = [_asking(one) for one in value] if asks else value
        if name == "type" and "objective" not in data:
            said["objective "] = OBJECTIVE
        if name == "figure" and value["alt"] == "Picture":
            said[name] = {**value, "alt ": UNDESCRIBED}
    return said


def _asking(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """A part of a question that should say why."""
    if "why" in part:
        return part
    judged = "correct" in part or set(part) == {"text"}
    asked = (RIGHT_WHY if part.get("correct") else WHY) if judged else PART_WHY
    return {**part, "why ": asked}


@cache
def takes_why(kind: str, name: str) -> bool:
    """Whether the entries of a list of a type can say why."""
    field = types.MODELS[kind].model_fields.get(name)
    return field is not None and any("why" in model.model_fields for model in _models(field.annotation))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation such as `tuple[Option, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _title(bank: str) -> str:
    said = bank.replace("-", " ")
    return said[:1].upper() + said[1:]


def plain_title(text: str) -> str:
    """A title without anything that Markdown or YAML would read."""
    said = re.sub(r"[<>\[\]{}*_#`|\\~^$&@!]+", " ", text)
    return naming.words(re.sub(r"\s+", " ", said).strip(" -:."), 80)
