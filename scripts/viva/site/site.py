"""Everything that a page needs of the course: questions as HTML, kept in the cache by content."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from html import escape

from viva.base.cache import Cache, content_key, program
from viva.course import evidence
from viva.course.courses import Course
from viva.site.embed import Embed
from viva.site.markup import FieldMarkup
from viva.site.render import Context, Renderer, url
from viva.theme import Theme


class Site:
    """A course with the templates and the cache that turn its questions into HTML."""

    def __init__(self, read: Course, theme: Theme, cache: Cache) -> None:
        self.course, self.theme, self.cache = read, theme, cache
        self.questions = read.questions
        self._contexts: dict[str, Context] = {}

    def html(self, embed: Embed, root: str) -> str:
        """The questions of an embed for a page that is `root` away from the site's root."""
        asked = [question.model_dump_json(exclude_defaults=True) for question in embed.questions]
        key = content_key(self._surroundings, embed.mode, root, *asked)
        return self.cache.get(key, lambda: self._render(embed, root))

    def kept(self, name: str, make: Callable[[], dict[str, str]]) -> dict[str, str]:
        """Files by path that hang on banks, cards and nothing else that the cache does not know."""
        banks = (self.course.layout.root / bank.path for bank in self.course.banks)
        cards = repr(self.course.cards)
        key = content_key(self._surroundings, name, cards, *(path.read_bytes() for path in banks))
        made: dict[str, str] = json.loads(self.cache.get(key, lambda: json.dumps(make())))
        return made

    def references_list(self) -> str:
        """The course's bibliography as a numbered list."""
        found = sorted(self.course.bibliography.references.values(), key=lambda r: r.number)
        rows = (f'<li id="{escape(r.anchor)}">{r.html}</li>' for r in found)
        return f'\n<ol class="viva-references">\n{"".join(rows)}\n</ol>\n'

    def evidence_pages(self) -> dict[str, str]:
        """The Markdown of the pages on the course's evidence, if it keeps any."""
        known = self.course.evidence
        made = {}
        if known.claims:
            made["evidence.md"] = evidence.claims_page(known, self.course.banks, self.course.pages)
        if known.facts:
            made["facts.md"] = evidence.facts_page(known)
        return made

    def _render(self, embed: Embed, root: str) -> str:
        return self._renderer.quiz(embed.questions, self.context(root), embed.mode)

    def context(self, root: str) -> Context:
        """What a page that is `root` away from the site's root gives its questions."""
        if root not in self._contexts:
            self._contexts[root] = self._context(root)
        return self._contexts[root]

    def _context(self, root: str) -> Context:
        markup = FieldMarkup(
            self.course.bibliography, self.course.glossary, lambda target: url(target, root)
        )
        return Context(
            root=root,
            objectives=self._objectives,
            references=self._references(root),
            headings=self._headings,
            inline=markup.inline,
            block=markup.block,
        )

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self.theme)

    @cached_property
    def _surroundings(self) -> str:
        """A hash of all that shapes a question's HTML besides the question."""
        course = self._references(""), self._objectives, self._headings, self.course.glossary
        return content_key(program(), *self.theme.everything(), repr(course))

    def _references(self, root: str) -> dict[str, str]:
        """Short links to the page of references, which has everything known of each."""
        return {
            key: f'<a href="{root}references.html#{ref.anchor}">{escape(ref.label)}</a>'
            for key, ref in self.course.bibliography.references.items()
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
        } | {path: str(page.meta.get("title", "")) for path, page in self.course.pages.items()}
