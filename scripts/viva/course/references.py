"""The bibliography: BibTeX in, references in Vancouver style out.

pybtex parses; the style is ours, because records here are often partial and a field that was never
seen stays absent rather than becoming "n.d." or "[place unknown]".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from pybtex.database import Entry, Person, PybtexError
from pybtex.database.input.bibtex import Parser

from viva.base import addresses
from viva.base.problems import Problem
from viva.base.reader import read_text
from viva.base.words import say
from viva.course import inherited, latex
from viva.course.entries import keyless, unread
from viva.course.entries import problems as odd_entries

MOST_AUTHORS = 6
LONGEST_LABEL = 60
CONTAINERS = {"journal": "", "journaltitle": "journalsubtitle", "booktitle": "booksubtitle"}
"""What something stands in, and what stands below its title."""
ARTICLES = ("pages", "eid", "article-number", "articleno")
PLACES = ("institution", "organization", "school")
PLAIN = re.compile(r"^[ \t]*[^\s%@]", re.MULTILINE)
"""A line of some other text than BibTeX and its comments."""
ENTRY = re.compile(r"^[ \t]*@(\w+)\s*\{\s*([^,\s}]+)", re.MULTILINE)
NO_ENTRY = {"comment", "string", "preamble"}
DOI = re.compile(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:)?\s*", re.IGNORECASE)
"""What some programs write before a DOI."""
PMID = re.compile(r"^pmid:?\s*", re.IGNORECASE)
URL = re.compile(r"^\s*\\url\s*\{(?P<address>.*)\}\s*$", re.DOTALL)
ESCAPED = re.compile(r"\\([_%&#~$])")
"""Signs that a program for references escapes in an address too."""


@dataclass(frozen=True)
class Reference:
    """One source. `number` is its place in the course's list, from 1; `label` names it briefly."""

    key: str
    number: int
    text: str
    link: str | None
    recalled: bool
    label: str = ""

    @property
    def anchor(self) -> str:
        """The id of the reference on the references page."""
        return f"ref-{self.key}"

    @property
    def html(self) -> str:
        """The reference with its link, if the record has one."""
        text = escape(self.text)
        if not self.link:
            return text
        shown = re.sub(r"^https?://(?:doi\.org/)?|/$", "", self.link)
        kind = "doi:" if "doi.org/" in self.link else ""
        return f'{text} <a href="{escape(self.link)}">{escape(kind + shown)}</a>'


@dataclass(frozen=True)
class Bibliography:
    """All references by key, in alphabetical order of the printed text."""

    references: Mapping[str, Reference] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def load(path: Path, name: str) -> Bibliography:
    """Read a BibTeX file. A course without one has an empty bibliography."""
    if not path.exists() and not path.is_symlink():
        return Bibliography()
    text = read_text(path, name)
    if isinstance(text, Problem):
        return Bibliography(problems=(text,))
    wrong = (*_twice(text, name), *keyless(text, name))
    if wrong:
        return Bibliography(problems=wrong)
    try:
        entries = Parser().parse_string(text).entries  # by its name pybtex asks all packages for it
    except PybtexError as error:
        return Bibliography(problems=(unread(error, text, name),))
    if not entries and PLAIN.search(text):
        message = say(
            "not valid BibTeX: {error} (check commas and braces)", error="@article{key, … expected"
        )
        return Bibliography(problems=(Problem(name, 1, 1, "MD503", message),))
    whole = inherited.resolved(entries)
    found = _numbered(whole)
    odd = [*_unfollowed(found, text, name), *odd_entries(entries, whole, text, name)]
    return Bibliography(found, tuple(odd))


def _unfollowed(found: Mapping[str, Reference], text: str, name: str) -> Iterator[Problem]:
    """The links that no browser can follow."""
    for one in found.values():
        wrong = addresses.fault(one.link or "")
        if wrong:
            line = text.count("\n", 0, max(text.find(str(one.link)), 0)) + 1
            yield Problem(name, line, 1, "MD503", wrong)


def _twice(text: str, name: str) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    for found in ENTRY.finditer(text):
        key, line = found[2], text.count("\n", 0, found.start(2)) + 1
        if found[1].lower() in NO_ENTRY:
            continue
        if key.lower() in seen:
            message = say(
                "reference {key} is there twice (first on line {line}): keep one",
                key=key,
                line=seen[key.lower()],
            )
            problems.append(Problem(name, line, 1, "MD503", message))
        seen.setdefault(key.lower(), line)
    return problems


