"""What stands where on each version of a printed exam, kept in a file beside the papers.

    {"viva-paper": 1, "assignment": "week-1", "versions": {"A": [
      {"question": "heart-valves", "case": "", "hash": "3f9a…", "order": [2, 0, 1],
       "rows": [{"label": "1", "bubbles": ["A", "B", "C"]}]}, …]}}

`order` says which of the author's options stands in each place. Without this file nobody knows what
a letter on version B means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from viva.assignments.model import Assignment
from viva.assignments.uploads import Upload
from viva.base.letters import letter
from viva.base.problems import hint
from viva.base.words import say

MARK = "viva-paper"


class Row(BaseModel):
    """A row of the answer sheet: its bubbles, or none where one writes on a line."""

    model_config = ConfigDict(frozen=True, strict=True)

    label: str
    bubbles: tuple[str, ...] = Field((), strict=False)


class Place(BaseModel):
    """A question, or a step of a case, as it is printed."""

    model_config = ConfigDict(frozen=True, strict=True)

    question: str
    case: str = ""
    hash: str
    order: tuple[int, ...] = Field((), strict=False)
    rows: tuple[Row, ...] = Field((), strict=False)


class Papers(BaseModel):
    """Every version of a printed exam, by its letter."""

    model_config = ConfigDict(frozen=True, strict=True, populate_by_name=True)

    viva_paper: Literal[1] = Field(alias="viva-paper")
    assignment: str
    letters: tuple[str, ...] = Field((), strict=False)
    """What is printed for A, B, … where the language of the course has other letters."""
    versions: Mapping[str, tuple[Place, ...]] = Field(strict=False)

    def rows(self, version: str) -> tuple[Row, ...]:
        """The rows of a version's answer sheet, from top to bottom."""
        return tuple(row for place in self.versions[version] for row in place.rows)

    def plain(self, written: str) -> str:
        """What was written in the letters of the language, in A, B, …"""
        known = {label: letter(number) for number, label in enumerate(self.letters)}
        signs = sorted(map(re.escape, known), key=len, reverse=True)
        if not signs:
            return written
        return re.sub("|".join(signs), lambda found: known[found[0]], written)


def name(assignment: Assignment) -> str:
    """What the file is called."""
    return f"{assignment.id}-papers.json"


def text(
    assignment: Assignment, versions: Mapping[str, Iterable[Place]], letters: Sequence[str] = ()
) -> str:
    """The file."""
    kept = {name: [place.model_dump() for place in places] for name, places in versions.items()}
    data: dict[str, Any] = {MARK: 1, "assignment": assignment.id}
    data |= {"letters": list(letters)} if letters else {}
    data |= {"versions": kept}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def is_papers(upload: Upload) -> bool:
    """Whether a file among uploads is one."""
    return upload.name.casefold().endswith(".json") and f'"{MARK}"'.encode() in upload.content[:400]


def read(upload: Upload, assignment: Assignment) -> Papers | str:
    """What stands on the papers, or what is wrong with the file."""
    try:
        found = Papers.model_validate_json(upload.content)
    except (ValidationError, RecursionError):
        return say("is not what viva print wrote (print again with the same --seed and --versions)")
    if found.assignment != assignment.id:
        near = hint(found.assignment, [assignment.id])
        return say(
            "is of the papers of {other}, not {assignment} ({hint})",
            other=found.assignment, assignment=assignment.id, hint=near,
        )
    return found
