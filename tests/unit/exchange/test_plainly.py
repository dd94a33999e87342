"""What is converted fast is converted as the library does it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.exchange import texts
from viva.exchange.plainly import plainly

LINK = '<a href="https://x.y/z_(1)?a=b&amp;c" target="_blank">there, *so*</a>'
PARTS = ["a", "b c ", " ", "\n", "1. ", "- ", "*", "_", "&lt;b&gt;", "&amp;", "&nbsp;", "#", "[", "]"]
MARKED = ["<b>x</b>", "<em> y </em>", "<i></i>", LINK]
LINES = st.lists(st.sampled_from([*PARTS, *MARKED]), min_size=1, max_size=6).map("".join)
ENTRIES = st.lists(LINES, min_size=1, max_size=3).map(lambda e: f"<ul>\n{''.join(f'<li>{one}</li>' for one in e)}</ul>")
HTML = st.lists(st.one_of(LINES.map("<p>{}</p>".format), ENTRIES), min_size=1, max_size=4).map("".join)


def made(source: str) -> str:
    return re.sub("[ \xa0]+", " ", texts.Texts("a", lambda name: None, {}).block(source))


@given(source=HTML)
def test_alike(source):
    quick = plainly(source, "")
    assert quick is not None
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(texts, "plainly", lambda source, extra: None)
        assert made(source) == re.sub("[ \xa0]+", " ", quick)


@pytest.mark.parametrize("source", ["<ul><li>a<ul><li>b</li></ul></li></ul>", "<em>a <b>b</b></em>", "<li>a</li>", "<u>a</u>", '<a href="x">a</a>'])
def test_else_the_library_does_it(source):
    assert plainly(source, "") is None
