"""The study pages (progress, review, practice) and the data that their scripts read.

Pages opened from disk may not fetch anything, so all data are classic scripts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache, partial
from html import escape, unescape
from pathlib import Path
from typing import Any

from viva.bank import types
from viva.bank.banks import Bank, flat
from viva.bank.question import LEVEL_NAMES, Question, content_hash
from viva.base import net
from viva.base.words import Words, say
from viva.course.cards import Card
from viva.course.courses import Course
from viva.course.fields import spoken
from viva.course.glossary import Term
from viva.course.settings import Settings
from viva.site import embed, labels, outline
from viva.site.embed import Embed
from viva.site.labels import Label
from viva.site.portions import Portion, portions
from viva.site.render import environment_of, scripts, styles
from viva.site.routes import SELF_CHECKS, STUDY, Routes, check_path
from viva.site.site import Site
from viva.theme import Theme

TITLES = {
    "progress": (
        say("Progress"),
        say("What you have answered, what stuck, and what is due."),
    ),
    "review": (
        say("Review"),
        say("Questions come back when you are about to forget them."),
    ),
    "practice": (
        say("Practice"),
        say("Put a block of questions together, or go through the flashcards."),
    ),
}
GLOSSARY = "glossary.md"
DATA, PARTS = "assets/viva/course-data.js", "assets/viva/course"
STORE = ("study/store.js", "study/record.js")
STYLES = ("study/runner.css", "study/study.css")
BOARD = "study/progress.css"
FOLD = ("study/vendor/ts-fsrs/ts-fsrs.umd.js", "course-data.js", "study/state.js", "study/page.js")
OWN = {
    "progress": ("study/files.js", "study/exchange.js", "study/progress.js"),
    "review": ("study/runner.js", "study/ask.js", "study/review.js"),
    "practice": ("study/runner.js", "study/ask.js", "study/practice.js"),
}


def here(routes: Routes) -> str:
    """The way from a study page to the site's root."""
    return routes.root(path("progress"))


def path(name: str) -> str:
    """Where a study page stands among the pages of the course."""
    return f"{STUDY}/{name}.md"


def page(name: str, course: Course, title: str, theme: Theme) -> str:
    """The Markdown of a study page."""
    words = course.layout.settings.words
    heading, about = map(words.tell, TITLES[name])
    facts = {
        "course": title,
        "types": _types(course),
        "levels": LEVEL_NAMES,
        "decks": [
            name
            for name, cards in (
                ("facts", course.cards),
                ("terms", course.glossary),
                ("labels", tuple(labels.labels(course))),
            )
            if cards
        ],
    }
    template = _environment(theme, words).get_template(f"study/{name}.html")
    return (
        f'---\ntitle: "{heading}"\ndescription: "{about}"\nhide: [toc]\nsearch:\n  exclude: true\n'
        f"---\n# {heading}\n\n{about}\n{{ .viva-lead }}\n\n{template.render(facts)}\n"
    )


def store_facts(settings: Settings, page: str, routes: Routes) -> dict[str, str]:
    """What the store has to know: the course, the page, and the ways to the root and to progress.

    A page has the same name for the store whichever form the addresses have.
    """
    before = {"was": settings.names_before, "shared": settings.names_shared}
    return {
        "course": settings.id,
        **{name: " ".join(names) for name, names in before.items() if names},
        "root": routes.root(page),
        "page": Routes().file(page).rpartition("/")[2],
        "path": Routes().file(page),
        "progress": routes.url(path("progress")),
        "checks": routes.url(f"{SELF_CHECKS}/index.md"),
    }


@cache
def _environment(theme: Theme, words: Words) -> Any:
    return environment_of(theme.loader(), words)


def page_scripts(name: str, course: Course) -> list[str]:
    """The scripts under assets/viva/ of a study page, in the order in which they load."""
    if name == "progress":
        return [*FOLD, *OWN[name]]
    return [*scripts(tuple(course.questions.values())), *FOLD, *OWN[name]]


def page_styles(name: str, course: Course) -> list[str]:
    """The styles under assets/viva/ of a study page, in the order in which they load."""
    asked = () if name == "progress" else tuple(course.questions.values())
    own = [BOARD] if name == "progress" else []
    return [*(styles(asked) or ["viva.css"]), *STYLES, *own]


