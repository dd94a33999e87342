"""What stands on paper, in neutral terms: one version of an exam with its key."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from viva.assignments import sheet
from viva.assignments.model import Assignment
from viva.assignments.wording import SCALE_WORDS, letter
from viva.bank import types
from viva.bank.question import Question
from viva.paper.runs import Run, Runs, runs
from viva.site.render import number as plain_number
from viva.site.render import quantity

Inline = Callable[[str], str]
"""Markdown to HTML."""


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
    before: tuple[Runs, ...]
    stem: Runs
    picture: Picture | None
    bank: tuple[Choice, ...]
    choices: tuple[Choice, ...]
    line: str | None
    """What stands after the line to write on, such as a unit; None where there is no line."""
    answer: str
    explanation: Runs
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Paper:
    """One version of an exam."""

    title: str
    version: str
    instructions: tuple[Runs, ...]
    minutes: int | None
    entries: tuple[Entry, ...]


def paper(assignment: Assignment, version: int, seed: str, inline: Inline) -> Paper:
    """Version 0, 1, … of an assignment. The first keeps the author's order of options."""
    writer = _Writer(version, seed, inline)
    entries = [
        entry
        for number, question in enumerate(assignment.questions, 1)
        for entry in writer.entries(question, str(number))
    ]
    paragraphs = (assignment.instructions or "").split("\n\n")
    return Paper(
        assignment.title,
        letter(version),
        tuple(writer.runs(text.strip()) for text in paragraphs if text.strip()),
        assignment.time_limit,
        tuple(entries),
    )


class _Writer:
    """Turns the questions of one version into entries."""

    def __init__(self, version: int, seed: str, inline: Inline) -> None:
        self.version, self.seed, self.inline = version, seed, inline

    def runs(self, text: str | None) -> Runs:
        return runs(self.inline(text)) if text else ()

    def order(self, question: Question) -> list[int]:
        """Which of the author's options or items stands in each place of this version."""
        places = sheet.order(question)
        if self.version:
            random.Random(f"{self.seed} {self.version} {question.id}").shuffle(places)
        return places

    def entries(self, question: Question, number: str) -> Iterator[Entry]:
        """A question, or each step of a case with its own letter."""
        if question.type != "case":
            yield self.entry(question, number, ())
            return
        steps: Sequence[Question] = getattr(question, "steps", ())
        told = [self.runs(part) for part in getattr(question, "vignette", "").split("\n\n")]
        for place, step in enumerate(steps):
            before = told if not place else []
            before = [*before, self.runs(step.reveal)] if step.reveal else before
            yield self.entry(step, f"{number}{letter(place).lower()}", tuple(before))

    def entry(self, question: Question, number: str, before: tuple[Runs, ...]) -> Entry:
        parts: dict[str, Any] = {"bank": (), "choices": (), "line": None, "answer": "", "rows": ()}
        parts |= PARTS.get(question.type, _other)(self, question, number)
        return Entry(
            number=number,
            how=parts.pop("how", None) or HOW.get(question.type, "in words"),
            before=before,
            stem=self.runs(question.stem),
            picture=self.picture(question),
            explanation=self.runs(question.explanation),
            **parts,
        )

    def picture(self, question: Question) -> Picture | None:
        figure = question.figure
        if figure is None:
            return None
        places = tuple(region.points for region in getattr(question, "regions", ()))
        return Picture(figure.src, figure.alt, self.runs(figure.caption), places)


def _options(writer: _Writer, question: Question, number: str) -> dict[str, Any]:
    options = getattr(question, "options", ())
    places = writer.order(question)
    choices = tuple(
        Choice(
            letter(n),
            writer.runs(options[place].text),
            right=options[place].correct,
            why=writer.runs(options[place].why),
        )
        for n, place in enumerate(places)
    )
    labels = tuple(choice.label for choice in choices)
    answer = ", ".join(choice.label for choice in choices if choice.right)
    return {"choices": choices, "answer": answer, "rows": (Row(number, labels),)}


def _true_false(writer: _Writer, question: Question, number: str) -> dict[str, Any]:
    choices = tuple(
        Choice(
            letter(n).lower(),
            writer.runs(one.text),
            key="true" if one.answer else "false",
            why=writer.runs(one.why),
        )
        for n, one in enumerate(getattr(question, "statements", ()))
    )
    return {"choices": choices, **_rows(choices, number, ("T", "F"))}


