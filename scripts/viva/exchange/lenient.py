"""Imported questions and the linter: what it calls an error is ignored until somebody mends it.

A bank that comes in has the flaws that it had. Each question says itself which, in `lint: ignore`,
so that the course stays free of errors and `viva check` says when the entry can go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from viva import lint
from viva.bank import banks
from viva.base.reader import Source
from viva.base.words import joined, say
from viva.course.courses import Course
from viva.exchange.reading import Made
from viva.lint.views import view

WHY = say("Imported as it was; mend it, then delete this.")


def ignoring(made: Sequence[Made], source: Source, bank: str, course: Course) -> list[Made]:
    """The questions, those with errors of the linter with an entry that ignores them."""
    alone, _ = banks.validate(source, bank)
    if alone is None:
        return list(made)
    seen = replace(course, banks=(alone,), sources={source.path: source}, problems=(), cards={})
    strict = [
        one for one in lint.RULES.values() if one.severity == "error" and one.scope == "question"
    ]
    codes: dict[str, dict[str, str]] = {}
    for item in view(seen).items:
        for rule in strict:
            if not rule.traits or item.has(*rule.traits):
                for flaw in rule.check(item):
                    codes.setdefault(item.question.id, {})[rule.code] = flaw.message
    why = course.layout.settings.words.tell(WHY)
    return [_ignoring(one, codes[one.id], why) if one.id in codes else one for one in made]


def _ignoring(made: Made, codes: dict[str, str], why: str) -> Made:
    data = {**made.data, "lint": {"ignore": sorted(codes), "why": why}}
    said = tuple(joined(message, code) for code, message in sorted(codes.items()))
    return replace(made, data=data, flaws=said)
