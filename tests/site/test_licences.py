"""What others made, and where its licence stands in a site: found in the site, not in a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

import engines
from viva.build.licences import LINE

PACKAGE = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")
NAMED = re.compile(r"^Package: (\S+)@", re.MULTILINE)
COMMENT = re.compile(r"/\*!(.*?)\*/", re.DOTALL)
HEADING = re.compile(rf"^{LINE}\n(.+)\n{LINE}$", re.MULTILINE)
SPELT = {
    "clipboard.js": "clipboard",
    "Lunr languages": "lunr-languages",
    "Snowball": "lunr-languages",
    "lunr.": "lunr",
}
"""How comments in scripts name packages."""


def bundled(site: Path) -> Iterator[str]:
    """The packages in the theme's bundles, as their maps and their own lists name them."""
    for path in site.rglob("*.map"):
        for source in json.loads(path.read_text("utf-8"))["sources"]:
            yield from PACKAGE.findall(source)
    for path in site.glob("assets/javascripts/LICENSE"):
        yield from NAMED.findall(path.read_text("utf-8"))


def claimed(site: Path) -> Iterator[str]:
    """The packages that claim a copyright in a script's comment."""
    for path in site.rglob("assets/javascripts/**/*.js"):
        for comment in COMMENT.findall(path.read_text("utf-8")):
            words = " ".join(comment.replace("*", " ").split())
            if "opyright" in words or "icensed" in words:
                yield next((name for said, name in SPELT.items() if said in words), words.split()[0])


def vendored(site: Path) -> Iterator[str]:
    for path in site.rglob("vendored.json"):
        for package in json.loads(path.read_text("utf-8")):
            yield f"{package['package']} {package['version']}"


def headings(site: Path) -> dict[str, str]:
    """The names that the file of licences lists, each with its text."""
    text = (site / "licences.txt").read_text("utf-8-sig")
    parts = HEADING.split(text)[1:]
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


def test_everything_bundled_vendored_or_claimed_is_listed_with_its_text(site):
    listed = headings(site)
    found = {*bundled(site), *claimed(site), *vendored(site)}
    assert {"rxjs", "lunr", "lunr-languages", "clipboard"} <= found
    assert found <= listed.keys()
    assert all(len(listed[name]) > 200 for name in found)


def test_every_licence_that_lies_in_the_site_stands_in_the_list(site):
    texts = "\n".join(headings(site).values())
    found = [path for path in site.rglob("*LICEN[CS]E*") if path.is_file()]
    assert found
    for path in found:
        assert path.read_text("utf-8").strip() in texts, path


def test_icons_and_the_theme_are_listed(site):
    names = headings(site).keys()
    assert "material icons" in names
    assert [name for name in names if name.startswith("mkdocs-material ")]


def test_every_page_leads_to_the_list_and_the_zip_has_it(site, pages):
    for page in pages:
        if page.name != "404.html":
            assert page.soup.select_one("a[href$='licences.txt']"), page.name
    (packed,) = (site / "downloads").glob("*.zip")
    with ZipFile(packed) as file:
        inside = {name.partition("/")[2] for name in file.namelist()}
    assert "licences.txt" in inside


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
def test_other_engines_list_theirs(engine, tmp_path_factory):
    site = engines.new_site(tmp_path_factory, engine)
    listed = headings(site).keys()
    found = {*bundled(site), *claimed(site), *vendored(site)}
    assert found <= listed
    assert [name for name in listed if name.startswith(("mkdocs-materialx ", "zensical "))]
