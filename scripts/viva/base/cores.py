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
SHARES = 32
"""Parts for each core: with few, one waits for the other at the end."""
MOST = 255
"""So many parts have a number of one byte."""


def spread(
    work: Callable[[Sequence[T]], list[R]],
    things: Sequence[T],
    least: int,
    size: Callable[[T], int] = lambda _: 1,
    meanwhile: Callable[[], None] = lambda: None,
    reached: Callable[[int, int], None] = lambda _, __: None,
) -> list[R]:
    """What `work` makes of the things, in their order; parts of the list on a core of their own.

    Each process takes the next part when it is done with one, and this one does `meanwhile` first.
    `size` says how much work a thing is: things that come to less than `least` are done here. What
    a process that fails has taken is done here too, as is everything where processes cannot be
    split off. `reached` hears which of how many parts are done, for who waits.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    sizes = [*map(size, things)]
    if len(things) < 2 or sum(sizes) < least:
        meanwhile()
        return work(things)
    parts = _parts(things, sizes, min(SHARES * cores, MOST))
    tickets = _tickets(len(parts))
    helpers = cores - 1 if hasattr(os, "fork") else 0
    started = [_start(work, parts, tickets) for _ in range(helpers)]
    meanwhile()
    made = _take(work, parts, tickets, reached)
    for process, pipe in started:
        made |= _result(process, pipe)
    os.close(tickets)
    every = (made[n] if n in made else work(part) for n, part in enumerate(parts))
    return [one for part in every for one in part]


def _parts(things: Sequence[T], sizes: Sequence[int], number: int) -> list[Sequence[T]]:
    """The things in order, in at most so many parts that are about of one size; none is empty."""
    ends = [*accumulate(sizes)]
    cuts = [bisect_left(ends, ends[-1] * n / number) + 1 for n in range(number)]
    cuts = sorted({0, *(min(cut, len(things)) for cut in cuts[1:]), len(things)})
    return [things[start:end] for start, end in pairwise(cuts)]


def _tickets(count: int) -> int:
    """A pipe that holds the number of each part: whoever reads one does that part."""
    tickets, end = os.pipe()
    os.write(end, bytes(range(count)))
    os.close(end)
    return tickets


def _take(
    work: Callable[[Sequence[T]], R],
    parts: Sequence[Sequence[T]],
    tickets: int,
    reached: Callable[[int, int], None] = lambda _, __: None,
) -> dict[int, R]:
    """What becomes of parts, by their numbers, one after the other until none is left."""
    made: dict[int, R] = {}
    while ticket := os.read(tickets, 1):
        made[ticket[0]] = work(parts[ticket[0]])
        reached(ticket[0] + 1, len(parts))
    return made


def _start(
    work: Callable[[Sequence[T]], list[R]], parts: Sequence[Sequence[T]], tickets: int
) -> tuple[int, int]:
    """A process that takes parts, and the pipe that its results come through."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process:
        os.close(theirs)
        return process, ours
    try:
        os.close(ours)
        # All of it before the first byte leaves: a full pipe waits until the other end is read.
        # Each part is packed when it is done, so that the others take more while this one packs.
        made = _take(lambda part: _packed(work(part)), parts, tickets)
        with os.fdopen(theirs, "wb") as pipe:
            pipe.write(_packed((made, net.caught())))
    finally:
        os._exit(0)


def _packed(made: object) -> bytes:
    return pickle.dumps(made, pickle.HIGHEST_PROTOCOL)


def _result(process: int, pipe: int) -> dict[int, list[Any]]:
    """What a process has made; nothing, where it has failed."""
    with os.fdopen(pipe, "rb") as end:
        raw = end.read()
    with suppress(ChildProcessError):
        os.waitpid(process, 0)
    try:
        packed, caught = pickle.loads(raw)
        made = {number: pickle.loads(part) for number, part in packed.items()}
    except Exception:
        return {}
    net.tell(caught)
    return made
