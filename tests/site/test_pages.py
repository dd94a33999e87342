"""What every page owes its reader, whatever is on it."""

from __future__ import annotations

import pytest

from parsed import OWED


@pytest.mark.parametrize("owed", OWED, ids=lambda rule: rule.__name__)
def test_every_page(pages, owed):
    assert owed(pages) == []


def test_every_page_carries_the_caution_of_the_settings(pages):
    caution = "Practise close to home before you rely on a map."
    assert not [page.name for page in pages if caution not in page.soup.footer.get_text()]
