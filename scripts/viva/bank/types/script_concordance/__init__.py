"""Script concordance (SCT): how a new finding changes a hypothesis, marked by a panel's votes."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from viva.bank.question import AnswerError, Question, Text
from viva.bank.types import Fault

EXAMPLE = """\
    stem: A patient comes with a problem that leaves you in doubt.
    hypothesis: You were thinking of a diagnosis.
    finding: Then you learn something new.
    panel:                    # how many experts chose each effect on the hypothesis
      -2: 0                   # much less likely
      -1: 1
      0: 2                    # neither
      1: 6
      2: 3                    # much more likely
    panel_source: Who voted, in a sentence.
"""

SCALE = (-2, -1, 0, 1, 2)
Votes = Annotated[int, Field(ge=0)]


def _tidy(value: Any) -> Any:
    """Authors write +1 as well as 1."""
    if isinstance(value, dict):
        return {str(name).strip().removeprefix("+"): votes for name, votes in value.items()}
    return value


Panel = Annotated[dict[Literal["-2", "-1", "0", "1", "2"], Votes], BeforeValidator(_tidy)]


class ScriptConcordance(Question):
    """A vignette, a hypothesis, a finding, and how a panel voted on its effect from -2 to +2."""

    type: Literal["script-concordance"]
    hypothesis: Text
    finding: Text
    panel: Panel
    panel_source: Text = Field(description="who voted, in a sentence that the student reads")


def check(question: ScriptConcordance) -> Iterator[Fault]:
    """Somebody has voted."""
    if not sum(question.panel.values()):
        yield ("panel",), "KY301", "the panel has no votes (write how many chose each of -2 to 2)"


def votes(question: ScriptConcordance) -> list[int]:
    """The votes for -2, -1, 0, 1 and 2."""
    by_name = {str(name): count for name, count in question.panel.items()}
    return [by_name.get(str(value), 0) for value in SCALE]


def key(question: ScriptConcordance) -> dict[str, list[int]]:
    """The panel's votes for -2, -1, 0, 1 and 2."""
    return {"panel": votes(question)}


def mark(question: ScriptConcordance, answer: Any) -> float:
    """Votes for the answer as a share of the votes for the favourite (aggregate scoring)."""
    if type(answer) is not int or answer not in SCALE:
        raise AnswerError("the answer is not a whole number from -2 to 2")
    panel = votes(question)
    return panel[SCALE.index(answer)] / max(panel)
