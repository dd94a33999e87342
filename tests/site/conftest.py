"""The built neutral course as parsed pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsed import Page, pages_of


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Page]:
    """Every page of the built course."""
    return pages_of(site)
