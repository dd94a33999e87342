"""The PDF: tagged, with bookmarks and page numbers, and the same every time."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import chdir
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from pypdf.generic import Destination

from host import NAME
from setup_browser import find_browser
from viva.analysis.standard import methods, protocol, sheets
from viva.analysis.standard.impact import Scores, impact
from viva.cli import main
from viva.offline import pdf

PARTS = ["Modules", "Cases", "Questions", "Answers", "Summary and reference"]
SMALL = """<!doctype html><html lang="en"><title>Small</title><style>h2{break-before:page}</style>
<h1>One</h1><p><a href="#b">Two</a></p><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>
</table><h2 id="b">Two</h2>"""


@pytest.fixture(scope="module")
def packed(neutral: Path, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder dist/ of a course that was packed where there is a browser."""
    folder = tmp_path_factory.mktemp("packed")
    shutil.copytree(site, folder / "site")
    places = ["--site-dir", str(folder / "site"), "--dist-dir", str(folder / "dist")]
    with chdir(neutral):  # where the build left the book's pages
        done = CliRunner().invoke(main, ["pack", *places])
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    return folder / "dist"


@pytest.fixture(scope="module")
def book(packed: Path) -> PdfReader:
    return PdfReader(packed / f"{NAME}.pdf")


def test_the_pdf_is_tagged_and_tells_title_language_and_day(book):
    root = book.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert book.metadata.title == "Reading a map"
    assert (book.metadata.creation_date.hour, book.metadata.creation_date.minute) == (0, 0)


def test_the_bookmarks_name_the_parts_and_the_modules(book):
    titles = [entry.title for entry in flat(book.outline)]
    assert [title for title in titles if title in PARTS] == PARTS
    assert titles.index("Modules") < titles.index("Scale") < titles.index("Cases")


def test_every_page_but_the_first_has_its_number(book):
    for number in (2, 5, len(book.pages)):
        assert str(number) in book.pages[number - 1].extract_text().splitlines()
    assert "1" not in book.pages[0].extract_text().splitlines()


def test_links_inside_stay_inside(book):
    for page in book.pages:
        for note in page.get("/Annots", ()):
            action = note.get_object().get("/A", {})
            assert not str(action.get("/URI", "")).startswith("file:")


def test_the_site_lists_the_pdf_and_its_app_knows_the_list(packed):
    page = (packed.parent / "site" / "offline.html").read_text("utf-8")
    assert f'href="downloads/{NAME}.pdf"' in page
    assert not list((packed.parent / "site").rglob(".book*"))


def test_the_same_page_is_printed_to_the_same_bytes(tmp_path):
    page = tmp_path / "small.html"
    page.write_text(SMALL)
    for name in ("one.pdf", "two.pdf"):
        pdf.write(find_browser(), page, tmp_path / name, "2026-11-22")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def flat(outline: list) -> Iterator[Destination]:
    for entry in outline:
        yield from flat(entry) if isinstance(entry, list) else [entry]


def test_a_full_protocol_is_one_page(browser):
    """Every kind of question, ten judges, and forty students with long names near the mark."""
    kinds = dict.fromkeys(product(sheets.RELEVANCES, sheets.EASES), 1.5)
    cells = np.linspace(0.4, 0.9, 600).reshape(10, 60)
    found = methods.ebel(cells, [f"Judge Number {n}" for n in range(10)], 60, kinds)
    totals = np.round(found.mark + np.linspace(-2, 2, 40))
    scores = Scores([f"s{n} Firstname Lastname" for n in range(1000, 1040)], totals, 60, 2.5)
    page = browser.new_page()
    page.set_content(protocol.as_html(found, impact(found, scores), "Final examination"))
    made = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(PdfReader(io.BytesIO(made)).pages) == 1
