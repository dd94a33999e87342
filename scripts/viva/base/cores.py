"""Work on all cores, for lists so long that it pays."""

from __future__ import annotations

import os
import pickle
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import accumulate, pairwise
from typing import Any, TypeVar

from viva.base import net

T = TypeVar("T")
R = TypeVar("R")


def spread(
    work: Callable[[Sequence[T]], list[R]],
    things: Sequence[T],
    least: int,
    size: Callable[[T], int] = lambda _: 1,
) -> list[R]:
    """What `work` makes of the things, in their order; parts of the list on a core of their own.

    The parts are of one size, if `size` says how much work a thing is, and things that come to
    less than `least` are done here. So is a part whose process fails, and everything where
    processes cannot be split off.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    sizes = [*map(size, things)]
    if cores < 2 or len(things) < 2 or sum(sizes) < least or not hasattr(os, "fork"):
        return work(things)
    first, *others = _parts(things, sizes, cores)
    started = [(part, _start(work, part)) for part in others]
    made = work(first)
    for part, (process, pipe) in started:
        made += _result(work, part, process, pipe)
    return made


def _parts(things: Sequence[T], sizes: Sequence[int], cores: int) -> list[Sequence[T]]:
    """The things in order, in at most so many parts that are about of one size; none is empty."""
    ends = [*accumulate(sizes)]
    cuts = [bisect_left(ends, ends[-1] * n / cores) + 1 for n in range(cores)]
    cuts = sorted({0, *(min(cut, len(things)) for cut in cuts[1:]), len(things)})
    return [things[start:end] for start, end in pairwise(cuts)]


def _start(work: Callable[[Sequence[T]], list[R]], part: Sequence[T]) -> tuple[int, int]:
    """A process that does a part, and the pipe that its result comes through."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process:
        os.close(theirs)
        return process, ours
    try:
        os.close(ours)
        # All of it before the first byte leaves: a full pipe waits until the other end is read.
        made = pickle.dumps((work(part), net.caught()), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(theirs, "wb") as pipe:
            pipe.write(made)
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
