"""Questions inside pages: the placeholder in Markdown, and the HTML that takes its place at last.

A directive becomes a placeholder in the page's Markdown. Only when a page is finished does the
placeholder turn into questions, so that neither Markdown nor the search index ever sees an answer.
On a self-check page it holds the stems as headings just before: those are searched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from itertools import count
from typing import get_args

from viva.bank.banks import Bank, flat
from viva.bank.question import Question
from viva.base.words import ENGLISH, Words
from viva.course.directives import Directive
from viva.course.fields import as_text, spoken
from viva.site.portions import portions
from viva.site.render import Mode

# Engines put it into a paragraph where it stands in a list or a box; some sort attributes, some
# leave out quotes.
PLACEHOLDER = re.compile(
    r"""(?P<inside><p>\s*)?<div\b(?=[^>]*\bclass="?viva-here\b)"""
    r"""(?=[^>]*\bdata-mode="?(?P<mode>[a-z-]+))"""
    r"""(?=[^>]*\bdata-ids=(?:"(?P<ids>[^"]*)"|(?P<id>[^\s">]*)))"""
    r"""[^>]*>.*?</div>(?(inside)\s*</p>)""",
    re.DOTALL,
)
HERE = "viva-here"
PORTIONS = "portions"
"""Where a page of a large bank leads to the others."""
MODES: dict[str, Mode] = {mode: mode for mode in get_args(Mode)}


@dataclass(frozen=True)
class Embed:
    """Questions that stand together in one place of a page."""

    mode: Mode
    questions: tuple[Question, ...]

    @property
    def ids(self) -> set[str]:
        """Every id that a link may name."""
        return {question.id for question in flat(self.questions)}


def placeholder(mode: str, questions: Iterable[Question] | Iterable[str]) -> str:
    """The element that stands in Markdown for questions, by their ids."""
    ids = " ".join(one if isinstance(one, str) else one.id for one in questions)
    return f'<div class="viva-here" data-mode="{mode}" data-ids="{escape(ids)}"></div>'


def here(directive: Directive) -> str:
    """The placeholder of a directive."""
    return placeholder(directive.mode, directive.ids)


def in_place(html: str, mark: str, directive: Directive) -> str | None:
    """HTML with the placeholder of a directive for a mark that has a paragraph for itself, as the
    Markdown library leaves it; None where no paragraph is only the mark."""
    place = f"<p>{mark}</p>"
    if html.count(mark) != 1 or place not in html:
        return None
    return html.replace(place, f"{here(directive)}\n")


def placeholders(html: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Mode and ids of each placeholder in a page's HTML, in order."""
    for found in () if HERE not in html else PLACEHOLDER.finditer(html):
        yield found["mode"], tuple(unescape(found["ids"] or found["id"] or "").split())


def with_parts(html: str, part: Callable[[str], str]) -> str:
    """The page's HTML with all that it asks for but questions, such as `references`."""
    if HERE not in html:
        return html
    return PLACEHOLDER.sub(
        lambda found: found[0] if found["mode"] in MODES else part(found["mode"]), html
    )


def embeds(html: str, questions: Mapping[str, Question]) -> list[Embed]:
    """The embeds of a page's HTML; questions that do not exist are reported elsewhere."""
    return [
        Embed(
            MODES[mode],
            tuple(questions[name] for name in ids if name in questions),
        )
        for mode, ids in placeholders(html)
        if mode in MODES
    ]


def with_questions(html: str, render: Callable[[int], str]) -> str:
    """The page's HTML with the questions in their places."""
    if HERE not in html:
        return html
    numbers = count()
    return PLACEHOLDER.sub(lambda _: render(next(numbers)), html)


def with_stems(html: str, questions: Iterable[Question], said: Callable[[str], str]) -> str:
    """A self-check's HTML with its stems as headings in their place: what a search finds, until
    the questions take it. `said` gives a stem as escaped text.

    They come in when the page is converted, since Markdown would read all of them in vain.
    """
    stems = "".join(f'<h2 id="{one.id}">{said(one.stem)}</h2>' for one in questions)
    return PLACEHOLDER.sub(lambda found: found[0].replace("</div>", f"{stems}</div>", 1), html)


def unmarked(text: str) -> str:
    """Markdown as escaped text without its marks."""
    return escape(spoken(text), quote=False)


def self_check_page(
    bank: Bank, words: Words = ENGLISH, is_parted: bool = False, tag: str = ""
) -> str:
    """The Markdown of a bank's own page; one that `is_parted` leads to the others of its bank.

    `tag` is its language, where that is not the language of the course.
    """
    about = bank.description or words.count(
        "Check what stuck: {n} question on {title}.",
        "Check what stuck: {n} questions on {title}.",
        bank.size,
        title=bank.title,
    )
    title = words.say("{title}: self-check", title=bank.title)
    return "\n".join(
        (
            "---",
            f'title: "{_quoted(title)}"',
            f'description: "{_quoted(about)}"',
            "hide: [toc]",
            *([f"lang: {json.dumps(tag)}"] if tag else []),
            "search: {boost: 0.5}",  # whoever searches wants to read first
            "---",
            f"# {as_text(title)}",
            "",
            _opening(bank, words),
            "",
            *([placeholder(PORTIONS, ()), ""] if is_parted else []),
            placeholder("self-check", bank.questions),
            "",
        )
    )


def _opening(bank: Bank, words: Words) -> str:
    much = length(bank, words)
    if not bank.module:
        return words.say("{length}. Answer first, then see why.", length=much)
    page = f"[{words.say('the page that it checks')}](../{bank.module})"
    return words.say(
        "{length}. Answer first, then see why. Read {page} first.", length=much, page=page
    )


def length(bank: Bank, words: Words) -> str:
    """How much there is to answer, and how long it takes."""
    return words.count(
        "{n} question, about {minutes} min",
        "{n} questions, about {minutes} min",
        bank.size,
        minutes=minutes(bank),
    )


def _extent(bank: Bank, words: Words) -> str:
    """The same, and how many pages it fills where these are several."""
    whole, parts = length(bank, words), len(portions(bank))
    if parts == 1:
        return whole
    return words.count("{length}, in {n} part", "{length}, in {n} parts", parts, length=whole)


def minutes(bank: Bank) -> int:
    """How long a self-check takes: about 75 seconds a question (a step of a case counts as one)."""
    return max(1, round(bank.size * 75 / 60))


def index_page(banks: Iterable[Bank], words: Words = ENGLISH) -> str:
    """The Markdown of the list of self-checks."""
    rows = [f"- [{as_text(bank.title)}]({bank.id}.md) {_extent(bank, words)}" for bank in banks]
    about = words.say("Every self-check of the course: answer first, then see why.")
    return "\n".join(
        (
            "---",
            f'title: "{words.say("Self-checks")}"',
            f'description: "{about}"',
            "hide: [toc]",
            "---",
            f"# {words.say('Self-checks')}",
            "",
            words.say(
                "Pulling something out of memory makes it stay better than reading it again. "
                "Take a self-check after its module, and once more some days later."
            ),
            "",
            *rows,
            "{ .viva-list }",
            "",
        )
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
