"""Pages that are converted when the course is read are not converted again by MkDocs.

What a page says of itself, such as its headings, is asked before MkDocs knows the other files, on
which the addresses of links hang: these are left open, and filled in as soon as they are known.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import markdown
from markdown.serializers import to_xhtml_string
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from viva.course.directives import ASKING, Directive, Found, Marked
from viva.course.outline import MARK
from viva.engines.mkdocs.conversion import LOG, is_sure, shape
from viva.site import embed

OPEN = "\x02viva:{}\x03"
OPENED = re.compile(r"\x02viva:(\d+)\x03")
ADDRESSES = {"a": "href", "img": "src"}
APART = re.compile(r"([ ]*\n){2}")
BETWEEN = "\0"
"""What stands for a directive in a text by which a page is found."""


@dataclass(frozen=True)
class Made:
    """A page's HTML, and what MkDocs takes of its conversion."""

    html: str
    contents: list[Any]
    title: str | None
    anchors: frozenset[str]
    addresses: tuple[str, ...]
    """All of them, in order; those in the HTML that hang on other files are numbers of these."""
    marks: tuple[str, ...]
    """What stands in the places of directives, in order."""


class Early:
    """Converts pages as MkDocs will, with the settings that it has so far."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config, self._shape = config, shape(config)
        self._sure = all(map(is_sure, config.markdown_extensions))
        self._markdown: markdown.Markdown | None = None
        self._made: dict[str, Made] = {}

    def html(self, text: str) -> str | None:
        """The HTML of a page's Markdown, kept for MkDocs; None where that cannot be."""
        if not self._sure:
            return None
        text = text.lstrip("\n")
        try:
            made = self._converted(text)
        except ValueError:  # an address that no program can read: others say so
            return None
        if len(OPENED.findall(made.html)) != sum(map(_is_open, made.addresses)):
            return None  # an extension has looked at them
        self._made[MARK.sub(BETWEEN, text)] = made
        return made.html

    def give(self) -> dict[str, Made]:
        """What was kept since it was last asked, for another process."""
        made, self._made = self._made, {}
        return made

    def take(self, kept: Mapping[str, Made]) -> None:
        """Keep what another process has given."""
        self._made.update(kept)

    def _converted(self, text: str) -> Made:
        md = self.ready(
            extensions=self._config.markdown_extensions,
            extension_configs=self._config.mdx_configs or {},
        )
        raw, title, links = (
            pages._RawHTMLPreprocessor(), pages._ExtractTitleTreeprocessor(), _Addresses()
        )
        ids = pages._ExtractAnchorsTreeprocessor(None, None, None)  # type: ignore[arg-type]
        for one in (raw, ids, title):
            one._register(md)
        md.treeprocessors.register(links, "relpath", 0)  # in the place of MkDocs' own
        return Made(
            html=md.convert(text),
            contents=getattr(md, "toc_tokens", []),
            title=title.title,
            anchors=frozenset(raw.present_anchor_ids | ids.present_anchor_ids),
            addresses=tuple(links.found),
            marks=tuple(MARK.findall(text)),
        )

    def ready(self, **settings: Any) -> markdown.Markdown:
        """The Markdown library with these settings; made once, which is enough."""
        if self._markdown is None:
            self._markdown = markdown.Markdown(**settings)
        return self._markdown.reset()

    def settle(self, config: MkDocsConfig) -> None:
        """Nothing counts that was made before another plugin has changed the settings."""
        if shape(config) != self._shape:
            self._markdown, self._made = None, {}

    def stage(self, marked: Marked, staged: str) -> None:
        """Let a page be found by what its Markdown has become, if only questions have come in."""
        found = self._made.pop(_key(marked), None)
        html = found and _with_questions(found, marked)
        if found and html:
            self._made[staged] = replace(found, html=html)

    def render(self, page: Page, config: MkDocsConfig, files: Files) -> bool:
        """Give a page what was made of its Markdown; whether there was anything."""
        found = self._made.pop(page.markdown or "", None)
        if found is None:
            return False
        links = pages._RelativePathTreeprocessor(page.file, files, config)
        urls = [links.path_to_url(one) for one in found.addresses]
        page.content = OPENED.sub(lambda one: _attribute(urls[int(one[1])]), found.html)
        page.toc = get_toc(found.contents)
        page._title_from_render = found.title
        page.present_anchor_ids = set(found.anchors)
        if LOG.getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors
        return True


class _Addresses(Treeprocessor):
    """Leaves addresses open that hang on other files."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def run(self, root: Element) -> None:
        for element in root.iter():
            name = ADDRESSES.get(element.tag)
            if name is None:
                continue
            url = element.get(name, "")
            if _is_open(url):
                element.set(name, OPEN.format(len(self.found)))
            self.found.append(url)


def _is_open(url: str) -> bool:
    """Whether an address may lead to a file of the course."""
    scheme, host, path, *_ = urlsplit(url)
    return bool(path) and not (scheme or host or AMP_SUBSTITUTE in url)


def _attribute(url: str) -> str:
    """An address as the Markdown library writes it into a tag."""
    return to_xhtml_string(Element("a", {"href": url})).split('"')[1]


def _key(marked: Marked) -> str:
    """What a page is found by whose questions are not yet in it."""
    text, pieces = marked.text, []
    start = 0
    for one in marked.found:
        pieces.append(text[start : one.start])
        start = one.start + len(one.text)
    return BETWEEN.join([*pieces, text[start:]]).lstrip("\n")


def _with_questions(made: Made, marked: Marked) -> str | None:
    """The HTML with a placeholder for each directive; None where it holds anything else."""
    html: str | None = made.html
    for mark, found in zip(made.marks, marked.found, strict=True):
        one = found.meant()
        if not (isinstance(one, Directive) and one.mode in ASKING and _is_apart(found, marked)):
            return None
        html = embed.in_place(html, mark, one) if html else None
    return html and html.strip()


def _is_apart(found: Found, marked: Marked) -> bool:
    """Whether empty lines stand around a directive; the library keeps one behind raw HTML."""
    before, after = marked.text[: found.start], marked.text[found.start + len(found.text) :]
    return (not before.strip("\n") or before.endswith("\n\n")) and bool(APART.match(f"{after}\n\n"))
