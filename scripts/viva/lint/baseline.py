"""A baseline: the problems that a course has already, so that only new ones are shown."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from viva.base import files
from viva.base.problems import Problem
from viva.base.refused import Refused
from viva.base.words import say

Print = tuple[str, str, str, str]
NAMES = ("path", "code", "question", "message")


def write(path: Path, problems: Iterable[Problem]) -> int:
    """Write the problems of the rules as a baseline. Returns how many. Places are not kept.

    Only a baseline is written over. Raises Refused.
    """
    if os.path.lexists(path) and not _is_baseline(path):
        said = say("{path} is no baseline, so it was not changed (choose another name)", path=path)
        raise Refused(said, misuse=True)
    rows = [dict(zip(NAMES, _print(problem), strict=True)) for problem in problems]
    files.write(path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    return len(rows)


def _is_baseline(path: Path) -> bool:
    """Whether viva wrote this: rows of exactly these fields."""
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(rows, list) and all(
        isinstance(row, dict) and set(row) == set(NAMES) for row in rows
    )


def known(path: Path) -> Counter[Print]:
    """What a baseline holds. Raises Refused."""
    try:
        rows = json.loads(path.read_text("utf-8"))
        return Counter((r["path"], r["code"], r["question"], r["message"]) for r in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = say(
            "{path} is no baseline (write one with viva check --write-baseline {path})",
            path=path,
        )
        raise Refused(message, misuse=True) from error


def without(problems: Iterable[Problem], old: Counter[Print]) -> list[Problem]:
    """The problems that the baseline does not hold; one that is there twice counts twice."""
    left = Counter(old)
    fresh = []
    for problem in problems:
        if left[_print(problem)] > 0:
            left[_print(problem)] -= 1
        else:
            fresh.append(problem)
    return fresh


def _print(problem: Problem) -> Print:
    """What stays the same when lines are added above."""
    return problem.path, problem.code, problem.question or "", problem.message
