"""Matrices with known statistics, as responses."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from viva.analysis.responses import Responses, load

REFERENCE = Path(__file__).parent / "reference"


@pytest.fixture
def reference() -> Callable[[str], tuple[Responses, dict[str, Any]]]:
    """A matrix by name, with what was published or computed elsewhere for it."""

    def read(name: str) -> tuple[Responses, dict[str, Any]]:
        path = REFERENCE / f"reference_{name}.csv"
        found = load(path)
        with path.open() as file:
            counts = [int(row.get("count", 1)) for row in csv.DictReader(file)]
        marks = np.repeat(found.marks, counts, axis=0)
        expected = json.loads(path.with_suffix(".expected.json").read_text())
        return Responses(found.items, marks, {}), expected

    return read
