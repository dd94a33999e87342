"""The pages of a built course, parsed, and what each of them owes its reader.

A rule says what is wrong, page by page; it holds for every course.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from viva.formulas.marked import STYLES

CSS_ADDRESS = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])([^"')]+)""")
CSS_DATA = re.compile(r"""url\(\s*(["'])data:.*?\1\s*\)""", re.DOTALL)
"""A picture inside a style, which may have addresses within itself."""
LOADING = {"img", "script", "link", "iframe", "source", "video", "audio", "object", "embed"}


@dataclass(frozen=True)
class Page:
    """One HTML file of the built course; faults are reported under its name."""

    site: Path
    path: Path

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.path.read_text(encoding="utf-8"), "html.parser")

    @property
    def name(self) -> str:
        return self.path.relative_to(self.site).as_posix()

    @cached_property
    def ids(self) -> list[str]:
        return [str(tag["id"]) for tag in self.soup.find_all(id=True)]

    @property
    def has_question(self) -> bool:
        return bool(self.soup.find(["viva-question", "viva-quiz"]))

    def addresses(self) -> Iterator[tuple[Tag, str]]:
        """Every address that the page links to or loads, with its tag."""
        for attribute in ("href", "src", "poster", "data", "action"):
            for tag in self.soup.find_all(attrs={attribute: True}):
                yield tag, str(tag[attribute])
        for tag in self.soup.find_all(srcset=True):
            for candidate in str(tag["srcset"]).split(","):
                yield tag, candidate.split()[0]


def pages_of(site: Path) -> list[Page]:
    """Every page of a site."""
    found = [Page(site, path) for path in sorted(site.rglob("*.html"))]
    assert found
    return found


def has_one_heading_of_the_first_level(pages: list[Page]) -> list[str]:
    return [page.name for page in pages if len(page.soup.find_all("h1")) != 1]


def says_its_language(pages: list[Page]) -> list[str]:
    return [page.name for page in pages if page.soup.html.get("lang") != "en"]


def has_a_title_of_its_own(pages: list[Page]) -> list[str]:
    titles = Counter(page.soup.title.get_text(strip=True) for page in pages)
    return [title for title, count in titles.items() if count > 1 or not title]


def has_a_description_of_its_own(pages: list[Page]) -> list[str]:
    descriptions = Counter(
        tag["content"] if (tag := page.soup.find("meta", attrs={"name": "description"})) else ""
        for page in pages
    )
    return [text for text, count in descriptions.items() if count > 1 or not text.strip()]


def has_a_text_for_every_image(pages: list[Page]) -> list[str]:
    return [
        f"{page.name}: {image.get('src')}"
        for page in pages
        for image in page.soup.find_all("img")
        if not image.get("alt", "").strip()
    ]


def says_the_size_of_every_drawing(pages: list[Page]) -> list[str]:
    return [
        f"{page.name}: {image['src']}"
        for page in pages
        for image in page.soup.find_all("img", src=True)
        if ".svg" in image["src"] and not (image.get("width") and image.get("height"))
    ]


def uses_no_id_twice(pages: list[Page]) -> list[str]:
    return [
        f"{page.name}: {name}"
        for page in pages
        for name, count in Counter(page.ids).items()
        if count > 1
    ]


def has_a_control_for_every_label(pages: list[Page]) -> list[str]:
    return [
        f"{page.name}: {label['for']}"
        for page in pages
        for label in page.soup.find_all("label", attrs={"for": True})
        if label["for"] not in page.ids
    ]


def skips_no_level_of_headings(pages: list[Page]) -> list[str]:
    faults = []
    for page in pages:
        levels = [int(tag.name[1]) for tag in page.soup.article.find_all(["h1", "h2", "h3", "h4"])]
        if any(after > before + 1 for before, after in pairwise(levels)):
            faults.append(f"{page.name}: {levels}")
    return faults


EVERYWHERE = ("assets/viva/shell.js", "study/today.js", "study/store.js", "study/reading.js")
"""The search, what is next, and that a module was read: a few kilobytes."""

OF_FORMULAS = tuple(f"assets/viva/{name}" for name in STYLES)
"""The look of formulas, where there is one."""


def carries_code_for_questions_only_where_it_asks(pages: list[Page]) -> list[str]:
    return [
        f"{page.name}: {address}"
        for page in pages
        if not page.has_question and not page.name.startswith("study/")
        for tag, address in page.addresses()
        if tag.name in ("script", "link") and "assets/viva/" in address
        if not address.endswith(EVERYWHERE)
        and not (page.soup.find("math") and address.endswith(OF_FORMULAS))
    ]


def opens_with_its_objectives_if_it_is_a_module(pages: list[Page]) -> list[str]:
    modules = [page for page in pages if page.name.startswith("modules/")]
    assert modules
    return [page.name for page in modules if not page.soup.select(".viva-opening li")]


def links_to_nothing_that_is_missing(pages: list[Page]) -> list[str]:
    return [
        f"{page.name}: {address}"
        for page in pages
        for _, address in page.addresses()
        if not _is_outside(address) and not _resolves(page.site, page.path, address)
    ]


def loads_nothing_from_another_host(pages: list[Page]) -> list[str]:
    return [
        f"{page.name}: {tag}"
        for page in pages
        for tag, address in page.addresses()
        if tag.name in LOADING and _is_outside(address)
    ]


def links_outside_only_from_lists_of_references(pages: list[Page]) -> list[str]:
    outside = [
        (page, tag, address)
        for page in pages
        for tag, address in page.addresses()
        if tag.name == "a" and _is_outside(address)
    ]
    assert outside, "a course whose sources have addresses"
    return [f"{page.name}: {address}" for page, tag, address in outside if not _in_references(tag)]


def has_styles_that_load_only_local_files(pages: list[Page]) -> list[str]:
    site = pages[0].site
    return [
        f"{path.relative_to(site)}: {address}"
        for path, style in _styles(site, pages)
        for address in CSS_ADDRESS.findall(CSS_DATA.sub("", style))
        if not address.startswith("data:")
        and (_is_outside(address) or not _resolves(site, path, address))
    ]


OWED = (
    has_one_heading_of_the_first_level,
    says_its_language,
    has_a_title_of_its_own,
    has_a_description_of_its_own,
    has_a_text_for_every_image,
    says_the_size_of_every_drawing,
    uses_no_id_twice,
    has_a_control_for_every_label,
    skips_no_level_of_headings,
    carries_code_for_questions_only_where_it_asks,
    opens_with_its_objectives_if_it_is_a_module,
    links_to_nothing_that_is_missing,
    loads_nothing_from_another_host,
    links_outside_only_from_lists_of_references,
    has_styles_that_load_only_local_files,
)


def _styles(site: Path, pages: Iterable[Page]) -> Iterator[tuple[Path, str]]:
    """Every style sheet and every style in a page, with the file that it stands in."""
    for path in sorted(site.rglob("*.css")):
        yield path, path.read_text(encoding="utf-8")
    for page in pages:
        for tag in page.soup.find_all("style"):
            yield page.path, tag.get_text()
        for tag in page.soup.find_all(style=True):
            yield page.path, str(tag["style"])


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
