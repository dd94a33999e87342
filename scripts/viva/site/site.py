"""Everything that a page needs of the course: questions as HTML, kept in the cache by content."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache as once
from functools import cached_property, partial
from html import escape
from typing import Any, TypeVar

from viva.bank.banks import Bank, flat
from viva.bank.question import Question, may_be_formula
from viva.base import cores
from viva.base.cache import Cache, content_key, program
from viva.base.problems import Problem
from viva.base.words import Words
from viva.course import evidence
from viva.course.courses import Course
from viva.course.directives import Citation
from viva.course.fields import may_be_block
from viva.course.pages import Page
from viva.formulas import marked
from viva.site import images
from viva.site.embed import Embed, unmarked
from viva.site.markup import FieldMarkup, cites
from viva.site.render import Context, Renderer, environment_of, marked_up
from viva.site.routes import Routes
from viva.site.terms import TAG
from viva.theme import Theme

T = TypeVar("T")
MANY = 500
"""So many questions are worth another process."""
REFERENCES = "references.md"
"""The page that lists the references, if a course has it."""


class Site:
    """A course with the templates and the cache that turn its questions into HTML."""

    def __init__(
        self, read: Course, theme: Theme, cache: Cache, routes: Routes | None = None
    ) -> None:
        self.course, self.theme, self.cache = read, theme, cache
        folders = read.layout.settings.use_directory_urls
        self.routes = routes or Routes(folders, frozenset(read.pages))
        self.questions = read.questions
        self.words = read.layout.settings.words
        self._renderer = once(partial(Renderer, theme))
        self._parts = once(lambda words: environment_of(theme.loader(), words))
        self._contexts: dict[tuple[str, Words], Context] = {}
        self._remembered: dict[str, tuple[Any, Any]] = {}
        # By identity: the questions are kept, so that no other can take the place of one.
        self._keys: dict[tuple[Any, ...], tuple[tuple[Question, ...], str]] = {}

    def again(self, read: Course, routes: Routes) -> Site:
        """The site of the course after an edit, which remembers what does not hang on that."""
        made = Site(read, self.theme, self.cache, routes)
        made._renderer, made._parts = self._renderer, self._parts
        made._remembered = self._remembered
        return made

    def html(self, embed: Embed, root: str, words: Words | None = None) -> str:
        """The questions of an embed for a page that is `root` away from the site's root, in words
        of the page's language."""
        words = words or self.words
        key = self._known_key(embed, root, words)
        return self.cache.get(key, lambda: self._render(embed, root, words))

    def prepare(self, embeds: Sequence[Embed], root: str) -> None:
        """Make the HTML of embeds that the cache lacks; that of many on all cores."""
        new = [one for one in embeds if not self.cache.has(self._known_key(one, root, self.words))]
        if sum(len(one.questions) for one in new) >= MANY:
            self._prepared(new[:1], root)  # the templates are then there for every process
            prepared = partial(self._prepared, root=root)
            cores.spread(prepared, new[1:], 0, lambda one: len(one.questions))

    def _prepared(self, embeds: Sequence[Embed], root: str) -> list[None]:
        for embed in embeds:
            with suppress(Exception):  # who asks for it hears of it
                self.html(embed, root)
        return []

    def _known_key(self, embed: Embed, root: str, words: Words) -> str:
        asked = (embed.mode, root, words.key, *map(id, embed.questions))
        if asked not in self._keys:  # a page and its script want the same
            self._keys[asked] = embed.questions, self._key(embed, root, words)
        return self._keys[asked][1]

    def _key(self, embed: Embed, root: str, words: Words) -> str:
        asked = [question.model_dump_json(exclude_defaults=True) for question in embed.questions]
        asked += [repr(question.statistics) for question in flat(embed.questions)]
        asked += self._read(embed.questions)
        asked += [repr(self._sizes.get(src)) for src in _figures(embed.questions)]
        return content_key(self._surroundings, words.key, embed.mode, root, *asked)

    def safe(self, embed: Embed, root: str, words: Words | None = None) -> str | None:
        """The same; None where one of the questions cannot be made for a reason nobody foresaw."""
        try:
            return self.html(embed, root, words)
        except Exception:
            return None

    def sound(self, embed: Embed, root: str) -> Embed:
        """The embed without the questions that cannot be made, which their page tells of."""
        known = self.cache.has(self._known_key(embed, root, self.words))
        if known or self.safe(embed, root) is not None:
            return embed
        each = (replace(embed, questions=(one,)) for one in embed.questions)
        made = tuple(one.questions[0] for one in each if self.safe(one, root) is not None)
        return replace(embed, questions=made)

    def _read(self, questions: Iterable[Question]) -> list[str]:
        """What the sections are called that these questions lead to."""
        return [self._headings.get(one.read or "", "") for one in flat(questions)]

    def remembered(self, name: str, bank: Bank, make: Callable[[], T]) -> T:
        """What `make` makes of a bank: once for a name, as long as the bank stays as it is."""
        known = (bank, self._read(bank.questions))
        found = self._remembered.get(name)
        if found is None or found[0] != known:
            found = self._remembered[name] = (known, make())
        made: T = found[1]
        return made

    def kept(self, name: str, make: Callable[[], dict[str, str]]) -> dict[str, str]:
        """Files by path that hang on banks, cards and nothing else that the cache does not know."""
        banks = (self.course.layout.root / one.path for one in self.course.banks if one.questions)
        cards = repr((self.course.cards, self._headings))
        read = (path.read_bytes() for path in banks)
        key = content_key(self._surroundings, self.words.key, name, cards, *read)
        kept = self.cache.load(key)
        if kept is not None:
            return dict(json.loads(kept))
        made = make()
        self.cache.store(key, json.dumps(made).encode())
        return made

    def frame(
        self,
        page: Page,
        check: Mapping[str, str] | None,
        following: Mapping[str, str] | None,
        words: Words | None = None,
    ) -> tuple[str, str]:
        """What stands above and below a module's text: `check` is the link to its self-check,
        `following` what comes next where it has none."""
        facts = {
            "inline": marked_up(self.context("", words))["inline"],
            "page": Routes().file(page.path),
            "following": following,
            "objectives": page.objectives,
            "minutes": page.minutes,
            "revised": page.said("revised"),
            "check": check,
        }
        return (
            self.part("opening.html", words, **facts),
            self.part("closing.html", words, **facts),
        )

    def panel(self, problems: Iterable[Problem]) -> str:
        """Problems as a box for the author who previews the site."""
        return self.part("panel.html", problems=list(problems))

    def part(self, name: str, words: Words | None = None, /, **facts: Any) -> str:
        """The HTML of a template that stands in a page by itself."""
        return self._parts(words or self.words).get_template(name).render(facts)

    def cited(self, citation: Citation, root: str) -> str:
        """The numbers of a citation, linked to the page of references; as typed if unknown."""
        known = self.course.bibliography.references
        page = self.routes.link(REFERENCES, root) if self.routes.has(REFERENCES) else None
        if any(key not in known for key in citation.keys):
            return citation.text
        return cites([known[key] for key in citation.keys], page)

    def said(self, stem: str) -> str:
        """What a stem asks, as escaped text: of one that holds blocks, its lead-in."""
        if may_be_block(stem):
            return TAG.sub("", marked.in_line(self.context("").blocks(stem)[1]))
        return unmarked(stem)

    @cached_property
    def has_formulas(self) -> bool:
        """Whether a question or a card of the course has a formula."""
        cards = (card.back for deck in self.course.cards.values() for card in deck)
        asked = self.questions.values()
        return any(one.has_formula for one in asked) or any(map(may_be_formula, cards))

    def evidence_pages(self) -> dict[str, str]:
        """The Markdown of the pages on the course's evidence, if it keeps any."""
        known = self.course.evidence
        made = {}
        if known.claims:
            banks, pages = self.course.banks, self.course.pages
            made["evidence.md"] = evidence.claims_page(known, banks, pages, self.words)
        if known.facts:
            made["facts.md"] = evidence.facts_page(known, self.words)
        return made

    def _render(self, embed: Embed, root: str, words: Words) -> str:
        return self._renderer(words).quiz(embed.questions, self.context(root, words), embed.mode)

    def context(self, root: str, words: Words | None = None) -> Context:
        """What a page that is `root` away from the site's root gives its questions."""
        key = root, words or self.words
        if key not in self._contexts:
            self._contexts[key] = self._context(*key)
        return self._contexts[key]

    def _context(self, root: str, words: Words) -> Context:
        markup = FieldMarkup(
            self.course.converter.speaking(words),
            self.course.bibliography,
            self.course.glossary,
            partial(self.routes.link, root=root),
            REFERENCES if self.routes.has(REFERENCES) else None,
        )
        return Context(
            root=root,
            objectives=self._objectives,
            references=self._references(root),
            headings=self._headings,
            inline=lambda text: marked.labelling(markup.inline(text)),
            block=lambda text: marked.shown(markup.block(text)),
            sizes=self._sizes,
            routes=self.routes,
            sign_off=self.course.layout.settings.sign_off,
            words=words,
        )

    @cached_property
    def _sizes(self) -> dict[str, tuple[float, float]]:
        """The size of each figure of a question, where its file tells it."""
        docs = self.course.layout.docs
        found = {src: images.size(docs / src) for src in _figures(self.questions.values())}
        return {src: size for src, size in found.items() if size}

    @cached_property
    def _surroundings(self) -> str:
        """A hash of all that shapes a question's HTML besides the question."""
        course = (
            self._references(""),
            self._objectives,
            self.course.glossary,
            self.routes.folders,
            self.course.layout.settings.sign_off,
            self.course.converter.key,
        )
        return content_key(program(), *self.theme.everything(), repr(course))

    def _references(self, root: str) -> dict[str, str]:
        """Short links to the page of references, which has everything known of each."""
        known = self.course.bibliography.references
        if not self.routes.has(REFERENCES):
            return {key: escape(ref.label) for key, ref in known.items()}
        page = self.routes.link(REFERENCES, root)
        return {
            key: f'<a href="{page}#{ref.anchor}">{escape(ref.label)}</a>'
            for key, ref in known.items()
        }

    @cached_property
    def _objectives(self) -> dict[str, str]:
        return {key: objective.text for key, objective in self.course.objectives.items()}

    @cached_property
    def _headings(self) -> dict[str, str]:
        """The heading that each target of `read` names."""
        return {
            f"{path}#{anchor}": title
            for path, page in self.course.pages.items()
            for anchor, title in page.headings.items()
        } | {path: page.said("title") for path, page in self.course.pages.items()}


def _figures(questions: Iterable[Question]) -> Iterator[str]:
    """The files of these questions' figures, in their order."""
    for question in flat(tuple(questions)):
        if question.figure:
            yield question.figure.src.partition("#")[0]
