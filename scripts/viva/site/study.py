"""The study pages (progress, review, practice) and the data that their scripts read.

Pages opened from disk may not fetch anything, so all data are classic scripts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from html import escape, unescape
from typing import Any

from markdown.extensions.toc import slugify

from viva.bank.banks import Bank, flat
from viva.bank.question import LEVELS, Question, digest
from viva.bank.types import TYPES
from viva.course.cards import Card
from viva.course.courses import Course
from viva.course.glossary import Term
from viva.site import embed
from viva.site.embed import Embed
from viva.site.render import environment_of, scripts, url
from viva.site.site import Site
from viva.theme import Theme

FOLDER = "study"
HERE = "../"
"""From a study page to the site's root."""
TITLES = {
    "progress": ("Progress", "What you have answered, what stuck, and what is due."),
    "review": ("Review", "Questions come back when you are about to forget them."),
    "practice": ("Practice", "Put a block of questions together, or go through the flashcards."),
}
DATA = "assets/viva/course-data.js"
STORE = "study/store.js"
STYLES = ("viva.css", "study/study.css")
FOLD = ("study/vendor/ts-fsrs/ts-fsrs.umd.js", "course-data.js", "study/state.js", "study/page.js")
OWN = {
    "progress": ("study/exchange.js", "study/progress.js"),
    "review": ("study/runner.js", "study/review.js"),
    "practice": ("study/runner.js", "study/practice.js"),
}


def course_id(name: str) -> str:
    """The prefix of everything that a course keeps in a browser: its name as in an address."""
    return slugify(name, "-") or "course"


def page(name: str, course: Course, banks: list[Bank], title: str, theme: Theme) -> str:
    """The Markdown of a study page."""
    heading, about = TITLES[name]
    facts = {
        "course": title,
        "modules": _modules(course, banks),
        "types": _types(course),
        "levels": LEVELS,
        "decks": {"facts": bool(course.cards), "terms": bool(course.glossary)},
    }
    template = _environment(theme).get_template(f"study/{name}.html")
    return (
        f'---\ntitle: {heading}\ndescription: "{about}"\nhide: [toc]\nsearch:\n  exclude: true\n'
        f"---\n# {heading}\n\n{about}\n{{ .viva-lead }}\n\n{template.render(facts)}\n"
    )


def with_assets(html: str, name: str, course: Course, root: str, title: str) -> str:
    """A study page that loads its style and scripts."""
    html = with_store(html, root, title)
    return embed.with_assets(html, root, page_scripts(name, course), STYLES)


def with_store(html: str, root: str, title: str) -> str:
    """A page that loads the store, which has to know the course and the way to the site's root."""
    facts = f'data-course="{course_id(title)}" data-root="{root}"'
    tag = f'<script defer src="{root}assets/viva/{STORE}" {facts}></script>'
    before, end, after = html.rpartition("</body>")
    return f"{before}{tag}{end}{after}"


@cache
def _environment(theme: Theme) -> Any:
    return environment_of(theme.loader())


def page_scripts(name: str, course: Course) -> list[str]:
    """The scripts under assets/viva/ of a study page, in the order in which they load."""
    if name == "progress":
        return [*FOLD, *OWN[name]]
    return [*scripts(tuple(course.questions.values())), *FOLD, *OWN[name]]


def files(site: Site, banks: list[Bank], title: str) -> Iterator[tuple[str, str]]:
    """Path and text of every data file that the study pages load."""
    yield DATA, _script("vivaCourse", data(site, banks, title))
    for bank in banks:
        # The same embed as on the bank's own page: it is in the cache already.
        html = site.html(Embed("self-check", bank.questions), HERE)
        script = _script(f'vivaBanks["{bank.id}"]', html)
        yield f"assets/viva/questions/{bank.id}.js", f"window.vivaBanks ??= {{}};\n{script}"


def data(site: Site, banks: list[Bank], title: str) -> dict[str, Any]:
    """What the study pages know of the course. No answer is in it."""
    course = site.course
    return {
        "id": course_id(title),
        "title": title,
        "fingerprint": fingerprint(course),
        "modules": _modules(course, banks),
        "questions": [entry for bank in banks for entry in _questions(site, bank)],
        "cards": list(_cards(site)),
    }


