"""What a page says of its images before they have come."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from viva.site import images

SVG = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="640" height="570.5">'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The place of the page docs/modules/a.md, with an image of each kind in docs/."""
    (tmp_path / "a.svg").write_text(SVG, "utf-8")
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 780, 1200)
    (tmp_path / "b.png").write_bytes(header)
    (tmp_path / "c.svg").write_text("<svg>", "utf-8")
    return tmp_path / "modules"


def prepared(article: str, folder: Path) -> str:
    return images.prepared(f"<article>{article}", folder).removeprefix("<article>")


def test_local_images_say_their_size(folder):
    assert (
        prepared('<img alt="A" src="../a.svg#x" />', folder)
        == '<img alt="A" src="../a.svg#x" width="640" height="570.5" />'
    )
    assert (
        prepared('<img src="../b.png">', folder) == '<img src="../b.png" width="780" height="1200">'
    )


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="../c.svg">',
        '<img src="../nothing.svg">',
        '<img src="https://e.org/a.svg">',
        '<img src="../a.svg" width="20">',
        '<img src="data:image/png;base64,AA.png">',
    ],
)
def test_an_image_of_unknown_size_stays_as_it_is(folder, tag):
    assert prepared(tag, folder) == tag


def test_all_but_the_first_image_of_the_article_load_late(folder):
    html = (
        '<header><img src="m.svg"></header><article><img src="1.gif"><img src="2.gif" /></article>'
    )
    assert images.prepared(html, folder) == html.replace('2.gif"', '2.gif" loading="lazy"')
    own = '<img src="1.gif"><img loading="eager" src="2.gif">'
    assert prepared(own, folder) == own
