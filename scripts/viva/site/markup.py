"""The text fields of questions as HTML: citations, abbreviations, links.

Most text fields hold no markup at all; they are only escaped, which is what keeps builds fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from xml.etree import ElementTree

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from viva.course import fields
from viva.course.conversion import Converter
from viva.course.directives import CITATION
from viva.course.glossary import Term, abbreviations
from viva.course.references import Bibliography, Reference
from viva.course.typed import EMPHASIS

BLOCK_START = re.compile(r"\s*(?:[-+*][ \t]|\d+[.)][ \t]|\?\?\?|///|:[ \t])")
TAG = re.compile(
    r'(<(?:span|div) class="arithmatex">.*?</(?:span|div)>|<[^>]*>)', re.DOTALL
)
"""What is no running text: tags, and formulas as a whole."""


def cites(found: Sequence[Reference], page: str | None) -> str:
    """The numbers of references, as links if there is a page that lists them.

    It is HTML that comes through Markdown unchanged.
    """
    return f'<sup class="viva-cites">{",".join(_number(one, page) for one in found)}</sup>'


def _number(one: Reference, page: str | None) -> str:
    href = f'href="{page}#{one.anchor}" ' if page else ""
    return f'<a class="viva-cite" {href}title="{_attribute(one.text)}">{one.number}</a>'


def _attribute(text: str) -> str:
    """Text for a tag's attribute inside Markdown, which reads some signs before it sees tags."""
    return re.sub(r"[^\w\s.,;:/()'’–-]", lambda found: f"&#{ord(found[0])};", text)


class Citations(InlineProcessor):
    """`[@key; @other]` in a text field becomes numbers that link to the references page."""

    bibliography: Bibliography
    page: str | None

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        """A <sup> of links; an unknown key is left as its author wrote it (and reported)."""
        known = self.bibliography.references
        keys = [part.strip().removeprefix("@") for part in m[1].split(";")]
        if any(key not in known for key in keys):
            return None, None, None
        sup = ElementTree.fromstring(cites([known[key] for key in keys], self.page))
        return sup, m.start(0), m.end(0)


class Links(Treeprocessor):
    """Links and images of a text field are relative to docs/; here they find their way."""

    def __init__(self, md: markdown.Markdown, url: Callable[[str], str]) -> None:
        super().__init__(md)
        self.url = url

    def run(self, root: ElementTree.Element) -> None:
        """Rewrite every relative address."""
        for element in root.iter():
            for name in ("href", "src"):
                target = element.get(name)
                if target and not re.match(r"[a-z][a-z0-9+.-]*:|#|//", target):
                    element.set(name, self.url(target))


class FieldMarkup:
    """Markdown for text fields of questions, with the extensions that the course's pages have.

    `url` turns a path under docs/ into a link.
    """

    def __init__(
        self,
        converter: Converter,
        bibliography: Bibliography,
        terms: tuple[Term, ...],
        url: Callable[[str], str],
        references: str | None = "references.md",
    ) -> None:
        self.md, self.line = fields.whole(converter), fields.line(converter)
        for md in (self.md, self.line):
            citations = Citations(rf"[ \t]*{CITATION.pattern}", md)
            citations.bibliography, citations.page = bibliography, references
            md.inlinePatterns.register(citations, "viva-citations", 175)
            md.treeprocessors.register(Links(md, url), "viva-links", 0)
        self.untouched = fields.untouched(converter)
        self.short = abbreviations(terms)
        names = "|".join(re.escape(name) for name in sorted(self.short, key=len, reverse=True))
        self.pattern = re.compile(rf"(?<![\w-])({names})(?![\w-])") if names else None

    def inline(self, text: str) -> str:
        """HTML without a block around it, for a legend or a label."""
        html = self._html(text, self.md if fields.may_be_block(text) else self.line)
        return html.removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "<br><br>")

    def block(self, text: str) -> str:
        """HTML of whole paragraphs."""
        return self._html(text, self.md)

    def _html(self, text: str, md: markdown.Markdown) -> str:
        simple, marked = EMPHASIS.subn("", text)
        if self.untouched and self.untouched.fullmatch(simple) and not BLOCK_START.match(text):
            html = f"<p>{(EMPHASIS.sub(_emphasis, text) if marked else text).strip()}</p>"
        else:
            html = fields.convert(text, md)
        return self._explained(html) if self.pattern and self.pattern.search(html) else html

    def _explained(self, html: str) -> str:
        """The first use of each abbreviation in the field is spelt out."""
        used: set[str] = set()
        return "".join(self._pieces(html, used))

    def _pieces(self, html: str, used: set[str]) -> Iterator[str]:
        assert self.pattern is not None

        def spell(found: re.Match[str]) -> str:
            if found[0] in used:
                return found[0]
            used.add(found[0])
            return f'<abbr title="{escape(self.short[found[0]])}">{found[0]}</abbr>'

        for piece in TAG.split(html):
            yield piece if piece.startswith("<") else self.pattern.sub(spell, piece)


def _emphasis(found: re.Match[str]) -> str:
    name = "strong" if found[1] else "em"
    return f"<{name}>{found[2]}</{name}>"
