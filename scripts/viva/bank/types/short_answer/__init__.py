"""Very short answer (VSA): a few words, compared after folding what does not matter."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from viva.bank.interactions import Interaction, Words
from viva.bank.question import Question, Text, short_text
from viva.bank.types import listed
from viva.bank.types.protocol import Fault, Filled, Printed, QuestionType, Trait
from viva.base.folding import compared
from viva.base.visible import visible
from viva.base.words import say


class ShortAnswer(Question):
    """A question answered in a few words. `answer` is the model answer shown after the attempt."""

    entries: ClassVar = {"accept": "accepted answer", "reject": "rejected answer"}

    type: Literal["short-answer"]
    accept: Annotated[tuple[Text, ...], Field(min_length=1)]
    reject: tuple[Text, ...] = ()
    answer: Text | None = None


class ShortAnswerType(QuestionType[ShortAnswer]):
    """A text: right, wrong, or for a person to judge."""

    model = ShortAnswer
    name = say("a few words")
    seldom = True
    example = """\
    stem: What is it called?
    answer: The model answer, shown afterwards
    accept:                   # case, accents, hyphens, US spelling and small typos do not matter
      - the right term
      - another right term
    reject:                   # near misses that must not pass as typos
      - a wrong term
"""
    traits = frozenset({Trait.TYPED, Trait.ASKED})
    shown: frozenset[str] = frozenset()
    takes_also = True

    def how(self, question: ShortAnswer) -> str:
        return self.name

    def check(self, question: ShortAnswer) -> Iterator[Fault]:
        """No answer is both accepted and rejected."""
        return listed.overlap(question.accept, question.reject)

    def rekeyed(self, question: ShortAnswer, right: Sequence[str]) -> ShortAnswer:
        return question.model_copy(update={"accept": tuple(right), "answer": right[0], "also": ()})

    def key(self, question: ShortAnswer) -> dict[str, list[str]]:
        """The answers that are right and those that are wrong, as their author wrote them."""
        return {"accept": [*question.accept, *question.also], "reject": list(question.reject)}

    def validated(self, question: ShortAnswer, answer: Any) -> str:
        return short_text(answer, 500)

    def mark(self, question: ShortAnswer, answer: str) -> float | None:
        """1 for an accepted answer, 0 for a rejected one, None for a person to judge."""
        is_right = compared(answer, (*question.accept, *question.also), question.reject)
        return None if is_right is None else float(is_right)

    def model_answer(self, question: ShortAnswer) -> str:
        return question.answer or question.accept[0]

    def words(self, question: ShortAnswer, answer: str) -> str:
        return visible(answer)

    def code(self, question: ShortAnswer, answer: str) -> str:
        return visible(answer)

    def printed(self, question: ShortAnswer, order: Sequence[int]) -> Printed:
        said = [one for one in (question.answer, *question.accept) if one]
        first = [one.casefold() for one in said].index
        answer = "; ".join(one for n, one in enumerate(said) if first(one.casefold()) == n)
        return Printed(answer, line="")

    def from_paper(
        self, question: ShortAnswer, order: Sequence[int], rows: Sequence[Filled]
    ) -> str:
        return str(rows[0][0])

    def interaction(self, question: ShortAnswer) -> Words:
        return Words((*question.accept, *question.also), question.reject, question.answer)

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        if not isinstance(given, Words):
            return None
        model = {"answer": given.model} if given.model else {}
        wrong = {"reject": list(given.reject)} if given.reject else {}
        return model | {"accept": list(given.accept)} | wrong


TYPE = ShortAnswerType()
