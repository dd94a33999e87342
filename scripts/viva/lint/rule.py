"""What a rule is: a function that yields flaws, its code, its severity, and a docstring.

The docstring is the rule's documentation and its test: a summary line, if need be a paragraph on
how to read it, then `Bad:` and `Good:`, each with a YAML example, and `Source:`. A rule that
warns says under `Measured:` how often it is right on questions by others, or that it only counts.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from viva.bank.types import Trait
from viva.base.problems import Severity
from viva.base.reader import Loc, Source
from viva.base.words import Said

Scope = Literal["question", "bank", "objective", "course"]
CHOSEN = (Trait.ONE_RIGHT, Trait.SOME_RIGHT)
LISTED = (*CHOSEN, Trait.MATCHED)
ENGLISH = ("en",)
FOUR = ("en", "de", "fr", "es")
"""The languages for which `lint/lexicon` has words."""
ASKED = (Trait.ASKED,)
PART = re.compile(r"^(Bad|Good|Source|Measured):[ \t]*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Flaw:
    """Something a rule has found.

    `loc` counts from the question for rules of questions, from the file for all others. `source`
    is the file, where it is not the one that the rule was given.
    """

    loc: Loc
    message: str
    severity: Severity | None = None
    source: Source | None = None


def base(language: str) -> str:
    """A language without its region: `de` of `de-AT`."""
    return language.partition("-")[0].lower()


Check = Callable[[Any], Iterator[Flaw]]


@dataclass(frozen=True)
class Rule:
    """A rule of the linter. It applies to questions that have one of its traits; none means all."""

    code: str
    severity: Severity
    scope: Scope
    traits: tuple[Trait, ...]
    check: Check
    languages: tuple[str, ...] = ()
    """The languages whose words it knows; in others it is silent. None: it needs no words."""

    def speaks(self, language: str) -> bool:
        """Whether it can say something about a course in a language."""
        return not self.languages or base(language) in self.languages

    @cached_property
    def _parts(self) -> dict[str, str]:
        pieces = PART.split(inspect.cleandoc(self.check.__doc__ or ""))
        named = dict(zip(pieces[1::2], pieces[2::2], strict=True))
        return {"": pieces[0].strip()} | {
            name: inspect.cleandoc("\n" + text).strip("\n") for name, text in named.items()
        }

    @property
    def summary(self) -> Said:
        """What the rule objects to, in a sentence; `make words` collects it from the docstring."""
        text = self._parts[""].split("\n\n")[0].replace("\n", " ")
        return Said(text, text)

    @property
    def note(self) -> str:
        """More about it, or nothing."""
        return " ".join(self._parts[""].split("\n\n", 1)[1:]).replace("\n", " ")

    @property
    def bad(self) -> str:
        """YAML that breaks the rule."""
        return self._parts["Bad"]

    @property
    def good(self) -> str:
        """The same, mended."""
        return self._parts["Good"]

    @property
    def reference(self) -> str:
        """Who says so."""
        return " ".join(self._parts["Source"].split())

    @property
    def measured(self) -> str:
        """How often it is right on questions by others, or nothing."""
        return " ".join(self._parts.get("Measured", "").split())


def rule(
    code: str,
    severity: Severity,
    *traits: Trait,
    scope: Scope = "question",
    languages: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a function a rule; the linter finds it by looking through `lint/rules`."""
    return lambda check: Rule(code, severity, scope, traits, check, languages)
