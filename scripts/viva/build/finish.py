"""Finishing: what no engine knows comes into the pages that it has written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Any

from viva.assignments import page as sheets
from viva.bank.banks import flat
from viva.base import net
from viva.base.words import Words, of, say
from viva.build import stage, translated
from viva.build.edition import Edition
from viva.course import boxes, glossary
from viva.course.pages import Page
from viva.formulas import marked, typed
from viva.offline import app
from viva.offline.book import Source
from viva.site import assets, embed, images, metadata, study, terms
from viva.site.direction import isolated
from viva.site.embed import Embed
from viva.site.render import scripts, styles
from viva.site.routes import check_path

ARTICLE = re.compile(r"(<article\b[^>]*>)(.*)(</article>)", re.DOTALL)
HEADING = re.compile(r'<h(?P<level>[23]) id="(?P<id>[^"]+)".*?</h[23]>', re.DOTALL)
LANGUAGES = re.compile(r'<div class="?viva-languages-here"?>\s*</div>')
AREAS = re.compile(r'<div class="?viva-areas-here"?>\s*</div>')
BLANK = re.compile(r"\n(?:[ \t]*\n)+")
"""What a theme's templates leave around their lines."""
HTML = re.compile(r'(<html\b[^>]*?)\blang="?[\w-]*"?')
BODY = re.compile(r'(<body\b[^>]*?)\bdir="?\w*"?')
STYLE = '<link rel="stylesheet" href="{root}{folder}/{name}">'
SHELL, READING, TODAY = "shell.js", "study/reading.js", "study/today.js"
PARTED = "portions"
QUESTIONS = "viva.js"
LISTS = re.compile(r'class="viva-(?:today|contents)\b')
SCRIPT = '<script defer src="{root}{folder}/{name}"{data}></script>'


@dataclass(frozen=True)
class Finished:
    """A page as readers get it, and what a book takes of it."""

    html: str
    source: Source


@dataclass(frozen=True)
class Needs:
    """What a page loads, from assets/viva/ of the site."""

    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    """Scripts that come when a question needs them."""
    stores: bool = False
    remembers: bool = False
    """Whether it shows what this browser remembers, and loads the store only if there is any."""
    formulas: bool = False


def finish(html: str, edition: Edition, path: str, title: str = "") -> Finished:
    """Finish the HTML that an engine has made of the page at a path.

    A page with which viva itself fails stays as the engine has made it.
    """
    page = edition.course.pages.get(path)
    source = Source(path, edition.routes.file(path), title, "", (), ())
    name = page.name if page else edition.course.layout.doc(path)
    made = partial(_finish, html, edition, path, title)
    return net.attempt(made, Finished(html, source), name, say("what viva adds to this page"))


def _finish(html: str, edition: Edition, path: str, title: str) -> Finished:
    before, opening, inside, closing, after = _parts(html)
    before, inside, after = marked.named(before), marked.shown(inside), marked.named(after)
    inside = boxes.named(inside, edition.words(path))
    folder = (edition.course.layout.docs / edition.routes.file(path)).parent
    inside = images.zoomed(inside, folder)
    inside = embed.with_parts(inside, lambda name: stage.part(edition, path, name))
    inside = _with_terms(inside, edition, path)
    if path in edition.checks:
        asked = edition.checks[path].questions
        inside = embed.with_stems(inside, asked, edition.site.said)
    found = embed.embeds(inside, edition.site.questions)
    source = _source(edition, path, title, inside, found)
    root = edition.routes.root(path)
    inside = embed.with_questions(inside, lambda n: _asked(edition, path, found[n], root))
    inside = _with_assignment(inside, edition, path, root)
    inside = _with_frame(inside, edition, path, root)
    inside = _with_note(inside, edition, path)
    inside = isolated(inside, edition.direction(path))
    panel = _panel(edition) if edition.preview else ""
    needs = replace(
        _needs(edition, path, inside, found), formulas=_has_formulas(edition, path, inside)
    )
    before, after = (BLANK.sub("\n", part) for part in (before, after))
    made = "".join((before, panel, opening, inside, closing, after))
    made = _inserted(made, _head(edition, path, root, needs), _foot(edition, path, root, needs))
    made = _with_areas(_spoken(made, edition, path), edition, path)
    made = _with_languages(made, edition, path)
    return Finished(images.prepared(made, folder), source)


def _spoken(html: str, edition: Edition, path: str) -> str:
    """The page says its own language, where it is not that of the site, and lines begin with it."""
    tag = edition.tag(path)
    if not tag:
        return html
    html = HTML.sub(rf'\1lang="{tag}"', html, count=1)
    html = BODY.sub(rf'\1dir="{edition.direction(path)}"', html, count=1)
    for said in (stage.SAID[name] for name in stage.SETTLED):
        there, here = (escape(words.tell(said)) for words in (edition.site.words, of(tag)))
        html = re.sub(f'="?{re.escape(there)}"?(?=[ >])', f'="{here}"', html)
    return html


