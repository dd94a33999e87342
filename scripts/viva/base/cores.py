"""Work on all cores, for lists so long that it pays."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from viva.base import net

T = TypeVar("T")
R = TypeVar("R")


def spread(work: Callable[[Sequence[T]], list[R]], things: Sequence[T], least: int) -> list[R]:
    """What `work` makes of the things, in their order; parts of the list on a core of their own.

    A part whose process fails is done here. Where processes cannot be split off, all is done here.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if cores < 2 or len(things) < least or not hasattr(os, "fork"):
        return work(things)
    size = -(-len(things) // cores)
    first, *others = (things[start : start + size] for start in range(0, len(things), size))
    started = [(part, _start(work, part)) for part in others]
    made = work(first)
    for part, (process, pipe) in started:
        made += _result(work, part, process, pipe)
    return made


def _start(work: Callable[[Sequence[T]], list[R]], part: Sequence[T]) -> tuple[int, int]:
    """A process that does a part, and the pipe that its result comes through."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process:
        os.close(theirs)
        return process, ours
    try:
        os.close(ours)
        with os.fdopen(theirs, "wb") as pipe:
            pickle.dump((work(part), net.caught()), pipe, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _result(
    work: Callable[[Sequence[T]], list[R]], part: Sequence[T], process: int, pipe: int
) -> list[R]:
    with os.fdopen(pipe, "rb") as end:
        raw = end.read()
    with suppress(ChildProcessError):
        os.waitpid(process, 0)
    try:
        made: tuple[list[R], list[Any]] = pickle.loads(raw)
    except Exception:
        return work(part)
    net.tell(made[1])
    return made[0]
