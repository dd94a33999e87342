"""The table of what is promised names tests that are there."""

from __future__ import annotations

import re
from fnmatch import fnmatch

import pytest

from building import ROOT

TESTS = ROOT / "tests"
TABLE = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## What is promised")[2].partition("\n## ")[0]
ROWS = [row.strip("| ").rpartition(" | ") for row in TABLE.splitlines() if re.search(r"^\|.*`", row)]
NAMED = sorted({named for _, _, held in ROWS for named in re.findall(r"`([^`]+)`", held)} - {"make test-all"})


def test_every_row_names_a_test():
    assert len(ROWS) > 40
    assert all(re.search(r"`[\w/]*(?:test_\w|tests/|fuzz/)", held) for _, _, held in ROWS)


@pytest.mark.parametrize("named", NAMED)
def test_it_is_there(named):
    path, _, test = named.partition("::")
    if path.endswith("*"):
        path, test = "*.py", path
    elif path.endswith("/"):
        path = f"{path}test_*.py"
    found = [file for file in TESTS.rglob("*") if file.match(path.removeprefix("tests/"))]
    assert found
    if test:
        tests = re.findall(r"^def (test_\w+)", "\n".join(one.read_text("utf-8") for one in found), re.MULTILINE)
        assert any(fnmatch(one, test) for one in tests)
