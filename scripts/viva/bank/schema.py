"""The JSON Schema of a bank, for editors. Made from the models, so that it cannot disagree."""

from __future__ import annotations

import json
from typing import Any

from viva.bank.banks import Frame
from viva.bank.types import ANY_QUESTION


class BankModel(Frame):
    """A bank as its author writes it."""

    questions: tuple[ANY_QUESTION, ...]


def schema() -> dict[str, Any]:
    """The schema as data."""
    made = BankModel.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made | {"title": "Bank"}


def is_schema(content: bytes) -> bool:
    """Whether a file holds what `text` gives, or gave in an earlier version."""
    try:
        found = json.loads(content)
    except ValueError:
        return False
    return isinstance(found, dict) and found.get("title") == "Bank" and "$schema" in found


def text() -> str:
    """The schema as the text of `quizzes/schema.json`."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
