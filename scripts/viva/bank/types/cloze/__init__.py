"""Cloze: gaps in running text, each filled by typing or from a short list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank import interactions
from viva.bank.interactions import Interaction
from viva.bank.question import AnswerError, Id, Model, Question, Text, index, short_text
from viva.bank.types import listed
from viva.bank.types.protocol import (
    Fault,
    Filled,
    Part,
    Printed,
    PrintedPart,
    PrintedRow,
    QuestionType,
    Trait,
)
from viva.base.folding import compared
from viva.base.letters import letter
from viva.base.problems import hint
from viva.base.reader import Loc
from viva.base.visible import visible
from viva.base.words import count, joined, label, row, say, shaped
from viva.formulas import typed

GAP = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
APART = "\ue000"
"""Stands around the number of a gap while Markdown becomes HTML: no author types it."""
LINE = "…………"
Answer = list[str | int | None]


class Choice(Model):
    """An option of a gap; one of them is right."""

    written = "- text: …"

    text: Text
    correct: bool = False


class Gap(Model):
    """What a gap takes: words that are typed, or one of a few options."""

    written = "- id: … and accept: or options: under it"

    id: Id
    accept: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    reject: tuple[Text, ...] = ()
    options: Annotated[tuple[Choice, ...], Field(min_length=2)] | None = None
    why: Text | None = None

    @property
    def right(self) -> str:
        """What is right, as its author wrote it."""
        if self.options:
            return next(option.text for option in self.options if option.correct)
        return self.accept[0] if self.accept else ""


class Cloze(Question):
    """A lead-in and a text in which `{gap-id}` stands for each gap."""

    type: Literal["cloze"]
    text: Text
    gaps: Annotated[tuple[Gap, ...], Field(min_length=1)]


class ClozeType(QuestionType[Cloze]):
    """What fills each gap, in the order of `gaps`: a text, the number of an option, or None.

    A gap whose text no list knows counts as wrong: what a person has to judge is better asked in a
    question of its own.
    """

    model = Cloze
    name = say("gaps in a text")
    example = """\
    stem: What belongs into the gaps?
    text: |                   # {a-name} stands where the gap is
      The first thing is called {first}, and beside it lies the {second} one.
    gaps:
      - id: first
        accept:               # typed; case, accents, US spelling and small typos do not matter
          - the right term
          - another right term
        why: Why it is right.
      - id: second
        options:              # or chosen from a list
          - text: larger
          - text: smaller
            correct: true     # on one option only
        why: Why it is right.
