"""The zip holds the whole course, and its links lead somewhere when it is unpacked."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest

import commands

NAME = "reading-a-map"


@pytest.fixture(scope="module")
def packed(site):
    with ZipFile(site / "downloads" / f"{NAME}-offline.zip") as file:
        yield file


def test_the_zip_holds_every_page_and_all_that_it_loads(site, packed):
    inside = {name.removeprefix(f"{NAME}/") for name in packed.namelist()}
    outside = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    left_out = {name for name in outside - inside if not name.endswith(".map")}
    assert not {name for name in left_out if not name.startswith("downloads/")}
    assert inside <= outside


def test_the_zip_differs_from_the_site_only_where_it_tells_of_itself(site, packed):
    differing = {
        name
        for name in packed.namelist()
        if packed.read(name) != (site / name.removeprefix(f"{NAME}/")).read_bytes()
    }
    assert differing == {f"{NAME}/{name}" for name in ("offline.html", "sw.js", "app.json")}


def test_the_app_knows_every_file_that_a_page_loads_as_it_is(site, pages):
    kept = listed(site)
    assert {name: digest(site / name) for name in kept} == kept
    loaded = {
        name
        for page in pages
        if page.name != "404.html"  # it leads out of its folder, for nobody knows how deep it is
        for tag, address in page.addresses()
        if (name := inside(page, tag, address))
    }
    assert loaded <= kept.keys()


def test_the_worker_in_the_zip_knows_the_files_in_the_zip(packed, tmp_path):
    packed.extractall(tmp_path)
    kept = listed(tmp_path / NAME)
    assert {name: digest(tmp_path / NAME / name) for name in kept} == kept


def listed(site: Path) -> dict[str, str]:
    text = (site / "sw.js").read_text("utf-8").removeprefix("const COURSE = ")
    return json.JSONDecoder().raw_decode(text)[0]["files"]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def inside(page, tag, address: str) -> str:
    """The file that an address of a page names, unless it is a download or another host's."""
    parts = urlsplit(address)
    if page.name == "404.html":  # it is shown at any depth, and may look above the site
        return ""
    if parts.scheme or tag.has_attr("download") or not parts.path or parts.path.startswith("/"):
        return ""
    return (page.path.parent / unquote(parts.path)).resolve().relative_to(page.site).as_posix()


def test_pack_puts_the_downloads_into_dist_even_without_a_browser(site, tmp_path):
    copy = shutil.copytree(site, tmp_path / "site")
    surroundings = os.environ | {"VIVA_BROWSER": "no-such-browser"}
    done = commands.viva("pack", "--site-dir", copy, "--dist-dir", tmp_path / "dist", env=surroundings)
    assert done.returncode == 0
    assert done.stderr.startswith("The PDF is left out: no Chromium")
    assert done.stderr.count("\n") == 1
    made = sorted((tmp_path / "dist").glob("[!.]*"))
    assert done.stdout.split() == [str(path) for path in made]
    assert [path.name for path in made] == [f"{NAME}-offline.zip", f"{NAME}.epub"]
    assert all(path.read_bytes() == (site / "downloads" / path.name).read_bytes() for path in made)


def test_pack_says_when_there_is_nothing_to_pack(tmp_path):
    done = commands.viva("pack", "--site-dir", tmp_path)
    assert done.returncode == 1
    assert "nothing to pack" in done.stderr
    assert "(run: viva build)" in done.stderr
