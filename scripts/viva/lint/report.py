"""Problems for other programs: SARIF 2.1.0, which code hosts and editors show beside the line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from viva.base.problems import Problem
from viva.lint.rule import Rule

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(problems: Iterable[Problem], rules: Mapping[str, Rule]) -> str:
    """A SARIF log with one run."""
    found = list(problems)
    used = sorted({problem.code for problem in found})
    driver = {
        "name": "viva",
        "version": version("viva-course"),
        "rules": [_rule(code, rules.get(code)) for code in used],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, used.index(problem.code)) for problem in found],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(code: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.note}".strip()},
        "help": {"text": f"Bad:\n{rule.bad}\n\nGood:\n{rule.good}\n\nSource: {rule.reference}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(problem: Problem, index: int) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    place = {"artifactLocation": {"uri": problem.path}, "region": region}
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": LEVELS[problem.severity],
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": place}],
    }