"""
    traits = frozenset({Trait.IN_PARTS})
    seldom = True
    shown = frozenset({"text", "gaps", "options"})

    def how(self, question: Cloze) -> str:
        return count("{n} gap", "{n} gaps", len(question.gaps))

    def check(self, question: Cloze) -> Iterator[Fault]:
        """Each gap stands in the text once, and can be filled rightly in one way."""
        ids, found = [gap.id for gap in question.gaps], _named(question.text)
        for name in dict.fromkeys(found):
            if name not in ids:
                said = say(
                    "{{name}} is not among the gaps ({hint})",
                    name=name, hint=hint(name, ids),
                )
                yield ("text",), "KY301", said
            elif found.count(name) > 1:
                message = say(
                    "{{name}} stands in the text twice (give each place a gap of its own)",
                    name=name,
                )
                yield ("text",), "KY301", message
        for number, gap in enumerate(question.gaps):
            for loc, code, fault in _gap_faults(gap, ids[:number], found):
                yield ("gaps", number, *loc), code, fault

    def key(self, question: Cloze) -> dict[str, Any]:
        """For each gap what is accepted and rejected, or the number of the right option."""
        return {"gaps": [_key(gap) for gap in question.gaps]}

    def validated(self, question: Cloze, answer: Any) -> Answer:
        if not isinstance(answer, list) or len(answer) != len(question.gaps):
            raise AnswerError(say("the answer is not a list with one part for each gap"))
        pairs = zip(question.gaps, answer, strict=True)
        return [None if given is None else _filled(gap, given) for gap, given in pairs]

    def mark(self, question: Cloze, answer: Answer) -> float:
        """Gaps that are filled rightly as a share of all; an open one (None) is not right."""
        pairs = zip(question.gaps, answer, strict=True)
        return sum(_is_right(gap, given) for gap, given in pairs) / len(answer)

    def sheet(self, question: Cloze) -> dict[str, Any]:
        """Gaps get numbers: their own ids may tell too much."""
        text = _with_gaps(question, lambda number: f"{{{number + 1}}}")
        gaps = [
            {"options": [{"text": option.text} for option in gap.options or ()]}
            for gap in question.gaps
        ]
        return question.model_dump(mode="json") | {"text": text, "gaps": gaps}

    def names(self, question: Cloze) -> Mapping[str, Any]:
        marked = _with_gaps(question, lambda number: f"{APART}{number}{APART}")
        return {"apart": APART, "marked": marked}

    def sheet_names(self, question: Cloze) -> Mapping[str, Any]:
        return self.names(question)

    def words(self, question: Cloze, answer: Answer) -> str:
        pairs = zip(question.gaps, answer, strict=True)
        return "; ".join(_said(gap, given) for gap, given in pairs)

    def code(self, question: Cloze, answer: Answer) -> str:
        """Typed words as they are, options by their letters."""
        return " | ".join(_coded(given) for given in answer)

    def printed(self, question: Cloze, order: Sequence[int]) -> Printed:
        choices = tuple(_printed(number, gap) for number, gap in enumerate(question.gaps))
        rows = (
            PrintedRow(one.label, tuple(map(label, range(len(gap.options or ())))))
            for one, gap in zip(choices, question.gaps, strict=True)
        )
        text = _with_gaps(question, lambda number: f"{LINE} ({{gap{number}}})")
        note = shaped(text, **{f"gap{number}": one.label for number, one in enumerate(choices)})
        answer = row(joined(one.label, one.key) for one in choices)
        return Printed(answer, tuple(rows), notes=((note, ""),), choices=choices)

    def from_paper(
        self, question: Cloze, order: Sequence[int], rows: Sequence[Filled]
    ) -> Answer:
        return [row[0] if row else None for row in rows]

    def interaction(self, question: Cloze) -> interactions.Gaps:
        text = _with_gaps(question, interactions.Gaps.mark)
        return interactions.Gaps(text, tuple(map(_gap, question.gaps)))

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        """Gaps get ids by their place."""
        if not isinstance(given, interactions.Gaps):
            return None
        text = given.text
        for number in range(len(given.gaps)):
            text = text.replace(given.mark(number), f"{{gap-{number + 1}}}")
        gaps = [{"id": f"gap-{n}"} | _written(gap) for n, gap in enumerate(given.gaps, 1)]
        return {"text": text, "gaps": gaps}

    def running(self, question: Cloze) -> Iterator[tuple[Loc, str]]:
        yield ("stem",), question.stem
        yield ("text",), _swapped(question.text, lambda _: "…")

    def parts(self, question: Cloze) -> Iterator[Part]:
        for number, gap in enumerate(question.gaps):
            text = "; ".join(option.text for option in gap.options or ())
            yield Part(("gaps", number, "options"), text, gap.why, answer=gap.right)


def _gap_faults(gap: Gap, before: Sequence[str], found: Sequence[str]) -> Iterator[Fault]:
    """What is wrong with a gap, given the ids of those before it and those in the text."""
    if gap.id in before:
        yield ("id",), "OP204", say("gap {id} is there twice (rename one)", id=gap.id)
    if gap.id not in found:
        yield ("id",), "KY301", say("the text has no {{id}} (write it where the gap is)", id=gap.id)
    if gap.accept and gap.options:
        said = say("gap {id} has both accept and options (write one of them)", id=gap.id)
        yield (), "KY301", said
    elif not (gap.accept or gap.options):
        said = say("gap {id} has neither accept nor options (write one of them)", id=gap.id)
        yield (), "KY301", said
    parts = (Part(("options", n, "text"), one.text) for n, one in enumerate(gap.options or ()))
    yield from listed.repeated(parts, listed.OPTION)
    yield from listed.overlap(gap.accept or (), gap.reject)
    if gap.options and sum(option.correct for option in gap.options) != 1:
        message = say("not exactly one option is correct (mark one with correct: true)")
        yield ("options",), "KY301", message


def _key(gap: Gap) -> dict[str, Any]:
    if gap.options:
        return {"correct": next(n for n, option in enumerate(gap.options) if option.correct)}
    return {"accept": list(gap.accept or ()), "reject": list(gap.reject)}


def _filled(gap: Gap, given: Any) -> str | int:
    """What fills a gap. Raises AnswerError for what its field cannot give."""
    return index(given, len(gap.options)) if gap.options else short_text(given, 200)


def _is_right(gap: Gap, given: str | int | None) -> bool:
    if isinstance(given, str):
        return compared(given, gap.accept or (), gap.reject) is True
    return given is not None and _key(gap)["correct"] == given


def _said(gap: Gap, given: str | int | None) -> str:
    if isinstance(given, int) and gap.options:
        return gap.options[given].text
    return visible(str(given)) if given is not None else "-"


def _coded(given: str | int | None) -> str:
    return letter(given) if isinstance(given, int) else visible(given or "-")


def _with_gaps(question: Cloze, written: Callable[[int], str]) -> str:
    """The text with something else in place of each gap, by its number from 0."""
    numbers = {gap.id: number for number, gap in enumerate(question.gaps)}
    return _swapped(question.text, lambda found: written(numbers[found[1]]))


def _named(text: str) -> list[str]:
    """The gaps that a text names, in order; the braces of formulas are no gaps."""
    parts = (part for part, is_formula in typed.parts(text) if not is_formula)
    return [name for part in parts for name in GAP.findall(part)]


def _swapped(text: str, written: Callable[[re.Match[str]], str]) -> str:
    """A text with something else in place of each gap."""
    parts = typed.parts(text)
    return "".join(part if is_formula else GAP.sub(written, part) for part, is_formula in parts)


def _gap(gap: Gap) -> interactions.Gap:
    """A gap for other formats."""
    if gap.options:
        picks = (interactions.Pick(one.text, float(one.correct)) for one in gap.options)
        return interactions.Gap(interactions.Choice(tuple(picks)), gap.right, gap.why)
    return interactions.Gap(interactions.Words(gap.accept or (), gap.reject), gap.right, gap.why)


def _written(gap: interactions.Gap) -> dict[str, Any]:
    """A gap of another system as an author writes it."""
    if isinstance(gap.filled, interactions.Choice):
        picks = gap.filled.options
        options = [{"text": o.text} | ({"correct": True} if o.right else {}) for o in picks]
        return {"options": options} | listed.told(gap.why)
    wrong = {"reject": list(gap.filled.reject)} if gap.filled.reject else {}
    return {"accept": list(gap.filled.accept)} | wrong | listed.told(gap.why)


def _printed(number: int, gap: Gap) -> PrintedPart:
    """A gap under the text: what to choose from, and in the key what is right."""
    options = gap.options or ()
    text = joined(*(joined(label(n), one.text) for n, one in enumerate(options)), by="; ")
    right = next((label(n) for n, one in enumerate(options) if one.correct), gap.right)
    return PrintedPart(label(number, low=True), text or LINE, right, why=gap.why)


TYPE = ClozeType()
