"""What stands on paper, in neutral terms: one version of an exam with its key."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from viva.assignments.model import Assignment
from viva.assignments.papers import Place
from viva.assignments.papers import Row as Kept
from viva.assignments.sheet import sheet_hash
from viva.bank import types
from viva.bank.banks import flat
from viva.bank.question import Question
from viva.bank.types import Printed, PrintedPart
from viva.base import net
from viva.base.words import ENGLISH, Words
from viva.course.fields import spoken
from viva.paper.runs import Block, Run, Runs, each, lines, paragraphs, runs, turned

BLOCK = re.compile(r"<(?:p|ul|ol|dl|table|div|pre|blockquote|figure|details|hr|h\d)\b")


Kind = Literal["exam", "key", "answer-sheet"]


class Markdown(Protocol):
    """Markdown to HTML: what is told, and a stem as its blocks and its lead-in; and the words of
    the language around it."""

    @property
    def words(self) -> Words: ...
    def told(self, text: str) -> str: ...
    def blocks(self, text: str) -> tuple[str, str]: ...


@dataclass(frozen=True)
class Choice:
    """An option, statement, prompt or item with its label. `key` is what stands beside it in the
    key: nothing, or the right answer."""

    label: str
    text: Runs
    key: str = ""
    right: bool = False
    why: Runs = ()


@dataclass(frozen=True)
class Picture:
    """A figure under docs/, and the outlines of the places to choose from."""

    src: str
    alt: str
    caption: Runs = ()
    places: tuple[tuple[tuple[float, float], ...], ...] = ()
    labels: tuple[str, ...] = ()
    """What stands in each place; A, B, … where nobody says otherwise."""


@dataclass(frozen=True)
class Row:
    """A row of the answer sheet: bubbles to fill in, or a line to write on."""

    label: str
    bubbles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A question as it is printed."""

    number: str
    how: str
    before: tuple[Block, ...]
    stem: Runs
    picture: Picture | None
    bank: tuple[Choice, ...]
    choices: tuple[Choice, ...]
    line: str | None
    """What stands after the line to write on, such as a unit; None where there is no line."""
    answer: str
    explanation: tuple[Block, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Labels:
    """What stands on the paper beside what its author wrote, and in which language."""

    tag: str
    direction: Literal["ltr", "rtl"]
    headings: Mapping[Kind, str]
    titles: Mapping[Kind, str]
    """The headings with the version."""
    version: str
    name: str
    number: str
    time: str
    """How long the exam takes; empty where that is open."""
    how: str
    """How to fill in the answer sheet."""
    right: str
    """What stands in the key behind a right option."""


@dataclass(frozen=True)
class Paper:
    """One version of an exam."""

    labels: Labels
    instructions: tuple[Block, ...]
    entries: tuple[Entry, ...]


def paper(assignment: Assignment, version: int, seed: str, markdown: Markdown) -> Paper:
    """Version 0, 1, … of an assignment. The first keeps the author's order of options."""
    writer = _Writer(version, seed, markdown)
    entries: list[Entry] = []
    for number, question in enumerate(assignment.questions, 1):
        with net.about(question.id):
            entries += writer.entries(question, number)
    return Paper(
        _labels(assignment, version, markdown.words),
        writer.blocks(assignment.instructions),
        tuple(entries),
    )


def _labels(assignment: Assignment, version: int, words: Words) -> Labels:
    title, minutes, letter = assignment.title, assignment.time_limit, words.letter(version)
    headings: dict[Kind, str] = {
        "exam": title,
        "key": words.say("{title}: key", title=title),
        "answer-sheet": words.say("{title}: answer sheet", title=title),
    }
    return Labels(
        words.tag,
        words.direction,
        headings,
        {
            kind: words.say("{title}, version {letter}", title=heading, letter=letter)
            for kind, heading in headings.items()
        },
        words.say("Version {letter}", letter=letter),
        name=words.say("Name"),
        number=words.within("of a student", "Number"),
        time=words.count("Time: {n} minute.", "Time: {n} minutes.", minutes) if minutes else "",
        how=words.say(
            "Fill in the circle of your answer. To correct it, cross it out and fill in another."
        ),
        right=words.say("(right)"),
    )


def places(
    assignment: Assignment, version: int, seed: str, words: Words = ENGLISH
) -> tuple[Place, ...]:
    """What stands where on a version: each question, and each step of a case, with its rows."""
    writer = _Writer(version, seed, _NoMarkdown(words))
    return tuple(
        place
        for number, question in enumerate(assignment.questions, 1)
        for place in writer.places(question, number)
    )


def unmoved(questions: Iterable[Question]) -> tuple[str, ...]:
    """The ids of questions whose options stand in the same order in every version."""
    return tuple(
        one.id
        for one in flat(questions)
        if len(order := types.order(one)) > 1 and len({*order} - types.staying(one)) < 2
    )


@dataclass(frozen=True)
class _NoMarkdown:
    """For what needs no text."""

    words: Words

    def told(self, text: str) -> str:
        """Nothing."""
        return ""

    def blocks(self, text: str) -> tuple[str, str]:
        """Nothing."""
        return "", ""


def entries(question: Question, number: int, markdown: Markdown) -> tuple[Entry, ...]:
    """A question in its author's order as it is printed; of a case, each of its steps."""
    return tuple(_Writer(0, "", markdown).entries(question, number))


class _Writer:
    """Turns the questions of one version into entries."""

    def __init__(self, version: int, seed: str, markdown: Markdown) -> None:
        self.version, self.seed, self.markdown = version, seed, markdown
        self.words = markdown.words

    def runs(self, text: str | None) -> Runs:
        """Blocks as lines, where there are any."""
        if not text:
            return ()
        html = self.markdown.told(self.words.tell(text))
        return self.turned(runs(html) if not BLOCK.search(html) else lines(html))

    def blocks(self, text: str | None) -> tuple[Block, ...]:
        """Paragraphs, entries of lists and tables, each as it was typed."""
        return self.parts(self.markdown.told(self.words.tell(text))) if text else ()

    def parts(self, html: str) -> tuple[Block, ...]:
        """The blocks of some HTML as this paper has them."""
        return tuple(each(one, self.turned) for one in paragraphs(html))

    def turned(self, found: Runs) -> Runs:
        """What keeps its order on a paper of this language."""
        return turned(found, self.words.direction)

    def order(self, question: Question) -> list[int]:
        """Which of the author's options or items stands in each place of this version."""
        places = types.order(question)
        if not self.version:
            return places
        chance = random.Random(f"{self.seed} {self.version} {question.id}")
        still = types.staying(question)
        free = [place for place in places if place not in still]
        chance.shuffle(free)
        moved = iter(free)
        return [place if place in still else next(moved) for place in places]

    def entries(self, question: Question, place: int) -> Iterator[Entry]:
        """A question, or each of its steps with its own letter, the first under what is told.

        The key of the last has the explanation of them all.
        """
        steps, number = types.steps(question), self.words.number(place)
        if not steps:
            yield self.entry(question, number, ())
            return
        notes = types.printed(question, self.order(question)).notes
        told = tuple(block for said, _ in notes for block in self.blocks(said))
        for place, step in enumerate(steps):
            before = told if not place else ()
            letter = self.words.letter(place).lower()
            made = self.entry(step, f"{number}{letter}", (*before, *self.blocks(step.reveal)))
            after = self.blocks(question.explanation) if step == steps[-1] else ()
            yield replace(made, explanation=(*made.explanation, *after))

    def places(self, question: Question, number: int) -> Iterator[Place]:
        """Where a question or each of its steps stands, with the rows of its answer sheet.

        Rows are named as columns of a table are: `3a` in every language. Bubbles are as printed.
        """
        steps = types.steps(question)
        said = sheet_hash(question)
        for place, asked in enumerate(steps or (question,)):
            label = f"{number}{ENGLISH.letter(place).lower()}" if steps else f"{number}"
            order = self.order(asked)
            rows = types.printed(asked, order).rows
            yield Place(
                question=asked.id,
                case=question.id if steps else "",
                hash=said,
                order=tuple(order),
                rows=tuple(
                    Kept(label=f"{label}{one.label}", bubbles=self.told(one.bubbles))
                    for one in rows
                ),
            )

    def entry(self, question: Question, number: str, before: tuple[Block, ...]) -> Entry:
        printed = types.printed(question, self.order(question))
        notes = tuple(Choice("", note) for note in self.notes(printed))
        blocks, lead = self.markdown.blocks(self.words.say(question.stem))
        tell = self.words.tell
        return Entry(
            number=number,
            how=tell(printed.how or types.how(question)),
            before=(*before, *self.parts(blocks)),
            stem=self.turned(runs(lead)),
            picture=self.picture(question, printed),
            bank=(*notes, *map(self.choice, printed.bank)),
            choices=tuple(map(self.choice, printed.choices)),
            line=printed.line,
            answer=spoken(tell(printed.answer)),
            explanation=(*self.blocks(printed.source), *self.blocks(question.explanation)),
            rows=tuple(
                Row(f"{number}{tell(row.label)}", self.told(row.bubbles)) for row in printed.rows
            ),
        )

    def told(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self.words.tell, texts))

    def notes(self, printed: Printed) -> tuple[Runs, ...]:
        return tuple(self.note(told, bold) for told, bold in printed.notes)

    def note(self, told: str, bold: str) -> Runs:
        """A text, one in bold type, or one after the other."""
        both = (Run(" "),) if told and bold else ()
        return (*self.runs(told), *both, *(replace(one, bold=True) for one in self.runs(bold)))

    def choice(self, part: PrintedPart) -> Choice:
        label, key = self.told((part.label, part.key))
        return Choice(label, self.runs(part.text), spoken(key), part.right, self.runs(part.why))

    def picture(self, question: Question, printed: Printed) -> Picture | None:
        figure = question.figure
        if figure is None:
            return None
        labels = tuple(map(self.words.letter, range(len(printed.places))))
        caption = self.runs(figure.caption)
        return Picture(figure.src, figure.alt, caption, printed.places, labels)
