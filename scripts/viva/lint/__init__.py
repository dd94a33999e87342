"""The linter: rules for questions that can be answered, understood and learnt from.

A rule is a function in `lint/rules`, found by looking through the modules there. Here they are run
over a course, and what they find becomes problems like any other.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from viva.base import cores, net
from viva.base.problems import Problem, has_errors, hint, in_order
from viva.base.reader import Loc, Source
from viva.base.words import say
from viva.course.courses import Course
from viva.course.settings import FILE
from viva.lint import manual, policy, rules
from viva.lint.item import Item
from viva.lint.rule import Flaw, Rule
from viva.lint.views import BankView, CourseView, view


def _find() -> dict[str, Rule]:
    names = [found.name for found in pkgutil.iter_modules(rules.__path__)]
    modules = [importlib.import_module(f"{rules.__name__}.{name}") for name in names]
    found = [thing for m in modules for thing in vars(m).values() if isinstance(thing, Rule)]
    return {one.code: one for one in sorted(found, key=lambda one: one.code)}


RULES: Mapping[str, Rule] = _find()

MANY = 1000
"""So many questions are worth another process."""
# What the reader and the structural checks report; no rule, so nobody can ignore them.
STRUCTURAL = tuple(code for code in manual.MISTAKES if not code.startswith(("LT", "PL")))


def pages() -> dict[str, str]:
    """Every rule with its examples and source, as Markdown pages by name."""
    return manual.pages(RULES)


Reached = Callable[[int, int], None]
"""Hears which of how many parts are done."""


def check(course: Course, reached: Reached = lambda _, __: None) -> list[Problem]:
    """What the rules find in a course, less what its questions ignore for a reason.

    Nobody can ignore what the course wants of itself.
    """
    seen = view(course)
    return in_order([*_unignored(seen, _found(seen, reached)), *policy.check(seen)])


def _found(seen: CourseView, reached: Reached) -> list[Problem]:
    # Whoever counts questions would miss those that cannot be read.
    rules = [] if has_errors(seen.course.problems) else _spoken(seen.course)
    found: list[Problem] = []
    in_banks = cores.spread(
        partial(_in_banks, _of("bank", rules)),
        seen.every,
        MANY,
        _size,
        meanwhile=lambda: found.extend(_in_course(seen, rules)),
        reached=reached,
    )
    return [*in_banks, *found]


def _in_course(seen: CourseView, rules: Sequence[Rule]) -> Iterator[Problem]:
    """What the rules find that look at objectives or at everything together."""
    for one in _of("objective", rules):
        for objective in seen.objectives:
            find = partial(_listed, one, objective, objective.source)
            yield from _tried(one, find, objective.source.path)
    for one in _of("course", rules):
        yield from _tried(one, partial(_listed, one, seen, None), FILE)


def _spoken(course: Course) -> list[Rule]:
    """The rules that know the language of the course."""
    language = course.layout.settings.language
    return [one for one in RULES.values() if one.speaks(language)]


def _of(scope: str, rules: Iterable[Rule]) -> list[Rule]:
    return [one for one in rules if one.scope == scope]


def _size(bank: BankView) -> int:
    return len(bank.items)


def _in_banks(rules: Iterable[Rule], banks: Sequence[BankView]) -> list[Problem]:
    """What is wrong with the questions of banks, and what these rules find in each bank."""
    found = [*_each(item for bank in banks for item in bank.items)]
    for bank in banks:
        for one in rules:
            find = partial(_listed, one, bank, bank.source)
            found += _tried(one, find, bank.source.path)
    return found


def _each(items: Iterable[Item]) -> Iterator[Problem]:
    by_type: dict[str, list[Rule]] = {}
    for item in items:
        wanted = by_type.get(item.question.type)
        if wanted is None:
            spoken = _of("question", _spoken(item.course))
            wanted = [one for one in spoken if not one.traits or item.has(*one.traits)]
            by_type[item.question.type] = wanted
        try:
            found = [
                _problem(one, flaw, item.source, (*item.loc, *flaw.loc))
                for one in wanted
                for flaw in one.check(item)
            ]
        except Exception:  # the net tells which rule it was, and keeps the others
            for one in wanted:
                yield from _tried(one, partial(_of_item, one, item), item.source.path)
        else:
            yield from found
        item.forget()


def _listed(one: Rule, thing: Any, source: Source | None) -> list[Problem]:
    return list(_problems(one, one.check(thing), source))


def _of_item(one: Rule, item: Item) -> list[Problem]:
    return [
        _problem(one, flaw, item.source, (*item.loc, *flaw.loc)) for flaw in one.check(item)
    ]


def _tried(one: Rule, find: Callable[[], list[Problem]], path: str) -> list[Problem]:
    """What a rule finds; a rule that fails finds nothing."""
    return net.attempt(find, [], path, say("rule {code}", code=one.code))


def _problems(one: Rule, flaws: Iterable[Flaw], source: Source | None) -> Iterator[Problem]:
    for flaw in flaws:
        where = flaw.source or source
        assert where is not None
        yield _problem(one, flaw, where, flaw.loc)


def _problem(one: Rule, flaw: Flaw, source: Source, loc: Loc) -> Problem:
    line, column = source.place(loc)
    question, severity = source.question(loc), flaw.severity or one.severity
    return Problem(source.path, line, column, one.code, flaw.message, severity, question)


def _unignored(seen: CourseView, found: list[Problem]) -> Iterator[Problem]:
    """The problems that no question ignores, and what is wrong with the ignoring."""
    wanted = {
        (item.source.path, item.question.id, code): (item, number)
        for item in seen.items
        if item.question.lint
        for number, code in enumerate(item.question.lint.ignore)
    }
    hit = {(problem.path, problem.question, problem.code) for problem in found}
    for problem in found:
        if (problem.path, problem.question, problem.code) not in wanted:
            yield problem
    for (path, name, code), (item, number) in wanted.items():
        if (path, name, code) not in hit:
            yield _useless(item, number, code)


def _useless(item: Item, number: int, code: str) -> Problem:
    """A code to ignore that no rule has, or that this question does not break."""
    line, column = item.source.place((*item.loc, "lint", "ignore", number))
    place = (item.source.path, line, column)
    if code in RULES:
        message = say("nothing here breaks {code} (delete it from lint: ignore)", code=code)
        return Problem(*place, "LT901", message, "info", item.question.id)
    if code.startswith(STRUCTURAL):
        message = say("{code} stops the build and cannot be ignored (mend it)", code=code)
    elif code in manual.MISTAKES and code.startswith("PL"):
        message = say(
            "{code} is the policy of the whole course (change it in the settings)", code=code
        )
    else:
        near = hint(code, list(RULES))
        message = say("there is no rule {code} ({hint})", code=code, hint=near)
    return Problem(*place, "LT902", message, "warning", item.question.id)
