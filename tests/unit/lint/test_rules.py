"""Every rule keeps the promise of its docstring: Bad is found, and nothing else; Good is clean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from unit.lint.examples import course_of
from viva import lint
from viva.base.problems import Problem

CODE = re.compile(r"(ST|OP|KY|VG|MD|LO|BK)\d{3}")
WRITTEN = re.compile(r'@rule\(\s*"(\w+)"')
RULES = list(lint.RULES.values())

# Flaws of a bank that are made of others: the solver without knowledge lives on what BK602 finds.
TWINS = {"BK602": {"BK608"}, "BK608": {"BK602"}, "BK609": {"ST101", "ST102"}}


def found(example: str, folder) -> list[Problem]:
    """What structural checks and rules say of an example."""
    read = course_of(example, folder)
    assert read.problems == ()
    return lint.check(read)


def test_no_code_is_used_twice():
    folder = Path(lint.rules.__path__[0])
    written = [c for path in folder.glob("*.py") for c in WRITTEN.findall(path.read_text("utf-8"))]
    assert sorted(written) == sorted(lint.RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_bad_is_found_and_nothing_else(rule, tmp_path):
    codes = [problem.code for problem in found(rule.bad, tmp_path)]
    assert rule.code in codes
    assert set(codes) <= {rule.code} | TWINS.get(rule.code, set())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_good_is_clean(rule, tmp_path):
    assert found(rule.good, tmp_path) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_documentation_is_complete(rule):
    assert CODE.fullmatch(rule.code)
    assert rule.severity in ("error", "warning", "info")
    assert rule.summary.endswith(".")
    assert "\n" not in rule.summary
    assert rule.bad and rule.good and rule.reference.endswith(".")
    assert rule.bad != rule.good


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_messages_say_what_and_what_instead(rule, tmp_path):
    for problem in found(rule.bad, tmp_path):
        assert re.search(r"\(.+\)$", problem.message), problem.message
        assert not problem.message.endswith(".")
        assert len(problem.message) < 140


WORTH = re.compile(r"(\d+) of (\d+) (?:hits|warnings) right.*\b20\d\d\b")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_what_it_is_worth(rule):
    """Measured by hand on questions by others, or that it counts, or why nobody can measure it."""
    how = ("exact, ", "none ", "not measured: ")
    assert rule.measured.startswith(how) or WORTH.match(rule.measured)
    assert rule.measured.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_warning_is_right_four_times_in_five(rule):
    """On twenty hits or more, judged by hand, or it counts and cannot be wrong."""
    if rule.severity == "info" or rule.measured.startswith("exact, "):
        return
    right, judged = map(int, WORTH.match(rule.measured).groups())
    assert judged >= 20 and right / judged >= 0.8
