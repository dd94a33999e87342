"""Imported notes as the flashcards of a module: in its front matter, the rest of it as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from viva.bank import banks
from viva.bank.mistakes import model_problems
from viva.base.reader import FRONT_MATTER, parse
from viva.base.refused import Refused
from viva.base.words import say
from viva.course.cards import Card
from viva.course.courses import Course
from viva.exchange import naming
from viva.exchange.reading import Flashcard, Left
from viva.exchange.yamltext import comment, entry, scalar

CARDS = re.compile(r"^cards:[ \t]*(?:#.*)?$", re.MULTILINE)
INDENT = "  "
FROM = re.compile(r"^\s*# from: (.+?)\s*\n(?:\s*#.*\n)*\s*- id: ([a-z0-9-]+)", re.MULTILINE)


@dataclass(frozen=True)
class Dealt:
    """The page with the cards, and what became of each note."""

    page: str
    text: str
    made: tuple[tuple[str, Flashcard], ...]
    left: tuple[Left, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    same: int = 0


def deal(cards: Sequence[Flashcard], bank: str, course: Course, head: str) -> Dealt:
    """The module of a bank with these cards in its front matter. A card that is there already, by
    its source, stays as it is."""
    page = _page(bank, course)
    path = course.layout.docs / page
    text = (
        path.read_text("utf-8-sig").replace("\r\n", "\n") if path.is_file() else _fresh(bank, head)
    )
    known = {source for source, _ in FROM.findall(text)}
    taken = _taken(course)
    made: list[tuple[str, Flashcard]] = []
    left: list[Left] = []
    for number, one in enumerate(cards, 1):
        if one.source and one.source in known:
            continue
        wanted = naming.slug(one.front[:48]) or str(number)
        name = naming.free(f"{bank}-{wanted}" if wanted.isdigit() else wanted, taken)
        fault = _fault(name, one, course)
        if fault:
            left.append(Left(one.place, fault, one.front))
            continue
        taken.add(name)
        made.append((name, one))
    pictures = {n: content for _, one in made for n, content in one.pictures.items()}
    same = len(cards) - len(made) - len(left)
    return Dealt(page, _with(text, made, page), tuple(made), tuple(left), pictures, same)


def _page(bank: str, course: Course) -> str:
    """The module of the bank if it has one, else a page of the same name."""
    known = next((one.module for one in course.banks if one.id == bank and one.module), None)
    return known or f"modules/{bank}.md"


def _fresh(bank: str, head: str) -> str:
    title = naming.words(bank.replace("-", " "))
    title = title[:1].upper() + title[1:]
    lines = ["---", comment(head), f"title: {scalar(title)}", "---", f"# {title}", ""]
    return "\n".join([*lines, say("Write here what the cards are about."), ""])


def _taken(course: Course) -> set[str]:
    used = {one.id for bank in course.banks for one in banks.flat(bank.questions)}
    return used | {card.id for deck in course.cards.values() for card in deck}


def _fault(name: str, card: Flashcard, course: Course) -> str:
    """What is wrong with a card; nothing if it may stand in a module."""
    source = parse("", "card")
    try:
        Card.model_validate({"id": name, "front": card.front, "back": card.back})
    except ValidationError as error:
        return next(iter(model_problems(error, (), source, Card))).message
    sides = (("front", card.front), ("back", card.back))
    found = (m for at, text in sides for _, m in course.checker.mistakes((at,), text))
    return next(found, "")


def _with(text: str, made: Sequence[tuple[str, Flashcard]], page: str) -> str:
    """The page with more cards at the end of those that it has."""
    front = FRONT_MATTER.match(text)
    rows = "\n".join(line for name, one in made for line in _lines(name, one))
    if not made:
        return text
    if front is None:
        return f"---\ncards:\n{rows}\n---\n{text}"
    before = parse(front[1], page)
    listed = CARDS.search(front[1])
    body = _appended(front[1], listed, rows) if listed else f"{front[1]}cards:\n{rows}\n"
    after = parse(body, page)
    if before.problems or after.problems or not _only_more(before.data, after.data):
        said = say(
            "the cards cannot be put into the front matter of the page without changing more "
            "(write cards: on a line of its own, and the list under it)"
        )
        raise Refused(said, page)
    return f"---\n{body}---{text[front.end() :]}"


def _only_more(before: object, after: object) -> bool:
    """Whether nothing but new cards came."""
    old = before if isinstance(before, dict) else {}
    new = after if isinstance(after, dict) else {}
    known = old.get("cards") or []
    rest = {name: value for name, value in new.items() if name != "cards"}
    same = rest == {name: value for name, value in old.items() if name != "cards"}
    return same and list(new.get("cards") or [])[: len(known)] == list(known)


def _appended(front: str, listed: re.Match[str], rows: str) -> str:
    """The front matter with rows behind the last line of its cards."""
    lines = front[listed.end() :].split("\n")
    inside = next(
        (n for n, line in enumerate(lines) if n and re.match(r"[^\s#-]", line)), len(lines)
    )
    block = "\n".join(lines[:inside]).rstrip()
    indent = re.search(r"^( *)- ", block, re.MULTILINE)
    if indent and indent[1] != INDENT:
        rows = re.sub(rf"^{INDENT}", indent[1], rows, flags=re.MULTILINE)
    rest = "\n".join(lines[inside:])
    return f"{front[: listed.end()]}{block}\n{rows}\n{rest}"


def _lines(name: str, card: Flashcard) -> list[str]:
    above = [comment(f"from: {card.source or card.place}", INDENT)]
    above += [comment(f"changed: {note}", INDENT) for note in card.notes]
    return [*above, *entry({"id": name, "front": card.front, "back": card.back}, INDENT)]
