"""Extended matching (EMQ): one list of options, several prompts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank import interactions
from viva.bank.interactions import Interaction
from viva.bank.question import AnswerError, Model, Question, Text, index
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
from viva.base.letters import letter
from viva.base.problems import hint
from viva.base.words import joined, label, row, say
from viva.formulas import typed

Answer = list[int | None]


class Choice(Model):
    """An option that any of the prompts may need. It is right or wrong only for a prompt."""

    written = "- text: …"

    text: Text


class Prompt(Model):
    """A short case or term, answered by one option, named by its exact text."""

    written = "- stem: … and answer: … under it"
    examples = Question.examples

    stem: Text
    answer: Text
    why: Text | None = None


class Matching(Question):
    """A theme, its options and the prompts to match them to. `stem` is the lead-in."""

    type: Literal["matching"]
    theme: Text | None = None
    options: Annotated[tuple[Choice, ...], Field(min_length=2)]
    prompts: Annotated[tuple[Prompt, ...], Field(min_length=1)]


class MatchingType(QuestionType[Matching]):
    """An option for each prompt, marked by the share that is right."""

    model = Matching
    name = say("matching")
    example = """\
    theme: What the options have in common
    stem: Which option fits each case best?
    options:                  # each may be used once, several times or not at all
      - text: First option
      - text: Second option
      - text: Third option
    prompts:
      - stem: A first short case.
        answer: First option  # the exact text of an option
        why: Why it fits.
      - stem: A second short case.
        answer: Third option
        why: Why it fits.
"""
    traits = frozenset({Trait.MATCHED, Trait.IN_PARTS, Trait.ASKED})
    shown = frozenset({"theme", "options", "text", "prompts"})
    mixes = "options"

    def how(self, question: Matching) -> str:
        return typed.words(question.theme) if question.theme else say("match each")

    def check(self, question: Matching) -> Iterator[Fault]:
        """Every prompt's answer is one of the options, and no prompt is there twice."""
        yield from listed.repeated(self.parts(question), listed.PROMPT)
        texts = [option.text for option in question.options]
        for number, prompt in enumerate(question.prompts):
            if prompt.answer not in texts:
                message = say(
                    "answer {answer} is not an option ({hint})",
                    answer=repr(prompt.answer),
                    hint=hint(prompt.answer, texts),
                )
                yield ("prompts", number, "answer"), "KY301", message

    def key(self, question: Matching) -> dict[str, list[int]]:
        """For each prompt the number of its option, from 0."""
        texts = [option.text for option in question.options]
        return {"answers": [texts.index(prompt.answer) for prompt in question.prompts]}

    def validated(self, question: Matching, answer: Any) -> Answer:
        if not isinstance(answer, list) or len(answer) != len(question.prompts):
            raise AnswerError(say("the answer is not a list with one part for each prompt"))
        return [None if one is None else index(one, len(question.options)) for one in answer]

    def mark(self, question: Matching, answer: Answer) -> float:
        """Right matches as a share of the prompts; an open one (None) is not right."""
        pairs = zip(answer, self.key(question)["answers"], strict=True)
        return sum(given == wanted for given, wanted in pairs) / len(answer)

    def from_sheet(self, question: Matching, given: Any) -> Answer:
        places = self.order(question)
        found = self.validated(question, given)
        return [None if one is None else places[one] for one in found]

    def words(self, question: Matching, answer: Answer) -> str:
        return "; ".join("-" if n is None else question.options[n].text for n in answer)

    def code(self, question: Matching, answer: Answer) -> str:
        return ";".join("-" if number is None else letter(number) for number in answer)

    def printed(self, question: Matching, order: Sequence[int]) -> Printed:
        bank = tuple(
            PrintedPart(label(n), question.options[place].text) for n, place in enumerate(order)
        )
        labels = {part.text: part.label for part in bank}
        choices = tuple(
            PrintedPart(label(n, low=True), one.stem, labels[one.answer], why=one.why)
            for n, one in enumerate(question.prompts)
        )
        bubbles = tuple(part.label for part in bank)
        rows = tuple(PrintedRow(one.label, bubbles) for one in choices)
        answer = row(joined(one.label, one.key) for one in choices)
        notes = (("", question.theme),) if question.theme else ()
        how = say("match each")
        return Printed(answer, rows, notes=notes, bank=bank, choices=choices, how=how)

    def from_paper(
        self, question: Matching, order: Sequence[int], rows: Sequence[Filled]
    ) -> Answer:
        return [order[row[0]] if row else None for row in rows]

    def interaction(self, question: Matching) -> interactions.Pairs:
        pairs = zip(question.prompts, self.key(question)["answers"], strict=True)
        prompts = (interactions.Prompt(one.stem, place, one.why) for one, place in pairs)
        options = (option.text for option in question.options)
        return interactions.Pairs(tuple(options), tuple(prompts), question.theme)

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        if not isinstance(given, interactions.Pairs):
            return None
        prompts = [
            {"stem": one.text, "answer": given.options[one.answer]} | listed.told(one.why)
            for one in given.prompts
        ]
        theme = {"theme": given.theme} if given.theme else {}
        return theme | {"options": [{"text": one} for one in given.options], "prompts": prompts}

    def choices(self, question: Matching) -> Iterator[Part]:
        for number, option in enumerate(question.options):
            yield Part(("options", number, "text"), option.text)

    def parts(self, question: Matching) -> Iterator[Part]:
        for number, one in enumerate(question.prompts):
            yield Part(("prompts", number, "stem"), one.stem, one.why, answer=one.answer)


TYPE = MatchingType()
