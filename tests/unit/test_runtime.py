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


def test_the_scripts_give_window_viva_each_name_once():
    """`viva.js` adds to what `words.js` has made, and would replace what has the same name."""
    given = re.compile(r"(?:window\.viva = |Object\.assign\(window\.viva, )\{\n(.*?)\n  \}", re.DOTALL)
    blocks = [block for text in SHARED.values() for block in given.findall(text)]
    names = [name for one in blocks for name in re.findall(r"^    (\w+)[(,:]", one, re.MULTILINE)]
    assert {"locale", "say", "number", "make", "type", "tag"} <= set(names)
    assert sorted(names) == sorted(set(names))
