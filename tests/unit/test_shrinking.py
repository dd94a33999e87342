"""A finding of a fuzzer is shown without what it does not need."""

from __future__ import annotations

import pytest

import shrinking

WIDE = {"keep": [1, {"text": "much and X more", "other": 2}, 3], "rest": "much", "raw": b"a\nbX\nc\n"}


@pytest.mark.parametrize(
    ("given", "fault_of", "left"),
    [
        (WIDE, lambda data: "broke at 7" if "X" in str(data.get("keep")) else "", {"keep": [{"text": "X"}]}),
        (WIDE, lambda data: "broke at 9" if b"X" in data.get("raw", b"") else "", {"raw": b"X"}),
        ({"raw": b'{"a": [1, "bX"], "c": 2}'}, lambda data: "broke at 9" if b"X" in data.get("raw", b"") else "", {"raw": b'{"a": ["X"]}'}),
        (list(range(50)), lambda data: "broke at 1" if {3, 40} <= set(data) else "", [3, 40]),
        (WIDE, lambda data: "something else", WIDE),
    ],
)
def test_what_is_left_has_the_same_fault_and_nothing_else(given, fault_of, left):
    assert shrinking.small(given, "Trace\nbroke at 1", fault_of) == left


def test_it_stops_after_so_many_tries():
    tried: list[str] = []
    assert shrinking.small("x" * 99, "broke", lambda text: tried.append(text) or "", tries=3) == "x" * 99
    assert len(tried) == 3
