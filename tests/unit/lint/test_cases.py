"""What rules must not object to, and what they must: cases in which a rule once was wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from unit.lint.examples import course_of, dump
from viva import lint

FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['case']}")
    for path in sorted(FOLDER.glob("*.yml"))
    for case in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
]


@pytest.mark.parametrize("case", CASES)
def test_case(case, tmp_path):
    read = course_of(dump(case["question"]), tmp_path)
    assert read.problems == ()
    found = lint.check(read)
    assert [(p.code, p.message) for p in found if p.code not in case["codes"]] == []
    assert [p.code for p in found] == case["codes"]
