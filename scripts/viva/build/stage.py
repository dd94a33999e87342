"""Staging: what an engine gets beside the author's own files, as plain Markdown and plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from viva.assignments import Assignment
from viva.assignments import page as sheets
from viva.bank import types
from viva.base.words import Words, of, say
from viva.build import printed
from viva.build.edition import Edition
from viva.course import contents, directives
from viva.course.courses import Course
from viva.course.directives import Citation, Directive
from viva.course.pages import Page
from viva.formulas import typed
from viva.site import embed, labels, navigation, study, supplied
from viva.site.portions import Portion, portions
from viva.site.routes import SELF_CHECKS, Routes

FACULTY = "faculty/index.md"
"""A course with this page has a part for teachers, with the rules and the blueprint."""
SAID = {
    "about": say("About this course"),
    "teachers": say("For teachers"),
    "licence": say("Licence"),
    "licences": say("Licences of what others made"),
    "toc": say("On this page"),
    "section": say("Link to this section"),
    "light": say("Switch to light colours"),
    "dark": say("Switch to dark colours"),
    "system": say("Follow the system’s colours"),
    "close": say("Close"),
    "where": say("Where to look"),
    "all": say("Everything"),
    "module": say("Modules"),
    "story": say("Cases"),
    "term": say("Glossary"),
    "check": say("Questions"),
    "teacher": say("For teachers"),
    "lost": say("Page not found"),
    "nothing": say("Nothing is kept at this address."),
    "begin": say("Start at the home page."),
    "look": say("Look for the words you have in mind with the search at the top."),
    "up": say("Go to {start}, or to {above}, and again until the course opens."),
    "start": say("the start of this folder"),
    "above": say("the folder above it"),
}
"""What the theme of an engine says: its templates know no catalogue."""
SETTLED = ("section", "light", "dark", "system")
"""Those that an engine is told in its settings, once for all pages, and writes as attributes."""


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Path and Markdown of every page that no author wrote."""
    yield from checks(edition, edition.checks)
    yield from overviews(edition)


