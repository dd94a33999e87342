"""What an entry of a bibliography has from others: `crossref` of BibTeX and `xdata` of BibLaTeX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pybtex.database import Entry

from viva.course.outline import names

DATA = "xdata"
"""A kind of entry that is none: others have its fields."""
PARTS = names(
    "bookinbook conference inbook incollection inproceedings inreference suppbook suppcollection"
)
"""Kinds of what stands in a book, whose title is not theirs."""
OWN = names("abstract crossref file ids key keywords note options related shorthand xdata xref")
"""Fields that stay with their entry."""
RENAMED = {"title": "booktitle", "subtitle": "booksubtitle"}


def resolved(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The entries with the fields that they have from others, without those that only give."""
    return {
        key: _whole(entry, entries, (key.lower(),))
        for key, entry in entries.items()
        if entry.type.lower() != DATA
    }


def named(entry: Entry) -> Iterator[tuple[str, str]]:
    """The keys of the entries that one has fields from, each with the field that names it."""
    for field in (DATA, "crossref"):
        for key in entry.fields.get(field, "").split(","):
            if key.strip():
                yield field, key.strip()


def _whole(entry: Entry, entries: Mapping[str, Entry], seen: tuple[str, ...]) -> Entry:
    """An entry with all that it inherits, of parents of parents too; none is its own."""
    fields = {name.lower(): value for name, value in entry.fields.items()}
    persons = dict(entry.persons)
    for field, key in named(entry):
        if key.lower() in seen or key not in entries:
            continue
        parent = _whole(entries[key], entries, (*seen, key.lower()))
        is_part = field != DATA and entry.type.lower() in PARTS
        fields = {**dict(_given(parent, is_part)), **fields}
        persons = {**parent.persons, **persons}
    return Entry(entry.type, fields, persons)


def _given(parent: Entry, is_part: bool) -> Iterator[tuple[str, str]]:
    """The fields that an entry gives; its title is that of the book to what stands in it."""
    given = {name.lower(): value for name, value in parent.fields.items()}
    if is_part:
        yield from ((new, given[old]) for old, new in RENAMED.items() if old in given)
    yield from (
        (name, value)
        for name, value in given.items()
        if name not in OWN and not (is_part and name in RENAMED)
    )
