"""Multiple true/false: a decision on every statement."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank import interactions
from viva.bank.interactions import Interaction
from viva.bank.question import AnswerError, Model, Question, Text
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
from viva.base.words import Said, joined, label, row, say, within

Answer = list[bool | None]
BUBBLES = (within("a bubble for true", "T"), within("a bubble for false", "F"))
"""What stands beside the circles of the answer sheet."""


class Statement(Model):
    """A sentence that is true or false."""

    written = "- text: … and answer: true or false under it"

    text: Text
    answer: bool
    why: Text | None = None


class TrueFalse(Question):
    """A list of statements, each to be judged."""

    type: Literal["true-false"]
    statements: Annotated[tuple[Statement, ...], Field(min_length=1)]


class TrueFalseType(QuestionType[TrueFalse]):
    """A decision on each statement, marked by the share that is right."""

    model = TrueFalse
    name = say("true or false")
    example = """\
    stem: Is each statement true or false?
    statements:
      - text: A statement that is entirely true.
        answer: true
        why: What makes it true.
      - text: A statement that is clearly false.
        answer: false
        why: What makes it false.
"""
    traits = frozenset({Trait.IN_PARTS})
    shown = frozenset({"statements", "text"})

    def how(self, question: TrueFalse) -> str:
        return say("true or false, each")

    def check(self, question: TrueFalse) -> Iterator[Fault]:
        """No statement is there twice."""
        return listed.repeated(self.parts(question), listed.STATEMENT)

    def key(self, question: TrueFalse) -> dict[str, list[bool]]:
        """The right decision on each statement."""
        return {"answers": [statement.answer for statement in question.statements]}

    def validated(self, question: TrueFalse, answer: Any) -> Answer:
        if not isinstance(answer, list) or any(
            part is not None and type(part) is not bool for part in answer
        ):
            raise AnswerError(say("the answer is not a list of true, false or null"))
        if len(answer) != len(question.statements):
            raise AnswerError(say("the answer has another number of statements than the question"))
        return answer

    def mark(self, question: TrueFalse, answer: Answer) -> float:
        """Right decisions as a share of the statements; an open one (None) is not right."""
        pairs = zip(answer, question.statements, strict=True)
        return sum(given is one.answer for given, one in pairs) / len(answer)

    def words(self, question: TrueFalse, answer: Answer) -> str:
        return row("-" if part is None else _word(part) for part in answer)

    def code(self, question: TrueFalse, answer: Answer) -> str:
        return ";".join("-" if part is None else "T" if part else "F" for part in answer)

    def printed(self, question: TrueFalse, order: Sequence[int]) -> Printed:
        choices = tuple(
            PrintedPart(label(n, low=True), one.text, _word(one.answer), why=one.why)
            for n, one in enumerate(question.statements)
        )
        rows = tuple(PrintedRow(one.label, BUBBLES) for one in choices)
        answer = row(joined(one.label, one.key) for one in choices)
        return Printed(answer, rows, choices=choices)

    def from_paper(
        self, question: TrueFalse, order: Sequence[int], rows: Sequence[Filled]
    ) -> Answer:
        return [row[0] == 0 if row else None for row in rows]

    def interaction(self, question: TrueFalse) -> interactions.Judgement:
        judged = (
            interactions.Statement(one.text, one.answer, one.why) for one in question.statements
        )
        return interactions.Judgement(tuple(judged))

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        if not isinstance(given, interactions.Judgement):
            return None
        judged = given.statements
        return {
            "statements": [
                {"text": s.text, "answer": s.answer} | listed.told(s.why) for s in judged
            ]
        }

    def parts(self, question: TrueFalse) -> Iterator[Part]:
        for number, one in enumerate(question.statements):
            loc = ("statements", number, "text")
            yield Part(loc, one.text, one.why, answer=_word(one.answer))


def _word(answer: bool) -> Said:
    return say("true") if answer else say("false")


TYPE = TrueFalseType()
