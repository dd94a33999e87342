"""The text of questions as XHTML that every system takes: few tags, and those well-formed.

Markdown becomes HTML as on our own pages. A citation becomes “(Miller et al. 2015)”, a link to a
page of the course an absolute one where the course says its address, a picture what `place` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from html import escape, unescape
from typing import Any

import lxml.html
from lxml import etree
from markupsafe import Markup

from viva.base.words import Said
from viva.course.courses import Course
from viva.course.directives import CITATION
from viva.course.fields import may_be_block
from viva.course.references import Reference
from viva.formulas import marked, typed
from viva.site.blocks import is_running
from viva.site.markup import FieldMarkup
from viva.site.routes import Routes

INLINE = frozenset({"em", "strong", "sub", "sup", "code", "a", "img", "br"})
BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "pre", "blockquote", "dl", "dt", "dd", "hr"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
VOID = frozenset({"img", "br", "hr"})
WITHIN = {
    "li": {"ul", "ol"},
    "tr": {"table", "thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "thead": {"table"},
    "tbody": {"table"},
    "dt": {"dl"},
    "dd": {"dl"},
}
RENAMED = {"b": "strong", "i": "em", "details": "div", "summary": "p"} | {
    f"h{level}": "p" for level in range(1, 7)
}
DROPPED = {"script", "style", "template", "button", "svg", "math", "object", "iframe", "form"}
KEPT = {"a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}} | {
    "th": {"colspan", "rowspan"}
}
ELSEWHERE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
OURS = "viva:"
"""Marks an address under docs/ until it is known what becomes of it."""
CITES = "references.md"
SOUND = re.compile(r"(?:[^<&]|</?(?:p|em|strong)>|&(?:amp|lt|gt|quot|#\d+|#x[0-9a-fA-F]+);)*")
"""What the converter makes of most fields, and what needs no cleaning."""
BREAK = re.compile(r"</(?:p|li|div|tr|dt|dd|pre|blockquote)>\s*(?=\S)")
TAG = re.compile(r"<[^>]*>")


class Html:
    """The text fields of a course as XHTML.

    `place` gives the address of a picture under docs/ in the format, or None where it has none;
    `formulas` tells the formulas of HTML in another way than as TeX.
    """

    def __init__(
        self,
        course: Course,
        place: Callable[[str], str | None],
        formulas: Callable[[str], str] = str,
    ) -> None:
        self.course, self.place, self._formulas = course, place, formulas
        self.references = course.bibliography.references
        self.words = course.layout.settings.words
        self.markup = FieldMarkup(
            course.converter, course.bibliography, (), lambda url: f"{OURS}{url}", CITES
        )
        self.routes = Routes(course.layout.settings.use_directory_urls, frozenset(course.pages))

    def say(self, message: Said | str, /, **values: Any) -> str:
        """A message in the language of the course; HTML in its values stays."""
        return str(Markup(escape(self.words.say(str(message)), quote=False)).format(**values))

    def block(self, text: str | None) -> str:
        """Whole paragraphs; nothing for no text."""
        text = self._of_course(text)
        return self._made(text, self.markup.block(text)) if text else ""

    def _of_course(self, text: str | None) -> str | None:
        """What is ours rather than an author's, in the language of the course."""
        return self.words.tell(text) if isinstance(text, Said) else text

    def told(self, text: str | None) -> str:
        """What is said in a place that takes blocks: without a paragraph where it is one line."""
        text = self._of_course(text)
        if not text:
            return ""
        blocks = self.block(text) if may_be_block(text) else ""
        return blocks if blocks and not is_running(blocks) else self.line(text)

    def line(self, text: str | None) -> str:
        """One line, for places that take no blocks; what were blocks follow each other."""
        text = self._of_course(text)
        if not text:
            return ""
        if may_be_block(text):
            return _flat(self.block(text))
        return _flat(self._made(text, self.inline(text)))

    def inline(self, text: str) -> str:
        """As on our own pages, uncleaned."""
        return self.markup.inline(text).replace("<br><br>", "<br/><br/>")

    def plain(self, text: str | None) -> str:
        """The words alone, on one line."""
        text = self._of_course(text)
        told = self._worded.told(text) if text and typed.SIGNS.search(text) else self.told(text)
        found = TAG.sub("", BREAK.sub(lambda end: f"{end[0]} ", marked.in_line(told)))
        return " ".join(unescape(found).split())

    def is_words(self, text: str) -> bool:
        """Whether the words alone say all: no emphasis, no picture, no formula."""
        line = self.line(text)
        return not TAG.search(line) and " ".join(unescape(line).split()) == self.plain(text)

    @cached_property
    def _worded(self) -> Html:
        """The same texts with every formula as a line of text."""
        return Html(self.course, self.place, marked.words)

    def read(self, target: str | None) -> str:
        """The section to read again: a link where the course has an address, else its title."""
        if not target:
            return ""
        title = escape(self._titles.get(target, target), quote=False)
        href = self._absolute(target)
        return link(href, title) if href else title

    def sources(self, keys: Iterable[str]) -> str:
        """A list of the references behind what a question says; nothing for none."""
        known = [self.references[key] for key in dict.fromkeys(keys) if key in self.references]
        return bullets(self._clean(one.html) for one in sorted(known, key=_by_number))

    @cached_property
    def _titles(self) -> dict[str, str]:
        pages = self.course.pages.items()
        sections = {
            f"{path}#{anchor}": title
            for path, page in pages
            for anchor, title in page.headings.items()
        }
        return sections | {path: str(page.meta.get("title", "")) for path, page in pages}

    def _absolute(self, target: str) -> str | None:
        base = self.course.layout.settings.text("site_url")
        return base.rstrip("/") + "/" + self.routes.link(target, "") if base else None

    def _made(self, typed: str, html: str) -> str:
        """What the converter made of a field, cleaned unless it can only be clean."""
        html = self._formulas(html)
        return html if "<" not in typed and SOUND.fullmatch(html) else self._clean(html)

    def _clean(self, html: str) -> str:
        root = lxml.html.fragment_fromstring(html, create_parent="div")
        for element in list(root.iterdescendants()):
            self._settle(element)
        return inner(root)

    def _settle(self, element: lxml.html.HtmlElement) -> None:
        """Make an element one of those that are kept, or take it away and keep its text."""
        name = element.tag if isinstance(element.tag, str) else ""
        name = RENAMED.get(name, name)
        if not name or name in DROPPED or "footnote-backref" in element.get("class", ""):
            element.drop_tree()
        elif name == "sup" and "viva-cites" in element.get("class", ""):
            _say(element, f" ({self._cited(element)})")
        elif name not in INLINE | BLOCKS or _misplaced(element, name):
            element.drop_tag()
        else:
            element.tag = name
            self._attributes(element)

    def _cited(self, element: lxml.html.HtmlElement) -> str:
        keys = [one.get("href", "").rpartition("#ref-")[2] for one in element.iter("a")]
        return "; ".join(self.references[key].label for key in keys if key in self.references)

    def _attributes(self, element: lxml.html.HtmlElement) -> None:
        given = {name: element.get(name) for name in KEPT.get(element.tag, ())}
        element.attrib.clear()
        for name, value in sorted(given.items()):
            if value is not None and name != "src":
                element.set(name, value)
        if element.tag == "a":
            self._link(element)
        elif element.tag == "img":
            self._picture(element, given.get("src") or "")

    def _link(self, element: lxml.html.HtmlElement) -> None:
        href = element.get("href", "")
        if href.startswith(OURS):
            href = self._absolute(href.removeprefix(OURS)) or ""
        if ELSEWHERE.match(href):
            element.set("href", href)
        else:
            element.drop_tag()

    def _picture(self, element: lxml.html.HtmlElement, src: str) -> None:
        alt = element.get("alt", "")
        address = self.place(src.removeprefix(OURS)) if src.startswith(OURS) else None
        if address is None:
            _say(element, alt)
            return
        element.set("src", address)
        element.set("alt", alt)


