"""The page "Take your questions along", done as it says: its commands, what they print, its table."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import exchanging
import guide
from viva.exchange import export

PAGE = guide.ROOT / "docs/faculty/take-along.md"
KINDS = {
    "one best answer": "one",
    "several answers": "some",
    "true or false": "judge",
    "matching": "match",
    "ordering": "order",
    "a number": "number",
    "a few words": "words",
    "gaps with lists": "gaps-chosen",
    "gaps to type in": "gaps-typed",
    "a place in a figure": "spot",
    "a measurement": "caliper",
    "a picture in a stack": "slices",
    "script concordance": "experts",
    "a case": "walk",
}
FORMATS = {
    "Moodle XML": "moodle-xml",
    "GIFT": "gift",
    "Aiken": "aiken",
    "Canvas Classic": "canvas",
    "Canvas New": "canvas-new",
    "QTI": "qti3",
    "Cartridge": "common-cartridge",
    "Anki": "anki",
    "table": "table",
}
WORDS = {"✓": "yes", "≈": "nearly", "✗": "no"}


def typed(command: str, folder: Path) -> str:
    """All that a command prints."""
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}{done.stdout}"
    return done.stdout


@pytest.mark.long
def test_its_commands_print_what_it_says(new_copy):
    folder = new_copy("along")
    printed = ""
    for step in guide.steps(PAGE):
        if step.kind == "type":
            printed = typed(step.text, folder)
        elif step.kind == "printed":
            assert guide.fits(step.text, printed), printed
    losses = [step.text for step in guide.steps(PAGE) if step.kind == "mistake"]
    said = typed("viva export moodle-xml --bank imaging", folder)
    assert losses and not [loss for loss in losses if loss.strip() not in said]


def test_its_table_is_that_of_the_tests():
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    head, _, *lines = rows
    assert head[1:] == [*FORMATS, "SCORM"]
    signs = {row[0]: dict(zip(exchanging.ROWS[0], row[1:], strict=True)) for row in exchanging.ROWS[1:]}
    assert {line[0]: line[1:] for line in lines} == {
        said: [*(WORDS[signs[key][name]] for name in FORMATS.values()), "yes"]
        for said, key in KINDS.items()
    }


@pytest.mark.parametrize("name", export.names())
def test_every_format_is_named(name):
    assert re.search(rf"`{name}`", PAGE.read_text("utf-8"))
