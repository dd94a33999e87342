"""Markdown in pages and in the text fields of questions: citations, terms, abbreviations, links.

One Markdown extension serves both, so that `[@key]` and a glossary term mean the same everywhere.
Most text fields hold no markup at all; they are only escaped, which is what keeps builds fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from viva.course.glossary import Term, abbreviations
from viva.course.pages import CITATION
from viva.course.references import Bibliography

FIELD_EXTENSIONS = ["tables", "sane_lists", "attr_list", "pymdownx.caret", "pymdownx.tilde"]
PLAIN = re.compile(r"[^*_`\[\]<>&^~|\\#!{}\n+=]*")
# Emphasis around whole words and nothing else: what most marked-up fields hold. Converted here, it
# costs a hundredth of a run of the Markdown library, which gives the same HTML.
EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,2})(?=[\w(])([^*_`\[\]<>&^~|\\#!{}\n+=]*[\w).,;:?%°])\1(?![\w*])"
)
LIST_START = re.compile(r"\s*(?:[-+*]|\d+[.)])\s")
NOT_EXPLAINED = {"a", "abbr", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "script"}
BLOCKS = (
    *("table", "indent", "code", "hashheader", "setextheader", "hr"),
    *("olist", "ulist", "quote", "reference"),
)
TAG = re.compile(r"(<[^>]*>)")


@dataclass
class Where:
    """The page being rendered; its path to the site's root starts every link that we make."""

    root: str = ""
    is_glossary: bool = False


class CourseMarkdown(Extension):
    """Citations and glossary for Python-Markdown. `where` is changed from page to page."""

    def __init__(self, bibliography: Bibliography, terms: tuple[Term, ...], where: Where) -> None:
        super().__init__()
        self.bibliography, self.terms, self.where = bibliography, terms, where

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        """Register both processors."""
        citations = Citations(rf"[ \t]*{CITATION.pattern}", md)
        citations.bibliography, citations.where = self.bibliography, self.where
        md.inlinePatterns.register(citations, "viva-citations", 175)
        md.treeprocessors.register(Terms(md, self.terms, self.where), "viva-terms", 15)


class Citations(InlineProcessor):
    """`[@key; @other]` becomes numbers that link to the references page."""

    bibliography: Bibliography
    where: Where

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        """A <sup> of links; an unknown key is left as its author wrote it (and reported)."""
        keys = [part.strip().removeprefix("@") for part in m[1].split(";")]
        if any(key not in self.bibliography.references for key in keys):
            return None, None, None
        sup = ElementTree.Element("sup", {"class": "viva-cites"})
        for number, key in enumerate(keys):
            reference = self.bibliography.references[key]
            if number:
                sup[-1].tail = ","
            href = f"{self.where.root}references.md#{reference.anchor}"
            title = reference.text
            link = {"class": "viva-cite", "href": href, "title": title}
            ElementTree.SubElement(sup, "a", link).text = str(reference.number)
        return sup, m.start(0), m.end(0)


class Terms(Treeprocessor):
    """A term's first use on a page links to its definition; an abbreviation's spells it out."""

    def __init__(self, md: markdown.Markdown, terms: tuple[Term, ...], where: Where) -> None:
        super().__init__(md)
        self.terms, self.where = terms, where
        self.by_name = {term.name.lower(): term for term in terms}
        self.by_short = {term.short: term for term in terms if term.short}
        names = [*(re.escape(name) for name in self.by_name), *map(re.escape, self.by_short)]
        names.sort(key=len, reverse=True)
        self.pattern = re.compile(rf"\b({'|'.join(names)})\b", re.IGNORECASE) if names else None

    def run(self, root: ElementTree.Element) -> None:
        """Explain terms in running text, once each; on the glossary itself give them anchors."""
        if self.where.is_glossary:
            self._anchor(root)
        elif self.pattern:
            self._explain(root, set())

    def _anchor(self, root: ElementTree.Element) -> None:
        names = {term.title: term for term in self.terms}
        for entry in root.iter("dt"):
            term = names.get(" ".join("".join(entry.itertext()).split()))
            if term:
                entry.set("id", term.anchor)

    def _explain(self, parent: ElementTree.Element, used: set[str]) -> None:
        parent.text, made = self._pieces(parent.text, used)
        children = list(parent)
        for child in reversed(made):
            parent.insert(0, child)
        for child in children:
            if child.tag not in NOT_EXPLAINED:
                self._explain(child, used)
            child.tail, made = self._pieces(child.tail, used)
            place = list(parent).index(child) + 1
            for offset, new in enumerate(made):
                parent.insert(place + offset, new)

    def _pieces(
        self, text: str | None, used: set[str]
    ) -> tuple[str | None, list[ElementTree.Element]]:
        """Text before the first new term, then the terms as elements with the text after each."""
        assert self.pattern is not None
        start, made, first = 0, list[ElementTree.Element](), text
        for found in self.pattern.finditer(text or ""):
            element = self._element(found[0], used)
            if element is None:
                continue
            before = found.string[start : found.start()]
            if made:
                made[-1].tail = before
            else:
                first = before
            made.append(element)
            start = found.end()
        if made and text:
            made[-1].tail = text[start:]
        return first, made

    def _element(self, word: str, used: set[str]) -> ElementTree.Element | None:
        if word in self.by_short and word not in used:
            used.add(word)
            element = ElementTree.Element("abbr", {"title": self.by_short[word].name})
        elif word.lower() in self.by_name and word.lower() not in used:
            used.add(word.lower())
            term = self.by_name[word.lower()]
            href = f"{self.where.root}glossary.md#{term.anchor}"
            link = {"class": "viva-term", "href": href, "title": term.definition}
            element = ElementTree.Element("a", link)
        else:
            return None
        element.text = word
        return element


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
    """Markdown for text fields of questions. `url` turns a path under docs/ into a link."""

    def __init__(
        self, bibliography: Bibliography, terms: tuple[Term, ...], url: Callable[[str], str]
    ) -> None:
        course = CourseMarkdown(bibliography, (), Where())
        self.md = markdown.Markdown(extensions=[*FIELD_EXTENSIONS, course])
        self.line = markdown.Markdown(extensions=[*FIELD_EXTENSIONS, course])
        _keep_only_paragraphs(self.line)
        for md in (self.md, self.line):
            md.treeprocessors.register(Links(md, url), "viva-links", 0)
        self.short = abbreviations(terms)
        names = "|".join(re.escape(name) for name in sorted(self.short, key=len, reverse=True))
        self.pattern = re.compile(rf"(?<![\w-])({names})(?![\w-])") if names else None

    def inline(self, text: str) -> str:
        """HTML without a block around it, for a legend or a label."""
        html = self._html(text, self.line)
        return html.removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "<br><br>")

    def block(self, text: str) -> str:
        """HTML of whole paragraphs."""
        return self._html(text, self.md)

    def _html(self, text: str, md: markdown.Markdown) -> str:
        simple = EMPHASIS.sub("", text) if "*" in text else text
        if PLAIN.fullmatch(simple) and not LIST_START.match(text):
            html = f"<p>{EMPHASIS.sub(_emphasis, text).strip()}</p>"
        else:
            html = md.reset().convert(text)
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


def _keep_only_paragraphs(md: markdown.Markdown) -> None:
    """A text such as `- 5 mm` or `1. rib` is a line of text where only a line can stand."""
    for name in BLOCKS:
        md.parser.blockprocessors.deregister(name, strict=False)


def _emphasis(found: re.Match[str]) -> str:
    name = "strong" if found[1] == "**" else "em"
    return f"<{name}>{found[2]}</{name}>"
