"""The glossary in finished pages: the first use of a term on a page explains it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html import unescape

from viva.course.glossary import Term
from viva.course.outline import names

TAG = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)"
    r"(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
NOT_EXPLAINED = names(
    "a abbr button code dt h1 h2 h3 h4 h5 h6 kbd label math nav noscript option output pre samp "
    "script select style summary svg template textarea"
)
CLASSES = re.compile(
    r'\bclass="[^"]*\b(?:viva-(?:here|blueprint|contents|due|record|references)|arithmatex)\b'
)
"""What is ours, and mathematics, is not running text."""
DT = re.compile(r"<dt(?P<rest>[^>]*)>(?P<said>.*?)</dt>", re.DOTALL)
Link = Callable[[Term], str]


class _Names:
    """The names and abbreviations of terms, ready to be looked for."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.by_name = {term.name.lower(): term for term in terms}
        self.by_short = {term.short: term for term in terms if term.short}
        known = {_escaped(name).lower() for name in (*self.by_name, *self.by_short)}
        listed = "|".join(map(re.escape, sorted(known, key=lambda name: (-len(name), name))))
        # Compared in lower case: ten times as fast as a pattern that ignores case.
        self.pattern = re.compile(rf"&#?\w+;|\b(?:{listed})\b") if known else None


_names = lru_cache(maxsize=4)(_Names)


def explained(html: str, terms: tuple[Term, ...], link: Link) -> str:
    """HTML in which a term's first use links to its definition, an abbreviation's spells it out."""
    names = _names(terms)
    if names.pattern is None:
        return html
    used: set[str] = set()
    return "".join(
        _with_terms(text, names, used, link) if is_running else text
        for text, is_running in _pieces(html)
    )


def anchored(html: str, terms: Iterable[Term]) -> str:
    """The glossary's HTML with an id for each term."""
    by_title = {term.title: term for term in terms}

    def named(found: re.Match[str]) -> str:
        title = " ".join(unescape(TAG.sub("", found["said"])).split())
        term = by_title.get(title)
        if term is None or " id=" in found["rest"]:
            return found[0]
        return f'<dt id="{term.anchor}"{found["rest"]}>{found["said"]}</dt>'

    return DT.sub(named, html)


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """The HTML in pieces, and whether each is running text."""
    start, skipped, depth = 0, "", 0
    for tag in TAG.finditer(html):
        yield html[start : tag.start()], not skipped
        yield tag[0], False
        start, name = tag.end(), (tag["name"] or "").lower()
        if skipped:
            if name == skipped and not tag["rest"].endswith("/"):
                depth += -1 if tag["end"] else 1
                skipped = skipped if depth else ""
        elif name and not tag["end"] and _is_left_alone(name, tag["rest"]):
            skipped, depth = name, 1
    yield html[start:], not skipped


def _is_left_alone(name: str, rest: str) -> bool:
    if name in NOT_EXPLAINED or name.startswith("viva-"):
        return True
    return bool(CLASSES.search(rest)) and name not in ("img", "input", "hr", "br")


def _with_terms(text: str, names: _Names, used: set[str], link: Link) -> str:
    assert names.pattern is not None
    made, start = [], 0
    low = text.lower()
    for found in names.pattern.finditer(low if len(low) == len(text) else text):
        new = _element(text[found.start() : found.end()], names, used, link)
        if new:
            made += [text[start : found.start()], new]
            start = found.end()
    return "".join([*made, text[start:]]) if made else text


def _element(typed: str, names: _Names, used: set[str], link: Link) -> str:
    word = unescape(typed)
    if word in names.by_short and word not in used:
        used.add(word)
        spelt = names.by_short[word]
        more = f'title="{_escaped(spelt.name)}" data-href="{_escaped(link(spelt))}"'
        return f'<abbr tabindex="0" {more}>{typed}</abbr>'
    term = names.by_name.get(word.lower())
    if term is None or word.lower() in used:
        return ""
    used.add(word.lower())
    said = _escaped(term.definition)
    return f'<a class="viva-term" href="{_escaped(link(term))}" title="{said}">{typed}</a>'


def _escaped(text: str) -> str:
    """Text as Python-Markdown writes it into an attribute."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")
