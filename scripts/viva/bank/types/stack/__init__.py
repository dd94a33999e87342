"""Stack: scroll through pictures, such as the slices of a scan, to the one that is asked for."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from viva.bank.question import AnswerError, Figure, Question, Text
from viva.bank.types.protocol import Fault, Filled, Printed, QuestionType, Trait
from viva.base.digits import plain
from viva.base.words import say


class Stack(Question):
    """A figure with pictures of one size in rows, without gaps; each in words, from the first on.

    `answer` counts from 1.
    """

    entries: ClassVar = {"pictures": "picture in words"}

    type: Literal["stack"]
    figure: Figure
    columns: Annotated[int, Field(ge=1)]
    pictures: Annotated[tuple[Text, ...], Field(min_length=2)]
    answer: Annotated[int, Field(ge=1)]
    tolerance: Annotated[int, Field(ge=0)] = 0


class StackType(QuestionType[Stack]):
    """The number of a picture, from 1; 1 within the tolerance, else 0."""

    model = Stack
    name = say("a picture in a stack")
    example = """\
    stem: On which picture is it largest?
    figure:
      src: assets/figures/name.svg    # all pictures of the stack, in rows without gaps
      alt: What the pictures show, without giving the answer away
    columns: 2                # pictures to a row
    pictures:                 # each in words, for those who cannot see it
      - What the first picture shows
      - What the second picture shows
      - What the third picture shows
    answer: 2                 # the first picture is 1
    tolerance: 0              # how many pictures off is still right
"""
    traits = frozenset({Trait.ASKED})
    seldom = True
    shown = frozenset({"columns", "pictures"})

    def how(self, question: Stack) -> str:
        return say("one of {total} pictures", total=len(question.pictures))

    def check(self, question: Stack) -> Iterator[Fault]:
        """The answer is one of the pictures, and not every picture is right."""
        last = len(question.pictures)
        if question.answer > last:
            message = say(
                "there is no picture {answer} (write a number from 1 to {last})",
                answer=question.answer, last=last,
            )
            yield ("answer",), "KY301", message
        elif len(_right(question)) == last:
            message = say("every picture is within the tolerance (write a smaller one)")
            yield ("tolerance",), "KY301", message
        if question.columns > last:
            message = say(
                "there are only {last} pictures (write how many of them stand in a row)",
                last=last,
            )
            yield ("columns",), "KY301", message

    def key(self, question: Stack) -> dict[str, int]:
        """The picture that is right, and how far off is still right."""
        return {"answer": question.answer, "tolerance": question.tolerance}

    def validated(self, question: Stack, answer: Any) -> int:
        last = len(question.pictures)
        if type(answer) is not int or not 1 <= answer <= last:
            raise AnswerError(say("the answer is not a number from 1 to {last}", last=last))
        return answer

    def mark(self, question: Stack, answer: int) -> float:
        """1 for a picture within the tolerance, else 0."""
        return float(abs(answer - question.answer) <= question.tolerance)

    def names(self, question: Stack) -> dict[str, Any]:
        """The first and the last picture that are right."""
        return {"right": _right(question)}

    def words(self, question: Stack, answer: int) -> str:
        return say("picture {number} of {total}", number=answer, total=len(question.pictures))

    def code(self, question: Stack, answer: int) -> str:
        return str(answer)

    def printed(self, question: Stack, order: Sequence[int]) -> Printed:
        """On paper the whole stack is seen at once, and its pictures are counted."""
        return Printed(
            _counted(question),
            notes=((say("The pictures are counted row by row, from the upper left."), ""),),
            line="",
            how=say("write the number of a picture"),
        )

    def from_paper(
        self, question: Stack, order: Sequence[int], rows: Sequence[Filled]
    ) -> int:
        """The one number that was written: `7`, and `picture 7` in any language."""
        found = re.findall(r"\d+", plain(str(rows[0][0])))
        if len(found) != 1:
            raise AnswerError(say("this is not the number of one picture"))
        return self.validated(question, int(found[0]))


def _counted(question: Stack) -> str:
    """The right picture, and which others count."""
    right = _right(question)
    if len(right) == 1:
        return say("picture {number}", number=question.answer)
    return say(
        "picture {number} ({first} to {last} count)",
        number=question.answer,
        first=right[0],
        last=right[-1],
    )


def _right(question: Stack) -> range:
    """The pictures that are right."""
    first, last = (question.answer + sign * question.tolerance for sign in (-1, 1))
    return range(max(1, first), min(len(question.pictures), last) + 1)


TYPE = StackType()