def fingerprint(course: Course) -> str:
    """Twelve hexadecimal digits that change with any question a student can see."""
    every = flat(tuple(course.questions.values()))
    text = " ".join(sorted(f"{question.id}={digest(question)}" for question in every))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _script(name: str, value: Any) -> str:
    return f"window.{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"


def _modules(course: Course, banks: list[Bank]) -> list[dict[str, Any]]:
    """What questions belong to, in the order of the banks: modules, or a bank without one."""
    found: dict[str, dict[str, Any]] = {}
    for bank in banks:
        for question in bank.questions:
            place = _place(course, bank, question)
            if place not in found:
                found[place] = _module(course, place, bank)
    order = [bank.module or bank.id for bank in banks]
    return sorted(
        found.values(),
        key=lambda module: order.index(module["id"]) if module["id"] in order else len(order),
    )


def _place(course: Course, bank: Bank, question: Question) -> str:
    """The module that declares a question's objective, else the bank's, else the bank itself."""
    objective = course.objectives.get(question.objective or "")
    return objective.page if objective else bank.module or bank.id


def _module(course: Course, place: str, bank: Bank) -> dict[str, Any]:
    read = course.pages.get(place)
    if read is None:
        return {"id": place, "title": bank.title, "url": _self_check(bank), "objectives": []}
    declared = (one for one in course.objectives.values() if one.page == place)
    return {
        "id": place,
        "title": str(read.meta.get("title") or bank.title),
        "url": url(place, ""),
        "objectives": [{"id": one.id, "text": one.text} for one in declared],
    }


def _self_check(bank: Bank) -> str:
    return f"self-checks/{bank.id}.html"


def _types(course: Course) -> list[str]:
    used = {question.type for question in course.questions.values()}
    return [name for name in TYPES if name in used]


def _questions(site: Site, bank: Bank) -> Iterator[dict[str, Any]]:
    for question in bank.questions:
        yield _question(site, bank, question)
        for step in getattr(question, "steps", ()):
            yield {**_question(site, bank, step), "case": question.id}


def _question(site: Site, bank: Bank, question: Question) -> dict[str, Any]:
    context = site.context("")
    objective = site.course.objectives.get(question.objective or "")
    facts: dict[str, Any] = {
        "id": question.id,
        "hash": digest(question),
        "bank": bank.id,
        "module": _place(site.course, bank, question),
        "type": question.type,
        "level": question.level,
        "objective": objective and objective.id,
        "stem": _stem(question),
        "url": f"{_self_check(bank)}#{question.id}",
    }
    if question.read:
        heading = context.headings.get(question.read, "the section")
        facts["read"] = {"url": context.url(question.read), "title": heading}
    return {name: value for name, value in facts.items() if value is not None}


def _stem(question: Question) -> str:
    """A case is known by its vignette: its stem is the same in every case."""
    text = getattr(question, "vignette", question.stem)
    plain = unescape(embed.plain(text))
    return plain if len(plain) <= 160 else f"{plain[:159].rsplit(' ', 1)[0]} …"


def _cards(site: Site) -> Iterator[dict[str, Any]]:
    """The flashcards: every key fact of the modules, and the glossary."""
    for path, deck in site.course.cards.items():
        for card in deck:
            yield _fact(site, path, card)
    for term in site.course.glossary:
        yield _term(term)


def _fact(site: Site, path: str, card: Card) -> dict[str, Any]:
    """A key fact; it is another one when its front or its back changes."""
    context = site.context(HERE)
    known = context.references
    return {
        "id": f"fact:{card.id}",
        "hash": _told(card.front, card.back),
        "module": path,
        "type": "card",
        "deck": "facts",
        "stem": unescape(embed.plain(card.front)),
        "back": context.inline(card.back),
        "references": [known[key] for key in card.references if key in known],
        "read": {"url": url(path, ""), "title": context.headings[path]},
    }


def _term(term: Term) -> dict[str, Any]:
    """A term of the glossary; it is another card when its definition changes."""
    return {
        "id": f"card:{term.anchor}",
        "hash": _told(term.title, term.definition),
        "module": "glossary.md",
        "type": "card",
        "deck": "terms",
        "stem": term.title,
        "back": escape(term.definition, quote=False),
        "references": [],
        "read": {"url": f"glossary.html#{term.anchor}", "title": "Glossary"},
    }


def _told(front: str, back: str) -> str:
    return hashlib.sha256(f"{front}\n{back}".encode()).hexdigest()[:12]
