"""Decisions on a sitting: one file, to which is only added. Each has a reason, a person and a day.

The later of two decisions on one thing counts, and the earlier one stays to be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationError

from viva.assignments.judging import judged_as
from viva.bank import mistakes, types
from viva.bank.question import Model, Question, Text
from viva.base import files
from viva.base.problems import Problem, hint
from viva.base.reader import Loc, Source, parse
from viva.base.refused import Refused
from viva.base.visible import alike
from viva.base.words import Listed, Said, row, say, shaped

HEADER = """\
# Decisions on this sitting. Add at the end, and change none: marks rest on them.
# viva grade reads them; viva sitting decide writes one for you.
decisions:
"""
ENTRY = re.compile(r"^( *)- what:", re.MULTILINE)
PLAIN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*|\d{4}-\d\d-\d\d")


def _day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


class Decision(Model):
    """What every decision says."""

    whole = "decision"
    examples: ClassVar = {
        "reason": "reason: why",
        "by": "by: who decided",
        "date": "date: 2026-12-08",
        "question": "question: its id",
        "student": "student: the identifier",
        "file": "file: its name as viva grade prints it",
    }

    reason: Text
    by: Text
    date: Annotated[Text, AfterValidator(_day)]

    @property
    def about(self) -> tuple[str, ...]:
        """What it is about: a later decision about the same replaces it."""
        raise NotImplementedError

    @property
    def said(self) -> Said:
        """What was decided, in words."""
        raise NotImplementedError

    @property
    def rests(self) -> Said:
        """The decision as a result that rests on it says it."""
        told = {"reason": self.reason, "by": self.by, "date": date.fromisoformat(self.date)}
        return say("{decision}: {reason} ({by}, {date})", decision=self.said, **told)


class Counts(Decision):
    """Whether a file in doubt counts."""

    what: Literal["file"]
    file: Text
    row: Text
    student: Text
    counts: bool

    @property
    def about(self) -> tuple[str, ...]:
        return "file", self.row

    @property
    def said(self) -> Said:
        whose = {"file": self.file, "student": self.student}
        if self.counts:
            return say("{file} counts for {student}", **whose)
        return say("{file} does not count for {student}", **whose)


class Belongs(Decision):
    """Whose a file is that gives another identifier."""

    what: Literal["belongs"]
    file: Text
    student: Text

    @property
    def about(self) -> tuple[str, ...]:
        return "belongs", alike(self.file)

    @property
    def said(self) -> Said:
        return say("{file} is of {student}", file=self.file, student=self.student)


class Late(Decision):
    """A file is accepted though it came late."""

    what: Literal["late"]
    student: Text

    @property
    def about(self) -> tuple[str, ...]:
        return "late", alike(self.student)

    @property
    def said(self) -> Said:
        return say("late accepted for {student}", student=self.student)


class Judged(Decision):
    """The mark of an answer that no rule decides."""

    what: Literal["judged"]
    question: Text
    answer: Text
    mark: Annotated[float, Field(ge=0, le=1)]

    @property
    def about(self) -> tuple[str, ...]:
        return "judged", self.question, judged_as(self.answer)

    @property
    def said(self) -> Said:
        about = {"question": self.question, "answer": self.answer}
        return say("{question}: “{answer}” is worth {mark}", **about, mark=self.mark)


class Void(Decision):
    """A question counts for nobody, or counts again."""

    what: Literal["void"]
    question: Text
    void: bool = True

    @property
    def about(self) -> tuple[str, ...]:
        return "void", self.question

    @property
    def said(self) -> Said:
        if self.void:
            return say("{question} is void", question=self.question)
        return say("{question} counts again", question=self.question)

    @property
    def kept(self) -> Said:
        """The decision as the history of the question keeps it."""
        return say("is void") if self.void else say("counts again")


class Also(Decision):
    """More answers count as right."""

    what: Literal["also"]
    question: Text
    also: Annotated[tuple[Text, ...], Field(min_length=1)]

    @property
    def about(self) -> tuple[str, ...]:
        return "also", self.question, *self.also

    @property
    def said(self) -> Said:
        return shaped("{question}: {decision}", question=self.question, decision=self.kept)

    @property
    def kept(self) -> Said:
        """The decision as the history of the question keeps it."""
        return say("{also} is right too", also=Listed(self.also, "row"))


class Key(Decision):
    """Other answers are right than the question says."""

    what: Literal["key"]
    question: Text
    right: Annotated[tuple[Text, ...], Field(min_length=1)]

    @property
    def about(self) -> tuple[str, ...]:
        return "key", self.question

    @property
    def said(self) -> Said:
        return shaped("{question}: {decision}", question=self.question, decision=self.kept)

    @property
    def kept(self) -> Said:
        """The decision as the history of the question keeps it."""
        return say("the key is {right}", right=Listed(self.right, "row"))


KINDS: Mapping[str, type[Decision]] = {
    "file": Counts, "belongs": Belongs, "late": Late, "judged": Judged, "void": Void,
    "also": Also, "key": Key,
}  # fmt: skip


@dataclass(frozen=True)
class Numbered:
    """A decision with its number in the file, from 1, by which results name it."""

    number: int
    decision: Any
    loc: Loc


def load(path: Path, name: str) -> tuple[tuple[Numbered, ...], list[Problem]]:
    """The decisions in a file, in order, and everything that is wrong with it."""
    if not path.exists():
        return (), []
    try:
        return read(path.read_bytes().decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        return (), [Problem(name, 1, 1, "RD001", say("a character is not UTF-8 (save as UTF-8)"))]


def read(text: str, name: str) -> tuple[tuple[Numbered, ...], list[Problem]]:
    """The decisions in a text."""
    source = parse(text, name)
    if source.problems:
        return (), list(source.problems)
    listed = source.data.get("decisions") if isinstance(source.data, dict) else None
    if listed in (None, ""):
        return (), []
    if not isinstance(listed, list):
        said = say("decisions is not a list (write each under it: - what: void)")
        return (), [source.problem(("decisions",), "SC003", said)]
    found: list[Numbered] = []
    problems: list[Problem] = []
    for number, data in enumerate(listed):
        loc: Loc = ("decisions", number)
        decision, wrong = _decision(data, loc, source)
        problems += wrong
        found += [Numbered(number + 1, decision, loc)] if decision else []
    return tuple(found), problems


def _decision(data: Any, loc: Loc, source: Source) -> tuple[Decision | None, list[Problem]]:
    what = str(data.get("what") or "") if isinstance(data, dict) else ""
    if what not in KINDS:
        choices = hint(what, KINDS) if what else say("write what: {choices}", choices=row(KINDS))
        said = say("it is not said what was decided ({choices})", choices=choices)
        return None, [source.problem(loc, "SC003", said)]
    try:
        return KINDS[what].model_validate(data), []
    except ValidationError as error:
        if [one["loc"] for one in error.errors()] == [("date",)] and data.get("date"):
            said = say("date is {date} (write a day, such as 2026-12-08)", date=repr(data["date"]))
            return None, [source.problem((*loc, "date"), "SC003", said)]
        return None, list(mistakes.model_problems(error, loc, source, KINDS[what]))


def with_key(question: Question, decision: Any) -> Question | None:
    """A question as a decision about its key, or that of one of its steps, has it.

    None where it cannot be so.
    """
    _, _, name = decision.question.partition("/")
    if name:
        step = next((one for one in types.steps(question) if one.id == name), None)
        changed = _rekeyed(step, decision) if step else None
        return types.with_step(question, changed) if changed else None
    return None if types.steps(question) else _rekeyed(question, decision)


def _rekeyed(question: Question, decision: Any) -> Question | None:
    if decision.what == "key":
        return types.rekeyed(question, decision.right)
    return types.granted(question, decision.also)


def standing(decisions: Iterable[Numbered]) -> tuple[Numbered, ...]:
    """The decisions without those that a later one replaces. A key replaces, too, what counted as
    right beside the one before."""
    last = {one.decision.about: one for one in decisions}
    keyed = (one for one in last.values() if one.decision.what == "key")
    keys = {one.decision.question: one.number for one in keyed}
    found = [
        one
        for one in last.values()
        if one.decision.what != "also" or one.number > keys.get(one.decision.question, 0)
    ]
    return tuple(sorted(found, key=lambda one: one.number))


def add(path: Path, new: Sequence[Decision]) -> None:
    """Add decisions at the end of the file, and change nothing else in it. Raises Refused."""
    if not new:
        return
    text = path.read_bytes().decode("utf-8") if path.exists() else HEADER
    before, problems = read(text, path.name)
    end = "\r\n" if "\r\n" in text else "\n"
    found = ENTRY.search(text)
    indent = found[1] if found else "  "
    kept = text if text.endswith("\n") else text + end
    added = kept + "".join(f"{indent}{line}{end}" for one in new for line in lines(one))
    after, wrong = read(added, path.name)
    if problems or wrong or [one.decision for one in after[len(before) :]] != list(new):
        said = say("decisions cannot be added at the end (write them under decisions: at the end)")
        raise Refused(said, path)
    files.write(path, added)


def lines(decision: Decision) -> Iterator[str]:
    """A decision as an entry of the list, without its indentation."""
    data = decision.model_dump(mode="json")
    order = ["what", *(name for name in data if name not in ("what", "reason", "by", "date"))]
    for place, name in enumerate([*order, "reason", "by", "date"]):
        yield f"{'  ' if place else '- '}{name}: {written(data[name])}"


def written(value: Any) -> str:
    """A value as YAML: JSON is YAML too. A date and a word need no quotes."""
    plain = isinstance(value, str) and PLAIN.fullmatch(value)
    return str(value) if plain else json.dumps(value, ensure_ascii=False)
