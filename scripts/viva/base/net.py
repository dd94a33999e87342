"""The last net: what fails in a way that nobody foresaw costs one thing, and the rest is done.

It hangs in few places: around a question, a page, a rule, a submission, and a command. Whoever ends
a command asks `caught` what was left out, and `failed` what the command has listed of it already.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.base.words import Said, say, shaped

T = TypeVar("T")
TRACE = "VIVA_TRACEBACK"
REPORT = say(
    "this is a fault of viva: report it with that file and what {setting}=1 prints", setting=TRACE
)
CODE = "VV001"

_caught: list[Problem] = []
_listed: list[Said] = []


def attempt(
    work: Callable[[], T],
    otherwise: T,
    path: str,
    what: str = "",
    line: Callable[[], int] = lambda: 1,
) -> T:
    """What `work` gives; `otherwise` where it fails unforeseen, and then `caught` tells of it.

    `what` names the thing that is lost then, such as `question knee-1`; `line` finds where it is.
    """
    try:
        return work()
    except Refused:
        raise
    except Exception as error:
        _caught.append(problem(error, path, what, line()))
        return otherwise


@contextmanager
def about(what: str) -> Iterator[None]:
    """What fails in here is named by it, where the whole cannot do without."""
    try:
        yield
    except Exception as error:
        error.add_note(what)
        raise


def listed(error: Exception) -> Said:
    """Why a thing was left out, for a command that lists itself what it leaves out; `failed`
    knows of it afterwards."""
    _trace(error)
    _listed.append(shaped("{error} ({report})", error=said_of(error), report=REPORT))
    return _listed[-1]


def failed() -> list[Said]:
    """What a command has listed since the last time that somebody asked."""
    found = list(_listed)
    _listed.clear()
    return found


def problem(error: Exception, path: str, what: str = "", line: int = 1) -> Problem:
    """What happened, as a problem of the file that it happened with."""
    _trace(error)
    facts = {"error": said_of(error), "report": REPORT}
    if what:
        said = say("{thing} was left out: {error} ({report})", thing=what, **facts)
    else:
        said = say("this was left out: {error} ({report})", **facts)
    return Problem(path, line, 1, CODE, said)


def _trace(error: Exception) -> None:
    if os.environ.get(TRACE):
        traceback.print_exception(error, file=sys.stderr)


def said_of(error: BaseException) -> str:
    """An exception in a line: what it was about, and of a template its name and line."""
    text = " ".join(str(error).split())[:200]
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    where = f" ({name}, line {line})" if name and line else ""
    about = "".join(f"{note}: " for note in reversed(getattr(error, "__notes__", ())))
    return f"{about}{type(error).__name__}" + (f": {text}{where}" if text else "")


def tell(problems: list[Problem]) -> None:
    """Keep what another process has caught."""
    _caught.extend(problems)


def caught() -> list[Problem]:
    """What was left out since the last time that somebody asked."""
    found = list(dict.fromkeys(_caught))
    _caught.clear()
    return found
