"""Multiple true/false: a decision on every statement."""

from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.question import AnswerError, Model, Question, Text

EXAMPLE = """\
    stem: Is each statement true or false?
    statements:
      - text: A statement that is entirely true.
        answer: true
        why: What makes it true.
      - text: A statement that is clearly false.
        answer: false
        why: What makes it false.
"""


class Statement(Model):
    """A sentence that is true or false."""

    text: Text
    answer: bool
    why: Text | None = None


class TrueFalse(Question):
    """A list of statements, each to be judged."""

    type: Literal["true-false"]
    statements: Annotated[tuple[Statement, ...], Field(min_length=1)]


def key(question: TrueFalse) -> dict[str, list[bool]]:
    """The right decision on each statement."""
    return {"answers": [statement.answer for statement in question.statements]}


def mark(question: TrueFalse, answer: Any) -> float:
    """Right decisions as a share of the statements; an open one (None) is not right."""
    if not isinstance(answer, list) or any(a not in (True, False, None) for a in answer):
        raise AnswerError("the answer is not a list of true, false or null")
    if len(answer) != len(question.statements):
        raise AnswerError("the answer has another number of statements than the question")
    pairs = zip(answer, key(question)["answers"], strict=True)
    right = [given is wanted for given, wanted in pairs]
    return sum(right) / len(right)
