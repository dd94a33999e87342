"""CONTRIBUTING's "A new rule for questions", walked on a copy: one function, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from golden import ROOT
from unit.lint.examples import clean, course_with
from unit.test_new_type import run, viva

RULE = '''\
"""ST199: shouting."""

from collections.abc import Iterator

from viva.lint.item import Item
from viva.lint.rule import Flaw, rule


@rule("ST199", "info")
def shouting(item: Item) -> Iterator[Flaw]:
    """The stem ends in an exclamation mark.

    It asks nothing louder than a question mark.

    Bad:
        stem: Name the nerve that supplies most of the small muscles of the hand!
    Good:
        stem: Which nerve supplies most of the small muscles of the hand?
    Source: a convention of question banks.
    Measured: exact, a sign.
    """
    if item.stem.endswith("!"):
        yield Flaw(("stem",), "the stem shouts (end it with a full stop or a question mark)")
'''
NEW = "scripts/viva/lint/rules/shouting.py"


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The program with one more rule, its tests of rules, and a course with one question that breaks it."""
    folder = tmp_path_factory.mktemp("copy")
    litter = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "scripts/viva", folder / "scripts/viva")  # with what Python has compiled
    shutil.copytree(ROOT / "tests/unit/lint", folder / "tests/unit/lint", ignore=litter)
    (folder / NEW).write_text(RULE, "utf-8")
    course_with([clean(50, 1), clean(51, 2) | {"stem": "Name a bone of the hand!"}], folder)
    (folder / "mkdocs.yml").write_text("site_name: Test\n", "utf-8")
    return folder


def test_it_is_listed_and_explained(copy):
    assert "ST199  info     The stem ends in an exclamation mark." in viva(copy, "rules")
    said = viva(copy, "rules", "st199")
    for part in ("ST199 (info)", "It asks nothing louder", "Bad:", "Good:", "Source: a convention"):
        assert part in said


def test_it_is_checked(copy):
    said = viva(copy, "check", "--format", "json", "--select", "ST199")
    (found,) = json.loads(said[: said.rindex("}") + 1])["problems"]
    assert (found["code"], found["question"]) == ("ST199", "question-51")
    assert found["message"].startswith("the stem shouts")


def test_its_docstring_is_its_test(copy):
    options = ("-p", "no:cacheprovider", "-p", "no:xdist", "-q", "-k", "ST199 or twice")
    assert "7 passed" in run(copy, "-m", "pytest", *options, "tests/unit/lint/test_rules.py")
    rule = copy / NEW
    rule.write_text(RULE.replace('endswith("!")', 'endswith("#")'), "utf-8")
    said = run(copy, "-m", "pytest", *options, "tests/unit/lint/test_rules.py", code=1)
    rule.write_text(RULE, "utf-8")
    assert "test_bad_is_found_and_nothing_else[ST199]" in said