def _asked(edition: Edition, path: str, one: Embed, root: str) -> str:
    """The questions of an embed; if they cannot be made, each by itself, less those that fail.

    Nothing where students see none of them.
    """
    if not one.questions:
        return ""
    words = edition.words(path)
    whole = edition.site.safe(one, root, words)
    if whole is not None:
        return whole
    each = (replace(one, questions=(question,)) for question in one.questions)
    return "".join(
        net.attempt(
            partial(edition.site.html, alone, root, words),
            "",
            path,
            say("question {id}", id=alone.questions[0].id),
        )
        for alone in each
    )


def _parts(html: str) -> tuple[str, str, str, str, str]:
    """The page before its article, the article's tag, what is in it, its end, and the rest."""
    found = ARTICLE.search(html)
    if not found:
        return "", "", html, "", ""
    opening, inside, closing = found.groups()
    return html[: found.start()], opening, inside, closing, html[found.end() :]


def _with_terms(html: str, edition: Edition, path: str) -> str:
    """The glossary explains itself on every page but its own, where each term gets an id."""
    known, routes = edition.course.glossary, edition.routes
    if path == glossary.PAGE:
        return terms.anchored(html, known)
    if not routes.has(glossary.PAGE):
        return html
    page = routes.link(glossary.PAGE, routes.root(path))
    return terms.explained(html, known, lambda term: f"{page}#{term.anchor}")


def _source(edition: Edition, path: str, title: str, inside: str, found: list[Embed]) -> Source:
    """What a book takes of a page."""
    page = edition.course.pages.get(path)
    texts = (typed.words(one.text) for one in (page.objectives if page else ()) if one.text)
    heading = typed.words(title) or (page.said("title") if page else "")
    return Source(path, edition.routes.file(path), heading, inside, tuple(found), tuple(texts))


def _with_assignment(html: str, edition: Edition, path: str, root: str) -> str:
    assignment = edition.assigned.get(path)
    if assignment is None:
        return html
    return sheets.with_questions(html, assignment, edition.writer.html(assignment, root))


def _with_frame(html: str, edition: Edition, path: str, root: str) -> str:
    """A module opens with its objectives and closes with its self-check, that with what is next."""
    words = edition.words(path)
    if path in edition.checks:
        following = _next_portion(edition, path, root) or _link(
            edition, edition.after(edition.checks[path].module), root
        )
        return html + edition.site.part("closing.html", words, following=following)
    page = edition.course.pages.get(path)
    if page is None or not page.objectives:
        return html
    bank = edition.check_of.get(path)
    url = edition.routes.link(check_path(bank), root) if bank else ""
    check = {"url": url, "title": bank.title} if bank else None
    following = None if bank else _link(edition, edition.after(path), root)
    opening, closing = edition.site.frame(page, check, following, words)
    title, mark, text = html.partition("</h1>")
    text = HEADING.sub(lambda found: found[0] + _bookmark(edition, words, found), text)
    return f"{title}{mark}{opening}{text}{closing}" if mark else f"{opening}{html}{closing}"


def _bookmark(edition: Edition, words: Words, heading: re.Match[str]) -> str:
    level, section = heading["level"], heading["id"]
    return edition.site.part("bookmark.html", words, level=level, section=section)


def _with_areas(html: str, edition: Edition, path: str) -> str:
    """The page's header leads to the places of a student."""
    found = AREAS.search(html)
    if not found:
        return html
    made = edition.site.part("areas.html", edition.words(path), areas=stage.areas(edition, path))
    return f"{html[: found.start()]}{made}{html[found.end() :]}"


def _with_languages(html: str, edition: Edition, path: str) -> str:
    """The page's header leads to the same page in the other languages of the course."""
    found = LANGUAGES.search(html)
    if not found:
        return html
    links = list(translated.links(edition, path))
    made = edition.site.part("languages.html", edition.words(path), links=links) if links else ""
    return f"{html[: found.start()]}{made}{html[found.end() :]}"


def _with_note(html: str, edition: Edition, path: str) -> str:
    """A page of which something is not translated says so at its top."""
    page = edition.course.pages.get(path)
    if not (page and page.meta.get("original")):
        return html
    note = edition.site.part("untranslated.html", edition.words(path))
    title, mark, text = html.partition("</h1>")
    return f"{title}{mark}{note}{text}" if mark else f"{note}{html}"


def _link(edition: Edition, page: Page | None, root: str) -> dict[str, str] | None:
    return {"url": edition.routes.link(page.path, root), "title": page.title} if page else None


def _next_portion(edition: Edition, path: str, root: str) -> dict[str, str] | None:
    """The next page of a bank that fills several."""
    here = edition.portions[path]
    if here.number == here.total:
        return None
    following = replace(here, number=here.number + 1)
    url, title = edition.routes.link(following.path, root), following.title(edition.words(path))
    return {"url": url, "title": title}


