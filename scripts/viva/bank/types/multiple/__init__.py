"""Multiple response: one or more options are right, and the student picks all of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.interactions import Choice, Interaction
from viva.bank.question import AnswerError, Option, Question, index, whole_numbers
from viva.bank.types import listed
from viva.bank.types.protocol import Fault, Filled, Part, Printed, QuestionType, Trait
from viva.base.letters import letter
from viva.base.words import say


class Multiple(Question):
    """A question with one or more right options."""

    type: Literal["multiple"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


class MultipleType(QuestionType[Multiple]):
    """A set of choices, marked by hits less false picks."""

    model = Multiple
    name = say("several answers")
    example = """\
    stem: Which of these things are true of the subject?
    options:
      - text: First option
        correct: true         # on every right option
        why: Why it is right.
      - text: Second option
        why: Why it tempts, and why it is wrong.
      - text: Third option
        correct: true
        why: Why it is right.
"""
    traits = frozenset({Trait.SOME_RIGHT, Trait.ASKED})
    shown = frozenset({"options", "text"})
    mixes = "options"
    several_marks = True

    def how(self, question: Multiple) -> str:
        return say("all that apply")

    def check(self, question: Multiple) -> Iterator[Fault]:
        """At least one option is correct."""
        if not listed.right(question.options):
            message = say("no option is correct (mark the right ones with correct: true)")
            yield ("options",), "KY301", message

    def rekeyed(self, question: Multiple, right: Sequence[str]) -> Multiple:
        places = {listed.labelled_number(label, question.options) for label in right}
        options = tuple(
            option.model_copy(update={"correct": number in places})
            for number, option in enumerate(question.options)
        )
        return question.model_copy(update={"options": options})

    def key(self, question: Multiple) -> dict[str, list[int]]:
        """The numbers of the right options, from 0."""
        return {"correct": listed.right(question.options)}

    def validated(self, question: Multiple, answer: Any) -> list[int]:
        picks = whole_numbers(answer)
        if len(set(picks)) != len(picks) or not set(picks) <= set(range(len(question.options))):
            raise AnswerError(say("the answer picks an option twice, or one that does not exist"))
        return picks

    def mark(self, question: Multiple, answer: list[int]) -> float:
        """Hits less false picks, as a share of the right options, never below 0 (Betts 2021)."""
        picks, right = set(answer), set(listed.right(question.options))
        return max(0, len(picks & right) - len(picks - right)) / len(right)

    def from_sheet(self, question: Multiple, given: Any) -> list[int]:
        places = self.order(question)
        return [places[index(one, len(places))] for one in whole_numbers(given)]

    def words(self, question: Multiple, answer: list[int]) -> str:
        return "; ".join(question.options[number].text for number in sorted(answer))

    def code(self, question: Multiple, answer: list[int]) -> str:
        return ";".join(map(letter, sorted(answer)))

    def options(self, question: Multiple) -> Mapping[str, str]:
        return listed.labelled(question.options)

    def right(self, question: Multiple) -> Sequence[str]:
        return [letter(number) for number in listed.right(question.options)]

    def printed(self, question: Multiple, order: Sequence[int]) -> Printed:
        return listed.printed(question.options, order)

    def from_paper(
        self, question: Multiple, order: Sequence[int], rows: Sequence[Filled]
    ) -> list[int]:
        return sorted(order[place] for place in rows[0])

    def interaction(self, question: Multiple) -> Choice:
        """A false pick takes as much as a hit gives."""
        share = 1 / len(listed.right(question.options))
        shares = [share if option.correct else -share for option in question.options]
        return listed.choice(question.options, shares, several=True)

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        is_mine = isinstance(given, Choice) and given.several
        return {"options": listed.written(given)} if is_mine else None

    def choices(self, question: Multiple) -> Iterator[Part]:
        return listed.parts(question.options)


TYPE = MultipleType()
