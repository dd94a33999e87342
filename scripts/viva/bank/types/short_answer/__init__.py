"""Very short answer (VSA): a few words, compared after folding what does not matter."""

from typing import Annotated, Any, Literal

from pydantic import Field

from viva.bank.question import AnswerError, Question, Text
from viva.base.folding import fold, near

EXAMPLE = """\
    stem: What is it called?
    answer: The model answer, shown afterwards
    accept:                   # case, accents, hyphens, US spelling and small typos do not matter
      - the right term
      - another right term
    reject:                   # near misses that must not pass as typos
      - a wrong term
"""


class ShortAnswer(Question):
    """A question answered in a few words. `answer` is the model answer shown after the attempt."""

    type: Literal["short-answer"]
    accept: Annotated[tuple[Text, ...], Field(min_length=1)]
    reject: tuple[Text, ...] = ()
    answer: Text | None = None


def key(question: ShortAnswer) -> dict[str, list[str]]:
    """The answers that are right and those that are wrong, as their author wrote them."""
    return {"accept": list(question.accept), "reject": list(question.reject)}


def mark(question: ShortAnswer, answer: Any) -> float | None:
    """1 for an accepted answer, 0 for a rejected one, None for the student to judge.

    Small typing errors are forgiven, but never towards an answer that is rejected.
    """
    if not isinstance(answer, str) or len(answer) > 500:
        raise AnswerError("the answer is not a short text")
    given = fold(answer)
    right, wrong = [fold(a) for a in question.accept], [fold(r) for r in question.reject]
    if not given:
        return 0.0
    if given in right:
        return 1.0
    if given in wrong or any(near(given, text) for text in wrong):
        return 0.0
    return 1.0 if any(near(given, text) for text in right) else None