def files(
    site: Site, banks: list[Bank], title: str, may_part: bool = True
) -> Iterator[tuple[str, str]]:
    """Path and text of every data file that the study pages load.

    Those of a large course come in parts, unless they are made again after every edit.
    """
    if may_part:
        every = (portion for bank in banks for portion in portions(bank))
        site.prepare([Embed("self-check", one.bank.questions) for one in every], here(site.routes))
    whole = data(site, banks, title)
    apart = outline.parted(whole) if may_part else None
    yield DATA, _script("vivaCourse", apart.outline if apart else whole)
    for number, part in enumerate(apart.parts if apart else ()):
        script = _script(f"vivaParts[{number}]", part)
        yield f"{PARTS}/{number}.js", f"window.vivaParts ??= {{}};\n{script}"
    for bank, portion in ((one, portion) for one in banks for portion in portions(one)):
        path, make = portion.script, partial(_questions_script, site, portion)
        yield path, site.remembered(path, bank, make)


def _questions_script(site: Site, portion: Portion) -> str:
    asked = _asked(site, portion)
    html = site.html(asked, here(site.routes)) if asked.questions else ""
    script = _script(f'vivaBanks["{portion.sheet}"]', html)
    return f"window.vivaBanks ??= {{}};\n{script}"


def _asked(site: Site, portion: Portion) -> Embed:
    """The same embed as on the page of the portion: it is in the cache already."""
    return site.sound(Embed("self-check", portion.bank.questions), here(site.routes))


def parts_by_module(site: Path) -> dict[str, str]:
    """The file with the data of each module of a built site, if they come in parts."""
    file = site / DATA
    text = file.read_text("utf-8") if file.is_file() else "{}"
    course = json.loads(text.partition(" = ")[2].rstrip(";\n") or "{}")
    return {one["id"]: f"{PARTS}/{one['part']}.js" for one in course.get("places", ())}


def data(site: Site, banks: list[Bank], title: str) -> dict[str, Any]:
    """What the study pages know of the course. No answer is in it."""
    course = site.course
    asked = [entry for bank in banks for entry in _rows(site, bank)]
    return {
        "id": site.course.layout.settings.id,
        "title": title,
        "fingerprint": fingerprint(course),
        "modules": _checked(_modules(course, banks, site.routes), asked),
        "pages": {one: site.routes.url(path(one)) for one in TITLES},
        "questions": asked,
        "cards": list(_cards(site)),
    }


