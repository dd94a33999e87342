"""Pages that promise to print on one side of paper do."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["summary.html", "leaflet.html"])
def test_a_sheet_prints_on_one_side(open_page, name, paper):
    pages = PdfReader(BytesIO(open_page(name).pdf(format=paper))).pages
    assert len(pages) == 1


def test_the_summary_has_a_figure_with_its_credit(open_page):
    figure = open_page("summary.html").locator("figure")
    image = figure.locator("img")
    image.scroll_into_view_if_needed()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert "squeezed" in image.get_attribute("alt")
    assert "BodyParts3D" in figure.locator("figcaption").inner_text()
