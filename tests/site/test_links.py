"""Every address in the course leads somewhere on disk, and none leads to another host."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

CSS_ADDRESS = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])([^"')]+)""")
LOADING = {"img", "script", "link", "iframe", "source", "video", "audio", "object", "embed"}


def test_every_internal_address_resolves(pages):
    faults = [
        f"{page.name}: {address}"
        for page in pages
        for _, address in page.addresses()
        if not _is_outside(address) and not _resolves(page.site, page.path, address)
    ]
    assert not faults


def test_nothing_is_loaded_from_another_host(pages):
    faults = [
        f"{page.name}: {tag}"
        for page in pages
        for tag, address in page.addresses()
        if tag.name in LOADING and _is_outside(address)
    ]
    assert not faults


def test_links_outside_stand_only_in_lists_of_references(pages):
    faults = [
        f"{page.name}: {address}"
        for page in pages
        for tag, address in page.addresses()
        if tag.name == "a" and _is_outside(address) and not _in_references(tag)
    ]
    assert not faults


def test_styles_load_only_local_files(site, pages):
    sheets = [(path, path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.css"))]
    inline = [
        (page.path, style)
        for page in pages
        for style in [
            *(tag.get_text() for tag in page.soup.find_all("style")),
            *(str(tag["style"]) for tag in page.soup.find_all(style=True)),
        ]
    ]
    faults = [
        f"{path.relative_to(site)}: {address}"
        for path, style in sheets + inline
        for address in CSS_ADDRESS.findall(style)
        if not address.startswith("data:")
        and (_is_outside(address) or not _resolves(site, path, address))
    ]
    assert not faults


def _is_outside(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def _in_references(tag: Tag) -> bool:
    return tag.find_parent(class_="viva-references") is not None


def _resolves(site: Path, page: Path, address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme == "data" or (page.name == "404.html" and parts.path.startswith("../")):
        return True
    target = page if not parts.path else _target(site, page, unquote(parts.path))
    return target.is_file() and (not parts.fragment or unquote(parts.fragment) in _anchors(target))


def _target(site: Path, page: Path, path: str) -> Path:
    # Only the page for lost readers has addresses from the root, or above: it is shown at any depth.
    if path.startswith("/"):
        return site / path.lstrip("/") if page.name == "404.html" else site / "absolute address"
    return (page.parent / path).resolve()


@cache
def _anchors(path: Path) -> frozenset[str]:
    if path.suffix not in (".html", ".svg"):
        return frozenset()
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    return frozenset(str(tag["id"]) for tag in soup.find_all(id=True))
