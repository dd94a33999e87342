"""Extended matching (EMQ): one list of options, several prompts."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.question import AnswerError, Model, Question, Text
from viva.bank.types import Fault
from viva.base.problems import hint

EXAMPLE = """\
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


class Choice(Model):
    """An option that any of the prompts may need. It is right or wrong only for a prompt."""

    text: Text


class Prompt(Model):
    """A short case or term, answered by one option, named by its exact text."""

    stem: Text
    answer: Text
    why: Text | None = None


class Matching(Question):
    """A theme, its options and the prompts to match them to. `stem` is the lead-in."""

    type: Literal["matching"]
    theme: Text | None = None
    options: Annotated[tuple[Choice, ...], Field(min_length=2)]
    prompts: Annotated[tuple[Prompt, ...], Field(min_length=1)]


def check(question: Matching) -> Iterator[Fault]:
    """Every prompt's answer is one of the options, and no option is there twice."""
    texts = [option.text for option in question.options]
    for number, text in enumerate(texts):
        if text in texts[:number]:
            yield ("options", number), "OP204", f"option {text!r} is there twice (delete one)"
    for number, prompt in enumerate(question.prompts):
        if prompt.answer not in texts:
            message = f"answer {prompt.answer!r} is not an option ({hint(prompt.answer, texts)})"
            yield ("prompts", number, "answer"), "KY301", message


def key(question: Matching) -> dict[str, list[int]]:
    """For each prompt the number of its option, from 0."""
    texts = [option.text for option in question.options]
    return {"answers": [texts.index(prompt.answer) for prompt in question.prompts]}


def mark(question: Matching, answer: Any) -> float:
    """Right matches as a share of the prompts; an open one (None) is not right."""
    if not isinstance(answer, list) or len(answer) != len(question.prompts):
        raise AnswerError("the answer is not a list with one part for each prompt")
    allowed = range(len(question.options))
    if any(a is not None and (type(a) is not int or a not in allowed) for a in answer):
        raise AnswerError("the answer names an option that does not exist")
    right = [a == wanted for a, wanted in zip(answer, key(question)["answers"], strict=True)]
    return right.count(True) / len(right)
