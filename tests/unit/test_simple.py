"""Texts that are judged without a run of Markdown are judged as with one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.base.reader import Source
from viva.course import simple
from viva.course.conversion import Converter
from viva.course.fields import Checker
from viva.course.settings import Settings

WORDS = ["word", "(a)", "5 mm", "1.", "2)", "x_y", "A & B", "AT&T", "50 %", "now!", "p < 0.05", "a = b", "“q”"]
MARKUP = ["**bold**", "*so*", "**1. so**", "[there](modules/a.md#b)", "[x.y/a_b](https://x.y/a_b?c=1&d=2)", "\\*", "\\_a\\_"]
ODD = ["![p](a.png)", "[x]: y", "[a][b]", "<b>", "&lt;", "`c`", "{#x}", "|", "~", "^", "$x$", "#", "!!!", "---", "===", "++"]
BREAKS = ["\n", "\n\n", "\n- ", "\n\n- ", "\n1. ", "\n    ", "\n: ", "\n> ", "\n???", "\n- - ", "\n\n\n"]
TYPED = st.lists(st.sampled_from([*WORDS, *MARKUP, *ODD, *BREAKS]), min_size=2, max_size=9).map(" ".join)
FIELDS = [("explanation",), ("stem",), ("options", 0, "text")]


def converter() -> Converter:
    return Converter(Settings(Source("mkdocs.yml", {}, {}), {}).extensions)


QUICK, WHOLE = Checker(converter()), Checker(converter())
WHOLE._is_simple = lambda text: False  # type: ignore[method-assign]


def is_simple(text: str) -> bool:
    assert QUICK._plain
    return simple.is_simple(text, QUICK._plain)


@pytest.mark.parametrize("at", FIELDS)
@given(text=TYPED)
def test_judged_alike(at, text):
    text = text.strip().replace(" \n", "\n").replace("\n ", "\n")
    if not is_simple(text):
        return
    assert [one.said for one in QUICK.lost(at, text)] == [one.said for one in WHOLE.lost(at, text)]
    assert [*QUICK.mistakes(at, text)] == [*WHOLE.mistakes(at, text)]
    assert QUICK.links(at, text) == WHOLE.links(at, text)


@pytest.mark.parametrize(
    "text",
    [
        "One.\n\nTwo **bold**.",
        "Of these:\n\n- **A.** so\n- [b](https://x.y/z_1?a=b) (2)",
        "PM&R, now!\n\n\\*a",
    ],
)
def test_most_texts_are_simple(text):
    assert is_simple(text)


@pytest.mark.parametrize(
    "text",
    ["One.\n\n2019. Was", "a\n\n    b", "a\n---", "- - -", "a\n> b", "a\n: b", "![a](b.png)", "a <b> c", "# a", "a\n??? b"],
)
def test_others_are_not(text):
    assert not is_simple(text)
