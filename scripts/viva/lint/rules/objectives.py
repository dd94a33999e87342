"""LO: the objectives in the front matter of modules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viva.bank.question import LEVELS
from viva.base.words import say
from viva.lint.rule import ENGLISH, Flaw, rule
from viva.lint.views import ObjectiveView

UNMEASURABLE = re.compile(
    r"^(?:to )?(?:be able to )?(?:really )?"
    r"(know|understand|appreciate|be aware|learn|be familiar|become familiar|grasp|comprehend"
    r"|gain (?:an )?(?:insight|understanding)|realise|realize|be exposed|remember)\b",
    re.IGNORECASE,
)
# A verb may serve several levels (BMC Med Educ 2014;14:236); only those listed are judged.
_VERBS = """
remember: define list name recall state label recognise identify locate match describe outline
understand: explain describe summarise classify distinguish discuss identify illustrate interpret
understand: compare predict paraphrase relate outline recognise contrast estimate locate
apply: apply calculate demonstrate perform use choose measure predict interpret solve show counsel
apply: advise examine prescribe convert estimate explain select compute carry locate plan manage
apply: recognise identify elicit order place position read take palpate relate
analyse: analyse compare contrast differentiate distinguish appraise examine separate relate
analyse: interpret diagnose select choose predict calculate order rank infer deduce test explain
evaluate: evaluate appraise judge justify assess critique defend choose weigh recommend decide
evaluate: prioritise select rate conclude argue compare interpret challenge predict advise counsel
create: create design develop plan write propose construct compose formulate devise produce prepare
create: assemble organise combine counsel set
"""
LEVELS_OF: dict[str, set[str]] = {}
for _line in _VERBS.strip().split("\n"):
    _level, _, _said = _line.partition(": ")
    for _verb in _said.split():
        LEVELS_OF.setdefault(_verb, set()).add(_level)
SECOND = re.compile(r"^\w+(?:,| and) (\w+)")
SPECIFIED = re.compile(
    r"\b(?:on|in|from|to|with|without|using|given|by|for|under|within|between|against|when|after"
    r"|before|during|whether|how|why|what|which|as|at|into)\b|\d",
    re.IGNORECASE,
)
BRITISH = (("ize", "ise"), ("yze", "yse"))


def verb(text: str) -> str:
    """The first word of an objective, in British spelling."""
    first = re.match(r"(?:to )?(\w+)", text.lower())
    word = first[1] if first else ""
    for theirs, ours in BRITISH:
        word = re.sub(f"{theirs}$", ours, word)
    return word


@rule("LO801", "warning", scope="objective", languages=ENGLISH)
def unmeasurable_verb(objective: ObjectiveView) -> Iterator[Flaw]:
    """The objective starts with a verb that nobody can observe.

    Bad:
        objectives:
          - {id: anatomy-1, text: understand what bounds the carpal tunnel, level: understand}
    Good:
        objectives:
          - {id: anatomy-1, text: explain what bounds the carpal tunnel, level: understand}
    Source: a convention of writing measurable objectives.
    Measured: exact, a list of verbs. None of 606 objectives of OpenStax Anatomy and Physiology
    begins with one, 28 November 2026.
    """
    found = UNMEASURABLE.match(objective.text)
    if found:
        message = say(
            "nobody can observe “{verb}” (write explain, measure, choose …)",
            verb=found[1].lower(),
        )
        yield Flaw((*objective.loc, "text"), message)


ONE_ACT = ("compare", "contrast")
"""Two verbs that name one thing to do."""


@rule("LO802", "info", scope="objective", languages=ENGLISH)
def two_verbs(objective: ObjectiveView) -> Iterator[Flaw]:
    """The objective asks for two things.

    Bad:
        objectives:
          - {id: anatomy-1, text: identify and measure the heart on an axial image, level: apply}
    Good:
        objectives:
          - {id: anatomy-1, text: measure the heart on an axial image, level: apply}
    Source: a convention of writing measurable objectives.
    Measured: 11 of 11 hits right, all that there were; 605 objectives of OpenStax Anatomy and
    Physiology 2e, 29 November 2026.
    """
    found = SECOND.match(objective.text.lower())
    if found and (verb(objective.text), found[1]) == ONE_ACT:
        return
    if found and found[1] in LEVELS_OF and verb(objective.text) in LEVELS_OF:
        message = say(
            "“{verb}” and “{other}” are two objectives (make it two)",
            verb=verb(objective.text),
            other=found[1],
        )
        yield Flaw((*objective.loc, "text"), message)


@rule("LO803", "info", scope="objective", languages=ENGLISH)
def bare_objective(objective: ObjectiveView) -> Iterator[Flaw]:
    """The objective names neither circumstances nor a standard.

    Told by the want of any word such as on, from, using, without or between, and of any number.

    Bad:
        objectives:
          - {id: anatomy-1, text: measure blood pressure, level: apply}
    Good:
        objectives:
          - {id: anatomy-1, text: measure blood pressure with a cuff, level: apply}
    Source: a convention of writing measurable objectives (condition and criterion).
    Measured: 20 of 20 hits right in a sample of 288; 605 objectives of OpenStax Anatomy and
    Physiology 2e, 29 November 2026.
    """
    if objective.text and not SPECIFIED.search(objective.text):
        message = say(
            "nothing says from what or how well (add it: on an axial image, within 1 mm …)"
        )
        yield Flaw((*objective.loc, "text"), message)


@rule("LO804", "info", scope="objective", languages=ENGLISH)
def verb_of_another_level(objective: ObjectiveView) -> Iterator[Flaw]:
    """The verb belongs to another level than the one declared.

    A verb may belong to several levels; verbs that the list does not have are not judged.

    Bad:
        objectives:
          - {id: anatomy-1, text: list the bones between wrist and fingers, level: evaluate}
    Good:
        objectives:
          - {id: anatomy-1, text: list the bones between wrist and fingers, level: remember}
    Source: BMC Med Educ 2014;14:236 (verbs of Bloom's taxonomy in medicine).
    Measured: not measured: no set of objectives by others declares levels.
    """
    levels = LEVELS_OF.get(verb(objective.text))
    if objective.level in LEVELS and levels and objective.level not in levels:
        fitting = " or ".join(level for level in LEVELS if level in levels)
        message = say(
            "“{verb}” is not {level} (write level: {fitting})",
            verb=verb(objective.text),
            level=objective.level,
            fitting=fitting,
        )
        yield Flaw((*objective.loc, "level"), message)


@rule("LO805", "warning", scope="objective")
def too_few_questions(objective: ObjectiveView) -> Iterator[Flaw]:
    """Fewer than two questions test the objective.

    Bad:
        objectives:
          - {id: anatomy-1, text: name the parts of the heart on a drawing, level: remember}
        questions: 1
    Good:
        objectives:
          - {id: anatomy-1, text: name the parts of the heart on a drawing, level: remember}
        questions: 2
    Source: a convention of test blueprints.
    Measured: exact, a count.
    """
    count = len(objective.items)
    if count < 2:
        one = say("one question tests {objective} (write two or more)", objective=objective.id)
        none = say("no question tests {objective} (write two or more)", objective=objective.id)
        yield Flaw((*objective.loc, "id"), one if count else none)