def _by_number(one: Reference) -> int:
    return one.number


def _misplaced(element: lxml.html.HtmlElement, name: str) -> bool:
    parent = element.getparent()
    above = parent.tag if parent is not None else ""
    if name in WITHIN:
        return above not in WITHIN[name]
    return name in BLOCKS and (above in INLINE or above in {"p", "pre"})


def _say(element: lxml.html.HtmlElement, text: str) -> None:
    """Put a text in the place of an element."""
    before = element.getprevious()
    parent = element.getparent()
    text = text + (element.tail or "")
    if before is not None:
        if text.startswith(" (") and before.tail:
            before.tail = before.tail.rstrip()
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)


def inner(element: etree._Element) -> str:
    """What is inside an element, as XHTML that is HTML too: only what is void closes itself."""
    for one in element.iter():
        if one.tag not in VOID and not len(one):
            one.text = one.text or ""
    parts = (etree.tostring(child, encoding="unicode") for child in element)
    return escape(element.text or "", quote=False) + "".join(parts)


def _flat(html: str) -> str:
    """XHTML without its blocks."""
    if "<" not in html:
        return html
    broken = BREAK.sub(lambda end: f"{end[0]}<br/>", html)
    names = "|".join(sorted(BLOCKS))
    return re.sub(rf"</?(?:{names})(?:\s[^>]*)?/?>", "", broken).strip()


def cited(text: str) -> list[str]:
    """The keys of the references that a text cites."""
    found = (part for one in CITATION.finditer(text) for part in one[1].split(";"))
    return [part.strip().removeprefix("@") for part in found]


# XHTML from XHTML: all that formats need of tags.


def paragraph(*html: str) -> str:
    """A paragraph, unless there is nothing in it."""
    said = " ".join(part for part in html if part)
    return f"<p>{said}</p>" if said else ""


def bold(html: str) -> str:
    """In bold type."""
    return f"<strong>{html}</strong>" if html else ""


def bullets(items: Iterable[str]) -> str:
    """A list without an order, unless it is empty."""
    return _list("ul", items)


def numbered(items: Iterable[str]) -> str:
    """A list in order, unless it is empty."""
    return _list("ol", items)


def lettered(items: Iterable[str], letters: Iterable[str]) -> str:
    """Lines that begin with a letter each."""
    return "".join(paragraph(bold(f"{at}."), one) for at, one in zip(letters, items, strict=False))


def link(href: str, html: str) -> str:
    """A link."""
    return f'<a href="{escape(href)}">{html}</a>'


def image(src: str, alt: str) -> str:
    """A picture in a paragraph of its own."""
    return f'<p><img src="{escape(src)}" alt="{escape(alt)}"/></p>'


def text(words: str) -> str:
    """Words that are no markup."""
    return escape(words, quote=False)


def element(html: str, name: str = "div", namespace: str | None = None) -> etree._Element:
    """XHTML as elements inside one of a name."""
    space = f' xmlns="{namespace}"' if namespace else ""
    return etree.fromstring(f"<{name}{space}>{html}</{name}>")


def _list(name: str, items: Iterable[str]) -> str:
    rows = "".join(f"<li>{one}</li>" for one in items)
    return f"<{name}>{rows}</{name}>" if rows else ""
