"""What readers take along: packed alike every time, listed on its page."""

from __future__ import annotations

import os
from zipfile import ZIP_STORED, ZipFile

import pytest

from viva.offline import archive, downloads
from viva.offline.downloads import Target

FILES = {"b/index.html": b"<p>Hello" * 50, "a.css": b"p{}", "mimetype": b"x", "f.woff2": b"font"}


def test_the_same_files_make_the_same_zip_at_any_time(tmp_path):
    archive.write(tmp_path / "one.zip", FILES)
    archive.write(tmp_path / "two.zip", dict(reversed(FILES.items())))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_zip_keeps_every_byte_in_the_order_of_names(tmp_path):
    archive.write(tmp_path / "one.zip", FILES)
    with ZipFile(tmp_path / "one.zip") as packed:
        assert packed.namelist() == sorted(FILES)
        assert {name: packed.read(name) for name in FILES} == FILES
        assert {entry.external_attr >> 16 for entry in packed.infolist()} == {0o100644}


def test_the_first_file_is_first_and_not_compressed(tmp_path):
    archive.write(tmp_path / "one.zip", FILES, first="mimetype")
    with ZipFile(tmp_path / "one.zip") as packed:
        entry = packed.infolist()[0]
        assert (entry.filename, entry.compress_type, entry.extra) == ("mimetype", ZIP_STORED, b"")


@pytest.fixture
def target(tmp_path):
    site = tmp_path / "site"
    (site / "assets").mkdir(parents=True)
    (site / "offline.html").write_text("<h1>Along</h1><!-- downloads --><p>More.</p>")
    (site / "assets" / "site.css").write_text("p{}")
    (site / "assets" / "site.css.map").write_text("{}")
    return Target(site, "knees")


def test_the_zip_is_one_folder_without_downloads_and_source_maps(target):
    target.folder.mkdir()
    target.file(".pdf").write_bytes(b"%PDF")
    downloads.pack(target)
    with ZipFile(target.file("-offline.zip")) as packed:
        names = {name for name in packed.namelist() if name.startswith("knees/")}
        assert names == set(packed.namelist())
        assert "knees/assets/site.css" in names
        assert not [name for name in names if "downloads" in name or name.endswith(".map")]
        page = packed.read("knees/offline.html").decode()
    assert "You are reading the unpacked folder" in page
    assert "<a href" not in page


def test_packing_again_after_touching_every_file_gives_the_same_bytes(target):
    downloads.pack(target)
    before = target.file("-offline.zip").read_bytes()
    downloads.list_on_page(target)
    for path in target.site.rglob("*.*"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    downloads.pack(target)
    assert target.file("-offline.zip").read_bytes() == before


def test_the_page_lists_what_is_there_and_only_once(target):
    downloads.pack(target)
    for _ in range(2):
        downloads.list_on_page(target)
    page = (target.site / "offline.html").read_text()
    assert page.count('href="downloads/knees-offline.zip"') == 1
    assert page.startswith("<h1>Along</h1>")
    assert page.endswith("<p>More.</p>")


@pytest.mark.parametrize(("size", "told"), [(10, "0.1 MB"), (1_540_858, "1.5 MB")])
def test_sizes_are_told_in_megabytes(size, told):
    assert downloads.megabytes(size) == told
