"""OP220, OP221 and KY309: what matching and script concordance need in order to work."""

from __future__ import annotations

from collections.abc import Iterator

from viva.bank import types
from viva.bank.types import Trait
from viva.base.words import say
from viva.lint.item import Item
from viva.lint.rule import Flaw, rule
from viva.lint.text import many

FEWEST_VOTES = 10
SPLIT = 0.3


@rule("OP220", "warning", Trait.MATCHED)
def solved_by_elimination(item: Item) -> Iterator[Flaw]:
    """No more options than prompts, and each used once: the last prompt answers itself.

    Bad:
        type: matching
        stem: Which nerve supplies which muscle?
        options:
          - text: Axillary nerve
          - text: Facial nerve
          - text: Musculocutaneous nerve
        prompts:
          - {stem: Deltoid, answer: Axillary nerve, why: No other nerve supplies it.}
          - {stem: Orbicularis oris, answer: Facial nerve, why: It is a muscle of the face.}
          - {stem: Biceps, answer: Musculocutaneous nerve, why: It bends the elbow.}
    Good:
        type: matching
        stem: Which nerve supplies which muscle?
        options:
          - text: Axillary nerve
          - text: Facial nerve
          - text: Musculocutaneous nerve
          - text: Radial nerve
        prompts:
          - {stem: Deltoid, answer: Axillary nerve, why: No other nerve supplies it.}
          - {stem: Orbicularis oris, answer: Facial nerve, why: It is a muscle of the face.}
    Source: NBME Item-Writing Guide 2020 (extended matching: more options than items).
    Measured: exact, a count.
    """
    answers = {prompt.answer for prompt in item.parts}
    if len(item.parts) > 1 and len(answers) == len(item.parts) >= len(item.choices):
        said = say(
            "{choices} for {parts}: the last answers itself (add wrong options)",
            choices=many(len(item.choices), "option"),
            parts=many(len(item.parts), "prompt"),
        )
        yield Flaw(("options",), said)


@rule("OP221", "warning", Trait.MATCHED)
def one_prompt(item: Item) -> Iterator[Flaw]:
    """A matching question with one prompt.

    Bad:
        type: matching
        stem: Which nerve supplies the muscle?
        options:
          - text: Axillary nerve
          - text: Facial nerve
          - text: Musculocutaneous nerve
        prompts:
          - {stem: Orbicularis oris, answer: Facial nerve, why: It is a muscle of the face.}
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
    Source: NBME Item-Writing Guide 2020 (extended matching: at least two items for a list).
    Measured: exact, a count.
    """
    if len(item.parts) == 1:
        yield Flaw(("prompts",), say("there is one prompt (write another, or type: single)"))


@rule("KY309", "warning", Trait.VOTED)
def panel_without_scatter(item: Item) -> Iterator[Flaw]:
    """A panel of fewer than ten, of one mind, or split between the two ends.

    The marks are the panel's votes: a few voters make them chance, one mind makes it a question
    with one best answer, and a split says that the case was read in two ways.

    Bad:
        type: script-concordance
        stem: A man of 60 has had a tight chest on climbing stairs for a month.
        hypothesis: Angina
        finding: It goes within minutes of rest.
        panel: {-2: 0, -1: 0, 0: 0, 1: 12, 2: 0}
        panel_source: An illustration by the authors.
    Good:
        type: script-concordance
        stem: A man of 60 has had a tight chest on climbing stairs for a month.
        hypothesis: Angina
        finding: It goes within minutes of rest.
        panel: {-2: 0, -1: 0, 0: 2, 1: 7, 2: 3}
        panel_source: An illustration by the authors.
    Source: Charlin 2006 (reliability by size of the panel).
    Measured: exact, a count of votes.
    """
    votes: list[int] = types.key(item.question)["panel"]
    total = sum(votes)
    if total < FEWEST_VOTES:
        said = say(
            "{total} make marks by chance (ask ten people or more)",
            total=many(total, "vote"),
        )
        yield Flaw(("panel",), said)
    elif max(votes) == total:
        yield Flaw(("panel",), say("all voted alike (write type: single, or a less certain case)"))
    elif min(votes[0], votes[-1]) >= SPLIT * total:
        yield Flaw(("panel",), say("the panel is split between both ends (make the case clearer)"))
