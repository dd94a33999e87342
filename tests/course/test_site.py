"""The site of the course: every page owes its reader the same as those of any course, and more."""

from __future__ import annotations

from collections import Counter
from zipfile import ZipFile

import pytest

from parsed import OWED

NAME = "ischiofemoral-impingement"


@pytest.mark.parametrize("owed", OWED, ids=lambda rule: rule.__name__)
def test_every_page(pages, owed):
    assert owed(pages) == []


def test_every_page_carries_the_disclaimer(pages):
    assert not [
        page.name for page in pages if "Not medical advice" not in page.soup.footer.get_text()
    ]


def test_the_zip_holds_every_page_and_all_that_it_loads(site):
    with ZipFile(site / "downloads" / f"{NAME}-offline.zip") as packed:
        inside = {name.removeprefix(f"{NAME}/") for name in packed.namelist()}
    outside = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    left_out = {name for name in outside - inside if not name.endswith(".map")}
    assert not {name for name in left_out if not name.startswith("downloads/")}
    assert inside <= outside


def test_the_book_asks_every_question_once(site, pages):
    checks = [page for page in pages if page.name.startswith("self-checks/")]
    ids = {tag["id"] for page in checks for tag in page.soup.find_all("viva-question")}
    with ZipFile(site / "downloads" / f"{NAME}.epub") as book:
        texts = [book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")]
    asked = Counter({name: sum(text.count(f'id="{name}"') for text in texts) for name in ids})
    assert len(ids) > 100
    assert {name for name, count in asked.items() if count != 1} == set()