def _checked(
    modules: list[dict[str, Any]], asked: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The modules, each with the page of its first item."""
    cases = {one["of"] for one in asked if "of" in one}
    pages: dict[str, str] = {}
    for one in asked:
        if one["id"] not in cases:
            pages.setdefault(one["module"], one["url"].partition("#")[0])
    return [{**one, "check": pages[one["id"]]} if one["id"] in pages else one for one in modules]


def fingerprint(course: Course) -> str:
    """Twelve hexadecimal digits that change with any question a student can see."""
    every = flat(tuple(course.questions.values()))
    text = " ".join(sorted(f"{question.id}={content_hash(question)}" for question in every))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _script(name: str, value: Any) -> str:
    return f"window.{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"


def _modules(course: Course, banks: list[Bank], routes: Routes) -> list[dict[str, Any]]:
    """What questions belong to, in the order of the banks: modules, or a bank without one."""
    found: dict[str, dict[str, Any]] = {}
    for bank in banks:
        for question in bank.questions:
            name = place(course, bank, question)
            if name not in found:
                found[name] = _module(course, name, bank, routes)
    order: dict[str, int] = {}
    for bank in banks:
        order.setdefault(bank.module or bank.id, len(order))
    return sorted(found.values(), key=lambda module: order.get(module["id"], len(order)))


def place(course: Course, bank: Bank, question: Question) -> str:
    """The module that declares a question's objective, else the bank's, else the bank itself."""
    objective = course.objectives.get(question.objective or "")
    return objective.page if objective else bank.module or bank.id


def _module(course: Course, place: str, bank: Bank, routes: Routes) -> dict[str, Any]:
    read = course.pages.get(place)
    if read is None:
        return {
            "id": place,
            "title": bank.title,
            "url": routes.url(check_path(bank)),
            "page": "",
            "objectives": [],
        }
    declared = course.aims.get(place, ())
    return {
        "id": place,
        "title": read.said("title") or bank.title,
        "url": routes.url(place),
        "objectives": [{"id": one.id, "text": spoken(one.text)} for one in declared],
        "page": Routes().file(place),
    }


def _types(course: Course) -> dict[str, str]:
    """The types that a course uses, by what students call them."""
    used = {question.type for question in course.questions.values()}
    return {name: kind.name for name, kind in types.TYPES.items() if name in used}


def _rows(site: Site, bank: Bank) -> list[dict[str, Any]]:
    return site.remembered(bank.path, bank, lambda: list(_questions(site, bank)))


def _questions(site: Site, bank: Bank) -> Iterator[dict[str, Any]]:
    for portion in portions(bank):
        for question in _asked(site, portion).questions:
            rows = partial(_with_steps, site, portion, question)
            none: list[dict[str, Any]] = []
            yield from net.attempt(rows, none, bank.path, say("question {id}", id=question.id))


def _with_steps(site: Site, portion: Portion, question: Question) -> list[dict[str, Any]]:
    steps = types.steps(question)
    rows = (_question(site, portion, step, of=question.id) for step in steps)
    return [_question(site, portion, question), *rows]


def _question(site: Site, portion: Portion, question: Question, **more: str) -> dict[str, Any]:
    bank = portion.bank
    context = site.context("")
    objective = site.course.objectives.get(question.objective or "")
    facts: dict[str, Any] = {
        "id": question.id,
        "hash": content_hash(question),
        "bank": bank.id,
        "module": place(site.course, bank, question),
        "type": question.type,
        "level": question.level,
        "objective": objective and objective.id,
        "stem": _stem(site, question),
        "url": f"{site.routes.url(portion.path)}#{question.id}",
    }
    if portion.sheet != bank.id:
        facts["sheet"] = portion.sheet
    if question.read and context.leads(question.read):
        heading = context.headings.get(question.read, context.words.say("the section"))
        facts["read"] = {"url": context.url(question.read), "title": heading}
    return {name: value for name, value in facts.items() if value is not None} | more


def _stem(site: Site, question: Question) -> str:
    """What it is known by: what is read first, as the stem is the same in every case."""
    (field, *_), text = next(types.running(question))
    plain = unescape(site.said(text) if field == "stem" else embed.unmarked(text))
    return plain if len(plain) <= 160 else f"{plain[:159].rsplit(' ', 1)[0]} …"


def _cards(site: Site) -> Iterator[dict[str, Any]]:
    """The flashcards: every key fact of the modules that readers have, and the glossary."""
    decks = {page: deck for page, deck in site.course.cards.items() if site.routes.has(page)}
    for page, deck in decks.items():
        for card in deck:
            yield _fact(site, page, card)
    for term in site.course.glossary:
        yield _term(term, site)
    for name, label in labels.by_name(labels.labels(site.course)).items():
        yield _label(site, name, label)


def _fact(site: Site, page: str, card: Card) -> dict[str, Any]:
    """A key fact; it is another one when its front or its back changes."""
    context = site.context(here(site.routes))
    known = context.references
    return {
        "id": f"fact:{card.id}",
        "hash": _told(card.front, card.back),
        "module": page,
        "type": "card",
        "deck": "facts",
        "stem": unescape(embed.unmarked(card.front)),
        "back": context.inline(card.back),
        "references": [known[key] for key in card.references if key in known],
        "read": {"url": site.routes.url(page), "title": context.headings[page]},
    }


def _term(term: Term, site: Site) -> dict[str, Any]:
    """A term of the glossary; it is another card when its definition changes."""
    return {
        "id": f"card:{term.anchor}",
        "hash": _told(term.title, term.definition),
        "module": GLOSSARY,
        "type": "card",
        "deck": "terms",
        "stem": term.title,
        "back": escape(term.definition, quote=False),
        "references": [],
        "read": {
            "url": f"{site.routes.url(GLOSSARY)}#{term.anchor}",
            "title": site.words.say("Glossary"),
        },
    }


def _label(site: Site, name: str, label: Label) -> dict[str, Any]:
    """A figure with one label hidden; it is another card when the label moves or is renamed."""
    context = site.context(here(site.routes))
    return {
        "id": name,
        "hash": _told(f"{label.src} {label.box}", label.name),
        "module": label.page,
        "type": "card",
        "deck": "labels",
        "stem": site.words.say("Which name is hidden?"),
        "figure": {"src": label.src, "box": label.box},
        "back": escape(label.name, quote=False),
        "references": [],
        "read": {"url": site.routes.url(label.page), "title": context.headings[label.page]},
    }


def _told(front: str, back: str) -> str:
    return hashlib.sha256(f"{front}\n{back}".encode()).hexdigest()[:12]
