"""Feedback that only repeats the verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping


def without_praise(why: str) -> str | None:
    """A feedback that says something; None for one that only repeats the verdict."""
    bare = re.sub(r"[^a-z ]", "", why.lower()).strip()
    return why if why.strip() and bare not in VERDICTS else None


VERDICTS: Mapping[str, None] = dict.fromkeys(
    (
        *("", "true", "false", "right", "wrong", "correct", "incorrect", "sorry"),
        *("well done", "good", "good job", "very good", "excellent", "that is correct"),
        *("thats correct", "that is incorrect", "thats incorrect", "that is right", "thats right"),
        *("your answer is correct", "your answer is incorrect", "your answer is partially correct"),
        *("you gave the right answer", "yes well done", "feedback", "well done yes"),
        *("correct answer", "wrong answer", "try again", "not correct", "yes thats right"),
    )
)