def checks(edition: Edition, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Path and Markdown of these self-checks."""
    for path in paths:
        portion, words = edition.portions[path], edition.words(path)
        bank = replace(portion.bank, title=portion.title(words))
        yield path, embed.self_check_page(bank, words, portion.total > 1, edition.tag(path))


def overviews(edition: Edition) -> Iterator[tuple[str, str]]:
    """Path and Markdown of the pages that are made from the course as a whole."""
    if edition.banks:
        yield f"{SELF_CHECKS}/index.md", embed.index_page(edition.banks, edition.site.words)
    yield from edition.site.evidence_pages().items()
    yield from sheets.pages(edition.assignments, edition.site.words).items()
    yield from supplied.pages(edition.course, edition.site.theme).items()
    if FACULTY in edition.course.pages:
        yield from _faculty(edition.course).items()
    for path, name in edition.studies.items():
        course, theme = edition.course, edition.site.theme
        yield path, study.page(name, course, edition.title, theme)


def paths(course: Course, assignments: tuple[Assignment, ...]) -> set[str]:
    """The paths of the same pages, before there is an edition, less those one may write oneself."""
    found = {portion.path for bank in course.banks for portion in portions(bank)}
    if course.banks:
        found |= {f"{SELF_CHECKS}/index.md", *map(study.path, study.TITLES)}
    found |= set(sheets.pages(assignments))
    found |= {"evidence.md"} if course.evidence.claims else set()
    found |= {"facts.md"} if course.evidence.facts else set()
    return found | (set(_faculty_paths()) if FACULTY in course.pages else set())


def files(edition: Edition) -> dict[str, str]:
    """The data that the study pages load, path to text."""
    if not edition.banks:
        return {}
    site, banks, title = edition.site, list(edition.banks), edition.title
    if edition.preview:  # what it has made it remembers itself, bank by bank
        return dict(study.files(site, banks, title, may_part=False))
    name = f"{title} {edition.settings.id} {tuple(labels.labels(edition.course))}"
    return site.kept(name, lambda: dict(study.files(site, banks, title)))


def nav(edition: Edition, given: Any) -> Any:
    """The navigation, or the usual one where none is given, with every self-check in its place."""
    full = navigation.with_self_checks(given or edition.contents, list(edition.banks))
    return navigation.in_groups(full, lambda path: _called(edition, path), _for_teachers(edition))


def _called(edition: Edition, path: str) -> str:
    page = edition.course.pages.get(path)
    return page.title if page else path


def unlisted(edition: Edition) -> list[str]:
    """Patterns for the pages that viva makes: other pages lead to them, whatever the navigation."""
    return [f"/{path}" for path in sorted(edition.routes.pages - edition.course.pages.keys())]


def landmarks(edition: Edition) -> dict[str, Any]:
    """The addresses of the pages that an engine's theme leads to, by name, where they exist.

    `teachers` are the titles of the sections that a student's navigation leaves out, `words` what
    the theme says, `languages` the same for pages in a language of their own, by its tag.
    """
    found = contents.landmarks(edition.routes.pages)
    addresses = {name: edition.routes.url(path) for name, path in found.items()}
    words = edition.site.words
    languages = {tag: {"words": _said(of(tag))} for tag in edition.tags}
    teachers = list(map(printed.title_of, _for_teachers(edition)))
    own = {"words": _said(words), "direction": words.direction, "languages": languages}
    return addresses | {"teachers": teachers} | own


def _said(words: Words) -> dict[str, str]:
    return {name: words.tell(text) for name, text in SAID.items()}


def _for_teachers(edition: Edition) -> list[str]:
    """The titles of the sections in which all pages are for teachers."""
    return [
        title
        for title, rows in navigation.sections(edition.contents).items()
        if title and all(edition.is_for_teachers(path) for _, path in rows)
    ]


def markdown(edition: Edition, path: str, text: str) -> str:
    """The Markdown of the page at a path as an engine gets it: what is ours has become HTML."""
    if not directives.READS_LIKE.search(text):
        return text
    written = edition.course.pages.get(path)
    if written and written.body.strip() == text.strip():
        marked = written.marked
    else:  # a page that is made, or that another plugin has changed
        marked = directives.read(text, edition.course.converter)
    return directives.staged(marked, lambda one: _fill(edition, path, one))


def _fill(edition: Edition, path: str, one: Directive | Citation) -> str:
    """What an engine gets for a directive or a citation.

    A part is HTML of many lines, which Markdown leaves alone at the beginning of a line only; a
    backslash at the end of a title would make the tag after it a text.
    """
    if isinstance(one, Citation):
        return edition.site.cited(one, edition.routes.root(path))
    if one.mode in PARTS and one.column == 1:
        html = part(edition, path, one.mode).replace("\\", "&#92;")
        return f"\n{html}\n"
    return embed.here(one)


def part(edition: Edition, path: str, name: str) -> str:
    """What stands on a page for `[viva NAME]`."""
    return PARTS[name](edition, path)


def _references(edition: Edition, path: str) -> str:
    known = edition.course.bibliography.references.values()
    listed = sorted(known, key=lambda one: one.number)
    return edition.site.part("references.html", edition.words(path), references=listed)


def _modules(edition: Edition, path: str) -> str:
    """The pages with objectives, in the order in which they are read."""
    root = edition.routes.root(path)
    listed = [_module(edition, root, page) for page in edition.modules]
    return edition.site.part("modules.html", edition.words(path), modules=listed)


def _module(edition: Edition, root: str, page: Page) -> dict[str, Any]:
    """A module as it is listed; `page` is its name in the store of a browser."""
    url = edition.routes.link(page.path, root)
    name = Routes().file(page.path)
    return {"url": url, "page": name, "title": page.title, "minutes": page.minutes}


def _contents(edition: Edition, path: str) -> str:
    """All that there is to read, as the navigation has it, without what is found elsewhere."""
    root = edition.routes.root(path)
    listed = {
        typed.words(title): [row for name, page in rows if (row := _row(edition, root, name, page))]
        for title, rows in navigation.sections(edition.contents).items()
    }
    more = listed.pop("", [])
    sections = listed | ({"": more} if more else {})
    return edition.site.part("contents.html", edition.words(path), sections=sections)


def _row(edition: Edition, root: str, name: str, path: str) -> dict[str, Any] | None:
    """A page that is read, as a row of the contents."""
    page = edition.course.pages.get(path)
    if page is None or path == contents.HOME or edition.is_for_teachers(path):
        return None
    return {
        "page": Routes().file(path),
        "url": edition.routes.link(path, root),
        "title": name or page.title,
        "about": page.said("description"),
        "minutes": page.minutes if page.objectives else None,
        "module": edition.is_module(path),
    }


def areas(edition: Edition, path: str) -> list[dict[str, str]]:
    """The four places of a student, those that the course has, as seen from a page."""
    root, here = edition.routes.root(path), _area(edition, path)
    found = []
    for area in contents.AREAS:
        if edition.routes.has(area.path):
            current = "" if area.name != here else "page" if path == area.path else "true"
            url = edition.routes.link(area.path, root)
            title = edition.words(path).tell(area.title)
            found.append({"name": area.name, "title": title, "url": url, "here": current})
    return found


def _area(edition: Edition, path: str) -> str:
    """Where a page belongs; a teacher's page belongs nowhere."""
    named = next((area.name for area in contents.AREAS if path in area.pages), "")
    if named or edition.is_for_teachers(path):
        return named
    is_asked = path in edition.checks or path in edition.assigned
    return "questions" if is_asked else "read"


def _due(edition: Edition, path: str) -> str:
    """The one thing to do today: at first, the first module."""
    root = edition.routes.root(path)
    first = next((_module(edition, root, page) for page in edition.modules), None)
    return edition.site.part("due.html", edition.words(path), first=first)


def _downloads(edition: Edition, path: str) -> str:
    """Where the list of downloads will stand when they are made, and what a browser keeps."""
    return '<div class="viva-downloads-here"></div><div class="viva-kept" role="status"></div>'


def _portions(edition: Edition, path: str) -> str:
    """The way to the other pages of a bank; from the first to each question of theirs."""
    root, here = edition.routes.root(path), edition.portions[path]
    listed = edition.portions_of(here.bank)
    links = {one.number: edition.routes.link(one.path, root) for one in listed}
    asked = {one.number: list(_asked(one)) for one in listed[1:]} if here.number == 1 else {}
    size = sum(one.bank.size for one in listed)
    facts = {"here": here, "links": links, "asked": asked, "size": size}
    practice = f"{edition.routes.link(study.path('practice'), root)}#{_places(edition, listed)}"
    return edition.site.part("portions.html", edition.words(path), practice=practice, **facts)


def _places(edition: Edition, listed: Iterable[Portion]) -> str:
    """What practice is told to ask of: the modules of all these questions."""
    asked = ((one.bank, question) for one in listed for question in one.bank.questions)
    places = dict.fromkeys(study.place(edition.course, *one) for one in asked)
    return urlencode([("module", place) for place in places])


def _asked(portion: Portion) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The id of each question, and of each item in it with the number that it has on its page."""
    number = 0
    for question in portion.bank.questions:
        steps = [step.id for step in types.steps(question)]
        named = list(enumerate(steps or [question.id], number + 1))
        number += len(named)
        yield question.id, [(name, n) for n, name in named]


PARTS: Mapping[str, Callable[[Edition, str], str]] = {
    "references": _references,
    "modules": _modules,
    "contents": _contents,
    "due": _due,
    "downloads": _downloads,
    embed.PORTIONS: _portions,
}
"""What a page may ask for by a directive, besides questions."""


def _faculty(course: Course) -> dict[str, str]:
    # Imported here, so that a build which does not need them starts sooner.
    from viva import lint
    from viva.site import blueprint

    made = lint.pages() | {"blueprint.md": blueprint.page(course)}
    return {f"faculty/{name}": text for name, text in made.items()}


def _faculty_paths() -> list[str]:
    from viva.lint import manual

    own = [f"rules/{family.page}.md" for family in manual.FAMILIES.values()]
    return [f"faculty/{name}" for name in ("rules.md", "blueprint.md", *own)]
