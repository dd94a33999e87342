"""What was read becomes a bank: ids, data as an author writes them, and nothing that does not load.

What the bank's own rules refuse is left out with their reason. The text is read back before anybody
sees it, and has to give the data that were meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from viva.bank import banks, types
from viva.bank.mistakes import model_problems
from viva.bank.question import LEVELS, Question
from viva.base.reader import Source, parse
from viva.base.words import say
from viva.course import links
from viva.course.courses import Course
from viva.exchange import ids, naming
from viva.exchange.lenient import ignoring
from viva.exchange.reading import Asked, Desk, Left, Made, Read
from viva.exchange.restoring import restored
from viva.exchange.writing import plain_title, row, text_of, texts_of, title_of
from viva.exchange.yamltext import entry, read_back

NOT_YET = "MD515"
"""The code of a picture that is not there: ours are written after the text was found sound."""


@dataclass(frozen=True)
class Composed:
    """What is to be written, and what is left out. `parts` are the texts of one bank or more."""

    parts: tuple[str, ...]
    made: tuple[Made, ...]
    left: tuple[Left, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def compose(
    read: Read,
    bank: str,
    course: Course,
    head: str,
    desk: Desk,
    kept: Mapping[int, str] | None = None,
) -> Composed:
    """The bank of a file. `kept` are ids of questions that are there already, by their place in
    what was read."""
    made, left = _made(read, bank, course, kept or {})
    words = course.layout.settings.words
    rows = {one.id: row(one, words) for one in made}
    sound, refused = _sound(made, rows, bank, course, desk)
    rows |= {one.id: row(one, words) for one in sound if one.flaws}
    left = [*left, *refused]
    title = plain_title(read.title) or title_of(bank)
    parts = tuple(texts_of([rows[one.id] for one in sound], left, bank, title, course, head))
    pictures = {name: content for one in sound for name, content in one.asked.pictures.items()}
    return Composed(parts, tuple(sound), tuple(left), pictures)


def _made(
    read: Read, bank: str, course: Course, kept: Mapping[int, str]
) -> tuple[list[Made], list[Left]]:
    ours, words = _taken(course), course.layout.settings.words
    taken = ours - set(kept.values())
    made: list[Made] = []
    left: list[Left] = []
    for number, one in enumerate(read.entries):
        if isinstance(one, Left):
            left.append(one)
            continue
        source = own_id(one, course)
        wanted = source or naming.slug(one.name[:48]) or str(number + 1)
        wanted = f"{bank}-{wanted}" if wanted.isdigit() else wanted
        name = kept.get(number) or naming.free(wanted, taken)
        one = restored(one, source in ours, words)
        given = types.fields(one.interaction)
        if given is None:
            left.append(Left(one.place, say("no type of question here takes it"), one.stem))
            continue
        taken.add(name)
        stem = words.tell(one.stem)
        data = _data(name, replace(one, stem=stem), *given)
        made.append(_with_objective(Made(name, one, data), course))
    return made, left


def own_id(asked: Asked, course: Course) -> str:
    """The id that a question has in its file, without what our exports put before it."""
    prefix = f"{ids.prefix(course.layout)}-"
    return naming.slug(asked.source.removeprefix(prefix))


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


def _sound(
    made: list[Made], rows: Mapping[str, str], bank: str, course: Course, desk: Desk
) -> tuple[list[Made], list[Left]]:
    """The questions that load without a problem; the others with the first that they have. `rows`
    are their texts by id."""
    left: list[Left] = []
    while made:
        source = parse(text_of([rows[one.id] for one in made], bank, course), f"{bank}.yml")
        wrong = _problems(source, made, course, desk if not left else Desk())
        if not wrong:
            return ignoring(made, source, bank, course), left
        left += [Left(made[n].asked.place, said, made[n].asked.stem) for n, said in wrong.items()]
        made = [one for number, one in enumerate(made) if number not in wrong]
    return made, left


def _problems(
    source: Source, made: Sequence[Made], course: Course, desk: Desk
) -> Mapping[int, str]:
    """What is wrong with each question, by its number."""
    if source.problems or not isinstance(source.data, dict):
        return _unreadable(made)
    wrong: dict[int, str] = {}
    for number, (data, one) in enumerate(zip(source.data["questions"], made, strict=True)):
        desk.tick()
        if data != read_back(one.data):
            wrong[number] = say("its text would not read back as it is")
        else:
            fault = next(_faults(data, source), None)
            wrong |= {number: fault} if fault else {}
    seen: links.Seen = {}
    places = {one.id: number for number, one in enumerate(made)}
    for problem in links.question_problems(source, course, seen):
        if problem.code not in (NOT_YET, "MD501"):
            wrong.setdefault(places.get(problem.question or "", 0), problem.message)
    return wrong


def _unreadable(made: Sequence[Made]) -> Mapping[int, str]:
    """Of a bank that cannot be read: the questions that cannot be read alone."""
    alone = {}
    for number, one in enumerate(made):
        source = parse("\n".join(entry(one.data, "")), "one.yml")
        if source.problems or source.data != [read_back(one.data)]:
            alone[number] = say("its text cannot be written as YAML")
    return alone or dict.fromkeys(range(len(made)), say("its text cannot be written as YAML"))


def _faults(data: Any, source: Source) -> Iterator[str]:
    model = types.MODELS[data["type"]]
    try:
        question: Question = model.model_validate(data)
    except ValidationError as error:
        yield from (one.message for one in list(model_problems(error, (), source, model))[:1])
        return
    yield from (message for _, _, message in list(types.check(question))[:1])
