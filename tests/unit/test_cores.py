"""Work on several cores gives what it gives on one, in the same order."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from viva.base import cores, net
from viva.base.reader import parse


def where(things):
    return [(thing, os.getpid()) for thing in things]


def test_the_order_stays_and_more_than_one_process_works(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    made = cores.spread(where, range(10), 4)
    assert [thing for thing, _ in made] == list(range(10))
    assert len({process for _, process in made}) == 2


def test_few_things_stay_here():
    assert {process for _, process in cores.spread(where, range(3), 4)} == {os.getpid()}


def test_what_a_process_cannot_do_is_done_here(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    here = os.getpid()

    def only_here(things):
        if os.getpid() != here:
            raise ValueError
        return list(things)

    assert cores.spread(only_here, range(10), 4) == list(range(10))


def test_what_a_net_caught_elsewhere_is_told_here(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    net.caught()

    def falls(things):
        return [net.attempt(partial(int, thing), 0, f"file-{thing}") for thing in things]

    cores.spread(falls, ["1", "1", "1", "x"], 4)
    assert [problem.path for problem in net.caught()] == ["file-x"]


def read(paths):
    return [parse("a: {b: [1, {c: 2}]}\nd: &x [3]\ne: *x\n", str(path)) for path in paths]


def test_a_source_from_another_process_knows_its_places(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    (here,) = read([Path("one")])
    for source in cores.spread(read, [Path("one"), Path("two")], 1):
        for loc in (("a", "b", 1, "c"), ("d", 0), ("e",)):
            assert source.place(loc) == here.place(loc) != (1, 1)


def test_parts_are_of_one_size_whatever_the_things_are(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    made = cores.spread(where, [9, 1, 1, 1, 1, 5], 4, lambda thing: thing)
    assert [thing for thing, _ in made] == [9, 1, 1, 1, 1, 5]
    assert [[one for one, process in made if process == p] for p in dict.fromkeys(p for _, p in made)] == [
        [9],
        [1, 1, 1, 1, 5],
    ]


def test_one_large_thing_leaves_the_others_to_another_process(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    for sizes in ([9, 1], [1, 9], [1, 1, 9], [0, 0, 0, 5], [3]):
        assert [thing for thing, _ in cores.spread(where, sizes, 1, lambda thing: thing)] == sizes
