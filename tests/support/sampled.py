"""A long matrix is sampled: some of its cases are left to `make test-all`."""

from __future__ import annotations

from typing import Any

import pytest


def long(*values: Any) -> Any:
    """A case that only `make test-all` tries."""
    return pytest.param(*values, marks=pytest.mark.long)
