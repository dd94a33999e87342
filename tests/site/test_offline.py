"""The zip holds the whole course, and its links lead somewhere when it is unpacked."""

from __future__ import annotations

import subprocess
import sys
from zipfile import ZipFile

import pytest

NAME = "ischiofemoral-impingement"
VIVA = (sys.executable, "-c", "from viva.cli import main; main()")


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
    assert differing == {f"{NAME}/offline.html"}


def test_pack_puts_the_downloads_into_dist(site, tmp_path):
    command = [*VIVA, "pack", "--site-dir", str(site), "--dist-dir", str(tmp_path / "dist")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"{NAME}-offline.zip" in done.stdout
    made = tmp_path / "dist" / f"{NAME}-offline.zip"
    assert made.read_bytes() == (site / "downloads" / made.name).read_bytes()


def test_pack_says_when_there_is_nothing_to_pack(tmp_path):
    command = [*VIVA, "pack", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "docs/offline.md" in done.stderr
