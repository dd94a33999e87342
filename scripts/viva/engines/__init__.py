"""The site engines that can turn a course into pages; a course picks one in its settings.

An engine is a package here, found by its name, that has what `Engine` says; the modules beside them
are what engines share. Nothing outside knows an engine, its theme or its templates.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol, cast

from viva.base.problems import Problem, hint
from viva.base.words import say
from viva.course.layout import Layout
from viva.course.settings import Settings

Say = Callable[[str], None]
PARTLY = 3
"""The exit code of a build that is whole but for what viva itself has failed at."""


class Engine(Protocol):
    """What a command asks of an engine."""

    def missing(self) -> str | None:
        """What keeps the engine from running, and what to do; None when it can run."""

    def faults(self, layout: Layout) -> Iterable[tuple[str, str]]:
        """What of the settings the engine itself refuses: the setting's name and why."""

    def build(self, layout: Layout, site: Path, say: Say) -> int:
        """Build a course strictly into an empty place, say what is wrong, return an exit code."""

    def serve(self, layout: Layout, address: str, say: Say) -> int:
        """Show a course in a browser, fresh after every save, until it is stopped."""


def names() -> list[str]:
    """The engines that there are."""
    return sorted(found.name for found in pkgutil.iter_modules(__path__) if found.ispkg)


def named(settings: Settings) -> Engine | Problem:
    """The engine that a course picks, or what is wrong with its choice."""
    name = settings.engine
    if name not in names():
        message = say("there is no engine {name} ({hint})", name=name, hint=hint(name, names()))
        return settings.source.problem(("plugins",), "CF001", message)
    return cast(Engine, importlib.import_module(f"{__name__}.{name}"))


def problems(layout: Layout) -> Iterator[Problem]:
    """What is wrong with the settings for the engine that a course picks, if that can run."""
    engine = named(layout.settings)
    if isinstance(engine, Problem):
        yield engine
    elif not engine.missing():
        for name, said in engine.faults(layout):
            yield layout.settings.source.problem((name,), "CF001", said)
