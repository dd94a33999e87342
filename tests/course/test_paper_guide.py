"""The page on paper, done as it says: its commands, what they print, the messages it explains."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import guide
from viva.assignments import columns, remarks

PAGE = guide.ROOT / "docs/faculty/paper.md"


@pytest.fixture(scope="module")
def folder(new_copy: Callable[[str], Path]) -> Path:
    return new_copy("paper")


def scan(folder: Path) -> None:
    """Two students fill in the first bubble of every row, on different versions."""
    kept = json.loads((folder / "paper/week-1-papers.json").read_text("utf-8"))
    labels = [row["label"] for place in kept["versions"]["A"] for row in place["rows"]]
    bubbles = [row["bubbles"] for place in kept["versions"]["A"] for row in place["rows"]]
    first = [one[0] if one else "" for one in bubbles]
    rows = [["Student ID", "Version", *(f"Q{one}" for one in labels)]]
    rows += [["s1001", "A", *first], ["s1002", "B", *first]]
    (folder / "scan.csv").write_text("\n".join(",".join(row) for row in rows), "utf-8")


def test_the_page_works_as_it_says(folder):
    printed = ""
    for step in guide.steps(PAGE):
        if step.kind == "type":
            printed = guide.typed(folder, step.text)
            if "viva print" in step.text:
                scan(folder)
        elif step.kind == "printed":
            assert guide.fits(step.text.strip(), printed), printed
    results = (folder / "results/results.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in results[1:]] == ["s1001", "s1002"]


def test_what_the_page_says_of_messages_and_columns_is_so():
    text = PAGE.read_text("utf-8")
    program = " ".join(one.value for one in remarks.Code)
    sources = guide.ROOT / "scripts/viva/assignments"
    program += (sources / "intake.py").read_text("utf-8")
    told = re.findall(r"^\| \*([a-z][^*]+)\* \|", text, re.MULTILINE)
    assert len(told) == 8
    for one in told:
        words = re.escape(one).replace("D,", r"\{version\},").replace(r"\(2\)", r"\(\{count\}\)")
        assert re.search(words.replace("s1001", r"\{identifier\}"), program), one
    named = re.search(r"whose it is \| (.*) \|", text)[1] + re.search(r"the version \| (.*) \|", text)[1]
    known = {name for names in columns.NAMES.values() for name in names}
    for name in re.findall(r"\*([A-Z][a-z]+(?: [A-Z]\w+)*)\*", named):
        assert name.casefold().replace(" ", "") in known, name
