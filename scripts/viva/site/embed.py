"""Questions inside pages: the placeholder in Markdown, and the HTML that takes its place at last.

A directive becomes a placeholder in the page's Markdown. Only when a page is written does the
placeholder turn into questions, so that neither Markdown nor the search index ever sees an answer.
On a self-check page the placeholder holds the stems as headings meanwhile: those are searched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import get_args

from viva.bank.banks import Bank, flat
from viva.bank.question import Question
from viva.course.pages import directives
from viva.site.render import Mode

PLACEHOLDER = re.compile(r'<div class="viva-here" data-mode="([a-z-]+)" data-ids="([^"]*)"></div>')
MODES: dict[str, Mode] = {mode: mode for mode in get_args(Mode)}
STEMS = re.compile(r"<!--viva:(\d+)-->.*?<!--/viva-->", re.DOTALL)
MARKUP = re.compile(r"[*_`~^]|\[@[^\]]*\]|!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Embed:
    """Questions that stand together in one place of a page."""

    mode: Mode
    questions: tuple[Question, ...]

    @property
    def ids(self) -> set[str]:
        """Every id that a link may name."""
        return {question.id for question in flat(self.questions)}


def placeholder(mode: str, ids: Iterable[str]) -> str:
    """The HTML that stands in Markdown for questions."""
    return f'<div class="viva-here" data-mode="{mode}" data-ids="{escape(" ".join(ids))}"></div>'


def with_placeholders(markdown: str) -> str:
    """Markdown whose directives have become placeholders."""
    lines = markdown.split("\n")
    for number, directive in directives(markdown):
        lines[number] = f"\n{placeholder(directive.mode, directive.ids)}\n"
    return "\n".join(lines)


def embeds(html: str, questions: Mapping[str, Question]) -> list[Embed]:
    """The embeds of a page's HTML; questions that do not exist are reported elsewhere."""
    return [
        Embed(
            MODES[found[1]],
            tuple(questions[name] for name in found[2].split() if name in questions),
        )
        for found in PLACEHOLDER.finditer(html)
    ]


def with_stems(html: str, found: list[Embed]) -> str:
    """The page's HTML as the search index may see it."""
    numbers = iter(range(len(found)))

    def stems(_: re.Match[str]) -> str:
        number = next(numbers)
        shown = found[number].questions if found[number].mode == "self-check" else ()
        headings = "".join(f'<h2 id="{q.id}">{plain(q.stem)}</h2>' for q in shown)
        return f"<!--viva:{number}-->{headings}<!--/viva-->"

    return PLACEHOLDER.sub(stems, html)


def with_questions(html: str, render: Callable[[int], str]) -> str:
    """The page's HTML with the questions in their places."""
    return STEMS.sub(lambda found: render(int(found[1])), html)


def with_assets(
    html: str, root: str, scripts: Iterable[str], styles: Iterable[str] = ("viva.css",)
) -> str:
    """A page that loads the style and scripts of its questions."""
    style = "".join(f'<link rel="stylesheet" href="{root}assets/viva/{name}">' for name in styles)
    tags = "".join(f'<script defer src="{root}assets/viva/{name}"></script>' for name in scripts)
    html = html.replace("</head>", f"{style}</head>", 1)
    before, end, after = html.rpartition("</body>")
    return f"{before}{tags}{end}{after}"


def plain(text: str) -> str:
    """Markdown as escaped text without its marks."""
    return escape(unescape(MARKUP.sub(lambda found: found[1] or "", text)), quote=False)


def self_check_page(bank: Bank) -> str:
    """The Markdown of a bank's own page."""
    many = len(bank.questions)
    about = bank.description or f"Check what stuck: {many} questions on {bank.title.lower()}."
    ids = [question.id for question in bank.questions]
    return "\n".join(
        (
            "---",
            f'title: "{_quoted(bank.title)}: self-check"',
            f'description: "{_quoted(about)}"',
            "hide: [toc]",
            "search: {boost: 0.5}",  # whoever searches wants to read first
            "---",
            f"# {bank.title}: self-check",
            "",
            _opening(bank),
            "",
            placeholder("self-check", ids),
            "",
        )
    )


def _opening(bank: Bank) -> str:
    many = len(bank.questions)
    amount = "One question" if many == 1 else f"{many} questions"
    reading = f" Read [the page that it checks](../{bank.module}) first." if bank.module else ""
    return f"{amount}, about {minutes(bank)} minutes. Answer first, then see why.{reading}"


def minutes(bank: Bank) -> int:
    """How long a self-check takes: about 75 seconds a question (a step of a case counts as one)."""
    return max(1, round(sum(1 for q in flat(bank.questions) if q.type != "case") * 75 / 60))


def index_page(banks: Iterable[Bank]) -> str:
    """The Markdown of the list of self-checks."""
    rows = [
        f"- [{bank.title}]({bank.id}.md) {len(bank.questions)} "
        f"question{'s' * (len(bank.questions) != 1)}, about {minutes(bank)} minutes"
        for bank in banks
    ]
    return "\n".join(
        (
            "---",
            "title: Self-checks",
            'description: "Every self-check of the course: answer first, then see why."',
            "hide: [toc]",
            "---",
            "# Self-checks",
            "",
            "Pulling something out of memory makes it stay better than reading it again. "
            "Take a self-check after its module, and once more some days later.",
            "",
            *rows,
            "{ .viva-list }",
            "",
        )
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
