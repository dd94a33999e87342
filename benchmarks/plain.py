"""The same texts as pages of plain Material: what a course's pages would cost without viva.

Of each built page its article is taken, without anything that is not text, table, list, link or
figure; the key and the options of its questions stay as text. The theme makes a site of these as it
comes: no plugin but the search, no script or style of ours.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, Tag

KEPT = """
    h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd blockquote pre code table caption thead tbody tr th td a b
    i em strong sub sup small mark abbr figure figcaption img details summary hr br div
"""
ATTRIBUTES = "href src alt id scope colspan rowspan title width height"
GONE = "script, style, template, svg, input, select, button, textarea, [hidden], .headerlink"


def build(site: Path, names: list[str], folder: Path) -> Path:
    """A site of plain Material in `folder` with the texts of these pages of a built course."""
    docs = folder / "docs"
    for picture in (site / "assets").rglob("*"):
        if picture.suffix in {".svg", ".png", ".webp", ".jpg"}:
            target = docs / picture.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, target)
    for name in names:
        page = docs / Path(name).with_suffix(".md")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_text((site / name).read_text(encoding="utf-8")), encoding="utf-8")
    settings = {
        "site_name": "Plain",
        "use_directory_urls": False,
        "theme": {"name": "material", "font": False},
        "validation": {"links": {"not_found": "ignore", "anchors": "ignore"}},
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=folder, check=True, env=environment)
    return folder / "site"


def _text(html: str) -> str:
    """A page's article as Markdown that is HTML, with its description."""
    soup = BeautifulSoup(html, "html.parser")
    article = soup.find("article")
    assert isinstance(article, Tag)
    for hidden in article.find_all("noscript"):  # the key
        hidden.unwrap()
    for tag in article.select(GONE):
        tag.decompose()
    kept, attributes = KEPT.split(), ATTRIBUTES.split()
    for tag in article.find_all(True):
        tag.name = {"legend": "p", "label": "p"}.get(tag.name, tag.name)
        if tag.name not in kept:
            tag.unwrap()
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in attributes}
    meta = soup.find("meta", attrs={"name": "description"})
    described = yaml.safe_dump({"description": meta["content"] if isinstance(meta, Tag) else ""})
    body = "\n".join(line for line in article.decode_contents().splitlines() if line.strip())
    return f"---\n{described}---\n\n<div>\n{body}\n</div>\n"