def _numbered(entries: Mapping[str, Entry]) -> dict[str, Reference]:
    texts = {key: vancouver(entry) for key, entry in entries.items()}
    order = sorted(texts, key=lambda key: (texts[key].casefold(), key))
    return {
        key: Reference(
            key,
            number,
            texts[key],
            _link(entries[key]),
            _recalled(entries[key]),
            _label(entries[key]),
        )
        for number, key in enumerate(order, 1)
    }


def _label(entry: Entry) -> str:
    """`Singer et al. 2015`, or the beginning of the title where no author is known."""
    persons = entry.persons.get("author", [])
    first = [" ".join(person.prelast_names + person.last_names) for person in persons[:1]]
    names = list(map(latex.plain, first))
    if len(persons) > 1:
        names = [f"{names[0]} et al."]
    title = _field(entry, "title").strip("[]")
    short = title if len(title) <= LONGEST_LABEL else f"{title[:LONGEST_LABEL].rsplit(' ', 1)[0]} …"
    year = _year(entry)
    return " ".join(part for part in (*(names or [short]), year) if part)


def _recalled(entry: Entry) -> bool:
    return "recalled" in entry.fields.get("keywords", "")


def _link(entry: Entry) -> str | None:
    """DOI before PubMed before another address."""
    doi, pmid, url = (_address(entry, name) for name in ("doi", "pmid", "url"))
    if doi:
        return f"https://doi.org/{DOI.sub('', doi)}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{PMID.sub('', pmid)}/" if pmid else url or None


def _address(entry: Entry, name: str) -> str:
    return ESCAPED.sub(r"\1", URL.sub(r"\g<address>", entry.fields.get(name, ""))).strip()


def vancouver(entry: Entry) -> str:
    """The reference in Vancouver style (NLM, Citing Medicine); absent fields stay absent."""
    authors = _authors(entry.persons.get("author", [])) or _editors(entry)
    title = _titled(entry, "title", "subtitle")
    container = _container(entry)
    edition = _field(entry, "edition") if not container else ""
    publisher = _field(entry, "publisher") or _field(entry, "howpublished")
    where = next(filter(None, (_field(entry, name) for name in PLACES)), "")
    source = _source(entry, container)
    parts = [authors, title, edition, source, publisher if not container else None, where]
    if not container:
        parts.append(_year(entry))
    return " ".join(_stopped(part) for part in parts if part)


def _titled(entry: Entry, name: str, under: str) -> str:
    """A title with what stands below it."""
    return ": ".join(filter(None, (_field(entry, name), _field(entry, under))))


def _container(entry: Entry) -> str:
    """What something stands in, without the stop of a short name."""
    given = (_titled(entry, name, CONTAINERS[name]) for name in CONTAINERS)
    return next(filter(None, given), "").removesuffix(".")


def _source(entry: Entry, container: str) -> str:
    """`J Knee Surg. 2015;44(6):831-7` with as many of the parts as are known."""
    if not container:
        return ""
    volume = _field(entry, "volume")
    pages = next(filter(None, (_field(entry, name) for name in ARTICLES)), "")
    number = _field(entry, "number") or _field(entry, "issue")
    issue = volume + (f"({number})" if number else "")
    when = ";".join(part for part in (_year(entry), issue) if part)
    where = f":{pages}" if when and pages else f"p. {pages}" if pages else ""
    return f"{container}. {when}{where}" if when or where else container


def _year(entry: Entry) -> str:
    """The year, from a date such as `2019-05-03` where there is no other."""
    return _field(entry, "year") or _field(entry, "date").partition("-")[0]


def _editors(entry: Entry) -> str:
    """Whoever edited a book of no author."""
    persons = entry.persons.get("editor", [])
    return f"{_authors(persons)}, editor{'s' * (len(persons) > 1)}" if persons else ""


def _authors(persons: list[Person]) -> str:
    names = [_name(person) for person in persons]
    if names and names[-1] == "others":
        return ", ".join(names[:-1]) + ", et al"
    if len(names) > MOST_AUTHORS:
        return ", ".join(names[:MOST_AUTHORS]) + ", et al"
    return ", ".join(names)


def _name(person: Person) -> str:
    last = latex.plain(" ".join(person.prelast_names + person.last_names))
    given = [latex.plain(name) for name in person.first_names + person.middle_names]
    parts = [part for name in given for part in re.split(r"[-\s.]+", name) if part]
    initials = "".join(part[0] for part in parts)
    younger = [latex.plain(name).removesuffix(".") for name in person.lineage_names]
    return " ".join(filter(None, (last, initials, *younger)))


def _field(entry: Entry, name: str) -> str:
    return latex.plain(entry.fields.get(name, ""))


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "?”", ".”")) else f"{text}."