def _needs(edition: Edition, path: str, inside: str, found: Iterable[Embed]) -> Needs:
    questions = [question for one in found for question in one.questions]
    page = edition.course.pages.get(path)
    first, *apart = scripts(questions) or [""]
    if page and page.objectives:
        more = (first, READING) if first else (READING,)
        return Needs(tuple(styles(questions)), more, tuple(apart), stores=True)
    if questions:
        portion = edition.portions.get(path)
        parted = [PARTED] if portion and portion.total > 1 else []
        looks = (*styles(questions), *(f"{name}.css" for name in parted))
        asks = (*(f"{name}.js" for name in parted), first)
        return Needs(looks, asks, tuple(apart), stores=True)
    if LISTS.search(inside):
        return Needs(remembers=True)
    if path in edition.studies:
        name = edition.studies[path]
        own = study.page_scripts(name, edition.course)
        return Needs(tuple(study.page_styles(name, edition.course)), tuple(own), stores=True)
    if path in edition.assigned:
        given = edition.assigned[path]
        own = sheets.page_scripts(given)
        return Needs(tuple(sheets.page_styles(given)), tuple(own), stores=True)
    return Needs()


def _has_formulas(edition: Edition, path: str, inside: str) -> bool:
    """Whether a page shows a formula, or a script may bring one: a study page asks anything."""
    return marked.has(inside) or (path in edition.studies and edition.site.has_formulas)


def _head(edition: Edition, path: str, root: str, needs: Needs) -> str:
    own = _own(edition, path)
    tags = [STYLE.format(root=root, folder=own, name=name) for name in needs.styles]
    for name in marked.STYLES if needs.formulas else ():  # beside their font
        tags.append(STYLE.format(root=root, folder=assets.FOLDER, name=name))
    if edition.is_taken_along:
        tags.append(app.tags(root, _own(edition, path, app.ASSETS)))
    elif edition.is_part_of_app:
        tags.append(app.tags(root, _own(edition, path, app.ASSETS), above=True))
    return "".join([*tags, _alternates(edition, path), _metadata(edition, path)])


def _alternates(edition: Edition, path: str) -> str:
    """The head names the same page in the other languages, where the site has an address."""
    links = [one for one in translated.links(edition, path) if one["address"]]
    return edition.site.part("alternates.html", edition.words(path), links=links) if links else ""


def _foot(edition: Edition, path: str, root: str, needs: Needs) -> str:
    """The words come first, then the store: it hears what the others tell."""
    own = _own(edition, path)

    def script(name: str, data: str = "") -> str:
        folder = assets.FOLDER if f"{assets.FOLDER}/{name}" == study.DATA else own
        return SCRIPT.format(root=root, folder=folder, name=name, data=data)

    apart = " ".join(f"{root}{own}/{name}" for name in needs.apart)
    data_of = {QUESTIONS: _data({"apart": apart})} if apart else {}
    tags = [script(name, data_of.get(name, "")) for name in needs.scripts]
    if needs.stores or needs.remembers:
        data = _data(study.store_facts(edition.settings, path, edition.routes))
        store, *rest = study.STORE if needs.stores else (TODAY,)
        first = [script(name) for name in rest]
        tags = [script(store, data), *first, *tags]
    return "".join([script(SHELL), *tags])


def _own(edition: Edition, path: str, folder: str = assets.FOLDER) -> str:
    """Where the files are that speak the language of a page."""
    words = edition.words(path)
    return assets.folder(words if words != edition.site.words else None, folder)


def _data(facts: Mapping[str, Any]) -> str:
    return "".join(f' data-{name}="{escape(str(value))}"' for name, value in facts.items())


def _metadata(edition: Edition, path: str) -> str:
    page, bank = edition.course.pages.get(path), edition.checks.get(path)
    extra = edition.settings.data.get("extra")
    licence = extra.get("license") if isinstance(extra, dict) else None
    common = {"inLanguage": edition.words(path).tag, "license": licence, "isPartOf": edition.title}
    if page and page.objectives:
        return metadata.as_script(metadata.of_module(page, edition.course, common))
    if bank:
        words = edition.words(path)
        named = replace(bank, title=edition.portions[path].title(words))
        return metadata.as_script(metadata.of_self_check(named, edition.course, common, words))
    return ""


def _inserted(html: str, head: str, foot: str) -> str:
    """The one place in which tags come into a page that an engine has written."""
    html = html.replace("</head>", f"{head}</head>", 1)
    before, end, after = html.rpartition("</body>")
    return f"{before}{foot}{end}{after}"


def _panel(edition: Edition) -> str:
    """The problems as a box for the author who previews the site; nothing where there are none."""
    shown = [problem for problem in edition.problems if problem.severity != "info"]
    return edition.site.panel(shown) if shown else ""


def anchors(edition: Edition, path: str, html: str) -> Iterator[str]:
    """Every id that finishing will add to a page, for those who check links before."""
    page = edition.course.pages.get(path)
    yield from (objective.id for objective in (page.objectives if page else ()))
    for one in embed.embeds(html, edition.site.questions):
        yield from one.ids
    portion = edition.portions.get(path)
    if portion and portion.number == 1 < portion.total:  # it leads to the questions of the others
        for other in edition.portions_of(portion.bank):
            yield from (question.id for question in flat(other.bank.questions))
    if "references" in (mode for mode, _ in embed.placeholders(html)):
        yield from (one.anchor for one in edition.course.bibliography.references.values())
    if path == glossary.PAGE:
        yield from (term.anchor for term in edition.course.glossary)
