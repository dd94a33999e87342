"""Work on several cores gives what it gives on one, in the same order."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from viva.base import cores, net
from viva.base.reader import parse


@pytest.fixture
def two(monkeypatch):
    """Two cores, the second of which has its share of the work: this process waits for it to begin."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    begun, begins = os.pipe()
    here = os.getpid()

    def spread(work, things, least, *size):
        def working(part):
            if os.getpid() != here:
                os.write(begins, b".")
            return work(part)

        return cores.spread(working, things, least, *size, meanwhile=lambda: os.read(begun, 1))

    yield spread
    os.close(begun)
    os.close(begins)


def where(things):
    return [(thing, os.getpid()) for thing in things]


def test_the_order_stays_and_more_than_one_process_works(two):
    made = two(where, range(10), 4)
    assert [thing for thing, _ in made] == list(range(10))
    assert len({process for _, process in made} | {os.getpid()}) == 2


def test_few_things_stay_here():
    assert {process for _, process in cores.spread(where, range(3), 4)} == {os.getpid()}


def test_what_a_process_cannot_do_is_done_here(two):
    here = os.getpid()

    def only_here(things):
        if os.getpid() != here:
            raise ValueError
        return list(things)

    assert two(only_here, range(10), 4) == list(range(10))


def test_what_a_net_caught_elsewhere_is_told_here(two):
    net.caught()

    def falls(things):
        return [net.attempt(partial(int, thing), 0, f"file-{thing}") for thing in things]

    two(falls, ["x", "1", "1", "1"], 4)
    assert [problem.path for problem in net.caught()] == ["file-x"]


def read(paths):
    return [parse("a: {b: [1, {c: 2}]}\nd: &x [3]\ne: *x\n", str(path)) for path in paths]


def test_a_source_from_another_process_knows_its_places(two):
    (here,) = read([Path("one")])
    for source in two(read, [Path("one"), Path("two")], 1):
        for loc in (("a", "b", 1, "c"), ("d", 0), ("e",)):
            assert source.place(loc) == here.place(loc) != (1, 1)


@pytest.mark.parametrize(
    ("sizes", "number", "parts"),
    [
        ([9, 1, 1, 1, 1, 5], 2, [[9], [1, 1, 1, 1, 5]]),
        ([1, 9], 3, [[1, 9]]),
        ([1, 1, 9], 2, [[1, 1, 9]]),
        ([1] * 5, 5, [[1]] * 5),
        ([1, 2], 9, [[1], [2]]),
        ([0, 0, 5], 2, [[0, 0, 5]]),
        ([3], 4, [[3]]),
    ],
)
def test_parts_are_about_of_one_size_and_lose_nothing(sizes, number, parts):
    assert cores._parts(sizes, sizes, number) == parts


def test_there_are_never_more_parts_than_tickets(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(3)), raising=False)
    monkeypatch.setattr(cores, "SHARES", 1000)
    assert [thing for thing, _ in cores.spread(where, range(3000), 1)] == list(range(3000))


@pytest.mark.parametrize("cores_there", [1, 2])
def test_who_waits_hears_how_much_is_done(monkeypatch, cores_there):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores_there)), raising=False)
    heard: list[tuple[int, int]] = []
    made = cores.spread(list, range(100), 4, reached=lambda done, total: heard.append((done, total)))
    assert made == list(range(100))
    parts = len(cores._parts(range(100), [1] * 100, cores.SHARES * cores_there))
    assert heard == sorted(heard) and {total for _, total in heard} <= {parts}
    assert cores_there > 1 or heard[-1] == (parts, parts)  # of two, the other may do all
