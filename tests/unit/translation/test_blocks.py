"""A page is taken apart into texts, and nothing of it is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.translation.blocks import Piece, pieces, together

PAGE = """\
# Bearings { #bearings }

A bearing is an angle,
counted clockwise.  
It begins at north.

[viva: direction-east]

1. Turn the sheet
   until it lies right.
    - Keep iron away.

!!! note "On a hill"
    Look back.

| Side | Angle |
| --- | --- |
| East | 90° |

```python
print("not said")
```

<!-- not
said -->
[^1]: A note.
*[km]: kilometre
Term
:   What it means.

> Said by others.
"""
SAID = [
    ("heading", "Bearings"),
    ("paragraph", "A bearing is an angle, counted clockwise.  \nIt begins at north."),
    ("item", "Turn the sheet until it lies right."),
    ("item", "Keep iron away."),
    ("title", "On a hill"),
    ("paragraph", "Look back."),
    ("row", "| Side | Angle |"),
    ("row", "| East | 90° |"),
    ("line", "A note."),
    ("line", "kilometre"),
    ("line", "Term"),
    ("line", "What it means."),
    ("line", "Said by others."),
]


def test_what_is_said_on_a_page():
    assert [(one.kind, one.said) for one in pieces(PAGE) if one.said] == SAID


@given(st.lists(st.sampled_from([*PAGE.splitlines(), "  - x", "~~~", "\\[", "/// tab"])).map("\n".join))
def test_a_page_put_together_again_is_the_page(text):
    assert together(pieces(text), lambda one: one.raw) == text
    assert "".join(one.raw for one in pieces(text)) == text


@pytest.mark.parametrize(
    ("line", "attributes", "made"),
    [
        ("## Setting\n", "#setting", "## Karte { #setting }\n"),
        ("## Setting { #own .wide }\n", "#setting lang=en", "## Karte { #own .wide lang=en }\n"),
        ("- a thing\n", "", "- Karte\n"),
        ("   2. a thing\n", "lang=en", "   2. Karte {: lang=en }\n"),
        ("    Text.\n", "lang=en", "    Karte\n    {: lang=en }\n"),
        ('??? tip "Open"\n', "", '??? tip "Karte"\n'),
    ],
)
def test_a_piece_says_something_else_in_its_place(line, attributes, made):
    (piece,) = pieces(line)
    assert piece.saying("Karte", attributes) == made


def test_a_text_of_two_lines_keeps_its_indent():
    assert Piece("item", "- a\n", 1, "a", "- ").saying("eins  \nzwei") == "- eins  \n  zwei\n"
