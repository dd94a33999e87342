"""The front matter of pages: what viva reads of it, and what is wrong with it.

Fields of engines, themes and plugins pass; a field that looks like a misspelt one does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, StringConstraints, ValidationError

from viva.bank.mistakes import model_problems
from viva.bank.question import Day, Level, Model, Text
from viva.base.problems import Problem, Severity, suggestion
from viva.base.reader import FRONT_MATTER
from viva.base.words import say
from viva.course.outline import names
from viva.course.pages import Page

ObjectiveId = Annotated[str, StringConstraints(pattern=r"^[^\s\"'<>#,;\[\]]+$", max_length=80)]
HIDEABLE = ("navigation", "toc", "path", "footer", "feedback", "tags", "comments")
"""What the themes can leave out of a page."""
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
FOREIGN = names(
    "alias aliases author authors canonical categories comments copyright cover created css date "
    "dir draft edit_url generator glossary icon id image keywords language layout license "
    "links macros math nav_order og_image order page_width parent password permalink pin private "
    "readtime redirect_from redirect_to render_macros repo_url revision_date robots scripts "
    "sidebar slug social source status subtitle summary theme toc toc_depth toc_title "
    "translations type updated url version visibility weight"
)
"""Fields that engines, themes and well-known plugins read."""
STARTS = re.compile(r"---[ \t]*\n[A-Za-z_][\w-]*[ \t]*:")
FENCE = r"(?:-{3,}|\+{3,}|={3,}|[—–][-—–]*)[ \t]*"
BELOW = re.compile(rf"\s*{FENCE}\n[A-Za-z_]\w*[ \t]*[:=](?:[^\n]*\n)+?[ ]*{FENCE}(?:\n|\Z)")
"""What looks like front matter and does not begin with its first line, or with other signs."""
EATEN = re.compile(r"(?:[ \t]*\n)*[ ]{0,3}[A-Za-z0-9_-]+:")
"""What MkDocs takes for fields at the top of a page without front matter."""


def _listed(given: Any) -> Any:
    """A single word where a list is meant; `_hidden` says so."""
    return (given,) if isinstance(given, str) and given.strip() else given


class Aim(Model):
    """An objective: what a reader can do after the module."""

    whole = "front matter"
    written = "- id: … and text: … under it"
    examples: ClassVar = {**Model.examples, "text": "text: what the reader can do afterwards"}

    id: ObjectiveId
    text: Text
    level: Level | None = None


class Searched(Model):
    """How the search treats a page."""

    written = "exclude: true or boost: 2 under it"

    exclude: bool = False
    boost: float | None = None


class Front(Model):
    """What viva and its themes read. Cards are read one by one in `cards`."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)
    whole = "front matter"
    examples: ClassVar = {"revised": "revised: 2026-11-22", "lang": "lang: fr"}

    title: Text | None = None
    description: Text | None = None
    revised: Day | None = None
    objectives: tuple[Aim, ...] | None = None
    cards: Any = None
    tooltips: bool = True
    lang: Annotated[str, StringConstraints(pattern=LANGUAGE)] | None = None
    original: Annotated[str, StringConstraints(pattern=LANGUAGE)] | None = None
    hide: Annotated[tuple[Text, ...] | None, BeforeValidator(_listed)] = None
    search: Searched | None = None
    template: Text | None = None
    icon: Text | None = None
    audience: Literal["teachers", "students"] | None = None
    status: Text | None = None
    tags: tuple[Text, ...] | None = None


KNOWN = frozenset(Front.model_fields) | FOREIGN


def problems(page: Page) -> Iterator[Problem]:
    """Every mistake in a page's front matter, but for those of its cards."""
    if page.front.problems or (page.front.data is None and not page.text):
        return
    if page.front.data == {}:
        yield from _none(page)
    elif not isinstance(page.front.data, dict):
        said = say(
            "the front matter has no fields (write title: …, or begin with an empty line)"
        )
        yield page.problem(1, 1, "SC003", said)
    else:
        yield from _wrong(page)
        yield from _unknown(page)


def is_unread(page: Page) -> bool:
    """Whether a page has fields that nobody reads as such."""
    return not isinstance(page.front.data, dict) or any(_none(page))


def _none(page: Page) -> Iterator[Problem]:
    """What looks like fields and is none: it would be printed, or vanish."""
    if STARTS.match(page.text) and not FRONT_MATTER.match(page.text):
        said = say("the front matter has no end (write a line with --- below its last field)")
        yield page.problem(1, 1, "RD003", said)
    elif BELOW.match(page.text) and not FRONT_MATTER.match(page.text):
        said = say(
            "the front matter is printed (begin the file with a line of --- and nothing else)"
        )
        yield page.problem(1, 1, "RD003", said)
    elif EATEN.match(page.text) and not page.text.startswith("---"):
        said = say(
            "the first line would be taken for a field and vanish (begin with a # heading)"
        )
        yield page.problem(1, 1, "SC003", said)


def _wrong(page: Page) -> Iterator[Problem]:
    try:
        Front.model_validate(page.front.data)
    except ValidationError as error:
        yield from model_problems(error, (), page.front, Front)
    else:
        yield from _hidden(page)
        yield from _foreign(page)


def _foreign(page: Page) -> Iterator[Problem]:
    """A language that is none: a page with it would speak English."""
    given = page.said("lang")
    if given:
        from babel import Locale, UnknownLocaleError  # few pages name one

        try:
            Locale.parse(given.replace("-", "_"))
        except (ValueError, UnknownLocaleError):
            said = say("{language} is no language (write its tag: de, pt-BR, ar)", language=given)
            yield page.front.problem(("lang",), "SC003", said)


def _hidden(page: Page) -> Iterator[Problem]:
    """What a page wants to hide that no theme knows."""
    given: Any = page.meta.get("hide")
    if isinstance(given, str) and given not in HIDEABLE:
        said = say("hide is {given} (write a list, such as hide: [toc])", given=repr(given))
        yield page.front.problem(("hide",), "SC003", said)
    for number, name in enumerate(given if isinstance(given, list) else ()):
        near = suggestion(name, HIDEABLE)
        if near and name not in HIDEABLE:
            said = say("there is no {name} to hide (did you mean {near}?)", name=name, near=near)
            yield page.front.problem(("hide", number), "SC003", said)


def _unknown(page: Page) -> Iterator[Problem]:
    """A field near to a known one is misspelt; any other may be one of the course's templates."""
    for name in page.meta.keys() - KNOWN:
        near = suggestion(name, KNOWN - FOREIGN) or suggestion(name, FOREIGN, cutoff=0.8)
        severity: Severity = "error"
        if name in Aim.model_fields:
            said = say(
                "{name} belongs to an objective (write it in an entry under objectives:)", name=name
            )
        elif near:
            said = say("unknown field {name} (did you mean {near}?)", name=name, near=near)
        else:
            said = say(
                "nothing is known to read the field {name} (delete it, unless a template does)",
                name=name,
            )
            severity = "warning"
        line, column = page.front.place((name,), key=True)
        yield page.problem(line, column, "SC001", said, severity)
