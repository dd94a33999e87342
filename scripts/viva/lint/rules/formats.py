"""OP220, OP221 and KY309: what matching and script concordance need in order to work."""

from __future__ import annotations

from collections.abc import Iterator

from viva.bank import types
from viva.bank.types import Trait
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
          - text: Femoral nerve
          - text: Inferior gluteal nerve
          - text: Nerve to quadratus femoris
        prompts:
          - {stem: Gluteus maximus, answer: Inferior gluteal nerve, why: It has no other nerve.}
          - {stem: Quadratus femoris, answer: Nerve to quadratus femoris, why: As the name says.}
          - {stem: Rectus femoris, answer: Femoral nerve, why: It is part of quadriceps femoris.}
    Good:
        type: matching
        stem: Which nerve supplies which muscle?
        options:
          - text: Femoral nerve
          - text: Inferior gluteal nerve
          - text: Nerve to quadratus femoris
          - text: Superior gluteal nerve
        prompts:
          - {stem: Gluteus maximus, answer: Inferior gluteal nerve, why: It has no other nerve.}
          - {stem: Quadratus femoris, answer: Nerve to quadratus femoris, why: As the name says.}
    Source: NBME Item-Writing Guide 2020 (extended matching: more options than items).
    """
    answers = {prompt.answer for prompt in item.parts}
    if len(item.parts) > 1 and len(answers) == len(item.parts) >= len(item.choices):
        said = f"{many(len(item.choices), 'option')} for {many(len(item.parts), 'prompt')}"
        yield Flaw(("options",), f"{said}: the last answers itself (add wrong options)")


@rule("OP221", "warning", Trait.MATCHED)
def one_prompt(item: Item) -> Iterator[Flaw]:
    """A matching question with one prompt.

    Bad:
        type: matching
        stem: Which nerve supplies the muscle?
        options:
          - text: Femoral nerve
          - text: Inferior gluteal nerve
          - text: Nerve to quadratus femoris
        prompts:
          - {stem: Quadratus femoris, answer: Nerve to quadratus femoris, why: As the name says.}
    Good:
        stem: Which nerve supplies the lowest short rotator of the hip?
    Source: NBME Item-Writing Guide 2020 (extended matching: at least two items for a list).
    """
    if len(item.parts) == 1:
        yield Flaw(("prompts",), "there is one prompt (write another, or type: single)")


@rule("KY309", "warning", Trait.VOTED)
def panel_without_scatter(item: Item) -> Iterator[Flaw]:
    """A panel of fewer than ten, of one mind, or split between the two ends.

    The marks are the panel's votes: a few voters make them chance, one mind makes it a question
    with one best answer, and a split says that the case was read in two ways.

    Bad:
        type: script-concordance
        stem: A woman of 47 has pain in the lower buttock on long strides.
        hypothesis: Ischiofemoral impingement
        finding: Short strides do not hurt.
        panel: {-2: 0, -1: 0, 0: 0, 1: 12, 2: 0}
        panel_source: An illustration by the authors.
    Good:
        type: script-concordance
        stem: A woman of 47 has pain in the lower buttock on long strides.
        hypothesis: Ischiofemoral impingement
        finding: Short strides do not hurt.
        panel: {-2: 0, -1: 0, 0: 2, 1: 7, 2: 3}
        panel_source: An illustration by the authors.
    Source: Charlin 2006 (reliability by size of the panel).
    """
    votes: list[int] = types.key(item.question)["panel"]
    total = sum(votes)
    if total < FEWEST_VOTES:
        yield Flaw(
            ("panel",), f"{many(total, 'vote')} make marks by chance (ask ten people or more)"
        )
    elif max(votes) == total:
        yield Flaw(("panel",), "all voted alike (write type: single, or a less certain case)")
    elif min(votes[0], votes[-1]) >= SPLIT * total:
        yield Flaw(("panel",), "the panel is split between both ends (make the case clearer)")
