"""Script concordance (SCT): how a new finding changes a hypothesis, marked by a panel's votes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from viva.bank.interactions import Interaction, Panel, Pick
from viva.bank.question import AnswerError, Question, Text
from viva.bank.types.protocol import (
    Fault,
    Filled,
    Printed,
    PrintedPart,
    PrintedRow,
    QuestionType,
    Trait,
)
from viva.base.reader import Loc
from viva.base.words import Quantity, Said, count, joined, label, row, say, told

SCALE = {
    -2: say("much less likely"),
    -1: say("less likely"),
    0: say("neither more nor less likely"),
    1: say("more likely"),
    2: say("much more likely"),
}
VOTES = re.compile(r"(?<=\d)\D.*", re.DOTALL)
"""What stands behind the first number; every language says it first."""
STEPS = (
    say("Much less likely"),
    say("Less likely"),
    say("Neither more nor less likely"),
    say("More likely"),
    say("Much more likely"),
)
"""The same as a student chooses from them."""
Votes = Annotated[int, Field(ge=0)]


def _tidy(value: Any) -> Any:
    """Authors write +1 as well as 1."""
    if isinstance(value, dict):
        return {str(name).strip().removeprefix("+"): votes for name, votes in value.items()}
    return value


Tally = Annotated[dict[Literal["-2", "-1", "0", "1", "2"], Votes], BeforeValidator(_tidy)]


class ScriptConcordance(Question):
    """A vignette, a hypothesis, a finding, and how a panel voted on its effect from -2 to +2."""

    type: Literal["script-concordance"]
    hypothesis: Text
    finding: Text
    panel: Tally
    panel_source: Text = Field(description="who voted, in a sentence that the student reads")


class ScriptConcordanceType(QuestionType[ScriptConcordance]):
    """A step from -2 to 2, marked by how many of the panel chose it."""

    model = ScriptConcordance
    name = say("script concordance")
    example = """\
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
    traits = frozenset({Trait.VOTED})
    seldom = True
    shown = frozenset({"hypothesis", "finding"})

    def how(self, question: ScriptConcordance) -> str:
        return self.name

    def check(self, question: ScriptConcordance) -> Iterator[Fault]:
        """Somebody has voted."""
        if not sum(question.panel.values()):
            message = say("the panel has no votes (write how many chose each of -2 to 2)")
            yield ("panel",), "KY301", message

    def key(self, question: ScriptConcordance) -> dict[str, list[int]]:
        """The panel's votes for -2, -1, 0, 1 and 2."""
        return {"panel": _votes(question)}

    def validated(self, question: ScriptConcordance, answer: Any) -> int:
        if type(answer) is not int or answer not in SCALE:
            raise AnswerError(say("the answer is not a whole number from -2 to 2"))
        return answer

    def mark(self, question: ScriptConcordance, answer: int) -> float:
        """Votes for the answer as a share of the votes for the favourite (aggregate scoring)."""
        panel = _votes(question)
        return panel[list(SCALE).index(answer)] / max(panel)

    def names(self, question: ScriptConcordance) -> Mapping[str, Any]:
        return {"scale": STEPS}

    def sheet_names(self, question: ScriptConcordance) -> Mapping[str, Any]:
        return self.names(question)

    def words(self, question: ScriptConcordance, answer: int) -> str:
        return SCALE[answer]

    def code(self, question: ScriptConcordance, answer: int) -> str:
        return _label(answer)

    def options(self, question: ScriptConcordance) -> Mapping[str, str]:
        return {_label(value): words for value, words in SCALE.items()}

    def right(self, question: ScriptConcordance) -> Sequence[str]:
        """What most of the panel chose."""
        panel = _votes(question)
        return [_label(v) for v, votes in zip(SCALE, panel, strict=True) if votes == max(panel)]

    def printed(self, question: ScriptConcordance, order: Sequence[int]) -> Printed:
        panel = _votes(question)
        shares = [votes / max(panel) for votes in panel]
        choices = tuple(
            PrintedPart(label(n), step, _told(panel[n], shares[n]))
            for n, step in enumerate(STEPS)
        )
        pairs = zip(choices, shares, strict=True)
        return Printed(
            row(joined(choice.label, told(_share(share))) for choice, share in pairs),
            (PrintedRow(bubbles=tuple(choice.label for choice in choices)),),
            notes=_notes(question),
            choices=choices,
            source=question.panel_source,
        )

    def from_paper(
        self, question: ScriptConcordance, order: Sequence[int], rows: Sequence[Filled]
    ) -> int:
        return list(SCALE)[rows[0][0]]

    def interaction(self, question: ScriptConcordance) -> Panel:
        panel = _votes(question)
        pairs = zip(STEPS, panel, strict=True)
        picks = (
            Pick(step, votes / max(panel), _of_votes(votes, sum(panel)))
            for step, votes in pairs
        )
        return Panel(tuple(picks), _notes(question), question.panel_source)

    def fields(self, given: Interaction) -> Mapping[str, Any] | None:
        """A panel whose votes are told beside each step of the scale, as `interaction` does."""
        if not isinstance(given, Panel) or len(given.options) != len(SCALE):
            return None
        hypothesis, finding = given.notes[0][1], given.notes[1][1]
        votes = [int(VOTES.sub("", one.why or "0")) for one in given.options]
        panel = {str(value): count for value, count in zip(SCALE, votes, strict=True)}
        known = {"hypothesis": hypothesis, "finding": finding, "panel": panel}
        return known | {"panel_source": given.source}

    def running(self, question: ScriptConcordance) -> Iterator[tuple[Loc, str]]:
        yield ("stem",), question.stem
        yield ("hypothesis",), question.hypothesis
        yield ("finding",), question.finding


def _told(votes: int, share: float) -> Said:
    return count("{n} vote, {share}", "{n} votes, {share}", votes, share=_share(share))


def _share(share: float) -> Quantity:
    return Quantity(float(f"{share:.2g}"))


def _notes(question: ScriptConcordance) -> tuple[tuple[str, str], ...]:
    """What there is to know before answering; the second half of each is set in bold."""
    return (
        (say("You are thinking of:"), question.hypothesis),
        (say("Then you find:"), question.finding),
        (say("This makes your hypothesis:"), ""),
    )


def _of_votes(votes: int, total: int) -> Said:
    return say("{votes} of {total} votes", votes=votes, total=total)


def _votes(question: ScriptConcordance) -> list[int]:
    """The votes for -2, -1, 0, 1 and 2."""
    by_name = {str(name): count for name, count in question.panel.items()}
    return [by_name.get(str(value), 0) for value in SCALE]


def _label(value: int) -> str:
    return f"{value:+d}" if value else "0"


TYPE = ScriptConcordanceType()