def _matching(writer: _Writer, question: Question, number: str) -> dict[str, Any]:
    options = getattr(question, "options", ())
    places = writer.order(question)
    answers = types.key(question)["answers"]
    bank = tuple(
        Choice(letter(n), writer.runs(options[place].text)) for n, place in enumerate(places)
    )
    choices = tuple(
        Choice(
            letter(n).lower(),
            writer.runs(one.stem),
            key=letter(places.index(answer)),
            why=writer.runs(one.why),
        )
        for n, (one, answer) in enumerate(
            zip(getattr(question, "prompts", ()), answers, strict=True)
        )
    )
    labels = tuple(choice.label for choice in bank)
    return {"bank": bank, "choices": choices, **_rows(choices, number, labels)}


def _rows(choices: Sequence[Choice], number: str, bubbles: tuple[str, ...]) -> dict[str, Any]:
    """A row for each part of a question, and all right answers in one line."""
    rows = tuple(Row(f"{number}{choice.label}", bubbles) for choice in choices)
    return {"rows": rows, "answer": ", ".join(f"{one.label} {one.key}" for one in choices)}


def _ordering(writer: _Writer, question: Question, number: str) -> dict[str, Any]:
    items = getattr(question, "items", ())
    places = writer.order(question)
    choices = tuple(Choice(letter(n), writer.runs(items[place])) for n, place in enumerate(places))
    answer = ", ".join(letter(places.index(n)) for n in range(len(items)))
    return {"choices": choices, "line": "", "answer": answer, "rows": (Row(number),)}


def _hotspot(writer: _Writer, question: Question, number: str) -> dict[str, Any]:
    regions = getattr(question, "regions", ())
    labels = tuple(letter(n) for n in range(len(regions)))
    right = [region.id for region in regions].index(types.key(question)["answer"])
    answer = f"{labels[right]} ({regions[right].label})"
    return {"answer": answer, "rows": (Row(number, labels),)}


def _concordance(writer: _Writer, question: Question, number: str) -> dict[str, Any]:
    panel = types.key(question)["panel"]
    choices = tuple(
        Choice(
            letter(n), (Run(words.capitalize()),), key=f"{votes} votes, {votes / max(panel):.2g}"
        )
        for n, (words, votes) in enumerate(zip(SCALE_WORDS, panel, strict=True))
    )
    thinking = (
        Run("You are thinking of: "),
        *_bold(writer.runs(getattr(question, "hypothesis", ""))),
    )
    finding = (Run("Then you find: "), *_bold(writer.runs(getattr(question, "finding", ""))))
    asked = (Run("This makes your hypothesis:"),)
    bank = tuple(Choice("", text) for text in (thinking, finding, asked))
    answer = ", ".join(
        f"{one.label} {votes / max(panel):.2g}" for one, votes in zip(choices, panel, strict=True)
    )
    labels = tuple(choice.label for choice in choices)
    return {"bank": bank, "choices": choices, "answer": answer, "rows": (Row(number, labels),)}


def _bold(pieces: Runs) -> Runs:
    return tuple(Run(one.text, True, one.italic, one.raised, one.lowered) for one in pieces)


def _number(writer: _Writer, question: Question, number: str) -> dict[str, Any]:
    data = types.key(question)
    unit = data["unit"]
    answer = quantity(data["answer"], unit)
    if data["tolerance"]:
        low, high = data["answer"] - data["tolerance"], data["answer"] + data["tolerance"]
        answer += f" (from {plain_number(low)} to {quantity(high, unit)})"
    return {"line": unit or "", "answer": answer, "rows": (Row(number),)}


def _words(writer: _Writer, question: Question, number: str) -> dict[str, Any]:
    accepted: Sequence[str] = getattr(question, "accept", ())
    model = getattr(question, "answer", None)
    said = [one for one in (model, *accepted) if one]
    first = [one.casefold() for one in said].index
    answer = "; ".join(one for n, one in enumerate(said) if first(one.casefold()) == n)
    return {"line": "", "answer": answer, "rows": (Row(number),)}


def _other(writer: _Writer, question: Question, number: str) -> dict[str, Any]:
    """A type that is not named here says itself what is printed, or is answered in words."""
    printed = types.on_paper(question)
    if not printed:
        return _words(writer, question, number)
    bank = (Choice("", (Run(printed.note),)),) if printed.note else ()
    parts = {"how": printed.how, "line": printed.line, "answer": printed.answer}
    return {"bank": bank, "rows": (Row(number),), **parts}


PARTS: dict[str, Callable[[_Writer, Question, str], dict[str, Any]]] = {
    "single": _options,
    "multiple": _options,
    "true-false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "hotspot": _hotspot,
    "script-concordance": _concordance,
    "numeric": _number,
    "short-answer": _words,
}
HOW = {
    "single": "one best answer",
    "multiple": "all that apply",
    "true-false": "true or false, each",
    "matching": "match each",
    "ordering": "write the letters in order",
    "hotspot": "one place in the figure",
    "script-concordance": "script concordance",
    "numeric": "a number",
    "short-answer": "a few words",
}
