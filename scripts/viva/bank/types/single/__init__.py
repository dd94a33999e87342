"""Single best answer (SBA): one option is right."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.interactions import Choice, Interaction
from viva.bank.question import Option, Question, index
from viva.bank.types import listed
from viva.bank.types.protocol import Fault, Filled, Part, Printed, QuestionType, Trait
from viva.base.letters import letter
from viva.base.words import row, say


class Single(Question):
    """A question with one best answer among its options."""

    type: Literal["single"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


class SingleType(QuestionType[Single]):
    """One choice; 1 for the right one, else 0."""

    model = Single
    name = say("one best answer")
    example = """\
    stem: A question that can be answered before reading the options?
    options:                  # three to five, in alphabetical or numerical order
      - text: First option
        why: Why it tempts, and why it is wrong.
      - text: Second option
        correct: true         # on one option only
        why: Why it is right.
      - text: Third option
        why: Why it tempts, and why it is wrong.
"""
    traits = frozenset({Trait.ONE_RIGHT, Trait.ASKED, Trait.FIRST})
    shown = frozenset({"options", "text"})
    mixes = "options"
    takes_also = True

    def how(self, question: Single) -> str:
        return self.name

    def check(self, question: Single) -> Iterator[Fault]:
        """Exactly one option is correct."""
        right = listed.right(question.options)
        if not right:
            yield ("options",), "KY301", say("no option is correct (mark one with correct: true)")
        for number in right[1:]:
            message = say("a second option is correct (keep one, or write type: multiple)")
            yield ("options", number, "correct"), "KY301", message
        yield from self._also_faults(question)

    def _also_faults(self, question: Single) -> Iterator[Fault]:
        known = listed.labelled(question.options)
        right = [letter(number) for number in listed.right(question.options)]
        for number, label in enumerate(question.also):
            if label.upper() not in known:
                message = say(
                    "there is no option {label} (write one of: {known})",
                    label=label, known=row(known),
                )
                yield ("also", number), "KY301", message
            elif label.upper() in right:
                message = say(
                    "option {label} is the right one already (delete it here)",
                    label=label,
                )
                yield ("also", number), "KY301", message

    def key(self, question: Single) -> dict[str, Any]:
        """The number of the right option, from 0, and of those that count as right too."""
        key: dict[str, Any] = {"correct": listed.right(question.options)[0]}
        return key | ({"also": self._also(question)} if question.also else {})

    def _also(self, question: Single) -> list[int]:
        return [listed.labelled_number(label, question.options) for label in question.also]

    def rekeyed(self, question: Single, right: Sequence[str]) -> Single:
        first, *also = (listed.labelled_number(label, question.options) for label in right)
        options = tuple(
            option.model_copy(update={"correct": number == first})
            for number, option in enumerate(question.options)
        )
        more = tuple(letter(number) for number in also)
        return question.model_copy(update={"options": options, "also": more})

    def validated(self, question: Single, answer: Any) -> int:
        return index(answer, len(question.options))

    def mark(self, question: Single, answer: int) -> float:
        """1 for the right option, or one that counts as right too, else 0."""
        return float(question.options[answer].correct or answer in self._also(question))

    def from_sheet(self, question: Single, given: Any) -> int:
        return self.order(question)[index(given, len(question.options))]

    def words(self, question: Single, answer: int) -> str:
        return question.options[answer].text

    def code(self, question: Single, answer: int) -> str:
        return letter(answer)

    def options(self, question: Single) -> Mapping[str, str]:
        return listed.labelled(question.options)

    def right(self, question: Single) -> Sequence[str]:
        first = [letter(number) for number in listed.right(question.options)]
        return [*first, *(label.upper() for label in question.also)]

    def printed(self, question: Single, order: Sequence[int]) -> Printed:
        also = self._also(question)
        options = [
            option.model_copy(update={"correct": option.correct or number in also})
            for number, option in enumerate(question.options)
        ]
        return listed.printed(options, order)

    def from_paper(
        self, question: Single, order: Sequence[int], rows: Sequence[Filled]
    ) -> int:
        return order[rows[0][0]]

    def interaction(self, question: Single) -> Choice:
        shares = [self.mark(question, place) for place in range(len(question.options))]
        return listed.choice(question.options, shares)

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        """Of several right options the first is the key, the others count as right too."""
        if not isinstance(given, Choice) or given.several:
            return None
        options = listed.written(given)
        right = [place for place, option in enumerate(options) if option.get("correct")]
        for place in right[1:]:
            del options[place]["correct"]
        also = {"also": [letter(place) for place in right[1:]]} if right[1:] else {}
        return {"options": options} | also

    def choices(self, question: Single) -> Iterator[Part]:
        return listed.parts(question.options)


TYPE = SingleType()
