"""The browser's files: a type stands in its own folder, and nowhere else."""

from __future__ import annotations

import re

import pytest

from golden import THEME
from viva.bank import types

SHARED = {
    name: text.decode()
    for name, text in THEME.assets().items()
    if name.startswith("assets/viva/") and name.endswith((".js", ".css"))
    if "/types/" not in name and "/vendor/" not in name
}


DATES = re.compile(r'(day|month|year): "numeric"')


def named(kind: str, text: str) -> list[str]:
    """Where a type is named: as a text, in a selector, by the class of its frame."""
    literal = re.compile(rf"""(?:["'`]|type=){kind}["'`\]]|\.viva-{kind}\b""")
    return literal.findall(DATES.sub("", text))


@pytest.mark.parametrize("kind", types.TYPES)
def test_no_type_is_named_outside_its_folder(kind):
    assert not {name: found for name, text in SHARED.items() if (found := named(kind, text))}
    for wrong in (f'one.matches("[type={kind}]")', f'type !== "{kind}"', f".viva-{kind} svg {{"):
        assert named(kind, wrong), "the search finds what it looks for"


@pytest.mark.parametrize("kind", types.TYPES)
def test_a_type_reads_and_writes_without_the_key(kind):
    """What is marked may look at the key; the sheet of an assignment has none."""
    script = THEME.assets()[f"assets/viva/types/{kind}.js"].decode()
    parts = re.split(r"\n {2,4}(?=[a-z]+[(:,])", script)
    asked = [
        part for part in parts if part.startswith(("read", "write", "wake", "reset", "missing"))
    ]
    assert len(asked) >= 2
    assert not [part for part in asked if "question.key" in part]
