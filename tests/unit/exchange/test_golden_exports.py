"""Two questions in each format that is text, as they were read through by a person.

`VIVA_EXPORTS=1 pytest tests/unit/exchange/test_golden_exports.py` writes them again: read what changed.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

import exchanging

GOLDEN = Path(__file__).parent / "golden"
BANK = """\
title: Signs & lines
questions:
  - id: church
    type: single
    objective: walk-1
    level: remember
    tags: [F-001]
    stem: What does the cross with a *square* below it show?
    options:
      - text: A church with a tower
        correct: true
        why: The square is the tower [@notes].
      - text: A crossing of paths
        why: Those meet, and have no sign.
    explanation: "The legend says so: signs are small, 3 < 5 mm."
    read: modules/scale.md#a-ratio
    references: [walks]
  - id: lines
    type: true-false
    stem: Judge.
    statements:
      - {text: "Contours are {brown}.", answer: true, why: By custom.}
      - {text: Rivers are red., answer: false}
"""
FILES = {
    "moodle-xml": ("signs.moodle.xml", None),
    "gift": ("signs.gift.txt", None),
    "aiken": ("signs.aiken.txt", None),
    "qti3": ("church.qti3.xml", "items/church.xml"),
    "qti21": ("lines.qti21.xml", "items/lines.xml"),
    "canvas": ("signs.canvas.xml", "reading-a-map-signs/reading-a-map-signs.xml"),
    "common-cartridge": ("manifest.cc.xml", "imsmanifest.xml"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_what_was_read(tmp_path, name):
    course = exchanging.make(tmp_path, {"signs": BANK})
    data, _ = exchanging.exported(course, name)
    golden, member = FILES[name]
    if member:
        data = zipfile.ZipFile(io.BytesIO(data)).read(member)
    if os.environ.get("VIVA_EXPORTS"):
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / golden).write_bytes(data)
    assert data.decode() == (GOLDEN / golden).read_bytes().decode()
