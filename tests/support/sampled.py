"""A long matrix is sampled: some of its cases are left to `make test-all`."""

from __future__ import annotations

import os
from typing import Any

import pytest


def long(*values: Any) -> Any:
    """A case that only `make test-all` tries."""
    return pytest.param(*values, marks=pytest.mark.long)


def examples(few: int) -> int:
    """How many examples a property of slow steps is tried with: few, or as many as VIVA_EXAMPLES says."""
    return max(few, int(os.environ.get("VIVA_EXAMPLES", "0")))
