"""What is odd in the entries of a bibliography: words that BibTeX passes over without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pybtex.database import Entry, InvalidNameString, Person, PybtexError
from pybtex.database.input.bibtex import UndefinedMacro

from viva.base.problems import Problem, Severity, hint, suggestion
from viva.base.words import Said, quoted, say
from viva.course import inherited
from viva.course.outline import names

KINDS = names(
    "article artwork audio bibnote book bookinbook booklet collection commentary conference "
    "dataset electronic image inbook incollection inproceedings inreference jurisdiction legal "
    "legislation letter manual mastersthesis misc movie music mvbook mvcollection mvproceedings "
    "mvreference online patent performance periodical phdthesis proceedings reference report "
    "review set software standard suppbook suppcollection suppperiodical techreport thesis "
    "unpublished video webpage www xdata"
)
"""Kinds of entries that BibTeX, BibLaTeX and well-known programs write."""
SHOWN = names(
    "author booktitle date doi edition editor howpublished institution issue journal journaltitle "
    "number organization pages pmid publisher school title url volume year"
)
"""What readers see of an entry."""
OTHERS = names(
    "abstract accessed address afterword annotation annotator annote archive archiveprefix "
    "article-number articleno bibsource biburl bookauthor booksubtitle chapter city collection "
    "comment comments commentator copyright crossref day edate editora eid endyear entrysubtype "
    "eprint eprintclass eprinttype eventdate eventtitle file foreword gender groups hyphenation "
    "ids indextitle isan isbn ismn isrn issn issuetitle journalsubtitle journal-iso key keyword "
    "keywords label langid language lastchecked lccn library location maintitle mainsubtitle "
    "month mrclass mrnumber nameaddon note numpages origdate origlanguage origlocation "
    "origpublisher origtitle owner pagetotal part pmc pmcid primaryclass priority pubmedid "
    "pubstate readstatus related relatedtype reprinttitle series shortauthor shorteditor "
    "shorthand shortjournal shortseries shorttitle sortkey sortname sorttitle sortyear subtitle "
    "timestamp titleaddon translator type unique-id urldate usera userb venue version volumes xref "
    "yeardivision zblnumber"
)
"""What programs keep beside it."""
TITLES = names("title booktitle")
LIKE = 0.8
NO_NAMES = names("& \\& et al al. and")
"""What stands between names where BibTeX wants `and`."""
YOUNGER = re.compile(r"(?:jr|sr|jun|sen|i{1,3}|iv|v|[2-9](?:nd|rd|th))\.?", re.IGNORECASE)
INITIALS = re.compile(r"[A-Z]{1,3}")
NUMBERS = {
    "doi": (re.compile(r"(?:^|/|:)\s*10\.\d"), "10.1000/182"),
    "pmid": (re.compile(r"^(?:pmid:?)?\s*\d+$", re.IGNORECASE), "23193287"),
}
"""How a number begins, and one that is."""
QUOTED = re.compile(r"['\"](.*)['\"]", re.DOTALL)
TWICE = re.compile(r"entry with key (?P<key>\S+) has a duplicate (?P<field>\S+) field")
KEYLESS = re.compile(r"^[ \t]*@(?!string\b)(\w+)\s*\{\s*[\w-]+\s*=", re.MULTILINE | re.IGNORECASE)
BARE = re.compile(
    rf"^[ \t]*({'|'.join(sorted(KINDS))})[ \t]*\{{[ \t]*[^,\s{{}}]+[ \t]*,", re.M | re.I
)
"""An entry without the sign that begins one."""


def problems(
    entries: Mapping[str, Entry], whole: Mapping[str, Entry], text: str, name: str
) -> Iterator[Problem]:
    """Each with its place in the file. `whole` are the entries with what they inherit."""
    for found in BARE.finditer(text):
        said = say("an entry begins with @ (write @{kind})", kind=found[1])
        yield _problem(name, text, found.start(1), said)
    for key, entry in entries.items():
        start, end = _span(entry, key, text)
        if entry.type.lower() not in KINDS:
            said = say(
                "there is no kind of entry @{kind} ({hint})", kind=entry.type, hint=_kind(entry)
            )
            yield _problem(name, text, start, said, "warning")
        unknown = [*_unknown(entry)]
        for field, near in unknown:
            said = say("unknown field {name} (did you mean {near}?)", name=field, near=near)
            yield _problem(name, text, _field(field, text, start, end), said)
        for field, said in (
            *_absent(entry, entries), *_names(entry, text), *_numbers(entry)
        ):
            yield _problem(name, text, _field(field, text, start, end), said)
        titles = {field.lower() for field in whole[key].fields} if key in whole else TITLES
        if not TITLES & {*titles, *(near for _, near in unknown)}:
            said = say("reference {key} has no title (write title = …)", key=key)
            yield _problem(name, text, start, said, "warning")


def _unknown(entry: Entry) -> Iterator[tuple[str, str]]:
    """Fields that are near to known ones, each with that."""
    for field in entry.fields:
        near = suggestion(field, SHOWN, cutoff=LIKE)
        if near and field.lower() not in SHOWN | OTHERS:
            yield field, near


def _absent(entry: Entry, entries: Mapping[str, Entry]) -> Iterator[tuple[str, Said]]:
    """Entries that one has fields from and that are not there."""
    for field, key in inherited.named(entry):
        if key not in entries:
            near = hint(key, list(entries), say("add it there"))
            said = say("there is no entry {key} to have fields from ({hint})", key=key, hint=near)
            yield field, said


def _names(entry: Entry, text: str) -> Iterator[tuple[str, Said]]:
    """What BibTeX takes for one name, or for parts of one, and is not."""
    for role, people in entry.persons.items():
        for person in filter(_is_several, people):
            given = (*person.first_names, *person.middle_names)
            without_comma = " ".join((*given, *person.prelast_names, *person.last_names))
            yield role, _no_name(str(person) if str(person) in text else without_comma)


def _is_several(person: Person) -> bool:
    first, last = [*person.first_names, *person.middle_names], person.last_names
    words = [*first, *person.prelast_names, *last, *person.lineage_names]
    bare = [word for word in words if not word.startswith("{")]
    initials = [bool(len(name) > 1 and INITIALS.fullmatch(name[-1])) for name in (first, last)]
    return (
        any(";" in word or word.lower() in NO_NAMES for word in bare)
        or any(not YOUNGER.fullmatch(word) for word in person.lineage_names)
        or all(initials)
        or bool(first and len(last) == 1 and YOUNGER.fullmatch(last[0]))
    )


def _no_name(typed: str) -> Said:
    return say(
        "“{name}” is no name to BibTeX (write and between names; and others for et al.; "
        "Smith, Jr., John; {instead} for an institution)",
        name=typed, instead="{…}",
    )


def _numbers(entry: Entry) -> Iterator[tuple[str, Said]]:
    """Numbers that lead nowhere."""
    for field, (pattern, right) in NUMBERS.items():
        given = entry.fields.get(field, "").strip()
        if given and not pattern.search(given):
            said = say(
                "{field} is {value} (write it as {right})", field=field, value=given, right=right
            )
            yield field, said


def keyless(text: str, name: str) -> Iterator[Problem]:
    """Entries that begin with a field: nothing could cite them."""
    for found in KEYLESS.finditer(text):
        instead = f"@{found[1]}{{key, …"
        said = say("this entry has no key (write {instead})", instead=instead)
        yield _problem(name, text, found.start(1) - 1, said)


def unread(error: PybtexError, text: str, name: str) -> Problem:
    """Why a file cannot be read, where it is so."""
    message = say("not valid BibTeX: {error} (check commas and braces)", error=_why(error))
    twice = TWICE.fullmatch(str(error))
    if twice:
        found = re.search(rf"\{{\s*{re.escape(twice['key'])}\s*,", text)
        at = found.end() if found else 0
        fields = re.compile(rf"(?<=[\s,]){re.escape(twice['field'])}\s*=", re.I)
        places = [each.start() for each in fields.finditer(text, at)]
        return _problem(name, text, places[1] if len(places) > 1 else at, message)
    if isinstance(error, InvalidNameString):
        commas = QUOTED.search(str(error))
        people = commas[1] if commas else ""
        return _problem(name, text, max(text.find(people), 0), _no_name(people))
    if isinstance(error, UndefinedMacro):
        used = re.search(rf"[=#]\s*{re.escape(_name(error))}\b", text, re.I)
        message = say(
            "no @string defines {name} (put the text in braces: {instead})",
            name=_name(error), instead=f"{{{_name(error)}}}",
        )
        return _problem(name, text, used.end() - len(_name(error)) if used else 0, message)
    return Problem(name, getattr(error, "lineno", None) or 1, 1, "MD503", message)


def _name(error: PybtexError) -> str:
    return str(error).rpartition(" ")[2]


def _why(error: PybtexError) -> Said:
    twice = TWICE.fullmatch(str(error))
    if twice:
        return say("the field {name} is there twice", name=twice["field"])
    return quoted(str(error).removeprefix("syntax error in line ").split(": ", 1)[-1])


def _kind(entry: Entry) -> Said:
    near = suggestion(entry.type, KINDS)
    return say("did you mean {word}?", word=f"@{near or 'misc'}")


def _span(entry: Entry, key: str, text: str) -> tuple[int, int]:
    head = re.compile(rf"@{re.escape(entry.original_type)}\s*[{{(]\s*{re.escape(key)}\s*,", re.I)
    found = head.search(text)
    start = found.start() if found else 0
    end = text.find("\n@", start + 1)
    return start, end if end >= 0 else len(text)


def _field(field: str, text: str, start: int, end: int) -> int:
    found = re.compile(rf"(?<=[\s,]){re.escape(field)}\s*=", re.I).search(text, start, end)
    return found.start() if found else start


def _problem(
    name: str, text: str, at: int, message: Said, severity: Severity = "error"
) -> Problem:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return Problem(name, line, column, "MD503", message, severity)
